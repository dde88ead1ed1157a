//! A file that appears under its name once it is whole.

use std::ffi::OsString;
use std::fs::File;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;

use crate::files::error_at;
use crate::files::parent;

/// A file that appears under its name once it is whole; before, it has another name, and is
/// removed where anything fails.
#[derive(Debug)]
pub(crate) struct Target {
    file: File,
    path: PathBuf,
    /// The other name; none where it is no file.
    unfinished: Option<PathBuf>,
}

impl Target {
    /// Returns the file that will be `path`.
    pub(crate) fn new(path: PathBuf) -> Result<Self, WireError> {
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
    pub(crate) fn of_figures(path: &Path) -> Result<Self, WireError> {
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

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<(), WireError> {
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

/// Returns an error of the file system.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> WireError {
    error_at(path, "unwritable", format!("it cannot be written: {error}"))
}

/// Bytes of a name that another one is made of.
const LONGEST: usize = 200;
