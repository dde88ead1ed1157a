//! Why a package cannot be read at all.

use thiserror::Error;

/// Why a package cannot be read at all. What is wrong with a package that can be read is a finding
/// in its [`crate::PackageReport`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PackageError {
    /// The manifest is not in the form in which it is written.
    #[error("`manifest.json` cannot be read: {reason}")]
    Manifest {
        /// What is wrong.
        reason: String,
    },
    /// There is no manifest.
    #[error("no replay package: `manifest.json` is missing")]
    NoManifest,
}

impl PackageError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Manifest { .. } => "package_manifest",
            Self::NoManifest => "package_no_manifest",
        }
    }
}
