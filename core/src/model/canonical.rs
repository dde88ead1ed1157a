//! Canonical JSON (RFC 8785): the bytes that are hashed.

use serde::Serialize;
use thiserror::Error;

use crate::model::value::MAX_SAFE_INTEGER;

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
    let mut out = String::new();
    write(&serde_json::to_value(value)?, &mut out)?;
    Ok(out)
}

fn write(value: &serde_json::Value, out: &mut String) -> Result<(), CanonicalError> {
    match value {
        serde_json::Value::Null => out.push_str("null"),
        serde_json::Value::Bool(true) => out.push_str("true"),
        serde_json::Value::Bool(false) => out.push_str("false"),
        serde_json::Value::Number(number) => {
            let safe =
                number.as_i64().filter(|n| n.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs());
            let Some(number) = safe else {
                return Err(CanonicalError::Number(number.to_string()));
            };
            out.push_str(&number.to_string());
        }
        serde_json::Value::String(text) => write_text(text, out)?,
        serde_json::Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        serde_json::Value::Object(entries) => write_object(entries, out)?,
    }
    Ok(())
}

fn write_object(
    entries: &serde_json::Map<String, serde_json::Value>,
    out: &mut String,
) -> Result<(), CanonicalError> {
    let mut sorted: Vec<_> = entries.iter().collect();
    // RFC 8785 section 3.2.3: by UTF-16 code units, which differs from UTF-8 beyond U+FFFF.
    let ascii = entries.keys().all(|key| key.is_ascii());
    sorted.sort_unstable_by(
        |(a, _), (b, _)| {
            if ascii { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
        },
    );
    out.push('{');
    for (index, (key, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(key, out)?;
        out.push(':');
        write(value, out)?;
    }
    out.push('}');
    Ok(())
}

fn write_text(text: &str, out: &mut String) -> Result<(), CanonicalError> {
    // serde_json escapes exactly what RFC 8785 section 3.2.2.2 escapes, in the same way.
    out.push_str(&serde_json::to_string(text)?);
    Ok(())
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
