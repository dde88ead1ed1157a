//! `access_rule` (section 11): who may do an action, and when it needs an approval.

use std::collections::BTreeSet;

use crate::document::Located;
use crate::document::ScopeSelector;
use crate::model::Action;
use crate::model::Level;
use crate::model::Location;

/// One access rule. An action that any access rule names needs one that is satisfied at each
/// level that has one for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRule {
    /// The actions it speaks of; never empty.
    pub actions: BTreeSet<Action>,
    /// Conditions, all of which must hold.
    pub allow_if: Vec<Located<String>>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The name; `access_rule.<action>` where absent.
    pub name: String,
    /// Conditions, any of which asks for an approval.
    pub require_approval_if: Vec<Located<String>>,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The version.
    pub version: Option<String>,
}
