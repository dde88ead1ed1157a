//! Redaction policies, markers, and changes that add secrets: each by a run that only that decides.

use std::path::Path;

use bailiwick::CompileOptions;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
use bailiwick::SourceFile;
use bailiwick::compile;
use serde_json::Value;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::files;
use crate::support::report;

/// A run of these calls under the embedded policies, changed.
struct Made {
    folder: tempfile::TempDir,
    report: Value,
}

impl Made {
    fn new(calls: &str, change: impl Fn(&str, String) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let policies = folder.path().join("policies");
        std::fs::create_dir(&policies).unwrap();
        let embedded = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/policies");
        for entry in embedded.read_dir().unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            std::fs::write(policies.join(&name), change(&name, text)).unwrap();
        }
        std::fs::write(folder.path().join("script.yaml"), SHORT.replace("calls: []", calls))
            .unwrap();
        let mut made = Self { folder, report: Value::Null };
        made.report = made.again();
        made
    }

    fn again(&self) -> Value {
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        let (script, policies) = (path("script.yaml"), path("policies"));
        let arguments = ["--format", "json", "--script", &script, "--policies", &policies];
        report(&demo(&self.folder.path().join("demo"), &arguments))
    }

    fn is_as_expected(&self) {
        assert_eq!(self.report["mismatches"], serde_json::json!([]));
        assert_eq!(self.report["failed"], Value::Null);
    }

    /// The files that were left, as one text.
    fn left(&self) -> String {
        let left = files(&self.folder.path().join("demo"), "remote.git");
        left.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
    }
}

fn as_it_is(_: &str, text: String) -> String {
    text
}

fn token(seed: &str) -> String {
    let body = seed.repeat(36);
    ["gh", "p_", &body[..36]].concat()
}

#[test]
fn lines_that_hold_secrets_leave_neither_in_pull_requests_nor_for_support() {
    let document = include_str!("../../demo/policies/98-redaction.yaml");
    let shown = |document: &str, sink| {
        let file = SourceFile::new("98-redaction.yaml", document);
        let policies = compile(&[file], CompileOptions::default()).unwrap().policies;
        let rules = policies.redaction(&Request::default());
        let raw = Raw::new(format!("use {} here\nnext", token("k3Jd9")));
        Redactor::builder().rules(rules).build().project_for(&raw, sink).into_text()
    };
    let without = document.split("  sinks:").next().unwrap();
    for sink in [Sink::PullRequestBody, Sink::SupportExport] {
        assert_eq!(shown(document, sink), "[REDACTED:github_token]\nnext");
        assert_eq!(shown(without, sink), "use [REDACTED:github_token] here\nnext");
    }
    assert_eq!(shown(document, Sink::LogViewer), "use [REDACTED:github_token] here\nnext");
}

#[test]
fn a_detector_of_a_policy_changes_what_a_run_leaves_behind() {
    let pass = ["acme-", "pass-", "0f1e2d3c4b5a6978"].concat();
    let calls = format!(
        "calls:
      - {{id: write, tool: file.write, input: {{path: docs/a.md, content: \"use {pass}\"}}, expect: allowed}}
      - {{id: read, tool: file.read, input: {{path: docs/a.md}}, expect: allowed}}
      - {{id: other, tool: file.read, input: {{path: docs/{pass}}}}}"
    );
    let with = Made::new(&calls, as_it_is);
    assert!(!with.left().contains(&pass));
    assert!(with.left().contains("acme_ticket_pass"));
    let without = Made::new(&calls, |name, text| match name {
        "98-redaction.yaml" => text.split("  detectors:").next().unwrap().to_owned(),
        _ => text,
    });
    assert!(without.left().contains(&pass));
    let version = |made: &Made| {
        let left = made.left();
        let at = left.find("redaction-2.").unwrap();
        left[at..at + 24].to_owned()
    };
    assert_ne!(version(&with), version(&without));
}

#[test]
fn a_policy_that_removes_lines_changes_what_a_model_is_told() {
    let told = |change: fn(&str, String) -> String, expect: &str| {
        let calls = format!(
            "calls:
      - {{id: write, tool: file.write, input: {{path: docs/a.md, content: \"see {}\\nnext\"}}, expect: allowed}}
      - {{id: read, tool: file.read, input: {{path: docs/a.md}}, expect: allowed, expect_text: '{expect}'}}",
            token("k3Jd9")
        );
        Made::new(&calls, change).is_as_expected();
    };
    told(as_it_is, "see [REDACTED:github_token");
    let removed = |name: &str, text: String| match name {
        "98-redaction.yaml" => format!("{text}    model_context:\n      default: remove_line\n"),
        _ => text,
    };
    told(removed, "[REDACTED:github_token");
    // The rest of the line is not there any more.
    let calls = format!(
        "calls:
      - {{id: write, tool: file.write, input: {{path: docs/a.md, content: \"see {}\\nnext\"}}, expect: allowed}}
      - {{id: read, tool: file.read, input: {{path: docs/a.md}}, expect_text: see}}",
        token("k3Jd9")
    );
    let mismatches = Made::new(&calls, removed).report["mismatches"].to_string();
    assert!(mismatches.contains("no `see` in"), "{mismatches}");
}

#[test]
fn equal_secrets_have_equal_markers_in_a_campaign_and_other_ones_elsewhere() {
    let (one, two) = (token("k3Jd9"), token("Zp7qW"));
    let calls = format!(
        "calls:
      - {{id: a, tool: file.read, input: {{path: docs/{one}}}}}
      - {{id: b, tool: file.read, input: {{path: src/{one}}}}}
      - {{id: c, tool: file.read, input: {{path: docs/{two}}}}}"
    );
    let ids = |made: &Made| {
        let log = std::fs::read_to_string(made.folder.path().join("demo/audit.jsonl")).unwrap();
        let marked = |text: &str| {
            let at = log.find(text).unwrap() + text.len();
            log[at..at + "#123456".len()].to_owned()
        };
        let [a, b] =
            ["docs", "src"].map(|place| marked(&format!("read {place}/[REDACTED:github_token")));
        let last = log.rfind("read docs/[REDACTED:github_token").unwrap();
        let c = log[last + "read docs/[REDACTED:github_token".len()..][..7].to_owned();
        (a, b, c)
    };
    let made = Made::new(&calls, as_it_is);
    let (a, b, c) = ids(&made);
    assert!(a.starts_with('#'), "{a}");
    assert_eq!(a, b);
    assert_ne!(a, c);
    // A later run of the campaign tells them by the same ids, another folder has its own key.
    made.again();
    assert_eq!(ids(&made), (a.clone(), b, c));
    assert_ne!(ids(&Made::new(&calls, as_it_is)).0, a);
}

#[test]
fn a_change_that_adds_a_secret_is_denied_by_a_rule_and_by_the_required_verifier() {
    let write = |content: &str| {
        format!(
            "calls:
      - {{id: write, tool: file.write, input: {{path: docs/a.md, content: \"{content}\"}}, expect: allowed}}
      - {{id: verify, tool: verifier.run, input: {{name: unit_tests}}, expect: allowed}}"
        )
    };
    let publish = |commit: &str, create: &str| {
        format!(
            "
      - {{id: commit, tool: git.commit, input: {{message: Add}}, expect: {commit}}}
      - {{id: push, tool: git.push{commit_push}}}
      - {{id: create, tool: pr.create, input: {{draft: true}}{create}}}",
            commit_push = if commit == "allowed" { ", expect: allowed" } else { "" },
        )
    };
    let clean = write("see the manual") + &publish("allowed", ", expect: allowed");
    Made::new(&clean, as_it_is).is_as_expected();

    let secret = token("k3Jd9");
    let found = write(&format!("see {secret}"));
    let made = Made::new(&(found.clone() + &publish("denied", "")), as_it_is);
    made.is_as_expected();
    let left = made.left();
    assert!(!left.contains(&secret));
    assert!(left.contains("deny_change_that_adds_a_secret"));
    assert!(left.contains(r#""secret_scan_delta":"failed""#));

    // Without the rule it is the verifier that a pull request requires.
    let without_rule = |name: &str, text: String| match name {
        "10-platform.yaml" => text.replace("secret_scan_delta != passed", "no_such == passed"),
        _ => text,
    };
    let denied = ", expect: denied, expect_text: required verifier `secret_scan_delta` failed";
    let calls = found + &publish("allowed", &denied.replace("required", "'required"));
    let calls = calls.replace("`secret_scan_delta` failed}", "`secret_scan_delta` failed'}");
    Made::new(&calls, without_rule).is_as_expected();
}

#[test]
fn what_held_secrets_is_labelled_and_a_policy_may_keep_it_from_models() {
    let read = |path: &str| {
        let calls = "calls: [{id: read, tool: file.read, input: {path: PATH}, expect: allowed}]";
        calls.replace("PATH", path)
    };
    let (secret, clean) = ("docs/runbook.md", "config/retry.conf");
    let made = Made::new(&read(secret), as_it_is);
    made.is_as_expected();
    let labelled = |path: &str| format!(r#""data_class":"generated_sensitive","path":"{path}""#);
    assert!(made.left().contains(&labelled(secret)));
    assert!(!Made::new(&read(clean), as_it_is).left().contains(&labelled(clean)));

    let blocked = |name: &str, text: String| match name {
        "96-data.yaml" => format!("{text}    generated_sensitive:\n      model_context: blocked\n"),
        _ => text,
    };
    Made::new(&read(clean), blocked).is_as_expected();
    let failed = Made::new(&read(secret), blocked).report["failed"].to_string();
    assert!(failed.contains("`generated_sensitive`"), "{failed}");
    assert!(failed.contains("which is blocked from a model's context"), "{failed}");
}
