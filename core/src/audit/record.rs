//! The record: an event with its place in the chain, as the exact bytes that are hashed.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::audit::AuditError;
use crate::audit::AuditEvent;
use crate::audit::EventType;
use crate::audit::PayloadRef;
use crate::audit::text::record_text;
use crate::model::Action;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::Value;

/// The largest record in bytes: what a tile of a transparency log can hold.
pub const MAX_RECORD_BYTES: usize = 65_535;

/// The version of the record's form.
pub(crate) const RECORD_VERSION: u32 = 1;

const MAX_DEPTH: usize = 16;
const MAX_SAFE: u64 = 9_007_199_254_740_991;

/// An event with its place in the chain.
///
/// The fields stand in the order of their names, so that the plain JSON text is the canonical
/// one (RFC 8785), which is what is hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRecord {
    /// What was done.
    pub action: String,
    /// Who did it.
    pub actor: String,
    /// What the actor is.
    pub actor_type: String,
    /// The approval that it rested on.
    pub approval_id: Option<String>,
    /// The id of the event.
    pub audit_id: String,
    /// When.
    pub created_at: Timestamp,
    /// What had been decided.
    pub decision: Option<DecisionEffect>,
    /// The decision record.
    pub decision_id: Option<String>,
    /// Small facts.
    pub details: BTreeMap<String, Value>,
    /// What kind of event it is.
    pub event_type: EventType,
    /// The rules that decided.
    pub matched_rules: Vec<String>,
    /// What stands behind the event, by name; not written where there is nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub payloads: BTreeMap<String, PayloadRef>,
    /// The version of the policy that decided.
    pub policy_version: Option<String>,
    /// The entry hash of the event before it in the run; [`crate::Chain::genesis`] for the first.
    pub prev_hash: Digest,
    /// The hash of the request.
    pub request_hash: Option<Digest>,
    /// What it was done to.
    pub resource_id: String,
    /// What kind of thing that is.
    pub resource_type: String,
    /// The hash of the result.
    pub result_hash: Option<Digest>,
    /// The run.
    pub run_id: String,
    /// The place in the run's chain, from 0.
    pub seq: u64,
    /// The tenant.
    pub tenant_id: String,
    /// The version of this form.
    pub v: u32,
}

impl AuditRecord {
    /// Returns the record of `event` at its place. Actions of the closed table get their one name.
    pub(crate) fn new(event: AuditEvent, seq: u64, prev_hash: Digest) -> Self {
        let action = match Action::from_name(&event.action) {
            Some(action) if action.name() != event.action => action.name().to_owned(),
            Some(_) | None => event.action,
        };
        Self {
            action,
            actor: event.actor,
            actor_type: event.actor_type,
            approval_id: event.approval_id,
            audit_id: event.audit_id,
            created_at: event.created_at,
            decision: event.decision,
            decision_id: event.decision_id,
            details: event.details,
            event_type: event.event_type,
            matched_rules: event.matched_rules,
            payloads: event.payloads,
            policy_version: event.policy_version,
            prev_hash,
            request_hash: event.request_hash,
            resource_id: event.resource_id,
            resource_type: event.resource_type,
            result_hash: event.result_hash,
            run_id: event.run_id,
            seq,
            tenant_id: event.tenant_id,
            v: RECORD_VERSION,
        }
    }

    /// Returns the canonical JSON text, which is what is hashed.
    ///
    /// # Errors
    /// Where a name is empty or not ASCII, a number is too large, or the whole is too large.
    pub fn to_json(&self) -> Result<String, AuditError> {
        self.check()?;
        let text = record_text(self);
        if text.len() > MAX_RECORD_BYTES {
            return Err(AuditError::TooLarge { bytes: text.len(), limit: MAX_RECORD_BYTES });
        }
        Ok(text)
    }

    /// Reads a record strictly: exactly the bytes that [`AuditRecord::to_json`] writes.
    ///
    /// # Errors
    /// Where any byte differs from the canonical form.
    pub fn from_json(bytes: &[u8]) -> Result<Self, AuditError> {
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(AuditError::TooLarge { bytes: bytes.len(), limit: MAX_RECORD_BYTES });
        }
        let text = str::from_utf8(bytes).map_err(|error| {
            AuditError::malformed(format!("column {}", error.valid_up_to() + 1))
        })?;
        // What serde_json says may quote the content, which need not be fit for a message.
        let record: Self = serde_json::from_str(text)
            .map_err(|error| AuditError::malformed(format!("column {}", error.column())))?;
        if record.v != RECORD_VERSION {
            return Err(AuditError::malformed("unknown version of the record"));
        }
        if record.to_json()?.as_bytes() != bytes {
            return Err(AuditError::malformed("the record is not canonical JSON"));
        }
        Ok(record)
    }

    fn check(&self) -> Result<(), AuditError> {
        let named = [
            ("action", &self.action),
            ("actor", &self.actor),
            ("actor_type", &self.actor_type),
            ("audit_id", &self.audit_id),
            ("resource_id", &self.resource_id),
            ("resource_type", &self.resource_type),
            ("run_id", &self.run_id),
            ("tenant_id", &self.tenant_id),
        ];
        for (field, text) in named {
            if text.is_empty() {
                return Err(AuditError::Missing { field });
            }
        }
        if self.seq > MAX_SAFE {
            return Err(AuditError::Number);
        }
        if self.payloads.keys().any(|name| name.is_empty() || !name.is_ascii()) {
            return Err(AuditError::MemberName);
        }
        check_map(&self.details, 1)
    }
}

fn check_map(entries: &BTreeMap<String, Value>, depth: usize) -> Result<(), AuditError> {
    for (name, value) in entries {
        if name.is_empty() || !name.is_ascii() {
            return Err(AuditError::MemberName);
        }
        check_value(value, depth)?;
    }
    Ok(())
}

fn check_value(value: &Value, depth: usize) -> Result<(), AuditError> {
    if depth > MAX_DEPTH {
        return Err(AuditError::Depth { limit: MAX_DEPTH });
    }
    match value {
        Value::Null | Value::Bool(_) | Value::Text(_) => Ok(()),
        Value::Integer(number) if number.unsigned_abs() > MAX_SAFE => Err(AuditError::Number),
        Value::Integer(_) => Ok(()),
        Value::List(items) => items.iter().try_for_each(|item| check_value(item, depth + 1)),
        Value::Map(entries) => check_map(entries, depth + 1),
    }
}
