//! `kill_switch` (section 13): what is switched off for good, beside what the state says.

use crate::document::Located;
use crate::model::KillSwitch;
use crate::model::Location;

/// A kill switch document. Only flags that are `true` stand in `switches`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KillSwitchDocument {
    /// Where it stands.
    pub location: Location,
    /// The name; `kill_switch` where absent.
    pub name: String,
    /// What is off.
    pub switches: Vec<Located<KillSwitch>>,
    /// The version.
    pub version: Option<String>,
}
