//! Writes a package whole or not at all, for its owner alone.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use crate::package::PackagingError;
use crate::package::archive;

/// Writes `files` as one archive to `path`, in the place of what was there.
///
/// # Errors
/// Where it cannot be written; then nothing is at `path` that was not there before.
pub fn write_archive(path: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), PackagingError> {
    let failed = |source| io(path, source);
    let packed = archive(files)?;
    let folder = parent(path);
    std::fs::create_dir_all(folder).map_err(failed)?;
    // What makes it gives it to its owner alone.
    let mut begun = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    begun.write_all(&packed).map_err(failed)?;
    begun.as_file().sync_all().map_err(failed)?;
    begun.persist(path).map_err(|error| io(path, error.error))?;
    sync(folder)
}

/// Writes `files` into the folder `path`, which must not be there.
///
/// # Errors
/// Where it is there, or cannot be written; then there is no such folder, or the one that was there.
pub fn write_folder(path: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), PackagingError> {
    let failed = |source| io(path, source);
    if path.exists() {
        return Err(io(path, std::io::ErrorKind::AlreadyExists.into()));
    }
    let folder = parent(path);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let begun = tempfile::Builder::new().tempdir_in(folder).map_err(failed)?;
    for (name, content) in files {
        let file = begun.path().join(name);
        std::fs::create_dir_all(parent(&file)).map_err(failed)?;
        let written = std::fs::File::create_new(&file).and_then(|mut out| {
            out.write_all(content)?;
            out.sync_all()
        });
        written.map_err(failed)?;
    }
    std::fs::rename(begun.path(), path).map_err(failed)?;
    sync(folder)
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

fn sync(folder: &Path) -> Result<(), PackagingError> {
    let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| io(folder, source))
}

fn io(path: &Path, source: std::io::Error) -> PackagingError {
    PackagingError::Io { path: path.to_path_buf(), source }
}
