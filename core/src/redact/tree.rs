//! Every string of a JSON tree, keys included.

use serde_json::Map;
use serde_json::Value;

use crate::redact::ProjectedTree;
use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::key_name::header_name;
use crate::redact::kind::Kind;
use crate::redact::placeholder::Standing;
use crate::redact::placeholder::is_harmless;

/// Deeper trees are cut: nothing that is read here nests that deep.
const DEEPEST: usize = 128;

impl Redactor {
    /// Returns what `sink` may see of a JSON tree, such as a request: each string is projected, the
    /// value of a key that names a secret goes as a whole, and a list of strings is read as the
    /// words of a command.
    ///
    /// # Example
    /// ```
    /// use bailiwick::{Redactor, Sink};
    /// let request = serde_json::json!({"argv": ["login", "--password", "correct horse"]});
    /// let projected = Redactor::default().project_tree(&request, Sink::LogViewer);
    /// assert_eq!(projected.tree()["argv"][2], "[REDACTED:password]");
    /// ```
    pub fn project_tree(&self, tree: &Value, sink: Sink) -> ProjectedTree {
        let mut summary = RedactionSummary::default();
        let mut walk = Walk { redactor: self, sink, summary: &mut summary };
        let tree = walk.value(tree, None, 0);
        ProjectedTree::new(tree, sink, summary)
    }
}

struct Walk<'a> {
    redactor: &'a Redactor,
    sink: Sink,
    summary: &'a mut RedactionSummary,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, kind: Option<Kind>, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::String(format!("[TRUNCATED: deeper than {DEEPEST}]"));
        }
        match value {
            Value::Null | Value::Bool(_) => value.clone(),
            Value::Number(number) => match kind {
                Some(Kind::Password) => self.whole(&number.to_string(), kind),
                Some(_) | None => value.clone(),
            },
            Value::String(text) => self.whole(text, kind),
            Value::Array(items) => self.array(items, kind, depth),
            Value::Object(entries) => self.object(entries, depth),
        }
    }

    fn whole(&mut self, text: &str, kind: Option<Kind>) -> Value {
        let secret = kind.filter(|kind| !is_harmless(text.as_bytes(), *kind, Standing::Quoted));
        Value::String(match secret {
            Some(kind) => self.redactor.mark(text, kind, self.sink, self.summary),
            None => self.text(text),
        })
    }

    fn text(&mut self, text: &str) -> String {
        let limit = self.redactor.limit(self.sink);
        self.redactor.text(text.as_bytes(), self.sink, limit, self.summary)
    }

    fn array(&mut self, items: &[Value], kind: Option<Kind>, depth: usize) -> Value {
        let words: Option<Vec<String>> =
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
        let items = match words {
            Some(words) if kind.is_none() => {
                let words = self.redactor.words(&words, self.sink, self.summary);
                words.into_iter().map(Value::String).collect()
            }
            Some(_) | None => items.iter().map(|item| self.value(item, kind, depth + 1)).collect(),
        };
        Value::Array(items)
    }

    fn object(&mut self, entries: &Map<String, Value>, depth: usize) -> Value {
        // `{"name": "DB_PASSWORD", "value": "…"}` names its secret in a value.
        let named = ["name", "key", "Name", "Key"]
            .iter()
            .find_map(|name| entries.get(*name)?.as_str())
            .and_then(|name| self.redactor.targets().secret_name(name.as_bytes()));
        let mut out = Map::new();
        for (key, value) in entries {
            let pair = named.filter(|_| key.eq_ignore_ascii_case("value"));
            let name = key.as_bytes();
            let kind =
                self.redactor.targets().secret_name(name).or_else(|| header_name(name)).or(pair);
            let mut shown = self.redactor.text(name, self.sink, None, self.summary);
            while out.contains_key(&shown) {
                shown.push('\'');
            }
            out.insert(shown, self.value(value, kind, depth + 1));
        }
        Value::Object(out)
    }
}
