//! Collections that have begun and not ended.

use std::collections::BTreeMap;

use crate::document::node::Entry;
use crate::document::node::Node;
use crate::document::node::path_of_item;
use crate::document::node::path_of_key;

/// A collection that has begun and not ended; `*_before` is what had been counted by then.
pub(super) struct Open {
    pub(super) anchor: usize,
    pub(super) bytes_before: usize,
    pub(super) column: u32,
    pub(super) content: Content,
    /// In brackets.
    pub(super) flow: bool,
    pub(super) height: usize,
    pub(super) line: u32,
    pub(super) nodes_before: usize,
}

/// What it holds so far.
pub(super) enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, key: Option<Key>, seen: BTreeMap<String, (u32, u32)> },
}

/// A key whose value is yet to come.
pub(super) struct Key {
    pub(super) column: u32,
    pub(super) line: u32,
    pub(super) text: String,
}

impl Open {
    /// Returns true for a mapping whose next node is a key.
    pub(super) const fn expects_key(&self) -> bool {
        matches!(self.content, Content::Mapping { key: None, .. })
    }

    /// Returns the path of what comes next in the collection at `path`.
    pub(super) fn next_path(&self, path: String) -> String {
        match &self.content {
            Content::Sequence(items) => path_of_item(&path, items.len()),
            Content::Mapping { key: Some(key), .. } => path_of_key(&path, &key.text),
            Content::Mapping { key: None, .. } => path,
        }
    }

    /// Puts a finished value in; `height` is how deep it nests.
    pub(super) fn place(&mut self, node: Node, height: usize) {
        self.height = self.height.max(height);
        match &mut self.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key, .. } => {
                if let Some(key) = key.take() {
                    entries.push(Entry {
                        column: key.column,
                        key: key.text,
                        line: key.line,
                        value: node,
                    });
                }
            }
        }
    }
}
