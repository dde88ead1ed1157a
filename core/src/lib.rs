//! Bailiwick decides what an AI coding agent may do, where, and on whose authority, and keeps
//! the evidence.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod authority;
mod document;
mod fixture;
mod model;

// The public interface is:
pub use document::*;
pub use fixture::*;
pub use model::*;
