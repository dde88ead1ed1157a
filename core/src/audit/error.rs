//! Why an event cannot be appended, or a stored line cannot be read.

use thiserror::Error;

use crate::audit::AuditVerdict;

/// Why an event cannot be appended, or a stored line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The chain has ended.
    #[error("run `{run_id}` is closed: no event follows run.closed")]
    Closed {
        /// The run.
        run_id: String,
    },
    /// The details of run.closed name another count or head than the chain has.
    #[error("`{member}` in the details of run.closed is not that of the chain")]
    ClosingMismatch {
        /// `count` or `head`.
        member: &'static str,
    },
    /// The details are nested too deeply.
    #[error("details are nested more than {limit} deep")]
    Depth {
        /// The deepest that is kept.
        limit: usize,
    },
    /// The line is not in the form that is stored.
    #[error("not a stored audit entry: {reason}")]
    Malformed {
        /// What is wrong, without the content.
        reason: String,
    },
    /// A member name in the details is not plain ASCII, so hosts could sort it differently.
    #[error("a member name in the details is not ASCII, or is empty")]
    MemberName,
    /// A field that says who did what is empty.
    #[error("`{field}` is empty")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// The first event is not run.opened.
    #[error("run `{run_id}` is not opened: its first event must be run.opened")]
    NotOpened {
        /// The run.
        run_id: String,
    },
    /// A number in the details is beyond what every host keeps.
    #[error("a number in the details is beyond ±(2^53-1): write it as a string")]
    Number,
    /// run.opened is not the first event.
    #[error("run `{run_id}` is open already")]
    OpenedTwice {
        /// The run.
        run_id: String,
    },
    /// The record is too large.
    #[error("the record has {bytes} bytes, and at most {limit} are kept: give a digest instead")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most that is kept.
        limit: usize,
    },
    /// A log is read that does not verify.
    #[error("line {index}: {verdict}: {message}")]
    Unverified {
        /// The number of the first bad line, from 1; where the end is missing, of the line that
        /// should follow.
        index: u64,
        /// What is wrong, for people.
        message: String,
        /// What is wrong.
        verdict: AuditVerdict,
    },
    /// The event is about another run than the chain.
    #[error("the event is of run `{given}`, the chain of run `{chain}`")]
    WrongRun {
        /// The run of the chain.
        chain: String,
        /// The run of the event.
        given: String,
    },
    /// The event belongs to another tenant than the chain.
    #[error("the event is of tenant `{given}`, the chain of tenant `{chain}`")]
    WrongTenant {
        /// The tenant of the chain.
        chain: String,
        /// The tenant of the event.
        given: String,
    },
}

impl AuditError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Closed { .. } => "audit_closed",
            Self::ClosingMismatch { .. } => "audit_closing_mismatch",
            Self::Depth { .. } => "audit_depth",
            Self::Malformed { .. } => "audit_malformed",
            Self::MemberName => "audit_member_name",
            Self::Missing { .. } => "audit_missing",
            Self::NotOpened { .. } => "audit_not_opened",
            Self::Number => "audit_number",
            Self::OpenedTwice { .. } => "audit_opened_twice",
            Self::TooLarge { .. } => "audit_too_large",
            Self::Unverified { .. } => "audit_unverified",
            Self::WrongRun { .. } => "audit_wrong_run",
            Self::WrongTenant { .. } => "audit_wrong_tenant",
        }
    }

    pub(crate) fn malformed(reason: impl Into<String>) -> Self {
        Self::Malformed { reason: reason.into() }
    }
}
