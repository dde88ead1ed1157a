//! Files that appear under their names once they are whole.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::File;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;

use crate::command::redact::source::Source;
use crate::files::error_at;
use crate::files::parent;

/// The folder of the results.
#[derive(Debug)]
pub(super) struct Folder {
    inputs: BTreeSet<PathBuf>,
    root: PathBuf,
}

impl Folder {
    /// Returns the folder for the results of `sources`, which are those of `paths`.
    ///
    /// # Errors
    /// Where results would lie among the inputs.
    pub(super) fn new(
        root: &Path,
        paths: &[PathBuf],
        sources: &[Source],
    ) -> Result<Self, WireError> {
        let real = real(root);
        let folders = paths.iter().filter(|path| path.is_dir());
        for folder in folders.filter_map(|folder| folder.canonicalize().ok()) {
            if real.starts_with(&folder) {
                return Err(error_at(root, "onto_input", "it lies in a folder that is read")
                    .with_help("write the results elsewhere"));
            }
        }
        let inputs = sources.iter().filter_map(|source| source.path.canonicalize().ok()).collect();
        Ok(Self { inputs, root: root.to_path_buf() })
    }

    /// Returns the file for the result of `source`.
    ///
    /// # Errors
    /// Where it cannot be made, or would take the place of an input.
    pub(super) fn file(&self, source: &Source) -> Result<Target, WireError> {
        let path = self.root.join(&source.below);
        let folder = parent(&path);
        std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let real = folder.canonicalize().map_err(|error| unwritable(&folder, &error))?;
        let name = path.file_name().unwrap_or_default();
        if self.inputs.contains(&real.join(name)) {
            return Err(error_at(&path, "onto_input", "it is one of the files that are read")
                .with_help("write the results elsewhere"));
        }
        Target::new(path)
    }
}

/// A file that appears under its name once it is whole; before, it has another name, and is
/// removed where anything fails.
#[derive(Debug)]
pub(super) struct Target {
    file: File,
    path: PathBuf,
    /// The other name; none where it is no file.
    unfinished: Option<PathBuf>,
}

impl Target {
    /// Returns the file that will be `path`.
    pub(super) fn new(path: PathBuf) -> Result<Self, WireError> {
        if path.is_dir() {
            return Err(error_at(&path, "unwritable", "it is a folder"));
        }
        let mut name = OsString::from(".bailiwick-");
        name.push(format!("{}-", std::process::id()));
        // A name may be as long as the file system allows.
        let whole = path.file_name().unwrap_or_default();
        name.push(if whole.len() > LONGEST { "long" } else { "" });
        if whole.len() <= LONGEST {
            name.push(whole);
        }
        let unfinished = parent(&path).join(name);
        // Never through a link that somebody put there.
        let file = OpenOptions::new().write(true).create_new(true).open(&unfinished);
        let file = file.map_err(|error| unwritable(&path, &error))?;
        Ok(Self { file, path, unfinished: Some(unfinished) })
    }

    /// Returns the file of the figures, which may also be a pipe.
    pub(super) fn of_figures(path: &Path) -> Result<Self, WireError> {
        match std::fs::metadata(path) {
            Ok(about) if !about.is_file() && !about.is_dir() => {
                let file = OpenOptions::new().write(true).open(path);
                let file = file.map_err(|error| unwritable(path, &error))?;
                let path = path.to_path_buf();
                Ok(Self { file, unfinished: None, path })
            }
            Ok(_) | Err(_) => Self::new(path.to_path_buf()),
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    /// Gives the file its name.
    pub(super) fn finish(mut self) -> Result<(), WireError> {
        let Some(unfinished) = &self.unfinished else {
            return Ok(());
        };
        let done = self.file.sync_all().and_then(|()| std::fs::rename(unfinished, &self.path));
        done.map_err(|error| unwritable(&self.path, &error))?;
        self.unfinished = None;
        Ok(())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(unfinished) = &self.unfinished {
            // Nothing more can be done where even that fails.
            let _ = std::fs::remove_file(unfinished);
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> WireError {
    error_at(path, "unwritable", format!("it cannot be written: {error}"))
}

/// Returns a path with its links resolved, also where its end does not exist yet.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for above in whole.ancestors() {
        if let Ok(found) = above.canonicalize() {
            let rest = whole.strip_prefix(above).unwrap_or(Path::new(""));
            return found.join(rest);
        }
    }
    whole
}

/// Bytes of a name that another one is made of.
const LONGEST: usize = 200;
