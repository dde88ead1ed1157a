//! Live facts outside the request, as of one instant.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::model::Approval;
use crate::model::Timestamp;
use crate::model::table::closed_table;
use crate::model::value::unique_map;

/// What the policy information point knows as of `as_of`.
///
/// # Example
/// ```
/// let now: bailiwick::Timestamp = "2026-07-04T03:00:00Z".parse()?;
/// let state = bailiwick::State::fresh_empty(now);
/// assert!(state.approvals.is_empty() && state.usage_complete);
/// # Ok::<(), bailiwick::TimestampError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Approvals that could bear on the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// When the state was read from its stores.
    pub as_of: Timestamp,
    /// Kill switches that are on, beside those in documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kill_switches: Vec<KillSwitch>,
    /// The instant of the decision.
    pub now: Timestamp,
    /// What was used so far, by the usage key of a limit, such as `tokens`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_map")]
    pub usage: BTreeMap<String, u64>,
    /// Says that a key absent from `usage` means zero; otherwise it means unknown, and a limit
    /// that is compared with it denies.
    #[serde(default)]
    pub usage_complete: bool,
    /// The version of the state, opaque.
    pub version: String,
}

impl State {
    /// Returns a state in which nothing is switched off, approved or used, read at `now`.
    pub fn fresh_empty(now: Timestamp) -> Self {
        Self {
            approvals: Vec::new(),
            as_of: now,
            kill_switches: Vec::new(),
            now,
            usage: BTreeMap::new(),
            usage_complete: true,
            version: "empty".to_owned(),
        }
    }
}

closed_table! {
    /// How far a kill switch reaches (section 13).
    KillSwitchScope: "kill switch scope" {
        /// One capability, everywhere.
        Capability = "capability",
        /// One campaign.
        Campaign = "campaign",
        /// Everything.
        Global = "global",
        /// One repository.
        Repository = "repository",
        /// One tenant.
        Tenant = "tenant",
    }
}

closed_table! {
    /// What a kill switch switches off (section 13).
    KillSwitchFlag: "kill switch flag" {
        /// Everything that agents do on the scope.
        BlockAllAgentRuns = "block_all_agent_runs",
        /// Every further act of runs that are under way.
        CancelRunningRuns = "cancel_running_runs",
        /// Acts in the autonomous modes.
        DisableAutonomousRuns = "disable_autonomous_runs",
        /// Pushes to a remote.
        DisableGitPush = "disable_git_push",
        /// Calls to models.
        DisableModelCalls = "disable_model_calls",
        /// New tasks, runs, campaigns and waves.
        DisableNewRuns = "disable_new_runs",
        /// New pull requests.
        DisablePrCreation = "disable_pr_creation",
        /// Commands.
        DisableShell = "disable_shell",
        /// Commands that reach for the network.
        DisableShellNetwork = "disable_shell_network",
        /// Waves, new runs and remote changes of a campaign.
        PauseWaves = "pause_waves",
    }
}

/// One kill switch that is on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KillSwitch {
    /// What it switches off.
    pub flag: KillSwitchFlag,
    /// The tenant, campaign or repository; none for the global and capability scopes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How far it reaches.
    pub scope: KillSwitchScope,
}
