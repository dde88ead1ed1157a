//! What the YAML parser hands on: a tree in which every node knows its place.

/// A value of a YAML document and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// The column, counted from 1 in characters.
    pub(crate) column: u32,
    /// What it is.
    pub(crate) kind: NodeKind,
    /// The line, counted from 1.
    pub(crate) line: u32,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// `null`, `~` or nothing.
    Null,
    /// Plain `true` or `false`.
    Bool(bool),
    /// Plain decimal digits within ±(2^53-1), without leading zeros.
    Integer(i64),
    /// Everything else that is no collection.
    Text(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Entries in the order of the text; no key stands twice.
    Mapping(Vec<Entry>),
}

/// An entry of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The column of the key.
    pub(crate) column: u32,
    /// The key.
    pub(crate) key: String,
    /// The line of the key.
    pub(crate) line: u32,
    /// The value.
    pub(crate) value: Node,
}

impl Node {
    /// Returns what kind of value it is, for messages.
    pub(crate) const fn what(&self) -> &'static str {
        match &self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Bool(_) => "a boolean",
            NodeKind::Integer(_) => "a whole number",
            NodeKind::Text(_) => "text",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Mapping(_) => "a mapping",
        }
    }

    /// Returns the value as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            NodeKind::Null => serde_json::Value::Null,
            NodeKind::Bool(value) => (*value).into(),
            NodeKind::Integer(value) => (*value).into(),
            NodeKind::Text(value) => value.as_str().into(),
            NodeKind::Sequence(items) => items.iter().map(Self::to_json).collect(),
            NodeKind::Mapping(entries) => {
                let pairs = entries.iter().map(|e| (e.key.clone(), e.value.to_json()));
                serde_json::Value::Object(pairs.collect())
            }
        }
    }
}

/// Returns the path of `key` below `path`.
pub(crate) fn path_of_key(path: &str, key: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    if key.is_empty() || key.len() > 100 || !key.chars().all(plain) {
        let shown: String = key.chars().take(60).flat_map(char::escape_debug).collect();
        return format!("{path}[\"{shown}\"]");
    }
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Returns the path of the item at `index` below `path`.
pub(crate) fn path_of_item(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}
