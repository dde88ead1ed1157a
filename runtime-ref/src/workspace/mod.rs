//! The files and commands of one isolated workspace.

mod commands;
mod files;

pub use commands::SandboxCommands;
pub use files::WorkspaceFiles;
