//! What one check has to say of a request.

use crate::compile::PolicyRef;
use crate::model::Effect;
use crate::model::Level;
use crate::model::Location;

/// What one check has to say; findings are collected, never short-cut, so that every reason is
/// named.
#[derive(Clone, Debug)]
pub(crate) struct Finding<'a> {
    /// A stable word, such as `forbidden_path`.
    pub(crate) code: &'static str,
    /// Which way it points; `Allow` is a grant that matched.
    pub(crate) effect: Effect,
    /// What would make it go away, if anything would.
    pub(crate) fix: Option<Fix>,
    /// The sentence for people.
    pub(crate) message: String,
    /// Who says so; none for what holds everywhere.
    pub(crate) source: Option<Source<'a>>,
}

/// The policy and rule behind a finding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) level: Option<Level>,
    pub(crate) location: &'a Location,
    pub(crate) policy: &'a str,
    /// A rule's id, or the field of the document.
    pub(crate) rule: &'a str,
}

/// What would make a finding go away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fix {
    /// Approvals; which ones, the approval step knows.
    Approval,
    /// The request states the attribute.
    Attribute(String),
    /// Something else is asked for, in words.
    Change(String),
    /// The pull request becomes a draft.
    Draft,
    /// A fresh state.
    State,
    /// A verifier passes.
    Verifier(String),
}

impl<'a> Source<'a> {
    /// Returns the source for a field of a document.
    pub(crate) fn field(
        level: Level,
        policy: &'a PolicyRef,
        rule: &'a str,
        location: &'a Location,
    ) -> Self {
        Self { level: Some(level), location, policy: &policy.name, rule }
    }
}

impl<'a> Finding<'a> {
    /// Returns a denial that nothing lifts.
    pub(crate) fn deny(code: &'static str, message: String, source: Option<Source<'a>>) -> Self {
        Self { code, effect: Effect::Deny, fix: None, message, source }
    }

    /// Returns a denial that `fix` would lift.
    pub(crate) fn deny_until(
        code: &'static str,
        message: String,
        source: Option<Source<'a>>,
        fix: Fix,
    ) -> Self {
        Self { code, effect: Effect::Deny, fix: Some(fix), message, source }
    }

    /// Returns an ask.
    pub(crate) fn ask(code: &'static str, message: String, source: Option<Source<'a>>) -> Self {
        Self { code, effect: Effect::AskApproval, fix: Some(Fix::Approval), message, source }
    }
}
