//! What a request would really do: paths, commands, hosts and changes, each with its doubts.

mod change;
mod class;
mod command;
mod compatible;
mod disguise;
mod doubt;
mod gather;
mod glob;
mod host;
mod link;
mod matcher;
mod name;
mod nfc;
mod partial;
mod path;
mod pattern;
mod pattern_reader;
#[expect(dead_code, unused_imports, reason = "the reader of commands takes it over next")]
mod shell;
mod word;

pub use gather::Facts;
pub use host::HostError;
pub use host::host_of;
pub use matcher::PathCase;
pub use matcher::PathMatcher;
pub use name::NamePattern;
pub use name::host_matches;
pub use partial::Partial;
pub use path::PathFact;
pub use path::PathTouch;
pub use pattern::PathPattern;
pub use pattern::PatternError;
pub use shell::ShellCommands;
pub use shell::ShellPiece;
pub use shell::shell_commands;
