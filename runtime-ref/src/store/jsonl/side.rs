//! The lines beside the log: what came with an event. Each begins with the hash of the rest.

use std::collections::BTreeMap;

use bailiwick::Digest;
use bailiwick::PayloadLine;
use bailiwick::RetentionClass;
use bailiwick::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use crate::port::payload::StoredPayload;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::StoreError;
use crate::store::group::Job;
use crate::store::journal::malformed;

/// One line beside the log. It is durable before the event that it belongs to; without that event
/// it says nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum SideLine {
    /// What an event brought along.
    Attached(Attached),
    /// A payload behind an event.
    Payload(KeptPayload),
    /// A payload is to be removed, by this decision.
    Removed(Removed),
}

/// What an event brought along.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attached {
    pub(super) decision: Option<Decided>,
    pub(super) entry_hash: Digest,
    pub(super) outcome_of: Option<String>,
    pub(super) scope: Option<RunScope>,
    pub(super) usage: BTreeMap<String, u64>,
}

/// A decision, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    pub(super) decision_id: String,
    pub(super) intent: String,
    pub(super) permitted: bool,
}

/// A payload, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptPayload {
    pub(super) class: String,
    pub(super) entry_hash: Digest,
    pub(super) keep_until: Option<Timestamp>,
    pub(super) payload: PayloadLine,
}

/// The removal of a payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Removed {
    pub(super) decision_id: String,
    pub(super) uri: String,
}

impl SideLine {
    /// Returns the lines of what `job` brings along with the event of that hash and place.
    pub(super) fn of(job: &Job, entry_hash: &Digest, seq: u64) -> Vec<Self> {
        let with = &job.attachments;
        let mut lines = Vec::new();
        let decision = with.decision.as_ref().map(|decision| Decided {
            decision_id: decision.decision_id.clone(),
            intent: decision.intent.text().to_owned(),
            permitted: decision.permitted,
        });
        let attached = Attached {
            decision,
            entry_hash: entry_hash.clone(),
            outcome_of: with.outcome_of.clone(),
            scope: with.scope.clone(),
            usage: with.usage.clone(),
        };
        if !attached.is_empty() {
            lines.push(Self::Attached(attached));
        }
        for (payload, salt) in with.payloads.iter().zip(&job.salts) {
            let run_id = job.event.run_id.as_str();
            lines.push(Self::Payload(KeptPayload {
                class: payload.class.name().to_owned(),
                entry_hash: entry_hash.clone(),
                keep_until: payload.keep_until,
                payload: PayloadLine::new(run_id, seq, &payload.name, salt, payload.text()),
            }));
        }
        lines
    }

    /// Returns the line, line feed included.
    pub(super) fn write(&self) -> Result<String, StoreError> {
        let json = serde_json::to_string(self)
            .map_err(|error| malformed("a line beside the log", &error.to_string()))?;
        Ok(format!("{} {json}\n", Digest::of(json.as_bytes())))
    }

    /// Reads a line, without its line feed; none where it is not what was written.
    pub(super) fn read(line: &[u8]) -> Option<Self> {
        let (hash, json) = str::from_utf8(line).ok()?.split_once(' ')?;
        if Digest::of(json.as_bytes()).as_str() != hash {
            return None;
        }
        serde_json::from_str(json).ok()
    }

    /// Returns true where the line was written over, from its beginning on, to remove what it held.
    pub(super) fn is_removed(line: &[u8]) -> bool {
        line.first() == Some(&BLANK)
    }
}

impl Attached {
    fn is_empty(&self) -> bool {
        self.decision.is_none()
            && self.outcome_of.is_none()
            && self.scope.is_none()
            && self.usage.is_empty()
    }
}

impl KeptPayload {
    /// Returns it as it lies in the journal of `tenant`.
    pub(super) fn stored(self, tenant: &str) -> Result<StoredPayload, StoreError> {
        let wrong = |why: &str| malformed("a payload", why);
        Ok(StoredPayload {
            class: RetentionClass::from_name(&self.class)
                .ok_or_else(|| wrong("there is no such class"))?,
            keep_until: self.keep_until,
            salt: self.payload.salt_bytes().ok_or_else(|| wrong("its salt is none"))?,
            name: self.payload.name,
            run: RunKey { tenant: tenant.to_owned(), run_id: self.payload.run_id },
            seq: self.payload.seq,
            text: self.payload.text,
        })
    }
}

/// What removed lines consist of.
pub(super) const BLANK: u8 = b' ';
