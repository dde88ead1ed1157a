//! Gathers policy files and suites from folders, and reads text within limits.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::io::Read;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;
use bailiwick_wire::is_suite_path;

use crate::exit::Failure;

/// Policy files: path below the root, with `/` → text.
pub(crate) type Files = BTreeMap<String, String>;

/// Returns the policy files of a folder (suites left out), or the one file.
pub(crate) fn policy_files(path: &Path) -> Result<Files, WireError> {
    if !is_folder(path)? {
        let name = path.file_name().unwrap_or(path.as_os_str());
        return Ok(Files::from([(
            name.to_string_lossy().into_owned(),
            read_text(path, MAX_FILE_BYTES)?,
        )]));
    }
    let mut files = Files::new();
    for found in walk(path)? {
        let key = key(path, &found)?;
        if is_yaml(&found) && !is_suite_path(&key) {
            let text = read_text(&found, MAX_FILE_BYTES)?;
            files.insert(key, text);
        }
    }
    Ok(files)
}

/// Returns what the paths of findings lie below: the folder, or the one that the file lies in.
pub(crate) fn root(path: &Path) -> PathBuf {
    match (path.is_dir(), path.parent()) {
        (false, Some(parent)) => parent.to_path_buf(),
        (_, _) => path.to_path_buf(),
    }
}

/// Returns the suites at or below `path`; a file that is named is taken for one.
pub(crate) fn suites(path: &Path) -> Result<Vec<PathBuf>, WireError> {
    if !is_folder(path)? {
        return Ok(vec![path.to_path_buf()]);
    }
    let above = parent(&absolute(path));
    let mut suites = walk(path)?;
    suites.retain(|found| is_suite_below(&above, found));
    Ok(suites)
}

/// Returns the nearest folder around `suite` that holds policies, directly or below.
///
/// The last one looked at is the folder around `path`, under which the suite was found: there only
/// what lies directly in it counts, since its other folders have nothing to do with the suite.
pub(crate) fn policies_of(suite: &Path, path: &Path) -> Result<Option<PathBuf>, WireError> {
    let base = if is_folder(path)? { absolute(path) } else { absolute(&parent(path)) };
    let base = out_of_cases(&base);
    let above = parent(&base);
    let holds = |file: &PathBuf| is_yaml(file) && !is_suite_below(&above, file);
    let mut folder = parent(suite);
    while absolute(&folder).starts_with(&base) {
        if walk(&folder)?.iter().any(holds) {
            return Ok(Some(folder));
        }
        folder = parent_of_folder(&folder);
        if absolute(&folder) == above {
            let mut beside = walk_one(&folder)?.into_iter();
            return Ok(beside.any(|file| holds(&file)).then_some(folder));
        }
    }
    Ok(None)
}

/// Returns the text of a regular file of at most `limit` bytes.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, WireError> {
    text(path, read_bytes(path, limit)?)
}

/// Returns bytes as text.
pub(crate) fn text(path: &Path, bytes: Vec<u8>) -> Result<String, WireError> {
    String::from_utf8(bytes).map_err(|error| {
        let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let before = bytes.get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n');
        let start = start.map_or(0, |newline| newline + 1);
        let in_line = before.get(start..).unwrap_or_default();
        let column = String::from_utf8_lossy(in_line).chars().count() + 1;
        WireError {
            line: u32::try_from(line).ok(),
            column: u32::try_from(column).ok(),
            ..error_at(path, "not_utf8", "the text is not UTF-8")
        }
        .with_help("save it as UTF-8")
    })
}

/// Returns the bytes of a regular file, or of standard input for `-`.
pub(crate) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, WireError> {
    let mut bytes = Vec::new();
    open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_read(path, &error))?;
    if bytes.len() as u64 > limit {
        let message = format!("it is larger than {limit} bytes");
        return Err(error_at(path, "too_large", message).with_help("split it"));
    }
    Ok(bytes)
}

/// Reads a file, or standard input for `-`, in pieces: memory does not grow with it.
pub(crate) fn read_pieces(
    path: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut source = open(path)?;
    let mut buffer = vec![0; PIECE_BYTES];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => each(buffer.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(cannot_read(path, &error).into()),
        }
    }
}

/// Opens a regular file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, WireError> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let failed = |error: std::io::Error| cannot_read(path, &error);
    let about = std::fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(error_at(path, "not_a_file", "it is a folder"));
    }
    Ok(Box::new(std::fs::File::open(path).map_err(failed)?))
}

/// Returns an error about a path.
pub(crate) fn error_at(path: &Path, code: &str, message: impl Into<String>) -> WireError {
    let shown =
        if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    WireError { path: Some(shown.into_owned()), ..WireError::new(code, message) }
}

/// Returns an error of the file system.
pub(crate) fn cannot_read(path: &Path, error: &std::io::Error) -> WireError {
    error_at(path, "unreadable", format!("it cannot be read: {error}"))
}

/// Returns the folder that a path lies in.
pub(crate) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_path_buf(),
        None => path.to_path_buf(),
    }
}

/// Returns true for a folder.
///
/// # Errors
/// Where there is nothing, or it cannot be looked at.
pub(crate) fn is_folder(path: &Path) -> Result<bool, WireError> {
    let about = std::fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    Ok(about.is_dir())
}

/// Returns the folder around a folder, in the spelling of the caller where that has one.
fn parent_of_folder(folder: &Path) -> PathBuf {
    match folder.file_name() {
        Some(_) if folder.components().next() != Some(Component::ParentDir) => parent(folder),
        Some(_) | None => parent(&absolute(folder)),
    }
}

/// Returns the folder that holds the innermost folder named `cases` that `folder` lies in, or is;
/// else `folder` itself.
fn out_of_cases(folder: &Path) -> PathBuf {
    let mut around = folder.ancestors();
    let cases = around.find(|path| path.file_name().is_some_and(|name| name == "cases"));
    cases.map_or_else(|| folder.to_path_buf(), parent)
}

/// Returns a path from the root on, without `.` and `..`. Links are kept: a suite belongs to the
/// folder that names it.
fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => clean.push(part),
        }
    }
    clean
}

fn is_yaml(path: &Path) -> bool {
    has_extension(path, &["yaml", "yml"])
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| known.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Returns true where the path from `above` on names a suite.
fn is_suite_below(above: &Path, file: &Path) -> bool {
    let full = match (file.parent(), file.file_name()) {
        (Some(_), Some(name)) => absolute(&parent(file)).join(name),
        (_, _) => file.to_path_buf(),
    };
    let below = full.strip_prefix(above).unwrap_or(file);
    is_suite_path(&below.to_string_lossy())
}

/// Returns the path of `file` below `root`, as the policies know it.
fn key(root: &Path, file: &Path) -> Result<String, WireError> {
    let below = file.strip_prefix(root).unwrap_or(file);
    let mut parts = Vec::new();
    for part in below.components() {
        let part = part.as_os_str().to_str();
        let Some(part) = part.filter(|part| !part.contains(is_hostile)) else {
            let message = "the name of a policy file is not UTF-8, or holds a backslash or \
                           a control character";
            return Err(error_at(file, "name_refused", message).with_help("rename it"));
        };
        parts.push(part);
    }
    Ok(parts.join("/"))
}

fn is_hostile(c: char) -> bool {
    c == '\\' || c.is_control()
}

/// Returns every YAML and JSON file below `root`, in the order of the names. What is hidden (its
/// name starts with a dot) is passed over; links are followed, but not in circles.
fn walk(root: &Path) -> Result<Vec<PathBuf>, WireError> {
    let mut walk =
        Walk { files: Vec::new(), around: Vec::new(), folders: 0, root: root.to_path_buf() };
    walk.folder(root)?;
    Ok(walk.files)
}

/// Returns the regular files that lie directly in `folder`, and are not hidden.
fn walk_one(folder: &Path) -> Result<Vec<PathBuf>, WireError> {
    let failed = |error: std::io::Error| cannot_read(folder, &error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    Ok(files)
}

struct Walk {
    files: Vec<PathBuf>,
    /// The folders that lead to this one, links resolved.
    around: Vec<PathBuf>,
    folders: usize,
    root: PathBuf,
}

impl Walk {
    fn folder(&mut self, folder: &Path) -> Result<(), WireError> {
        let failed = |error: std::io::Error| cannot_read(folder, &error);
        let real = folder.canonicalize().map_err(failed)?;
        if self.around.contains(&real) {
            return Ok(());
        }
        self.folders += 1;
        if self.folders > MAX_FILES || self.around.len() > MAX_DEPTH {
            let message = format!(
                "it holds more than {MAX_FILES} files or folders, or some nested deeper than \
                 {MAX_DEPTH}"
            );
            return Err(error_at(&self.root, "too_many_files", message)
                .with_help("name the folder that holds the policies"));
        }
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            entries.push(entry.map_err(failed)?.file_name());
        }
        entries.sort();
        self.around.push(real);
        for name in entries {
            if !name.as_encoded_bytes().starts_with(b".") {
                self.entry(&folder.join(&name))?;
            }
        }
        self.around.pop();
        Ok(())
    }

    fn entry(&mut self, path: &Path) -> Result<(), WireError> {
        let wanted = has_extension(path, &["json", "yaml", "yml"]);
        match std::fs::metadata(path) {
            Ok(about) if about.is_dir() => self.folder(path),
            Ok(_) | Err(_) if !wanted => Ok(()),
            Ok(about) if about.is_file() => {
                self.files.push(path.to_path_buf());
                if self.files.len() > MAX_FILES {
                    let message = format!("it holds more than {MAX_FILES} files");
                    return Err(error_at(&self.root, "too_many_files", message)
                        .with_help("name the folder that holds the policies"));
                }
                Ok(())
            }
            Ok(_) => Err(error_at(path, "not_a_file", "it is neither a file nor a folder")),
            Err(error) => Err(cannot_read(path, &error)),
        }
    }
}

/// Bytes of one policy file or suite: what the core reads.
pub(crate) const MAX_FILE_BYTES: u64 = 1 << 20;
/// Files below one folder.
const MAX_FILES: usize = 10_000;
/// Bytes that are read at once.
const PIECE_BYTES: usize = 1 << 16;
/// Nested folders.
const MAX_DEPTH: usize = 64;
