//! Where something stands in the policy documents.

use serde::Deserialize;
use serde::Serialize;

/// A place in a document, relative to the policy root; outside every hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// The column, counted from 1 in characters.
    pub column: u32,
    /// The file, relative to the policy root.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The path inside the document, such as `repo_policy.rules[0].when`.
    pub path: String,
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
