//! `backtest` and `redecide`, on the recorded decisions of the conformance cases.

use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::support::bailiwick;
use crate::support::feed;

/// Returns the input of a conformance case.
fn input(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../policy-fixtures/conformance/backtest.json");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let case = cases.into_iter().find(|case| case.get("name") == Some(&json!(name))).unwrap();
    case.get("input").unwrap().clone()
}

/// Returns a folder with `old` and `new` policies and the recorded decisions in two files.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let same = input("decisions that come out again, redacted or not");
    let opened = input("a forbidden path that is removed");
    for (name, input) in [("old", &same), ("new", &opened)] {
        let text = input.pointer("/policies/p.yaml").and_then(Value::as_str).unwrap();
        std::fs::create_dir(dir.join(name)).unwrap();
        std::fs::write(dir.join(name).join("p.yaml"), text).unwrap();
    }
    let records = same.get("records").and_then(Value::as_str).unwrap();
    let (first, rest) = records.split_once('\n').unwrap();
    std::fs::create_dir_all(dir.join("records/day")).unwrap();
    std::fs::write(dir.join("records/a.jsonl"), format!("{first}\n")).unwrap();
    std::fs::write(dir.join("records/day/b.jsonl"), rest).unwrap();
    std::fs::write(dir.join("records/notes.txt"), "no record").unwrap();
    folder
}

#[test]
fn a_backtest_names_what_would_open_and_exits_with_1() {
    let folder = folder();
    let ran = bailiwick(folder.path(), &["backtest", "--policies", "new", "records"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("OPENS denied -> allowed: 2"), "{}", ran.out);
    let rule = "`p@1#forbidden_paths` no longer decides (p.yaml:6)";
    assert!(ran.out.contains(rule), "{}", ran.out);
    assert!(ran.out.contains("pdec_1 file.read infra/prod/main.tf"), "{}", ran.out);
    assert!(!ran.out.contains("pdec_2"), "{}", ran.out);
}

#[test]
fn what_fails_a_backtest_is_said_by_fail_on() {
    let folder = folder();
    let code = |args: &[&str]| bailiwick(folder.path(), &[&["backtest"], args].concat()).code;
    assert_eq!(code(&["--policies", "old", "records"]), Some(0));
    assert_eq!(code(&["--policies", "new", "--fail-on", "never", "records"]), Some(0));
    let tighter = ["--policies", "old", "--old", "new", "records"];
    assert_eq!(code(&tighter), Some(0));
    assert_eq!(code(&[&["--fail-on", "changed"], tighter.as_slice()].concat()), Some(1));
    let ran = feed(folder.path(), &["backtest", "--policies", "old", "-"], b"\nnonsense\n");
    assert_eq!(ran.code, Some(1), "nothing was decided");
    assert!(ran.out.contains("standard input:2 not a recorded decision"), "{}", ran.out);
}

#[test]
fn any_number_of_threads_gives_the_same_report() {
    let folder = folder();
    let report = |jobs: &str| {
        let args = ["backtest", "--policies", "new", "--format", "json", "--jobs", jobs, "records"];
        bailiwick(folder.path(), &args).out
    };
    assert_eq!(report("1"), report("3"));
    assert!(report("2").contains("\"opened\":2"));
}

#[test]
fn redecide_tells_what_does_not_come_out_again() {
    let folder = folder();
    let redecide = ["redecide", "--policies", "old"];
    let ran = bailiwick(folder.path(), &[redecide.as_slice(), &["records"]].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let named = "b.jsonl:3 pdec_4 not_reproducible: the policies read what is redacted \
                 (record.requested.attributes.password)";
    assert!(ran.out.contains(named), "{}", ran.out);
    assert!(ran.out.ends_with("0 differs, 1 not_reproducible, 0 other_policies, 5 same\n"));
    let one = bailiwick(folder.path(), &[redecide.as_slice(), &["records/a.jsonl"]].concat());
    assert_eq!((one.code, one.out.contains("1 same")), (Some(0), true), "{}", one.out);
    let path = folder.path().join("records/a.jsonl");
    let forged = std::fs::read_to_string(&path).unwrap();
    let forged = forged.replacen("\"decision\":\"denied\"", "\"decision\":\"allowed\"", 1);
    std::fs::write(&path, forged).unwrap();
    let ran = bailiwick(folder.path(), &[redecide.as_slice(), &["records"]].concat());
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("a.jsonl:1 pdec_1 differs"), "{}", ran.out);
    let member = "decision: recorded \"allowed\", decided again \"denied\"";
    assert!(ran.out.contains(member), "{}", ran.out);
    let other = bailiwick(folder.path(), &["redecide", "--policies", "new", "records"]);
    assert!(other.out.contains("6 other_policies"), "{}", other.out);
}
