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
#[allow(dead_code, unused_imports, reason = "the facts of commands are read with it next")]
mod program;
#[allow(dead_code, reason = "the facts of commands are read with it next")]
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
