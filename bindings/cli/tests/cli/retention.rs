//! `retention plan`.

use crate::support::bailiwick;
use crate::support::feed;

const POLICIES: &str = "retention:\n  name: acme\n  version: 1\n  \
                        tool_output_raw: {store_days: 7, restricted: true}\n";
const ITEMS: &str = r#"[
  {"id": "build.log", "class": "raw_log", "created_at": "2026-07-01T00:00:00Z", "tenant": "t", "encrypted": true},
  {"id": "aud_1", "class": "audit_event", "created_at": "2026-07-01T00:00:00Z", "tenant": "t"}
]"#;
const NOW: [&str; 2] = ["--now", "2026-07-20T00:00:00Z"];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("policies")).unwrap();
    std::fs::write(folder.path().join("policies/retention.yaml"), POLICIES).unwrap();
    std::fs::write(folder.path().join("items.json"), ITEMS).unwrap();
    folder
}

const PLAN: [&str; 6] = ["retention", "plan", "--policies", "policies", "--items", "items.json"];

#[test]
fn a_plan_lists_what_is_due_and_what_is_kept_by_class() {
    let folder = folder();
    let ran = bailiwick(folder.path(), &[PLAN.as_slice(), &NOW].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let expected = "\
as of 2026-07-20T00:00:00Z: 1 due_now, 1 keep_floor
audit_event
  keep_floor              2033-06-29T00:00:00Z  aud_1: kept for at least 2555 days [built-in]
raw_log
  due_now                 2026-07-08T00:00:00Z  build.log: kept for at most 7 days [acme@1, \
retention.yaml:4:33]
no findings
";
    assert_eq!(ran.out, expected);
}

#[test]
fn a_hold_and_a_refusal_are_told_and_findings_have_their_exit_code() {
    let folder = folder();
    let items = "{\"id\": \"aud_1\", \"class\": \"audit_event\", \"created_at\": \
                 \"2026-07-01T00:00:00Z\", \"tenant\": \"t\", \"delete\": true}\n\
                 {\"id\": \"old.log\", \"class\": \"redacted_log\", \"created_at\": \
                 \"2025-07-01T00:00:00Z\", \"tenant\": \"t\", \"run_id\": \"run_1\"}\n";
    let holds = r#"{"holds": [{"id": "lh_1", "kind": "legal_hold", "reason": "a claim",
                   "set_by": "user:ana", "run_id": "run_1"}]}"#;
    std::fs::write(folder.path().join("holds.json"), holds).unwrap();
    let args =
        ["retention", "plan", "--policies", "policies", "--items", "-", "--holds", "holds.json"];
    let ran = feed(folder.path(), &[args.as_slice(), &NOW].concat(), items.as_bytes());
    // The hold is for a run, and which run the event belongs to is not said: it is held, too.
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("refused"), "{}", ran.out);
    assert!(
        ran.out.contains("old.log: legal hold `lh_1` by user:ana: a claim, though it is kept"),
        "{}",
        ran.out
    );
    let json = [args.as_slice(), &NOW, &["--format", "json"]].concat();
    let plan = feed(folder.path(), &json, items.as_bytes()).json();
    assert_eq!(plan.pointer("/findings"), Some(&1.into()));
    assert_eq!(plan.pointer("/entries/1/expired"), Some(&true.into()));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = folder();
    for (items, told) in [("[{]", "input_invalid"), ("[{\"klass\": 1}]", "unknown field")] {
        std::fs::write(folder.path().join("items.json"), items).unwrap();
        let ran = bailiwick(folder.path(), &[PLAN.as_slice(), &NOW].concat());
        assert_eq!(ran.code, Some(2), "{}", ran.out);
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    std::fs::write(folder.path().join("policies/retention.yaml"), "retention: {patch: {}}\n")
        .unwrap();
    let ran = bailiwick(folder.path(), &[PLAN.as_slice(), &NOW].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("policies/retention.yaml:1:20"), "{}", ran.err);
}
