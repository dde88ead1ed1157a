//! The closed tables with every name that they read.

use crate::audit::EventType;
use crate::decide::ObligationKind;
use crate::model::Action;
use crate::model::AutonomyLevel;
use crate::model::ChangeClass;
use crate::model::ChangeStatus;
use crate::model::DataClass;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::Level;
use crate::model::Limit;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::VerifierResult;
use crate::redact::Sink;

/// A closed table of names.
pub(super) trait Table: Copy + PartialEq + 'static {
    /// Every entry, in order.
    const ENTRIES: &'static [Self];

    /// Returns the printed name.
    fn printed(self) -> &'static str;

    /// Returns the entry that is read from `name`.
    fn read(name: &str) -> Option<Self>;
}

macro_rules! tables {
    ($($table:ident),+ $(,)?) => {
        $(
            impl Table for $table {
                const ENTRIES: &'static [Self] = Self::ALL;

                fn printed(self) -> &'static str {
                    self.name()
                }

                fn read(name: &str) -> Option<Self> {
                    Self::from_name(name)
                }
            }
        )+
    };
}

tables![
    Action,
    AutonomyLevel,
    ChangeClass,
    ChangeStatus,
    DataClass,
    DecisionEffect,
    Effect,
    EventType,
    KillSwitchFlag,
    KillSwitchScope,
    Level,
    Limit,
    ObligationKind,
    RiskTier,
    Role,
    Sink,
    VerifierResult,
];

/// Names that tables read but never print, beside `tool.` before an action. A table says only
/// which entry a name stands for, so each is looked up; a test compares them with the tables.
const OTHER_NAMES: &[&str] = &[
    "Campaign Owner",
    "Platform Admin",
    "Policy Admin",
    "allow",
    "artifact_shared_link",
    "ask",
    "block",
    "deny",
    "dry_run",
    "local_branch_only",
    "max_active_prs_per_team",
    "max_pr_size",
    "pr_body",
    "removed",
];

/// Returns the printed names of a table, in its order.
pub(super) fn names_of<T: Table>() -> Vec<&'static str> {
    T::ENTRIES.iter().map(|entry| entry.printed()).collect()
}

/// Returns the other names that are read as `entry`.
pub(super) fn aliases_of<T: Table>(entry: T) -> Vec<String> {
    let others = OTHER_NAMES.iter().map(|name| (*name).to_owned());
    others
        .chain([format!("tool.{}", entry.printed())])
        .filter(|name| name != entry.printed() && T::read(name) == Some(entry))
        .collect()
}

/// Returns every name that a table reads, the printed ones first.
pub(super) fn readable_names<T: Table>() -> Vec<String> {
    let printed = T::ENTRIES.iter().map(|entry| entry.printed().to_owned());
    let others = T::ENTRIES.iter().flat_map(|entry| aliases_of(*entry));
    printed.chain(others).collect()
}
