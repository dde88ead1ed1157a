//! What a host can ask for: every table and schema, or one schema.

use serde_json::Map;
use serde_json::Value;

use crate::reference::rows::ROWS;
use crate::reference::rows::put;
use crate::reference::rows::read_schema;
use crate::reference::tables::kinds;
use crate::reference::tables::tables;

/// The names that [`json_schema_of`] knows.
pub const SCHEMA_NAMES: &[&str] = &["policy", "request", "state", "suite"];

/// Returns every table of names, and under `schemas` every JSON Schema by its name.
///
/// # Example
/// ```
/// let all = bailiwick::json_schema();
/// let roles = all.get("roles").and_then(|roles| roles.as_array());
/// assert_eq!(roles.map(Vec::len), Some(7));
/// assert!(all.pointer("/schemas/policy/$defs/rule/properties/effect").is_some());
/// ```
pub fn json_schema() -> Value {
    let mut schemas = Map::new();
    for name in SCHEMA_NAMES {
        // A test reads every row; were one unreadable, `null` would show it.
        put(&mut schemas, name, json_schema_of(name).unwrap_or_default());
    }
    let mut all = tables();
    put(&mut all, "schemas", schemas.into());
    all.into()
}

/// Returns the JSON Schema (2020-12) of that name, one of [`SCHEMA_NAMES`].
///
/// `policy` and `suite` describe documents of YAML files, `request` and `state` what hosts send
/// as JSON. What a schema cannot say (names that must differ, conditions that must read well) is
/// left to the reader of documents.
///
/// # Example
/// ```
/// let schema = bailiwick::json_schema_of("request");
/// let id = schema.as_ref().and_then(|schema| schema.get("$id"));
/// assert_eq!(id.and_then(|id| id.as_str()), Some("urn:bailiwick:schema:request"));
/// assert!(bailiwick::json_schema_of("polcy").is_none());
/// ```
pub fn json_schema_of(name: &str) -> Option<Value> {
    if !SCHEMA_NAMES.contains(&name) {
        return None;
    }
    let Ok(Value::Object(mut schema)) = read_schema(ROWS, name) else { return None };
    if name == "policy" {
        let kinds: Option<Vec<Value>> = kinds().into_iter().map(of_kind).collect();
        put(&mut schema, "oneOf", kinds?.into());
    }
    put(&mut schema, "$id", ["urn:bailiwick:schema:", name].concat().into());
    put(&mut schema, "$schema", "https://json-schema.org/draft/2020-12/schema".into());
    Some(schema.into())
}

/// The schema of a document of the kind `@`: its one key is the kind.
const OF_KIND: &str = r##"{
    "additionalProperties": false,
    "properties": {"@": {"$ref": "#/$defs/@"}},
    "required": ["@"],
    "title": "@",
    "type": "object"
}"##;

fn of_kind(kind: &str) -> Option<Value> {
    serde_json::from_str(&OF_KIND.replace('@', kind)).ok()
}
