//! Bailiwick decides what an AI coding agent may do, where, and on whose authority, and keeps
//! the evidence.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod audit;
pub mod authority;
mod compile;
mod decide;
mod document;
mod facts;
mod fixture;
mod model;
mod record;

// The public interface is:
pub use compile::*;
pub use decide::*;
pub use document::*;
pub use facts::Case as PathCase;
pub use facts::Facts;
pub use facts::HostError;
pub use facts::NamePattern;
pub use facts::Partial;
pub use facts::PathFact;
pub use facts::PathMatcher;
pub use facts::PathPattern;
pub use facts::PathTouch;
pub use facts::PatternError;
pub use facts::host_matches;
pub use facts::host_of;
pub use fixture::*;
pub use model::*;
pub use record::*;
