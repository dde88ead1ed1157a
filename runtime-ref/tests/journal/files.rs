//! A journal of plain files that somebody went around.

use bailiwick::EventType;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;

use crate::support::Store;
use crate::support::event;
use crate::support::log_file;
use crate::support::run;

fn with_three_events(folder: &std::path::Path) -> std::sync::Arc<dyn Journal> {
    let journal = Store::Jsonl.open(folder);
    let (run, none) = (run("run_1"), Attachments::default());
    for event_type in [EventType::RunOpened, EventType::ToolCalled, EventType::ToolCalled] {
        journal.append(event(&run, event_type), &none).unwrap();
    }
    journal
}

#[test]
fn what_was_edited_behind_its_back_is_found_and_nothing_is_appended() {
    for edited in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let journal = with_three_events(folder.path());
        let path = log_file(folder.path());
        let log = std::fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = log.lines().map(|line| format!("{line}\n")).collect();
        lines[edited] = lines[edited].replace("agent-worker-1", "someone-else-1");
        std::fs::write(&path, lines.concat()).unwrap();
        assert_eq!(journal.verify(&run("run_1")).unwrap_err().code(), "chain_broken");

        let again = Store::Jsonl.open(folder.path());
        let next =
            again.append(event(&run("run_1"), EventType::ToolCalled), &Attachments::default());
        assert_eq!(next.unwrap_err().code(), "chain_broken");
        // Nothing was mended: it is still there to be looked at.
        assert_eq!(std::fs::read_to_string(&path).unwrap(), lines.concat());
    }
}

#[test]
fn a_line_that_was_taken_out_is_found_and_nothing_is_appended() {
    let folder = tempfile::tempdir().unwrap();
    drop(with_three_events(folder.path()));
    let path = log_file(folder.path());
    let log = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    std::fs::write(&path, format!("{}\n{}\n", lines[0], lines[2])).unwrap();
    let again = Store::Jsonl.open(folder.path());
    assert_eq!(again.verify(&run("run_1")).unwrap_err().code(), "chain_broken");
    assert_eq!(again.runs("ten_test").unwrap_err().code(), "chain_broken");
}

#[test]
fn a_log_that_became_shorter_while_it_is_open_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let journal = with_three_events(folder.path());
    let path = log_file(folder.path());
    let log = std::fs::read_to_string(&path).unwrap();
    let two: usize = log.split_inclusive('\n').take(2).map(str::len).sum();
    std::fs::write(&path, &log[..two]).unwrap();
    // Not only the first time.
    for _ in 0..2 {
        let called = event(&run("run_1"), EventType::ToolCalled);
        let next = journal.append(called, &Attachments::default());
        assert_eq!(next.unwrap_err().code(), "chain_broken");
    }
}

#[test]
fn a_lost_range_is_told_by_an_event_and_once() {
    let folder = tempfile::tempdir().unwrap();
    drop(with_three_events(folder.path()));
    let path = log_file(folder.path());
    let mut log = std::fs::read(&path).unwrap();
    log.extend(b"\0\0\0\0");
    std::fs::write(&path, &log).unwrap();
    for _ in 0..2 {
        let journal = Store::Jsonl.open(folder.path());
        assert_eq!(journal.verify(&run("run_1")).unwrap().count, 3);
        let runs = journal.runs("ten_test").unwrap();
        assert_eq!(runs.len(), 2);
        let mut told = Vec::new();
        journal.export(&runs[0], &mut told).unwrap();
        let told = String::from_utf8(told).unwrap();
        assert_eq!(told.lines().count(), 3, "{told}");
        assert!(told.contains("audit.gap") && told.contains("\"bytes\":4"), "{told}");
        assert!(bailiwick::verify_log(told.as_bytes(), Default::default()).is_ok());
    }
}
