//! The worked hierarchy, by plain call and by handle.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;
use super::state;
use super::with;

fn policies() -> Value {
    let files = bailiwick_tests::policy_files("payments").unwrap();
    let entries = files.into_iter().map(|file| (file.path, Value::from(file.text)));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn request(request: Value) -> Value {
    let scope = json!({
        "campaign_id": "retry-policy-v2", "organization": "acme", "repo": "payment-service",
        "risk_tier": "low", "run_id": "run_1", "subject": {
            "id": "agent-worker-17", "kind": "worker", "roles": ["Operator"], "tenant": "ten_platform",
        },
        "task_class": "config_migration", "task_id": "migrate-retry-policy",
        "team": "payments-platform", "tenant": "ten_platform", "tool_call_id": "call_1",
    });
    with(scope, request)
}

fn decide(name: &'static str, asked: Value) -> Case {
    let input = json!({"policies": policies(), "request": request(asked), "state": state()});
    Case::new(name, "decide", input)
}

pub(crate) fn cases() -> Vec<Case> {
    let config = json!([{"path": "config/retry-policy.yaml", "added": 4, "removed": 2}]);
    let passed = json!({
        "maven_compile": "passed", "secret_scan_delta": "passed", "semgrep_delta": "passed",
        "unit_tests": "passed",
    });
    let suite = std::fs::read_to_string(
        bailiwick_tests::workspace()
            .join("policy-fixtures/policies/payments/cases/section_42.cases.yaml"),
    )
    .unwrap();
    vec![
        Case::new("payments: check", "check", json!({"policies": policies(), "strict": true})),
        Case::new(
            "payments: effective",
            "effective",
            json!({
                "policies": policies(), "organization": "acme", "repo": "payment-service",
                "team": "payments-platform", "campaign_id": "retry-policy-v2", "action": "pr.create",
            }),
        ),
        Case::new(
            "payments: section 42",
            "test",
            json!({
                "policies": policies(), "cases": {"section_42.cases.yaml": suite},
            }),
        ),
        decide("payments: a command", json!({"tool": "shell.exec", "argv": ["mvn", "test"]})),
        decide(
            "payments: curl without a profile",
            json!({
                "tool": "shell.exec", "argv": ["curl", "https://packages.example.org"],
            }),
        ),
        decide("payments: a workflow", json!({"changed_files": [".github/workflows/build.yml"]})),
        decide(
            "payments: a draft",
            json!({
                "tool": "pr.create", "change_class": "config_non_destructive", "changed_files": config,
                "pr": {"draft": true}, "verifiers": passed,
            }),
        ),
        Case::new(
            "payments: section 42 as a question",
            "explain",
            json!({
                "policies": policies(), "now": NOW, "what_if": true,
                "request": {
                    "tool": "shell.exec", "argv": ["curl", "https://packages.example.org"],
                    "network_profile": "default-deny",
                },
            }),
        ),
    ]
}
