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
mod meet;
mod name;
mod nfc;
mod partial;
mod path;
mod pattern;
mod pattern_reader;
mod program;
mod sensitive;
mod sensitive_table;
mod shell;
mod word;

pub(crate) use compatible::ascii_text;
pub(crate) use disguise::is_invisible;
pub(crate) use disguise::look_alike;
pub use gather::Facts;
pub use host::Endpoint;
pub use host::HostClass;
pub use host::HostError;
pub use host::endpoint_of;
pub use host::endpoint_of_url;
pub use host::host_class;
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
<<<<<<< HEAD
pub use sensitive::SensitiveKind;
pub use sensitive::holds_sensitive;
pub use sensitive::sensitive;
=======
pub use shell::ShellCommands;
pub use shell::ShellPiece;
pub use shell::shell_commands;
>>>>>>> facts-shell
