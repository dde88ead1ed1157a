//! Chains: appended to, and verified whole, edited and cut.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;
use super::with;

fn event(more: Value) -> Value {
    let event = json!({
        "action": "shell.exec", "actor": "agent-worker-17", "actor_type": "worker",
        "audit_id": "aud_1", "created_at": NOW, "event_type": "run.opened",
        "details": {"exit": 0, "text": "caf\u{e9} \u{1f600}\n"}, "resource_id": "run_1",
        "resource_type": "run", "run_id": "run_1", "tenant_id": "ten_1",
    });
    with(event, more)
}

fn append(input: &Value) -> Value {
    let answer = bailiwick_wire::call("audit_append", &input.to_string()).unwrap();
    serde_json::from_str(&answer).unwrap()
}

pub(crate) fn cases() -> Vec<Case> {
    let opened = append(&json!({"event": event(json!({}))}));
    let next = json!({
        "event": event(json!({"audit_id": "aud_2", "event_type": "tool.called"})),
        "last_record": opened["record"],
    });
    let called = append(&next);
    let close = json!({
        "event": event(json!({"audit_id": "aud_3", "event_type": "run.closed", "details": {}})),
        "last_record": called["record"],
    });
    let closed = append(&close);
    let lines: Vec<&str> = [&opened, &called, &closed]
        .into_iter()
        .filter_map(|entry| entry["line"].as_str())
        .collect();
    let log = lines.concat();
    let open = [lines[0], lines[1]].concat();
    let verify =
        |name: &'static str, log: String| Case::new(name, "audit_verify", json!({"log": log}));
    let mut cases = exports(&log, lines[0]);
    cases.extend(vec![
        Case::new("the first event", "audit_append", json!({"event": event(json!({}))})),
        Case::new("the next event", "audit_append", next),
        Case::new("the last event", "audit_append", close.clone()),
        Case::new(
            "an event after the last",
            "audit_append",
            with(
                close,
                json!({
                    "last_record": closed["record"],
                }),
            ),
        ),
        Case::new(
            "an event before the first",
            "audit_append",
            json!({
                "event": event(json!({"event_type": "tool.called"})),
            }),
        ),
        Case::new(
            "an event of another tenant",
            "audit_append",
            json!({
                "event": event(json!({"event_type": "tool.called", "tenant_id": "ten_2"})),
                "last_record": opened["record"],
            }),
        ),
        Case::new(
            "an event with a fraction",
            "audit_append",
            json!({
                "event": event(json!({"details": {"x": 0.5}})),
            }),
        ),
        Case::new(
            "a last record that is none",
            "audit_append",
            json!({
                "event": event(json!({"event_type": "tool.called"})), "last_record": "{}",
            }),
        ),
        verify("a whole log", log.clone()),
        verify("an empty log", String::new()),
        verify("an edited log", log.replacen("agent-worker-17", "agent-worker-18", 2)),
        verify("a log without its second line", [lines[0], lines[2]].concat()),
        verify("a log in another order", [lines[0], lines[2], lines[1]].concat()),
        verify("a line twice", [lines[0], lines[1], lines[1], lines[2]].concat()),
        verify("a log without its end", open.clone()),
        verify("a log that breaks off", log.trim_end().to_owned()),
        verify("a line that is no entry", format!("{}hello\n", lines[0])),
        Case::new(
            "an open log where that is expected",
            "audit_verify",
            json!({
                "log": open, "allow_open": true, "count": 2,
                "head": called["entry_hash"], "run_id": "run_1", "tenant": "ten_1",
            }),
        ),
        Case::new(
            "a log that is shorter than was said",
            "audit_verify",
            json!({
                "log": open, "allow_open": true, "count": 3,
            }),
        ),
    ]);
    cases
}

/// What is made of a log for others.
fn exports(log: &str, open: &str) -> Vec<Case> {
    let edited = log.replacen("agent-worker-17", "agent-worker-18", 2);
    let export = |name: &'static str, format: &str| {
        Case::new(name, "audit_export", json!({"log": log, "format": format}))
    };
    let report = |name: &'static str, input| Case::new(name, "audit_report", input);
    vec![
        export("a log as cloud events", "cloudevents"),
        export("a log as json lines", "jsonl"),
        export("a log for ocsf", "ocsf"),
        export("a log for opentelemetry", "otel"),
        export("a log in a format that there is not", "csv"),
        Case::new(
            "an export of an edited log",
            "audit_export",
            json!({"log": edited, "format": "jsonl"}),
        ),
        Case::new(
            "an export of a run that is not there",
            "audit_export",
            json!({"log": log, "format": "jsonl", "run_id": "run_2"}),
        ),
        Case::new(
            "an export of an open run",
            "audit_export",
            json!({"log": open, "format": "jsonl", "allow_open": true, "tenant": "ten_1"}),
        ),
        Case::new("an export without a log", "audit_export", json!({"format": "jsonl"})),
        report("a report on a log", json!({"log": log})),
        report("a report on an edited log", json!({"log": edited})),
        report("a report on an open run", json!({"log": open, "allow_open": true, "count": 1})),
    ]
}
