//! How a command ends.

use std::process::ExitCode;

use bailiwick_wire::WireError;

/// The exit codes, as `--help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, and nothing found; or allowed.
    Ok = 0,
    /// Findings, or failed cases.
    Findings = 1,
    /// The command line or its input cannot be read.
    Usage = 2,
    /// The decision is `ask_approval`.
    AskApproval = 3,
    /// The decision is `denied`, or a policy refuses a text to its sink.
    Denied = 4,
    /// A log of which nobody has shown that nothing is missing at its end.
    Unanchored = 6,
    /// Whoever read the output went away: what a shell reports for SIGPIPE, never success.
    Closed = 141,
}

impl Exit {
    /// Returns the code of a decision; whatever is not known counts as denied.
    pub(crate) fn of_decision(decision: &str) -> Self {
        match decision {
            "allowed" => Self::Ok,
            "ask_approval" => Self::AskApproval,
            _ => Self::Denied,
        }
    }

    /// Returns the code of a check: findings where there are any.
    pub(crate) const fn of_findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Ok }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command stops.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Standard output was closed by its reader.
    Closed,
    /// Anything else.
    Error(WireError),
}

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        Self::Error(error)
    }
}
