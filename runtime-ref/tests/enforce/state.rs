//! What operators set counts at once: kill switches, approvals, budgets.

use bailiwick::DecisionEffect;
use bailiwick::Digest;
use bailiwick::Request;
use bailiwick::Value;
use bailiwick_runtime::pep::Outcome;

use crate::support::World;

fn reasons(world: &World, request: Request) -> (bool, DecisionEffect, String) {
    let (done, enforced) = world.enforce(request);
    let record = enforced.unwrap().record;
    (done, record.decision, record.explanation)
}

#[test]
fn a_kill_switch_that_is_flipped_stops_the_next_act() {
    let world = World::new();
    world.open_run();
    assert!(world.enforce(world.read("README.md")).0);
    let switch = r#"[{"scope": "tenant", "name": "ten_test", "flag": "cancel_running_runs"}]"#;
    std::fs::write(world.control("kill-switches.json"), switch).unwrap();
    let (done, decision, explanation) = reasons(&world, world.read("README.md"));
    assert!(!done);
    assert_eq!(decision, DecisionEffect::Denied);
    assert!(explanation.contains("cancel_running_runs"), "{explanation}");
    std::fs::write(world.control("kill-switches.json"), "[]").unwrap();
    assert!(world.enforce(world.read("README.md")).0);
}

#[test]
fn what_operators_set_and_nobody_can_read_denies() {
    for name in ["kill-switches.json", "approvals.json"] {
        for broken in [None, Some("["), Some(r#"[{"flag": "disable_everything"}]"#)] {
            let world = World::new();
            world.open_run();
            match broken {
                None => std::fs::remove_file(world.control(name)).unwrap(),
                Some(text) => std::fs::write(world.control(name), text).unwrap(),
            }
            let (done, enforced) = world.enforce(world.read("README.md"));
            let record = enforced.unwrap().record;
            assert!(!done, "{name} {broken:?}");
            assert_eq!(record.reasons[0].code, "state_unavailable", "{name} {broken:?}");
        }
    }
}

#[test]
fn a_budget_counts_denied_calls_too() {
    let world = World::new();
    world.open_run();
    assert!(world.enforce(world.read("README.md")).0);
    assert!(!world.enforce(world.read("secrets/a")).0);
    assert!(world.enforce(world.read("README.md")).0);
    let (done, decision, explanation) = reasons(&world, world.read("README.md"));
    assert!(!done);
    assert_eq!(decision, DecisionEffect::Denied);
    assert!(explanation.contains("max_tool_calls_per_run"), "{explanation}");
}

#[test]
fn an_approval_opens_exactly_what_was_asked_for() {
    let world = World::new();
    world.open_run();
    let write = |content: &str| {
        let mut request = world.context.request(bailiwick::Action::FileWrite);
        request.path = Some("AGENTS.md".to_owned());
        let hash = Digest::of(content.as_bytes()).as_str().to_owned();
        request.attributes.insert("content_hash".to_owned(), Value::Text(hash));
        request
    };
    let (done, enforced) = world.enforce(write("be kind\n"));
    let asked = enforced.unwrap();
    assert!(!done);
    assert!(matches!(asked.outcome, Outcome::AskApproval));

    let approval = serde_json::json!([{
        "approval_id": "apr_1",
        "approver": {"id": "user:ben", "kind": "human", "roles": ["Approver"], "tenant": "ten_test"},
        "effective_policy_hash": asked.record.effective_policy_hash,
        "expires_at": "2100-01-01T00:00:00Z",
        "granted_at": "2026-01-01T00:00:00Z",
        "request_hash": asked.record.request_hash,
    }]);
    std::fs::write(world.control("approvals.json"), approval.to_string()).unwrap();
    let (done, enforced) = world.enforce(write("be kind\n"));
    assert!(done);
    assert_eq!(enforced.unwrap().record.approval_ids, ["apr_1"]);
    // The same file with other content was not approved.
    assert_eq!(reasons(&world, write("be cruel\n")).1, DecisionEffect::AskApproval);
    assert!(world.export().contains("\"approval_id\":\"apr_1\""));
}
