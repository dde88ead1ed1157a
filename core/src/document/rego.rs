//! `rego_policy`: Rego for what the condition language cannot say. It can only add denials,
//! asks and obligations.

use std::collections::BTreeSet;

use crate::document::Located;
use crate::document::ScopeSelector;
use crate::model::Action;
use crate::model::Level;
use crate::model::Location;

/// A Rego document.
///
/// Its module has the package `bailiwick` and may define `deny`, `ask` (sets of sentences) and
/// `labels` (a set of labels); `input` is the request with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegoPolicy {
    /// The actions it speaks of; empty means every action.
    pub actions: BTreeSet<Action>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The Rego module (key `module`).
    pub module: Located<String>,
    /// The name.
    pub name: String,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The version.
    pub version: Option<String>,
}
