//! The reader that checks a stored log, line by line.

use std::collections::BTreeMap;

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::FirstBad;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::line::read_line;
use crate::audit::place::Place;
use crate::audit::place::Step;
use crate::audit::report::Finding;
use crate::audit::report::check_ends;
use crate::model::Digest;
use crate::model::ordered::map_of;

/// Checks a stored log line by line. The runs may be interleaved; what is kept is one small state
/// a run.
///
/// All lines are read, also after a bad one: what comes later tells a missing event from one that
/// stands in the wrong place.
#[derive(Clone)]
pub struct Verifier {
    options: VerifyOptions,
    tenant_id: Option<String>,
    places: BTreeMap<String, Place>,
    lines: u64,
    bad: Option<Finding>,
    torn: bool,
}

impl Verifier {
    /// Returns a reader that has read nothing yet.
    pub fn new(options: VerifyOptions) -> Self {
        Self {
            tenant_id: options.tenant_id.clone(),
            options,
            places: BTreeMap::new(),
            lines: 0,
            bad: None,
            torn: false,
        }
    }

    /// Reads the next line, with its line feed: one that has none is taken for the torn end.
    pub fn line(&mut self, line: &[u8]) {
        self.lines = self.lines.saturating_add(1);
        if self.torn {
            self.found(AuditVerdict::Malformed, "a line follows one that breaks off");
            return;
        }
        let Some(line) = line.strip_suffix(b"\n") else {
            self.torn = true;
            let message = "the last line breaks off before its line feed";
            self.found(AuditVerdict::TornTail, message);
            return;
        };
        let parts = match read_line(line) {
            Ok(parts) => parts,
            Err(error) => return self.found(AuditVerdict::Malformed, error.to_string()),
        };
        let entry_hash = Digest::of_leaf(parts.record);
        let parsed = AuditRecord::from_json(parts.record);
        if entry_hash.as_str() != parts.entry_hash {
            let message = "the record is not what was hashed";
            let mut finding = Finding::new(AuditVerdict::Edited, self.lines, message);
            if let Ok(record) = &parsed {
                finding = finding.at(&record.run_id, record.seq);
            }
            return self.keep(finding);
        }
        match parsed {
            Ok(record) => self.record(&record, &entry_hash),
            Err(error) => self.found(AuditVerdict::Malformed, error.to_string()),
        }
    }

    /// Returns what was found.
    pub fn finish(mut self) -> VerifyReport {
        let places = std::mem::take(&mut self.places);
        let runs = map_of(
            places.into_iter().map(|(run_id, place)| (run_id.clone(), place.report(run_id))),
        );
        let next_line = self.lines.saturating_add(1);
        let bad = self.bad.or_else(|| check_ends(&runs, &self.options, next_line));
        let (verdict, first_bad) = match bad {
            Some(finding) => (finding.verdict, Some(finding.bad)),
            None => (AuditVerdict::Ok, None),
        };
        VerifyReport { events: self.lines, first_bad, runs: runs.into_values().collect(), verdict }
    }

    fn record(&mut self, record: &AuditRecord, entry_hash: &Digest) {
        let tenant_id = self.tenant_id.get_or_insert_with(|| record.tenant_id.clone());
        if *tenant_id != record.tenant_id {
            let message = "the event is another tenant's";
            let finding = Finding::new(AuditVerdict::WrongLog, self.lines, message);
            return self.keep(finding.at(&record.run_id, record.seq));
        }
        let place = self
            .places
            .entry(record.run_id.clone())
            .or_insert_with(|| Place::new(&record.tenant_id, &record.run_id));
        match place.step(record, entry_hash) {
            Step::Follows(None) => {}
            Step::Follows(Some(refined)) => self.refine(&record.run_id, refined),
            Step::Bad(verdict, message) => {
                let finding = Finding::new(verdict, self.lines, message);
                self.keep(finding.at(&record.run_id, record.seq));
            }
        }
    }

    fn found(&mut self, verdict: AuditVerdict, message: impl Into<String>) {
        self.keep(Finding::new(verdict, self.lines, message));
    }

    /// Keeps the first finding only.
    fn keep(&mut self, finding: Finding) {
        self.bad.get_or_insert(finding);
    }

    /// What looked like a gap is named anew once the missing event has turned up.
    fn refine(&mut self, run_id: &str, refined: AuditVerdict) {
        if let Some(finding) = &mut self.bad
            && finding.bad.run_id.as_deref() == Some(run_id)
            && matches!(finding.verdict, AuditVerdict::Gap | AuditVerdict::Reordered)
        {
            let seq = finding.bad.seq.unwrap_or_default();
            finding.bad.message = match refined {
                AuditVerdict::Duplicate => format!("event {seq} stands twice, first too early"),
                AuditVerdict::Reordered
                | AuditVerdict::Edited
                | AuditVerdict::Fork
                | AuditVerdict::Gap
                | AuditVerdict::Malformed
                | AuditVerdict::Ok
                | AuditVerdict::TornTail
                | AuditVerdict::Truncated
                | AuditVerdict::WrongLog => format!("event {seq} stands before its predecessor"),
            };
            finding.verdict = refined;
        }
    }
}

/// Returns what the check of a whole log finds.
///
/// # Example: an empty log proves nothing
/// ```
/// let report = bailiwick::verify_log(b"", bailiwick::VerifyOptions::default());
/// assert_eq!(report.verdict, bailiwick::AuditVerdict::Truncated);
/// ```
pub fn verify_log(log: &[u8], options: VerifyOptions) -> VerifyReport {
    let mut verifier = Verifier::new(options);
    for line in log.split_inclusive(|byte| *byte == b'\n') {
        verifier.line(line);
    }
    verifier.finish()
}

impl Verifier {
    /// Returns the first bad line so far.
    pub(crate) fn first_bad(&self) -> Option<(AuditVerdict, &FirstBad)> {
        self.bad.as_ref().map(|finding| (finding.verdict, &finding.bad))
    }
}
