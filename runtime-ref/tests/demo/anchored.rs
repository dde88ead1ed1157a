//! The log is signed, and what was signed cannot be taken back.

use std::path::Path;

use bailiwick::CheckpointTrust;
use bailiwick::VerifyOptions;
use bailiwick::verify_log;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::text;

fn demonstrate(folder: &Path) -> std::process::Output {
    let script = folder.join("script.yaml");
    std::fs::write(&script, SHORT).unwrap();
    demo(&folder.join("demo"), &["--script", script.to_str().unwrap()])
}

#[test]
fn a_journal_that_was_put_back_to_an_earlier_copy_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, earlier) = (folder.path().join("demo/journal.db"), folder.path().join("earlier"));
    assert_eq!(demonstrate(folder.path()).status.code(), Some(0));
    std::fs::copy(&journal, &earlier).unwrap();
    assert_eq!(demonstrate(folder.path()).status.code(), Some(0));
    std::fs::copy(&earlier, &journal).unwrap();
    let output = demonstrate(folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("[rolled_back]"), "{}", text(&output));
    // Nor does a journal that is gone begin anew.
    std::fs::remove_file(&journal).unwrap();
    assert!(text(&demonstrate(folder.path())).contains("[rolled_back]"));
}

#[test]
fn the_exported_log_is_shown_by_its_checkpoint_to_be_whole() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        assert_eq!(demonstrate(folder.path()).status.code(), Some(0));
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join("demo").join(name)).unwrap();
    let (log, key) = (read("audit.jsonl"), read("audit.vkey"));
    let verdict = |log: &str| {
        let options = VerifyOptions {
            checkpoints: vec![read("audit.checkpoint")],
            trust: CheckpointTrust {
                keys: vec![key.trim().parse().unwrap()],
                ..Default::default()
            },
            ..VerifyOptions::default()
        };
        verify_log(log.as_bytes(), options).verdict.name()
    };
    assert_eq!(verdict(&log), "ok");
    // The second run is gone as a whole: every chain that is left holds.
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    let opened = |line: &&str| line.contains("\"event_type\":\"run.opened\"");
    let second = lines.iter().rposition(opened).unwrap();
    assert!(second > 0);
    assert!(!verdict(&lines[..second].concat()).starts_with("ok"));
}
