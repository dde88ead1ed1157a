//! Killed, and beside another.

use std::io::BufRead;
use std::io::BufReader;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::report;
use crate::support::text;

#[test]
fn killed_anywhere_the_next_start_says_what_was_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut cut_off = 0;
    let mut in_the_act = 0;
    for last_line in KILLED_AFTER {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
            .args(["demo", "--dir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map(Result::unwrap).any(|line| line.contains(last_line)), "{last_line}");
        child.kill().unwrap();
        child.wait().unwrap();
        // A script that ends at once: the start itself is what is looked at.
        let script = folder.path().join("short.yaml");
        std::fs::write(&script, SHORT).unwrap();
        let output =
            demo(folder.path(), &["--format", "json", "--script", script.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        let report = report(&output);
        assert_eq!(report["chain"]["verdict"], "ok");
        for sentence in report["cut_off"].as_array().unwrap() {
            let sentence = sentence.as_str().unwrap();
            assert!(sentence.contains("was cut off after seq"), "{sentence}");
            assert!(sentence.contains("nothing acknowledged was lost"), "{sentence}");
            cut_off += 1;
            in_the_act += usize::from(sentence.contains("while at"));
        }
    }
    assert_eq!(cut_off, KILLED_AFTER.len());
    assert!(in_the_act >= 1, "none was cut off in the act");
    // What they had built is gone, and all evidence of them is there.
    assert!(!folder.path().join("runs").exists());
    // Told once: the runs are closed now.
    let script = folder.path().join("short.yaml");
    let output = demo(folder.path(), &["--format", "json", "--script", script.to_str().unwrap()]);
    assert_eq!(report(&output)["cut_off"], serde_json::json!([]));
}

#[test]
fn what_no_run_in_the_journal_had_built_is_removed_too_and_what_was_kept_stays() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("short.yaml");
    std::fs::write(&script, SHORT).unwrap();
    let script = script.to_str().unwrap();
    let kept = demo(folder.path(), &["--script", script, "--keep"]);
    assert_eq!(kept.status.code(), Some(0), "{}", text(&kept));
    // Cut off before its first event, or after its last: the journal does not name it.
    let left = folder.path().join("runs/run_unknown/workspace");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("file"), "built").unwrap();
    let output = demo(folder.path(), &["--script", script]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(!left.exists());
    assert_eq!(folder.path().join("kept").read_dir().unwrap().count(), 1);
}

#[test]
fn two_at_once_in_one_folder_do_not_take_each_other_for_dead() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
        .args(["demo", "--dir"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while !folder.path().join("journal.db").exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = demo(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("another run is under way"), "{}", text(&output));
    first.kill().unwrap();
    first.wait().unwrap();
}

/// What a run says last before it is killed; `cargo test` is at work for long enough to be hit.
const KILLED_AFTER: &[&str] = &[
    "run.opened",
    "clone into the workspace",
    "call code-repair-small",
    "git log --oneline",
    "run cargo test --offline",
    "push origin HEAD:main",
];
