//! What a sink may receive. Only the redactor makes these.

use serde::Serialize;

use crate::redact::RedactionSummary;
use crate::redact::Sink;

/// A text that is fit for one sink. Only [`crate::Redactor::project`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Projection {
    redaction_summary: RedactionSummary,
    sink: Sink,
    text: String,
}

impl Projection {
    pub(super) fn new(text: String, sink: Sink, summary: RedactionSummary) -> Self {
        Self { redaction_summary: summary, sink, text }
    }

    /// Returns the text, with markers where something was removed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns where it may go.
    pub fn sink(&self) -> Sink {
        self.sink
    }

    /// Returns what was removed.
    pub fn summary(&self) -> &RedactionSummary {
        &self.redaction_summary
    }

    /// Returns the text, owned.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A JSON tree that is fit for one sink. Only [`crate::Redactor::project_tree`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProjectedTree {
    redaction_summary: RedactionSummary,
    sink: Sink,
    tree: serde_json::Value,
}

impl ProjectedTree {
    pub(super) fn new(tree: serde_json::Value, sink: Sink, summary: RedactionSummary) -> Self {
        Self { redaction_summary: summary, sink, tree }
    }

    /// Returns the tree, with markers where something was removed.
    pub fn tree(&self) -> &serde_json::Value {
        &self.tree
    }

    /// Returns where it may go.
    pub fn sink(&self) -> Sink {
        self.sink
    }

    /// Returns what was removed.
    pub fn summary(&self) -> &RedactionSummary {
        &self.redaction_summary
    }

    /// Returns the tree, owned.
    pub fn into_tree(self) -> serde_json::Value {
        self.tree
    }
}
