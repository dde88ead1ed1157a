//! As much of JSON Schema as the schemas use, without `pattern` and `format`. A keyword that is
//! not known here fails the test: it would not be checked.

use serde_json::Value;

/// Returns what is wrong with `value`, each with its path.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn holds(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, value, "", &mut found);
    found.is_empty()
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Value::Bool(false) = schema {
        found.push(format!("{path}: not allowed"));
        return;
    }
    for (keyword, limit) in schema.as_object().unwrap() {
        let matching = |limit: &Value| {
            let choices = limit.as_array().unwrap();
            choices.iter().filter(|choice| holds(root, choice, value)).count()
        };
        let at_least = |number: Option<u64>| number.is_none_or(|n| n >= limit.as_u64().unwrap());
        let good = match keyword.as_str() {
            "$defs" | "$id" | "$schema" | "description" | "examples" | "format" | "pattern"
            | "title" | "maxLength" => true,
            "$ref" => {
                let pointer = limit.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(pointer).unwrap(), value, path, found);
                true
            }
            "anyOf" => matching(limit) > 0,
            "oneOf" => matching(limit) == 1,
            "not" => !holds(root, limit, value),
            "enum" => limit.as_array().unwrap().contains(value),
            "type" => match limit {
                Value::Array(types) => types.iter().any(|one| is_a(value, one)),
                one => is_a(value, one),
            },
            "minimum" => value.as_i64().is_none_or(|n| n >= limit.as_i64().unwrap()),
            "maximum" => value.as_i64().is_none_or(|n| n <= limit.as_i64().unwrap()),
            "minItems" => at_least(value.as_array().map(|items| items.len() as u64)),
            "minProperties" => at_least(value.as_object().map(|entries| entries.len() as u64)),
            "required" => value.as_object().is_none_or(|entries| {
                let keys = limit.as_array().unwrap();
                keys.iter().all(|key| entries.contains_key(key.as_str().unwrap()))
            }),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, limit, item, &format!("{path}[{index}]"), found);
                }
                true
            }
            "propertyNames" => {
                let names = value.as_object().into_iter().flat_map(|entries| entries.keys());
                names.map(|name| Value::from(name.as_str())).all(|name| holds(root, limit, &name))
            }
            "properties" => {
                for (key, property) in limit.as_object().unwrap() {
                    if let Some(item) = value.get(key) {
                        check(root, property, item, &format!("{path}.{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (key, item) in value.as_object().into_iter().flatten() {
                    if known.is_none_or(|known| !known.contains_key(key)) {
                        check(root, limit, item, &format!("{path}.{key}"), found);
                    }
                }
                true
            }
            other => panic!("the validator does not know `{other}`"),
        };
        if !good {
            found.push(format!("{path}: {keyword}"));
        }
    }
}

fn is_a(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        other => panic!("no such type: {other}"),
    }
}
