//! What a host can ask for: every table and schema, or one schema.

use serde_json::Map;
use serde_json::Value;

use crate::reference::field::with;
use crate::reference::policy::policy;
use crate::reference::request::request;
use crate::reference::state::state;
use crate::reference::suite::suite;
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
    let schemas: Map<String, Value> = SCHEMA_NAMES
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), json_schema_of(name)?)))
        .collect();
    with(tables(), "schemas", schemas.into())
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
    let schema = match name {
        "policy" => policy(),
        "request" => request(),
        "state" => state(),
        "suite" => suite(),
        _ => return None,
    };
    let schema = with(schema, "$id", format!("urn:bailiwick:schema:{name}").into());
    let dialect = "https://json-schema.org/draft/2020-12/schema";
    Some(with(schema, "$schema", dialect.into()))
}
