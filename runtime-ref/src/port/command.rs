//! Port: commands, run where they can do no harm.

use std::time::Duration;

use thiserror::Error;

use crate::pep::Permit;
use crate::pep::PermitError;

/// Runs permitted commands confined to the workspace. There is no unconfined mode.
pub trait Commands: Send + Sync {
    /// Runs the permitted `argv` or `shell` line in its `cwd` (`shell.exec`, `verifier.run`).
    ///
    /// # Errors
    /// Where it could not be confined; a command that fails is an outcome.
    fn run(&self, permit: Permit, limits: &CommandLimits) -> Result<CommandOutcome, CommandError>;
}

/// What a decision's obligations say about what one command may use up; absent means the
/// runtime's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommandLimits {
    /// Bytes of memory.
    pub memory_bytes: Option<u64>,
    /// Bytes of output that are kept.
    pub output_bytes: Option<u64>,
    /// Processes at once.
    pub processes: Option<u64>,
    /// Seconds.
    pub seconds: Option<u64>,
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOutcome {
    /// How it ended, in words: `exit 0`, `killed by signal 9`, `time limit`.
    pub ending: String,
    /// The status that a shell would show.
    pub status: i32,
    /// Standard output, as far as it was kept; not yet fit for anybody's eyes.
    pub stdout: Vec<u8>,
    /// Standard error, as far as it was kept; not yet fit for anybody's eyes.
    pub stderr: Vec<u8>,
    /// Some output was not kept.
    pub truncated: bool,
    /// Real time.
    pub wall: Duration,
}

/// Why a command was not run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The permit does not cover it.
    #[error(transparent)]
    Permit(#[from] PermitError),
    /// It could not be confined.
    #[error("the command could not be confined: {why}")]
    Sandbox {
        /// The sandbox's stable code.
        code: &'static str,
        /// What went wrong.
        why: String,
    },
}

impl CommandError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Permit(error) => error.code(),
            Self::Sandbox { code, .. } => code,
        }
    }
}
