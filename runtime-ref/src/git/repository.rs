//! A repository checked out into an isolated workspace, its git folder outside of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::Action;
use bailiwick::Digest;
use bailiwick::Projection;
use bailiwick::PullRequestBody;
use bailiwick::Raw;
use bailiwick::Request;
use bailiwick::Value;

use crate::git::changes;
use crate::git::command::Call;
use crate::git::command::Git;
use crate::git::hunks;
use crate::pep::Permit;
use crate::pep::PermitError;
use crate::port::repository::Changes;
use crate::port::repository::Checkout;
use crate::port::repository::Patch;
use crate::port::repository::Repository;
use crate::port::repository::RepositoryError;

/// A repository whose git folder lies beside its workspace, not in it: what an agent writes in
/// the workspace is never git's settings. `.git` in the workspace is a file that points there.
pub struct GitRepository {
    git: Git,
    /// The git folder; never writable in the sandbox.
    git_dir: PathBuf,
    /// The bare repository that is cloned from and pushed to.
    remote: PathBuf,
    workspace: PathBuf,
}

impl GitRepository {
    /// Returns the repository that is checked out of `remote` into `workspace`.
    pub fn new(git: Git, remote: &Path, git_dir: &Path, workspace: &Path) -> Self {
        Self {
            git,
            git_dir: git_dir.to_path_buf(),
            remote: remote.to_path_buf(),
            workspace: workspace.to_path_buf(),
        }
    }

    fn call(&self) -> Call {
        self.git.call(&self.workspace).on(&self.git_dir, &self.workspace)
    }

    fn head(&self) -> Result<String, RepositoryError> {
        self.call().args(["rev-parse", "--verify", "HEAD^{commit}"]).text()
    }

    fn base(&self) -> Result<String, RepositoryError> {
        self.call().args(["rev-parse", "--verify", &format!("{BASE}^{{commit}}")]).text()
    }

    /// Writes the workspace as a tree, by an index of its own.
    fn tree(&self) -> Result<String, RepositoryError> {
        changes::refuse_nested(&self.workspace)?;
        let index = self.git_dir.join("bailiwick-index");
        self.call().env("GIT_INDEX_FILE", &index).args(["read-tree", "HEAD"]).output()?;
        self.call().env("GIT_INDEX_FILE", &index).args(["add", "--all", "--", "."]).output()?;
        self.call().env("GIT_INDEX_FILE", &index).args(["write-tree"]).text()
    }

    /// Returns every path that a file had at any commit that the head descends from. Those that are
    /// no UTF-8 are as near to what they were as text can be.
    fn paths(&self) -> Result<BTreeSet<String>, RepositoryError> {
        let names = self
            .call()
            .args(["log", "-m", "--root", "--format=", "--name-only", "--no-renames", "-z"])
            .args(["--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "HEAD"])
            .output()?;
        let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// Returns what `tree` changes against the base.
    fn compare(&self, tree: String) -> Result<Changes, RepositoryError> {
        let base = self.base()?;
        let diff = |format: &str| {
            self.call()
                .args(["diff-tree", "-r", "-z", "-M", "--full-index", "--no-ext-diff"])
                .args(["--no-textconv", "--ignore-submodules=none", format, &base, &tree])
                .output()
        };
        let rows = changes::parse_raw(&diff("--raw")?)?;
        let counts = changes::parse_counts(&diff("--numstat")?)?;
        let files = changes::changed_files(rows, &counts, |link| {
            let target = self.call().args(["cat-file", "blob", &link.blob]).output()?;
            String::from_utf8(target).map_err(|_| RepositoryError::GitAnswer {
                command: "cat-file".to_owned(),
                why: "a link's target is not UTF-8".to_owned(),
            })
        })?;
        // Binary files are read as text: what is in them leaves with the change too.
        let patch = self
            .call()
            .args(["diff-tree", "-r", "-p", "-M", "--text", "--no-ext-diff"])
            .args(["--no-textconv", "--no-color", "--ignore-submodules=none", "--unified=3"])
            .args(["--no-indent-heuristic", &base, &tree])
            .output()?;
        Ok(Changes { files, hunks: hunks::parse(&patch)?, tree })
    }

    fn check_branch(&self, branch: &str) -> Result<(), RepositoryError> {
        let named = || RepositoryError::BranchName { name: branch.to_owned() };
        if branch.starts_with('-') || branch == "HEAD" {
            return Err(named());
        }
        self.git
            .call(Path::new("/"))
            .args(["check-ref-format", &format!("refs/heads/{branch}")])
            .output()
            .map(drop)
            .map_err(|_| named())
    }
}

impl Repository for GitRepository {
    fn credential(&self) -> &'static str {
        NO_CREDENTIAL
    }

    fn check_out(&self, permit: Permit) -> Result<Checkout, RepositoryError> {
        let request = permit.spend(Action::GitClone)?;
        let branch = required(request.branch, "branch")?;
        self.check_branch(&branch)?;
        let parent = self.workspace.parent().unwrap_or(Path::new("/"));
        self.git
            .call(parent)
            .args(["clone", "--quiet", "--no-local", "--no-hardlinks", "--single-branch"])
            .args(["--no-tags", "--no-recurse-submodules", "--template=", "--branch", &branch])
            .args(["--separate-git-dir".as_ref(), self.git_dir.as_os_str()])
            .args(["--".as_ref(), self.remote.as_os_str(), self.workspace.as_os_str()])
            .output()?;
        let base_sha = self.head()?;
        self.call().args(["update-ref", BASE, &base_sha]).output()?;
        let files = self.call().args(["ls-tree", "-r", "-z", "--name-only", "HEAD"]).output()?;
        Ok(Checkout {
            base_sha,
            branch,
            files: files.iter().filter(|byte| **byte == 0).count(),
            paths: self.paths()?,
        })
    }

    fn create_branch(&self, permit: Permit) -> Result<(), RepositoryError> {
        let request = permit.spend(Action::GitBranch)?;
        let branch = required(request.branch, "branch")?;
        self.check_branch(&branch)?;
        let reference = format!("refs/heads/{branch}");
        let base = self.base()?;
        // The last word says that the branch must not exist yet.
        self.call().args(["update-ref", &reference, &base, &"0".repeat(base.len())]).output()?;
        self.call().args(["symbolic-ref", "HEAD", &reference]).output().map(drop)
    }

    fn changes(&self) -> Result<Changes, RepositoryError> {
        self.compare(self.tree()?)
    }

    fn committed(&self) -> Result<Changes, RepositoryError> {
        let tree = self.call().args(["rev-parse", "--verify", "HEAD^{tree}"]).text()?;
        self.compare(tree)
    }

    fn committed_patch(&self) -> Result<Patch, RepositoryError> {
        let bytes = self
            .call()
            .args(["diff-tree", "-r", "-p", "--binary", "--full-index", "--no-renames"])
            .args(["--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=none"])
            .args(["--unified=3", "--no-indent-heuristic", &self.base()?, "HEAD"])
            .output()?;
        Ok(Patch { digest: Digest::of(&bytes), text: Raw::from_bytes(&bytes) })
    }

    fn commit(
        &self,
        permit: Permit,
        message: &Projection<PullRequestBody>,
    ) -> Result<String, RepositoryError> {
        let message = message.text();
        let request = permit.spend(Action::GitCommit)?;
        let tree = attribute(&request, "tree")?;
        let branch = required(request.branch, "branch")?;
        if self.tree()? != tree {
            return Err(PermitError::Differs { field: "tree" }.into());
        }
        let reference = format!("refs/heads/{branch}");
        if self.call().args(["symbolic-ref", "HEAD"]).text()? != reference {
            return Err(PermitError::Differs { field: "branch" }.into());
        }
        let head = self.head()?;
        let mut commit = self.call();
        for role in ["AUTHOR", "COMMITTER"] {
            commit = commit.env(&format!("GIT_{role}_NAME"), AUTHOR_NAME);
            commit = commit.env(&format!("GIT_{role}_EMAIL"), AUTHOR_EMAIL);
        }
        let sha = commit
            .args(["commit-tree", &tree, "-p", &head, "-F", "-"])
            .input(message.as_bytes())
            .text()?;
        self.call().args(["update-ref", &reference, &sha, &head]).output()?;
        self.call().args(["read-tree", "HEAD"]).output()?;
        Ok(sha)
    }

    fn push(&self, permit: Permit) -> Result<(), RepositoryError> {
        let request = permit.spend(Action::GitPush)?;
        let commit = attribute(&request, "commit")?;
        let branch = required(request.branch, "branch")?;
        self.check_branch(&branch)?;
        if self.head()? != commit {
            return Err(PermitError::Differs { field: "commit" }.into());
        }
        self.call()
            .args(["push", "--quiet", "--no-verify", "--no-signed"])
            .args(["--recurse-submodules=no", "--no-follow-tags", "--"])
            .args([self.remote.as_os_str()])
            .args([format!("{commit}:refs/heads/{branch}")])
            .output()
            .map(drop)
    }
}

/// Makes the bare repository at `remote` out of the local repository at `source`, which is only
/// read; returns the branch that is checked out there.
///
/// # Errors
/// Where `source` is no repository with a commit on a branch.
pub fn create_bare_remote(
    git: &Git,
    source: &Path,
    remote: &Path,
) -> Result<String, RepositoryError> {
    let folder = remote.parent().unwrap_or(Path::new("/"));
    git.call(folder)
        .args(["clone", "--quiet", "--bare", "--no-local", "--no-hardlinks"])
        .args(["--no-recurse-submodules", "--template=", "--"])
        .args([source.as_os_str(), remote.as_os_str()])
        .output()?;
    git.call(remote).bare(remote).args(["symbolic-ref", "--short", "HEAD"]).text()
}

fn required(value: Option<String>, field: &'static str) -> Result<String, RepositoryError> {
    value.ok_or(RepositoryError::Permit(PermitError::Lacks { field }))
}

fn attribute(request: &Request, field: &'static str) -> Result<String, RepositoryError> {
    let text = request.attributes.get(field).and_then(Value::as_text);
    required(text.map(str::to_owned), field)
}

/// Every protocol but that of local files is off, and so are helpers and questions.
pub(super) const NO_CREDENTIAL: &str = "none: the remote is a local path";
/// Where the base commit is remembered: not a branch, so nothing pushes or moves it.
const BASE: &str = "refs/bailiwick/base";
/// Never a person's name: an agent's change is recognisable (section 35).
const AUTHOR_NAME: &str = "Bailiwick Agent";
const AUTHOR_EMAIL: &str = "agent@bailiwick.invalid";
