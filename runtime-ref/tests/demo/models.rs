//! Which model a run may call, and what the model may be shown: by the embedded policies with one
//! of them changed.

use std::path::Path;

use serde_json::Value;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::report;

/// Runs `script` under the embedded policies, in which `from` is replaced by `to` in `file`.
fn run(script: &str, file: &str, from: &str, to: &str) -> (Option<i32>, Value) {
    let folder = tempfile::tempdir().unwrap();
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    let embedded = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/policies");
    for entry in embedded.read_dir().unwrap() {
        let entry = entry.unwrap();
        let mut text = std::fs::read_to_string(entry.path()).unwrap();
        if entry.file_name() == file {
            assert!(text.contains(from), "{from} does not stand in {file}");
            text = text.replace(from, to);
        }
        std::fs::write(policies.join(entry.file_name()), text).unwrap();
    }
    let path = folder.path().join("script.yaml");
    std::fs::write(&path, script).unwrap();
    let (path, policies) = (path.to_str().unwrap(), policies.to_str().unwrap());
    let arguments = ["--format", "json", "--script", path, "--policies", policies];
    let output = demo(&folder.path().join("demo"), &arguments);
    (output.status.code(), report(&output))
}

#[test]
fn a_run_goes_on_while_its_model_is_allowed_and_stops_once_it_is_blocked() {
    let blocked = "experimental-unapproved-model";
    let (code, report) = run(SHORT, "97-models.yaml", blocked, blocked);
    assert_eq!((code, &report["failed"]), (Some(0), &Value::Null), "{report}");
    let (code, report) = run(SHORT, "97-models.yaml", blocked, "code-repair-*");
    assert_eq!(code, Some(1));
    let failed = report["failed"].as_str().unwrap();
    assert!(failed.contains("model `code-repair-small` is blocked"), "{failed}");
    assert!(failed.contains("models-for-config-migration@2026-07-04"), "{failed}");
    // The denial is evidence like any other.
    assert_eq!(report["decisions"]["denied"], 1);
    assert_eq!(report["chain"]["verdict"], "ok");
}

#[test]
fn a_model_that_has_been_shown_what_it_may_not_see_is_not_called_again() {
    let read =
        "calls: [{id: call_1, tool: file.read, input: {path: config/retry.conf}, expect: allowed}]";
    let script = SHORT.replace("calls: []", read);
    let (code, report) = run(&script, "96-data.yaml", "exports/", "exports/");
    assert_eq!((code, &report["failed"]), (Some(0), &Value::Null), "{report}");
    let (code, report) = run(&script, "96-data.yaml", "exports/", "config/");
    assert_eq!(code, Some(1));
    let failed = report["failed"].as_str().unwrap();
    assert!(failed.contains("path `config/retry.conf` matches `config/`"), "{failed}");
    assert!(failed.contains("class `regulated`"), "{failed}");
}

#[test]
fn what_a_command_or_a_test_reads_is_labelled_by_where_it_lies() {
    let calls = |call: &str| SHORT.replace("calls: []", &format!("calls: [{call}]"));
    let cat =
        "{id: call_1, tool: shell.exec, input: {argv: [cat, config/retry.conf]}, expect: allowed}";
    let verify = "{id: call_1, tool: verifier.run, input: {name: unit_tests}, expect: allowed}";
    for call in [cat, verify] {
        let (code, report) = run(&calls(call), "96-data.yaml", "exports/", "exports/");
        assert_eq!((code, &report["failed"]), (Some(0), &Value::Null), "{report}");
        let (code, report) = run(&calls(call), "96-data.yaml", "exports/", "config/");
        assert_eq!(code, Some(1));
        let failed = report["failed"].as_str().unwrap();
        assert!(failed.contains("path `config/retry.conf` matches `config/`"), "{failed}");
    }
}

#[test]
fn a_model_is_called_only_where_it_is_known_to_run_in_a_region_that_the_policies_name() {
    let here = "use_for: planning_and_repair";
    let there = "use_for: planning_and_repair\n      region: [eu-central]";
    let (code, report) = run(SHORT, "97-models.yaml", here, there);
    let failed = report["failed"].as_str().unwrap();
    assert!(code == Some(1) && failed.contains("is allowed with region `eu-central`"), "{failed}");
    let name = "name: code-repair-small";
    assert!(SHORT.contains(name));
    let known = SHORT.replace(name, "name: code-repair-small, region: eu-central");
    let (code, report) = run(&known, "97-models.yaml", here, there);
    assert_eq!((code, &report["failed"]), (Some(0), &Value::Null), "{report}");
}
