//! Documents of retention against each other, and decisions on artifacts.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

use std::sync::Arc;

use bailiwick::ArtifactAccess;
use bailiwick::CompileOptions;
use bailiwick::Decision;
use bailiwick::Diagnostic;
use bailiwick::Pdp;
use bailiwick::PolicySet;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::compile;
use serde_json::Value;
use serde_json::json;

const PLATFORM: &str =
    "platform_policy: {name: p, version: 1, allowed_actions: ['artifact.*']}\n---\n";

fn files(text: &str) -> [SourceFile; 1] {
    [SourceFile::new("a.yaml", format!("{PLATFORM}{text}"))]
}

fn policies(text: &str) -> PolicySet {
    let compiled = compile(&files(text), CompileOptions { strict: true });
    compiled.unwrap_or_else(|refused| panic!("{text}\n{refused}")).policies
}

fn refusal(text: &str) -> Diagnostic {
    let refused = compile(&files(text), CompileOptions { strict: false }).unwrap_err();
    assert_eq!(refused.diagnostics.len(), 1, "{:?}", refused.diagnostics);
    refused.diagnostics[0].clone()
}

fn decide(text: &str, tool: &str, artifact: Value, subject: Value) -> Decision {
    let request = json!({
        "tool": tool, "artifact": artifact, "subject": subject, "tenant": "ten_1",
        "organization": "acme", "team": "payments", "repo": "payment-service",
    });
    let request: Request = serde_json::from_value(request).unwrap();
    let state = State::fresh_empty("2026-07-20T00:00:00Z".parse().unwrap());
    Pdp::new(Arc::new(policies(text))).decide(&request, &state)
}

fn subject(role: &str, team: &str) -> Value {
    json!({"id": "user:ana", "roles": [role], "team": team, "tenant": "ten_1"})
}

fn codes(decision: &Decision) -> Vec<&'static str> {
    decision.reasons.iter().map(|reason| reason.code).collect()
}

/// What is denied, of a class whose access is `word`, to a holder of `role` in `team`.
fn access(word: &str, role: &str, team: &str) -> Vec<&'static str> {
    let text = format!("artifact_policy: {{version: 1, patch: {{access: {word}}}}}\n");
    let patch = json!({"class": "patch", "tenant": "ten_1"});
    codes(&decide(&text, "artifact.read", patch, subject(role, team)))
}

const DENIED: [&str; 1] = ["artifact_access"];
const OPEN: [&str; 0] = [];

#[test]
fn a_lower_level_that_loosens_does_not_load_and_both_places_are_named() {
    let team = "artifact_policy:\n  version: 1\n  name: pay\n  level: team\n";
    for (platform, lower, what) in [
        ("raw_log: {retention_days: 5}", "raw_log: {retention_days: 6}", "6 days over at most 5"),
        (
            "replay_package: {retention_days: 9}",
            "replay_package: {retention_days: 8}",
            "8 days under at least 9",
        ),
        (
            "raw_log: {access: auditor}",
            "raw_log: {access: auditor_or_platform_admin}",
            "access `auditor_or_platform_admin` over `auditor`",
        ),
        (
            "raw_log: {encryption: required}",
            "raw_log: {encryption: optional}",
            "encryption `optional` over `required`",
        ),
    ] {
        let text = format!(
            "artifact_policy:\n  version: 1\n  name: top\n  {platform}\n---\n{team}  {lower}\n"
        );
        let found = refusal(&text);
        assert_eq!(found.code, "retention_widens");
        assert!(found.message.ends_with(&format!("set by `top@1`: {what}")), "{}", found.message);
        assert_eq!((found.location.line, found.related[0].location.line), (12, 6), "{text}");
        // The other way round it only tightens.
        let text = format!(
            "artifact_policy:\n  version: 1\n  name: top\n  {lower}\n---\n{team}  {platform}\n"
        );
        policies(&text);
    }
}

#[test]
fn of_two_words_that_each_admit_somebody_else_neither_stands_below_the_other() {
    for (one, other) in [("auditor", "restricted"), ("restricted", "auditor")] {
        let text = format!(
            "artifact_policy: {{version: 1, name: a, patch: {{access: {one}}}}}\n---\n\
             artifact_policy: {{version: 1, name: b, level: team, patch: {{access: {other}}}}}\n"
        );
        assert_eq!(refusal(&text).code, "retention_widens");
    }
}

#[test]
fn a_lower_level_does_not_loosen_what_is_built_in_unless_the_platform_does() {
    for (class, days, what) in [
        ("tool_output_raw", 8, "8 days over at most 7"),
        ("audit_event", 2_554, "2554 days under at least 2555"),
        ("raw_model_request", 1, "1 days over at most 0"),
    ] {
        let team = format!(
            "retention: {{version: 1, name: t, level: team, {class}: {{store_days: {days}}}}}\n"
        );
        let found = refusal(&team);
        assert_eq!((found.code, found.related.as_slice()), ("retention_widens", [].as_slice()));
        let expected = format!("set by the built-in default: {what}");
        assert!(found.message.ends_with(&expected), "{}", found.message);
        policies(&team.replace("level: team", "level: platform"));
        let platform =
            format!("retention: {{version: 1, name: p, {class}: {{store_days: {days}}}}}\n---\n");
        policies(&format!("{platform}{team}"));
    }
}

#[test]
fn the_two_documents_of_one_level_agree() {
    for (one, other, what) in [
        (
            "tool_output_raw: {store_days: 7}",
            "raw_log: {retention_days: 8}",
            "days against at most",
        ),
        (
            "replay_package: {store_days: 90}",
            "replay_package: {retention_days: 30}",
            "days against at least",
        ),
        (
            "tool_output_raw: {store_days: 7, restricted: true}",
            "raw_log: {access: auditor}",
            "` against access `",
        ),
    ] {
        let text = format!(
            "retention: {{version: 1, {one}}}\n---\nartifact_policy: {{version: 1, {other}}}\n"
        );
        let found = refusal(&text);
        assert_eq!((found.code, found.related.len()), ("retention_conflict", 1), "{text}");
        assert!(found.message.contains(what), "{}", found.message);
    }
    // For one team they may differ: there the lower of both holds.
    policies(
        "retention: {version: 1, tool_output_raw: {store_days: 7}}\n---\n\
         artifact_policy: {version: 1, level: team, team: a, raw_log: {retention_days: 3}}\n",
    );
}

#[test]
fn nothing_must_go_before_it_may() {
    let both = "retention: {version: 1, patch: {at_least_days: 9}}\n---\n\
                artifact_policy: {version: 1, level: team, patch: {retention_days: 8}}\n";
    let text =
        format!("retention: {{version: 1, name: x, patch: {{store_days: 365}}}}\n---\n{both}");
    let found = refusal(&text);
    assert_eq!(found.code, "retention_conflict");
    assert_eq!(found.message, "retention of `patch`: at most 8 days against at least 9");
    let found = refusal("retention: {version: 1, audit_event: {store: false}}\n");
    assert_eq!(found.message, "retention of `audit_event`: at most 0 days against at least 2555");
    let found = refusal("retention: {version: 1, raw_log: {at_least_days: 8}}\n");
    assert_eq!(found.message, "retention of `raw_log`: at most 7 days against at least 8");
}

#[test]
fn documents_of_scopes_apart_are_not_compared() {
    policies(
        "retention: {version: 1, name: a, tenant: a, raw_log: {store_days: 3}}\n---\n\
         retention: {version: 1, name: b, level: team, tenant: b, raw_log: {store_days: 5}}\n",
    );
}

#[test]
fn the_order_of_documents_does_not_change_the_hash() {
    let one = "retention: {version: 1, raw_log: {store_days: 3}, patch: {store_days: 9}}\n";
    let two = "artifact_policy: {version: 1, patch: {access: auditor}}\n";
    let hash = |text: &str| policies(text).digest().as_str().to_owned();
    let expected = hash(&format!("{one}---\n{two}"));
    assert_eq!(hash(&format!("{two}---\n{one}---\n{two}")), expected);
    let swapped = "retention: {version: 1, patch_artifact: {store_days: 9}, tool_output_raw: {store_days: 3}}\n";
    assert_eq!(hash(&format!("{swapped}---\n{two}")), expected);
    assert_ne!(hash(&format!("{one}---\n{}", two.replace("auditor", "nobody"))), expected);
}

#[test]
fn each_word_admits_its_roles() {
    for (word, role, team, expected) in [
        ("nobody", "PlatformAdmin", "payments", DENIED.as_slice()),
        ("restricted", "PlatformAdmin", "core", &OPEN),
        ("auditor_or_platform_admin", "Auditor", "core", &OPEN),
        ("auditor_or_platform_admin", "Operator", "payments", &DENIED),
        ("repo_member", "Viewer", "payments", &OPEN),
        ("repo_member", "Operator", "billing", &DENIED),
        ("repo_member", "Auditor", "billing", &OPEN),
    ] {
        assert_eq!(access(word, role, team), expected, "{word} {role} {team}");
    }
    assert_eq!(ArtifactAccess::ALL.len(), 6);
}

#[test]
fn a_subject_without_a_role_sees_nothing() {
    let log = json!({"class": "redacted_log", "tenant": "ten_1"});
    let nobody = json!({"id": "user:eve", "team": "payments"});
    assert_eq!(codes(&decide("", "artifact.read", log, nobody)), DENIED);
}

#[test]
fn every_level_must_admit_the_subject_and_each_is_named() {
    let text = "artifact_policy: {version: 1, name: a, patch: {access: run_viewer}}\n---\n\
                artifact_policy: {version: 1, name: b, level: organization, patch: {access: repo_member}}\n---\n\
                artifact_policy: {version: 1, name: c, level: team, patch: {access: auditor}}\n";
    let patch = json!({"class": "patch", "tenant": "ten_1"});
    let decision = decide(text, "artifact.export", patch, subject("Operator", "billing"));
    assert_eq!(codes(&decision), DENIED.repeat(2));
    let named: Vec<&str> = decision.matched_rules.iter().map(|rule| rule.policy.as_str()).collect();
    assert_eq!(named, ["b@1", "c@1"]);
    assert_eq!(decision.matched_rules[1].location.path, "artifact_policy.patch.access");
    assert_eq!(decision.remedy.text, "cannot be approved: denied by `patch` of b@1");
}

#[test]
fn what_is_built_in_guards_artifacts_of_which_no_document_speaks() {
    let raw = json!({"class": "tool_output_raw", "tenant": "ten_1", "encrypted": true});
    let decision = decide("", "artifact.read", raw.clone(), subject("Operator", "payments"));
    assert_eq!(codes(&decision), DENIED);
    assert_eq!(
        decision.reasons[0].message,
        "access to `raw_log` is `restricted`: for PlatformAdmin (built-in default)"
    );
    assert!(decide("", "artifact.read", raw, subject("PlatformAdmin", "core")).is_allowed());
}

#[test]
fn an_artifact_that_must_be_encrypted_is_read_only_where_it_says_that_it_is() {
    let admin = subject("PlatformAdmin", "core");
    let read = |encrypted: Value| {
        let artifact = json!({"class": "raw_log", "tenant": "ten_1", "encrypted": encrypted});
        decide("", "artifact.read", artifact, admin.clone())
    };
    assert_eq!(codes(&read(json!(false))), ["artifact_unencrypted"]);
    let unsaid = read(Value::Null);
    assert_eq!(codes(&unsaid), ["attribute_missing"]);
    assert_eq!(unsaid.remedy.text, "allowed once the request states `artifact.encrypted`");
}

#[test]
fn an_artifact_of_another_tenant_or_of_nobody_is_not_read() {
    let read = |tenant: Value| {
        let artifact = json!({"class": "patch", "tenant": tenant});
        codes(&decide("", "artifact.read", artifact, subject("PlatformAdmin", "core")))
    };
    assert_eq!(read(json!("ten_2")), ["tenant_boundary"]);
    assert_eq!(read(Value::Null), ["attribute_missing"]);
    assert_eq!(read(json!(" ")), ["attribute_missing", "tenant_boundary"]);
}

#[test]
fn evidence_is_not_deleted_before_its_fewest_days_are_over() {
    let text = "retention: {version: 1, name: law, audit_event: {store_days: 3000}}\n";
    let delete = |created: Value, held: Value| {
        let artifact = json!({
            "class": "audit_event", "tenant": "ten_1", "created_at": created, "held": held,
        });
        decide(text, "artifact.delete", artifact, subject("PlatformAdmin", "core"))
    };
    let early = delete(json!("2020-01-01T00:00:00Z"), json!(false));
    assert_eq!(codes(&early), ["retention_floor"]);
    let message = "`audit_event` is kept for at least 3000 days, until 2028-03-19T00:00:00Z";
    assert_eq!(early.reasons[0].message, message);
    assert_eq!(early.matched_rules[0].location.path, "retention.audit_event.store_days");
    assert!(delete(json!("2010-01-01T00:00:00Z"), json!(false)).is_allowed());
    assert_eq!(codes(&delete(Value::Null, json!(false))), ["attribute_missing"]);
    let old = json!("2010-01-01T00:00:00Z");
    assert_eq!(codes(&delete(old.clone(), json!(true))), ["artifact_held"]);
    assert_eq!(codes(&delete(old, Value::Null)), ["attribute_missing"]);
}

#[test]
fn documents_of_retention_do_not_touch_the_hash_of_other_actions() {
    let hash = |text: &str, tool: &str| {
        let patch = json!({"class": "patch", "tenant": "ten_1"});
        decide(text, tool, patch, subject("Operator", "payments")).effective_policy_hash
    };
    let text = "retention: {version: 1, raw_log: {store_days: 3}}\n";
    assert_ne!(hash("", "artifact.read"), hash(text, "artifact.read"));
    assert_eq!(hash("", "file.read"), hash(text, "file.read"));
}
