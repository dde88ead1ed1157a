//! Why a recorded decision cannot be read or kept.

use thiserror::Error;

use crate::model::CanonicalError;

/// Why a recorded decision cannot be read or kept.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordedError {
    /// What is to be kept has no canonical form.
    #[error("recorded decision has no canonical form: {0}")]
    Canonical(#[from] CanonicalError),
    /// The line is not a recorded decision.
    #[error("not a recorded decision: {0}")]
    Malformed(#[from] serde_json::Error),
    /// The line is not in the canonical form in which it was written: something was added, or a
    /// member stands twice.
    #[error("recorded decision is not in canonical form")]
    NotCanonical,
    /// It is of a version that this library does not read.
    #[error("recorded decision is of version {0}, and version 1 is read")]
    Version(u32),
}

impl RecordedError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Canonical(error) => error.code(),
            Self::Malformed(_) => "recorded_malformed",
            Self::NotCanonical => "recorded_not_canonical",
            Self::Version(_) => "recorded_version",
        }
    }
}
