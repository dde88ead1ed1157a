//! The texts that are named, and those of the folders that are named.

use std::collections::BTreeMap;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;

use crate::files::cannot_read;
use crate::files::error_at;
use crate::output::Output;
use crate::output::printable;

/// A text to be redacted.
#[derive(Debug)]
pub(super) struct Source {
    /// Where it is written below `--out`.
    pub(super) below: PathBuf,
    /// What it is read from; `-` is standard input.
    pub(super) path: PathBuf,
    /// The path that policies see.
    pub(super) seen_as: Option<String>,
}

impl Source {
    pub(super) fn is_input(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Returns the name that people see.
    pub(super) fn name(&self) -> String {
        if self.is_input() {
            return "standard input".to_owned();
        }
        printable(&self.path.to_string_lossy())
    }
}

/// Returns every text; `folders` where there may be folders.
pub(super) fn sources(
    paths: &[PathBuf],
    input_path: Option<&String>,
    folders: bool,
    output: &Output,
) -> Result<Vec<Source>, WireError> {
    let mut found = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            let below = PathBuf::from("standard-input");
            found.push(Source { below, path: path.clone(), seen_as: input_path.cloned() });
            continue;
        }
        let about = std::fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
        if !about.is_dir() {
            let below = PathBuf::from(path.file_name().unwrap_or(path.as_os_str()));
            found.push(Source { below, path: path.clone(), seen_as: Some(seen_as(path)) });
        } else if folders {
            walk(path, output, &mut found)?;
        } else {
            return Err(error_at(path, "not_a_file", "it is a folder")
                .with_help("name a folder for the results with --out, or ask with --check"));
        }
    }
    Ok(found)
}

/// Refuses texts that would be written to the same place.
pub(super) fn are_apart(sources: &[Source]) -> Result<(), WireError> {
    let mut places: BTreeMap<&Path, &Path> = BTreeMap::new();
    for source in sources {
        if let Some(first) = places.insert(&source.below, &source.path) {
            let first = first.to_string_lossy();
            let message = format!("it would be written to the same place as `{first}`");
            return Err(error_at(&source.path, "same_place", message)
                .with_help("redact them into different folders"));
        }
    }
    Ok(())
}

/// Adds the files below a folder; links are not followed, and what is no file is passed over.
fn walk(root: &Path, output: &Output, found: &mut Vec<Source>) -> Result<(), WireError> {
    let mut folders = vec![(PathBuf::new(), 0)];
    while let Some((below, depth)) = folders.pop() {
        let folder = root.join(&below);
        let failed = |error: std::io::Error| cannot_read(&folder, &error);
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            entries.push(entry.map_err(failed)?);
        }
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.file_name()));
        let mut files = Vec::new();
        for entry in entries {
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name();
            let (path, below) = (entry.path(), below.join(&name));
            if kind.is_dir() && name == ".git" {
                passed_over(&path, "the store of git", output);
            } else if kind.is_dir() {
                if depth == MAX_DEPTH {
                    let message = format!("it holds folders nested deeper than {MAX_DEPTH}");
                    return Err(error_at(root, "too_many_files", message));
                }
                folders.push((below, depth + 1));
            } else if kind.is_file() {
                files.push(Source { seen_as: Some(seen_as(&below)), below, path });
            } else {
                let what = if kind.is_symlink() { "a link" } else { "a special file" };
                passed_over(&path, what, output);
            }
        }
        found.extend(files.into_iter().rev());
        if found.len() > MAX_FILES {
            let message = format!("it holds more than {MAX_FILES} files");
            return Err(error_at(root, "too_many_files", message));
        }
    }
    Ok(())
}

fn passed_over(path: &Path, what: &str, output: &Output) {
    output.remark(&format!("{}: {what}, passed over", printable(&path.to_string_lossy())));
}

/// Returns a path as policies write it.
fn seen_as(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        Component::ParentDir => Some("..".into()),
        Component::CurDir | Component::Prefix(_) | Component::RootDir => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Files of one call.
const MAX_FILES: usize = 1_000_000;
/// Nested folders.
const MAX_DEPTH: usize = 256;
