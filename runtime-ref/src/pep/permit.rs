//! The permit: the right to do one act, once.

use bailiwick::Action;
use bailiwick::Request;
use thiserror::Error;

/// The right to do exactly what one request says, once.
///
/// Only the enforcement point makes one, after the record of the decision is durable; every
/// port that has an effect takes one by value, and does what its request says. It can be
/// neither copied nor made elsewhere:
///
/// ```compile_fail,E0451
/// use bailiwick_runtime::pep::Permit;
/// let forged = Permit {
///     action: bailiwick::Action::ShellExec,
///     decision_id: "pdec_forged".to_owned(),
///     request: bailiwick::Request::default(),
/// };
/// ```
///
/// ```compile_fail,E0599
/// fn twice(permit: bailiwick_runtime::pep::Permit) {
///     let again = permit.clone();
/// }
/// ```
///
/// ```compile_fail,E0624
/// let forged = bailiwick_runtime::pep::Permit::mint(
///     bailiwick::Action::ShellExec,
///     "pdec_forged".to_owned(),
///     bailiwick::Request::default(),
/// );
/// ```
#[derive(Debug)]
#[must_use]
pub struct Permit {
    action: Action,
    decision_id: String,
    request: Request,
}

/// Why a permit does not permit what it was given for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PermitError {
    /// It is for another action.
    #[error("permit is for `{}`, not for `{}`", permitted.name(), wanted.name())]
    OtherAction {
        /// What it permits.
        permitted: Action,
        /// What was to be done.
        wanted: Action,
    },
    /// Its request lacks what the act needs.
    #[error("permitted request has no `{field}`")]
    Lacks {
        /// The field.
        field: &'static str,
    },
    /// What was to be done is not what the request said.
    #[error("`{field}` is not what was permitted")]
    Differs {
        /// The field.
        field: &'static str,
    },
}

impl PermitError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherAction { .. } => "permit_other_action",
            Self::Lacks { .. } => "permit_lacks",
            Self::Differs { .. } => "permit_differs",
        }
    }
}

impl Permit {
    pub(in crate::pep) fn mint(action: Action, decision_id: String, request: Request) -> Self {
        Self { action, decision_id, request }
    }

    /// Returns the decision that permits.
    pub fn decision_id(&self) -> &str {
        &self.decision_id
    }

    /// Uses the permit up for `action` and returns the request that was permitted.
    ///
    /// # Errors
    /// Where the permit is for another action.
    pub fn spend(self, action: Action) -> Result<Request, PermitError> {
        self.spend_any(&[action])
    }

    /// Uses the permit up for one of `actions`, which are done in the same way.
    ///
    /// # Errors
    /// Where the permit is for another action.
    pub fn spend_any(self, actions: &[Action]) -> Result<Request, PermitError> {
        match actions.first() {
            Some(wanted) if !actions.contains(&self.action) => {
                Err(PermitError::OtherAction { permitted: self.action, wanted: *wanted })
            }
            Some(_) => Ok(self.request),
            None => Err(PermitError::Lacks { field: "action" }),
        }
    }

    /// Returns a permit that nobody decided on, for the tests of adapters.
    #[cfg(test)]
    pub(crate) fn for_test(action: Action, request: Request) -> Self {
        Self::mint(action, "pdec_test".to_owned(), request)
    }
}
