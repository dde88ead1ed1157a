//! `audit export`, `audit report`, and logs larger than memory may be.

use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

use crate::support::bailiwick;
use crate::support::feed;
use crate::support::fixtures;
use crate::support::initialised;

fn hashes(log: &str) -> Vec<Value> {
    log.lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap().get("entry_hash").cloned().unwrap()
        })
        .collect()
}

#[test]
fn every_format_has_a_line_for_every_event_with_its_hash() {
    let dir = initialised();
    let path = fixtures("audit/intact.jsonl");
    let expected = hashes(&std::fs::read_to_string(&path).unwrap());
    let path = path.to_str().unwrap();
    for (format, pointer) in [
        ("cloudevents", "/audithash"),
        ("jsonl", "/entry_hash"),
        ("ocsf", "/unmapped/entry_hash"),
        ("otel", "/resourceLogs/0/scopeLogs/0/logRecords/0/attributes/4/value/stringValue"),
    ] {
        let ran = bailiwick(dir.path(), &["audit", "export", "--as", format, path]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let found: Vec<Value> =
            ran.lines().iter().map(|line| line.pointer(pointer).unwrap().clone()).collect();
        assert_eq!(found, expected, "{format}");
    }
}

#[test]
fn an_export_stops_at_the_first_bad_line_and_names_it() {
    let dir = initialised();
    let bad = fixtures("audit/edited.jsonl");
    let bad = bad.to_str().unwrap();
    let ran = bailiwick(dir.path(), &["audit", "export", "--as", "jsonl", bad]);
    assert_eq!((ran.code, ran.out.lines().count() < 6), (Some(1), true));
    assert!(ran.err.contains("edited.jsonl:6"), "{}", ran.err);
    assert!(ran.err.contains("edited: the record is not what was hashed"), "{}", ran.err);
    let ran = bailiwick(dir.path(), &["--format=json", "audit", "export", "--as", "ocsf", bad]);
    let error: Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!((&error["code"], &error["line"]), (&"audit_unverified".into(), &6.into()));
}

#[test]
fn a_file_that_is_written_is_whole_or_not_there() {
    let dir = initialised();
    let out = dir.path().join("out.jsonl");
    for bad in ["edited", "truncated", "torn_tail"] {
        let log = fixtures(&format!("audit/{bad}.jsonl"));
        let args = ["audit", "export", "--as=otel", "--out=out.jsonl", log.to_str().unwrap()];
        assert_eq!(bailiwick(dir.path(), &args).code, Some(1), "{bad}");
        assert!(!out.exists(), "{bad}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing half-written is left");
    let log = fixtures("audit/intact.jsonl");
    let args = ["audit", "export", "--as=otel", "--out=out.jsonl", log.to_str().unwrap()];
    assert_eq!(bailiwick(dir.path(), &args).code, Some(0));
    assert_eq!(std::fs::read_to_string(&out).unwrap().lines().count(), 12);
}

#[test]
fn an_export_does_not_take_the_place_of_its_log() {
    let dir = initialised();
    let log = dir.path().join("log.jsonl");
    std::fs::copy(fixtures("audit/intact.jsonl"), &log).unwrap();
    let args = ["audit", "export", "--as=jsonl", "--out=./p/../log.jsonl", "log.jsonl"];
    let ran = bailiwick(dir.path(), &args);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("onto_input"), "{}", ran.err);
    let kept = std::fs::read(&log).unwrap();
    assert_eq!(kept, std::fs::read(fixtures("audit/intact.jsonl")).unwrap());
}

#[test]
fn a_run_that_is_not_in_the_log_is_not_exported_as_nothing() {
    let dir = initialised();
    let log = fixtures("audit/intact.jsonl");
    let args = ["audit", "export", "--as=jsonl", "--run=run_x", log.to_str().unwrap()];
    let ran = bailiwick(dir.path(), &args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("wrong_log"), "{}", ran.err);
}

#[test]
fn a_report_is_markdown_or_json_and_of_a_verified_log_only() {
    let dir = initialised();
    let log = fixtures("audit/intact.jsonl");
    let log = log.to_str().unwrap();
    let ran = bailiwick(dir.path(), &["audit", "report", log]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("# Secure development and supply chain"), "{}", ran.out);
    assert!(ran.out.contains("- **signed artifact**: no evidence"), "{}", ran.out);
    let ran = bailiwick(dir.path(), &["--format=json", "audit", "report", log]);
    assert_eq!(ran.json()["report"]["rows"].as_array().unwrap().len(), 7);
    let cut = fixtures("audit/truncated.jsonl");
    let ran = bailiwick(dir.path(), &["audit", "report", cut.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    let open = bailiwick(dir.path(), &["audit", "report", "--allow-open", cut.to_str().unwrap()]);
    assert_eq!(open.code, Some(0), "{}", open.err);
}

#[test]
fn what_is_mistyped_is_a_usage_error() {
    let dir = initialised();
    for args in [
        &["audit", "export", "x.jsonl"][..],
        &["audit", "export", "--as=csv", "x.jsonl"],
        &["audit", "export", "--as=ocsf", "nowhere.jsonl"],
        &["audit", "report", "nowhere.jsonl"],
    ] {
        assert_eq!(bailiwick(dir.path(), args).code, Some(2), "{args:?}");
    }
    assert_eq!(feed(dir.path(), &["audit", "export", "--as=ocsf", "-"], b"").code, Some(1));
}

/// Runs the command with at most `kilobytes` of memory, on `count` pieces.
#[cfg(target_os = "linux")]
fn within(kilobytes: u32, args: &str, piece: &[u8], count: usize) -> (Option<i32>, String) {
    let script = format!("ulimit -v {kilobytes}; exec \"$0\" {args} -");
    let mut child = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_bailiwick")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let piece = piece.to_vec();
    let writer = std::thread::spawn(move || {
        (0..count).all(|_| stdin.write_all(&piece).is_ok());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_of_two_hundred_megabytes_is_verified_in_little_memory() {
    let line = std::fs::read(fixtures("audit/intact.jsonl")).unwrap();
    let line = line.split_inclusive(|byte| *byte == b'\n').next().unwrap();
    let piece = line.repeat(128);
    let count = 200_000_000 / piece.len();
    let (code, out) = within(150_000, "audit verify --allow-open", &piece, count);
    assert_eq!(code, Some(1));
    assert!(out.contains(&format!("duplicate, {} events read", count * 128)), "{out}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_two_hundred_megabytes_is_not_kept() {
    let piece = vec![b'x'; 1_000_000];
    let (code, out) = within(150_000, "audit verify", &piece, 200);
    assert_eq!(code, Some(1));
    assert!(out.contains("torn_tail"), "{out}");
}
