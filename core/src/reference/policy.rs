//! The schema of a policy document: one key, its kind.

use serde_json::Value;
use serde_json::json;

use crate::model::Level;
use crate::reference::access;
use crate::reference::level;
use crate::reference::request;
use crate::reference::rule;
use crate::reference::text::Form;
use crate::reference::text::definitions;

/// Returns every kind of document.
pub(super) fn kinds() -> Vec<&'static str> {
    let levels = Level::ALL.iter().map(|level| level.document_kind());
    levels.chain(["access_rule", "kill_switch", "rego_policy"]).collect()
}

/// Returns the schema of one document of a policy file.
pub(super) fn policy() -> Value {
    let mut defs = definitions(Form::Yaml);
    level::define(&mut defs);
    rule::define(&mut defs);
    access::define(&mut defs);
    request::define(&mut defs, Form::Yaml);
    let kinds: Vec<Value> = kinds()
        .into_iter()
        .map(|kind| {
            json!({
                "additionalProperties": false,
                "properties": {kind: {"$ref": format!("#/$defs/{kind}")}},
                "required": [kind],
                "title": kind,
                "type": "object",
            })
        })
        .collect();
    json!({
        "$defs": defs,
        "description": "One YAML document of a policy file; `---` stands between several. Its \
                        one key is its kind.",
        "examples": [{"platform_policy": {"version": 1, "allowed_actions": ["file.read"]}}],
        "oneOf": kinds,
        "title": "Bailiwick policy document",
    })
}
