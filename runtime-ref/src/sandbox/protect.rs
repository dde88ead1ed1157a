//! Protected paths: read-only inside a writable workspace, and not to be created if missing.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::fs::Metadata;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;

use rustix::fs::AtFlags;
use rustix::fs::FlockOperation;
use rustix::fs::Mode;
use rustix::fs::OFlags;
use rustix::fs::flock;
use rustix::io::Errno;

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
    placeholders: Vec<Placeholder>,
    /// Also the lock.
    workspace: File,
}

impl Protection {
    /// Prepares the protected paths of `request`; a workspace that is not writable needs none.
    pub(crate) fn of(request: &SandboxRequest, workspace: &Path) -> Result<Self, SandboxError> {
        let protected = if request.writable { request.protected.as_slice() } else { &[] };
        Self::prepare(workspace, protected)
    }

    /// Prepares `protected`, relative to the canonical `workspace`.
    fn prepare(workspace: &Path, protected: &[PathBuf]) -> Result<Self, SandboxError> {
        let folder = File::open(workspace).map_err(io("open the workspace"))?;
        // Shared by all runs in this workspace: while another one is in it, no placeholder goes.
        flock(&folder, FlockOperation::LockShared)
            .map_err(|cause| io("lock the workspace")(cause.into()))?;
        let mut this = Self { entries: Vec::new(), placeholders: Vec::new(), workspace: folder };
        let mut kinds = BTreeMap::new();
        for path in outermost(protected)? {
            this.walk(workspace, &path, &mut kinds)?;
        }
        this.entries = kinds.into_iter().map(|(at, kind)| Entry { at, kind }).collect();
        Ok(this)
    }

    /// Follows `path` folder by folder, never through a link: what another run does to a folder
    /// above meanwhile cannot lead this one out of the workspace.
    fn walk(
        &mut self,
        workspace: &Path,
        path: &Path,
        kinds: &mut BTreeMap<PathBuf, Kind>,
    ) -> Result<(), SandboxError> {
        let refuse = |cause: io::Error| SandboxError::ProtectedPath {
            path: path.to_owned(),
            why: cause.to_string(),
        };
        let mut folder = self.workspace.try_clone().map_err(refuse)?;
        let mut at = workspace.to_owned();
        let mut left = path.components().count();
        for name in path.iter() {
            at.push(name);
            left -= 1;
            match rustix::fs::mkdirat(&folder, name, PLACEHOLDER.into()) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(cause) => return Err(refuse(cause.into())),
            }
            let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let found = rustix::fs::openat(&folder, name, flags, Mode::empty());
            let found = found.map(File::from).map_err(|cause| refuse(cause.into()))?;
            let kind = found.metadata().map_err(refuse)?;
            if kind.is_symlink() {
                let why = format!("`{}` is a symbolic link", at.display());
                return Err(refuse(io::Error::other(why)));
            }
            if is_placeholder(&kind) {
                let within = folder.try_clone().map_err(refuse)?;
                self.placeholders.push(Placeholder { within, name: name.to_owned() });
            }
            // A file where a folder is expected: the path cannot come to be while the file stays.
            if left == 0 || !kind.is_dir() {
                kinds.insert(at, Kind::ReadOnly);
                return Ok(());
            }
            kinds.entry(at.clone()).or_insert(Kind::Writable);
            folder = found;
        }
        Ok(())
    }
}

impl Drop for Protection {
    fn drop(&mut self) {
        if flock(&self.workspace, FlockOperation::NonBlockingLockExclusive).is_err() {
            return;
        }
        for placeholder in self.placeholders.iter().rev() {
            placeholder.remove();
        }
    }
}

/// An empty folder that stands in for a missing one.
#[derive(Debug)]
struct Placeholder {
    within: File,
    name: OsString,
}

impl Placeholder {
    /// Only an empty folder goes. One that the command put something in, which it can do beside a
    /// protected path, is its folder now.
    fn remove(&self) {
        if rustix::fs::unlinkat(&self.within, &self.name, AtFlags::REMOVEDIR).is_ok() {
            return;
        }
        let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let Ok(kept) = rustix::fs::openat(&self.within, &self.name, flags, Mode::empty()) else {
            return;
        };
        let kept = File::from(kept);
        if kept.metadata().is_ok_and(|found| is_placeholder(&found)) {
            let _ = kept.set_permissions(Permissions::from_mode(PLACEHOLDER & !STICKY));
        }
    }
}

/// Returns whether a run of now or of before left this folder; it may have been killed.
fn is_placeholder(found: &Metadata) -> bool {
    found.is_dir() && found.permissions().mode() & STICKY != 0
}

/// Marks a placeholder: a bit that means nothing in a folder that one user writes.
const STICKY: u32 = 0o1000;
const PLACEHOLDER: u32 = 0o755 | STICKY;

/// Leaves out what lies below another protected path: a mount there would only open it again.
fn outermost(protected: &[PathBuf]) -> Result<Vec<PathBuf>, SandboxError> {
    let mut paths = protected.iter().map(|path| inside(path)).collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = paths.iter().find(|path| path.as_os_str().is_empty()) {
        let why = "it is the workspace itself; ask for one that is not writable".to_owned();
        return Err(SandboxError::ProtectedPath { path: path.clone(), why });
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
