//! Where a run's chain stands while a log is read, and what a record that does not fit means.

use std::collections::VecDeque;

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::EventType;
use crate::audit::chain::closing_details;
use crate::audit::report::RunReport;
use crate::model::Digest;

/// How many hashes a run keeps to tell a repeated event from a second one at the same place.
const REMEMBERED: usize = 64;

/// Where the chain of one run stands. Its size does not grow with the run.
#[derive(Clone)]
pub(crate) struct Place {
    next_seq: u64,
    head: Digest,
    closed: bool,
    recent: VecDeque<u64>,
    early: Option<Digest>,
}

/// What looked like a missing event, once that has come late.
#[derive(Clone, Copy)]
pub(crate) enum Late {
    /// What came early comes again: it was a copy.
    Copied,
    /// What came early was moved.
    Moved,
}

impl Late {
    pub(crate) const fn verdict(self) -> AuditVerdict {
        match self {
            Self::Copied => AuditVerdict::Duplicate,
            Self::Moved => AuditVerdict::Reordered,
        }
    }
}

/// What a record means at a place.
pub(crate) enum Step {
    /// It follows; with what an earlier finding turns out to be, if there was one.
    Follows(Option<Late>),
    /// It does not fit.
    Bad(AuditVerdict, String),
}

impl Place {
    pub(crate) fn new(tenant_id: &str, run_id: &str) -> Self {
        Self {
            next_seq: 0,
            head: Chain::genesis(tenant_id, run_id),
            closed: false,
            recent: VecDeque::new(),
            early: None,
        }
    }

    /// Returns the place of a run of which `next_seq` events were deleted, the last of them `head`.
    pub(crate) fn resumed(next_seq: u64, head: Digest) -> Self {
        Self { next_seq, head, closed: false, recent: VecDeque::new(), early: None }
    }

    /// Takes the run's next record in the log, whose own hash is known to be right.
    pub(crate) fn step(&mut self, record: &AuditRecord, entry_hash: &Digest) -> Step {
        if record.seq > self.next_seq {
            if self.early.is_none() {
                self.early = Some(entry_hash.clone());
            }
            let message = format!("event {} is missing before it", self.next_seq);
            return Step::Bad(AuditVerdict::Gap, message);
        }
        if record.seq < self.next_seq {
            return self.old(record, entry_hash);
        }
        if record.prev_hash != self.head {
            let message = "`prev_hash` is not the hash of the event before it: one was replaced";
            return Step::Bad(AuditVerdict::Edited, message.to_owned());
        }
        if let Some(message) = self.out_of_form(record) {
            return Step::Bad(AuditVerdict::Malformed, message.to_owned());
        }
        self.advance(record, entry_hash);
        // What was missing came late.
        let refined = self
            .early
            .as_ref()
            .map(|early| if early == entry_hash { Late::Copied } else { Late::Moved });
        Step::Follows(refined)
    }

    pub(crate) fn report(self, run_id: String) -> RunReport {
        RunReport { closed: self.closed, count: self.next_seq, head: self.head, run_id }
    }

    fn old(&self, record: &AuditRecord, entry_hash: &Digest) -> Step {
        let behind =
            usize::try_from(self.next_seq.saturating_sub(record.seq)).unwrap_or(usize::MAX);
        let known = self.recent.len().checked_sub(behind).and_then(|at| self.recent.get(at));
        let seq = record.seq;
        match known {
            Some(known) if *known == mark(entry_hash) => {
                Step::Bad(AuditVerdict::Duplicate, format!("event {seq} stands twice"))
            }
            Some(_) => {
                let message = format!("two different events claim place {seq}");
                Step::Bad(AuditVerdict::Fork, message)
            }
            None => {
                let message = format!("event {seq} stands after event {}", self.next_seq - 1);
                Step::Bad(AuditVerdict::Reordered, message)
            }
        }
    }

    /// What no chain would have written, although every hash fits.
    fn out_of_form(&self, record: &AuditRecord) -> Option<&'static str> {
        let opens = record.event_type == EventType::RunOpened;
        if self.closed {
            return Some("an event follows run.closed");
        }
        if opens != (self.next_seq == 0) {
            return Some("run.opened is not the first event, or stands a second time");
        }
        if record.event_type == EventType::RunClosed {
            let right = closing_details(self.next_seq, &self.head).is_ok_and(|details| {
                details.iter().all(|(name, value)| record.details.get(*name) == Some(value))
            });
            if !right {
                return Some("run.closed names another count or head");
            }
        }
        None
    }

    fn advance(&mut self, record: &AuditRecord, entry_hash: &Digest) {
        self.next_seq = self.next_seq.saturating_add(1);
        self.head = entry_hash.clone();
        self.closed = record.event_type == EventType::RunClosed;
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(mark(entry_hash));
    }
}

/// Eight bytes of a hash, enough to tell two events of one place apart.
fn mark(entry_hash: &Digest) -> u64 {
    entry_hash
        .short()
        .chars()
        .fold(0, |mark, digit| (mark << 4) | u64::from(digit.to_digit(16).unwrap_or(0)))
}
