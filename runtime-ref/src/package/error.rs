//! Why there is no package.

use std::path::PathBuf;

use bailiwick::AuditError;
use bailiwick::LogError;
use bailiwick::PackageError;
use thiserror::Error;

use crate::port::store::StoreError;

/// Why there is no package: nothing was written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PackagingError {
    /// A line of the log cannot be read.
    #[error("the log cannot be packed: {0}")]
    Audit(#[from] AuditError),
    /// A file or folder could not be made, read or written.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The checkpoint or a proof cannot be had.
    #[error("the events cannot be proved: {0}")]
    Log(#[from] LogError),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] PackageError),
    /// The name of a file does not fit into an archive.
    #[error("`{0}` is too long for an archive")]
    Name(String),
    /// The run was never closed, or there is no such run.
    #[error("run `{0}` is not closed, or not there")]
    NotClosed(String),
    /// The newest checkpoint does not cover the run.
    #[error("no checkpoint covers run `{0}`")]
    NotCovered(String),
    /// What was gathered does not read as a whole package.
    #[error("what was gathered is no whole package: {0}")]
    NotWhole(String),
    /// The journal or the artifacts cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PackagingError {
    /// Returns the stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Audit(error) => error.code(),
            Self::Io { .. } => "package_io",
            Self::Log(_) => "package_log",
            Self::Manifest(error) => error.code(),
            Self::Name(_) => "package_name",
            Self::NotClosed(_) => "package_not_closed",
            Self::NotCovered(_) => "package_not_covered",
            Self::NotWhole(_) => "package_not_whole",
            Self::Store(error) => error.code(),
        }
    }
}
