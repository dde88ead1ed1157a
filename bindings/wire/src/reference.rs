//! `schema` and `version`.

use bailiwick::SCHEMA_NAMES;
use bailiwick::closest;
use bailiwick::json_schema;
use bailiwick::json_schema_of;
use serde::Deserialize;
use serde::Serialize;
use serde_json::json;

use crate::WireError;
use crate::input::read;
use crate::input::write;
use crate::operations;

/// What `schema` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The one JSON Schema that is wanted; everything where absent.
    #[serde(default)]
    name: Option<String>,
}

/// `version` takes nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

pub(crate) fn schema(input: &str) -> Result<String, WireError> {
    let Input { name } = read(input)?;
    if let Some(name) = name {
        return match json_schema_of(&name) {
            Some(schema) => write(&schema),
            None => Err(unknown(&name)),
        };
    }
    let mut all = json_schema();
    if let Some(tables) = all.as_object_mut() {
        let rows = operations().iter().map(|operation| {
            json!({
                "about": operation.about,
                "name": operation.name,
                "needs_policies": operation.needs_policies,
            })
        });
        tables.insert("operations".to_owned(), rows.collect());
    }
    write(&all)
}

fn unknown(name: &str) -> WireError {
    let shown: String = name.chars().take(80).collect();
    let help = match closest(&shown, SCHEMA_NAMES.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the schemas are {}", SCHEMA_NAMES.join(", ")),
    };
    WireError::new("schema_unknown", format!("schema `{shown}` is unknown")).with_help(help)
}

pub(crate) fn version(input: &str) -> Result<String, WireError> {
    #[derive(Serialize)]
    struct Output {
        name: &'static str,
        rego: bool,
        version: &'static str,
    }
    let Nothing {} = read(input)?;
    write(&Output {
        name: "bailiwick",
        rego: cfg!(feature = "rego"),
        version: env!("CARGO_PKG_VERSION"),
    })
}

#[cfg(test)]
mod tests {
    use bailiwick::SCHEMA_NAMES;
    use serde_json::Value;

    use super::schema;
    use crate::operations;

    fn answer(input: &str) -> Value {
        serde_json::from_str(&schema(input).unwrap()).unwrap()
    }

    #[test]
    fn returns_every_table_and_schema_and_the_operations() {
        let all = answer("{}");
        let listed = all.get("operations").and_then(Value::as_array).unwrap();
        assert_eq!(listed.len(), operations().len());
        for name in SCHEMA_NAMES {
            let one = answer(&format!(r#"{{"name": "{name}"}}"#));
            assert_eq!(all.pointer(&format!("/schemas/{name}")), Some(&one));
        }
    }

    #[test]
    fn suggests_the_schema_that_was_meant() {
        let error = schema(r#"{"name": "polcy"}"#).unwrap_err();
        assert_eq!(error.code, "schema_unknown");
        assert_eq!(error.help.as_deref(), Some("did you mean `policy`?"));
        let error = schema(r#"{"name": "zzz"}"#).unwrap_err();
        assert_eq!(error.help.as_deref(), Some("the schemas are policy, request, state, suite"));
    }
}
