//! An event's place in its chain, and the bytes that are hashed.

use bailiwick::Digest;
use bailiwick::canonical_json;
use serde_json::json;

use crate::port::store::NewEvent;
use crate::port::store::RunKey;
use crate::port::store::StoreError;

/// The end of a chain: where the next event goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The place of the next event.
    pub(super) next_seq: u64,
    /// The hash that the next event names as previous.
    pub(super) prev_hash: Digest,
}

impl Head {
    /// Returns the head of an empty chain.
    pub(super) fn genesis() -> Self {
        Self {
            next_seq: 0,
            prev_hash: Digest::from_text(format!("sha256:{}", "0".repeat(64))),
        }
    }
}

/// The bytes of an event in its place, and their hash.
pub(super) struct Record {
    /// The hash over the bytes.
    pub(super) entry_hash: Digest,
    /// Canonical JSON: what is stored, exported and hashed.
    pub(super) text: String,
}

/// Returns the record of `event` at `head`.
pub(super) fn seal(
    run: &RunKey,
    head: &Head,
    audit_id: &str,
    event: &NewEvent,
) -> Result<Record, StoreError> {
    let text = canonical_json(&json!({
        "audit_id": audit_id,
        "tenant_id": run.tenant,
        "run_id": run.run_id,
        "seq": head.next_seq,
        "prev_hash": head.prev_hash,
        "actor": event.actor,
        "actor_type": event.actor_type,
        "action": event.action,
        "approval_id": event.approval_id,
        "created_at": event.created_at,
        "decision": event.decision,
        "details": event.details,
        "policy_version": event.policy_version,
        "request_hash": event.request_hash,
        "resource_id": event.resource_id,
        "resource_type": event.resource_type,
        "result_hash": event.result_hash,
    }))?;
    Ok(Record {
        entry_hash: Digest::of_leaf(text.as_bytes()),
        text,
    })
}
