//! Level documents, as JSON values: their text is YAML too.

use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::PolicySet;
use bailiwick::SourceFile;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::sample::subsequence;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::ACTIONS;
use super::CLASSES;
use super::DATA;
use super::Field;
use super::HOSTS;
use super::MODES;
use super::NAMES;
use super::PATTERNS;
use super::TASKS;
use super::TIERS;
use super::data::data_classes;
use super::data::model_policy;
use super::object;

/// One document: its kind and body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PolicyDoc {
    pub(crate) kind: &'static str,
    pub(crate) body: Map<String, Value>,
}

impl PolicyDoc {
    pub(crate) fn text(&self) -> String {
        json!({ self.kind: self.body }).to_string()
    }
}

/// Files of documents, as they are compiled.
pub(crate) struct Files(pub(crate) Vec<SourceFile>);

impl Files {
    /// Returns one file for every document.
    pub(crate) fn each(documents: &[PolicyDoc]) -> Self {
        let file = |(index, doc): (usize, &PolicyDoc)| {
            SourceFile::new(format!("{index:02}.yaml"), format!("{}\n", doc.text()))
        };
        Self(documents.iter().enumerate().map(file).collect())
    }

    /// Returns one file with every document.
    pub(crate) fn one(documents: &[PolicyDoc]) -> Self {
        let texts: Vec<String> = documents.iter().map(PolicyDoc::text).collect();
        let text = format!("{}\n", texts.join("\n---\n"));
        Self(vec![SourceFile::new("all.yaml", text)])
    }

    pub(crate) fn compile(&self) -> Option<Arc<PolicySet>> {
        bailiwick::compile(&self.0, CompileOptions::default())
            .ok()
            .map(|compiled| Arc::new(compiled.policies))
    }
}

/// Returns the compiled documents; `None` where they are refused.
pub(crate) fn compiled(documents: &[PolicyDoc]) -> Option<Arc<PolicySet>> {
    Files::each(documents).compile()
}

const LEVELS: [&str; 8] = [
    "platform_policy",
    "organization_policy",
    "team_policy",
    "repo_policy",
    "campaign_policy",
    "task_policy",
    "runtime_policy",
    "tool_policy",
];

const SCOPES: [&str; 6] = ["organization", "team", "repo", "campaign", "task", "tenant"];

/// Returns a hierarchy: a platform document that states its actions, and any others, access rules
/// and kill switches among them.
pub(crate) fn documents() -> impl Strategy<Value = Vec<PolicyDoc>> {
    let scoped = prop::bool::weighted(0.1);
    let platform = (body(), actions(0.9, 8), scoped).prop_map(|(mut body, allowed, scoped)| {
        if !scoped {
            body.retain(|key, _| !SCOPES.contains(&key.as_str()));
        }
        body.insert("allowed_actions".to_owned(), allowed);
        PolicyDoc { kind: "platform_policy", body }
    });
    let others = vec(
        prop_oneof![
            8 => level_document(),
            1 => access_rule(),
            1 => kill_switches(),
            1 => data_classes(false),
            1 => model_policy(false),
        ],
        0..5,
    );
    (platform, others).prop_map(|(platform, others)| {
        let mut all = vec![platform];
        all.extend(others);
        for (index, doc) in all.iter_mut().enumerate() {
            doc.body.insert("name".to_owned(), json!(format!("p{index}")));
        }
        all
    })
}

/// Returns a document of any level.
pub(crate) fn level_document() -> impl Strategy<Value = PolicyDoc> {
    (select(&LEVELS[..]), body()).prop_map(|(kind, body)| PolicyDoc { kind, body })
}

/// Returns a document below the platform, of a name that no other has.
pub(crate) fn lower_document() -> impl Strategy<Value = PolicyDoc> {
    let level = (select(&LEVELS[1..]), body()).prop_map(|(kind, body)| PolicyDoc { kind, body });
    prop_oneof![4 => level, 1 => data_classes(true), 1 => model_policy(true)].prop_map(|mut doc| {
        doc.body.insert("name".to_owned(), json!("added"));
        doc
    })
}

/// Returns a rule that denies or asks.
pub(crate) fn decision_rule() -> impl Strategy<Value = Value> {
    (select(&["deny", "ask_approval"][..]), rule_body())
        .prop_map(|(effect, body)| with(body, &[("id", json!("added")), ("effect", json!(effect))]))
}

fn names() -> impl Strategy<Value = Value> {
    prop_oneof![
        select(&NAMES[..]).prop_map(|name| json!(name)),
        Just(json!("*")),
        Just(json!(["one", "t*"])),
    ]
}

fn list(of: &'static [&'static str], least: usize) -> BoxedStrategy<Value> {
    subsequence(of, least..=of.len()).prop_map(|list| json!(list)).boxed()
}

fn few(of: &'static [&'static str]) -> BoxedStrategy<Value> {
    subsequence(of, 1..=2).prop_map(|list| json!(list)).boxed()
}

/// Mostly long lists of actions: otherwise nothing is ever allowed.
fn actions(all: f64, least: usize) -> BoxedStrategy<Value> {
    (prop::bool::weighted(all), subsequence(&ACTIONS[..], least..=ACTIONS.len()))
        .prop_map(|(all, some)| if all { json!(ACTIONS) } else { json!(some) })
        .boxed()
}

fn body() -> BoxedStrategy<Map<String, Value>> {
    let mut fields: Vec<Field> =
        SCOPES.into_iter().map(|scope| (0.15, scope, names().boxed())).collect();
    fields.extend([
        (0.9, "version", (1..9_u32).prop_map(|v| json!(v)).boxed()),
        (0.15, "allowed_actions", actions(0.5, 8)),
        (0.07, "allowed_change_classes", list(&CLASSES, 1)),
        (0.1, "allowed_paths", list(&PATTERNS, 1)),
        (0.07, "allowed_task_classes", list(&TASKS, 1)),
        (0.25, "autonomy_level", prop_oneof![1 => one(&MODES), 3 => one(&MODES[4..])].boxed()),
        (0.15, "data_class_max", one(&DATA)),
        (0.25, "forbidden_paths", few(&PATTERNS[..6])),
        (0.1, "required_verifiers", list(&["unit_tests", "scan"], 1)),
        (0.07, "risk_tiers", list(&TIERS, 1)),
        (0.35, "approval", approval()),
        (0.2, "network", network()),
        (0.25, "limits", limits()),
        (0.15, "obligations", obligations()),
        (0.1, "required_reviewers", Just(json!([{"team": "one"}])).boxed()),
        (0.4, "rules", rules()),
    ]);
    object(fields)
}

fn one(of: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(of).prop_map(|name| json!(name)).boxed()
}

fn approval() -> BoxedStrategy<Value> {
    let capabilities = ["shell_network", "ci_workflow_change", "file.write", "pr.create"];
    let approvers = json!([{"role": "Approver", "count": 1}]);
    let two = json!([{"role": "Approver", "count": 2}, {"role": "PlatformAdmin"}]);
    object(vec![
        (
            0.8,
            "required_for",
            subsequence(capabilities.to_vec(), 1..5).prop_map(|l| json!(l)).boxed(),
        ),
        (0.4, "approvers", prop_oneof![Just(approvers), Just(two)].boxed()),
        (0.3, "separation_of_duty", any::<bool>().prop_map(|b| json!(b)).boxed()),
        (0.3, "expires_after", (1..7200_u32).prop_map(|s| json!(s)).boxed()),
    ])
    .prop_map(Value::Object)
    .boxed()
}

fn network() -> BoxedStrategy<Value> {
    object(vec![
        (0.7, "default", one(&["disabled", "allowlist", "open"])),
        (0.5, "egress_allowlist", list(&["a.example.org", "*.example.org"], 1)),
    ])
    .prop_map(Value::Object)
    .boxed()
}

fn limits() -> BoxedStrategy<Value> {
    let names = [
        ("max_changed_files", 3),
        ("max_changed_lines", 40),
        ("max_target_count", 60),
        ("max_tokens_per_run", 900),
        ("max_tool_calls_per_run", 9),
        ("max_active_prs", 3),
        ("state_max_age_seconds", 300),
        ("max_command_seconds", 60),
    ];
    let fields = names
        .into_iter()
        .map(|(name, most)| (0.2, name, (0..=most).prop_map(|n| json!(n)).boxed()))
        .collect();
    object(fields).prop_map(Value::Object).boxed()
}

fn obligations() -> BoxedStrategy<Value> {
    object(vec![
        (0.5, "draft_only", any::<bool>().prop_map(|b| json!(b)).boxed()),
        (0.3, "labels", list(&["agent", "supervised"], 1)),
        (0.2, "redact", list(&["model_context", "log_viewer"], 1)),
        (0.2, "network_profile", one(&["no-egress"])),
    ])
    .prop_map(Value::Object)
    .boxed()
}

fn rules() -> BoxedStrategy<Value> {
    let effects = select(&["allow", "deny", "ask_approval", "ask_approval"][..]);
    vec((effects, rule_body()), 1..4)
        .prop_map(|rules| {
            let numbered = rules.into_iter().enumerate().map(|(index, (effect, body))| {
                with(body, &[("id", json!(format!("r{index}"))), ("effect", json!(effect))])
            });
            numbered.collect()
        })
        .boxed()
}

/// The actions of a rule, with what it reads: all of which each of the actions carries.
fn rule_body() -> BoxedStrategy<Value> {
    let paths = ["file.read", "file.write", "change.propose", "git.push", "pr.create"];
    let changes = ["change.propose", "file.write", "git.push", "pr.create", "pr.merge"];
    let by_path = (list_of(paths), select(&["paths", "paths"][..]), list(&PATTERNS, 1))
        .prop_map(|(action, key, patterns)| json!({"action": action, "match": {key: patterns}}));
    let by_write = (list_of(changes), list(&PATTERNS, 1))
        .prop_map(|(action, patterns)| json!({"action": action, "match": {"writes": patterns}}));
    let by_program = list(&["ls", "curl", "cargo", "rm"], 1)
        .prop_map(|programs| json!({"action": "shell.exec", "match": {"programs": programs}}));
    let by_host = (list_of(["net.connect", "shell.exec"]), list(&HOSTS, 1))
        .prop_map(|(action, hosts)| json!({"action": action, "match": {"hosts": hosts}}));
    let by_branch =
        one(&["main", "agent/*"]).prop_map(|branch| json!({"match": {"branches": [branch]}}));
    let anything = [
        "subject.role in [Approver, PlatformAdmin]",
        "subject.role not in [Viewer]",
        "repository.risk_tier == regulated",
        "repository.risk_tier != low",
        "branch is absent",
        "not branch is absent",
        "branch matches \"agent/*\"",
        "autonomy_level > draft_pr",
        "task_class == cleanup or labels == urgent",
        "attributes.ticket == 7",
        "attributes.ticket != 7 and branch == main",
        "tenant == one",
    ];
    let by_condition =
        (weighted(0.5, actions(0.1, 1)), select(anything.to_vec())).prop_map(|(action, when)| {
            match action {
                Some(action) => json!({"action": action, "when": when}),
                None => json!({"when": when}),
            }
        });
    let shell = [
        "command.network",
        "not command.network",
        "command.pipes_remote_to_shell",
        "command.programs == curl",
        "command.programs not in [ls, cargo]",
        "network.hosts matches \"*.example.org\"",
    ];
    let by_command =
        select(shell.to_vec()).prop_map(|when| json!({"action": "shell.exec", "when": when}));
    let change = [
        "change.file_count > 1",
        "change.lines <= 10",
        "change.classes == ci_workflow_change",
        "change.files matches \"src/**\"",
        "not (change.files matches \"src/**\")",
        "verifiers.passed == unit_tests",
    ];
    let by_change = (list_of(changes), select(change.to_vec()))
        .prop_map(|(action, when)| json!({"action": action, "when": when}));
    prop_oneof![
        by_path,
        by_write,
        by_program,
        by_host,
        by_branch,
        by_condition,
        by_command,
        by_change
    ]
    .boxed()
}

fn list_of<const N: usize>(names: [&'static str; N]) -> impl Strategy<Value = Value> {
    subsequence(names.to_vec(), 1..=N).prop_map(|list| json!(list))
}

fn access_rule() -> BoxedStrategy<PolicyDoc> {
    let allow = [
        "subject.role in [Operator, Approver]",
        "repository.risk_tier not in [regulated, critical]",
        "subject.team == one",
    ];
    let fields = object(vec![
        (1.0, "action", list(&["run.start", "file.write", "campaign.create"], 1)),
        (0.8, "allow_if", subsequence(allow.to_vec(), 1..=2).prop_map(|l| json!(l)).boxed()),
        (0.4, "require_approval_if", Just(json!(["branch == main"])).boxed()),
        (0.4, "level", one(&["platform", "team"])),
        (0.9, "version", Just(json!(1)).boxed()),
    ]);
    fields.prop_map(|body| PolicyDoc { kind: "access_rule", body }).boxed()
}

fn kill_switches() -> BoxedStrategy<PolicyDoc> {
    let flags =
        ["disable_shell", "disable_git_push", "disable_pr_creation", "block_all_agent_runs"];
    let body = (select(flags.to_vec()), any::<bool>(), any::<bool>());
    body.prop_map(|(flag, on, global)| {
        let scope = if global {
            json!({"global": {flag: on}})
        } else {
            json!({"tenant": {"tenant_id": "one", flag: on}})
        };
        PolicyDoc {
            kind: "kill_switch",
            body: with(scope, &[("version", json!(1))]).as_object().unwrap().clone(),
        }
    })
    .boxed()
}

fn with(mut object: Value, entries: &[(&str, Value)]) -> Value {
    for (key, value) in entries {
        object[*key] = value.clone();
    }
    object
}
