//! The chain of one run: events in, entries to be stored out.

use crate::audit::AuditError;
use crate::audit::AuditEvent;
use crate::audit::AuditRecord;
use crate::audit::EventType;
use crate::audit::line::write_line;
use crate::model::Digest;
use crate::model::Value;

/// The writing end of one run's chain: `entry_hash = SHA-256(0x00 || record)`, where the record
/// holds the entry hash before it.
///
/// It is a small value without a store. Where storing an entry may fail, append to a clone and
/// keep the clone once the entry is durable.
///
/// # Example
/// ```
/// # let event = |kind| bailiwick::AuditEvent {
/// #     action: "run.start".into(), actor: "worker-1".into(), actor_type: "worker".into(),
/// #     approval_id: None, audit_id: "aud_1".into(),
/// #     created_at: "2026-07-04T10:00:00Z".parse().unwrap(), decision: None, decision_id: None,
/// #     details: Default::default(), event_type: kind, matched_rules: Vec::new(),
/// #     payloads: Default::default(), policy_version: None, request_hash: None, resource_id: "run_1".into(),
/// #     resource_type: "run".into(), result_hash: None, run_id: "run_1".into(),
/// #     tenant_id: "ten_1".into(),
/// # };
/// let mut chain = bailiwick::Chain::new("ten_1", "run_1");
/// let first = chain.append(event(bailiwick::EventType::RunOpened))?;
/// let last = chain.append(event(bailiwick::EventType::RunClosed))?;
/// let log = format!("{}{}", first.line, last.line);
/// let report = bailiwick::verify_log(log.as_bytes(), Default::default());
/// assert_eq!(report.verdict, bailiwick::AuditVerdict::OkUnanchored);
/// # Ok::<(), bailiwick::AuditError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    tenant_id: String,
    run_id: String,
    next_seq: u64,
    head: Digest,
    closed: bool,
}

/// One event in its place, in every form that a store may want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The place in the run's chain, from 0.
    pub seq: u64,
    /// SHA-256 over `0x00` and the record's text.
    pub entry_hash: Digest,
    /// The record.
    pub record: AuditRecord,
    /// The record's canonical text.
    pub record_json: String,
    /// The line to store, line feed included.
    pub line: String,
}

impl Chain {
    /// Returns the chain of a run that has no event yet.
    pub fn new(tenant_id: impl Into<String>, run_id: impl Into<String>) -> Self {
        let (tenant_id, run_id) = (tenant_id.into(), run_id.into());
        let head = Self::genesis(&tenant_id, &run_id);
        Self { tenant_id, run_id, next_seq: 0, head, closed: false }
    }

    /// Returns the chain that continues after `last`, the newest record that is stored.
    ///
    /// # Errors
    /// Where the record has no canonical form.
    pub fn resume(last: &AuditRecord) -> Result<Self, AuditError> {
        let text = last.to_json()?;
        Ok(Self {
            tenant_id: last.tenant_id.clone(),
            run_id: last.run_id.clone(),
            next_seq: last.seq.saturating_add(1),
            head: Digest::of_leaf(text.as_bytes()),
            closed: last.event_type == EventType::RunClosed,
        })
    }

    /// Returns what stands as `prev_hash` in a run's first record: a digest of tenant and run, so
    /// that no chain can begin with another's first record.
    pub fn genesis(tenant_id: &str, run_id: &str) -> Digest {
        let parts = [tenant_id.as_bytes(), run_id.as_bytes()];
        Digest::of_parts("bailiwick.audit.genesis.v1", parts)
    }

    /// Returns the entry of `event` and moves the chain past it.
    ///
    /// `run.closed` gets `count` and `head` into its details: how many events stand before it and
    /// the entry hash of the last of them.
    ///
    /// # Errors
    /// Where the event is of another run or tenant, comes before run.opened or after run.closed,
    /// or has no canonical record; the chain then stays where it is.
    pub fn append(&mut self, mut event: AuditEvent) -> Result<Entry, AuditError> {
        self.admit(&event)?;
        if event.event_type == EventType::RunClosed {
            self.close(&mut event)?;
        }
        let closes = event.event_type == EventType::RunClosed;
        let record = AuditRecord::new(event, self.next_seq, self.head.clone());
        let record_json = record.to_json()?;
        let entry_hash = Digest::of_leaf(record_json.as_bytes());
        self.next_seq = record.seq.saturating_add(1);
        self.head = entry_hash.clone();
        self.closed = closes;
        Ok(Entry {
            seq: record.seq,
            line: write_line(entry_hash.as_str(), &record_json),
            entry_hash,
            record,
            record_json,
        })
    }

    /// Returns the entry hash of the newest event, or the genesis digest.
    pub fn head(&self) -> &Digest {
        &self.head
    }

    /// Returns the place of the event to come, which is also how many there are.
    pub fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// Returns true where run.closed has been appended.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Returns the run.
    pub fn run_id(&self) -> &str {
        &self.run_id
    }

    /// Returns the tenant.
    pub fn tenant_id(&self) -> &str {
        &self.tenant_id
    }

    fn admit(&self, event: &AuditEvent) -> Result<(), AuditError> {
        if event.tenant_id != self.tenant_id {
            return Err(AuditError::WrongTenant {
                chain: self.tenant_id.clone(),
                given: event.tenant_id.clone(),
            });
        }
        if event.run_id != self.run_id {
            return Err(AuditError::WrongRun {
                chain: self.run_id.clone(),
                given: event.run_id.clone(),
            });
        }
        let run_id = self.run_id.clone();
        if self.closed {
            return Err(AuditError::Closed { run_id });
        }
        match (self.next_seq, event.event_type == EventType::RunOpened) {
            (0, false) => Err(AuditError::NotOpened { run_id }),
            (1.., true) => Err(AuditError::OpenedTwice { run_id }),
            (0, true) | (1.., false) => Ok(()),
        }
    }

    fn close(&self, event: &mut AuditEvent) -> Result<(), AuditError> {
        for (member, value) in closing_details(self.next_seq, &self.head)? {
            match event.details.get(member) {
                Some(given) if *given != value => {
                    return Err(AuditError::ClosingMismatch { member });
                }
                Some(_) => {}
                None => {
                    event.details.insert(member.to_owned(), value);
                }
            }
        }
        Ok(())
    }
}

/// Returns what run.closed says of the events before it.
pub(crate) fn closing_details(
    count: u64,
    head: &Digest,
) -> Result<[(&'static str, Value); 2], AuditError> {
    let count = i64::try_from(count).map_err(|_| AuditError::Number)?;
    Ok([("count", Value::Integer(count)), ("head", Value::Text(head.as_str().to_owned()))])
}
