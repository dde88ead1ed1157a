//! What a demonstration leaves is deleted when it is due, by a decision, and evidence is not.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use bailiwick::AuditEvent;
use bailiwick::EventType;
use bailiwick_runtime::port::id::Ids;
use bailiwick_runtime::port::id::UuidIds;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::port::store::RunScope;
use bailiwick_runtime::store::SqliteJournal;
use rusqlite::Connection;
use serde_json::Value;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::files;
use crate::support::report;
use crate::support::text;

const CALLS: &str = "calls:
      - {id: write, tool: file.write, input: {path: docs/a.md, content: \"a\\n\"}, expect: allowed}
      - {id: verify, tool: verifier.run, input: {name: unit_tests}, expect: allowed}
      - {id: commit, tool: git.commit, input: {message: Try}, expect: allowed}
      - {id: push, tool: git.push, expect: allowed}
      - {id: create, tool: pr.create, input: {draft: true}, expect: allowed}";

/// How many artifacts it leaves.
const KEPT: usize = 8;

/// Runs a demonstration that verifies and publishes.
fn demonstrated() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script.yaml");
    std::fs::write(&script, SHORT.replace("calls: []", CALLS)).unwrap();
    let arguments = ["--format", "json", "--script", script.to_str().unwrap()];
    let output = demo(&folder.path().join("demo"), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    folder
}

fn retention(folder: &Path, arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().unwrap();
    Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
        .args(["retention", command, "--dir"])
        .arg(folder.join("demo"))
        .args(rest)
        .output()
        .unwrap()
}

/// Has everything that the index knows be some days older than it is.
fn backdate(folder: &Path, days: i64) {
    let index = Connection::open(folder.join("demo/artifacts/.index.db")).unwrap();
    // Opened again, the index refuses to be changed again.
    index.execute_batch("DROP TRIGGER artifact_no_update").unwrap();
    index.execute("UPDATE artifact SET created_at = ?1", [in_days(-days)]).unwrap();
}

/// Adds a run of some days ago, of two events, to the journal.
fn old_run(folder: &Path, days: i64) {
    let journal = SqliteJournal::open(&folder.join("demo/journal.db")).unwrap();
    let scope = RunScope {
        organization: Some("acme".to_owned()),
        repo: Some("payment-service".to_owned()),
        team: Some("payments".to_owned()),
        ..RunScope::default()
    };
    let opened = Attachments { scope: Some(scope), ..Attachments::default() };
    for (event_type, with) in
        [(EventType::RunOpened, opened), (EventType::RunClosed, Attachments::default())]
    {
        let event = AuditEvent {
            action: event_type.name().to_owned(),
            actor: "bailiwick-runtime".to_owned(),
            actor_type: "service".to_owned(),
            approval_id: None,
            audit_id: UuidIds.next("aud").into_string(),
            created_at: in_days(-days).parse().unwrap(),
            decision: None,
            decision_id: None,
            details: BTreeMap::new(),
            event_type,
            matched_rules: Vec::new(),
            payloads: BTreeMap::new(),
            policy_version: None,
            request_hash: None,
            resource_id: "run_old".to_owned(),
            resource_type: "run".to_owned(),
            result_hash: None,
            run_id: "run_old".to_owned(),
            tenant_id: "ten_acme".to_owned(),
        };
        journal.append(event, &with).unwrap();
    }
}

/// The instant some days from now.
fn in_days(days: i64) -> String {
    let now = jiff::Timestamp::now().as_second();
    jiff::Timestamp::from_second(now + days * 86_400).unwrap().to_string()
}

fn statuses(report: &Value) -> Vec<(String, String)> {
    let entries = report["plan"]["entries"].as_array().unwrap().iter();
    let told = |entry: &Value, key: &str| entry[key].as_str().unwrap().to_owned();
    let mut all: Vec<_> =
        entries.map(|entry| (told(entry, "class"), told(entry, "status"))).collect();
    all.sort();
    all.dedup();
    all
}

fn artifacts(folder: &Path) -> Vec<PathBuf> {
    let all = files(&folder.join("demo/artifacts"), "none");
    let paths = all.into_iter().map(|(path, _)| PathBuf::from(path));
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'))
        .collect();
    paths.sort();
    paths
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn a_plan_says_by_class_what_is_due_when_and_keeps_the_evidence() {
    let folder = demonstrated();
    let output = retention(folder.path(), &["plan", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let expected = [
        ("audit_event", "keep_floor"),
        ("audit_export", "keep_floor"),
        ("context_manifest", "due_at"),
        ("patch", "due_at"),
        ("redacted_log", "due_at"),
        ("replay_package", "keep_floor"),
        ("verification_report", "due_at"),
    ];
    assert_eq!(statuses(&report(&output)), pairs(&expected));
    let later = in_days(91);
    let output = retention(folder.path(), &["plan", "--format", "json", "--now", &later]);
    let expected = [
        ("audit_event", "keep_floor"),
        ("audit_export", "keep_floor"),
        ("context_manifest", "due_now"),
        ("patch", "due_at"),
        ("redacted_log", "due_now"),
        ("replay_package", "due_now"),
        ("verification_report", "due_now"),
    ];
    assert_eq!(statuses(&report(&output)), pairs(&expected));
    let output = text(&retention(folder.path(), &["plan", "--now", &later]));
    for told in [
        "kept for at most 30 days [payments-artifacts@2026-07-04, 97-artifacts.yaml:",
        "kept for at least 90 days, which are over [acme-",
        "kept for at least 2555 days [acme-retention@2026-07-04, 96-retention.yaml:",
        "no findings",
    ] {
        assert!(output.contains(told), "{told}: {output}");
    }
}

#[test]
fn nothing_is_deleted_unless_it_is_asked_for() {
    let folder = demonstrated();
    let before = artifacts(folder.path());
    let later = in_days(91);
    let output = retention(folder.path(), &["apply", "--format", "json", "--now", &later]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(report(&output)["applied"], serde_json::json!([]));
    assert_eq!((artifacts(folder.path()), before.len()), (before.clone(), KEPT));
}

#[test]
fn what_is_due_is_deleted_by_a_decision_and_told_and_a_second_time_changes_nothing() {
    let folder = demonstrated();
    backdate(folder.path(), 31);
    let apply = ["apply", "--execute", "--format", "json"];
    let output = retention(folder.path(), &apply);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let report = report(&output);
    let applied = report["applied"].as_array().unwrap();
    let told = applied.iter().map(|it| (it["class"].as_str(), it["outcome"].as_str()));
    let deleted = [Some("context_manifest"), Some("verification_report")];
    assert_eq!(told.collect::<Vec<_>>(), deleted.map(|class| (class, Some("deleted"))));
    let left: Vec<String> = artifacts(folder.path())
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let evidence = [
        "audit.jsonl",
        "inputs.json",
        "package.tar",
        "patch.diff",
        "provenance.intoto.jsonl",
        "provenance.yaml",
    ];
    assert_eq!(left, evidence);
    let log = std::fs::read_to_string(folder.path().join("demo/audit.jsonl")).unwrap();
    let run = report["run_id"].as_str().unwrap();
    let of_run: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["record"].clone())
        .filter(|record| record["run_id"] == run)
        .collect();
    let types: Vec<&str> =
        of_run.iter().map(|record| record["event_type"].as_str().unwrap()).collect();
    let each = ["policy.evaluated", "artifact.deleted"];
    let both = [["run.opened"].as_slice(), &each, &each, &["run.closed"]].concat();
    assert_eq!(types, both);
    assert_eq!(of_run[2]["details"]["artifact"], applied[0]["id"]);
    assert_eq!(of_run[2]["decision_id"], applied[0]["decision_id"]);

    let again = retention(folder.path(), &apply);
    assert_eq!(crate::support::report(&again)["applied"], serde_json::json!([]));
    assert_eq!(std::fs::read_to_string(folder.path().join("demo/audit.jsonl")).unwrap(), log);
}

#[test]
fn audit_events_stay_even_when_their_days_are_over() {
    let folder = demonstrated();
    let log = folder.path().join("demo/audit.jsonl");
    let before = std::fs::read_to_string(&log).unwrap();
    backdate(folder.path(), 2_556);
    old_run(folder.path(), 2_556);
    let apply = ["apply", "--execute", "--format", "json"];
    let report = report(&retention(folder.path(), &apply));
    let applied = report["applied"].as_array().unwrap();
    let kept = applied.iter().filter(|of| of["class"] == "audit_event");
    let outcomes: Vec<&str> = kept.map(|of| of["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["kept", "kept"]);
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(log.contains(&before) && log.contains("run_old"));
    assert_eq!(artifacts(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn evidence_that_is_asked_to_be_deleted_early_is_refused_and_other_things_go() {
    let folder = demonstrated();
    let asked = ["--delete", "audit_event", "--delete", "audit_export", "--delete"];
    let apply = [["apply", "--execute"].as_slice(), &asked, &["verification_report"]].concat();
    let output = retention(folder.path(), &apply);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output);
    assert!(told.contains("refused"), "{told}");
    assert!(told.contains("kept for at least 2555 days [acme-retention@2026-07-04, 96"), "{told}");
    let left = artifacts(folder.path());
    assert!(left.len() == KEPT - 1 && left[0].ends_with("audit.jsonl"), "{left:?}");
    let output = retention(folder.path(), &["plan", "--delete", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("name or class `nothing`"), "{}", text(&output));
}

#[test]
fn a_legal_hold_keeps_what_is_due_and_is_named() {
    let folder = demonstrated();
    let hold =
        r#"[{"id": "lh_1", "kind": "legal_hold", "reason": "a claim", "set_by": "user:ana"}]"#;
    std::fs::write(folder.path().join("demo/controls/holds.json"), hold).unwrap();
    backdate(folder.path(), 91);
    let output = retention(folder.path(), &["apply", "--execute"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let told = text(&output);
    let expired = "legal hold `lh_1` by user:ana: a claim, though it is kept for at most 30 days";
    assert!(told.contains(expired), "{told}");
    assert_eq!(artifacts(folder.path()).len(), KEPT);
    // A file of holds that cannot be read is no empty one.
    std::fs::write(folder.path().join("demo/controls/holds.json"), "[{}]").unwrap();
    let output = retention(folder.path(), &["apply", "--execute"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(artifacts(folder.path()).len(), KEPT);
}

#[test]
fn controls_that_are_missing_are_no_empty_ones_and_nothing_is_deleted() {
    let folder = demonstrated();
    backdate(folder.path(), 91);
    let controls = folder.path().join("demo/controls");
    for name in ["holds.json", "kill-switches.json", "approvals.json", ""] {
        let path = controls.join(name);
        let away = folder.path().join("away");
        std::fs::rename(&path, &away).unwrap();
        let output = retention(folder.path(), &["apply", "--execute"]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(text(&output).contains("could not be read"), "{}", text(&output));
        assert!(!path.exists() && artifacts(folder.path()).len() == KEPT, "{name}");
        // A later run does not make it either, for then it would be empty.
        if !name.is_empty() {
            let script = folder.path().join("script.yaml");
            let output = demo(&folder.path().join("demo"), &["--script", script.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(1), "{name}");
            assert!(!path.exists(), "{name}");
        }
        std::fs::rename(&away, &path).unwrap();
    }
    assert_eq!(retention(folder.path(), &["apply", "--execute"]).status.code(), Some(0));
    assert!(artifacts(folder.path()).len() < KEPT);
}

#[test]
fn nothing_is_deleted_as_of_an_instant_that_has_not_come() {
    let folder = demonstrated();
    let later = in_days(9_999);
    let output = retention(folder.path(), &["apply", "--execute", "--now", &later]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("later than the clock"), "{}", text(&output));
    assert_eq!(artifacts(folder.path()).len(), KEPT);
}

#[test]
fn a_file_that_the_index_does_not_know_is_reported_and_stays() {
    let folder = demonstrated();
    let stray = artifacts(folder.path())[0].with_file_name("stray.log");
    std::fs::write(&stray, "?").unwrap();
    let output = retention(folder.path(), &["apply", "--execute"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("stray.log: its class `` is unknown"), "{}", text(&output));
    assert!(stray.exists());
}

#[test]
fn what_was_gone_before_anybody_could_say_so_is_told_once() {
    let folder = demonstrated();
    let report_file = artifacts(folder.path()).pop().unwrap();
    std::fs::remove_file(&report_file).unwrap();
    backdate(folder.path(), 31);
    let apply = ["apply", "--execute", "--format", "json"];
    let output = report(&retention(folder.path(), &apply));
    let applied = output["applied"].as_array().unwrap();
    let gone: Vec<&Value> = applied.iter().filter(|it| it["outcome"] == "gone").collect();
    assert_eq!(gone.len(), 1, "{applied:?}");
    let name = report_file.file_name().unwrap().to_str().unwrap();
    assert!(gone[0]["id"].as_str().unwrap().ends_with(name), "{applied:?}");
    assert_eq!(report(&retention(folder.path(), &apply))["applied"], serde_json::json!([]));
}

#[test]
fn policy_decides_on_each_deletion() {
    let folder = demonstrated();
    let switch = r#"[{"flag": "block_all_agent_runs", "scope": "global"}]"#;
    std::fs::write(folder.path().join("demo/controls/kill-switches.json"), switch).unwrap();
    backdate(folder.path(), 31);
    let apply = ["apply", "--execute", "--format", "json"];
    let output = retention(folder.path(), &apply);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(report(&output)["applied"][0]["outcome"], "not_permitted");
    assert_eq!(artifacts(folder.path()).len(), KEPT);
}

#[test]
fn a_folder_of_no_demonstration_is_refused_and_left_empty() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("demo")).unwrap();
    let output = retention(folder.path(), &["plan"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("journal.db"), "{}", text(&output));
    assert!(!folder.path().join("demo").read_dir().unwrap().any(|_| true));
}
