//! What the host says happened.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::audit::EventType;
use crate::audit::PayloadRef;
use crate::model::Action;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::Value;

/// What the host says happened: the thirteen fields of section 14, and what joins it to its run.
///
/// It holds no secrets and no payloads: digests, names and redacted texts.
///
/// # Example
/// ```
/// let event: bailiwick::AuditEvent = serde_json::from_str(r#"{
///   "audit_id": "aud_1", "tenant_id": "ten_platform", "actor_type": "service",
///   "actor": "agent-worker-17", "action": "tool.shell.exec", "resource_type": "run",
///   "resource_id": "run_1", "decision": "allowed", "approval_id": null,
///   "policy_version": "policy_2026_07_04_1", "request_hash": "sha256:...",
///   "result_hash": "sha256:...", "created_at": "2026-07-04T11:02:44+07:00"
/// }"#)?;
/// assert_eq!(event.run_id, "run_1");
/// assert_eq!(event.event_type, bailiwick::EventType::ToolCalled);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "EventText")]
pub struct AuditEvent {
    /// What was done, such as `shell.exec`.
    pub action: String,
    /// Who did it.
    pub actor: String,
    /// What the actor is: `human`, `service`, `installation`, `worker` or `capability`.
    pub actor_type: String,
    /// The approval that it rested on.
    pub approval_id: Option<String>,
    /// The id of the event; that it is unique is the host's care.
    pub audit_id: String,
    /// When.
    pub created_at: Timestamp,
    /// What had been decided.
    pub decision: Option<DecisionEffect>,
    /// The decision record.
    pub decision_id: Option<String>,
    /// Small facts: names, counts, digests, redacted texts.
    pub details: BTreeMap<String, Value>,
    /// What kind of event it is.
    pub event_type: EventType,
    /// The rules that decided, as `policy@version#rule`.
    pub matched_rules: Vec<String>,
    /// What stands behind the event, by name, such as `decision_record`.
    pub payloads: BTreeMap<String, PayloadRef>,
    /// The version of the policy that decided.
    pub policy_version: Option<String>,
    /// The hash of the request.
    pub request_hash: Option<Digest>,
    /// What it was done to.
    pub resource_id: String,
    /// What kind of thing that is.
    pub resource_type: String,
    /// The hash of the result.
    pub result_hash: Option<Digest>,
    /// The run whose chain the event belongs to.
    pub run_id: String,
    /// The tenant.
    pub tenant_id: String,
}

/// The text form. Where the source document's thirteen fields stand alone, the run is the
/// resource, and an action of the closed table is a tool call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventText {
    action: String,
    actor: String,
    actor_type: String,
    #[serde(default)]
    approval_id: Option<String>,
    audit_id: String,
    created_at: Timestamp,
    #[serde(default)]
    decision: Option<DecisionEffect>,
    #[serde(default)]
    decision_id: Option<String>,
    #[serde(default)]
    details: Value,
    #[serde(default)]
    event_type: Option<EventType>,
    #[serde(default)]
    matched_rules: Vec<String>,
    #[serde(default)]
    payloads: BTreeMap<String, PayloadRef>,
    #[serde(default)]
    policy_version: Option<String>,
    #[serde(default)]
    request_hash: Option<Digest>,
    resource_id: String,
    resource_type: String,
    #[serde(default)]
    result_hash: Option<Digest>,
    #[serde(default)]
    run_id: Option<String>,
    tenant_id: String,
}

impl TryFrom<EventText> for AuditEvent {
    type Error = &'static str;

    fn try_from(text: EventText) -> Result<Self, Self::Error> {
        let run_of_resource = (text.resource_type == "run").then(|| text.resource_id.clone());
        let tool_call = Action::from_name(&text.action).map(|_| EventType::ToolCalled);
        let details = match text.details {
            Value::Null => BTreeMap::new(),
            Value::Map(details) => details,
            Value::Bool(_) | Value::Integer(_) | Value::Text(_) | Value::List(_) => {
                return Err("`details` is not an object");
            }
        };
        Ok(Self {
            action: text.action,
            actor: text.actor,
            actor_type: text.actor_type,
            approval_id: text.approval_id,
            audit_id: text.audit_id,
            created_at: text.created_at,
            decision: text.decision,
            decision_id: text.decision_id,
            details,
            event_type: text.event_type.or(tool_call).ok_or("`event_type` is missing")?,
            matched_rules: text.matched_rules,
            payloads: text.payloads,
            policy_version: text.policy_version,
            request_hash: text.request_hash,
            resource_id: text.resource_id,
            resource_type: text.resource_type,
            result_hash: text.result_hash,
            run_id: text.run_id.or(run_of_resource).ok_or("`run_id` is missing")?,
            tenant_id: text.tenant_id,
        })
    }
}
