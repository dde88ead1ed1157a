//! Canonical JSON (RFC 8785): the bytes that are hashed.

mod escape;
mod object;
mod writer;

use serde::Serialize;
use thiserror::Error;

use crate::model::canonical::writer::Writer;

pub(crate) use escape::write_text;

/// Why a value has no canonical form here.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CanonicalError {
    /// A fraction, or an integer beyond ±(2^53-1).
    #[error("number `{0}` is not a whole number within ±(2^53-1)")]
    Number(String),
    /// The value could not be turned into JSON at all.
    #[error("not expressible as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl CanonicalError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Number(_) => "number_not_canonical",
            Self::Json(_) => "not_json",
        }
    }
}

impl serde::ser::Error for CanonicalError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Json(serde::ser::Error::custom(message))
    }
}

/// Returns the canonical JSON text of `value` (RFC 8785), numbers restricted to whole numbers
/// within ±(2^53-1).
///
/// # Errors
/// Where a number is a fraction or too large, or a map has keys that are not strings.
///
/// # Example
/// ```
/// let text = bailiwick::canonical_json(&serde_json::json!({"b": 1, "a": "é\n"}))?;
/// assert_eq!(text, r#"{"a":"é\n","b":1}"#);
/// # Ok::<(), bailiwick::CanonicalError>(())
/// ```
pub fn canonical_json<T: Serialize + ?Sized>(value: &T) -> Result<String, CanonicalError> {
    canonical_json_without(value, &[])
}

/// Returns the canonical JSON text of a struct as if it had none of `fields`.
///
/// # Errors
/// As [`canonical_json`].
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn canonical_json_without<T: Serialize + ?Sized>(
    value: &T,
    fields: &'static [&'static str],
) -> Result<String, CanonicalError> {
    let mut writer = Writer::without(fields);
    value.serialize(&mut writer)?;
    Ok(writer.into_text())
}

/// The same by way of a tree: a module for the browser is measured by its size, and this way each
/// type is serialised in one way only. The conformance cases hold the bytes equal.
#[cfg(target_arch = "wasm32")]
pub(crate) fn canonical_json_without<T: Serialize + ?Sized>(
    value: &T,
    fields: &'static [&'static str],
) -> Result<String, CanonicalError> {
    let mut tree = json_tree(value)?;
    if let serde_json::Value::Object(entries) = &mut tree {
        entries.retain(|key, _| !fields.contains(&key.as_str()));
    }
    let mut writer = Writer::default();
    tree.serialize(&mut writer)?;
    Ok(writer.into_text())
}

/// Returns `value` as a JSON tree, its own keys and numbers as they are.
///
/// # Errors
/// Where a map has keys that are not strings.
///
/// # Example
/// ```
/// let request: bailiwick::Request = serde_json::from_str(r#"{"tool": "file.read"}"#)?;
/// assert_eq!(bailiwick::json_tree(&request)?, serde_json::json!({"tool": "file.read"}));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(not(target_arch = "wasm32"))]
pub fn json_tree<T: Serialize + ?Sized>(value: &T) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::to_value(value)
}

/// The same by way of text, the one way in which types are serialised where size counts.
#[cfg(target_arch = "wasm32")]
pub fn json_tree<T: Serialize + ?Sized>(value: &T) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::from_str(&serde_json::to_string(value)?)
}

#[cfg(test)]
mod tests {
    use super::canonical_json;

    #[test]
    fn escapes_as_rfc_8785_section_3_2_2_2_does() {
        let text = "\u{20ac}$\u{f}\u{a}A'\u{42}\u{22}\u{5c}\\\"/";
        let expected = "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"";
        assert_eq!(canonical_json(text).unwrap(), expected);
    }

    #[test]
    fn sorts_keys_by_utf_16_units() {
        let value = serde_json::json!({"\u{e000}": 1, "\u{10000}": 2, "a": 3});
        assert_eq!(canonical_json(&value).unwrap(), "{\"a\":3,\"\u{10000}\":2,\"\u{e000}\":1}");
    }

    #[test]
    fn refuses_numbers_that_hosts_read_differently() {
        for value in [serde_json::json!(1.5), serde_json::json!(9_007_199_254_740_992_i64)] {
            assert!(canonical_json(&value).is_err(), "{value}");
        }
    }
}
