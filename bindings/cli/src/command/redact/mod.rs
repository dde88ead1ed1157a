//! `bailiwick redact` and `bailiwick verify-projection`.

mod args;
mod filter;
mod folder;
mod options;
mod rules;
mod run;
mod source;
mod verify;

pub(crate) use args::RedactArgs;
pub(crate) use args::VerifyProjectionArgs;
pub(crate) use run::run;
pub(crate) use verify::verify;
