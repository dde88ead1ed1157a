//! Killed, and beside another.

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
    for round in 0..6_u32 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
            .args(["demo", "--dir"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(400 + u64::from(round) * 450));
        child.kill().unwrap();
        child.wait().unwrap();
        if !folder.path().join("journal.db").exists() {
            continue;
        }
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
    assert!(cut_off >= 3, "only {cut_off} of 6 were cut off");
    assert!(in_the_act >= 1, "none was cut off in the act");
    // What they had built is gone, and all evidence of them is there.
    assert!(!folder.path().join("runs").read_dir().unwrap().any(|_| true));
    // Told once: the runs are closed now.
    let script = folder.path().join("short.yaml");
    let output = demo(folder.path(), &["--format", "json", "--script", script.to_str().unwrap()]);
    assert_eq!(report(&output)["cut_off"], serde_json::json!([]));
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
