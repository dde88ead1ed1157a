//! Rego documents cannot open, hang or exhaust.

#![cfg(feature = "rego")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::Decision;
use bailiwick::DecisionEffect;
use bailiwick::Pdp;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::compile;
use serde_json::Value;
use serde_json::json;

fn with_module(module: &str) -> Result<Pdp, String> {
    let indented: String = module.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "platform_policy:\n  version: 1\n  allowed_actions: [file.read, shell.exec]\n---\n\
         rego_policy:\n  name: r\n  version: 1\n  module: |\n    package bailiwick\n{indented}"
    );
    let compiled = compile(&[SourceFile::new("p.yaml", text)], CompileOptions::default())
        .map_err(|refused| format!("{:?}", refused.diagnostics))?;
    let mut pdp = Pdp::new(Arc::new(compiled.policies));
    pdp.what_if = true;
    Ok(pdp)
}

fn decide(pdp: &Pdp, request: Value) -> Decision {
    let now = "2026-07-04T00:00:00Z".parse().unwrap();
    let request = serde_json::from_value(request).unwrap();
    pdp.decide(&request, &State::fresh_empty(now))
}

fn read() -> Value {
    json!({"tool": "file.read", "path": "README.md"})
}

fn refused(body: &str, reason: &str) {
    let error = with_module(body).map(|_| ()).unwrap_err();
    assert!(error.contains(reason), "{body}: {error}");
}

#[test]
fn a_module_that_could_run_without_end_is_refused_when_it_is_loaded() {
    let deny = "deny contains \"x\" if { input.path; f(1) == 1 }";
    refused(&format!("f(x) := y if {{ y := f(x) }}\n{deny}"), "call each other");
    refused(&format!("f(x) := 1 if\n  not f(x)\n{deny}"), "call each other");
    refused("deny contains \"x\" if { input.path; 3 * 4 == 12 }", "`*`");
    let long = format!("deny contains \"x\" if {{ 1{} == 2 }}", "+1".repeat(300));
    refused(&long, "operators");
}

#[test]
fn a_module_whose_values_could_grow_without_bound_denies() {
    let doubling = |call: &str| -> String {
        let line = |n: u32| format!("  s{n} := {}\n", call.replace('S', &format!("s{}", n - 1)));
        (1..40).map(line).collect()
    };
    for (start, call) in [
        ("\"aaaaaaaa\"", "concat(\"\", [S, S])"),
        ("\"aaaaaaaa\"", "sprintf(\"%s%s\", [S, S])"),
        ("\"aaaaaaaa\"", "replace(S, \"a\", S)"),
        ("[1, 2, 3, 4]", "array.concat(S, S)"),
        ("\"\\\"\"", "json.marshal(S)"),
    ] {
        let body = doubling(call);
        let module = format!(
            "deny contains \"x\" if {{\n  input.path\n  s0 := {start}\n{body}  s39 == 1\n}}"
        );
        let decision = decide(&with_module(&module).unwrap(), read());
        assert_eq!(decision.decision, DecisionEffect::Denied, "{call}");
        assert_eq!(decision.reasons[0].code, "unreadable", "{call}");
    }
}

#[test]
fn the_bounded_functions_answer_as_rego_says() {
    let module = "deny contains sprintf(\"%s has %v, %d%%\", [concat(\"/\", split(s, \".\")), n, 3]) if {\n\
                    s := replace(input.path, \"R\", \"r\")\n  n := array.concat(numbers.range(2, 1), [\"a\"])\n}";
    let decision = decide(&with_module(module).unwrap(), read());
    assert_eq!(decision.reasons[0].message, "rEADME/md has [2, 1, \"a\"], 3%");
}

#[test]
fn a_module_that_never_speaks_or_hides_what_it_reads_is_refused() {
    refused("violation contains \"x\" if { input.path }", "is declared");
    refused("deny contains \"x\" if { input[\"pth\"] == \"x\" }", "not `input[");
}

#[test]
fn rego_sees_one_spelling_of_the_action() {
    let pdp = with_module("deny contains \"x\" if { input.tool == \"file.read\" }").unwrap();
    let aliased = json!({"tool": "tool.file.read", "path": "README.md"});
    assert_eq!(decide(&pdp, aliased).decision, DecisionEffect::Denied);
}

#[test]
fn a_module_sees_the_request_however_it_reaches_for_it() {
    let request = json!({"tool": "file.read", "path": "README.md", "branch": "b"});
    for body in [
        "input.branch == \"b\"",
        "input.facts.network == false; input.branch == \"b\"",
        "all := input; all.branch == \"b\"",
        "object.get(input, \"branch\", \"\") == \"b\"",
        "some value in input; value == \"b\"",
    ] {
        let pdp = with_module(&format!("deny contains \"x\" if {{ {body} }}")).unwrap();
        let decision = decide(&pdp, request.clone());
        assert_eq!(decision.decision, DecisionEffect::Denied, "{body}");
        let reasons = decision.reasons.iter().map(|reason| reason.code);
        assert!(reasons.into_iter().any(|code| code == "rego_deny"), "{body}");
    }
}

#[test]
fn rego_that_reads_facts_asks_where_they_are_known_only_at_run_time() {
    let pdp = with_module("deny contains \"x\" if { input.facts.network }").unwrap();
    let certain = json!({"tool": "shell.exec", "argv": ["ls"]});
    assert_eq!(decide(&pdp, certain).decision, DecisionEffect::Allowed);
    let doubtful = json!({"tool": "shell.exec", "argv": ["make", "deploy"]});
    assert_eq!(decide(&pdp, doubtful).decision, DecisionEffect::AskApproval);
}
