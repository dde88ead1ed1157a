//! The schema of a state.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::reference::field::Field;
use crate::reference::field::MAX_NUMBER;
use crate::reference::field::boolean;
use crate::reference::field::field;
use crate::reference::field::list;
use crate::reference::field::map;
use crate::reference::field::number;
use crate::reference::field::reference;
use crate::reference::request;
use crate::reference::request::mapping;
use crate::reference::request::text;
use crate::reference::text::Form;
use crate::reference::text::definitions;

/// Returns the schema of a state as hosts send it.
pub(super) fn state() -> Value {
    let mut defs = definitions(Form::Json);
    request::define_subject(&mut defs, Form::Json);
    define(&mut defs, Form::Json);
    json!({
        "$defs": defs,
        "$ref": "#/$defs/state",
        "description": "What is known as of one instant outside the request: kill switches, \
                        approvals, usage.",
        "examples": [{
            "as_of": NOW,
            "now": NOW,
            "usage": {"tokens": 1200},
            "usage_complete": true,
            "version": "41"
        }],
        "title": "Bailiwick state",
    })
}

const NOW: &str = "2026-07-04T10:12:03Z";

/// Adds the definitions of a state and of what stands in one. In a suite every key may be left
/// out: the case runs in a fresh empty state.
pub(super) fn define(definitions: &mut Map<String, Value>, form: Form) {
    let mut add = |name: &str, schema: Value| definitions.insert(name.to_owned(), schema);
    add("approval_given", mapping(form, "An approval", approval()));
    add("kill_switch_on", mapping(form, "A kill switch that is on", kill_switch()));
    let needed = |field: Field| match form {
        Form::Json => field.required(),
        Form::Yaml => field,
    };
    let fields = vec![
        field(
            "approvals",
            "Approvals that could bear on the request.",
            list(reference("approval_given")),
            json!([]),
        ),
        needed(instant("as_of", "When the state was read from its stores.")),
        field(
            "kill_switches",
            "Kill switches that are on, beside those in documents.",
            list(reference("kill_switch_on")),
            json!([{"flag": "disable_shell", "scope": "global"}]),
        ),
        needed(instant("now", "The instant of the decision.")),
        field(
            "usage",
            "What was used so far, by the usage key of a limit.",
            map(number(0, MAX_NUMBER)),
            json!({"tokens": 1200}),
        ),
        field(
            "usage_complete",
            "A key absent from `usage` means zero; otherwise it means unknown, and a limit that \
             is compared with it denies.",
            boolean(),
            json!(true),
        ),
        needed(text("version", "The version of the state, opaque.", "41")),
    ];
    add("state", mapping(form, "A state", fields));
}

fn instant(key: &'static str, about: &'static str) -> Field {
    field(key, about, reference("instant"), NOW.into())
}

fn approval() -> Vec<Field> {
    let fields = vec![
        text("approval_id", "The id.", "apr_01jz"),
        field(
            "approver",
            "Who approved, with roles and team as of the approval.",
            reference("subject"),
            json!({"id": "user:ben", "roles": ["Approver"]}),
        ),
        text(
            "effective_policy_hash",
            "The hash of the effective policy it was given under.",
            "sha256:...",
        ),
        instant("expires_at", "When it ends."),
        instant("granted_at", "When it was given."),
        text("request_hash", "The hash of the request it was given for.", "sha256:..."),
    ];
    fields.into_iter().map(Field::required).collect()
}

fn kill_switch() -> Vec<Field> {
    vec![
        field(
            "flag",
            "What it switches off.",
            reference("kill_switch_flag"),
            json!("disable_shell"),
        )
        .required(),
        text(
            "name",
            "The tenant, campaign or repository; none for the global and capability scopes.",
            "payment-service",
        ),
        field("scope", "How far it reaches.", reference("kill_switch_scope"), json!("repository"))
            .required(),
    ]
}
