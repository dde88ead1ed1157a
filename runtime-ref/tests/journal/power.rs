//! Power cuts at every boundary of a write, played by what the disk would hold afterwards.

use std::path::Path;

use bailiwick::EventType;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;

use crate::support::Store;
use crate::support::came_to;
use crate::support::decided;
use crate::support::event;
use crate::support::log_file;
use crate::support::run;

/// What the disk may hold of the bytes behind a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    Garbage,
    Nothing,
    Zeros,
}

/// Returns `bytes` up to `cut`, and behind it, up to their length, what the disk happened to hold.
fn cut_off(bytes: &[u8], cut: usize, behind: Behind) -> Vec<u8> {
    let mut left = bytes[..cut].to_vec();
    let rest = bytes.len() - cut;
    match behind {
        Behind::Nothing => {}
        Behind::Zeros => left.extend(vec![0; rest]),
        // What another file held there once: it has line feeds too.
        Behind::Garbage => left.extend((0..rest).map(|at| b"}x\n\xff{\"a\":1}\0"[at % 12])),
    }
    left
}

fn gaps(journal: &dyn Journal) -> usize {
    let mut log = Vec::new();
    journal.export_log("ten_test", 0, &mut log).unwrap();
    let log = String::from_utf8(log).unwrap();
    log.lines().filter(|line| line.contains("\"event_type\":\"audit.gap\"")).count()
}

/// The journal is whole: so many events of the run, and it goes on.
fn is_whole(store: Store, folder: &Path, least: u64, most: u64, what: &str) {
    let journal = store.try_open(folder).unwrap_or_else(|error| panic!("{what}: {error}"));
    let run = run("run_1");
    let report = journal.verify(&run).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!((least..=most).contains(&report.count), "{what}: {} events", report.count);
    let decisions = u64::try_from(journal.decisions(&run).unwrap().len()).unwrap();
    assert_eq!(decisions, report.count / 2, "{what}");
    if report.count > 0 {
        let next = journal.append(event(&run, EventType::ToolCalled), &Attachments::default());
        assert_eq!(next.unwrap().seq, report.count, "{what}");
        let mut log = Vec::new();
        journal.export_log("ten_test", 0, &mut log).unwrap();
        let options = bailiwick::VerifyOptions { allow_open: true, ..Default::default() };
        assert!(bailiwick::verify_log(&log, options).is_ok(), "{what}");
    }
}

#[test]
fn files_that_are_cut_anywhere_in_the_last_write_are_whole_again() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Store::Jsonl.open(folder.path());
    let run = run("run_1");
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    journal.append(event(&run, EventType::CommandExecuted), &came_to("pdec_1")).unwrap();
    let (log, beside) = (log_file(folder.path()), log_file(folder.path()));
    let beside = beside.with_file_name("beside.jsonl");
    let acknowledged = (std::fs::read(&log).unwrap(), std::fs::read(&beside).unwrap());
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_2")).unwrap();
    let written = (std::fs::read(&log).unwrap(), std::fs::read(&beside).unwrap());
    drop(journal);

    let scratch = tempfile::tempdir().unwrap();
    let mut played = 0;
    let mut play =
        |log_bytes: &[u8], beside_bytes: &[u8], expect_gap: Option<bool>, what: String| {
            let folder = scratch.path().join(played.to_string());
            played += 1;
            let log = log_file(&folder);
            std::fs::create_dir_all(log.parent().unwrap()).unwrap();
            std::fs::write(&log, log_bytes).unwrap();
            std::fs::write(log.with_file_name("beside.jsonl"), beside_bytes).unwrap();
            let most = if log_bytes == written.0 { 4 } else { 3 };
            is_whole(Store::Jsonl, &folder, 3, most, &what);
            let told = gaps(Store::Jsonl.open(&folder).as_ref());
            if let Some(expected) = expect_gap {
                assert_eq!(told, usize::from(expected), "{what}");
            }
            // What was cut off is kept, byte for byte.
            if most == 3 && log_bytes.len() > acknowledged.0.len() {
                let kept = std::fs::read_dir(log.with_file_name("cut-off")).unwrap();
                let kept = kept.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
                let rest = &log_bytes[acknowledged.0.len()..];
                assert!(kept.into_iter().any(|kept| kept == rest), "{what}");
            }
            std::fs::remove_dir_all(&folder).unwrap();
        };
    for behind in [Behind::Nothing, Behind::Zeros, Behind::Garbage] {
        let step = if behind == Behind::Nothing { 5 } else { 61 };
        // What belongs beside the log is written first: no event is there yet.
        for cut in (acknowledged.1.len()..=written.1.len()).step_by(step * 3) {
            let beside = cut_off(&written.1, cut, behind);
            let what = format!("beside the log, cut at {cut}, then {behind:?}");
            play(&acknowledged.0, &beside, Some(false), what);
        }
        for cut in (acknowledged.0.len()..written.0.len()).step_by(step) {
            let log = cut_off(&written.0, cut, behind);
            let what = format!("the log cut at {cut}, then {behind:?}");
            // Garbage of two bytes has no line feed yet: it looks like the end of one line.
            let gap = match behind {
                Behind::Nothing => false,
                Behind::Zeros => true,
                Behind::Garbage => written.0.len() - cut > 2,
            };
            play(&log, &written.1, Some(gap), what);
        }
    }
    play(&written.0, &written.1, Some(false), "nothing was cut off".to_owned());
}

#[test]
fn a_database_that_is_cut_at_every_frame_of_its_log_is_whole_again() {
    const HEADER: usize = 32;
    const FRAME: usize = 24 + 4096;
    let folder = tempfile::tempdir().unwrap();
    let journal = Store::Sqlite.open(folder.path());
    let (database, ahead) =
        (folder.path().join("journal.db"), folder.path().join("journal.db-wal"));
    let length = || usize::try_from(std::fs::metadata(&ahead).unwrap().len()).unwrap();
    let run = run("run_1");
    // How long the write-ahead log is once an event is acknowledged.
    let mut durable = vec![length()];
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    durable.push(length());
    for round in 0..3 {
        let id = format!("pdec_{round}");
        journal.append(event(&run, EventType::PolicyEvaluated), &decided(&id)).unwrap();
        durable.push(length());
        journal.append(event(&run, EventType::CommandExecuted), &came_to(&id)).unwrap();
        durable.push(length());
    }
    // Read while it is open: closing it would take the log into the database.
    let (database, ahead) = (std::fs::read(database).unwrap(), std::fs::read(ahead).unwrap());
    assert_eq!((ahead.len() - HEADER) % FRAME, 0);

    let scratch = tempfile::tempdir().unwrap();
    for boundary in (HEADER..=ahead.len()).step_by(FRAME) {
        for (cut, behind) in [
            (boundary, Behind::Nothing),
            (boundary, Behind::Zeros),
            (boundary + 1, Behind::Nothing),
            (boundary + 24, Behind::Garbage),
            (boundary + 2000, Behind::Nothing),
            (boundary + FRAME - 1, Behind::Zeros),
        ] {
            let cut = cut.min(ahead.len());
            let what = format!("cut at {cut}, then {behind:?}");
            let folder = scratch.path().join(format!("{cut}-{behind:?}"));
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("journal.db"), &database).unwrap();
            std::fs::write(folder.join("journal.db-wal"), cut_off(&ahead, cut, behind)).unwrap();
            let least = durable.iter().filter(|end| **end <= cut).count().saturating_sub(1);
            let least = u64::try_from(least).unwrap();
            is_whole(Store::Sqlite, &folder, least, least + 1, &what);
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
}
