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
pub use facts::*;
pub use fixture::*;
pub use model::*;
pub use record::*;
