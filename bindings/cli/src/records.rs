//! Reads recorded decisions: files of JSON lines, folders of such files, standard input.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use bailiwick_wire::WireError;

use crate::exit::Failure;
use crate::files::cannot_read;
use crate::files::error_at;
use crate::files::is_folder;
use crate::files::open;

/// One line, and where it stands.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) bytes: Vec<u8>,
    file: Arc<str>,
    pub(crate) number: u64,
}

impl Line {
    /// Returns where it stands: `decisions.jsonl:7`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.file, self.number)
    }
}

/// Hands the lines of all files to `take`, some hundred at a time, in their order. Empty lines are
/// passed over; of a line that is too long only the beginning is kept, which is no record.
pub(crate) fn read_records(
    paths: &[PathBuf],
    mut take: impl FnMut(Vec<Line>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path != Path::new("-") && is_folder(path)? {
            let before = files.len();
            gather(path, 0, &mut files)?;
            if files.len() == before {
                let error = error_at(path, "records_missing", "no *.jsonl file lies here");
                return Err(error.into());
            }
        } else {
            files.push(path.clone());
        }
    }
    let mut some = Vec::new();
    for path in files {
        let name: Arc<str> = error_at(&path, "", "").path.unwrap_or_default().into();
        let mut source = BufReader::with_capacity(1 << 16, open(&path)?);
        let mut number = 0;
        while let Some(bytes) = line(&mut source, &path)? {
            number += 1;
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            some.push(Line { bytes, file: Arc::clone(&name), number });
            if some.len() >= AT_ONCE {
                take(std::mem::take(&mut some))?;
            }
        }
    }
    if !some.is_empty() {
        take(some)?;
    }
    Ok(())
}

/// Reads a line without its end; `None` at the end of the file.
fn line(source: &mut impl BufRead, path: &Path) -> Result<Option<Vec<u8>>, WireError> {
    let failed = |error: std::io::Error| cannot_read(path, &error);
    let mut bytes = Vec::new();
    let read = source.take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes).map_err(failed)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if read as u64 == MAX_LINE_BYTES {
        // What is left of it must not be taken for a line of its own.
        loop {
            let rest = source.fill_buf().map_err(failed)?;
            let end = rest.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(rest.len(), |end| end + 1);
            source.consume(length);
            if end.is_some() || length == 0 {
                break;
            }
        }
    }
    Ok(Some(bytes))
}

/// Gathers the `*.jsonl` files below `folder` in the order of their names; what is hidden is passed
/// over.
fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), WireError> {
    if depth > MAX_DEPTH {
        return Err(error_at(folder, "too_many_files", "folders are nested too deeply"));
    }
    let failed = |error: std::io::Error| cannot_read(folder, &error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, depth + 1, files)?;
        } else if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    Ok(())
}

/// Lines that are handed over at once.
const AT_ONCE: usize = 256;
/// Bytes of one line.
const MAX_LINE_BYTES: u64 = 16 << 20;
/// Nested folders.
const MAX_DEPTH: usize = 64;
