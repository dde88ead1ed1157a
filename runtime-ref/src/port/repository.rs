//! Port: one repository with its workspace and its remote.

use std::collections::BTreeSet;

use bailiwick::ChangedFile;
use bailiwick::Digest;
use bailiwick::Projection;
use bailiwick::PullRequestBody;
use bailiwick::Raw;
use thiserror::Error;

use crate::pep::Permit;
use crate::pep::PermitError;

/// A repository checked out into an isolated workspace.
pub trait Repository: Send + Sync {
    /// Returns with which credential the remote is reached, in words: its name, never its value.
    fn credential(&self) -> &'static str;

    /// Clones the remote's permitted branch into the workspace (`git.clone`).
    ///
    /// # Errors
    /// Where git fails.
    fn check_out(&self, permit: Permit) -> Result<Checkout, RepositoryError>;

    /// Creates the permitted branch at the base and switches to it (`git.branch`).
    ///
    /// # Errors
    /// Where the name is no branch name or git fails.
    fn create_branch(&self, permit: Permit) -> Result<(), RepositoryError>;

    /// Returns what the workspace changes against the base, untracked files included.
    ///
    /// # Errors
    /// Where the workspace holds a nested repository, or git fails.
    fn changes(&self) -> Result<Changes, RepositoryError>;

    /// Returns what the branch's head changes against the base, whatever the workspace holds.
    ///
    /// # Errors
    /// Where git fails.
    fn committed(&self) -> Result<Changes, RepositoryError>;

    /// Returns the patch from the base to the branch's head, as `git apply` takes it.
    ///
    /// # Errors
    /// Where git fails.
    fn committed_patch(&self) -> Result<Patch, RepositoryError>;

    /// Commits the workspace, whose tree was permitted, to the permitted branch (`git.commit`).
    ///
    /// # Errors
    /// Where the workspace is no longer what was permitted, or git fails.
    fn commit(
        &self,
        permit: Permit,
        message: &Projection<PullRequestBody>,
    ) -> Result<String, RepositoryError>;

    /// Pushes the permitted commit to the permitted branch of the remote (`git.push`).
    ///
    /// # Errors
    /// Where the commit is not the branch's head, or git fails.
    fn push(&self, permit: Permit) -> Result<(), RepositoryError>;
}

/// What was checked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkout {
    /// The commit that changes are compared with.
    pub base_sha: String,
    /// The branch it came from.
    pub branch: String,
    /// How many files it has.
    pub files: usize,
    /// Every path that a file had at any commit of the branch.
    pub paths: BTreeSet<String>,
}

/// What the workspace changes against the base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The changed files.
    pub files: Vec<ChangedFile>,
    /// What the change says before and after, hunk by hunk; nobody's to see.
    pub hunks: Vec<Hunk>,
    /// The hash of the workspace's tree: two workspaces with the same content have the same.
    pub tree: String,
}

/// A change as a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The digest of its bytes, whatever of them may be seen.
    pub digest: Digest,
    /// The patch; nobody's to see.
    pub text: Raw,
}

/// A stretch of a file that a change touches, with the lines around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The lines that the change adds.
    pub added: Raw,
    /// Where those lines stand in `after`, counted from 1.
    pub added_lines: BTreeSet<u64>,
    /// The stretch after the change.
    pub after: Raw,
    /// The stretch before it.
    pub before: Raw,
}

impl Changes {
    /// Returns lines added and removed, binary files counting as none.
    pub fn lines(&self) -> u64 {
        self.files
            .iter()
            .map(|file| u64::from(file.added.unwrap_or(0)) + u64::from(file.removed.unwrap_or(0)))
            .sum()
    }
}

/// Why the repository did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RepositoryError {
    /// The name is no name of a branch.
    #[error("`{name}` is not a branch name")]
    BranchName {
        /// The name.
        name: String,
    },
    /// git failed.
    #[error("git {command} failed: {why}")]
    Git {
        /// Which command.
        command: String,
        /// What git said.
        why: String,
    },
    /// git said something that cannot be read.
    #[error("the answer of git {command} cannot be read: {why}")]
    GitAnswer {
        /// Which command.
        command: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is no git, or it could not be started.
    #[error("git could not be started: {0}")]
    GitMissing(std::io::Error),
    /// A file or folder could not be made or read.
    #[error("`{path}`: {source}")]
    Io {
        /// The path.
        path: String,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The workspace holds a repository of its own, whose settings git would obey.
    #[error("`{path}` is a repository within the workspace")]
    NestedRepository {
        /// Where.
        path: String,
    },
    /// The permit does not cover it.
    #[error(transparent)]
    Permit(#[from] PermitError),
}

impl RepositoryError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BranchName { .. } => "branch_name",
            Self::Git { .. } => "git_failed",
            Self::GitAnswer { .. } => "git_answer",
            Self::GitMissing(_) => "git_missing",
            Self::Io { .. } => "workspace_io",
            Self::NestedRepository { .. } => "nested_repository",
            Self::Permit(error) => error.code(),
        }
    }
}
