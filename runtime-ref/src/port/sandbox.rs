//! Port: running one command where it can do no harm.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;
use thiserror::Error;

/// Runs commands confined to a workspace. There is no unconfined mode.
pub trait Sandbox: Send + Sync {
    /// Returns what this sandbox enforces on this machine, found out by running a command in it.
    fn profile(&self) -> &SandboxProfile;

    /// Runs one command and returns how it ended. Nothing that it started is alive afterwards.
    ///
    /// A command that fails, is killed or cannot be started is an outcome, not an error.
    ///
    /// # Errors
    ///
    /// When the request is not acceptable or the confinement cannot be set up.
    fn run(&self, request: &SandboxRequest) -> Result<SandboxOutcome, SandboxError>;
}

/// One command to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxRequest {
    /// The program (looked up in the `PATH` of `env`) and its arguments.
    pub argv: Vec<String>,
    /// The folder that the command sees at the same (canonical) path as outside.
    pub workspace: PathBuf,
    /// Where the command starts, relative to `workspace`; empty means the workspace itself.
    pub cwd: PathBuf,
    /// The whole environment of the command; nothing of the host's is added.
    pub env: BTreeMap<String, String>,
    /// What the command may use up.
    pub limits: Limits,
    /// Paths relative to `workspace` that stay read-only, and cannot be created if missing.
    pub protected: Vec<PathBuf>,
    /// Whether the workspace may be written at all.
    pub writable: bool,
    /// Further host folders or files to show read-only, such as a toolchain.
    pub extra_read_only: Vec<PathBuf>,
}

/// What one command may use up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Real time, the set-up included.
    pub wall: Duration,
    /// Processor seconds of any one process.
    pub cpu_seconds: u64,
    /// Memory: of all processes together under a control group, else of any one of them.
    pub memory_bytes: u64,
    /// Processes and threads at once.
    pub processes: u64,
    /// Size of any one file that is written.
    pub file_bytes: u64,
    /// Open files of any one process.
    pub open_files: u64,
    /// Bytes kept of each of standard output and standard error.
    pub output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall: Duration::from_secs(600),
            cpu_seconds: 600,
            memory_bytes: 2 << 30,
            processes: 256,
            file_bytes: 1 << 30,
            open_files: 1024,
            output_bytes: 1 << 20,
        }
    }
}

/// How a command ended and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxOutcome {
    /// How it ended.
    pub exit: Exit,
    /// The first bytes of standard output.
    pub stdout: Vec<u8>,
    /// The first bytes of standard error.
    pub stderr: Vec<u8>,
    /// Whether standard output was longer than what is kept.
    pub stdout_truncated: bool,
    /// Whether standard error was longer than what is kept.
    pub stderr_truncated: bool,
    /// Real time from start to end, the set-up included.
    pub wall: Duration,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// It returned this status.
    Code(i32),
    /// It was killed because its control group ran out of memory.
    MemoryLimit,
    /// The program could not be started, for this reason.
    NotStarted(String),
    /// It was killed because it wrote far more than is kept of its output.
    OutputLimit,
    /// It was ended by this signal.
    Signal(i32),
    /// It was killed because its time was up.
    TimedOut,
}

impl Exit {
    /// Returns whether the command ran to its end and returned 0.
    #[must_use]
    pub fn success(&self) -> bool {
        *self == Self::Code(0)
    }

    /// Returns the status that a shell would show for this end.
    #[must_use]
    pub fn shell_status(&self) -> i32 {
        match self {
            Self::Code(code) => *code,
            Self::MemoryLimit | Self::OutputLimit => 137,
            Self::NotStarted(_) => 127,
            Self::Signal(signal) => 128 + signal,
            Self::TimedOut => 124,
        }
    }
}

/// What a sandbox enforces on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SandboxProfile {
    /// Name of the adapter.
    pub adapter: String,
    /// Every protection, in a fixed order.
    pub features: Vec<Feature>,
}

impl SandboxProfile {
    /// Returns the protections that are not fully enforced.
    pub fn weak(&self) -> impl Iterator<Item = &Feature> {
        self.features.iter().filter(|feature| feature.state != FeatureState::Enforced)
    }

    /// Returns the protection of that name.
    #[must_use]
    pub fn feature(&self, name: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.name == name)
    }
}

/// One protection and how well it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// Stable name in snake case.
    pub name: String,
    /// How well it holds.
    pub state: FeatureState,
    /// How it is done, or what is missing.
    pub detail: String,
}

/// How well a protection holds, weakest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureState {
    /// It holds.
    Enforced,
    /// It holds in part.
    Degraded,
    /// It is not there.
    Missing,
}

/// Why a command was not run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// bubblewrap is not there, too old, or did not start its sandbox.
    #[error("bubblewrap cannot be used: {why}")]
    Bubblewrap {
        /// What is wrong.
        why: String,
    },
    /// The inner program did not answer as one.
    #[error("the inner sandbox program did not answer: {why}")]
    Inner {
        /// What happened instead.
        why: String,
    },
    /// The request contradicts itself or names what is not there.
    #[error("the sandbox request is not acceptable: {why}")]
    InvalidRequest {
        /// What is wrong.
        why: String,
    },
    /// A system call of the runtime itself failed.
    #[error("the runtime could not {action}: {source}")]
    Io {
        /// What it was about to do.
        action: &'static str,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A promised limit could not be set.
    #[error("the {limit} limit could not be set: {source}")]
    Limit {
        /// Which limit.
        limit: &'static str,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The kernel refuses the namespaces that confinement rests on.
    #[error("the kernel refuses an unprivileged sandbox ({step}: {why})")]
    Namespaces {
        /// The step that was refused.
        step: String,
        /// What the system answered.
        why: String,
    },
    /// No adapter works here.
    #[error("no sandbox can be had: embedded: {embedded}; bubblewrap: {bubblewrap}")]
    None {
        /// Why the embedded one does not work.
        embedded: Box<SandboxError>,
        /// Why bubblewrap does not work.
        bubblewrap: Box<SandboxError>,
    },
    /// A protected path cannot be protected as it stands.
    #[error("protected path `{}` cannot be protected: {why}", path.display())]
    ProtectedPath {
        /// The path, relative to the workspace.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A step of the set-up failed inside.
    #[error("the sandbox could not be set up ({step}: {why})")]
    SetUp {
        /// The step that failed.
        step: String,
        /// What the system answered.
        why: String,
    },
}

impl SandboxError {
    /// Returns the stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Bubblewrap { .. } => "sandbox_bubblewrap",
            Self::Inner { .. } => "sandbox_inner",
            Self::InvalidRequest { .. } => "sandbox_invalid_request",
            Self::Io { .. } => "sandbox_io",
            Self::Limit { .. } => "sandbox_limit",
            Self::Namespaces { .. } => "sandbox_namespaces",
            Self::None { .. } => "sandbox_none",
            Self::ProtectedPath { .. } => "sandbox_protected_path",
            Self::SetUp { .. } => "sandbox_set_up",
        }
    }

    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Bubblewrap { .. } => {
                "install bubblewrap 0.8 or later (`apt-get install bubblewrap`, \
                 `dnf install bubblewrap`), or use the embedded sandbox"
            }
            Self::Inner { .. } => {
                "call `bailiwick_runtime::sandbox::run_inner_if_asked()` first in `main`, or give \
                 the path of a program that does"
            }
            Self::InvalidRequest { .. } => "correct the request",
            Self::Io { .. } => "see what the system answered",
            Self::Limit { .. } => "give the runtime a control group of its own that it may write",
            Self::Namespaces { .. } | Self::None { .. } => {
                "allow unprivileged user namespaces: `sysctl -w kernel.unprivileged_userns_clone=1` \
                 (Debian), `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` or an \
                 AppArmor profile with `userns,` (Ubuntu 23.10 and later), \
                 `sysctl -w user.max_user_namespaces=15000` (where it is 0); in a container, a \
                 seccomp profile that allows `unshare` and `mount`, a `/proc` without masks, and \
                 CAP_SETFCAP for root; or \
                 install bubblewrap 0.8 or later"
            }
            Self::ProtectedPath { .. } => {
                "replace the symbolic link by a real file or folder, or do not protect the path"
            }
            Self::SetUp { .. } => "see the step and what the system answered",
        }
    }
}
