//! A decision asks for no memory in proportion to what does not apply to its request.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[path = "../../benches/src/counting.rs"]
#[expect(unreachable_pub, reason = "the page is that of the benchmarks, which export it")]
mod counting;

use std::fmt::Write as _;

use bailiwick::CompileOptions;
use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Pdp;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::compile;

use crate::counting::CountingAllocator;
use crate::counting::allocations;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Returns a hierarchy with `count` of everything that does not apply to the requests below:
/// rules on another action, documents, access rules and Rego of another repository, switches of
/// another tenant.
fn policies(count: usize) -> Pdp {
    let mut text = "platform_policy:\n  name: platform\n  version: 1\n  allowed_actions: ['*']\n  \
                    forbidden_paths: [secrets/]\n  rules:\n    \
                    - {id: main, effect: ask_approval, when: branch == main}\n"
        .to_owned();
    for n in 0..count {
        writeln!(
            text,
            "    - {{id: r{n}, effect: deny, action: artifact.export, when: branch == b}}"
        )
        .unwrap();
    }
    let mut files = vec![SourceFile::new("platform.yaml", text)];
    for n in 0..count {
        let text = format!(
            "repo_policy:\n  repo: r{n}\n  version: 1\n  forbidden_paths: [src]\n  \
             required_verifiers: [a, b]\n  rules: [{{id: d, effect: deny}}]\n---\n\
             access_rule:\n  name: a{n}\n  repo: r{n}\n  version: 1\n  action: file.read\n  \
             allow_if: subject.id == nobody\n---\n\
             kill_switch:\n  name: k{n}\n  version: 1\n  \
             tenant: {{tenant_id: t{n}, block_all_agent_runs: true}}\n"
        );
        files.push(SourceFile::new(format!("{n}.yaml"), text));
    }
    Pdp::new(std::sync::Arc::new(compile(&files, CompileOptions::default()).unwrap().policies))
}

fn request(path: &str, branch: &str) -> Request {
    let request = serde_json::json!({
        "tool": "file.read", "path": path, "branch": branch, "tenant": "ten_1",
        "organization": "acme", "team": "payments", "repo": "payment-service",
        "subject": {"id": "user:ana"},
    });
    serde_json::from_value(request).unwrap()
}

/// One test alone in its process: another thread's allocations would be counted too.
#[test]
fn what_does_not_apply_costs_no_memory() {
    let state = State::fresh_empty("2026-07-04T10:00:00Z".parse().unwrap());
    let (few, many) = (policies(5), policies(500));
    for (path, branch, expected) in [
        ("src/a.rs", "agent/x", DecisionEffect::Allowed),
        ("src/a.rs", "main", DecisionEffect::AskApproval),
        ("secrets/key", "agent/x", DecisionEffect::Denied),
    ] {
        let request = request(path, branch);
        let counted = |pdp: &Pdp| {
            let (count, decision) = allocations(|| {
                let decision = pdp.decide(&request, &state);
                let effect = decision.decision;
                let null = serde_json::Value::Null;
                let record = DecisionRecord::new(decision, &request, null, state.now, None);
                drop(record.to_json().unwrap());
                effect
            });
            assert_eq!(decision, expected);
            count
        };
        assert_eq!(counted(&many), counted(&few), "{expected}");
    }
}
