//! What the report says.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::audit::AuditVerdict;
use crate::audit::EventType;
use crate::audit::RunReport;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::closed_table;

closed_table! {
    /// How much of a control a log shows.
    EvidenceState: "evidence state" {
        /// Nothing.
        NoEvidence = "no_evidence",
        /// Some controls of several.
        Partial = "partial",
        /// Each control at least once.
        Shown = "shown",
    }
}

/// The mapping of section 16 with the evidence of one verified log.
///
/// It says what the log shows, and no more: that a control was at work somewhere is not that it was
/// everywhere, and no level of SLSA is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SsdfReport {
    /// How many events the log has.
    pub events: u64,
    /// The instant of the earliest event.
    pub first_at: Option<Timestamp>,
    /// The instant of the latest event.
    pub last_at: Option<Timestamp>,
    /// The rows, in the order of section 16.
    pub rows: Vec<ConcernRow>,
    /// The runs, by id, as they were verified.
    pub runs: Vec<RunReport>,
    /// As what the log was verified.
    pub verdict: AuditVerdict,
}

/// One row: a concern, what answers to it, and what the log shows of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConcernRow {
    /// The concern, such as `provenance`.
    pub concern: &'static str,
    /// The controls.
    pub controls: Vec<ControlEvidence>,
    /// The practices of NIST SP 800-218 (version 1.1) that it belongs to, such as `PS.3`.
    pub practices: &'static [&'static str],
    /// The requirements of SLSA (version 1.2) that it bears upon.
    pub requirements: &'static [&'static str],
    /// How much of it the log shows.
    pub state: EvidenceState,
}

/// One control, and the events that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlEvidence {
    /// The control, such as `sandbox`.
    pub control: &'static str,
    /// The events, by type; none where there is no evidence.
    pub evidence: Vec<EventEvidence>,
    /// What was looked for.
    pub looked_for: &'static str,
}

/// The events of one type that show a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventEvidence {
    /// How many, by the type of their actor; `other` for types of the host's own.
    pub actors: BTreeMap<&'static str, u64>,
    /// How many.
    pub count: u64,
    /// Their type.
    pub event_type: EventType,
    /// The first in the log.
    pub first: EventPlace,
    /// The last in the log.
    pub last: EventPlace,
    /// How many, by the result that their details name: `passed`, `failed`, `flaky`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub results: BTreeMap<&'static str, u64>,
}

/// Where an event stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventPlace {
    /// The instant that it names.
    pub at: Timestamp,
    /// Its hash.
    pub entry_hash: Digest,
    /// Its run.
    pub run_id: String,
    /// Its place in the run's chain, from 0.
    pub seq: u64,
}

impl ConcernRow {
    pub(super) fn state_of(controls: &[ControlEvidence]) -> EvidenceState {
        let shown = controls.iter().filter(|control| !control.evidence.is_empty()).count();
        match shown {
            0 => EvidenceState::NoEvidence,
            _ if shown == controls.len() => EvidenceState::Shown,
            _ => EvidenceState::Partial,
        }
    }
}
