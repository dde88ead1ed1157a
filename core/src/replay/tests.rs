//! What is told of a recorded decision that is made again.

use std::sync::Arc;

use serde_json::Value;
use serde_json::json;

use crate::compile::CompileOptions;
use crate::compile::PolicySet;
use crate::compile::compile;
use crate::decide::Pdp;
use crate::document::SourceFile;
use crate::model::Approval;
use crate::model::Request;
use crate::model::State;
use crate::model::json_tree;
use crate::record::DecisionRecord;
use crate::redact::Cleaner;
use crate::redact::Redactor;
use crate::redact::TraceViewer;
use crate::replay::Backtest;
use crate::replay::BacktestReport;
use crate::replay::RecordedDecision;
use crate::replay::RecordedError;
use crate::replay::RedecideVerdict;
use crate::replay::redecide;

fn policies(body: &str) -> Arc<PolicySet> {
    let text = format!("platform_policy:\n  version: 1\n{body}");
    let files = [SourceFile::new("p.yaml", text)];
    Arc::new(compile(&files, CompileOptions::default()).unwrap().policies)
}

fn fresh() -> State {
    State::fresh_empty("2026-07-04T00:00:00Z".parse().unwrap())
}

fn recorded(policies: &Arc<PolicySet>, request: &Value, state: &State) -> RecordedDecision {
    let request: Request = serde_json::from_value(request.clone()).unwrap();
    let mut pdp = Pdp::new(Arc::clone(policies));
    pdp.what_if = true;
    let decision = pdp.decide(&request, state);
    let tree = json_tree(&request).unwrap();
    let cleaner = Cleaner::<TraceViewer>::new(&tree, &Redactor::default());
    let record = DecisionRecord::redacted(decision, &request, &cleaner, state.now, None);
    let record = json_tree(&record).unwrap();
    RecordedDecision::new(record, &request, Some(state), &cleaner).unwrap()
}

const LOGIN: &str = "  allowed_actions: [shell.exec]\n";

fn login() -> Value {
    json!({"tool": "shell.exec", "argv": ["login", "--password", "correct-horse"]})
}

#[test]
fn the_first_member_that_differs_is_told_with_both_values() {
    let policies = policies("  allowed_actions: [file.read]\n");
    let request = json!({"tool": "file.read", "path": "a"});
    let mut recorded = recorded(&policies, &request, &fresh());
    recorded.record["obligations"] = json!([{"kind": "draft_only", "name": "x"}]);
    let found = redecide(&policies, &recorded);
    assert_eq!(found.verdict, RedecideVerdict::Differs);
    assert_eq!(found.member.as_deref(), Some("obligations"));
    assert_eq!(found.recorded, Some(json!([{"kind": "draft_only", "name": "x"}])));
    assert_eq!(found.redecided, Some(json!([])));
}

#[test]
fn a_request_that_was_exchanged_is_told_by_its_hash() {
    let policies = policies("  allowed_actions: [file.read]\n");
    let request = json!({"tool": "file.read", "path": "a"});
    let mut recorded = recorded(&policies, &request, &fresh());
    recorded.record["requested"]["branch"] = json!("main");
    let found = redecide(&policies, &recorded);
    assert_eq!(found.member.as_deref(), Some("request_hash"));
}

#[test]
fn other_policies_are_told_apart_from_another_decision() {
    let request = json!({"tool": "file.read", "path": "a"});
    let recorded = recorded(&policies("  allowed_actions: [file.read]\n"), &request, &fresh());
    let found = redecide(&policies("  allowed_actions: [file.write]\n"), &recorded);
    assert_eq!(found.verdict, RedecideVerdict::OtherPolicies);
    assert_eq!(found.member.as_deref(), Some("policy_set_hash"));
}

#[test]
fn rules_that_only_stand_elsewhere_are_the_same_and_moved() {
    let body = "  allowed_actions: [file.read]\n  forbidden_paths: [a]\n";
    let request = json!({"tool": "file.read", "path": "a"});
    let recorded = recorded(&policies(body), &request, &fresh());
    let found = redecide(&policies(&format!("\n\n{body}")), &recorded);
    assert_eq!((found.verdict, found.moved), (RedecideVerdict::Same, true));
}

#[test]
fn what_was_redacted_and_nobody_reads_is_decided_again() {
    let policies = policies(LOGIN);
    let recorded = recorded(&policies, &login(), &fresh());
    assert!(recorded.redacted.contains(&"record.requested.argv[2]".to_owned()));
    assert!(!recorded.to_json().unwrap().contains("correct-horse"));
    assert_eq!(redecide(&policies, &recorded).verdict, RedecideVerdict::Same);
}

#[test]
fn a_password_that_is_a_word_of_the_format_hides_nothing_else() {
    let policies = policies(LOGIN);
    for word in ["either", "paths", "record", "read", "dynamic", "login"] {
        let request = json!({"tool": "shell.exec", "argv": ["login", "--password", word, "$X"]});
        let recorded = recorded(&policies, &request, &fresh());
        let line = recorded.to_json().unwrap();
        let found = redecide(&policies, &RecordedDecision::from_json(&line).unwrap());
        let told = [RedecideVerdict::Same, RedecideVerdict::NotReproducible];
        assert!(told.contains(&found.verdict), "{word}: {found:?}\n{line}");
    }
}

#[test]
fn a_condition_that_reads_what_was_redacted_is_named_by_the_field() {
    let policies = policies(
        "  allowed_actions: [file.read]\n  rules:\n    - {id: r, effect: deny, \
         action: file.read, when: attributes.password == \"correct-horse\"}\n",
    );
    let request =
        json!({"tool": "file.read", "path": "a", "attributes": {"password": "correct-horse"}});
    let recorded = recorded(&policies, &request, &fresh());
    assert_eq!(recorded.record["decision"], "denied");
    let found = redecide(&policies, &recorded);
    assert_eq!(found.verdict, RedecideVerdict::NotReproducible);
    assert_eq!(found.fields, ["record.requested.attributes.password"]);
}

#[test]
fn a_decision_that_hides_behind_something_redacted_that_nobody_reads_is_found() {
    let policies = policies(LOGIN);
    let mut recorded = recorded(&policies, &login(), &fresh());
    recorded.record["decision"] = json!("denied");
    assert_eq!(redecide(&policies, &recorded).verdict, RedecideVerdict::Differs);
}

#[test]
fn what_was_not_decided_by_the_policies_is_not_reproducible() {
    let policies = policies(LOGIN);
    let mut recorded = recorded(&policies, &login(), &fresh());
    recorded.state = None;
    let found = redecide(&policies, &recorded);
    assert_eq!(found.verdict, RedecideVerdict::NotReproducible);
    assert_eq!(found.fields, ["state"]);
}

#[test]
fn a_line_with_a_member_that_stands_twice_is_refused() {
    let recorded = recorded(&policies(LOGIN), &login(), &fresh());
    let line = recorded.to_json().unwrap();
    assert_eq!(RecordedDecision::from_json(&line).unwrap(), recorded);
    let twice = line.replacen("\"live\":false", "\"live\":true,\"live\":false", 1);
    let error = RecordedDecision::from_json(&twice).unwrap_err();
    assert!(matches!(error, RecordedError::NotCanonical), "{error}");
    let error = RecordedDecision::from_json(&line.replace("\"v\":1}", "\"v\":2}")).unwrap_err();
    assert!(matches!(error, RecordedError::Version(2)), "{error}");
}

#[test]
fn a_backtest_names_the_rule_that_newly_decides_with_its_place() {
    let old = policies("  allowed_actions: [file.read]\n");
    let new = policies("  allowed_actions: [file.read]\n  forbidden_paths: [a]\n");
    let recorded = recorded(&old, &json!({"tool": "file.read", "path": "a"}), &fresh());
    let mut report = BacktestReport::new(3);
    Backtest { new, old: None }.add(&mut report, &recorded);
    let shown = serde_json::to_value(&report).unwrap();
    assert_eq!((&shown["opened"], &shown["tightened"]), (&json!(0), &json!(1)));
    let by = &shown["changed"][0]["by"][0];
    assert_eq!(by["rule"], "platform@1#forbidden_paths");
    assert_eq!((&by["newly"], &by["location"]["line"]), (&json!(true), &json!(4)));
}

#[test]
fn a_backtest_counts_what_it_cannot_decide_and_names_it() {
    let old = policies(LOGIN);
    let new = policies("  allowed_actions: [shell.exec]\n  forbidden_paths: [secrets/]\n");
    let mut report = BacktestReport::new(3);
    let test = Backtest { new, old: None };
    test.add(&mut report, &recorded(&old, &login(), &fresh()));
    report.skip("recorded_malformed", "x.jsonl:3", "not a recorded decision");
    assert_eq!(report.decided, 0);
    let skipped = report.skipped();
    let codes: Vec<&str> = skipped.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["recorded_malformed", "redacted"]);
    assert_eq!(skipped[1].examples[0].fields, ["facts.paths.value[0].path"]);
}

#[test]
fn approvals_that_counted_count_under_the_candidate() {
    let old = policies(
        "  allowed_actions: [file.read]\n  rules:\n    - {id: r, effect: ask_approval, \
         action: file.read}\n",
    );
    let request = json!({"tool": "file.read", "path": "a", "tenant": "t",
        "subject": {"id": "agent", "tenant": "t"}});
    let asked = recorded(&old, &request, &fresh());
    let hash = |name: &str| serde_json::from_value(asked.record[name].clone()).unwrap();
    let mut state = fresh();
    state.approvals.push(Approval {
        approval_id: "apr_1".to_owned(),
        approver: serde_json::from_value(json!({"id": "bo", "roles": ["Approver"], "tenant": "t"}))
            .unwrap(),
        effective_policy_hash: hash("effective_policy_hash"),
        expires_at: "2026-07-05T00:00:00Z".parse().unwrap(),
        granted_at: state.now,
        request_hash: hash("request_hash"),
    });
    let approved = recorded(&old, &request, &state);
    assert_eq!(approved.record["decision"], "allowed");
    let new = policies(
        "  allowed_actions: [file.read, file.write]\n  rules:\n    - {id: r, \
         effect: ask_approval, action: file.read}\n",
    );
    let mut report = BacktestReport::new(3);
    Backtest { new, old: None }.add(&mut report, &approved);
    assert_eq!((report.unchanged, report.groups().len()), (1, 0));
}
