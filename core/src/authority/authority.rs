//! What a level permits, as one value.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::authority::AllowList;
use crate::authority::Cap;
use crate::authority::Clauses;
use crate::authority::Demands;
use crate::authority::Meet;
use crate::authority::Restriction;
use crate::document::Approvers;
use crate::document::LevelPolicy;
use crate::document::NetworkDefault;
use crate::document::Reviewer;
use crate::document::Rule;
use crate::model::Action;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::DataClass;
use crate::model::Effect;
use crate::model::Limit;
use crate::model::RiskTier;
use crate::model::ordered::map_of;
use crate::model::ordered::set_of;
use crate::model::ordered::sort;

/// How far commands and connections may reach; ordered, the lower is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkAccess {
    /// Not at all.
    Disabled,
    /// Only once approved: disabled, and the same document asks for `shell_network`.
    Approval,
    /// Only hosts on every allow-list.
    Allowlist,
    /// Anywhere, unless a rule says otherwise.
    Open,
}

/// What a level permits. Every field is a meet-semilattice, so the effective authority of a run
/// is the meet along its levels, and a document that widens has nowhere to put it.
///
/// The default value is the top: it permits everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Authority {
    /// Actions that may be done.
    pub allowed_actions: AllowList<Action>,
    /// Change classes that a change may be of.
    pub allowed_change_classes: AllowList<ChangeClass>,
    /// Paths that may be changed: every clause must hold for every path.
    pub allowed_paths: Clauses<String>,
    /// Task classes that may be worked on.
    pub allowed_task_classes: AllowList<String>,
    /// Seconds after which an approval no longer counts.
    pub approval_expires_after: Cap<u64>,
    /// What needs an approval.
    pub approval_required_for: Demands<Capability>,
    /// Whose approvals are needed.
    pub approvers: Demands<Approvers>,
    /// Rules that ask, in canonical form.
    pub ask_rules: Demands<String>,
    /// The highest rollout mode.
    pub autonomy_level: Cap<AutonomyLevel>,
    /// The highest data class that a model may see.
    pub data_class_max: Cap<DataClass>,
    /// Rules that deny, in canonical form.
    pub deny_rules: Demands<String>,
    /// Pull requests stay drafts.
    pub draft_only: Restriction,
    /// Hosts that may be reached: every clause must hold.
    pub egress_allowlist: Clauses<String>,
    /// Paths that may be neither read nor changed.
    pub forbidden_paths: Demands<String>,
    /// Rules that grant, by action: every clause must hold.
    pub grants: BTreeMap<Action, Clauses<String>>,
    /// Labels that a pull request carries.
    pub labels: Demands<String>,
    /// Caps.
    pub limits: BTreeMap<Limit, Cap<u64>>,
    /// Access to the network.
    pub network: Cap<NetworkAccess>,
    /// Egress profiles that the sandbox runs under.
    pub network_profiles: Demands<String>,
    /// Sinks whose text is redacted.
    pub redact: Demands<String>,
    /// Reviewers of a pull request.
    pub required_reviewers: Demands<Reviewer>,
    /// Verifiers that must have passed before a pull request.
    pub required_verifiers: Demands<String>,
    /// Risk tiers that may be worked on.
    pub risk_tiers: AllowList<RiskTier>,
    /// Approvers may not belong to the requester's team.
    pub separation_of_duty: Restriction,
}

impl Meet for Authority {
    fn meet(&self, other: &Self) -> Self {
        Self {
            allowed_actions: self.allowed_actions.meet(&other.allowed_actions),
            allowed_change_classes: self.allowed_change_classes.meet(&other.allowed_change_classes),
            allowed_paths: self.allowed_paths.meet(&other.allowed_paths),
            allowed_task_classes: self.allowed_task_classes.meet(&other.allowed_task_classes),
            approval_expires_after: self.approval_expires_after.meet(&other.approval_expires_after),
            approval_required_for: self.approval_required_for.meet(&other.approval_required_for),
            approvers: self.approvers.meet(&other.approvers),
            ask_rules: self.ask_rules.meet(&other.ask_rules),
            autonomy_level: self.autonomy_level.meet(&other.autonomy_level),
            data_class_max: self.data_class_max.meet(&other.data_class_max),
            deny_rules: self.deny_rules.meet(&other.deny_rules),
            draft_only: self.draft_only.meet(&other.draft_only),
            egress_allowlist: self.egress_allowlist.meet(&other.egress_allowlist),
            forbidden_paths: self.forbidden_paths.meet(&other.forbidden_paths),
            grants: self.grants.meet(&other.grants),
            labels: self.labels.meet(&other.labels),
            limits: self.limits.meet(&other.limits),
            network: self.network.meet(&other.network),
            network_profiles: self.network_profiles.meet(&other.network_profiles),
            redact: self.redact.meet(&other.redact),
            required_reviewers: self.required_reviewers.meet(&other.required_reviewers),
            required_verifiers: self.required_verifiers.meet(&other.required_verifiers),
            risk_tiers: self.risk_tiers.meet(&other.risk_tiers),
            separation_of_duty: self.separation_of_duty.meet(&other.separation_of_duty),
        }
    }
}

impl Authority {
    /// Returns what `policy` permits by itself. Locations and the document's order are not in it.
    pub fn of(policy: &LevelPolicy) -> Self {
        let rules = |effect: Effect| {
            policy.rules.iter().filter(move |rule| rule.effect.value == effect).map(rule_key)
        };
        let mut grants: BTreeMap<Action, Clauses<String>> = BTreeMap::new();
        for action in Action::ALL {
            let named = policy.rules.iter().filter(|rule| {
                rule.effect.value == Effect::Allow
                    && (rule.actions.is_empty() || rule.actions.contains(action))
            });
            let clause: Vec<String> = named.map(rule_key).collect();
            if !clause.is_empty() {
                grants.insert(*action, Clauses::any_of(Some(clause)));
            }
        }
        let keys = |list: &Vec<crate::document::Located<String>>| -> Vec<String> {
            list.iter().map(|entry| entry.value.clone()).collect()
        };
        Self {
            allowed_actions: AllowList(
                policy.allowed_actions.as_ref().map(|list| set_of(list.value.keys().copied())),
            ),
            allowed_change_classes: AllowList(
                policy.allowed_change_classes.as_ref().map(|l| set_of(l.value.keys().copied())),
            ),
            allowed_paths: Clauses::any_of(policy.allowed_paths.as_ref().map(|l| keys(&l.value))),
            allowed_task_classes: AllowList(
                policy.allowed_task_classes.as_ref().map(|l| set_of(l.value.keys().cloned())),
            ),
            approval_expires_after: Cap(policy.approval.expires_after.as_ref().map(|s| s.value)),
            approval_required_for: policy.approval.required_for.iter().map(|c| c.value).collect(),
            approvers: policy.approval.approvers.iter().map(|a| a.value.clone()).collect(),
            ask_rules: rules(Effect::AskApproval).collect(),
            autonomy_level: Cap(policy.autonomy_level.as_ref().map(|mode| mode.value)),
            data_class_max: Cap(policy.data_class_max.as_ref().map(|class| class.value)),
            deny_rules: rules(Effect::Deny).collect(),
            draft_only: Restriction(
                policy.obligations.draft_only.as_ref().is_some_and(|d| d.value),
            ),
            egress_allowlist: Clauses::any_of(
                policy.network.egress_allowlist.as_ref().map(|list| keys(&list.value)),
            ),
            forbidden_paths: keys(&policy.forbidden_paths).into_iter().collect(),
            grants,
            labels: keys(&policy.obligations.labels).into_iter().collect(),
            limits: map_of(policy.limits.iter().map(|(k, v)| (*k, Cap(Some(v.value))))),
            network: Cap(network_access(policy)),
            network_profiles: policy
                .obligations
                .network_profile
                .iter()
                .map(|p| p.value.clone())
                .collect(),
            redact: keys(&policy.obligations.redact).into_iter().collect(),
            required_reviewers: policy.required_reviewers.iter().map(|r| r.value.clone()).collect(),
            required_verifiers: keys(&policy.required_verifiers).into_iter().collect(),
            risk_tiers: AllowList(
                policy.risk_tiers.as_ref().map(|list| set_of(list.value.keys().copied())),
            ),
            separation_of_duty: Restriction(
                policy.approval.separation_of_duty.as_ref().is_some_and(|s| s.value),
            ),
        }
    }
}

/// Returns how far `policy` lets commands reach; `None` where it says nothing.
///
/// `disabled` becomes `approval` where the same document asks for `shell_network`: only the
/// document that closes the network can leave the door for an approval.
pub fn network_access(policy: &LevelPolicy) -> Option<NetworkAccess> {
    let asks = policy.approval.required_for.iter().any(|c| c.value == Capability::ShellNetwork);
    let stated = policy.network.default.as_ref().map(|default| default.value);
    match stated {
        Some(NetworkDefault::Disabled) if asks => Some(NetworkAccess::Approval),
        Some(NetworkDefault::Disabled) => Some(NetworkAccess::Disabled),
        Some(NetworkDefault::Allowlist) => Some(NetworkAccess::Allowlist),
        Some(NetworkDefault::Open) => Some(NetworkAccess::Open),
        None => None,
    }
}

/// Returns the canonical text of a rule: everything it says, nothing of where it stands.
fn rule_key(rule: &Rule) -> String {
    let words = |list: &[crate::document::Located<String>]| {
        let mut words: Vec<&str> = list.iter().map(|entry| entry.value.as_str()).collect();
        sort(&mut words);
        words.dedup();
        serde_json::json!(words)
    };
    let matching = &rule.matching;
    let argv: Vec<&Vec<String>> = matching.argv.iter().map(|word| &word.value).collect();
    let key = serde_json::json!({
        "actions": rule.actions,
        "effect": rule.effect.value,
        "explain": rule.explain,
        "id": rule.id,
        "match": {
            "argv": argv,
            "branches": words(&matching.branches),
            "change_classes": matching.change_classes,
            "hosts": words(&matching.hosts),
            "paths": words(&matching.paths),
            "programs": words(&matching.programs),
            "reads": words(&matching.reads),
            "task_classes": matching.task_classes,
            "writes": words(&matching.writes),
        },
        "when": words(&rule.when),
    });
    key.to_string()
}
