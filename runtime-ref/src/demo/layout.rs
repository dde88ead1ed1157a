//! Where everything of a demonstration lies.

use std::fs::File;
use std::fs::OpenOptions;
use std::path::Path;
use std::path::PathBuf;

use rustix::fs::FlockOperation;

use crate::demo::DemoError;

/// The folders and files of a demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    root: PathBuf,
}

impl Layout {
    /// Opens the folder, making it where there is none; without one, a fresh one.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, DemoError> {
        let root = match folder {
            Some(folder) => {
                make(folder)?;
                folder.to_path_buf()
            }
            None => tempfile::Builder::new()
                .prefix("bailiwick-demo-")
                .tempdir()
                .map_err(|source| DemoError::Io { path: std::env::temp_dir(), source })?
                // Evidence stays: whoever asked for it looks at it afterwards.
                .keep(),
        };
        let root =
            root.canonicalize().map_err(|source| DemoError::Io { path: root.clone(), source })?;
        Ok(Self { root })
    }

    /// Takes the folder for this process: a run that another process is at must not be taken for
    /// one that was cut off. The lock ends with the process, however it ends.
    pub(crate) fn lock(&self) -> Result<File, DemoError> {
        let path = self.root.join(".lock");
        let io = |source| DemoError::Io { path: path.clone(), source };
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(&path).map_err(io)?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(file),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(DemoError::Busy(self.root.clone())),
            Err(errno) => Err(io(errno.into())),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where checkpoints are kept as files that are written once.
    pub(crate) fn anchors(&self) -> PathBuf {
        self.root.join("anchors")
    }

    /// Where checkpoints are kept in git.
    pub(crate) fn anchors_git(&self) -> PathBuf {
        self.root.join("anchors.git")
    }

    pub(crate) fn artifacts(&self) -> PathBuf {
        self.root.join("artifacts")
    }

    pub(crate) fn audit(&self) -> PathBuf {
        self.root.join("audit.jsonl")
    }

    /// The newest checkpoint of the exported log.
    pub(crate) fn checkpoint(&self) -> PathBuf {
        self.root.join("audit.checkpoint")
    }

    pub(crate) fn controls(&self) -> PathBuf {
        self.root.join("controls")
    }

    /// The seed of the key that signs checkpoints.
    pub(crate) fn log_key(&self) -> PathBuf {
        self.root.join(".log-key")
    }

    /// The key that checkpoints are checked by.
    pub(crate) fn log_public_key(&self) -> PathBuf {
        self.root.join("audit.vkey")
    }

    /// The key from which the ids of markers are made.
    pub(crate) fn marker_key(&self) -> PathBuf {
        self.root.join(".marker-key")
    }

    /// The key by which statements about changes are signed.
    pub(crate) fn provenance_key(&self) -> PathBuf {
        self.root.join(".provenance-key")
    }

    /// What checks the signatures of that key.
    pub(crate) fn provenance_public_key(&self) -> PathBuf {
        self.root.join("provenance.pub")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.root.join("journal.db")
    }

    /// Where replay packages are found.
    pub(crate) fn packages(&self) -> PathBuf {
        self.root.join("packages")
    }

    /// The replay package of one run.
    pub(crate) fn package(&self, run_id: &str) -> PathBuf {
        self.packages().join(format!("{run_id}.tar"))
    }

    pub(crate) fn pull_requests(&self) -> PathBuf {
        self.root.join("pull-requests")
    }

    pub(crate) fn remote(&self) -> PathBuf {
        self.root.join("remote.git")
    }

    /// Returns the folder of one run, which need not be there yet. What is to be kept lies apart.
    pub(crate) fn run(&self, run_id: &str, keep: bool) -> PathBuf {
        self.root.join(if keep { "kept" } else { RUNS }).join(run_id)
    }

    /// Removes what other processes had built and could not remove, wherever they were cut off.
    /// Only whoever holds the lock may: then nobody is at any of it.
    pub(crate) fn sweep(&self) -> Result<(), DemoError> {
        remove(&self.root.join(RUNS))
    }
}

/// Removes a folder with all that is in it, where there is one.
pub(crate) fn remove(folder: &Path) -> Result<(), DemoError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(DemoError::Io { path: folder.to_path_buf(), source: error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes a folder and those above it.
pub(crate) fn make(folder: &Path) -> Result<(), DemoError> {
    std::fs::create_dir_all(folder)
        .map_err(|source| DemoError::Io { path: folder.to_path_buf(), source })
}

/// The folder of what goes when its run has ended.
const RUNS: &str = "runs";
