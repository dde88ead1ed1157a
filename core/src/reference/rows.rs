//! The JSON Schemas, which are rows of text: data is a quarter of the code that would say it.
//!
//! A line is one of these:
//! - `# …`: a remark.
//! - `@ policy suite`: what follows belongs to the schemas of these names; in `@ groups` stand the
//!   keys that mappings share.
//! - `= JSON`: keywords of the schema itself.
//! - `name = JSON`: a definition. After `enum` the name of a table stands for all names that it
//!   reads.
//! - `name: title`: a definition of a mapping with the keys that follow, and no other. They are
//!   indented by two blanks:
//!   - `key, key | what they hold | what they are for | example`, the example as JSON; `every
//!     limit` stands for the names of all limits, and says itself what they are for. A key with
//!     `!` must stand there, one with `*` only where a host sends it.
//!   - `+ group group`: the keys of these groups.
//!   - `= JSON`: more keywords of the mapping.
//!
//! What a key holds is the name of a definition, `boolean`, `number 0..9`, JSON, `list …`,
//! `some list …` (not empty), `map …` (of any keys), `one or many …`, `one or some …`, or several
//! with ` / ` between them. Where people write in YAML what a host sends as JSON, a key may be
//! empty.

use serde_json::Map;
use serde_json::Value;

use crate::model::Limit;
use crate::model::LimitSource;
use crate::reference::names::readable_names_of;
use crate::reference::names::table;
use crate::reference::shape::is_name;
use crate::reference::shape::push_shape;

/// The rows of every schema.
pub(super) const ROWS: &str = include_str!("schemas.txt");

/// Returns whether hosts send as JSON what this schema describes; people write the others in YAML.
fn is_sent(schema: &str) -> bool {
    matches!(schema, "request" | "state")
}

/// Returns the schema of that name.
///
/// # Errors
/// Where a row cannot be read: the row, or the group that it names.
pub(super) fn read_schema<'t>(rows: &'t str, schema: &str) -> Result<Value, &'t str> {
    let sent = is_sent(schema);
    let mut keywords = Map::new();
    let mut definitions = Map::new();
    let (mut here, mut sparse) = (false, false);
    for line in rows.lines() {
        if line.is_empty() || line.starts_with(['#', ' ']) {
            continue;
        }
        let (head, rest) = line.split_once(' ').ok_or(line)?;
        if head == "@" {
            here = rest.split(' ').any(|name| name == schema);
            sparse = !sent && rest.split(' ').any(is_sent);
            continue;
        }
        if !here {
            continue;
        }
        if head == "=" {
            keywords = read_object(rest).ok_or(line)?;
            continue;
        }
        let name = head.trim_end_matches(':');
        let definition = if name == head {
            read_definition(rest).ok_or(line)?
        } else {
            let mut mapping = Mapping { sent, sparse, ..Mapping::default() };
            mapping.add_group(rows, name)?;
            mapping.finish(rest)
        };
        if definitions.insert(name.to_owned(), definition).is_some() || !is_name(name) {
            return Err(line);
        }
    }
    put(&mut keywords, "$defs", definitions.into());
    Ok(keywords.into())
}

/// Puts a value into a JSON object.
pub(super) fn put(object: &mut Map<String, Value>, key: &str, value: Value) {
    object.insert(key.to_owned(), value);
}

fn read_object(json: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Some(object),
        Ok(_) | Err(_) => None,
    }
}

fn read_definition(text: &str) -> Option<Value> {
    let mut definition = Value::Object(read_object(text.strip_prefix("= ")?)?);
    put_names(&mut definition)?;
    if let Some(Value::Array(choices)) = definition.get_mut("anyOf") {
        for choice in choices {
            put_names(choice)?;
        }
    }
    Some(definition)
}

/// Puts the names of a table where its name stands.
fn put_names(schema: &mut Value) -> Option<()> {
    if let Some(names) = schema.get_mut("enum")
        && let Some(entry) = names.as_str()
    {
        *names = readable_names_of(entry)?;
    }
    Some(())
}

/// A mapping whose keys are being read.
#[derive(Default)]
struct Mapping {
    keywords: Map<String, Value>,
    properties: Map<String, Value>,
    required: Vec<Value>,
    /// A host sends it.
    sent: bool,
    /// Its keys may be empty.
    sparse: bool,
}

impl Mapping {
    /// Adds what stands below `name: …`.
    fn add_group<'t>(&mut self, rows: &'t str, name: &'t str) -> Result<(), &'t str> {
        let mut lines = rows.lines();
        let begins = |line: &str| line.strip_prefix(name).is_some_and(|l| l.starts_with(": "));
        lines.find(|line| begins(line)).ok_or(name)?;
        for line in lines.map_while(|line| line.strip_prefix("  ")) {
            if let Some(groups) = line.strip_prefix("+ ") {
                for group in groups.split(' ') {
                    self.add_group(rows, group)?;
                }
            } else if let Some(json) = line.strip_prefix("= ") {
                self.keywords.extend(read_object(json).ok_or(line)?);
            } else {
                self.add_row(line).ok_or(line)?;
            }
        }
        Ok(())
    }

    fn add_row(&mut self, row: &str) -> Option<()> {
        let mut columns = row.splitn(4, " | ");
        let (keys, holds) = (columns.next()?, columns.next()?);
        let (about, example) = (columns.next()?, columns.next()?);
        if keys == "every limit" {
            for name in table("limit")?.readable_names() {
                self.add_key(&name, holds, &about_limit(Limit::from_name(&name)?), example)?;
            }
            return Some(());
        }
        for key in keys.split(", ") {
            self.add_key(key, holds, about, example)?;
        }
        Some(())
    }

    fn add_key(&mut self, marked: &str, holds: &str, about: &str, example: &str) -> Option<()> {
        let key = marked.trim_end_matches(['!', '*']);
        let required = marked.ends_with('!') || (marked.ends_with('*') && self.sent);
        let mut text = String::new();
        if self.sparse && !required {
            text.push_str(r#"{"anyOf":["#);
            push_shape(&mut text, holds)?;
            text.push_str(r#",{"type":"null"}]}"#);
        } else {
            push_shape(&mut text, holds)?;
        }
        let mut property = read_object(&text)?;
        put(&mut property, "description", about.into());
        let example: Value = serde_json::from_str(example).ok()?;
        put(&mut property, "examples", vec![example].into());
        if required {
            self.required.push(key.into());
        }
        let before = self.properties.insert(key.to_owned(), property.into());
        (before.is_none() && is_name(key) && !about.is_empty()).then_some(())
    }

    fn finish(self, title: &str) -> Value {
        let mut mapping = self.keywords;
        put(&mut mapping, "additionalProperties", false.into());
        put(&mut mapping, "properties", self.properties.into());
        put(&mut mapping, "required", self.required.into());
        put(&mut mapping, "title", title.into());
        put(&mut mapping, "type", "object".into());
        mapping.into()
    }
}

fn about_limit(limit: Limit) -> String {
    let about = match limit.source() {
        LimitSource::Obligation => "for the enforcement point to see to",
        LimitSource::Request => "compared with what the request carries",
        LimitSource::State => "the age at which the state is too old to decide by",
        LimitSource::Usage => "compared with what the state says was used so far",
    };
    ["In ", limit.unit(), ": ", about, "."].concat()
}

#[cfg(test)]
mod tests;
