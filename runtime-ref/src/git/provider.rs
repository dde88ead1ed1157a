//! Pull requests as files in a folder, one JSON document each, beside a real bare remote.

use std::fs::File;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::Action;
use bailiwick::Digest;
use bailiwick::Request;
use bailiwick::Timestamp;
use bailiwick::Value;
use rustix::fs::FlockOperation;

use crate::git::command::Git;
use crate::git::repository::NO_CREDENTIAL;
use crate::pep::Permit;
use crate::pep::PermitError;
use crate::port::pull_request::PullRequestContent;
use crate::port::pull_request::PullRequestError;
use crate::port::pull_request::PullRequestState;
use crate::port::pull_request::PullRequests;
use crate::port::pull_request::StoredPullRequest;
use crate::port::repository::RepositoryError;

/// A provider that keeps each pull request in a file of its own.
///
/// Files appear whole or not at all, writers take turns by a lock on the folder, and branches
/// are asked of the remote each time: nothing is assumed to be as it was left (section 49).
pub struct FilePullRequests {
    folder: PathBuf,
    git: Git,
    remote: PathBuf,
}

impl FilePullRequests {
    /// Opens the provider in `folder`, for the bare repository at `remote`.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn open(git: Git, folder: &Path, remote: &Path) -> Result<Self, PullRequestError> {
        std::fs::create_dir_all(folder).map_err(|source| io(folder, source))?;
        Ok(Self { folder: folder.to_path_buf(), git, remote: remote.to_path_buf() })
    }

    fn lock(&self) -> Result<File, PullRequestError> {
        let path = self.folder.join(".lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| io(&path, source))?;
        rustix::fs::flock(&file, FlockOperation::LockExclusive)
            .map_err(|error| io(&path, error.into()))?;
        Ok(file)
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:04}.json"))
    }

    fn branch_sha(&self, branch: &str) -> Result<String, PullRequestError> {
        let reference = format!("refs/heads/{branch}");
        let answer = self
            .git
            .call(&self.remote)
            .bare(&self.remote)
            .args(["show-ref", "--verify", "--hash", "--", &reference])
            .text();
        match answer {
            Ok(sha) => Ok(sha),
            Err(RepositoryError::Git { .. }) => {
                Err(PullRequestError::NoBranch { branch: branch.to_owned() })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn write(&self, pull_request: &StoredPullRequest) -> Result<(), PullRequestError> {
        let path = self.path(pull_request.number);
        let text = serde_json::to_string_pretty(pull_request).map_err(|error| {
            PullRequestError::Malformed { path: path.display().to_string(), why: error.to_string() }
        })?;
        let temporary = self.folder.join(format!(".{}.new", pull_request.number));
        let written = File::create(&temporary).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        });
        written.map_err(|source| io(&temporary, source))?;
        std::fs::rename(&temporary, &path).map_err(|source| io(&path, source))?;
        let folder = File::open(&self.folder).and_then(|folder| folder.sync_all());
        folder.map_err(|source| io(&self.folder, source))
    }
}

impl PullRequests for FilePullRequests {
    fn credential(&self) -> &'static str {
        NO_CREDENTIAL
    }

    fn create(
        &self,
        permit: Permit,
        content: &PullRequestContent,
        now: Timestamp,
    ) -> Result<StoredPullRequest, PullRequestError> {
        let request = permit.spend(Action::PrCreate)?;
        let pr = request.pr.clone().unwrap_or_default();
        let base = required(pr.base, "pr.base")?;
        let head = required(pr.head, "pr.head")?;
        let title = required(pr.title, "pr.title")?;
        check(&request, &title, content)?;
        let _lock = self.lock()?;
        self.branch_sha(&base)?;
        let head_sha = self.branch_sha(&head)?;
        if attribute(&request, "commit").is_some_and(|commit| commit != head_sha) {
            return Err(PermitError::Differs { field: "commit" }.into());
        }
        let existing = self.list()?;
        let open = |other: &&StoredPullRequest| {
            other.state == PullRequestState::Open && other.head == head
        };
        if let Some(other) = existing.iter().find(open) {
            return Err(PullRequestError::Exists { number: other.number, head });
        }
        let last = existing.iter().map(|other| other.number).max();
        let pull_request = StoredPullRequest {
            author: request.subject.map(|subject| subject.id).unwrap_or_default(),
            base,
            body: content.body.text().to_owned(),
            campaign_id: request.campaign_id,
            created_at: now,
            // A request that does not say is not for people yet.
            draft: pr.draft.unwrap_or(true),
            head,
            head_sha,
            labels: sorted(request.labels),
            number: last.unwrap_or(0).saturating_add(1),
            reviewers: content.reviewers.clone(),
            state: PullRequestState::Open,
            team: request.team,
            title,
            updated_at: now,
        };
        self.write(&pull_request)?;
        Ok(pull_request)
    }

    fn update(
        &self,
        permit: Permit,
        content: &PullRequestContent,
        now: Timestamp,
    ) -> Result<StoredPullRequest, PullRequestError> {
        let request = permit.spend(Action::PrUpdate)?;
        let pr = request.pr.clone().unwrap_or_default();
        let number = pr.number.ok_or(PermitError::Lacks { field: "pr.number" })?;
        let title = required(pr.title, "pr.title")?;
        check(&request, &title, content)?;
        let _lock = self.lock()?;
        let mut stored = self.read(number)?;
        stored.head_sha = self.branch_sha(&stored.head)?;
        stored.body = content.body.text().to_owned();
        stored.reviewers = content.reviewers.clone();
        stored.draft = pr.draft.unwrap_or(stored.draft);
        stored.title = title;
        stored.labels = sorted(request.labels);
        stored.updated_at = now;
        self.write(&stored)?;
        Ok(stored)
    }

    fn read(&self, number: u32) -> Result<StoredPullRequest, PullRequestError> {
        let path = self.path(number);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(PullRequestError::NotFound { number });
            }
            Err(source) => return Err(io(&path, source)),
        };
        serde_json::from_str(&text).map_err(|error| PullRequestError::Malformed {
            path: path.display().to_string(),
            why: error.to_string(),
        })
    }

    fn list(&self) -> Result<Vec<StoredPullRequest>, PullRequestError> {
        let mut numbers = Vec::new();
        let entries = std::fs::read_dir(&self.folder).map_err(|source| io(&self.folder, source))?;
        for entry in entries {
            let name = entry.map_err(|source| io(&self.folder, source))?.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".json"));
            numbers.extend(number.and_then(|number| number.parse::<u32>().ok()));
        }
        numbers.sort_unstable();
        numbers.into_iter().map(|number| self.read(number)).collect()
    }
}

/// Checks that what is to be published is what was permitted.
fn check(
    request: &Request,
    title: &str,
    content: &PullRequestContent,
) -> Result<(), PullRequestError> {
    if title != content.title.text() {
        return Err(PermitError::Differs { field: "pr.title" }.into());
    }
    let permitted = attribute(request, "body_hash")
        .ok_or(PermitError::Lacks { field: "attributes.body_hash" })?;
    if permitted == Digest::of(content.body.text().as_bytes()).as_str() {
        Ok(())
    } else {
        Err(PermitError::Differs { field: "body" }.into())
    }
}

fn attribute<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.attributes.get(name).and_then(Value::as_text)
}

fn required(value: Option<String>, field: &'static str) -> Result<String, PullRequestError> {
    value.ok_or(PullRequestError::Permit(PermitError::Lacks { field }))
}

fn sorted(mut labels: Vec<String>) -> Vec<String> {
    labels.sort();
    labels.dedup();
    labels
}

fn io(path: &Path, source: std::io::Error) -> PullRequestError {
    PullRequestError::Io { path: path.display().to_string(), source }
}
