//! An authority for people: fields that say nothing left out, rules by their ids.

use serde::Deserialize;
use serde_json::Value;

/// Returns a field for people, or nothing where it says nothing.
pub(crate) fn shown(value: &Value) -> Option<String> {
    let lines: Vec<String> = match value {
        Value::Null | Value::Bool(false) => return None,
        Value::Bool(true) | Value::Number(_) | Value::String(_) => {
            return Some(format!(" {}", words(value)));
        }
        Value::Array(list) if list.iter().all(|entry| !entry.is_array()) => {
            let named: Vec<String> = list.iter().map(words).collect();
            if named.iter().map(String::len).sum::<usize>() < 60 {
                return (!named.is_empty()).then(|| format!(" {}", named.join(", ")));
            }
            named
        }
        Value::Array(clauses) => clauses.iter().map(one_of).collect(),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key} = {}", words(value))).collect()
        }
    };
    (!lines.is_empty()).then(|| format!("\n    {}", lines.join("\n    ")))
}

/// Returns a value in one line; a rule in canonical form as its id.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => rule(text).unwrap_or_else(|| text.clone()),
        Value::Array(list) if list.is_empty() => "(none)".to_owned(),
        Value::Array(list) if list.iter().all(Value::is_array) => {
            let clauses: Vec<String> = list.iter().map(one_of).collect();
            clauses.join(", and ")
        }
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let said = map.iter().filter(|(_, value)| !value.is_null());
            let said = said.map(|(key, value)| format!("{key} {}", words(value)));
            said.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns a clause: one entry of it must match.
fn one_of(clause: &Value) -> String {
    let entries: Vec<String> = clause.as_array().into_iter().flatten().map(words).collect();
    format!("one of ({})", entries.join("; "))
}

fn rule(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Rule {
        actions: Vec<String>,
        explain: Option<String>,
        id: String,
    }
    let rule: Rule = serde_json::from_str(text).ok()?;
    let explain = rule.explain.map(|explain| format!(": {explain}"));
    let (id, actions) = (rule.id, rule.actions.join(", "));
    Some(format!("{id} ({actions}){}", explain.unwrap_or_default()))
}
