//! Whether the payloads that a log commits to are there, and the ones that were meant.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::PayloadLine;
use crate::audit::PayloadMatch;
use crate::audit::PayloadRef;
use crate::audit::report::Finding;
use crate::model::Timestamp;

/// How many of the payloads that a log commits to were there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PayloadReport {
    /// They are gone, and might be.
    pub expired: u64,
    /// They are there, and what was committed to.
    pub present: u64,
}

/// The payloads that a log names and that have not been seen. It grows with their number.
#[derive(Clone, Default)]
pub(crate) struct Payloads {
    wanted: BTreeMap<(String, u64, String), Wanted>,
    report: PayloadReport,
    bad: Option<Finding>,
}

#[derive(Clone)]
struct Wanted {
    payload: PayloadRef,
    line: u64,
    seen: bool,
}

impl Payloads {
    /// Takes what a record of the log names.
    pub(crate) fn name(&mut self, record: &AuditRecord, line: u64) {
        for (name, payload) in &record.payloads {
            let key = (record.run_id.clone(), record.seq, name.clone());
            self.wanted.insert(key, Wanted { payload: payload.clone(), line, seen: false });
        }
    }

    /// Takes a line of the payloads, after the whole log.
    pub(crate) fn line(&mut self, line: &[u8]) {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let Ok(payload) = serde_json::from_slice::<PayloadLine>(text) else {
            let message = "a line of the payloads is no payload";
            return self.keep(Finding::new(AuditVerdict::PayloadMismatch, 0, message));
        };
        let key = (payload.run_id.clone(), payload.seq, payload.name.clone());
        let mismatch = |line, message: String| {
            let finding = Finding::new(AuditVerdict::PayloadMismatch, line, message);
            finding.at(&payload.run_id, payload.seq)
        };
        let name = &payload.name;
        let finding = match self.wanted.get_mut(&key) {
            None => mismatch(0, format!("no event commits to a payload `{name}`")),
            Some(wanted) if wanted.seen => {
                mismatch(wanted.line, format!("payload `{name}` stands twice"))
            }
            Some(wanted) => {
                wanted.seen = true;
                match payload.check(&wanted.payload) {
                    PayloadMatch::Same => {
                        self.report.present = self.report.present.saturating_add(1);
                        return;
                    }
                    PayloadMatch::Other => {
                        mismatch(wanted.line, format!("payload `{name}` is not what was committed"))
                    }
                }
            }
        };
        self.keep(finding);
    }

    /// Returns how many were there, or the first that should have been and was not. Where no
    /// instant is known, every one should.
    pub(crate) fn finish(mut self, now: Option<&Timestamp>) -> Result<PayloadReport, Finding> {
        if let Some(finding) = self.bad {
            return Err(finding);
        }
        for ((run_id, seq, name), wanted) in self.wanted.iter().filter(|(_, wanted)| !wanted.seen) {
            let due = match (&wanted.payload.keep_until, now) {
                (None, _) => true,
                (Some(until), Some(now)) => until <= now,
                (Some(_), None) => false,
            };
            if !due {
                let message = format!("payload `{name}` is missing before it may go");
                let finding = Finding::new(AuditVerdict::PayloadMissingEarly, wanted.line, message);
                return Err(finding.at(run_id, *seq));
            }
            self.report.expired = self.report.expired.saturating_add(1);
        }
        Ok(self.report)
    }

    fn keep(&mut self, finding: Finding) {
        self.bad.get_or_insert(finding);
    }
}
