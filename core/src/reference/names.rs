//! The closed tables with every name that they read.

use serde_json::Value;

use crate::audit::EventType;
use crate::decide::ObligationKind;
use crate::document::ChecksumRule;
use crate::document::CountsAs;
use crate::document::LeftBoundary;
use crate::document::RedactAction;
use crate::document::RunScan;
use crate::document::TokenCheck;
use crate::facts::SensitiveKind;
use crate::govern::HoldKind;
use crate::govern::RetentionStatus;
use crate::model::Action;
use crate::model::ArtifactAccess;
use crate::model::ArtifactClass;
use crate::model::ArtifactRule;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::ChangeStatus;
use crate::model::CommandEffect;
use crate::model::ContentKind;
use crate::model::DataClass;
use crate::model::DataSource;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::Level;
use crate::model::Limit;
use crate::model::ModelContextRule;
use crate::model::ProjectionKind;
use crate::model::RetentionClass;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::VerifierResult;
use crate::redact::Sink;

/// A closed table of names. It holds functions, so that what reads a table is compiled once and
/// not for every table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    /// What one entry is called.
    pub(super) entry: &'static str,
    /// Returns the printed name at an index.
    at: fn(usize) -> Option<&'static str>,
    /// Returns the printed name of what is read from a name.
    read: fn(&str) -> Option<&'static str>,
}

macro_rules! tables {
    ($($table:ident = $entry:literal),+ $(,)?) => {
        &[$(
            Table {
                entry: $entry,
                at: |index| $table::ALL.get(index).map(|entry| entry.name()),
                read: |name| $table::from_name(name).map(|entry| entry.name()),
            },
        )+]
    };
}

const TABLES: &[Table] = tables![
    Action = "action",
    ArtifactAccess = "access",
    ArtifactClass = "artifact_class",
    ArtifactRule = "artifact_handling",
    AutonomyLevel = "autonomy_level",
    ChangeClass = "change_class",
    ChangeStatus = "change_status",
    ChecksumRule = "checksum_rule",
    CommandEffect = "command_effect",
    CountsAs = "counts_as",
    ContentKind = "content_kind",
    DataClass = "data_class",
    DataSource = "data_source",
    DecisionEffect = "decision",
    Effect = "effect",
    EventType = "event_type",
    HoldKind = "hold_kind",
    KillSwitchFlag = "kill_switch_flag",
    KillSwitchScope = "kill_switch_scope",
    LeftBoundary = "left_boundary",
    Level = "level",
    Limit = "limit",
    ModelContextRule = "model_context_rule",
    ObligationKind = "obligation_kind",
    RetentionClass = "retention_class",
    RetentionStatus = "retention_status",
    RedactAction = "redact_action",
    ProjectionKind = "projection",
    RiskTier = "risk_tier",
    Role = "role",
    RunScan = "run_scan",
    SensitiveKind = "sensitive_kind",
    Sink = "sink",
    TokenCheck = "token_check",
    VerifierResult = "verifier_result",
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
    "cost_metric",
    "deny",
    "dry_run",
    "email_addresses",
    "large_blocks_removed",
    "local_branch_only",
    "max_active_prs_per_team",
    "max_pr_size",
    "patch_artifact",
    "pr_body",
    "private_urls",
    "removed",
    "secret_like_tokens",
    "tool_output_raw",
    "tool_output_redacted",
];

/// Returns the table of what is called `entry`.
pub(super) fn table(entry: &str) -> Option<Table> {
    TABLES.iter().find(|table| table.entry == entry).copied()
}

impl Table {
    /// Returns the printed names, in the table's order.
    pub(super) fn names(self) -> Vec<&'static str> {
        (0..).map_while(self.at).collect()
    }

    /// Returns the other names that are read as the entry of this name.
    pub(super) fn aliases_of(self, printed: &str) -> Vec<String> {
        let mut aliases: Vec<String> = Vec::new();
        for name in OTHER_NAMES {
            if *name != printed && (self.read)(name) == Some(printed) {
                aliases.push((*name).to_owned());
            }
        }
        let long = ["tool.", printed].concat();
        if (self.read)(&long) == Some(printed) {
            aliases.push(long);
        }
        aliases
    }

    /// Returns every name that is read, the printed ones first.
    pub(super) fn readable_names(self) -> Vec<String> {
        let printed = self.names();
        let mut names: Vec<String> = printed.iter().map(|name| (*name).to_owned()).collect();
        for name in printed {
            names.extend(self.aliases_of(name));
        }
        names
    }
}

/// Returns every name that is read as an `entry`, as JSON.
pub(super) fn readable_names_of(entry: &str) -> Option<Value> {
    if entry != "capability" {
        return Some(table(entry)?.readable_names().into());
    }
    // A capability may be named by any name of an action.
    let mut names = table("action")?.readable_names();
    for name in Capability::names() {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Some(names.into())
}
