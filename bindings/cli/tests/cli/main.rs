//! The real command on real files.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod audit;
mod audit_export;
mod backtest;
mod check;
mod choose_model;
mod decide;
mod facts;
mod hostile;
mod init;
mod lint;
mod log;
mod package;
mod provenance;
mod redact;
mod redact_policies;
mod reference;
mod retention;
mod suites;
mod support;
