//! Port: the place where pull requests live.

use bailiwick::Projection;
use bailiwick::PullRequestBody;
use bailiwick::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use thiserror::Error;

use crate::pep::Permit;
use crate::pep::PermitError;

/// Creates and updates pull requests.
pub trait PullRequests: Send + Sync {
    /// Creates the permitted pull request (`pr.create`).
    ///
    /// # Errors
    /// Where it is not what was permitted, a branch is missing, or one is open for that head.
    fn create(
        &self,
        permit: Permit,
        content: &PullRequestContent,
        now: Timestamp,
    ) -> Result<StoredPullRequest, PullRequestError>;

    /// Gives the permitted pull request another body and labels (`pr.update`).
    ///
    /// # Errors
    /// Where there is no such pull request, or it is not what was permitted.
    fn update(
        &self,
        permit: Permit,
        content: &PullRequestContent,
        now: Timestamp,
    ) -> Result<StoredPullRequest, PullRequestError>;

    /// Returns with which credential the provider is reached, in words: its name, never its value.
    fn credential(&self) -> &'static str;

    /// Returns the pull request of that number.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    fn read(&self, number: u32) -> Result<StoredPullRequest, PullRequestError>;

    /// Returns every pull request, by number.
    ///
    /// # Errors
    /// Where one cannot be read.
    fn list(&self) -> Result<Vec<StoredPullRequest>, PullRequestError>;
}

/// What a pull request holds beside what was permitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequestContent {
    /// What it says; its digest was permitted.
    pub body: Projection<PullRequestBody>,
    /// Who is asked for a review.
    pub reviewers: Vec<String>,
    /// The title, which must be the one that was permitted.
    pub title: Projection<PullRequestBody>,
}

/// A pull request as it lies with the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredPullRequest {
    /// Who created it.
    pub author: String,
    /// The branch it would merge into.
    pub base: String,
    /// What it says.
    pub body: String,
    /// The campaign it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// It is not to be reviewed yet.
    pub draft: bool,
    /// The branch it would merge from.
    pub head: String,
    /// The commit at the head when it was last written.
    pub head_sha: String,
    /// Its labels, sorted.
    pub labels: Vec<String>,
    /// Its number.
    pub number: u32,
    /// Who is asked for a review.
    pub reviewers: Vec<String>,
    /// Where it stands.
    pub state: PullRequestState,
    /// The team whose repository it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Its title.
    pub title: String,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Where a pull request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PullRequestState {
    /// It was closed without being merged.
    Closed,
    /// It was merged.
    Merged,
    /// It is open.
    Open,
}

/// Why the provider did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PullRequestError {
    /// A pull request is open for that branch.
    #[error("pull request {number} is open for `{head}`")]
    Exists {
        /// Its number.
        number: u32,
        /// The branch.
        head: String,
    },
    /// A file of the provider could not be read or written.
    #[error("`{path}`: {source}")]
    Io {
        /// The path.
        path: String,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A file of the provider is not what it wrote.
    #[error("`{path}` is not a pull request: {why}")]
    Malformed {
        /// The path.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// The remote has no such branch.
    #[error("the remote has no branch `{branch}`")]
    NoBranch {
        /// The branch.
        branch: String,
    },
    /// There is no pull request of that number.
    #[error("there is no pull request {number}")]
    NotFound {
        /// The number.
        number: u32,
    },
    /// The permit does not cover it.
    #[error(transparent)]
    Permit(#[from] PermitError),
    /// The remote could not be asked.
    #[error("the remote could not be asked: {0}")]
    Remote(#[from] crate::port::repository::RepositoryError),
}

impl PullRequestError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Exists { .. } => "pull_request_exists",
            Self::Io { .. } => "provider_io",
            Self::Malformed { .. } => "provider_malformed",
            Self::NoBranch { .. } => "no_branch",
            Self::NotFound { .. } => "pull_request_not_found",
            Self::Permit(error) => error.code(),
            Self::Remote(_) => "remote_failed",
        }
    }
}
