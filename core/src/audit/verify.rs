//! The reader that checks a stored log, line by line.

use std::collections::BTreeMap;

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::FirstBad;
use crate::audit::Pruned;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::anchors::Anchors;
use crate::audit::line::read_line;
use crate::audit::payloads::PayloadReport;
use crate::audit::payloads::Payloads;
use crate::audit::place::Late;
use crate::audit::place::Place;
use crate::audit::place::Step;
use crate::audit::report::Finding;
use crate::audit::report::RunReport;
use crate::audit::report::check_ends;
use crate::audit::report::is_said_whole;
use crate::model::Digest;
use crate::model::ordered::map_of;

/// Checks a stored log line by line. The runs may be interleaved; what is kept is one small state
/// a run, and 64 hashes of the tree. Payloads, where they are given, follow the log.
///
/// All lines are read, also after a bad one: what comes later tells a missing event from one that
/// stands in the wrong place.
#[derive(Clone)]
pub struct Verifier {
    anchors: Anchors,
    bad: Option<Finding>,
    head: Option<Head>,
    lines: u64,
    options: VerifyOptions,
    payloads: Option<Payloads>,
    places: BTreeMap<String, Place>,
    tenant_id: Option<String>,
    torn: bool,
}

/// The head line of a log whose first events were deleted.
#[derive(Clone)]
struct Head {
    count: u64,
    entry_hash: Digest,
    /// The entry stands in the log too.
    recorded: bool,
}

impl Verifier {
    /// Returns a reader that has read nothing yet.
    pub fn new(options: VerifyOptions) -> Self {
        Self {
            anchors: Anchors::new(&options.checkpoints, options.trust.clone()),
            bad: None,
            head: None,
            lines: 0,
            payloads: options.payloads.then(Payloads::default),
            places: BTreeMap::new(),
            tenant_id: options.tenant_id.clone(),
            torn: false,
            options,
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
        if self.lines == 1
            && let Some(head) = Pruned::read_head(line)
        {
            match head {
                Ok((entry_hash, pruned)) => self.resume(entry_hash, pruned),
                Err(error) => self.found(AuditVerdict::Malformed, error.to_string()),
            }
            return;
        }
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

    /// Reads a line of the payloads ([`crate::PayloadLine`]), after the whole log; they are looked at
    /// only where the options say that they are given.
    pub fn payload(&mut self, line: &[u8]) {
        if let Some(payloads) = &mut self.payloads {
            payloads.line(line);
        }
    }

    /// Returns what was found.
    pub fn finish(mut self) -> VerifyReport {
        let places = std::mem::take(&mut self.places);
        let runs = map_of(
            places.into_iter().map(|(run_id, place)| (run_id.clone(), place.report(run_id))),
        );
        let head = self.head.take();
        let pruned = head.as_ref().map_or(0, |head| head.count);
        let events = self.lines.saturating_sub(u64::from(head.is_some()));
        let payloads = self.payloads.take();
        let found = match self.bad.take() {
            Some(finding) => Err(finding),
            None => self.end(&runs, head.as_ref(), events),
        };
        let found = found.and_then(|anchored| {
            let payloads = payloads.map(|payloads| payloads.finish(self.options.now.as_ref()));
            Ok((anchored, payloads.transpose()?))
        });
        let (anchored, first_bad, payloads, verdict) = match found {
            Err(finding) => (None, Some(finding.bad), None, finding.verdict),
            Ok((anchored, payloads)) => {
                let whole = anchored == Some(pruned.saturating_add(events))
                    || is_said_whole(&runs, &self.options);
                let verdict = good_verdict(whole, head.is_some(), payloads.as_ref());
                (anchored, None, payloads, verdict)
            }
        };
        let runs = runs.into_values().collect();
        VerifyReport { anchored, events, first_bad, payloads, pruned, runs, verdict }
    }

    /// Checks what is only known at the end, and returns up to which event the log is anchored.
    fn end(
        &self,
        runs: &BTreeMap<String, RunReport>,
        head: Option<&Head>,
        events: u64,
    ) -> Result<Option<u64>, Finding> {
        let next_line = self.lines.saturating_add(1);
        let pruned = head.map_or(0, |head| head.count);
        let anchored = self.anchors.finish(pruned, next_line)?;
        // Where every event is signed for, a run that is still open is no missing end.
        let whole = anchored == Some(pruned.saturating_add(events));
        if let Some(finding) = check_ends(runs, &self.options, whole, next_line) {
            return Err(finding);
        }
        if head.is_some_and(|head| !head.recorded) {
            let message = "no event of the log says that those before it were deleted";
            return Err(Finding::new(AuditVerdict::PrunedUnrecorded, next_line, message));
        }
        Ok(anchored)
    }

    /// Goes on from the events that the head line says were deleted.
    fn resume(&mut self, entry_hash: Digest, pruned: Pruned) {
        self.head = Some(Head { count: pruned.log.size(), entry_hash, recorded: false });
        self.anchors.resume(pruned.log, &pruned.checkpoint);
        for (run_id, run) in pruned.runs {
            self.places.insert(run_id, Place::resumed(run.count, run.head));
        }
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
            Step::Follows(refined) => {
                if let Some(refined) = refined {
                    self.refine(&record.run_id, refined);
                }
                self.follows(record, entry_hash);
            }
            Step::Bad(verdict, message) => {
                // Nothing stands before the first line that it could be missing between.
                let first = self.lines == 1 && verdict == AuditVerdict::Gap;
                let verdict = if first { AuditVerdict::PrunedUnrecorded } else { verdict };
                let finding = Finding::new(verdict, self.lines, message);
                self.keep(finding.at(&record.run_id, record.seq));
            }
        }
    }

    fn follows(&mut self, record: &AuditRecord, entry_hash: &Digest) {
        if let Some(leaf) = entry_hash.bytes() {
            self.anchors.append(record, &leaf);
        }
        if let Some(payloads) = &mut self.payloads {
            payloads.name(record, self.lines);
        }
        if let Some(head) = &mut self.head {
            head.recorded |= head.entry_hash == *entry_hash;
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
    fn refine(&mut self, run_id: &str, refined: Late) {
        if let Some(finding) = &mut self.bad
            && finding.bad.run_id.as_deref() == Some(run_id)
            && matches!(
                finding.verdict,
                AuditVerdict::Gap | AuditVerdict::PrunedUnrecorded | AuditVerdict::Reordered
            )
        {
            let seq = finding.bad.seq.unwrap_or_default();
            finding.bad.message = match refined {
                Late::Copied => format!("event {seq} stands twice, first too early"),
                Late::Moved => format!("event {seq} stands before its predecessor"),
            };
            finding.verdict = refined.verdict();
        }
    }
}

/// Returns the verdict of a log with which nothing is wrong: the one that says the least.
fn good_verdict(whole: bool, pruned: bool, payloads: Option<&PayloadReport>) -> AuditVerdict {
    if !whole {
        return AuditVerdict::OkUnanchored;
    }
    if pruned {
        return AuditVerdict::PrunedRecorded;
    }
    match payloads {
        Some(report) if report.expired > 0 => AuditVerdict::PayloadExpired,
        Some(_) | None => AuditVerdict::Ok,
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
