//! What is not known about a request, and which of the two kinds of not knowing it is.

use serde::Deserialize;
use serde::Serialize;

use crate::model::table::closed_table;

closed_table! {
    /// Why something is not known; unreadable is the stricter.
    UnknownKind: "kind of unknown" {
        /// Parsed, but the value exists only at run time: asks where a deny rule could meet it.
        Dynamic = "dynamic",
        /// It could not be read, or a required attribute is missing: denied.
        Unreadable = "unreadable",
    }
}

/// One thing that is not known, by name and with the reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// What is unknown: an attribute's name, such as `command.programs`.
    pub attribute: String,
    /// Which kind of unknown it is.
    pub kind: UnknownKind,
    /// Why, for people: lower case, no full stop, no secret.
    pub reason: String,
}

impl Unknown {
    /// Returns something that cannot be read.
    pub fn unreadable(attribute: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { attribute: attribute.into(), kind: UnknownKind::Unreadable, reason: reason.into() }
    }

    /// Returns something that is known only at run time.
    pub fn dynamic(attribute: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { attribute: attribute.into(), kind: UnknownKind::Dynamic, reason: reason.into() }
    }
}
