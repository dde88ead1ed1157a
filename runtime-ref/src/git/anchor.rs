//! Checkpoints in a git repository, a reference a tenant: fetched by others, they stay with them.

use std::path::Path;
use std::path::PathBuf;

use crate::git::command::Call;
use crate::git::command::Git;
use crate::port::anchor::Anchor;
use crate::port::anchor::AnchorError;
use crate::port::repository::RepositoryError;

/// Checkpoints as commits in a bare repository, below `refs/bailiwick/checkpoints/`. Each holds one
/// file, `checkpoint`, and follows the one before it.
pub struct GitAnchor {
    git: Git,
    repository: PathBuf,
}

impl GitAnchor {
    /// Opens the bare repository, making it where there is none.
    ///
    /// # Errors
    /// Where git does not answer.
    pub fn open(git: Git, repository: &Path) -> Result<Self, AnchorError> {
        let anchor = Self { git, repository: repository.to_path_buf() };
        if !repository.exists() {
            let made = std::fs::create_dir_all(repository);
            made.map_err(|error| anchor.error("cannot be made", &error))?;
            let init = ["init", "--bare", "--quiet", "--template=", "."];
            let init = anchor.git.call(repository).args(init).output();
            init.map_err(|error| anchor.error("cannot be made", &error))?;
        }
        Ok(anchor)
    }

    fn call(&self) -> Call {
        self.git.call(&self.repository).bare(&self.repository)
    }

    /// Returns the commit that holds the newest checkpoint.
    fn head(&self, tenant: &str) -> Result<Option<String>, AnchorError> {
        let reference = reference(tenant);
        let told = ["for-each-ref", "--format=%(objectname)", &reference];
        let commit = self.call().args(told).text().map_err(|error| self.unread(&error))?;
        Ok((!commit.is_empty()).then_some(commit))
    }

    fn checkpoint(&self, commit: &str) -> Result<String, AnchorError> {
        let file = format!("{commit}:{FILE}");
        let note = self.call().args(["cat-file", "blob", &file]).output();
        let note = note.map_err(|error| self.unread(&error))?;
        String::from_utf8(note).map_err(|error| self.error("cannot be read", &error))
    }

    fn commit(
        &self,
        tenant: &str,
        size: u64,
        note: &str,
        before: Option<&str>,
    ) -> Result<(), RepositoryError> {
        let blob = ["hash-object", "-w", "--stdin", "--no-filters"];
        let blob = self.call().args(blob).input(note.as_bytes()).text()?;
        let tree = format!("100644 blob {blob}\t{FILE}\n");
        let tree = self.call().args(["mktree"]).input(tree.as_bytes()).text()?;
        let mut call = self.call().args(["commit-tree", &tree]);
        if let Some(before) = before {
            call = call.args(["-p", before]);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            call = call
                .env(&format!("GIT_{who}_NAME"), "bailiwick-runtime")
                .env(&format!("GIT_{who}_EMAIL"), "bailiwick-runtime@localhost");
        }
        let commit = call.input(format!("Checkpoint of {size} events\n").as_bytes()).text()?;
        // Where another process was faster, the reference is no longer what it was: refused.
        let before = before.unwrap_or(NOTHING);
        let reference = reference(tenant);
        let moved = ["update-ref", "--create-reflog", &reference, &commit, before];
        self.call().args(moved).output().map(drop)
    }

    fn unread(&self, error: &dyn std::fmt::Display) -> AnchorError {
        self.error("cannot be read", error)
    }

    fn error(&self, why: &str, error: &dyn std::fmt::Display) -> AnchorError {
        AnchorError { anchor: self.name(), why: format!("{why}: {error}") }
    }
}

impl Anchor for GitAnchor {
    fn name(&self) -> String {
        format!("git:{}", self.repository.display())
    }

    fn put(&self, tenant: &str, size: u64, note: &str) -> Result<(), AnchorError> {
        let before = self.head(tenant)?;
        if let Some(before) = &before {
            let there = self.checkpoint(before)?;
            if there == note {
                return Ok(());
            }
            match size_of(&there) {
                // A newer one is there: it holds for this one too, once it is compared.
                Some(newer) if newer > size => return Ok(()),
                Some(older) if older < size => {}
                Some(_) | None => {
                    let which = format!("of {size} events");
                    return Err(self.error("has another checkpoint", &which));
                }
            }
        }
        self.commit(tenant, size, note, before.as_deref())
            .map_err(|error| self.error("cannot keep a checkpoint", &error))
    }

    fn newest(&self, tenant: &str) -> Result<Option<String>, AnchorError> {
        self.head(tenant)?.map(|commit| self.checkpoint(&commit)).transpose()
    }
}

/// Returns the reference of `tenant`, whose name need not be fit for one.
fn reference(tenant: &str) -> String {
    let hex = tenant.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    format!("refs/bailiwick/checkpoints/{hex}")
}

/// Returns how many events a checkpoint is of: its second line.
fn size_of(note: &str) -> Option<u64> {
    note.lines().nth(1)?.parse().ok()
}

const FILE: &str = "checkpoint";
const NOTHING: &str = "0000000000000000000000000000000000000000";

#[cfg(test)]
mod tests {
    use super::GitAnchor;
    use crate::git::Git;
    use crate::port::anchor::Anchor;

    #[test]
    fn checkpoints_follow_each_other_and_nothing_replaces_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anchors.git");
        let anchor = GitAnchor::open(Git::find().unwrap(), &path).unwrap();
        assert_eq!(anchor.newest("ten_a").unwrap(), None);
        anchor.put("ten_a", 9, "log\n9\nx\n").unwrap();
        anchor.put("ten_a", 10, "log\n10\nx\n").unwrap();
        anchor.put("ten_a", 10, "log\n10\nx\n").unwrap();
        anchor.put("ten_a", 9, "log\n9\nx\n").unwrap();
        assert!(anchor.put("ten_a", 10, "log\n10\ny\n").is_err());
        let again = GitAnchor::open(Git::find().unwrap(), &path).unwrap();
        assert_eq!(again.newest("ten_a").unwrap().unwrap(), "log\n10\nx\n");
        assert_eq!(again.newest("ten b").unwrap(), None);
        let count = again.call().args(["rev-list", "--count", "--all"]).text().unwrap();
        assert_eq!(count, "2");
    }
}
