//! Bailiwick decides what an AI coding agent may do, where, and on whose authority, and keeps
//! the evidence.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod document;
mod model;

// The public interface is:
pub use document::*;
pub use model::*;
