//! Checkpoints as files that are written once: the anchor for where there is nothing else.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;

use crate::port::anchor::Anchor;
use crate::port::anchor::AnchorError;
use crate::store::artifacts::folder_of;

/// Checkpoints in a folder, `<tenant>/<size>.checkpoint`, each written once and read-only.
///
/// It anchors only as far as the folder is out of reach of whoever can write the journal: another
/// disk, another account, a medium that cannot be written over.
pub struct FileAnchor {
    folder: PathBuf,
}

impl FileAnchor {
    /// Returns the anchor in `folder`, which is made with the first checkpoint.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// Returns the sizes of the checkpoints of `tenant`, from the smallest on.
    pub(super) fn sizes(&self, tenant: &str) -> Result<Vec<u64>, AnchorError> {
        let folder = self.of(tenant)?;
        let listing = match std::fs::read_dir(&folder) {
            Ok(listing) => listing,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.failed("cannot be read", &error)),
        };
        let mut sizes = Vec::new();
        for entry in listing {
            let name = entry.map_err(|error| self.failed("cannot be read", &error))?.file_name();
            let size = name.to_str().and_then(|name| name.strip_suffix(EXTENSION));
            sizes.extend(size.and_then(|size| size.parse::<u64>().ok()));
        }
        sizes.sort_unstable();
        Ok(sizes)
    }

    /// Returns the checkpoint of that size.
    pub(super) fn read(&self, tenant: &str, size: u64) -> Result<String, AnchorError> {
        let path = self.path(tenant, size)?;
        std::fs::read_to_string(path).map_err(|error| self.failed("cannot be read", &error))
    }

    fn of(&self, tenant: &str) -> Result<PathBuf, AnchorError> {
        let name = folder_of(tenant);
        Ok(self.folder.join(name.map_err(|error| self.failed("cannot keep it", &error))?))
    }

    fn path(&self, tenant: &str, size: u64) -> Result<PathBuf, AnchorError> {
        Ok(self.of(tenant)?.join(format!("{size:020}{EXTENSION}")))
    }

    fn write(&self, path: &Path, note: &str) -> Result<(), std::io::Error> {
        let folder = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder)?;
        // Whole under another name first; linking is what happens once, or not at all.
        let begun = path.with_extension(format!("{}.new", uuid::Uuid::now_v7()));
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o444).open(&begun)?;
        file.write_all(note.as_bytes())?;
        file.sync_all()?;
        let linked = std::fs::hard_link(&begun, path);
        std::fs::remove_file(&begun)?;
        linked?;
        for folder in folder.ancestors().take(2) {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    fn failed(&self, why: &str, error: &dyn std::fmt::Display) -> AnchorError {
        AnchorError { anchor: self.name(), why: format!("{why}: {error}") }
    }
}

impl Anchor for FileAnchor {
    fn name(&self) -> String {
        format!("file:{}", self.folder.display())
    }

    fn put(&self, tenant: &str, size: u64, note: &str) -> Result<(), AnchorError> {
        let path = self.path(tenant, size)?;
        match self.write(&path, note) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let there = self.read(tenant, size)?;
                let other = || self.failed("has another checkpoint", &format!("of {size} events"));
                (there == note).then_some(()).ok_or_else(other)
            }
            Err(error) => Err(self.failed("cannot keep a checkpoint", &error)),
        }
    }

    fn newest(&self, tenant: &str) -> Result<Option<String>, AnchorError> {
        let newest = self.sizes(tenant)?.pop();
        newest.map(|size| self.read(tenant, size)).transpose()
    }
}

const EXTENSION: &str = ".checkpoint";

#[cfg(test)]
mod tests {
    use super::FileAnchor;
    use crate::port::anchor::Anchor;

    #[test]
    fn a_checkpoint_is_written_once_and_nothing_replaces_it() {
        let folder = tempfile::tempdir().unwrap();
        let anchor = FileAnchor::new(&folder.path().join("anchor"));
        assert_eq!(anchor.newest("ten_a").unwrap(), None);
        anchor.put("ten_a", 9, "log\n9\nx\n").unwrap();
        anchor.put("ten_a", 10, "log\n10\nx\n").unwrap();
        anchor.put("ten_a", 10, "log\n10\nx\n").unwrap();
        assert!(anchor.put("ten_a", 10, "log\n10\ny\n").is_err());
        assert_eq!(anchor.newest("ten_a").unwrap().unwrap(), "log\n10\nx\n");
        assert_eq!(anchor.newest("ten_b").unwrap(), None);
        let path = folder.path().join("anchor/ten_a/00000000000000000010.checkpoint");
        assert!(std::fs::metadata(path).unwrap().permissions().readonly());
    }
}
