//! What JSON, TOML and the like have in common: scalars, lists and maps.

use std::collections::BTreeMap;

/// How deep lists and maps may nest.
pub(crate) const DEEPEST: usize = 64;

/// How long a key may be: ways to values are spelled with all keys on them.
pub(crate) const LONGEST_KEY: usize = 2048;

/// A value as a file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// A number, a date, a truth value or nothing, as written.
    Plain(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// A map; its keys differ.
    Map(BTreeMap<String, Tree>),
}

impl Tree {
    /// Returns the value of that key.
    pub(crate) fn at(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(key),
            Self::Plain(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Plain(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Returns the entries of a map; of anything else none.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&String, &Self)> {
        let map = match self {
            Self::Map(map) => Some(map),
            Self::Plain(_) | Self::Text(_) | Self::List(_) => None,
        };
        map.into_iter().flatten()
    }

    /// Returns the items of a list; of anything else none.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Plain(_) | Self::Text(_) | Self::Map(_) => &[],
        }
    }

    /// Calls `leaf` with each scalar and each empty list or map, and the way to it.
    pub(crate) fn visit(&self, way: &str, leaf: &mut dyn FnMut(&str, &str)) {
        match self {
            Self::Plain(text) => leaf(way, text),
            Self::Text(text) => leaf(way, &quoted(text)),
            Self::List(items) if items.is_empty() => leaf(way, "[]"),
            Self::Map(map) if map.is_empty() => leaf(way, "{}"),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.visit(&[way, "[", &index.to_string(), "]"].concat(), leaf);
                }
            }
            Self::Map(map) => {
                for (key, value) in map {
                    value.visit(&joined(way, key), leaf);
                }
            }
        }
    }
}

/// Returns the way to `key` below `way`; a key that has what parts ways is quoted.
pub(crate) fn joined(way: &str, key: &str) -> String {
    let mut out = String::with_capacity(way.len() + key.len() + 1);
    out.push_str(way);
    if !way.is_empty() {
        out.push('.');
    }
    if key.is_empty() || key.contains(['.', '"', '[']) {
        out.push_str(&quoted(key));
    } else {
        out.push_str(key);
    }
    out
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
