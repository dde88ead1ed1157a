//! `decide` under the reference policy, asked as its users would ask.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::support::feed;
use crate::support::fixtures;

/// Returns the request of a line of the samples.
fn request(case: &Value) -> Value {
    let mut request = Map::new();
    let mut put = |key: &str, value: Value| request.insert(key.to_owned(), value);
    put("workspace", json!("/ws/repo"));
    put("cwd", case.get("cwd").cloned().unwrap_or_else(|| json!("/ws/repo")));
    for (key, named) in [("argv", "argv"), ("path", "path"), ("shell", "shell"), ("links", "fs")] {
        if let Some(value) = case.get(named) {
            put(key, value.clone());
        }
    }
    let tool = match case.get("tool").and_then(Value::as_str) {
        Some("read") => "file.read",
        Some("write") => "file.write",
        Some(tool) => tool,
        None => "shell.exec",
    };
    put("tool", json!(tool));
    let assumed = case.get("assumes").and_then(Value::as_str).unwrap_or_default();
    if assumed.contains("hardens git") {
        put("git_hardened", json!(true));
    }
    request.into()
}

#[test]
fn the_reference_policy_decides_every_sample_as_it_must() {
    let samples = std::fs::read_to_string(fixtures("facts/samples.jsonl")).unwrap();
    let cases: Vec<Value> =
        samples.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(cases.len() > 100, "{}", cases.len());
    let lines: Vec<String> = cases.iter().map(|case| request(case).to_string()).collect();
    let policies = fixtures("policies/reference");
    let args = ["decide", "--lines", "--policies", policies.to_str().unwrap()];
    let ran = feed(&policies, &args, format!("{}\n", lines.join("\n")).as_bytes());
    let decisions: Vec<String> = ran
        .lines()
        .into_iter()
        .map(|record| record["decision"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(decisions.len(), cases.len(), "{}", ran.err);
    let wrong = cases.iter().zip(&decisions).filter(|(case, decision)| {
        let right = match (case["must"].as_str(), case["deny_expected"].as_bool()) {
            (Some("allow"), _) => *decision == "allowed",
            (_, Some(true)) => *decision == "denied",
            (_, _) => matches!(decision.as_str(), "ask_approval" | "denied"),
        };
        !right
    });
    let wrong: Vec<String> = wrong.map(|(case, decision)| format!("{decision}: {case}")).collect();
    assert_eq!(wrong, Vec::<String>::new());
}
