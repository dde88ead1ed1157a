//! The schema of a rule.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::reference::field::any_of;
use crate::reference::field::field;
use crate::reference::field::object;
use crate::reference::field::one_name;
use crate::reference::field::one_or_many;
use crate::reference::field::one_or_some;
use crate::reference::field::reference;
use crate::reference::field::some_list;
use crate::reference::field::with;

/// Adds the definitions of a rule.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    definitions.insert("rule".to_owned(), rule());
    definitions.insert("rule_match".to_owned(), rule_match());
    definitions.insert("rule_examples".to_owned(), rule_examples());
    definitions.insert("rule_example".to_owned(), rule_example());
}

fn rule() -> Value {
    let actions = || one_or_some(reference("action"));
    let fields = vec![
        field(
            "action",
            "The actions it speaks of, as names or globs; absent means every action.",
            actions(),
            json!("shell.exec"),
        ),
        field("actions", "Another name of `action`.", actions(), json!(["pr.create", "pr.update"])),
        field(
            "effect",
            "What it says; the strictest of all rules that match wins.",
            reference("effect"),
            json!("deny"),
        )
        .required(),
        field(
            "examples",
            "Requests that it must match and must not match; checked when policies are loaded.",
            reference("rule_examples"),
            json!({"match": [["scp", "patch.diff"]], "not_match": [["cp", "a", "b"]]}),
        ),
        field(
            "explain",
            "A sentence for people, put into the explanation of a decision.",
            reference("some_text"),
            json!("Files leave the sandbox through pull requests only."),
        ),
        field(
            "id",
            "Its name, unique within the document.",
            reference("name"),
            json!("deny_network_copy"),
        )
        .required(),
        field(
            "match",
            "What it matches: every key that stands there must match.",
            reference("rule_match"),
            json!({"programs": ["scp", "sftp"]}),
        ),
        field(
            "when",
            "Conditions, all of which must hold.",
            one_or_some(reference("some_text")),
            json!("repository.risk_tier == regulated"),
        ),
    ];
    one_name(object("A rule", fields), "action", "actions")
}

fn rule_match() -> Value {
    let texts = || one_or_some(reference("some_text"));
    let patterns = || one_or_some(reference("pattern"));
    let word = one_or_some(reference("some_text"));
    let argv = any_of([reference("some_text"), some_list(word)]);
    let fields = vec![
        field(
            "argv",
            "The first words of a command; each may be a list of alternatives.",
            argv,
            json!(["git", ["push", "fetch"]]),
        ),
        field("branches", "Branch names or globs.", texts(), json!(["release/*"])),
        field(
            "change_classes",
            "Change classes, claimed or borne out by the files.",
            one_or_some(reference("change_class")),
            json!(["ci_workflow_change"]),
        ),
        field(
            "hosts",
            "Hosts or host globs that would be reached.",
            one_or_some(reference("host")),
            json!(["*.example.org"]),
        ),
        field(
            "paths",
            "Git patterns over the paths that are read or changed.",
            patterns(),
            json!(["/config/**"]),
        ),
        field("programs", "Programs that a command would run.", texts(), json!(["curl"])),
        field(
            "reads",
            "Git patterns over the paths that are read.",
            patterns(),
            json!(["secrets/"]),
        ),
        field("task_classes", "Task classes.", texts(), json!(["dependency_patch_minor"])),
        field(
            "writes",
            "Git patterns over the paths that are changed.",
            patterns(),
            json!(["*.lock"]),
        ),
    ];
    let matching = object("What a rule matches", fields);
    with(matching, "minProperties", 1.into())
}

fn rule_examples() -> Value {
    let examples = || one_or_many(reference("rule_example"));
    let fields = vec![
        field(
            "match",
            "Requests that the rule matches.",
            examples(),
            json!([{"tool": "pr.create", "risk_tier": "regulated"}]),
        ),
        field(
            "not_match",
            "Requests that the rule does not match.",
            examples(),
            json!([["cargo", "test"], "src/lib.rs"]),
        ),
    ];
    object("Examples of a rule", fields)
}

fn rule_example() -> Value {
    let example =
        any_of([reference("request"), some_list(reference("some_text")), reference("some_text")]);
    let title = "A request, the words of a command, or a path";
    with(example, "title", title.into())
}
