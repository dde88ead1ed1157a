//! What is left out, doubtful, oddly spelled or said further down never opens.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests may panic"
)]

use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::Decision;
use bailiwick::DecisionEffect::Allowed;
use bailiwick::DecisionEffect::AskApproval;
use bailiwick::DecisionEffect::Denied;
use bailiwick::Pdp;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::compile;
use serde_json::Value;
use serde_json::json;

const PLATFORM: &str = "platform_policy:\n  version: 1\n  allowed_actions: ['*']\n";

/// A decision point over the platform document and `more`, for live requests.
fn pdp(more: &str) -> Pdp {
    let file = SourceFile::new("p.yaml", format!("{PLATFORM}{more}"));
    match compile(&[file], CompileOptions::default()) {
        Ok(compiled) => Pdp::new(Arc::new(compiled.policies)),
        Err(refused) => panic!("{:?}", refused.diagnostics),
    }
}

fn loads(more: &str) -> bool {
    let file = SourceFile::new("p.yaml", format!("{PLATFORM}{more}"));
    compile(&[file], CompileOptions::default()).is_ok()
}

fn live(mut request: Value) -> Value {
    let scope = json!({
        "tenant": "acme", "organization": "acme", "team": "pay", "repo": "acme/pay",
        "subject": {"id": "agent-1", "team": "agents", "tenant": "acme"},
    });
    for (key, value) in scope.as_object().unwrap() {
        let fields = request.as_object_mut().unwrap();
        fields.entry(key.clone()).or_insert(value.clone());
    }
    request.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    request
}

fn state() -> Value {
    json!({"now": "2026-07-04T12:00:00Z", "as_of": "2026-07-04T12:00:00Z", "version": "1",
           "usage_complete": true})
}

fn decide_by(pdp: &Pdp, request: Value, state: Value) -> Decision {
    let state: State = serde_json::from_value(state).unwrap();
    pdp.decide(&serde_json::from_value(live(request)).unwrap(), &state)
}

fn decide(pdp: &Pdp, request: Value) -> Decision {
    decide_by(pdp, request, state())
}

fn code(decision: &Decision) -> &'static str {
    decision.reasons.first().map_or("", |reason| reason.code)
}

fn rule(effect: &str, action: &str, when: &str) -> String {
    format!("  rules:\n    - {{id: r, effect: {effect}, action: [{action}], when: '{when}'}}\n")
}

fn read() -> Value {
    json!({"tool": "file.read", "path": "README.md"})
}

#[test]
fn two_scopes_that_read_alike_when_joined_are_two_documents() {
    let policy = |team: &str| {
        format!("---\nteam_policy:\n  name: t\n  team: {team}\n  forbidden_paths: [README.md]\n")
    };
    let both = pdp(&(policy("\"a\\npay\"") + &policy("[a, pay]")));
    assert_eq!(both.policies.len(), 3);
    assert_eq!(decide(&both, read()).decision, Denied);
}

#[test]
fn a_lower_level_does_not_make_an_older_state_do() {
    let more =
        "---\nteam_policy:\n  version: 1\n  team: pay\n  limits: {state_max_age_seconds: 9000}\n";
    let mut old = state();
    old["as_of"] = json!("2026-07-04T11:00:00Z");
    assert_eq!(code(&decide_by(&pdp(more), read(), old)), "state_stale");
}

#[test]
fn a_blank_or_padded_scope_name_is_none() {
    for (key, name) in [
        ("tenant", ""),
        ("repo", " "),
        ("team", "pay "),
        ("organization", "\tacme"),
        ("campaign_id", ""),
        ("task_id", " t-1"),
    ] {
        let mut request = read();
        request[key] = json!(name);
        assert_eq!(decide(&pdp(""), request).decision, Denied, "{key} {name:?}");
    }
}

#[test]
fn a_change_that_lists_no_files_is_not_known_by_a_path_beside_it() {
    let request = json!({"tool": "git.push", "changed_files": [], "path": "README.md"});
    assert_eq!(decide(&pdp(""), request).decision, Denied);
}

#[test]
fn leaving_out_the_branch_or_the_draft_passes_no_rule_about_it() {
    let push = json!({"tool": "git.push", "changed_files": ["a"]});
    let rules =
        "  rules:\n    - {id: r, effect: deny, action: [git.push], match: {branches: [main]}}\n";
    assert_eq!(decide(&pdp(rules), push.clone()).decision, Denied);
    assert_eq!(decide(&pdp(&rule("deny", "git.push", "branch == main")), push).decision, Denied);
    let create = json!({"tool": "pr.create", "changed_files": ["a"], "risk_tier": "low"});
    let ready = pdp(&rule("deny", "pr.create", "pr.draft == false"));
    assert_eq!(decide(&ready, create).decision, Denied);
}

#[test]
fn a_grant_holds_for_an_action_that_it_names_and_cannot_match() {
    let rules = "  rules:\n    - {id: r, effect: allow, action: [shell.exec, file.write], match: {programs: [ls]}}\n";
    let request = json!({"tool": "file.write", "path": "a"});
    assert_eq!(code(&decide(&pdp(rules), request)), "not_granted");
}

#[test]
fn access_in_one_scope_is_not_given_by_leaving_the_scope_out() {
    let more = "---\naccess_rule:\n  name: a\n  version: 1\n  action: campaign.create\n  \
                allow_if: ['subject.role in [PlatformAdmin]']\n---\naccess_rule:\n  name: b\n  \
                version: 1\n  repo: sandbox\n  action: campaign.create\n  \
                allow_if: ['subject.role in [Viewer]']\n";
    let mut request = json!({"tool": "campaign.create", "target_count": 1, "repo": null,
        "subject": {"id": "u", "roles": ["Viewer"], "tenant": "acme"}});
    assert_eq!(code(&decide(&pdp(more), request.clone())), "access_denied");
    request["repo"] = json!("sandbox");
    assert_eq!(decide(&pdp(more), request).decision, Allowed);
}

fn approved(pdp: &Pdp, request: &Value, approver: Value) -> Decision {
    let asked = decide(pdp, request.clone());
    assert_eq!(asked.decision, AskApproval);
    let mut state = state();
    state["approvals"] = json!([{
        "approval_id": "apr_1", "approver": approver, "request_hash": asked.request_hash,
        "effective_policy_hash": asked.effective_policy_hash,
        "granted_at": "2026-07-04T11:00:00Z", "expires_at": "2026-07-04T13:00:00Z",
    }]);
    decide_by(pdp, request.clone(), state)
}

#[test]
fn only_another_person_with_the_role_approves() {
    let pdp = pdp("  approval: {required_for: [file.read], separation_of_duty: true}\n");
    let person = json!({"id": "ana", "kind": "human", "roles": ["Approver"], "team": "x",
                        "tenant": "acme"});
    assert_eq!(approved(&pdp, &read(), person.clone()).decision, Allowed);
    for (key, value) in [
        ("id", json!(" Agent-1")),
        ("kind", json!("worker")),
        ("tenant", json!("other")),
        ("team", json!("agents")),
        ("roles", json!(["Viewer"])),
    ] {
        let mut approver = person.clone();
        approver[key] = value;
        assert_eq!(approved(&pdp, &read(), approver).decision, AskApproval, "{key}");
    }
    let mut teamless = read();
    teamless["subject"] = json!({"id": "agent-1", "tenant": "acme"});
    assert_eq!(approved(&pdp, &teamless, person).decision, AskApproval);
}

#[test]
fn approvers_named_further_down_do_not_stand_in_for_the_role_asked_for_above() {
    let above = "  approval: {required_for: [file.read]}\n";
    let below = "---\nteam_policy:\n  version: 1\n  team: pay\n  approval: {approvers: [{team: x, count: 1}]}\n";
    let anyone = json!({"id": "vic", "roles": ["Viewer"], "team": "x", "tenant": "acme"});
    let both = pdp(&format!("{above}{below}"));
    assert_eq!(approved(&both, &read(), anyone).decision, AskApproval);
}

#[test]
fn conditions_close_on_case_lists_and_spellings() {
    let request = |path: &str| json!({"tool": "file.write", "path": path});
    let deny = pdp(&rule("deny", "file.write", "paths matches infra/prod/"));
    for path in ["Infra/Prod/a", "infra/prod"] {
        assert_eq!(decide(&deny, request(path)).decision, Denied, "{path}");
    }
    let outside = pdp(&rule("deny", "file.write", "not (paths matches src/)"));
    assert_eq!(decide(&outside, request("SRC/a")).decision, Denied);
    let but = pdp(&rule("allow", "file.write", "not (paths matches secrets/)"));
    assert_eq!(decide(&but, request("Secrets/a")).decision, Denied);
    let host = pdp(&rule("deny", "net.connect", "network.hosts == Evil.Example"));
    let connect = json!({"tool": "net.connect", "host": "evil.example"});
    assert_eq!(decide(&host, connect).decision, Denied);
    let mut mixed = request("a");
    mixed["attributes"] = json!({"regions": ["eu", "us"]});
    let only = pdp(&rule("allow", "file.write", "attributes.regions in [eu]"));
    assert_eq!(decide(&only, mixed).decision, Denied);
}

#[test]
fn a_condition_on_an_action_that_is_none_does_not_load() {
    assert!(loads(&rule("deny", "git.push", "action == git.push")));
    assert!(!loads(&rule("deny", "git.push", "action == git.psuh")));
    let pdp = pdp(&rule("deny", "file.read", "action == tool.file.read"));
    assert_eq!(decide(&pdp, read()).decision, Denied);
}

#[test]
fn switches_reach_verifiers_on_the_network_and_merges() {
    let on = |flag: &str, request: Value| {
        let mut state = state();
        state["kill_switches"] = json!([{"flag": flag, "scope": "global"}]);
        let decision = decide_by(&pdp(""), request, state);
        assert!(decision.reasons.iter().any(|r| r.code == "kill_switch"), "{flag}");
    };
    on("disable_shell_network", json!({"tool": "verifier.run", "argv": ["curl", "x.example"]}));
    on("pause_waves", json!({"tool": "pr.merge"}));
}

#[test]
fn fetching_context_is_held_to_the_network_rules() {
    let pdp = pdp("  network: {default: disabled}\n");
    let request = json!({"tool": "context.retrieve", "url": "https://x.example/a"});
    assert_eq!(code(&decide(&pdp, request)), "network_disabled");
}

#[test]
fn what_only_a_run_would_change_is_not_taken_for_allowed() {
    let pdp = pdp("  allowed_paths: [src/]\n");
    for (argv, expected) in [
        (json!(["cat", "README.md"]), Allowed),
        (json!(["ownprogram", "src/a"]), Allowed),
        // What it changed is judged by the files of the change.
        (json!(["ownprogram", "README.md"]), Allowed),
        (json!(["make", "all"]), AskApproval),
    ] {
        let request = json!({"tool": "shell.exec", "argv": argv});
        assert_eq!(decide(&pdp, request).decision, expected, "{argv}");
    }
}
