//! What a workspace changes: the answers of `git diff-tree`, read strictly.

use std::collections::BTreeMap;
use std::path::Path;

use bailiwick::ChangeStatus;
use bailiwick::ChangedFile;

use crate::port::repository::RepositoryError;

/// One row of `git diff-tree --raw -z`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawChange {
    /// The object after the change.
    pub(super) blob: String,
    /// The path before a rename or copy.
    pub(super) from: Option<String>,
    /// The mode after the change.
    pub(super) mode: String,
    /// The path.
    pub(super) path: String,
    /// What happened.
    pub(super) status: ChangeStatus,
}

impl RawChange {
    /// Returns true where the file is a symbolic link after the change.
    pub(super) fn is_symlink(&self) -> bool {
        self.mode == "120000"
    }
}

/// Lines added and removed; `None` for a binary file.
type Counts = (Option<u32>, Option<u32>);

/// Reads the output of `git diff-tree -r -z --raw -M`.
pub(super) fn parse_raw(output: &[u8]) -> Result<Vec<RawChange>, RepositoryError> {
    let mut fields = Fields::new(output)?;
    let mut changes = Vec::new();
    while let Some(head) = fields.next() {
        let words: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
        let [_, mode, _, blob, letter] = words.as_slice() else {
            return Err(unreadable("a row does not have five words"));
        };
        let status = match letter.chars().next() {
            Some('A') => ChangeStatus::Added,
            Some('C') => ChangeStatus::Copied,
            Some('D') => ChangeStatus::Deleted,
            Some('M' | 'T') => ChangeStatus::Modified,
            Some('R') => ChangeStatus::Renamed,
            _ => return Err(unreadable("a row has an unknown status")),
        };
        let first = fields.path()?;
        let (from, path) = match status {
            ChangeStatus::Copied | ChangeStatus::Renamed => (Some(first), fields.path()?),
            ChangeStatus::Added | ChangeStatus::Deleted | ChangeStatus::Modified => (None, first),
        };
        changes.push(RawChange {
            blob: (*blob).to_owned(),
            from,
            mode: (*mode).to_owned(),
            path,
            status,
        });
    }
    Ok(changes)
}

/// Reads the output of `git diff-tree -r -z --numstat -M`: path → lines added and removed.
pub(super) fn parse_counts(output: &[u8]) -> Result<BTreeMap<String, Counts>, RepositoryError> {
    let mut fields = Fields::new(output)?;
    let mut counts = BTreeMap::new();
    while let Some(head) = fields.next() {
        let mut words = head.splitn(3, '\t');
        let (Some(added), Some(removed), Some(rest)) = (words.next(), words.next(), words.next())
        else {
            return Err(unreadable("a count does not have three words"));
        };
        // A rename has an empty third word, and its two paths follow.
        let path = if rest.is_empty() {
            fields.path()?;
            fields.path()?
        } else {
            rest.to_owned()
        };
        counts.insert(path, (number(added)?, number(removed)?));
    }
    Ok(counts)
}

/// Puts rows, counts and link targets together.
pub(super) fn changed_files(
    changes: Vec<RawChange>,
    counts: &BTreeMap<String, Counts>,
    mut link_target: impl FnMut(&RawChange) -> Result<String, RepositoryError>,
) -> Result<Vec<ChangedFile>, RepositoryError> {
    let mut files = Vec::with_capacity(changes.len());
    for change in changes {
        let (added, removed) = counts
            .get(&change.path)
            .copied()
            .ok_or_else(|| unreadable("a changed file has no counts"))?;
        let symlink_target = match change.is_symlink() {
            true => Some(link_target(&change)?),
            false => None,
        };
        files.push(ChangedFile {
            added,
            after: None,
            before: None,
            from: change.from,
            generated: None,
            path: change.path,
            removed,
            status: Some(change.status),
            symlink_target,
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Refuses a workspace that holds a repository of its own below its top: git would read that
/// repository's settings, and they can name programs to run.
pub(super) fn refuse_nested(workspace: &Path) -> Result<(), RepositoryError> {
    let mut folders = vec![workspace.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let io = |source| RepositoryError::Io { path: folder.display().to_string(), source };
        for entry in std::fs::read_dir(&folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let is_top = folder == workspace;
            let is_git = entry.file_name().eq_ignore_ascii_case(".git");
            if is_git && !is_top {
                return Err(RepositoryError::NestedRepository {
                    path: entry
                        .path()
                        .strip_prefix(workspace)
                        .map_or_else(|_| entry.path(), Path::to_path_buf)
                        .display()
                        .to_string(),
                });
            }
            if entry.file_type().map_err(io)?.is_dir() && !(is_git && is_top) {
                folders.push(entry.path());
            }
        }
    }
    Ok(())
}

struct Fields<'a> {
    rest: std::vec::IntoIter<&'a str>,
}

impl<'a> Fields<'a> {
    fn new(output: &'a [u8]) -> Result<Self, RepositoryError> {
        let text = std::str::from_utf8(output)
            .map_err(|_| unreadable("a path is not UTF-8"))?
            .trim_end_matches('\0');
        let rest: Vec<&str> = match text.is_empty() {
            true => Vec::new(),
            false => text.split('\0').collect(),
        };
        Ok(Self { rest: rest.into_iter() })
    }

    fn next(&mut self) -> Option<&'a str> {
        self.rest.next()
    }

    fn path(&mut self) -> Result<String, RepositoryError> {
        match self.next() {
            Some(path) if !path.is_empty() => Ok(path.to_owned()),
            Some(_) | None => Err(unreadable("a row has no path")),
        }
    }
}

fn number(word: &str) -> Result<Option<u32>, RepositoryError> {
    match word {
        "-" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| unreadable("a count is no number")),
    }
}

fn unreadable(why: &str) -> RepositoryError {
    RepositoryError::GitAnswer { command: "diff-tree".to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use bailiwick::ChangeStatus;

    use super::parse_counts;
    use super::parse_raw;

    #[test]
    fn reads_both_ends_of_a_rename() {
        let raw = b":100644 100644 aa bb R087\0old name\0new\tname\0:000000 120000 00 cc A\0link\0";
        let changes = parse_raw(raw).unwrap();
        assert_eq!(changes[0].from.as_deref(), Some("old name"));
        assert_eq!(changes[0].path, "new\tname");
        assert_eq!(changes[1].status, ChangeStatus::Added);
        assert!(changes[1].is_symlink());
        let counts = parse_counts(b"3\t1\t\0old name\0new\tname\0-\t-\tlink\0").unwrap();
        assert_eq!(counts["new\tname"], (Some(3), Some(1)));
        assert_eq!(counts["link"], (None, None));
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        for raw in [
            &b":100644 100644 aa bb X\0a\0"[..],
            b":100644 aa bb M\0a\0",
            b":100644 100644 aa bb M\0",
            b":100644 100644 aa bb M\0\xff\0",
        ] {
            assert!(parse_raw(raw).is_err(), "{raw:?}");
        }
        assert!(parse_counts(b"x\t1\ta\0").is_err());
    }
}
