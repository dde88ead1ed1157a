//! Bailiwick decides what an AI coding agent may do, where, and on whose authority, and keeps
//! the evidence.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod audit;
pub mod authority;
mod document;
mod model;

#[expect(
    clippy::duplicate_mod,
    dead_code,
    unreachable_pub,
    reason = "the macro of closed tables is private to model, and audit and redact have tables too"
)]
#[path = "model/table.rs"]
mod table;

// The public interface is:
pub use audit::*;
pub use document::*;
pub use model::*;
