//! The schema of a suite of cases.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::reference::field::field;
use crate::reference::field::object;
use crate::reference::field::one_or_some;
use crate::reference::field::reference;
use crate::reference::field::some_list;
use crate::reference::request;
use crate::reference::state;
use crate::reference::text::Form;
use crate::reference::text::definitions;

/// Returns the schema of one document of a suite file.
pub(super) fn suite() -> Value {
    let mut defs = definitions(Form::Yaml);
    request::define(&mut defs, Form::Yaml);
    state::define(&mut defs, Form::Yaml);
    define(&mut defs);
    json!({
        "$defs": defs,
        "description": "Cases that are run against policies: a list, or a mapping with what the \
                        cases share.",
        "examples": [[case_example()]],
        "oneOf": [some_list(reference("case")), reference("suite")],
        "title": "Bailiwick suite",
    })
}

fn case_example() -> Value {
    json!({
        "name": "a secret is not read",
        "input": {"tool": "file.read", "path": "secrets/key"},
        "expect": {"decision": "denied"}
    })
}

fn define(definitions: &mut Map<String, Value>) {
    let mut add = |name: &str, schema: Value| definitions.insert(name.to_owned(), schema);
    add("case", case());
    add("expectation", expectation());
    let fields = vec![
        field(
            "cases",
            "The cases; their names differ.",
            some_list(reference("case")),
            json!([case_example()]),
        )
        .required(),
        field(
            "defaults",
            "What every input is put over; an empty key of an input takes one away.",
            reference("request"),
            json!({"tenant": "platform-payments"}),
        ),
        field("name", "The name.", reference("some_text"), json!("live")),
        field(
            "now",
            "The instant of every decision.",
            reference("instant"),
            json!("2026-07-04T10:12:03Z"),
        ),
        field(
            "policies",
            "The folder of the policies, relative to the file.",
            reference("some_text"),
            json!("../policies"),
        ),
        field(
            "state",
            "What every case's state is put over.",
            reference("state"),
            json!({"usage": {"tokens": 1200}}),
        ),
    ];
    add("suite", object("A suite", fields));
}

fn case() -> Value {
    let fields = vec![
        field(
            "expect",
            "What the decision must be.",
            reference("expectation"),
            json!({"decision": "denied"}),
        )
        .required(),
        field(
            "input",
            "The request.",
            reference("request"),
            json!({"tool": "file.read", "path": "secrets/key"}),
        )
        .required(),
        field("name", "The name.", reference("some_text"), json!("a secret is not read"))
            .required(),
        field(
            "skip",
            "Why it is not run.",
            reference("some_text"),
            json!("waits for the new limits"),
        ),
        field(
            "state",
            "The state, over a fresh empty one.",
            reference("state"),
            json!({"kill_switches": [{"flag": "disable_shell", "scope": "global"}]}),
        ),
    ];
    object("A case", fields)
}

fn expectation() -> Value {
    let texts = || one_or_some(reference("some_text"));
    let fields = vec![
        field(
            "codes",
            "Codes that must be among the reasons'.",
            texts(),
            json!(["forbidden_path"]),
        ),
        field("decision", "The decision.", reference("decision"), json!("denied")).required(),
        field(
            "matched_rules",
            "Ids of rules that must have matched.",
            texts(),
            json!(["deny_network_copy"]),
        ),
        field(
            "reason_contains",
            "Texts that the explanation must contain, in any case.",
            texts(),
            json!("forbidden path"),
        ),
        field(
            "remedy_contains",
            "Texts that the remedy must contain, in any case.",
            texts(),
            json!("approval"),
        ),
    ];
    object("What a case expects", fields)
}
