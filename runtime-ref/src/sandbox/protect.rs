//! Protected paths: read-only inside a writable workspace, and not to be created if missing.

use std::collections::BTreeMap;
use std::fs;
use std::fs::File;
use std::io;
use std::io::ErrorKind;
use std::path::Path;
use std::path::PathBuf;

use rustix::fs::FlockOperation;
use rustix::fs::flock;

use crate::port::sandbox::SandboxError;
use crate::port::sandbox::SandboxRequest;
use crate::sandbox::layout::Entry;
use crate::sandbox::layout::Kind;
use crate::sandbox::layout::inside;

/// The protected paths of one run. Dropping it takes the placeholders away.
///
/// A missing path gets an empty folder as placeholder, since only what exists can be mounted
/// over. Every folder on the way to a protected path becomes a mount point too: a mount point
/// cannot be renamed, so the path cannot be moved aside and made anew.
#[derive(Debug)]
pub(crate) struct Protection {
    /// What to add to the mount tree.
    pub(crate) entries: Vec<Entry>,
    placeholders: Vec<PathBuf>,
    lock: File,
}

impl Protection {
    /// Prepares the protected paths of `request`; a workspace that is not writable needs none.
    pub(crate) fn of(request: &SandboxRequest, workspace: &Path) -> Result<Self, SandboxError> {
        let protected = if request.writable {
            request.protected.as_slice()
        } else {
            &[]
        };
        Self::prepare(workspace, protected)
    }

    /// Prepares `protected`, relative to the canonical `workspace`.
    fn prepare(workspace: &Path, protected: &[PathBuf]) -> Result<Self, SandboxError> {
        let lock = File::open(workspace).map_err(io("open the workspace"))?;
        // Shared by all runs in this workspace: while another one is in it, no placeholder goes.
        flock(&lock, FlockOperation::LockShared)
            .map_err(|cause| io("lock the workspace")(cause.into()))?;
        let mut this = Self {
            entries: Vec::new(),
            placeholders: Vec::new(),
            lock,
        };
        let mut kinds = BTreeMap::new();
        for path in outermost(protected)? {
            this.walk(workspace, &path, &mut kinds)?;
        }
        this.entries = kinds
            .into_iter()
            .map(|(at, kind)| Entry { at, kind })
            .collect();
        Ok(this)
    }

    fn walk(
        &mut self,
        workspace: &Path,
        path: &Path,
        kinds: &mut BTreeMap<PathBuf, Kind>,
    ) -> Result<(), SandboxError> {
        let refuse = |why: String| SandboxError::ProtectedPath {
            path: path.to_owned(),
            why,
        };
        let mut at = workspace.to_owned();
        let mut left = path.components().count();
        for component in path.components() {
            at.push(component);
            left -= 1;
            let found = match fs::symlink_metadata(&at) {
                Err(cause) if cause.kind() == ErrorKind::NotFound => {
                    fs::create_dir(&at).map_err(|cause| refuse(cause.to_string()))?;
                    self.placeholders.push(at.clone());
                    fs::symlink_metadata(&at)
                }
                found => found,
            };
            let found = found.map_err(|cause| refuse(cause.to_string()))?;
            if found.is_symlink() {
                return Err(refuse(format!("`{}` is a symbolic link", at.display())));
            }
            // A file where a folder is expected: the path cannot come to be while the file stays.
            if left == 0 || !found.is_dir() {
                kinds.insert(at, Kind::ReadOnly);
                return Ok(());
            }
            kinds.entry(at.clone()).or_insert(Kind::Writable);
        }
        Ok(())
    }
}

impl Drop for Protection {
    fn drop(&mut self) {
        if flock(&self.lock, FlockOperation::NonBlockingLockExclusive).is_err() {
            return;
        }
        for placeholder in self.placeholders.iter().rev() {
            // Only an empty folder goes; anything else was put there by someone else.
            let _ = fs::remove_dir(placeholder);
        }
    }
}

/// Leaves out what lies below another protected path: a mount there would only open it again.
fn outermost(protected: &[PathBuf]) -> Result<Vec<PathBuf>, SandboxError> {
    let mut paths = protected
        .iter()
        .map(|path| inside(path))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = paths.iter().find(|path| path.as_os_str().is_empty()) {
        let why = "it is the workspace itself; ask for one that is not writable".to_owned();
        return Err(SandboxError::ProtectedPath {
            path: path.clone(),
            why,
        });
    }
    // In path order a folder stands right before what lies in it.
    paths.sort();
    let mut kept: Vec<PathBuf> = Vec::new();
    for path in paths {
        if !kept.last().is_some_and(|above| path.starts_with(above)) {
            kept.push(path);
        }
    }
    Ok(kept)
}

fn io(action: &'static str) -> impl FnOnce(io::Error) -> SandboxError {
    move |source| SandboxError::Io { action, source }
}
