//! The tables of cases, a file each.

mod audit;
mod backtest;
mod calls;
mod decide;
mod facts;
mod hostile;
mod lint;
mod log;
mod models;
mod package;
mod payments;
mod policies;
mod provenance;
mod redact;
mod retention;

use serde_json::Value;
use serde_json::json;

/// One case: its answer is in the file.
pub(crate) struct Case {
    pub(crate) input: Value,
    pub(crate) name: &'static str,
    pub(crate) operation: &'static str,
}

impl Case {
    pub(crate) fn new(name: &'static str, operation: &'static str, input: Value) -> Self {
        Self { input, name, operation }
    }
}

/// The instant of every case.
pub(crate) const NOW: &str = "2026-07-04T10:00:00Z";

/// The codes of reasons that cases bring about.
pub(crate) const REASONS: &[&str] = &[
    "access_denied",
    "access_granted",
    "action_missing",
    "action_not_allowed",
    "action_unknown",
    "approval_required",
    "artifact_access",
    "artifact_held",
    "artifact_unencrypted",
    "artifact_restricted",
    "attribute_missing",
    "autonomy_exceeded",
    "change_class_not_allowed",
    "data_class_blocked",
    "data_class_exceeded",
    "data_class_never",
    "data_class_unknown",
    "data_need_unstated",
    "draft_only",
    "forbidden_path",
    "forbidden_path_possible",
    "host_not_allowed",
    "host_unknown",
    "kill_switch",
    "limit_exceeded",
    "limit_unknown",
    "merge_needs_approval",
    "model_blocked",
    "model_cost_exceeded",
    "model_cost_unknown",
    "model_data_class_exceeded",
    "model_not_allowed",
    "model_provider_not_allowed",
    "model_region_not_allowed",
    "model_task_class_not_allowed",
    "model_tokens_exceeded",
    "model_unavailable",
    "model_use_not_allowed",
    "network_approval",
    "network_disabled",
    "network_possible",
    "not_granted",
    "path_not_allowed",
    "platform_missing",
    "policy_unreadable",
    "projection_required",
    "rego_ask",
    "rego_deny",
    "request_unreadable",
    "retention_floor",
    "risk_not_low",
    "risk_tier_not_allowed",
    "rule_allow",
    "rule_ask",
    "rule_deny",
    "rule_possible",
    "state_missing",
    "state_stale",
    "supervised_mode",
    "task_class_not_allowed",
    "tenant_boundary",
    "tenant_unstated",
    "unreadable",
    "verifier_failed",
    "verifier_flaky",
    "verifier_missing",
];

/// Returns every file with its cases.
pub(crate) fn files() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("audit.json", audit::cases()),
        ("backtest.json", backtest::cases()),
        ("decide.json", decide::cases()),
        ("facts.json", facts::cases()),
        ("hostile.json", hostile::cases()),
        ("lint.json", lint::cases()),
        ("log.json", log::cases()),
        ("package.json", package::cases()),
        ("models.json", models::cases()),
        ("payments.json", payments::cases()),
        ("policies.json", policies::cases()),
        ("provenance.json", provenance::cases()),
        ("redact.json", redact::cases()),
        ("retention.json", retention::cases()),
    ]
}

/// Returns a state that was read at the instant of the case.
pub(crate) fn state() -> Value {
    json!({"as_of": NOW, "now": NOW, "usage_complete": true, "version": "state-7"})
}

/// Returns `object` with the entries of `more` over its own.
pub(crate) fn with(mut object: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}
