//! A fact that may be known in part.

use serde::Deserialize;
use serde::Serialize;

use crate::model::UnknownKind;

/// What is definitely there, and whether there may be more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partial<T> {
    /// What is known: of a list its certain members, of a number a lower bound, of a flag that
    /// it is certainly set.
    pub value: T,
    /// Why there may be more; `None` where `value` is all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<UnknownKind>,
}

impl<T> Partial<T> {
    /// Returns a fact that is known in full.
    pub const fn known(value: T) -> Self {
        Self { value, unknown: None }
    }

    /// Returns a fact with what is known of it and the doubt that is left, if any.
    pub const fn with(value: T, unknown: Option<UnknownKind>) -> Self {
        Self { value, unknown }
    }

    /// Returns true where `value` is all.
    pub const fn is_known(&self) -> bool {
        self.unknown.is_none()
    }
}

impl<T: Default> Partial<T> {
    /// Returns a fact of which nothing is known.
    pub fn unknown(kind: UnknownKind) -> Self {
        Self { value: T::default(), unknown: Some(kind) }
    }
}
