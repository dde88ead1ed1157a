//! Port: the files of the workspace.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::pep::Permit;
use crate::pep::PermitError;

/// Reads and changes files of one workspace, and nothing outside it.
pub trait Files: Send + Sync {
    /// Returns the content of the file at the permitted path (`file.read`).
    ///
    /// # Errors
    /// Where there is no such regular file within the workspace, or it is too large.
    fn read(&self, permit: Permit) -> Result<Vec<u8>, FilesError>;

    /// Writes `content`, whose digest was permitted, to the permitted path (`file.write`).
    ///
    /// # Errors
    /// Where the path leads outside or through a link, or `content` is not what was permitted.
    fn write(&self, permit: Permit, content: &[u8]) -> Result<(), FilesError>;

    /// Deletes the file at the permitted path (`file.delete`).
    ///
    /// # Errors
    /// Where there is no such file within the workspace.
    fn delete(&self, permit: Permit) -> Result<(), FilesError>;

    /// Returns the links along `path`: name → `symlink:TARGET` or `hardlink:COUNT`, so that
    /// they can be judged before anything follows them.
    fn links(&self, path: &str) -> BTreeMap<String, String>;

    /// Returns every file in the workspace that is no folder and no symbolic link, git's own folder
    /// apart: name → which file it is.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    fn all(&self) -> Result<BTreeMap<String, FileId>, FilesError>;

    /// Returns every symbolic link in the workspace, git's own folder apart: a command may follow
    /// any of them.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    fn all_links(&self) -> Result<BTreeMap<String, String>, FilesError>;
}

/// Which file it is: two names with the same one are two names of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId {
    /// The device.
    pub device: u64,
    /// Its number there.
    pub inode: u64,
}

/// Why a file was not read or changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FilesError {
    /// The path leads outside the workspace or through a link.
    #[error("`{path}` leads outside the workspace or through a link")]
    Escapes {
        /// The path.
        path: String,
    },
    /// The system refused.
    #[error("`{path}`: {source}")]
    Io {
        /// The path.
        path: String,
        /// What the system answered.
        source: std::io::Error,
    },
    /// It is not a regular file.
    #[error("`{path}` is not a regular file")]
    NotRegular {
        /// The path.
        path: String,
    },
    /// The permit does not cover it.
    #[error(transparent)]
    Permit(#[from] PermitError),
    /// It is larger than what is read at once.
    #[error("`{path}` is larger than {limit} bytes")]
    TooLarge {
        /// The path.
        path: String,
        /// The limit.
        limit: u64,
    },
}

impl FilesError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Escapes { .. } => "path_escapes",
            Self::Io { .. } => "file_io",
            Self::NotRegular { .. } => "file_not_regular",
            Self::Permit(error) => error.code(),
            Self::TooLarge { .. } => "file_too_large",
        }
    }
}
