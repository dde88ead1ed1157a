//! Reads a log and gathers what it shows.

use std::collections::BTreeMap;

use crate::audit::AuditError;
use crate::audit::AuditRecord;
use crate::audit::VerifyOptions;
use crate::audit::ssdf::report::ConcernRow;
use crate::audit::ssdf::report::ControlEvidence;
use crate::audit::ssdf::report::EventEvidence;
use crate::audit::ssdf::report::EventPlace;
use crate::audit::ssdf::report::SsdfReport;
use crate::audit::ssdf::table::CONCERNS;
use crate::audit::ssdf::table::Sign;
use crate::audit::stream::VerifiedLog;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::Value;

/// Reads a stored log that comes in pieces, cut anywhere, and gathers what it shows for the mapping
/// of section 16. Memory does not grow with the log.
///
/// # Example
/// ```
/// let survey = bailiwick::SsdfSurvey::new(bailiwick::VerifyOptions::default());
/// // An empty log proves nothing, so there is no report on it.
/// assert_eq!(survey.finish().unwrap_err().code(), "audit_unverified");
/// ```
pub struct SsdfSurvey {
    found: Found,
    log: VerifiedLog,
}

impl SsdfSurvey {
    /// Returns a survey that has read nothing yet. Where `options` name a run, all runs are verified
    /// and the report is on that one.
    pub fn new(options: VerifyOptions) -> Self {
        let found = Found {
            events: 0,
            evidence: BTreeMap::new(),
            only: options.run_id.clone(),
            period: None,
        };
        Self { found, log: VerifiedLog::new(options) }
    }

    /// Reads more bytes.
    ///
    /// # Errors
    /// At the first line that does not verify; then nothing more is to be pushed.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), AuditError> {
        self.log.push(bytes, |record, entry_hash| {
            self.found.take(record, entry_hash);
            Ok(())
        })
    }

    /// Returns the report.
    ///
    /// # Errors
    /// Where the last line breaks off, or the end is missing: there is no report on a log that does
    /// not verify.
    pub fn finish(self) -> Result<SsdfReport, AuditError> {
        let verified = self.log.finish()?;
        let mut found = self.found;
        let mut runs = verified.runs;
        runs.retain(|run| found.only.as_ref().is_none_or(|only| *only == run.run_id));
        let rows = found.rows();
        Ok(SsdfReport {
            events: found.events,
            first_at: found.period.map(|(first, _)| first),
            last_at: found.period.map(|(_, last)| last),
            rows,
            runs,
            verdict: verified.verdict,
        })
    }
}

struct Found {
    events: u64,
    /// By the place of concern, control and sign in the table.
    evidence: BTreeMap<(usize, usize, usize), EventEvidence>,
    only: Option<String>,
    period: Option<(Timestamp, Timestamp)>,
}

impl Found {
    fn take(&mut self, record: &AuditRecord, entry_hash: &Digest) {
        if self.only.as_ref().is_some_and(|only| *only != record.run_id) {
            return;
        }
        self.events = self.events.saturating_add(1);
        let at = record.created_at;
        let (first, last) = self.period.unwrap_or((at, at));
        self.period = Some((first.min(at), last.max(at)));
        for (row, concern) in CONCERNS.iter().enumerate() {
            for (column, control) in concern.controls.iter().enumerate() {
                for (place, sign) in control.signs.iter().enumerate() {
                    if sign.shows(record) {
                        self.count((row, column, place), sign, record, entry_hash);
                    }
                }
            }
        }
    }

    fn count(
        &mut self,
        key: (usize, usize, usize),
        sign: &Sign,
        record: &AuditRecord,
        entry_hash: &Digest,
    ) {
        let place = EventPlace {
            at: record.created_at,
            entry_hash: entry_hash.clone(),
            run_id: record.run_id.clone(),
            seq: record.seq,
        };
        let evidence = self.evidence.entry(key).or_insert_with(|| EventEvidence {
            actors: BTreeMap::new(),
            count: 0,
            event_type: sign.event_type,
            first: place.clone(),
            last: place.clone(),
            results: BTreeMap::new(),
        });
        evidence.count = evidence.count.saturating_add(1);
        evidence.last = place;
        *evidence.actors.entry(known(ACTORS, &record.actor_type)).or_default() += 1;
        if let Some(result) = record.details.get("result").and_then(Value::as_text) {
            *evidence.results.entry(known(RESULTS, result)).or_default() += 1;
        }
    }

    fn rows(&mut self) -> Vec<ConcernRow> {
        let row = |(row, concern): (usize, &'static super::table::Concern)| {
            let controls: Vec<ControlEvidence> = concern
                .controls
                .iter()
                .enumerate()
                .map(|(column, control)| ControlEvidence {
                    control: control.control,
                    evidence: (0..control.signs.len())
                        .filter_map(|sign| self.evidence.remove(&(row, column, sign)))
                        .collect(),
                    looked_for: control.looked_for,
                })
                .collect();
            ConcernRow {
                concern: concern.concern,
                state: ConcernRow::state_of(&controls),
                controls,
                practices: concern.practices,
                requirements: concern.requirements,
            }
        };
        CONCERNS.iter().enumerate().map(row).collect()
    }
}

/// Returns the name that is known, else `other`: a log could name any number of others.
fn known(names: &[&'static str], name: &str) -> &'static str {
    names.iter().find(|known| **known == name).copied().unwrap_or("other")
}

const ACTORS: &[&str] = &["capability", "human", "installation", "service", "worker"];
const RESULTS: &[&str] = &["failed", "flaky", "passed"];
