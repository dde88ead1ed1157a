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
