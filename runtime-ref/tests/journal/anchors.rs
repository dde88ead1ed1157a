//! Checkpoints: signed as the log grows, kept outside, and held against it at every start.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use bailiwick::EventType;
use bailiwick::NoteSigner;
use bailiwick::SignedCheckpoint;
use bailiwick::SigningKey;
use bailiwick_runtime::git::Git;
use bailiwick_runtime::git::GitAnchor;
use bailiwick_runtime::port::anchor::Anchor;
use bailiwick_runtime::port::anchor::AnchorError;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::store::CheckpointedJournal;
use bailiwick_runtime::store::FileAnchor;
use bailiwick_runtime::store::Signing;

use crate::support::Store;
use crate::support::event;
use crate::support::run;

const ORIGIN: &str = "evidence.example";
const LOG: &str = "evidence.example/ten_test";

fn signing(folder: &Path, seed: u8) -> Signing {
    let git = GitAnchor::open(Git::find().unwrap(), &folder.join("anchors.git")).unwrap();
    Signing {
        anchors: vec![Arc::new(FileAnchor::new(&folder.join("anchors"))), Arc::new(git)],
        every: 3,
        origin: ORIGIN.to_owned(),
        retired: Vec::new(),
        seeds: vec![[seed; 32]],
    }
}

fn signed(store: Store, folder: &Path, seed: u8) -> CheckpointedJournal {
    CheckpointedJournal::new(store.open(&folder.join("store")), signing(folder, seed))
}

/// A journal of seven events of one run that is closed, in a folder of its own.
fn seven(store: Store) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("store")).unwrap();
    let journal = signed(store, folder.path(), 7);
    append(&journal, "run_1", 7);
    folder
}

/// Appends that many events, the last of which closes the run.
fn append(journal: &CheckpointedJournal, run_id: &str, events: usize) {
    for number in 0..events {
        let event_type = match number {
            0 => EventType::RunOpened,
            last if last + 1 == events => EventType::RunClosed,
            _ => EventType::ToolCalled,
        };
        journal.append(event(&run(run_id), event_type), &Attachments::default()).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).unwrap()),
        }
    }
}

fn next(journal: &CheckpointedJournal) -> Result<u64, String> {
    let opened = event(&run("run_next"), EventType::RunOpened);
    let sealed = journal.append(opened, &Attachments::default());
    sealed.map(|sealed| sealed.seq).map_err(|error| error.code().to_owned())
}

#[test]
fn a_checkpoint_is_signed_every_few_events_and_at_the_end_of_a_run() {
    for store in [Store::Sqlite, Store::Jsonl] {
        let folder = seven(store);
        let journal = signed(store, folder.path(), 7);
        let sizes: Vec<u64> = journal
            .checkpoints("ten_test")
            .unwrap()
            .iter()
            .map(|note| note.lines().nth(1).unwrap().parse().unwrap())
            .collect();
        assert_eq!(sizes, [3, 6, 7]);
        assert_eq!(journal.check("ten_test").unwrap(), 7);
        let newest = journal.checkpoints("ten_test").unwrap().pop();
        for anchor in signing(folder.path(), 7).anchors {
            assert_eq!(anchor.newest("ten_test").unwrap(), newest, "{}", anchor.name());
        }
        // Anyone can open it by the public key, and it is of this tenant's log.
        let trust = bailiwick::CheckpointTrust {
            keys: vec![NoteSigner::new(LOG, &[7; 32]).unwrap().key().clone()],
            origin: Some(LOG.to_owned()),
            witnesses: 0,
        };
        SignedCheckpoint::open(newest.unwrap().as_bytes(), &trust).unwrap();
        assert_eq!(next(&journal), Ok(0));
    }
}

#[test]
fn a_journal_that_was_put_back_to_an_earlier_copy_is_refused() {
    for store in [Store::Sqlite, Store::Jsonl] {
        let folder = seven(store);
        let (place, earlier) = (folder.path().join("store"), folder.path().join("earlier"));
        copy(&place, &earlier);
        append(&signed(store, folder.path(), 7), "run_2", 4);
        std::fs::remove_dir_all(&place).unwrap();
        copy(&earlier, &place);
        let journal = signed(store, folder.path(), 7);
        let error = journal.check("ten_test").unwrap_err();
        assert_eq!(error.code(), "rolled_back");
        assert!(error.to_string().contains("it has 7 events, and 11 were signed"), "{error}");
        assert_eq!(next(&journal), Err("rolled_back".to_owned()));
    }
}

#[test]
fn a_journal_that_was_emptied_or_written_anew_is_refused() {
    for store in [Store::Sqlite, Store::Jsonl] {
        for events in [0, 7, 9] {
            let folder = seven(store);
            let place = folder.path().join("store");
            std::fs::remove_dir_all(&place).unwrap();
            std::fs::create_dir(&place).unwrap();
            // As long or longer, every hash in it right, by whoever has no key.
            let bare = CheckpointedJournal::new(
                store.open(&place),
                Signing { anchors: Vec::new(), every: 0, ..signing(folder.path(), 9) },
            );
            append(&bare, "run_1", events);
            drop(bare);
            let journal = signed(store, folder.path(), 7);
            assert_eq!(journal.check("ten_test").unwrap_err().code(), "rolled_back");
            assert_eq!(next(&journal), Err("rolled_back".to_owned()));
        }
    }
}

#[test]
fn a_checkpoint_by_a_strange_key_is_not_believed() {
    let folder = seven(Store::Jsonl);
    let journal = signed(Store::Jsonl, folder.path(), 8);
    assert_eq!(next(&journal), Err("rolled_back".to_owned()));
    // The old key is still believed where it is named.
    let mut signing = signing(folder.path(), 8);
    signing.retired = vec![SigningKey::from_seed(&[7; 32]).unwrap().public()];
    let store = Store::Jsonl.open(&folder.path().join("store"));
    assert_eq!(next(&CheckpointedJournal::new(store, signing)), Ok(0));
}

/// An anchor whose disk is full for as long as somebody says so.
struct Full {
    anchor: FileAnchor,
    full: Arc<AtomicBool>,
}

impl Anchor for Full {
    fn name(&self) -> String {
        self.anchor.name()
    }

    fn put(&self, tenant: &str, size: u64, note: &str) -> Result<(), AnchorError> {
        if self.full.load(Ordering::SeqCst) {
            return Err(AnchorError { anchor: self.name(), why: "is full".to_owned() });
        }
        self.anchor.put(tenant, size, note)
    }

    fn newest(&self, tenant: &str) -> Result<Option<String>, AnchorError> {
        self.anchor.newest(tenant)
    }
}

#[test]
fn where_a_checkpoint_cannot_be_kept_the_next_event_is_refused_until_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let full = Arc::new(AtomicBool::new(true));
    let anchor =
        Full { anchor: FileAnchor::new(&folder.path().join("outside")), full: full.clone() };
    let signing =
        Signing { anchors: vec![Arc::new(anchor)], every: 1, ..signing(folder.path(), 7) };
    let journal = CheckpointedJournal::new(Store::Sqlite.open(folder.path()), signing);
    let next =
        |event_type| journal.append(event(&run("run_1"), event_type), &Attachments::default());
    assert_eq!(next(EventType::RunOpened).unwrap().seq, 0);
    assert_eq!(next(EventType::ToolCalled).unwrap_err().code(), "anchor_failed");
    full.store(false, Ordering::SeqCst);
    assert_eq!(next(EventType::ToolCalled).unwrap().seq, 1);
    assert_eq!(journal.checkpoints("ten_test").unwrap().len(), 2);
}
