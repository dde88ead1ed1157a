//! What is redacted in one place of an answer stands in no other.

use serde_json::Value;
use serde_json::json;

use crate::call;

const POLICY: &str = "
platform_policy:
  version: 1
  allowed_actions: [file.read, shell.exec, model.call]
  forbidden_paths: [secrets/]
";

fn token() -> String {
    ["ghp_", "R7nVw2Xk9QbL4tYz", "P1sDf8GhJ3mC6aEo0UiB"].concat()
}

/// Puts `secret` into each text of `value` in turn, at its end, and hands over the result.
fn planted(value: &Value, secret: &str, check: &mut impl FnMut(&str, Value)) {
    fn walk(root: &Value, path: &str, secret: &str, check: &mut impl FnMut(&str, Value)) {
        match root.pointer(path).unwrap() {
            Value::String(text) => {
                let mut changed = root.clone();
                *changed.pointer_mut(path).unwrap() = format!("{text}{secret}").into();
                check(path, changed);
            }
            Value::Array(items) => {
                (0..items.len()).for_each(|at| walk(root, &format!("{path}/{at}"), secret, check));
            }
            Value::Object(entries) => {
                let keys = entries.keys();
                keys.for_each(|key| walk(root, &format!("{path}/{key}"), secret, check));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    walk(value, "", secret, check);
}

fn input(fields: &[(&str, Value)]) -> String {
    let mut input = json!({
        "policies": {"p.yaml": POLICY}, "what_if": true, "now": "2026-07-04T00:00:00Z",
    });
    for (name, value) in fields {
        input[name] = value.clone();
    }
    input.to_string()
}

fn request() -> Value {
    json!({
        "tool": "shell.exec",
        "argv": ["cp", "src/a", "/mnt/x/", "https://a.example/"],
        "artifact": {"id": "artifact://x/", "tenant": "t"},
        "attributes": {"note": "see ", "list": ["x "]},
        "branch": "agent/", "campaign_id": "c-", "cwd": "src/",
        "changed_files": [{"path": "src/"}], "diff": "a\n", "env": {"CI": "x "},
        "context_items": [{"source": "source_code", "path": "src/"}],
        "git_attributes": "* text ", "host": "h.", "judge": "passed ", "labels": ["l "],
        "links": {"docs": "symlink:../"}, "network_profile": "n ",
        "model": {"model": "m-", "provider": "p-", "region": "eu-"},
        "organization": "o-", "path": "secrets/", "paths": ["../"],
        "pr": {"base": "main", "head": "agent/", "title": "t "},
        "repo": "r-", "run_id": "run_", "subject": {"id": "agent-", "team": "t-", "tenant": "t-"},
        "task_class": "k-", "task_id": "t-", "team": "t-", "tenant": "t-", "tool_call_id": "call_",
        "url": "https://a.example/?q=", "workspace": "/srv/checkout/",
    })
}

#[test]
fn a_token_in_any_field_of_a_request_is_nowhere_in_the_answer() {
    let plain = call("decide", &input(&[("request", request())])).unwrap();
    assert!(!plain.contains("_unreadable") && !plain.contains("REDACTED"), "{plain}");
    let secret = token();
    let mut tried = 0;
    for operation in ["decide", "explain"] {
        planted(&request(), &secret, &mut |path, request| {
            let answer = call(operation, &input(&[("request", request)])).unwrap();
            let small = answer.to_lowercase();
            assert!(!small.contains(&secret.to_lowercase()), "{path}: {answer}");
            tried += 1;
        });
    }
    assert!(tried > 60, "{tried}");
}

#[test]
fn what_only_its_place_makes_a_secret_is_nowhere_in_the_answer() {
    let secret = "secrets/correct-horse";
    for request in [
        json!({"tool": "shell.exec", "argv": ["cat", "--password", secret]}),
        json!({"tool": "shell.exec", "shell": format!("cat --password={secret} < {secret}")}),
        json!({"tool": "shell.exec", "shell": "cat --password='correct'-horse > secrets/correct-horse"}),
        json!({"tool": "file.read", "path": secret, "attributes": {"password": secret}}),
    ] {
        for operation in ["decide", "explain"] {
            let answer = call(operation, &input(&[("request", request.clone())])).unwrap();
            let mut answer: Value = serde_json::from_str(&answer).unwrap();
            // What the redactor shows of the request itself is another matter.
            let record = answer.get_mut("record").map_or(Value::Null, Value::take);
            let mut shown = if record.is_null() { answer.clone() } else { record };
            shown["requested"] = Value::Null;
            let text = answer["text"].as_str().unwrap_or_default().to_owned() + &shown.to_string();
            assert!(text.contains("REDACTED") && !text.contains("orrect"), "{text}");
        }
    }
}

#[test]
fn a_token_in_any_field_is_nowhere_in_the_choice_of_a_model() {
    let secret = token();
    let candidates = json!([{"model": "large", "provider": "p", "region": "eu"}]);
    planted(&request(), &secret, &mut |path, request| {
        let fields = [("request", request), ("candidates", candidates.clone())];
        let answer = call("choose_model", &input(&fields)).unwrap_or_else(|error| error.to_json());
        assert!(!answer.contains(&secret), "{path}: {answer}");
    });
    planted(&candidates, &secret, &mut |path, candidates| {
        let fields = [("request", json!({"tenant": "t"})), ("candidates", candidates)];
        let answer = call("choose_model", &input(&fields)).unwrap();
        assert!(answer.contains("REDACTED") && !answer.contains(&secret), "{path}: {answer}");
    });
}

#[test]
fn of_a_retention_plan_only_the_id_by_which_a_host_deletes_holds_what_it_held() {
    let secret = token();
    let kept = json!({
        "holds": [{
            "id": "inc-", "kind": "incident", "reason": "see ", "set_by": "user:",
            "item": null, "run_id": null, "tenant": null,
        }],
        "items": [{
            "campaign_id": "c-", "class": "patch", "created_at": "2026-07-01T00:00:00Z",
            "id": "artifact://x/", "organization": "o-", "repo": "r-", "run_id": "run_",
            "task_id": "t-", "team": "t-", "tenant": "t-",
        }],
    });
    planted(&kept, &secret, &mut |path, kept| {
        if path.ends_with("kind") {
            return;
        }
        let input = json!({
            "policies": {"p.yaml": POLICY}, "now": "2026-07-04T00:00:00Z",
            "holds": kept["holds"], "items": kept["items"],
        });
        let answer = call("retention_plan", &input.to_string()).unwrap();
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        if path == "/items/0/id" {
            let id = answer["entries"][0]["id"].take();
            assert!(id.as_str().unwrap().ends_with(&secret));
        }
        assert!(!answer.to_string().contains(&secret), "{path}: {answer}");
    });
}
