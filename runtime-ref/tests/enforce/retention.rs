//! Artifacts: kept with what they are, deleted by a permit, and cut off in between.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use bailiwick::ArtifactClass;
use bailiwick::EventType;
use bailiwick::Projection;
use bailiwick::Request;
use bailiwick::RetentionItem;
use bailiwick::RetentionPlan;
use bailiwick::RetentionStatus;
use bailiwick::Role;
use bailiwick::SharedArtifact;
use bailiwick::SignedProvenance;
use bailiwick::Subject;
use bailiwick::Timestamp;
use bailiwick::retention_plan;
use bailiwick_runtime::pep;
use bailiwick_runtime::pep::Act;
use bailiwick_runtime::pep::Permit;
use bailiwick_runtime::port::clock::SystemClock;
use bailiwick_runtime::port::store::ArtifactRef;
use bailiwick_runtime::port::store::Artifacts;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::port::store::RunKey;
use bailiwick_runtime::port::store::StoreError;
use bailiwick_runtime::port::store::StoredArtifact;
use bailiwick_runtime::retain::Outcome;
use bailiwick_runtime::retain::apply;
use bailiwick_runtime::retain::items;
use bailiwick_runtime::store::ArtifactStore;
use bailiwick_runtime::store::JsonlJournal;
use bailiwick_runtime::store::SqliteJournal;

use crate::support::World;
use crate::support::shared;

const POLICY: &str = "
platform_policy: {name: base, version: 1, allowed_actions: [artifact.delete]}
---
retention: {name: days, version: 1, redacted_log: {store_days: 1}}
";

/// When the process ends.
#[derive(Clone, Copy)]
enum Cut {
    Before,
    Behind,
}

/// A store in whose midst the process ends, once.
struct CutOff {
    at: Cut,
    store: Arc<ArtifactStore>,
}

impl Artifacts for CutOff {
    fn put(
        &self,
        run: &RunKey,
        name: &str,
        class: ArtifactClass,
        text: &Projection<SharedArtifact>,
    ) -> Result<ArtifactRef, StoreError> {
        self.store.put(run, name, class, text)
    }

    fn put_statements(
        &self,
        run: &RunKey,
        name: &str,
        statements: &SignedProvenance,
    ) -> Result<ArtifactRef, StoreError> {
        self.store.put_statements(run, name, statements)
    }

    fn list(&self, tenant: &str) -> Result<Vec<StoredArtifact>, StoreError> {
        self.store.list(tenant)
    }

    fn remove(&self, permit: Permit) -> Result<bool, StoreError> {
        if matches!(self.at, Cut::Behind) {
            self.store.remove(permit)?;
        }
        panic!("the process ends here");
    }
}

fn store(world: &World) -> Arc<ArtifactStore> {
    let clock = Arc::new(SystemClock::new().unwrap());
    Arc::new(ArtifactStore::open(&world.folder.path().join("artifacts"), clock).unwrap())
}

fn log(world: &World, store: &ArtifactStore) -> PathBuf {
    let run = &world.context.run;
    store.put(run, "build.log", ArtifactClass::RedactedLog, &shared("built\n")).unwrap();
    store.path(run, "build.log").unwrap()
}

/// What is to become of everything two days from now.
fn plan(world: &World, store: &dyn Artifacts) -> (RetentionPlan, Vec<RetentionItem>) {
    let items = items(world.pep.journal.as_ref(), store, "ten_test").unwrap();
    let later = world.pep.clock.now().plus_days(2).unwrap();
    (retention_plan(&world.pep.pdp.policies, &items, &[], later), items)
}

fn subject() -> Subject {
    Subject { id: "retention".to_owned(), roles: vec![Role::PlatformAdmin], ..Subject::default() }
}

fn run(name: &str) -> RunKey {
    RunKey { tenant: "ten_test".to_owned(), run_id: name.to_owned() }
}

fn opened(world: &World, name: &str) -> RunKey {
    let run = run(name);
    let opened = EventType::RunOpened;
    world.pep.tell(&run, &Request::default(), opened, BTreeMap::new()).unwrap();
    run
}

fn world() -> World {
    let world = World::under(POLICY);
    world.open_run();
    world
}

#[test]
fn an_artifact_is_listed_with_what_it_is_and_its_name_is_given_once() {
    let world = world();
    let store = store(&world);
    log(&world, &store);
    let listed = store.list("ten_test").unwrap();
    assert_eq!(listed.len(), 1);
    let one = &listed[0];
    assert_eq!((one.class, one.size), (Some(ArtifactClass::RedactedLog), 6));
    assert_eq!(one.uri, "artifact://run_1/build.log");
    assert_eq!(one.digest, Some(bailiwick::Digest::of(b"built\n")));
    assert!(one.created_at.is_some_and(|at: Timestamp| at <= world.pep.clock.now()));
    let again = store.put(&world.context.run, "build.log", ArtifactClass::Patch, &shared("x"));
    assert_eq!(again.unwrap_err().code(), "store_file");
    assert_eq!(store.list("ten_other").unwrap(), []);
}

#[test]
fn cut_off_between_record_and_deletion_it_is_done_the_next_time() {
    // Behind the deletion nothing is left to do: it is gone and known to be.
    for (at, expected) in [(Cut::Before, [Outcome::Deleted].as_slice()), (Cut::Behind, &[])] {
        let world = world();
        let store = store(&world);
        let path = log(&world, &store);
        let cut_off = CutOff { at, store: store.clone() };
        let (due, items) = plan(&world, &cut_off);
        let first = opened(&world, "run_2");
        let died = catch_unwind(AssertUnwindSafe(|| {
            apply(&world.pep, &cut_off, &first, &subject(), &due, &items)
        }));
        assert!(died.is_err());
        // The record is durable, and which act is in doubt is known.
        let unfinished = world.pep.journal.unfinished().unwrap();
        let lost = unfinished.iter().find(|left| left.run == first).unwrap();
        assert_eq!(lost.lost.len(), 1);
        assert_eq!(
            lost.lost[0].intent,
            "delete artifact://run_1/build.log: kept for at most 1 days"
        );
        assert_eq!(path.exists(), matches!(at, Cut::Before));

        let (due, items) = plan(&world, store.as_ref());
        let second = opened(&world, "run_3");
        let applied = apply(&world.pep, store.as_ref(), &second, &subject(), &due, &items).unwrap();
        let outcomes: Vec<Outcome> = applied.iter().map(|applied| applied.outcome).collect();
        assert_eq!(outcomes, expected);
        assert!(!path.exists());
        assert_eq!(store.list("ten_test").unwrap(), []);
        world.pep.journal.verify(&second).unwrap();
    }
}

#[test]
fn a_file_that_went_without_a_word_is_marked_as_gone() {
    let world = world();
    let store = store(&world);
    std::fs::remove_file(log(&world, &store)).unwrap();
    let (due, items) = plan(&world, store.as_ref());
    let run = opened(&world, "run_2");
    let applied = apply(&world.pep, store.as_ref(), &run, &subject(), &due, &items).unwrap();
    assert_eq!(applied[0].outcome, Outcome::Gone);
    assert_eq!(store.list("ten_test").unwrap(), []);
}

#[test]
fn what_policy_does_not_permit_stays() {
    let world = World::under(&POLICY.replace("[artifact.delete]", "[file.read]"));
    world.open_run();
    let store = store(&world);
    let path = log(&world, &store);
    let (due, items) = plan(&world, store.as_ref());
    let run = opened(&world, "run_2");
    let applied = apply(&world.pep, store.as_ref(), &run, &subject(), &due, &items).unwrap();
    assert_eq!(applied[0].outcome, Outcome::NotPermitted);
    assert!(applied[0].why.as_ref().unwrap().contains("artifact.delete"));
    assert!(path.exists());
}

/// What becomes of a log of a run on `repo`, of which days are stated for the repository
/// `correct-horse-battery`: a name that the redactor takes for a secret. Whose the run is was said
/// when it was opened, or only its records tell.
fn status_of(repo: &str, said: bool) -> (RetentionStatus, Option<String>) {
    let of_repo = "retention:\n  name: days\n  version: 1\n  repo: correct-horse-battery\n  \
                   redacted_log: {store_days: 1}\n";
    let platform = POLICY.split_once("retention:").unwrap().0;
    let mut world = World::under(&format!("{platform}{of_repo}"));
    world.context.repo = repo.to_owned();
    match said {
        true => world.open_run(),
        false => world.open_run_of_nobody(),
    }
    drop(world.enforce(world.read("a")));
    let store = store(&world);
    log(&world, &store);
    let (plan, items) = plan(&world, store.as_ref());
    let entry = plan.entries.into_iter().find(|entry| entry.class != "audit_event").unwrap();
    (entry.status, items.last().unwrap().repo.clone())
}

#[test]
fn the_scope_of_a_run_is_kept_as_it_was_when_it_was_opened() {
    let secret = "correct-horse-battery";
    let due = (RetentionStatus::DueNow, Some(secret.to_owned()));
    assert_eq!(status_of(secret, true), due);
    let other = (RetentionStatus::DueAt, Some("service".to_owned()));
    assert_eq!(status_of("service", true), other);
}

#[test]
fn what_a_record_tells_with_a_marker_in_it_is_no_scope_and_nothing_is_due() {
    let unknown = (RetentionStatus::Error, None);
    assert_eq!(status_of("correct-horse-battery", false), unknown);
    let recorded = (RetentionStatus::DueAt, Some("service".to_owned()));
    assert_eq!(status_of("service", false), recorded);
}

/// Returns the bytes of everything below `folder`.
fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => bytes.extend(bytes_below(&path)),
            false => bytes.extend(std::fs::read(path).unwrap()),
        }
    }
    bytes
}

#[test]
fn what_a_tool_came_to_goes_with_its_salt_from_the_database_and_the_chain_stays() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    what_a_tool_came_to_goes_with_its_salt_and_the_chain_stays(folder, Arc::new(journal));
}

#[test]
fn what_a_tool_came_to_goes_with_its_salt_from_files_and_the_chain_stays() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock::new().unwrap());
    let journal = JsonlJournal::open(&folder.path().join("journal"), clock).unwrap();
    what_a_tool_came_to_goes_with_its_salt_and_the_chain_stays(folder, Arc::new(journal));
}

fn what_a_tool_came_to_goes_with_its_salt_and_the_chain_stays(
    folder: tempfile::TempDir,
    journal: Arc<dyn Journal>,
) {
    let policy = POLICY.replace("[artifact.delete]", "[artifact.delete, file.read]");
    let world = World::with_journal(&policy, folder, journal);
    world.open_run();
    let (journal, run) = (&world.pep.journal, &world.context.run);
    let shown = shared("what was in the file, with correct-horse-battery\n");
    let read = world.pep.enforce(run, world.read("a"), "read a", |_permit, _| {
        Ok(Act::new(EventType::ToolCalled, ()).shown(&shown))
    });
    assert!(matches!(read.unwrap().outcome, pep::Outcome::Done(())));
    let kept = journal.payloads(run).unwrap();
    let names: Vec<&str> = kept.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names, ["decision_record", "tool_output"]);
    assert!(kept[1].text.starts_with("what was in the file, with [REDACTED"));
    // The event says the hash of what is kept, and until when it is.
    let event: serde_json::Value =
        serde_json::from_str(world.export().lines().last().unwrap()).unwrap();
    let record = &event["record"];
    assert_eq!(record["result_hash"], bailiwick::Digest::of(kept[1].text.as_bytes()).as_str());
    let created: Timestamp = record["created_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(kept[1].keep_until, created.plus_days(1));

    let store = store(&world);
    let (due, items) = plan(&world, store.as_ref());
    let deletion = opened(&world, "run_2");
    let before = world.export();
    let applied = apply(&world.pep, store.as_ref(), &deletion, &subject(), &due, &items).unwrap();
    assert_eq!(applied.len(), 1, "{applied:?}");
    assert_eq!(applied[0].id, "payload://run_1/2/tool_output");
    assert_eq!(applied[0].outcome, Outcome::Deleted);
    let left = journal.payloads(run).unwrap();
    assert_eq!(left, kept[..1]);
    assert_eq!(world.export(), before);
    journal.verify(run).unwrap();
    // Nothing of text or salt is left in any file.
    let bytes = bytes_below(world.folder.path());
    let line = kept[1].line().salt;
    for part in [b"what was in the file".as_slice(), &kept[1].salt, line.as_bytes()] {
        assert!(!bytes.windows(part.len()).any(|window| window == part));
    }
    // The deletion is told, with the decision that permitted it.
    let mut told = Vec::new();
    journal.export(&deletion, &mut told).unwrap();
    let told = String::from_utf8(told).unwrap();
    assert!(told.lines().last().unwrap().contains("artifact.deleted"), "{told}");
    assert!(told.lines().last().unwrap().contains("payload://run_1/2/tool_output"));
}

#[test]
fn what_must_not_be_stored_is_not_kept_behind_the_event() {
    let policy = POLICY.replace("[artifact.delete]", "[file.read]");
    let world = World::under(&policy.replace("store_days: 1", "store: false"));
    world.open_run();
    let run = &world.context.run;
    let shown = shared("output\n");
    let read = world.pep.enforce(run, world.read("a"), "read a", |_permit, _| {
        Ok(Act::new(EventType::ToolCalled, ()).shown(&shown))
    });
    assert!(matches!(read.unwrap().outcome, pep::Outcome::Done(())));
    let kept = world.pep.journal.payloads(run).unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].name, "decision_record");
}
