//! The pieces of a JSON Schema: fields, objects, references, lists.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// The largest number that every reader keeps exactly.
pub(super) const MAX_NUMBER: u64 = (1 << 53) - 1;

/// One key of a mapping.
#[derive(Clone, Debug)]
pub(super) struct Field {
    about: String,
    example: Value,
    key: String,
    required: bool,
    schema: Value,
}

/// Returns a key with what it is for, what it holds and an example of that.
pub(super) fn field(
    key: impl Into<String>,
    about: impl Into<String>,
    schema: Value,
    example: Value,
) -> Field {
    Field { about: about.into(), example, key: key.into(), required: false, schema }
}

impl Field {
    /// Returns the key as one that must stand there.
    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// Returns the schema of a mapping with these keys and no other.
pub(super) fn object(title: &str, fields: Vec<Field>) -> Value {
    build(title, fields, false)
}

/// Returns the schema of a mapping with these keys and no other, each of which may be empty.
pub(super) fn sparse_object(title: &str, fields: Vec<Field>) -> Value {
    build(title, fields, true)
}

fn build(title: &str, fields: Vec<Field>, nullable: bool) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let schema = if nullable && !field.required {
            any_of([field.schema, json!({"type": "null"})])
        } else {
            field.schema
        };
        let mut schema = with(schema, "description", field.about.into());
        schema = with(schema, "examples", json!([field.example]));
        if field.required {
            required.push(field.key.clone());
        }
        properties.insert(field.key, schema);
    }
    json!({
        "additionalProperties": false,
        "properties": properties,
        "required": required,
        "title": title,
        "type": "object",
    })
}

/// Returns `schema` with one more keyword.
pub(super) fn with(schema: Value, keyword: &str, value: Value) -> Value {
    match schema {
        Value::Object(mut keywords) => {
            keywords.insert(keyword.to_owned(), value);
            Value::Object(keywords)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            schema
        }
    }
}

/// Returns the schema of what one of `choices` describes.
pub(super) fn any_of(choices: impl IntoIterator<Item = Value>) -> Value {
    json!({"anyOf": choices.into_iter().collect::<Vec<_>>()})
}

/// Returns a reference to a definition of the same schema.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// Returns the schema of a list.
pub(super) fn list(items: Value) -> Value {
    json!({"items": items, "type": "array"})
}

/// Returns the schema of a list that is not empty.
pub(super) fn some_list(items: Value) -> Value {
    with(list(items), "minItems", 1.into())
}

/// Returns the schema of one item, or a list of them.
pub(super) fn one_or_many(item: Value) -> Value {
    any_of([item.clone(), list(item)])
}

/// Returns the schema of one item, or a list of them that is not empty.
pub(super) fn one_or_some(item: Value) -> Value {
    any_of([item.clone(), some_list(item)])
}

/// Returns the schema of a mapping of any keys to values of one kind.
pub(super) fn map(values: Value) -> Value {
    json!({"additionalProperties": values, "type": "object"})
}

/// Returns the schema of `true` or `false`.
pub(super) fn boolean() -> Value {
    json!({"type": "boolean"})
}

/// Returns the schema of a whole number within these bounds.
pub(super) fn number(minimum: u64, maximum: u64) -> Value {
    json!({"maximum": maximum, "minimum": minimum, "type": "integer"})
}

/// Returns `schema` for a mapping in which `one` and `other` are names of one key.
pub(super) fn one_name(schema: Value, one: &str, other: &str) -> Value {
    with(schema, "not", json!({"required": [one, other]}))
}
