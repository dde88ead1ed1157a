//! A decision for each reason, under policies of one document or two.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;
use super::state;
use super::with;

/// Returns a live request of one tenant, team and repository.
pub(crate) fn live(request: Value) -> Value {
    let scope = json!({
        "organization": "acme", "repo": "payment-service", "team": "payments", "tenant": "ten_1",
        "subject": {"id": "user:ana", "kind": "human", "roles": ["Operator"], "team": "payments"},
    });
    with(scope, request)
}

/// Returns the input for a decision under a platform document with `fields`, and other documents.
pub(crate) fn under(fields: &str, others: &str, request: Value) -> Value {
    let allowed =
        if fields.contains("allowed_actions") { "" } else { "  allowed_actions: ['*']\n" };
    let platform = format!("platform_policy:\n  name: platform\n  version: 1\n{allowed}{fields}");
    json!({
        "policies": {"platform.yaml": platform, "z/others.yaml": others},
        "request": request, "state": state(), "decision_id": "pdec_1",
    })
}

fn decide(name: &'static str, fields: &str, request: Value) -> Case {
    Case::new(name, "decide", under(fields, "", live(request)))
}

fn with_others(name: &'static str, fields: &str, others: &str, request: Value) -> Case {
    Case::new(name, "decide", under(fields, others, live(request)))
}

fn with_state(name: &'static str, fields: &str, request: Value, more: Value) -> Case {
    let input = under(fields, "", live(request));
    Case::new(name, "decide", with(input, json!({"state": with(state(), more)})))
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = actions_and_lists();
    cases.extend(paths_and_network());
    cases.extend(rules());
    cases.extend(limits_and_state());
    cases.extend(pull_requests());
    cases.extend(super::calls::cases());
    cases
}

fn actions_and_lists() -> Vec<Case> {
    let read = json!({"tool": "file.read", "path": "src/a.rs"});
    let write = json!({"tool": "file.write", "path": "src/a.rs"});
    vec![
        decide("an allowed read", "", read.clone()),
        decide("an action outside the list", "  allowed_actions: [file.read]\n", write.clone()),
        decide("an action that nobody knows", "", json!({"tool": "file.raed", "path": "a"})),
        decide("no action at all", "", json!({"path": "a"})),
        decide(
            "an action under its other name",
            "",
            json!({"action": "tool.file.read", "path": "a"}),
        ),
        decide("a read without a path", "", json!({"tool": "file.read"})),
        Case::new(
            "a request without its scope",
            "decide",
            under("", "", json!({"tool": "file.read", "path": "a"})),
        ),
        Case::new(
            "a question without its scope",
            "decide",
            with(
                under("", "", json!({"tool": "file.read", "path": "a"})),
                json!({"state": null, "what_if": true, "now": NOW}),
            ),
        ),
        decide(
            "a subject of another tenant",
            "",
            with(read.clone(), json!({"subject": {"id": "user:eve", "tenant": "ten_2"}})),
        ),
        with_others("no platform document for the tenant", "  tenant: ten_9\n", "", read.clone()),
        decide(
            "a task class outside the list",
            "  allowed_task_classes: [cleanup]\n",
            with(write.clone(), json!({"task_class": "rewrite"})),
        ),
        decide(
            "a task class that is not stated",
            "  allowed_task_classes: [cleanup]\n",
            write.clone(),
        ),
        decide(
            "a risk tier outside the list",
            "  risk_tiers: [low]\n",
            with(write.clone(), json!({"risk_tier": "critical"})),
        ),
        decide(
            "a change class that the path bears out",
            "  allowed_change_classes: [source_change]\n",
            json!({"changed_files": [".github/workflows/ci.yml"], "change_class": "source_change"}),
        ),
        decide(
            "a data class over the highest",
            "  data_class_max: internal\n",
            json!({"tool": "model.call", "model": {
                "provider": "p", "model": "m", "data_class": "regulated",
            }}),
        ),
        decide(
            "more autonomy than the platform gives",
            "  autonomy_level: draft_pr\n",
            with(write.clone(), json!({"autonomy_level": "fleet_campaign"})),
        ),
        with_others(
            "an access rule that grants",
            "",
            "access_rule:\n  name: writers\n  version: 1\n  action: file.write\n  \
             allow_if: subject.role in [Operator]\n  require_approval_if: branch == main\n",
            with(write.clone(), json!({"branch": "main"})),
        ),
        with_others(
            "an access rule that does not",
            "",
            "access_rule:\n  name: writers\n  version: 1\n  action: file.write\n  \
             allow_if: subject.role in [PlatformAdmin]\n",
            write.clone(),
        ),
        with_others(
            "a kill switch in a document",
            "",
            "kill_switch:\n  name: stop\n  version: 1\n  global: {block_all_agent_runs: true}\n",
            write,
        ),
        with_state(
            "a kill switch in the state",
            "",
            read,
            json!({"kill_switches": [
                {"flag": "block_all_agent_runs", "scope": "repository", "name": "payment-service"},
            ]}),
        ),
    ]
}

fn paths_and_network() -> Vec<Case> {
    let curl = json!({"tool": "shell.exec", "argv": ["curl", "https://packages.example.org/x"]});
    let unknown = json!({"tool": "shell.exec", "shell": "cat $FILE"});
    let connect = json!({"tool": "net.connect", "host": "evil.example.net"});
    let forbidden = "  forbidden_paths: [.github/workflows/**, secrets/]\n";
    vec![
        decide("a forbidden path", forbidden, json!({"tool": "file.read", "path": "secrets/key"})),
        decide(
            "a forbidden path in disguise",
            forbidden,
            json!({"tool": "file.write", "path": "src/..//.GITHUB/./workflows\\build.yml"}),
        ),
        decide(
            "a rename out of a forbidden path",
            forbidden,
            json!({"changed_files": [
                {"path": "notes.txt", "from": "secrets/key", "status": "renamed"},
            ]}),
        ),
        decide("a path that could be forbidden", forbidden, unknown),
        decide(
            "a path outside the allowed ones",
            "  allowed_paths: [/config/**]\n",
            json!({"tool": "file.write", "path": "src/a.rs"}),
        ),
        decide(
            "a path that leaves the workspace",
            "",
            json!({"tool": "file.read", "path": "../x"}),
        ),
        decide("the network is disabled", "  network: {default: disabled}\n", curl.clone()),
        decide(
            "the network may be reached for",
            "  network: {default: disabled}\n",
            json!({"tool": "shell.exec", "shell": "bash $FILE"}),
        ),
        decide(
            "the network needs an approval",
            "  network: {default: disabled}\n  approval: {required_for: shell_network}\n",
            curl.clone(),
        ),
        decide(
            "a host on the allow-list",
            "  network: {egress_allowlist: ['*.example.org']}\n",
            curl,
        ),
        decide(
            "a host outside the allow-list",
            "  network: {default: allowlist, egress_allowlist: ['*.example.org']}\n",
            connect,
        ),
        decide(
            "a host that is known only at run time",
            "  network: {default: open, egress_allowlist: ['*.example.org']}\n",
            json!({"tool": "shell.exec", "shell": "curl $URL"}),
        ),
    ]
}

fn rules() -> Vec<Case> {
    let run = |words: Value| json!({"tool": "shell.exec", "argv": words});
    let grant = "  rules:\n    - {id: build, effect: allow, action: shell.exec, \
                 match: {programs: [cargo, ls]}, explain: The tools of a build.}\n";
    let restrict = "  rules:\n    - {id: no-rm, effect: deny, action: shell.exec, \
                    match: {programs: rm}}\n    - {id: main, effect: ask_approval, \
                    when: branch == main}\n";
    let rego = "rego_policy:\n  name: rego\n  version: 1\n  module: |\n    package bailiwick\n    \
                deny contains \"no reads of dot files\" if startswith(input.path, \".\")\n    \
                ask contains \"a person looks at text\" if endswith(input.path, \".txt\")\n    \
                labels contains \"seen-by-rego\"\n";
    let read = |path: &str| json!({"tool": "file.read", "path": path});
    vec![
        decide("a rule that allows", grant, run(json!(["cargo", "test"]))),
        decide("no rule allows it", grant, run(json!(["python3", "x.py"]))),
        decide(
            "a command of which a rule allows only one half",
            grant,
            run(json!(["sh", "-c", "ls && rm -rf src"])),
        ),
        decide("a rule that denies", restrict, run(json!(["rm", "src/a.rs"]))),
        decide("a rule that may deny", restrict, json!({"tool": "shell.exec", "shell": "$CMD x"})),
        decide("a rule that asks", restrict, with(read("a"), json!({"branch": "main"}))),
        decide(
            "a condition that cannot be told",
            "  rules:\n    - {id: other, effect: deny, when: branch != main}\n",
            read("a"),
        ),
        decide(
            "a script that does not end",
            restrict,
            json!({"tool": "shell.exec", "shell": "ls 'src"}),
        ),
        with_others("a Rego policy that denies", "", rego, read(".env")),
        with_others("a Rego policy that asks", "", rego, read("a.txt")),
    ]
}

fn limits_and_state() -> Vec<Case> {
    let change = |files: Value| json!({"changed_files": files, "change_class": "source_change"});
    let call = json!({"tool": "model.call", "model": {
        "provider": "p", "model": "m", "tokens": 500, "data_class": "public",
    }});
    let tokens = "  limits: {max_tokens_per_run: 1000}\n";
    let read = json!({"tool": "file.read", "path": "a"});
    vec![
        decide(
            "too many files",
            "  limits: {max_changed_files: 1}\n",
            change(json!(["a.rs", "b.rs"])),
        ),
        decide(
            "lines that nobody counted",
            "  limits: {max_changed_lines: 9}\n",
            change(json!(["a.rs"])),
        ),
        with_state(
            "a budget that is used up",
            tokens,
            call.clone(),
            json!({"usage": {"tokens": 600}}),
        ),
        with_state("a budget that lasts", tokens, call.clone(), json!({"usage": {"tokens": 500}})),
        with_state("usage that is not known", tokens, call, json!({"usage_complete": false})),
        with_state(
            "a state that is too old",
            "",
            read.clone(),
            json!({"as_of": "2026-07-04T09:58:59Z"}),
        ),
        with_state(
            "a state of later than now",
            "",
            read.clone(),
            json!({"as_of": "2026-07-04T10:00:01Z"}),
        ),
        with_others(
            "a team cannot raise the age of the state",
            "",
            "team_policy:\n  team: payments\n  version: 1\n  limits: {state_max_age_seconds: 9999}\n",
            read.clone(),
        ),
        Case::new(
            "no state at all",
            "decide",
            with(under("", "", live(read)), json!({"state": null, "now": NOW})),
        ),
    ]
}

fn pull_requests() -> Vec<Case> {
    let create = |more: Value| {
        let request = json!({
            "tool": "pr.create", "changed_files": [{"path": "src/a.rs", "added": 3, "removed": 1}],
            "change_class": "source_change", "pr": {"draft": false, "title": "Change a"},
        });
        with(request, more)
    };
    let verifiers = "  required_verifiers: [unit_tests, scan, style]\n";
    vec![
        decide(
            "a pull request that is no draft",
            "  obligations: {draft_only: true, labels: [agent]}\n",
            create(json!({})),
        ),
        decide(
            "a draft with its obligations",
            "  obligations: {draft_only: true, labels: [agent]}\n  \
             required_reviewers: [{team: payments}, {user: bo}]\n",
            create(json!({"pr": {"draft": true}})),
        ),
        decide(
            "verifiers that failed, were flaky or did not run",
            verifiers,
            create(json!({"verifiers": {"unit_tests": "failed", "scan": "flaky"}})),
        ),
        decide(
            "a person approves in supervised mode",
            "  autonomy_level: supervised_pr\n",
            create(json!({})),
        ),
        decide("more than low risk", "", create(json!({"risk_tier": "high"}))),
        decide("a merge", "", create(json!({"tool": "pr.merge", "risk_tier": "low"}))),
    ]
}
