//! Why the demonstration did not come to its end.

use std::path::PathBuf;

use bailiwick::LogViewer;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use thiserror::Error;

use crate::package::PackagingError;
use crate::pep::EnforceError;
use crate::port::pull_request::PullRequestError;
use crate::port::repository::RepositoryError;
use crate::port::sandbox::SandboxError;
use crate::port::store::StoreError;
use crate::run::RunError;
use crate::sandbox::toolchain::ToolchainError;
use crate::scripted::ScenarioError;

/// Why the demonstration did not come to its end.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DemoError {
    /// Another run is under way in the folder.
    #[error("another run is under way in `{}`", .0.display())]
    Busy(PathBuf),
    /// The clock cannot be read.
    #[error("clock: {0}")]
    Clock(#[from] bailiwick::TimestampError),
    /// The enforcement point could not go on.
    #[error(transparent)]
    Enforce(#[from] EnforceError),
    /// A file or folder could not be made or read.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The folder's remote was made of another repository.
    #[error("the remote in this folder was made of {made_of}")]
    OtherRepository {
        /// Of which.
        made_of: String,
    },
    /// The replay package could not be made.
    #[error(transparent)]
    Package(#[from] PackagingError),
    /// The policies cannot be used.
    #[error("policies: {0}")]
    Policies(String),
    /// The provider could not be opened.
    #[error(transparent)]
    PullRequest(#[from] PullRequestError),
    /// A step that the run cannot do without was not permitted or failed.
    #[error("{step}: {why}")]
    Refused {
        /// The step.
        step: &'static str,
        /// Why.
        why: String,
    },
    /// The repository could not be prepared.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The agent could not go on.
    #[error(transparent)]
    Run(#[from] RunError),
    /// There is no sandbox, so no command is run at all.
    #[error("no sandbox, so no command is run: {0}")]
    Sandbox(#[from] SandboxError),
    /// The file of secrets cannot be used; what stands in it is not said.
    #[error("`{}`, line {line}: {why}", path.display())]
    Secrets {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A name that goes into branches and records holds a secret.
    #[error("{what} holds what is redacted, and it cannot be left out of a name")]
    SecretName {
        /// Which name.
        what: String,
    },
    /// The script cannot be used.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no toolchain to build with.
    #[error(transparent)]
    Toolchain(#[from] ToolchainError),
}

impl DemoError {
    /// Returns the stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Busy(_) => "busy",
            Self::Clock(_) => "clock",
            Self::Enforce(error) => error.code(),
            Self::Io { .. } => "demo_io",
            Self::OtherRepository { .. } => "other_repository",
            Self::Package(error) => error.code(),
            Self::Policies(_) => "policies_refused",
            Self::PullRequest(error) => error.code(),
            Self::Refused { .. } => "step_refused",
            Self::Repository(error) => error.code(),
            Self::Run(error) => error.code(),
            Self::Sandbox(error) => error.code(),
            Self::Scenario(error) => error.code(),
            Self::SecretName { .. } => "secret_name",
            Self::Secrets { .. } => "secrets_refused",
            Self::Store(error) => error.code(),
            Self::Toolchain(error) => error.code(),
        }
    }

    /// Returns what to do about it, where there is something.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Busy(_) => Some("wait for it, or give another folder by `--dir`".to_owned()),
            Self::OtherRepository { .. } => Some("give another folder by `--dir`".to_owned()),
            Self::Policies(_) => Some("`bailiwick check DIR` says more".to_owned()),
            Self::Sandbox(error) => Some(error.help().to_owned()),
            Self::SecretName { .. } => Some("give it another name".to_owned()),
            Self::Secrets { .. } => {
                Some("a line is `NAME=VALUE`, a value 8 bytes or more".to_owned())
            }
            Self::Toolchain(error) => Some(error.help().to_owned()),
            Self::Clock(_)
            | Self::Enforce(_)
            | Self::Io { .. }
            | Self::Package(_)
            | Self::PullRequest(_)
            | Self::Refused { .. }
            | Self::Repository(_)
            | Self::Run(_)
            | Self::Scenario(_)
            | Self::Store(_) => None,
        }
    }

    /// Returns the exit code of the command.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Policies(_)
            | Self::Scenario(_)
            | Self::SecretName { .. }
            | Self::Secrets { .. } => 2,
            Self::Sandbox(_) => 3,
            Self::Busy(_)
            | Self::Clock(_)
            | Self::Enforce(_)
            | Self::Io { .. }
            | Self::OtherRepository { .. }
            | Self::Package(_)
            | Self::PullRequest(_)
            | Self::Refused { .. }
            | Self::Repository(_)
            | Self::Run(_)
            | Self::Store(_)
            | Self::Toolchain(_) => 1,
        }
    }
}

/// Why the demonstration did not come to its end, as it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The stable code.
    pub code: &'static str,
    /// The exit code of the command.
    pub exit_code: u8,
    /// What to do about it, where there is something.
    pub help: Option<Projection<LogViewer>>,
    /// What happened.
    pub message: Projection<LogViewer>,
}

impl Stopped {
    /// Returns what may be told of `error`: errors quote files, commands and what others answered.
    pub(crate) fn new(error: &DemoError, redactor: &Redactor) -> Self {
        Self {
            code: error.code(),
            exit_code: error.exit_code(),
            help: error.help().map(|help| redactor.project(&Raw::new(help))),
            message: redactor.project(&Raw::new(error.to_string())),
        }
    }
}
