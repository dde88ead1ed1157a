//! The files and commands of one isolated workspace.

mod commands;
mod files;
#[cfg(test)]
mod tests;

pub use commands::SandboxCommands;
pub use files::WorkspaceFiles;
