//! What is kept: documents against each other, decisions on artifacts, and plans.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;
use super::decide::live;
use super::decide::under;
use super::with;

const RULES: &str = "retention:\n  name: acme\n  version: 1\n  \
                     tool_output_raw: {store_days: 7, restricted: true}\n  \
                     audit_event: {store_days: 2555}\n---\n\
                     artifact_policy:\n  name: payments\n  version: 1\n  level: team\n  \
                     team: payments\n  raw_log: {retention_days: 3, encryption: required}\n  \
                     patch: {access: repo_member, at_least_days: 30}\n";

fn check(name: &'static str, text: &str) -> Case {
    let platform = "platform_policy: {name: p, version: 1, allowed_actions: [artifact.read]}\n";
    Case::new(name, "check", json!({"policies": {"p.yaml": platform, "r.yaml": text}}))
}

fn decide(name: &'static str, tool: &str, artifact: Value, role: &str) -> Case {
    let subject = json!({"id": "user:ana", "roles": [role], "team": "payments"});
    let request = json!({"tool": tool, "artifact": artifact, "subject": subject});
    Case::new(name, "decide", under("", RULES, live(request)))
}

fn plan(name: &'static str, items: Value, holds: Value) -> Case {
    let policies = json!({"r.yaml": RULES});
    let input = json!({"policies": policies, "items": items, "holds": holds, "now": NOW});
    Case::new(name, "retention_plan", input)
}

fn item(class: &str, created: &str, more: Value) -> Value {
    let item = json!({
        "class": class, "created_at": created, "id": format!("artifact://run_1/{class}"),
        "run_id": "run_1", "size": 1024, "team": "payments", "tenant": "ten_1",
    });
    with(item, more)
}

pub(crate) fn cases() -> Vec<Case> {
    let raw = json!({"class": "tool_output_raw", "tenant": "ten_1", "encrypted": true});
    let event = json!({
        "class": "audit_event", "tenant": "ten_1", "held": false,
        "created_at": "2026-01-01T00:00:00Z",
    });
    let old = "2026-01-01T00:00:00Z";
    let everything = json!([
        item("raw_log", old, json!({"encrypted": true})),
        item("raw_log", "2026-07-03T00:00:00Z", json!({})),
        item("patch", "2026-07-01T00:00:00Z", json!({"delete": true})),
        item("audit_event", old, json!({})),
        item("audit_event", old, json!({"delete": true, "id": "aud_1"})),
        item("raw_model_request", old, json!({"encrypted": true})),
        item("redacted_log", old, json!({"run_id": "run_2"})),
        item("rawlog", old, json!({})),
        json!({"class": "patch", "id": "a", "tenant": "ten_1"}),
        json!({"class": "patch", "id": "b", "created_at": old}),
        item("patch", old, json!({"team": " payments"})),
    ]);
    let holds = json!([
        {"id": "inc_7", "kind": "incident", "reason": "a leaked token", "run_id": "run_2",
         "set_by": "user:ana"},
        {"id": "lh_1", "kind": "legal_hold", "reason": "a claim", "run_id": "run_2",
         "set_by": "user:ben", "tenant": "ten_1"},
        {"id": "inc_1", "kind": "incident", "reason": "over", "released_at": old,
         "set_by": "user:ben"},
    ]);
    vec![
        check("documents of retention that agree", RULES),
        check(
            "a team that keeps raw logs longer than the platform",
            &RULES.replace("retention_days: 3", "retention_days: 8"),
        ),
        check(
            "a team that keeps evidence shorter than is built in",
            "retention: {version: 1, level: team, replay_package: {store_days: 30}}\n",
        ),
        check(
            "two documents of one level that contradict each other",
            "retention: {version: 1, tool_output_raw: {store_days: 7}}\n---\n\
             artifact_policy: {version: 1, raw_log: {retention_days: 30}}\n",
        ),
        check(
            "the most days below the fewest",
            "retention: {version: 1, audit_event: {store: false}}\n",
        ),
        check(
            "a rule of retention that contradicts itself",
            "retention: {version: 1, tool_output_raw: {store: false, store_days: 7}}\n",
        ),
        decide("a raw log that an operator reads", "artifact.read", raw.clone(), "Operator"),
        decide(
            "a raw log that a platform admin reads",
            "artifact.read",
            raw.clone(),
            "PlatformAdmin",
        ),
        decide(
            "a raw log that is not encrypted",
            "artifact.export",
            with(raw.clone(), json!({"encrypted": false})),
            "PlatformAdmin",
        ),
        decide(
            "an artifact of another tenant",
            "artifact.read",
            with(raw.clone(), json!({"tenant": "ten_2"})),
            "PlatformAdmin",
        ),
        decide("an artifact of no class", "artifact.read", json!({"tenant": "ten_1"}), "Auditor"),
        decide("an audit event that is deleted early", "artifact.delete", event, "PlatformAdmin"),
        decide(
            "a held log that is deleted",
            "artifact.delete",
            with(raw, json!({"held": true})),
            "PlatformAdmin",
        ),
        plan("what is due, held, refused and wrong", everything, holds),
        plan("nothing that is kept", json!([]), json!([])),
        plan("an item with a key that nobody knows", json!([{"klass": "patch"}]), json!([])),
        plan("a hold without a reason", json!([]), json!([{"id": "a", "kind": "incident"}])),
    ]
}
