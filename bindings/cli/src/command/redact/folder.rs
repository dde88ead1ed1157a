//! The folder that results are written to.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;

use crate::command::redact::source::Source;
use crate::files::error_at;
use crate::files::parent;
use crate::target::Target;
use crate::target::unwritable;

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
