//! Recorded decisions that are decided again, and tried under other policies.

use std::sync::Arc;

use bailiwick::Cleaner;
use bailiwick::CompileOptions;
use bailiwick::DecisionRecord;
use bailiwick::Pdp;
use bailiwick::RecordedDecision;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::TraceViewer;
use bailiwick::json_tree;
use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;

const OLD: &str = "platform_policy:\n  name: p\n  version: 1\n  \
                   allowed_actions: [file.read, shell.exec]\n  \
                   forbidden_paths:\n    - infra/prod\n    - secrets/\n  \
                   rules:\n    - {id: pin, effect: ask_approval, action: file.read, \
                   when: attributes.password == open-sesame}\n";

/// Returns the line that is kept of what [`OLD`] decides on `request`.
fn line(id: &str, request: Value) -> String {
    let request: Request = serde_json::from_value(request).unwrap();
    let files = [SourceFile::new("p.yaml", OLD)];
    let policies = bailiwick::compile(&files, CompileOptions::default()).unwrap().policies;
    let mut pdp = Pdp::new(Arc::new(policies));
    pdp.what_if = true;
    let state = State::fresh_empty(NOW.parse().unwrap());
    let decision = pdp.decide(&request, &state);
    let tree = json_tree(&request).unwrap();
    let cleaner = Cleaner::<TraceViewer>::new(&tree, &Redactor::default());
    let id = Some(id.to_owned());
    let record = DecisionRecord::redacted(decision, &request, &cleaner, state.now, id);
    let record = json_tree(&record).unwrap();
    RecordedDecision::new(record, &request, Some(&state), &cleaner).unwrap().to_json().unwrap()
}

fn records() -> String {
    let read = |path: &str| json!({"tool": "file.read", "path": path});
    let password = json!({"tool": "file.read", "path": "README.md", "run_id": "run_1",
        "attributes": {"password": "open-sesame"}});
    let login = json!({"tool": "shell.exec", "argv": ["login", "--password", "correct-horse"]});
    let lines = [
        line("pdec_1", read("infra/prod/main.tf")),
        line("pdec_2", read("secrets/key")),
        line("pdec_3", read("README.md")),
        line("pdec_4", password),
        line("pdec_5", login),
        line("pdec_6", json!({"tool": "shell.exec", "shell": "cat infra/prod/*.tf"})),
    ];
    lines.join("\n")
}

fn case(name: &'static str, operation: &'static str, policies: &str, more: Value) -> Case {
    let mut input = json!({"policies": {"p.yaml": policies}, "records": records()});
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    Case::new(name, operation, input)
}

pub(crate) fn cases() -> Vec<Case> {
    let opened = OLD.replace("    - infra/prod\n", "").replace("version: 1", "version: 2");
    let closed = OLD.replace("[file.read, shell.exec]", "[shell.exec]");
    let forged = records().replacen("\"decision\":\"denied\"", "\"decision\":\"allowed\"", 1);
    let spoilt = format!("{{}}\n\n{}x", line("pdec_7", json!({"tool": "file.read", "path": "a"})));
    let none = json!({});
    vec![
        case("decisions that come out again, redacted or not", "redecide", OLD, none.clone()),
        case("a decision that was exchanged", "redecide", OLD, json!({"records": forged})),
        case("other policies than those that decided", "redecide", &opened, none.clone()),
        case("lines that are no recorded decisions", "redecide", OLD, json!({"records": spoilt})),
        case("a forbidden path that is removed", "backtest", &opened, none.clone()),
        case("an action that is not allowed any more", "backtest", &closed, none),
        case(
            "policies against other policies, and fewer examples",
            "backtest",
            OLD,
            json!({"old_policies": {"p.yaml": opened}, "examples": 1}),
        ),
        case("a backtest of what is no record", "backtest", OLD, json!({"records": "x\n"})),
    ]
}
