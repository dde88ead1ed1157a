//! The log is signed, and what was signed cannot be taken back.

use std::collections::BTreeMap;
use std::path::Path;

use bailiwick::AuditEvent;
use bailiwick::AuditVerdict;
use bailiwick::Chain;
use bailiwick::CheckpointTrust;
use bailiwick::VerifyOptions;
use bailiwick::verify_log;
use serde_json::Value;

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

/// The exported log of two runs, and what it is held against.
struct Exported {
    checkpoint: String,
    key: String,
    lines: Vec<String>,
    _folder: tempfile::TempDir,
}

impl Exported {
    fn of_two_runs() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            assert_eq!(demonstrate(folder.path()).status.code(), Some(0));
        }
        let read =
            |name: &str| std::fs::read_to_string(folder.path().join("demo").join(name)).unwrap();
        Self {
            checkpoint: read("audit.checkpoint"),
            key: read("audit.vkey"),
            lines: read("audit.jsonl").split_inclusive('\n').map(str::to_owned).collect(),
            _folder: folder,
        }
    }

    fn verdict(&self, log: &[u8]) -> AuditVerdict {
        let options = VerifyOptions {
            checkpoints: vec![self.checkpoint.clone()],
            trust: CheckpointTrust {
                keys: vec![self.key.trim().parse().unwrap()],
                ..Default::default()
            },
            ..VerifyOptions::default()
        };
        verify_log(log, options).verdict
    }

    /// Returns where the second run begins.
    fn second(&self) -> usize {
        let opened = |line: &String| line.contains("\"event_type\":\"run.opened\"");
        self.lines.iter().rposition(opened).unwrap()
    }
}

#[test]
fn the_exported_log_is_shown_by_its_checkpoint_to_be_whole() {
    let log = Exported::of_two_runs();
    assert_eq!(log.verdict(log.lines.concat().as_bytes()), AuditVerdict::Ok);
    // The second run is gone as a whole: every chain that is left holds.
    assert_eq!(log.verdict(log.lines[..log.second()].concat().as_bytes()), AuditVerdict::Truncated);
    for end in 0..log.lines.len() {
        let verdict = log.verdict(log.lines[..end].concat().as_bytes());
        assert_eq!(verdict, AuditVerdict::Truncated, "without all from line {end}");
    }
}

#[test]
fn no_edit_of_the_exported_log_gets_past() {
    let log = Exported::of_two_runs();
    let bytes = log.lines.concat().into_bytes();
    for at in (0..bytes.len()).step_by(13) {
        let mut edited = bytes.clone();
        edited[at] ^= 1;
        let verdict = log.verdict(&edited);
        let fitting = matches!(verdict, AuditVerdict::Edited | AuditVerdict::Malformed);
        assert!(fitting || (at + 1 == bytes.len() && verdict == AuditVerdict::TornTail), "{at}");
    }
    let second = log.second();
    for at in 0..log.lines.len() {
        let changed = |change: &dyn Fn(&mut Vec<String>)| {
            let mut lines = log.lines.clone();
            change(&mut lines);
            log.verdict(lines.concat().as_bytes())
        };
        let replayed = changed(&|lines| lines.push(log.lines[at].clone()));
        let fitting = [AuditVerdict::Duplicate, AuditVerdict::Reordered];
        assert!(fitting.contains(&replayed), "replayed {at}: {replayed}");
        let dropped = changed(&|lines| drop(lines.remove(at)));
        assert!(!dropped.is_ok(), "dropped {at}: {dropped}");
        // An event of the other run in its place.
        let other = if at < second { second + at } else { at - second };
        if let Some(line) = log.lines.get(other) {
            let spliced = changed(&|lines| lines[at] = line.clone());
            assert!(!spliced.is_ok(), "spliced {at}: {spliced}");
        }
    }
}

#[test]
fn a_log_that_is_rewritten_as_a_whole_is_edited() {
    let log = Exported::of_two_runs();
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    let mut rewritten = String::new();
    for line in &log.lines {
        let mut entry: Value = serde_json::from_str(line).unwrap();
        let record = entry["record"].as_object_mut().unwrap();
        record.retain(|name, _| !["prev_hash", "seq", "v"].contains(&name.as_str()));
        record["actor"] = "somebody-else".into();
        if let Some(details) = record["details"].as_object_mut() {
            details.retain(|name, _| !["count", "head"].contains(&name.as_str()));
        }
        let event: AuditEvent = serde_json::from_value(entry["record"].clone()).unwrap();
        let new = || Chain::new(event.tenant_id.clone(), event.run_id.clone());
        let chain = chains.entry(event.run_id.clone()).or_insert_with(new);
        rewritten.push_str(&chain.append(event).unwrap().line);
    }
    // Every chain holds, and it is not what was signed.
    let alone = verify_log(rewritten.as_bytes(), VerifyOptions::default()).verdict;
    assert_eq!(alone, AuditVerdict::OkUnanchored);
    assert_eq!(log.verdict(rewritten.as_bytes()), AuditVerdict::Edited);
}
