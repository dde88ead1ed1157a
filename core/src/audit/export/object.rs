//! Small trees of JSON, without what is absent.

use crate::model::Value;
use crate::model::ordered::map_of;

/// Returns an object of the entries that are there: `null` stands for what is absent.
pub(super) fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let there = entries.into_iter().filter(|(_, value)| *value != Value::Null);
    Value::Map(map_of(there.map(|(name, value)| (name.to_owned(), value))))
}

pub(super) fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

pub(super) fn maybe<T: ToString>(value: Option<&T>) -> Value {
    value.map_or(Value::Null, |value| Value::Text(value.to_string()))
}

/// Returns a number, as text where it has more than 63 bits; records hold none with more than 53.
pub(super) fn whole(value: u64) -> Value {
    i64::try_from(value).map_or_else(|_| Value::Text(value.to_string()), Value::Integer)
}
