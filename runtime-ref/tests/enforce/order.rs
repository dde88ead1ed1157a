//! Decide, keep, do, tell: in this order, or not at all.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use bailiwick::AuditEvent;
use bailiwick::DecisionEffect;
use bailiwick::EventType;
use bailiwick_runtime::pep::Act;
use bailiwick_runtime::pep::Outcome;
use bailiwick_runtime::pep::Permit;
use bailiwick_runtime::port::payload::StoredPayload;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::ChainReport;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::port::store::RunKey;
use bailiwick_runtime::port::store::RunScope;
use bailiwick_runtime::port::store::Sealed;
use bailiwick_runtime::port::store::StoreError;
use bailiwick_runtime::port::store::UnfinishedRun;
use bailiwick_runtime::store::SqliteJournal;

use crate::support::POLICY;
use crate::support::World;
use crate::support::count;

/// A journal whose disk is full after some events.
struct Full {
    left: AtomicU32,
    real: SqliteJournal,
}

impl Journal for Full {
    fn append(&self, event: AuditEvent, with: &Attachments) -> Result<Sealed, StoreError> {
        if self.left.load(Ordering::SeqCst) == 0 {
            return Err(StoreError::Database("database or disk is full".to_owned()));
        }
        self.left.fetch_sub(1, Ordering::SeqCst);
        self.real.append(event, with)
    }

    fn usage(&self, run: &RunKey) -> Result<BTreeMap<String, u64>, StoreError> {
        self.real.usage(run)
    }

    fn unfinished(&self) -> Result<Vec<UnfinishedRun>, StoreError> {
        self.real.unfinished()
    }

    fn verify(&self, run: &RunKey) -> Result<ChainReport, StoreError> {
        self.real.verify(run)
    }

    fn export(&self, run: &RunKey, out: &mut dyn Write) -> Result<u64, StoreError> {
        self.real.export(run, out)
    }

    fn runs(&self, tenant: &str) -> Result<Vec<RunKey>, StoreError> {
        self.real.runs(tenant)
    }

    fn decisions(&self, run: &RunKey) -> Result<Vec<String>, StoreError> {
        self.real.decisions(run)
    }

    fn payloads(&self, run: &RunKey) -> Result<Vec<StoredPayload>, StoreError> {
        self.real.payloads(run)
    }

    fn remove_payload(&self, permit: Permit) -> Result<bool, StoreError> {
        self.real.remove_payload(permit)
    }

    fn keep_checkpoint(&self, tenant: &str, size: u64, note: &str) -> Result<(), StoreError> {
        self.real.keep_checkpoint(tenant, size, note)
    }

    fn checkpoints(&self, tenant: &str) -> Result<Vec<String>, StoreError> {
        self.real.checkpoints(tenant)
    }

    fn export_log(&self, tenant: &str, from: u64, out: &mut dyn Write) -> Result<u64, StoreError> {
        self.real.export_log(tenant, from, out)
    }

    fn scope(&self, run: &RunKey) -> Result<Option<RunScope>, StoreError> {
        self.real.scope(run)
    }
}

#[test]
fn nothing_is_done_where_the_record_cannot_be_kept() {
    for (left, begun) in [(1, false), (2, true)] {
        let folder = tempfile::tempdir().unwrap();
        let real = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
        let full = Full { left: AtomicU32::new(left), real };
        let world = World::with_journal(POLICY, folder, Arc::new(full));
        world.open_run();
        let (done, enforced) = world.enforce(world.read("README.md"));
        // With room for the record alone the act is begun, and its missing end is an error.
        assert_eq!(done, begun);
        assert_eq!(enforced.unwrap_err().code(), "journal_database");
        let lost = world.pep.journal.unfinished().unwrap().remove(0).lost;
        assert_eq!(lost.len(), usize::from(begun));
    }
}

#[test]
fn the_record_is_durable_before_the_act_and_the_outcome_after() {
    let world = World::new();
    world.open_run();
    let (journal, run) = (world.journal(), &world.context.run);
    let enforced = world.pep.enforce(run, world.read("README.md"), "read", |_permit, _| {
        // Seen by another connection: it is committed, not only written.
        assert_eq!(count(&journal, "decision"), 1);
        assert_eq!(count(&journal, "outcome"), 0);
        Ok(Act::new(EventType::ToolCalled, "content"))
    });
    assert!(matches!(enforced.unwrap().outcome, Outcome::Done("content")));
    assert_eq!(count(&journal, "outcome"), 1);
    assert!(world.pep.journal.unfinished().unwrap()[0].lost.is_empty());
}

#[test]
fn what_is_denied_is_recorded_and_not_done() {
    let world = World::new();
    world.open_run();
    let (done, enforced) = world.enforce(world.read("secrets/token"));
    let enforced = enforced.unwrap();
    assert!(!done);
    assert!(matches!(enforced.outcome, Outcome::Denied));
    assert_eq!(enforced.record.decision, DecisionEffect::Denied);
    let records = world.pep.journal.decisions(&world.context.run).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&records[0]).unwrap();
    assert_eq!(
        (records.len(), &kept["record"]),
        (1, &serde_json::to_value(&enforced.record).unwrap())
    );
}

#[test]
fn the_answer_to_a_question_permits_nothing() {
    let mut world = World::new();
    world.pep.pdp.what_if = true;
    world.open_run();
    let (done, enforced) = world.enforce(world.read("README.md"));
    assert_eq!(enforced.unwrap().record.decision, DecisionEffect::Allowed);
    assert!(!done);
    assert!(world.pep.journal.unfinished().unwrap()[0].lost.is_empty());
}

#[test]
fn an_obligation_that_nobody_can_fulfil_denies() {
    for obligation in ["network_profile: open-internet", "redact: [a_place_nobody_knows]"] {
        let world = World::under(&format!(
            "platform_policy:\n  name: base\n  version: 1\n  allowed_actions: [shell.exec]\n  \
             obligations:\n    {obligation}\n"
        ));
        world.open_run();
        let mut request = world.context.request(bailiwick::Action::ShellExec);
        request.argv = vec!["ls".to_owned()];
        let (done, enforced) = world.enforce(request);
        let enforced = enforced.unwrap();
        assert_eq!(enforced.record.decision, DecisionEffect::Allowed, "{obligation}");
        assert!(!done, "{obligation}");
        assert!(matches!(enforced.outcome, Outcome::Unfulfilled { .. }));
        assert!(world.export().contains("cannot be fulfilled"));
        // It was never to be done, so nothing of it is missing.
        assert!(world.pep.journal.unfinished().unwrap()[0].lost.is_empty());
    }
}

#[test]
fn an_act_that_fails_has_an_outcome_too() {
    let world = World::new();
    world.open_run();
    let enforced = world.fail(world.read("README.md"), "token correct-horse-battery is wrong");
    let Outcome::Failed { code, message } = enforced.outcome else {
        panic!("it failed");
    };
    assert_eq!(code, "broke");
    assert!(!message.text().contains("correct-horse"), "{}", message.text());
    assert!(world.export().contains("\"failed\":\"broke\""));
    assert!(world.pep.journal.unfinished().unwrap()[0].lost.is_empty());
}

#[test]
fn no_secret_reaches_the_journal() {
    let world = World::new();
    world.open_run();
    // The first is known to the redactor; the others it knows by where they stand only.
    for secret in ["correct-horse-battery", "hunter2-hunter2", "./s3cr3t"] {
        let mut request = world.context.request(bailiwick::Action::ShellExec);
        request.argv = ["login", "--password", secret].map(str::to_owned).to_vec();
        let intent = format!("run login --password {secret}");
        let act = |_permit, _: &_| Ok(Act::new(EventType::CommandExecuted, ()));
        let enforced = world.pep.enforce(&world.context.run, request, &intent, act).unwrap();
        assert!(!enforced.record.to_json().unwrap().contains(secret), "{:?}", enforced.record);
    }
    world.fail(world.read("README.md"), "no such user: correct-horse-battery");
    let bytes = std::fs::read(world.journal()).unwrap();
    let wal = std::fs::read(world.folder.path().join("journal.db-wal")).unwrap_or_default();
    for bytes in [bytes, wal] {
        for secret in [&b"correct-horse"[..], b"hunter2-hunter2", b"s3cr3t"] {
            let place = bytes.windows(secret.len()).position(|window| window == secret);
            let around =
                place.map(|at| String::from_utf8_lossy(&bytes[at.saturating_sub(80)..at + 40]));
            assert_eq!(around, None);
        }
    }
}
