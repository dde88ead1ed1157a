//! The one conversion layer: JSON text in, JSON text out, through one table of operations.
//!
//! Every host (the command line, Python, Node, the browser) calls [`call`] or a [`Policies`]
//! handle and converts nothing itself, so the bytes are the same everywhere.
//!
//! # Example
//! ```
//! let policies = r#"{"policies": {"platform.yaml":
//!     "platform_policy:\n  version: 1\n  allowed_actions: [file.read]\n"}}"#;
//! let policies = bailiwick_wire::Policies::load(policies)?;
//! let record = policies.call("decide", r#"{
//!     "request": {"tool": "file.read", "path": "README.md"},
//!     "what_if": true, "now": "2026-07-04T00:00:00Z"}"#)?;
//! assert!(record.contains(r#""decision":"allowed""#));
//! # Ok::<(), bailiwick_wire::WireError>(())
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod audit;
mod audit_stream;
mod backtest;
mod check;
mod choose;
mod decide;
mod error;
mod facts;
mod files;
mod input;
mod lint;
mod log;
mod operation;
mod package;
mod policies;
mod proof;
mod provenance;
mod redact;
mod redaction;
mod redaction_stream;
mod redecide;
mod reference;
mod retention;
mod scope;
#[cfg(test)]
mod secrets_tests;

// The public interface is:
pub use audit_stream::LogExport;
pub use audit_stream::LogReport;
pub use audit_stream::LogVerifier;
pub use backtest::BacktestRun;
pub use bailiwick::RedactionFinding;
pub use bailiwick::RedactionSummary;
pub use bailiwick::TileFile;
pub use bailiwick::is_for_agents;
pub use bailiwick::is_suite_path;
pub use error::WireError;
pub use files::read_requests;
pub use files::read_state;
pub use files::suite_policies;
pub use log::CheckpointMaker;
pub use log::ProofMaker;
pub use log::TileMaker;
pub use log::log_key;
pub use operation::Operation;
pub use operation::call;
pub use operation::call_refused;
pub use operation::operations;
pub use package::Package;
pub use policies::Policies;
pub use provenance::digest_of;
pub use provenance::verify_provenance_bytes;
pub use redaction::Redaction;
pub use redaction_stream::RedactionStream;
