//! Artifacts as files, a folder a run, each with its digest beside it in the journal.

use std::fs::File;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::Digest;

use crate::port::store::ArtifactRef;
use crate::port::store::Artifacts;
use crate::port::store::RunKey;
use crate::port::store::StoreError;

/// Artifacts in a folder: `<tenant>/<run>/<name>`.
pub struct ArtifactStore {
    folder: PathBuf,
}

impl ArtifactStore {
    /// Opens the store in `folder`.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| file("made", folder, source))?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// Returns where the artifact of that name lies.
    ///
    /// # Errors
    /// Where tenant, run or name is no plain file name.
    pub fn path(&self, run: &RunKey, name: &str) -> Result<PathBuf, StoreError> {
        let mut path = self.folder.clone();
        for part in [run.tenant.as_str(), run.run_id.as_str(), name] {
            let plain = !part.is_empty()
                && !part.starts_with('.')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
            if !plain {
                return Err(StoreError::Malformed {
                    what: "the name of an artifact".to_owned(),
                    why: format!("`{part}` is no plain file name"),
                });
            }
            path.push(part);
        }
        Ok(path)
    }
}

impl Artifacts for ArtifactStore {
    fn put(&self, run: &RunKey, name: &str, text: &str) -> Result<ArtifactRef, StoreError> {
        let path = self.path(run, name)?;
        let folder = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder).map_err(|source| file("made", folder, source))?;
        let written =
            OpenOptions::new().create_new(true).write(true).open(&path).and_then(|mut out| {
                out.write_all(text.as_bytes())?;
                out.sync_all()
            });
        written.map_err(|source| file("written", &path, source))?;
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|source| file("written", folder, source))?;
        Ok(ArtifactRef {
            digest: Digest::of(text.as_bytes()),
            uri: format!("artifact://{}/{name}", run.run_id),
        })
    }
}

/// Returns the error for a file that could not be read or written.
pub(super) fn file(action: &'static str, path: &Path, source: std::io::Error) -> StoreError {
    StoreError::File { action, path: path.to_path_buf(), source }
}
