//! The base commit of a change, as far as the change needs it: its trees, and the files that the
//! change touches. No other file of the repository is in it.

use std::path::Path;

use crate::git::command::Git;
use crate::port::repository::RepositoryError;

/// The objects that a patch is applied to.
pub struct Base {
    /// A pack of the commit, all its trees, and the files that the patch touches.
    pub pack: Vec<u8>,
    /// What those files hold.
    pub touched: Vec<Vec<u8>>,
}

/// Returns what `patch`, made with whole object names, needs of `commit` in the bare repository at
/// `repository`.
///
/// # Errors
/// Where it has no such commit, or git does not answer.
pub fn base(
    git: &Git,
    repository: &Path,
    commit: &str,
    patch: &[u8],
) -> Result<Base, RepositoryError> {
    if !is_name(commit) {
        let why = "it is no name of a commit".to_owned();
        return Err(RepositoryError::GitAnswer { command: "pack-objects".to_owned(), why });
    }
    let call = || git.call(repository).bare(repository);
    let root = call().args(["rev-parse", "--verify", &format!("{commit}^{{tree}}")]).text()?;
    let below = call().args(["ls-tree", "-r", "-t", "-z", "--full-tree", commit]).output()?;
    let mut names = vec![commit.to_owned(), root.trim().to_owned()];
    for entry in below.split(|byte| *byte == 0) {
        let entry = String::from_utf8_lossy(entry);
        let mut words = entry.split(['\t', ' ']).skip(1);
        if words.next() == Some("tree") {
            names.extend(words.next().filter(|name| is_name(name)).map(str::to_owned));
        }
    }
    let mut touched = Vec::new();
    for name in old_files(patch) {
        touched.push(call().args(["cat-file", "blob", &name]).output()?);
        names.push(name);
    }
    names.sort();
    names.dedup();
    // By one thread and without deltas, the same objects make the same pack.
    let pack = call().args(["pack-objects", "--stdout", "--threads=1", "--window=0", "-q"]);
    let pack = pack.input((names.join("\n") + "\n").as_bytes()).output()?;
    Ok(Base { pack, touched })
}

/// Returns the names of the files that a patch begins from. Lines of content begin with another
/// sign.
fn old_files(patch: &[u8]) -> Vec<String> {
    let old = |line: &[u8]| {
        let line = str::from_utf8(line.strip_prefix(b"index ")?).ok()?;
        let (old, _) = line.split_once("..")?;
        let is_file = is_name(old) && old.bytes().any(|digit| digit != b'0');
        is_file.then(|| old.to_owned())
    };
    patch.split(|byte| *byte == b'\n').filter_map(old).collect()
}

fn is_name(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}
