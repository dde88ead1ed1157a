//! Cutting a projected tree to a size, and saying so in it.

use serde_json::Map;
use serde_json::Value;

use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::limit::SMALLEST;

/// What stands where a tree or the words of a command were cut.
pub(super) const NOTE: &str = "[TRUNCATED: the rest]";

/// Returns `tree` with at most `max` bytes of keys and values.
pub(super) fn cut(
    redactor: &Redactor,
    sink: Sink,
    tree: Value,
    max: usize,
    summary: &mut RedactionSummary,
) -> Value {
    if size(&tree) <= max {
        return tree;
    }
    let left = max.saturating_sub(NOTE.len() + 1);
    let mut cut = Cut { left, over: false, redactor, removed: 0, sink };
    let tree = cut.value(tree);
    summary.truncated_bytes = summary.truncated_bytes.saturating_add(cut.removed);
    tree
}

/// Returns `words` with at most `max` bytes, counted as in a tree, and how many bytes were removed.
pub(super) fn cut_words(
    redactor: &Redactor,
    sink: Sink,
    words: &[String],
    max: usize,
) -> (Vec<String>, u64) {
    let mut summary = RedactionSummary::default();
    let tree = cut(redactor, sink, Value::from(words), max, &mut summary);
    let items = tree.as_array().map(Vec::as_slice).unwrap_or_default();
    let words = items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (words, summary.truncated_bytes)
}

struct Cut<'r> {
    /// Bytes that may still go out.
    left: usize,
    /// Nothing more goes out.
    over: bool,
    redactor: &'r Redactor,
    removed: u64,
    sink: Sink,
}

impl Cut<'_> {
    fn value(&mut self, value: Value) -> Value {
        let own = match &value {
            Value::Array(_) | Value::Object(_) => 1,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => size(&value),
        };
        if own > self.left {
            self.over = true;
            return self.shortened(value);
        }
        self.left -= own;
        match value {
            Value::Array(items) => {
                let mut out = Vec::new();
                for item in items {
                    if self.over {
                        self.remove(size(&item));
                    } else {
                        out.push(self.value(item));
                    }
                }
                Value::Array(out)
            }
            Value::Object(entries) => {
                let mut out = Map::new();
                for (key, value) in entries {
                    if self.over {
                        self.remove(key.len() + size(&value));
                    } else if key.len() > self.left {
                        self.over = true;
                        self.remove(key.len() + size(&value));
                        out.insert(NOTE.to_owned(), Value::Null);
                    } else {
                        self.left -= key.len();
                        out.insert(key, self.value(value));
                    }
                }
                Value::Object(out)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
        }
    }

    /// Returns what is left of a value that is too long: its beginning, where there is room for it.
    fn shortened(&mut self, value: Value) -> Value {
        if let Value::String(text) = &value
            && self.left > SMALLEST
        {
            let mut summary = RedactionSummary::default();
            let limit = Some(self.left - 1);
            let text = self.redactor.text(text.as_bytes(), self.sink, limit, &mut summary);
            self.removed = self.removed.saturating_add(summary.truncated_bytes);
            return Value::String(text);
        }
        self.remove(size(&value));
        Value::String(NOTE.to_owned())
    }

    fn remove(&mut self, bytes: usize) {
        self.removed = self.removed.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}

/// Returns how many bytes the keys and values of a tree are, and one for each value.
pub(super) fn size(value: &Value) -> usize {
    1 + match value {
        Value::Null | Value::Bool(_) => 0,
        Value::Number(number) => number.to_string().len(),
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(entries) => entries.iter().map(|(key, value)| key.len() + size(value)).sum(),
    }
}
