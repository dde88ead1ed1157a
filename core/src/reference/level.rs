//! The schema of the eight level documents.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::model::Level;
use crate::model::Limit;
use crate::model::LimitSource;
use crate::reference::field::Field;
use crate::reference::field::MAX_NUMBER;
use crate::reference::field::any_of;
use crate::reference::field::boolean;
use crate::reference::field::field;
use crate::reference::field::list;
use crate::reference::field::number;
use crate::reference::field::object;
use crate::reference::field::one_or_many;
use crate::reference::field::one_or_some;
use crate::reference::field::reference;
use crate::reference::names::readable_names;

/// Adds the definitions of the level documents and of what stands in them.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    for level in Level::ALL {
        let mut fields = body();
        fields.extend(scope());
        if *level == Level::ToolCall {
            fields.push(field(
                "tool",
                "The actions it applies to, as names or globs.",
                one_or_some(reference("action")),
                json!("shell.exec"),
            ));
        }
        let title = format!("What the level `{level}` permits");
        definitions.insert(level.document_kind().to_owned(), object(&title, fields));
    }
    let mut add = |name: &str, schema: Value| definitions.insert(name.to_owned(), schema);
    add("approval", approval());
    add("approver_group", approver_group());
    add("limits", limits());
    add("network", network());
    add("obligations", obligations());
    add("reviewer_team", reviewer("team", "payments-platform"));
    add("reviewer_user", reviewer("user", "ana"));
}

/// Returns the selectors that every scoped document may have.
pub(super) fn scope() -> Vec<Field> {
    let names = || one_or_some(reference("some_text"));
    vec![
        field(
            "campaign",
            "The campaigns it applies to, as names or globs.",
            names(),
            json!("retry-policy-v2"),
        ),
        field(
            "organization",
            "The organizations it applies to, as names or globs.",
            names(),
            json!("acme"),
        ),
        field(
            "repo",
            "The repositories it applies to, as names or globs.",
            names(),
            json!("payment-*"),
        ),
        field("task", "The tasks it applies to, as names or globs.", names(), json!("task_*")),
        field(
            "team",
            "The teams it applies to, as names or globs.",
            names(),
            json!(["payments", "billing"]),
        ),
        field(
            "tenant",
            "The tenants it applies to, as names or globs.",
            names(),
            json!("platform-payments"),
        ),
    ]
}

/// Returns the version of a document.
pub(super) fn version() -> Field {
    field(
        "version",
        "The version; a changed document needs a new one. Required by a strict check.",
        reference("some_text"),
        json!("2026-07-04"),
    )
}

fn body() -> Vec<Field> {
    let patterns = || one_or_many(reference("pattern"));
    vec![
        field(
            "allowed_actions",
            "The actions that may be done, as names or globs; absent restricts nothing. \
             The platform level must state them.",
            one_or_many(reference("action")),
            json!(["file.*", "pr.create"]),
        ),
        field(
            "allowed_change_classes",
            "The change classes that a change may be of.",
            one_or_many(reference("change_class")),
            json!(["source_change", "test_change"]),
        ),
        field(
            "allowed_paths",
            "The paths that may be changed, as git patterns, exact in case.",
            patterns(),
            json!(["/src/**"]),
        ),
        field(
            "allowed_task_classes",
            "The task classes that may be worked on.",
            one_or_many(reference("some_text")),
            json!(["dependency_patch_minor"]),
        ),
        field(
            "approval",
            "What needs an approval, and whose.",
            reference("approval"),
            json!({"required_for": ["shell_network"], "approvers": ["Approver"]}),
        ),
        field(
            "autonomy_level",
            "The highest rollout mode.",
            reference("autonomy_level"),
            json!("supervised_pr"),
        ),
        field(
            "data_class_max",
            "The highest data class that may be shown to a model.",
            reference("data_class"),
            json!("confidential"),
        ),
        field(
            "forbidden_paths",
            "The paths that may be neither read nor changed, as git patterns, in any case.",
            patterns(),
            json!(["secrets/", ".env"]),
        ),
        field(
            "limits",
            "The caps; the lowest of all documents holds.",
            reference("limits"),
            json!({"max_changed_files": 100}),
        ),
        field(
            "name",
            "The name; the scope's own name where absent.",
            reference("name"),
            json!("acme-platform"),
        ),
        field(
            "network",
            "Access to the network.",
            reference("network"),
            json!({"default": "disabled"}),
        ),
        field(
            "obligations",
            "What the enforcement point must see to, or deny.",
            reference("obligations"),
            json!({"draft_only": true}),
        ),
        field(
            "required_reviewers",
            "The teams or people who must be asked for a review of a pull request.",
            one_or_many(any_of([
                reference("some_text"),
                reference("reviewer_team"),
                reference("reviewer_user"),
            ])),
            json!([{"team": "payments-platform"}, "ana"]),
        ),
        field(
            "required_verifiers",
            "The verifiers that must have passed before a pull request.",
            one_or_many(reference("some_text")),
            json!(["unit_tests"]),
        ),
        field(
            "risk_tiers",
            "The risk tiers that may be worked on.",
            one_or_many(reference("risk_tier")),
            json!(["low", "medium"]),
        ),
        field(
            "rules",
            "The rules; their order means nothing, the strictest that matches wins.",
            list(reference("rule")),
            json!([{"id": "ask-for-push", "effect": "ask_approval", "action": "git.push"}]),
        ),
        version(),
    ]
}

fn approval() -> Value {
    let fields = vec![
        field(
            "approvers",
            "Who must approve: each entry must be satisfied. Nobody named means one Approver.",
            one_or_many(any_of([reference("role"), reference("approver_group")])),
            json!([{"role": "Approver", "count": 2}]),
        ),
        field(
            "expires_after",
            "How long an approval counts.",
            reference("duration"),
            json!("8 hours"),
        ),
        field(
            "required_for",
            "What an approval is required for: a capability, a change class or an action.",
            one_or_many(reference("capability")),
            json!(["shell_network", "ci_workflow_change"]),
        ),
        field(
            "separation_of_duty",
            "No approver may belong to the requester's team. The requester never counts.",
            boolean(),
            json!(true),
        ),
    ];
    object("What needs an approval, and whose", fields)
}

fn approver_group() -> Value {
    let fields = vec![
        field("count", "How many distinct people; 1 where absent.", number(1, 1_000), json!(2)),
        field(
            "role",
            "The role that each must have; any where absent.",
            reference("role"),
            json!("Approver"),
        ),
        field(
            "team",
            "The team that each must belong to; any where absent.",
            reference("some_text"),
            json!("security"),
        ),
    ];
    object("A group of people of whom some must approve", fields)
}

fn limits() -> Value {
    let fields = readable_names::<Limit>().into_iter().filter_map(|name| {
        let limit = Limit::from_name(&name)?;
        let about = match limit.source() {
            LimitSource::Obligation => "for the enforcement point to see to",
            LimitSource::Request => "compared with what the request carries",
            LimitSource::State => "the age at which the state is too old to decide by",
            LimitSource::Usage => "compared with what the state says was used so far",
        };
        let about = format!("In {}: {about}.", limit.unit());
        Some(field(name, about, number(0, MAX_NUMBER), json!(100)))
    });
    object("Caps", fields.collect())
}

fn network() -> Value {
    let fields = vec![
        field(
            "default",
            "How far commands and connections reach; `default-deny` is read as `disabled`.",
            json!({"enum": ["disabled", "allowlist", "open", "default-deny"]}),
            json!("disabled"),
        ),
        field(
            "egress_allowlist",
            "Hosts or host globs that may be reached.",
            one_or_many(reference("host")),
            json!(["packages.example.org", "*.mirror.example.org"]),
        ),
    ];
    object("Access to the network", fields)
}

fn obligations() -> Value {
    let texts = || one_or_many(reference("some_text"));
    let fields = vec![
        field("draft_only", "Pull requests stay drafts.", boolean(), json!(true)),
        field("labels", "Labels that a pull request carries.", texts(), json!(["agent-generated"])),
        field(
            "network_profile",
            "The egress profile that the sandbox runs under.",
            reference("some_text"),
            json!("no-egress"),
        ),
        field(
            "redact",
            "Sinks whose text is redacted.",
            texts(),
            json!(["model_context", "log_viewer"]),
        ),
    ];
    object("What the enforcement point must see to", fields)
}

fn reviewer(key: &str, example: &str) -> Value {
    let about = "Who must be asked for a review.";
    let name = field(key, about, reference("some_text"), example.into());
    object("A reviewer", vec![name.required()])
}
