//! Nodes to values: a cursor that knows its path, and a decoder that collects every finding.

use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::Related;
use crate::document::node::Entry;
use crate::document::node::Node;
use crate::document::node::NodeKind;
use crate::document::node::path_of_item;
use crate::document::node::path_of_key;
use crate::model::Location;
use crate::model::closest;

/// The largest number that every reader keeps exactly.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;
/// The longest name.
const MAX_NAME: usize = 200;
/// Findings of one file that are kept; the rest is only counted.
const MAX_FINDINGS: usize = 100;
/// The longest text for which what may have been meant is looked for.
const MAX_SUGGESTED: usize = 100;

/// A node and the path that leads to it.
#[derive(Clone, Debug)]
pub(crate) struct At<'n> {
    /// Line and column to report: the key's where the value is empty.
    pub(crate) place: (u32, u32),
    /// The node.
    pub(crate) node: &'n Node,
    /// The path, such as `repo_policy.rules[0].when`.
    pub(crate) path: String,
}

impl<'n> At<'n> {
    /// Returns the root of a document.
    pub(crate) fn root(node: &'n Node) -> Self {
        Self { place: (node.line, node.column), node, path: String::new() }
    }

    /// Returns the value of `entry`.
    pub(crate) fn entry(&self, entry: &'n Entry) -> Self {
        let value = &entry.value;
        let place = match value.kind {
            NodeKind::Null => (entry.line, entry.column),
            NodeKind::Bool(_)
            | NodeKind::Integer(_)
            | NodeKind::Text(_)
            | NodeKind::Sequence(_)
            | NodeKind::Mapping(_) => (value.line, value.column),
        };
        Self { place, node: value, path: path_of_key(&self.path, &entry.key) }
    }

    /// Returns the entries, where the node is a mapping.
    pub(crate) fn entries(&self) -> Option<&'n [Entry]> {
        match &self.node.kind {
            NodeKind::Mapping(entries) => Some(entries),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Integer(_)
            | NodeKind::Text(_)
            | NodeKind::Sequence(_) => None,
        }
    }

    /// Returns the keys of a mapping whose values are empty: they take away what stands under it.
    pub(crate) fn emptied(&self) -> Vec<&str> {
        let NodeKind::Mapping(entries) = &self.node.kind else {
            return Vec::new();
        };
        let empty = entries.iter().filter(|entry| entry.value.kind == NodeKind::Null);
        empty.map(|entry| entry.key.as_str()).collect()
    }

    /// Returns the items, where the node is a list.
    pub(crate) fn items(&self) -> Option<Vec<Self>> {
        match &self.node.kind {
            NodeKind::Sequence(items) => {
                let numbered = items.iter().enumerate();
                Some(numbered.map(|(index, node)| self.item(index, node)).collect())
            }
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Integer(_)
            | NodeKind::Text(_)
            | NodeKind::Mapping(_) => None,
        }
    }

    /// Returns the items of a list, or the value itself as the only one.
    pub(crate) fn one_or_many(&self) -> Vec<Self> {
        self.items().unwrap_or_else(|| vec![self.clone()])
    }

    fn item(&self, index: usize, node: &'n Node) -> Self {
        Self { place: (node.line, node.column), node, path: path_of_item(&self.path, index) }
    }
}

/// A mapping whose keys are known.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'n> {
    at: At<'n>,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// Returns the value of `key`.
    pub(crate) fn find(&self, key: &str) -> Option<At<'n>> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(self.at.entry(entry))
    }
}

/// Reads one file and keeps every finding.
#[derive(Debug)]
pub(crate) struct Decoder<'f> {
    count: usize,
    diagnostics: Vec<Diagnostic>,
    file: &'f str,
}

impl<'f> Decoder<'f> {
    /// Returns a decoder for the file of this path.
    pub(crate) fn new(file: &'f str) -> Self {
        Self { count: 0, diagnostics: Vec::new(), file }
    }

    /// Returns how many findings there are.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// Returns the findings: the first hundred, and how many more there are.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let more = self.count.saturating_sub(self.diagnostics.len());
        if let (1.., Some(last)) = (more, self.diagnostics.last_mut()) {
            last.related.push(Related {
                location: last.location.clone(),
                message: format!("{more} more findings follow in this file"),
            });
        }
        self.diagnostics
    }

    /// Returns where `at` stands.
    pub(crate) fn location(&self, at: &At<'_>) -> Location {
        self.place(at.place, at.path.clone())
    }

    /// Returns the place in this file.
    pub(crate) fn place(&self, (line, column): (u32, u32), path: String) -> Location {
        Location { column, file: self.file.to_owned(), line, path }
    }

    /// Reports `error` at `at`.
    pub(crate) fn report(&mut self, at: &At<'_>, error: &DocumentError) {
        let location = self.location(at);
        self.push(error.at(location));
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Diagnostic) {
        self.count = self.count.saturating_add(1);
        if self.diagnostics.len() < MAX_FINDINGS {
            self.diagnostics.push(finding);
        }
    }

    /// Returns true where it is worth looking for what may have been meant by `text`: comparing
    /// takes time, which a hostile file could ask for without end.
    fn suggests(&self, text: &str) -> bool {
        text.len() <= MAX_SUGGESTED && self.diagnostics.len() < MAX_FINDINGS
    }

    /// Returns the mapping at `at`; reports keys beyond `known`, and keys without a value.
    pub(crate) fn fields<'n>(&mut self, at: &At<'n>, known: &[&str]) -> Option<Fields<'n>> {
        let Some(entries) = at.entries() else {
            self.wrong_type(at, "a mapping");
            return None;
        };
        for entry in entries {
            if !known.contains(&entry.key.as_str()) {
                self.unknown_key(at, entry, known);
            } else if entry.value.kind == NodeKind::Null {
                self.empty(
                    &at.entry(entry),
                    format!("key {}", Quoted::from(entry.key.as_str())),
                    "give it a value (`[]` for an empty list), or remove the key",
                );
            }
        }
        Some(Fields { at: at.clone(), entries })
    }

    /// Reports a key that is not known.
    pub(crate) fn unknown_key(&mut self, at: &At<'_>, entry: &Entry, known: &[&str]) {
        let near = if self.suggests(&entry.key) {
            closest(&entry.key, known.iter().copied())
        } else {
            None
        };
        let help = near.map_or_else(
            || format!("known here: {}", known.join(", ")),
            |name| format!("did you mean `{name}`?"),
        );
        let error = DocumentError::UnknownKey { key: Quoted::from(entry.key.as_str()), help };
        let path = path_of_key(&at.path, &entry.key);
        let location = self.place((entry.line, entry.column), path);
        self.push(error.at(location));
    }

    /// Reports that `key` is missing in `fields`.
    pub(crate) fn missing(&mut self, fields: &Fields<'_>, key: &'static str, of: &'static str) {
        self.report(&fields.at, &DocumentError::MissingKey { key, of });
    }

    /// Reports that the node is of another kind than `expected`.
    pub(crate) fn wrong_type(&mut self, at: &At<'_>, expected: &'static str) {
        // An empty value of a key has been reported with the key.
        if at.node.kind == NodeKind::Null && !at.path.ends_with(']') {
            return;
        }
        let found = at.node.what();
        self.report(at, &DocumentError::WrongType { expected, found });
    }

    /// Reports that something is empty.
    pub(crate) fn empty(&mut self, at: &At<'_>, what: impl Into<String>, help: &'static str) {
        let what = what.into();
        self.report(at, &DocumentError::EmptyValue { what, help });
    }

    /// Returns the text at `at`; whole numbers are read as their digits.
    pub(crate) fn text(&mut self, at: &At<'_>) -> Option<String> {
        match &at.node.kind {
            NodeKind::Text(text) if text.trim().is_empty() => {
                self.empty(at, "text", "write something, or remove it");
                None
            }
            NodeKind::Text(text) => Some(text.clone()),
            NodeKind::Integer(number) => Some(number.to_string()),
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                self.wrong_type(at, "text");
                None
            }
        }
    }

    /// Returns the text at `at` and where it stands.
    pub(crate) fn located_text(&mut self, at: &At<'_>) -> Option<Located<String>> {
        let text = self.text(at)?;
        Some(Located::new(text, self.location(at)))
    }

    /// Returns the texts of a list, or of the one text that stands there.
    pub(crate) fn texts(&mut self, at: &At<'_>) -> Vec<Located<String>> {
        let items = at.one_or_many();
        items.iter().filter_map(|item| self.located_text(item)).collect()
    }

    /// Returns the items of a list that must not be empty.
    pub(crate) fn some_items<'n>(&mut self, at: &At<'n>) -> Vec<At<'n>> {
        let items = at.one_or_many();
        if items.is_empty() {
            self.empty(at, "list", "name at least one entry, or remove the key");
        }
        items
    }

    /// Returns the texts of a list that must not be empty.
    pub(crate) fn some_texts(&mut self, at: &At<'_>) -> Vec<Located<String>> {
        let items = self.some_items(at);
        items.iter().filter_map(|item| self.located_text(item)).collect()
    }

    /// Returns the name at `at`.
    pub(crate) fn name(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        let reason = if text.contains('@') {
            "`@` stands before versions"
        } else if text.chars().any(char::is_control) {
            "it holds a control character"
        } else if text.len() > MAX_NAME {
            "it is too long"
        } else {
            return Some(text);
        };
        let text = Quoted::from(text.as_str());
        self.report(at, &DocumentError::InvalidName { text, reason });
        None
    }

    /// Returns the boolean at `at`.
    pub(crate) fn boolean(&mut self, at: &At<'_>) -> Option<bool> {
        if let NodeKind::Bool(value) = at.node.kind {
            return Some(value);
        }
        self.wrong_type(at, "`true` or `false`");
        None
    }

    /// Returns the whole number at `at`, which must lie within `minimum` and `maximum`.
    pub(crate) fn number(&mut self, at: &At<'_>, minimum: u64, maximum: u64) -> Option<u64> {
        let text = match &at.node.kind {
            NodeKind::Integer(number) => number.to_string(),
            // Digits that are no integer are beyond ±(2^53-1), or have leading zeros.
            NodeKind::Text(text) if is_digits(text) => text.clone(),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Text(_)
            | NodeKind::Sequence(_)
            | NodeKind::Mapping(_) => {
                self.wrong_type(at, "a whole number");
                return None;
            }
        };
        let number = match at.node.kind {
            NodeKind::Integer(number) => u64::try_from(number).ok(),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Text(_)
            | NodeKind::Sequence(_)
            | NodeKind::Mapping(_) => None,
        };
        let number = number.filter(|number| (minimum..=maximum).contains(number));
        if number.is_none() {
            let text = Quoted::from(text.as_str());
            let error = DocumentError::NumberOutOfRange { text, minimum, maximum };
            self.report(at, &error);
        }
        number
    }

    /// Returns the entry of a closed table that `at` names; `what` says which table.
    pub(crate) fn named<T>(
        &mut self,
        at: &At<'_>,
        what: &'static str,
        from_name: impl Fn(&str) -> Option<T>,
        suggest: impl Fn(&str) -> Option<&'static str>,
    ) -> Option<T> {
        let text = self.text(at)?;
        let found = from_name(&text);
        if found.is_none() {
            let error = DocumentError::UnknownName {
                name: Quoted::from(text.as_str()),
                what,
                suggestion: if self.suggests(&text) {
                    suggest(&text).map(str::to_owned)
                } else {
                    None
                },
            };
            self.report(at, &error);
        }
        found
    }
}

fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}
