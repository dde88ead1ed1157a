//! JSON read so that nothing is lost without a word: members that stand twice, and numbers that
//! readers keep differently, are told.

use std::cell::RefCell;

use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::Map;
use serde_json::Value;

use crate::provenance::problem::ProblemCode;
use crate::provenance::problem::Problems;

/// Returns the JSON value in `bytes`, `root` being its path; none where it is no JSON.
pub(super) fn read(bytes: &[u8], root: &str, problems: &mut Problems) -> Option<Value> {
    let problems = RefCell::new(problems);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let seed = Seed { path: root.to_owned(), problems: &problems };
    let read = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            let message = format!("not JSON at line {}, column {}", error.line(), error.column());
            problems.borrow_mut().add(ProblemCode::NotJson, root, message);
            None
        }
    }
}

/// Returns the path of the member `name` below `path`.
pub(super) fn path_of(path: &str, name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.is_empty() && name.len() <= 100 && name.chars().all(plain) {
        return format!("{path}.{name}");
    }
    let shown: String = name.chars().take(60).flat_map(char::escape_debug).collect();
    format!("{path}[\"{shown}\"]")
}

struct Seed<'p, 'm> {
    path: String,
    problems: &'p RefCell<&'m mut Problems>,
}

impl Seed<'_, '_> {
    fn below(&self, path: String) -> Self {
        Self { path, problems: self.problems }
    }

    fn check(&self, safe: bool) {
        if !safe {
            let message = "not a whole number within ±(2^53-1): write it as a string";
            self.problems.borrow_mut().add_strict(ProblemCode::NumberUnsafe, &self.path, message);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        self.check(value.unsigned_abs() <= MAX_SAFE);
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        self.check(value <= MAX_SAFE);
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        self.check(false);
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) =
            access.next_element_seed(self.below(format!("{}[{}]", self.path, items.len())))?
        {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let path = path_of(&self.path, &name);
            if members.contains_key(&name) {
                let message = "the member stands twice";
                self.problems.borrow_mut().add(ProblemCode::MemberRepeated, &path, message);
            }
            let value = access.next_value_seed(self.below(path))?;
            members.insert(name, value);
        }
        Ok(members.into())
    }
}

const MAX_SAFE: u64 = 9_007_199_254_740_991;
