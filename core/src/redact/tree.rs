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
use crate::redact::stream::REFUSED_VALUE;
use crate::redact::tree_limit::cut;

/// Deeper trees are cut: nothing that is read here nests that deep.
const DEEPEST: usize = 128;
/// Names whose value is the name of what stands beside it.
const NAMES: [&str; 6] = ["name", "key", "variable", "header", "field", "parameter"];
/// Names of what stands beside such a name.
const VALUES: [&str; 6] = ["value", "values", "val", "default", "stringValue", "plaintext"];
/// Names that say what else their value is, also inside of something secret.
const OTHERS: [&str; 32] = [
    "$ref",
    "algorithm",
    "created_at",
    "createdat",
    "description",
    "domain",
    "email",
    "endpoint",
    "expiration",
    "expires",
    "expires_at",
    "expires_in",
    "expiresat",
    "format",
    "host",
    "hostname",
    "id",
    "kind",
    "login",
    "name",
    "path",
    "port",
    "provider",
    "region",
    "scope",
    "status",
    "title",
    "type",
    "updated_at",
    "url",
    "user",
    "username",
];

impl Redactor {
    /// Returns what `sink` may see of a JSON tree, such as a request: each string is projected, what
    /// belongs to a key that names a secret goes as a whole, at any depth, and a list of strings is
    /// read as the words of a command. The limit of [`crate::RedactorBuilder::max_bytes`] holds for
    /// the bytes of all keys and values together. Where a policy refuses one of them, a single text
    /// that says so stands for the whole tree, and the summary says `refused`.
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
        let mut tree = walk.value(tree, None, 0);
        if let Some(max) = self.limit(sink) {
            tree = cut(self, sink, tree, max, &mut summary);
        }
        if summary.refused {
            tree = Value::String(REFUSED_VALUE.to_owned());
        }
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
            Value::Number(number) => {
                let text = number.to_string();
                let password = kind.filter(|kind| *kind == Kind::Password);
                match password.filter(|kind| !is_harmless(text.as_bytes(), *kind, Standing::Quoted))
                {
                    Some(_) => self.whole(&text, kind),
                    None => value.clone(),
                }
            }
            Value::String(text) => self.whole(text, kind),
            Value::Array(items) => self.array(items, kind, depth),
            Value::Object(entries) => self.object(entries, kind, depth),
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
        self.redactor.text(text.as_bytes(), self.sink, None, self.summary)
    }

    fn array(&mut self, items: &[Value], kind: Option<Kind>, depth: usize) -> Value {
        let words: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
        match words.filter(|_| kind.is_none()) {
            Some(words)
                if words
                    .iter()
                    .any(|word| word.contains("-----BEGIN ") || word.contains("-----END ")) =>
            {
                let lines = self.lines(&words);
                self.words(&lines.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Some(words) => self.words(&words),
            None => items.iter().map(|item| self.value(item, kind, depth + 1)).collect(),
        }
    }

    /// The words of a command, or names of headers and their values in turn.
    fn words(&mut self, words: &[&str]) -> Value {
        let kinds: Vec<Option<Kind>> =
            (0..words.len()).map(|index| self.kind_of_item(words, index)).collect();
        let plain = |(word, kind): (&&str, &Option<Kind>)| match kind {
            Some(_) => String::new(),
            None => (*word).to_owned(),
        };
        let command: Vec<String> = words.iter().zip(&kinds).map(plain).collect();
        let command = self.redactor.words(&command, self.sink, self.summary);
        let shown = command.into_iter().zip(words.iter().zip(kinds));
        shown
            .map(|(shown, (word, kind))| match kind {
                Some(_) => self.whole(word, kind),
                None => Value::String(shown),
            })
            .collect()
    }

    /// Returns what the item is that stands behind the name of a header, or behind the name of a
    /// secret in a list of pairs.
    fn kind_of_item(&self, words: &[&str], index: usize) -> Option<Kind> {
        let name = words.get(index.checked_sub(1)?)?;
        let value = words.get(index)?;
        if let Some(kind) = header_name(name.as_bytes()) {
            return Some(kind);
        }
        let pairs = index % 2 == 1 && words.len().is_multiple_of(2) && !name.starts_with('-');
        let header = name.contains('-')
            || value.bytes().any(|byte| !byte.is_ascii_alphabetic() && byte != b'_');
        (pairs && header).then(|| self.redactor.targets().secret_name(name.as_bytes()))?
    }

    /// The lines of a text that holds a private key: what one of them announces holds for the next.
    fn lines(&mut self, lines: &[&str]) -> Vec<String> {
        let shown = self.text(&lines.join("\n"));
        let mut rest = shown.split('\n');
        lines
            .iter()
            .map(|line| {
                let feeds = line.matches('\n').count();
                let own: Vec<&str> = rest.by_ref().take(feeds + 1).collect();
                own.join("\n")
            })
            .collect()
    }

    fn object(&mut self, entries: &Map<String, Value>, kind: Option<Kind>, depth: usize) -> Value {
        // `{"name": "DB_PASSWORD", "value": "…"}` names its secret in a value.
        let is =
            |key: &str, names: &[&str]| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        let named = entries.iter().filter(|(key, _)| is(key, &NAMES));
        let named = named.filter_map(|(_, name)| self.kind_of(name.as_str()?)).next();
        let mut out = Map::new();
        for (key, value) in entries {
            let pair = named.filter(|_| is(key, &VALUES));
            let handed_down = kind.filter(|_| !is(key, &OTHERS));
            let cookies = value.is_array() || value.is_object();
            let cookies = (cookies && is(key, &["cookies"])).then_some(Kind::Cookie);
            let kind = self.kind_of(key).or(pair).or(handed_down).or(cookies);
            let mut shown = self.redactor.text(key.as_bytes(), self.sink, None, self.summary);
            while out.contains_key(&shown) {
                shown.push('\'');
            }
            out.insert(shown, self.value(value, kind, depth + 1));
        }
        Value::Object(out)
    }

    fn kind_of(&self, name: &str) -> Option<Kind> {
        let name = name.as_bytes();
        self.redactor.targets().secret_name(name).or_else(|| header_name(name))
    }
}

#[cfg(test)]
mod tests;
