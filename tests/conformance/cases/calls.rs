//! The other operations that decide, and what their inputs may leave out.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;
use super::decide::live;
use super::decide::under;
use super::state;
use super::with;

/// Returns the cases.
pub(crate) fn cases() -> Vec<Case> {
    let read = |path: &str| live(json!({"tool": "file.read", "path": path}));
    let ask = "  approval: {required_for: file.write, approvers: [{role: Approver, count: 1}]}\n";
    let write = live(json!({"tool": "file.write", "path": "src/a.rs"}));
    let batch = |requests: Value| {
        let mut input = under("  forbidden_paths: secrets/\n", "", Value::Null);
        if let Value::Object(input) = &mut input {
            input.remove("request");
            input.remove("decision_id");
            input.insert("requests".to_owned(), requests);
        }
        input
    };
    let without_id = |mut input: Value| {
        if let Value::Object(input) = &mut input {
            input.remove("decision_id");
        }
        input
    };
    vec![
        Case::new("an explanation", "explain", under(ask, "", write.clone())),
        Case::new(
            "an approval of another request does not count",
            "explain",
            with(
                under(ask, "", write.clone()),
                json!({"state": with(state(), json!({"approvals": [{
                    "approval_id": "apr_1", "approver": {"id": "user:bo", "roles": ["Approver"], "tenant": "ten_1"},
                    "effective_policy_hash": "sha256:0", "expires_at": "2026-07-05T10:00:00Z",
                    "granted_at": NOW, "request_hash": "sha256:0",
                }]}))}),
            ),
        ),
        Case::new(
            "a keyed request hash",
            "decide",
            with(under("", "", read("a")), json!({"hash_key": "0123456789abcdef"})),
        ),
        Case::new(
            "a key that is too short",
            "decide",
            with(under("", "", read("a")), json!({"hash_key": "short"})),
        ),
        Case::new("an id made from the content", "decide", without_id(under("", "", read("a")))),
        Case::new(
            "a request as text",
            "decide",
            with(
                under("", "", Value::Null),
                json!({"request_text": "tool: file.read\npath: a\ntenant: ten_1\n"}),
            ),
        ),
        Case::new(
            "two requests where one is asked for",
            "decide",
            with(
                under("", "", Value::Null),
                json!({"request_text": "tool: file.read\n---\ntool: file.read\n"}),
            ),
        ),
        Case::new(
            "a batch",
            "decide_batch",
            batch(json!([read("a"), read("secrets/key"), {"ptah": 1}])),
        ),
        Case::new("an empty batch", "decide_batch", batch(json!([]))),
        Case::new(
            "a batch under policies that cannot be read",
            "decide_batch",
            with(
                batch(json!([read("a")])),
                json!({"policies": {"a.yaml": "platform_policy: [\n"}}),
            ),
        ),
        Case::new(
            "an explanation under policies that cannot be read",
            "explain",
            with(
                under("", "", read("a")),
                json!({"policies": {"a.yaml": "platform_polciy: {}\n"}}),
            ),
        ),
        Case::new("the version", "version", json!({})),
        Case::new("the schema of a state", "schema", json!({"name": "state"})),
        Case::new("a schema that there is not", "schema", json!({"name": "stat"})),
    ]
}
