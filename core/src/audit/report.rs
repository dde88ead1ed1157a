//! What the check of a stored log says.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::audit::CheckpointTrust;
use crate::audit::payloads::PayloadReport;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::closed_table;

closed_table! {
    /// What is wrong with a log, told by its first bad line.
    AuditVerdict: "audit verdict" {
        /// An intact event stands there a second time.
        Duplicate = "duplicate",
        /// The content of an event is not what was hashed, or not what its successor was
        /// appended to.
        Edited = "edited",
        /// Two different events claim the same place.
        Fork = "fork",
        /// An event is missing between two others, or before the first.
        Gap = "gap",
        /// A line is no entry, or an entry that no chain would have written.
        Malformed = "malformed",
        /// Nothing is wrong, up to the last event.
        Ok = "ok",
        /// Nothing is wrong with what is there; that nothing is missing at the end, and that it was
        /// not rewritten as a whole, nobody has shown.
        OkUnanchored = "ok_unanchored",
        /// Nothing is wrong, and payloads are gone that might be.
        PayloadExpired = "payload_expired",
        /// A payload is not what its event commits to, or no event commits to it.
        PayloadMismatch = "payload_mismatch",
        /// A payload is gone and should be there.
        PayloadMissingEarly = "payload_missing_early",
        /// Nothing is wrong, and the log itself says which events before it were deleted.
        PrunedRecorded = "pruned_recorded",
        /// The beginning is missing, and the log does not say that it was deleted.
        PrunedUnrecorded = "pruned_unrecorded",
        /// All events are there, in another order.
        Reordered = "reordered",
        /// A checkpoint is signed by a key that was no longer valid for its size.
        RevokedKey = "revoked_key",
        /// The log ends where an older checkpoint stands, and a newer one says that it went on.
        RolledBack = "rolled_back",
        /// The last line breaks off, as after a crash in the middle of a write.
        TornTail = "torn_tail",
        /// The end is missing: a run is not closed, or is shorter than was said.
        Truncated = "truncated",
        /// A checkpoint is signed by nobody who is trusted.
        UnknownKey = "unknown_key",
        /// The log is another tenant's, or does not hold the run asked for.
        WrongLog = "wrong_log",
    }
}

impl AuditVerdict {
    /// Returns true where nothing is wrong with what is there.
    pub const fn is_ok(self) -> bool {
        match self {
            Self::Ok | Self::OkUnanchored | Self::PayloadExpired | Self::PrunedRecorded => true,
            Self::Duplicate
            | Self::Edited
            | Self::Fork
            | Self::Gap
            | Self::Malformed
            | Self::PayloadMismatch
            | Self::PayloadMissingEarly
            | Self::PrunedUnrecorded
            | Self::Reordered
            | Self::RevokedKey
            | Self::RolledBack
            | Self::TornTail
            | Self::Truncated
            | Self::UnknownKey
            | Self::WrongLog => false,
        }
    }
}

/// What is known of a log beforehand; the more is given, the more is proved.
///
/// A closed run shows that it is complete, and not that nobody rewrote it as a whole, or dropped it
/// as a whole: for that there are checkpoints, or the head of a single run kept elsewhere. Without
/// them the best verdict is `ok_unanchored`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyOptions {
    /// Runs that are not closed are accepted.
    pub allow_open: bool,
    /// Checkpoints of the log, signed notes: the log must be what they were signed over.
    pub checkpoints: Vec<String>,
    /// The number of events of the run.
    pub expected_count: Option<u64>,
    /// The entry hash of the newest event of the run.
    pub expected_head: Option<Digest>,
    /// When it is, for payloads that may be gone by then; without it none may be.
    pub now: Option<Timestamp>,
    /// The payloads follow the log ([`crate::Verifier::payload`]).
    pub payloads: bool,
    /// The run that count and head belong to, which must be there; without it, the only run.
    pub run_id: Option<String>,
    /// The tenant; without it, that of the first line.
    pub tenant_id: Option<String>,
    /// Who must have signed the checkpoints.
    pub trust: CheckpointTrust,
}

/// What the check of a log found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Up to which event of the whole log the checkpoints show that nothing is missing or changed;
    /// none where no checkpoint was given.
    pub anchored: Option<u64>,
    /// How many events were read.
    pub events: u64,
    /// The first bad line.
    pub first_bad: Option<FirstBad>,
    /// What became of the payloads, where they were given.
    pub payloads: Option<PayloadReport>,
    /// How many events were deleted before the first that was read, as the log says.
    pub pruned: u64,
    /// The runs, by id.
    pub runs: Vec<RunReport>,
    /// What is wrong, if anything.
    pub verdict: AuditVerdict,
}

/// The first bad line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstBad {
    /// The number of the line, from 1; where the end is missing, that of the line that should
    /// follow.
    pub index: u64,
    /// What is wrong, for people.
    pub message: String,
    /// The run, where the line tells.
    pub run_id: Option<String>,
    /// The place in the run's chain, where the line tells.
    pub seq: Option<u64>,
}

/// One run of a log, as far as its chain holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunReport {
    /// It ends in run.closed.
    pub closed: bool,
    /// How many events follow each other from the first.
    pub count: u64,
    /// The entry hash of the last of them.
    pub head: Digest,
    /// The run.
    pub run_id: String,
}

impl VerifyReport {
    /// Returns true where nothing is wrong with what is there; how far that reaches, the verdict
    /// says.
    pub fn is_ok(&self) -> bool {
        self.verdict.is_ok()
    }

    /// Returns the run of that id.
    pub fn run(&self, run_id: &str) -> Option<&RunReport> {
        self.runs.iter().find(|run| run.run_id == run_id)
    }
}

/// The first bad line while the log is still being read.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) verdict: AuditVerdict,
    pub(crate) bad: FirstBad,
}

impl Finding {
    pub(crate) fn new(verdict: AuditVerdict, index: u64, message: impl Into<String>) -> Self {
        Self { verdict, bad: FirstBad { index, message: message.into(), run_id: None, seq: None } }
    }

    pub(crate) fn at(mut self, run_id: &str, seq: u64) -> Self {
        self.bad.run_id = Some(run_id.to_owned());
        self.bad.seq = Some(seq);
        self
    }
}

/// Checks what is only known at the end: that the runs are closed, and as long as was said.
pub(crate) fn check_ends(
    runs: &BTreeMap<String, RunReport>,
    options: &VerifyOptions,
    whole: bool,
    next_line: u64,
) -> Option<Finding> {
    let said = options.expected_head.is_some() || options.expected_count.is_some();
    let finding = |verdict, message: String| Some(Finding::new(verdict, next_line, message));
    if runs.is_empty() {
        let asked = said || options.run_id.is_some() || !(options.allow_open || whole);
        return asked
            .then(|| finding(AuditVerdict::Truncated, "the log is empty".to_owned()))
            .flatten();
    }
    let named = match &options.run_id {
        Some(run_id) => match runs.get(run_id) {
            Some(run) => Some(run),
            None => {
                let message = format!("run `{run_id}` is not in the log");
                return finding(AuditVerdict::WrongLog, message);
            }
        },
        None if said && runs.len() > 1 => {
            let message = "a head or count is given, and the log has several runs: name one";
            return finding(AuditVerdict::WrongLog, message.to_owned());
        }
        None => runs.values().next(),
    };
    if let Some(run) = named
        && said
        && let Some(finding) = check_said(run, options, next_line)
    {
        return Some(finding);
    }
    let open = runs.values().find(|run| !run.closed && !options.allow_open && !whole)?;
    let message = format!(
        "run `{}` is not closed after {} events: later ones may be missing",
        open.run_id, open.count
    );
    let finding = Finding::new(AuditVerdict::Truncated, next_line, message);
    Some(finding.at(&open.run_id, open.count))
}

/// Returns true where the head of the only run was said, so that nothing can be missing.
pub(crate) fn is_said_whole(runs: &BTreeMap<String, RunReport>, options: &VerifyOptions) -> bool {
    options.expected_head.is_some() && runs.len() == 1
}

fn check_said(run: &RunReport, options: &VerifyOptions, next_line: u64) -> Option<Finding> {
    let (verdict, message) = match options.expected_count {
        Some(count) if run.count < count => {
            (AuditVerdict::Truncated, format!("{} events, where {count} were expected", run.count))
        }
        Some(count) if run.count > count => (
            AuditVerdict::Edited,
            format!("{} events, where only {count} were expected", run.count),
        ),
        Some(_) if options.expected_head.as_ref().is_some_and(|head| *head != run.head) => (
            AuditVerdict::Edited,
            "as many events as expected, with another head: they were rewritten".to_owned(),
        ),
        None if options.expected_head.as_ref().is_some_and(|head| *head != run.head) => {
            (AuditVerdict::Truncated, "the last event is not the head that was expected".to_owned())
        }
        Some(_) | None => return None,
    };
    let finding = Finding::new(verdict, next_line, message);
    Some(finding.at(&run.run_id, run.count))
}
