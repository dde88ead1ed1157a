//! What a sink may receive. Only the redactor makes these.

use std::marker::PhantomData;

use serde::Serialize;

use crate::model::Digest;
use crate::model::HashKey;
use crate::model::KeyedHash;
use crate::redact::RedactionSummary;
use crate::redact::Sink;
use crate::redact::SinkType;

/// A text that is fit for one sink, which is known when the program runs. Only
/// [`crate::Redactor::project_for`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Projected {
    redaction_summary: RedactionSummary,
    sink: Sink,
    text: String,
}

impl Projected {
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

    /// Returns the seal of the projection under `key`: whoever holds the key can tell at a border
    /// between languages that the redactor made this text for this sink. See [`verify_seal`].
    pub fn seal(&self, key: &HashKey) -> Digest {
        seal(key, self.sink, self.text.as_bytes())
    }
}

/// A text that is fit for the sink `S`. Only [`crate::Redactor::project`] makes one, so what takes a
/// `Projection<ModelContext>` can be handed nothing else.
///
/// # Example
/// ```compile_fail
/// use bailiwick::{ModelContext, PullRequestBody, Projection};
/// fn send(to_model: Projection<ModelContext>) {}
/// fn wrong(body: Projection<PullRequestBody>) { send(body) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Projection<S> {
    projected: Projected,
    #[serde(skip)]
    sink: PhantomData<S>,
}

impl<S: SinkType> Projection<S> {
    pub(super) fn new(projected: Projected) -> Self {
        Self { projected, sink: PhantomData }
    }

    /// Returns the text, with markers where something was removed.
    pub fn text(&self) -> &str {
        self.projected.text()
    }

    /// Returns where it may go.
    pub fn sink(&self) -> Sink {
        S::SINK
    }

    /// Returns what was removed.
    pub fn summary(&self) -> &RedactionSummary {
        self.projected.summary()
    }

    /// Returns the text, owned.
    pub fn into_text(self) -> String {
        self.projected.into_text()
    }
}

/// Returns true where `seal` is that of `text` for `sink` under `key`: the redactor made the text,
/// and nobody changed it since.
///
/// # Example
/// ```
/// use bailiwick::{HashKey, Raw, Redactor, Sink, verify_seal};
/// let key = HashKey::new(*b"a key of the platform").expect("long enough");
/// let projected = Redactor::default().project_for(&Raw::new("hello"), Sink::ModelContext);
/// let seal = projected.seal(&key);
/// assert!(verify_seal(&key, Sink::ModelContext, "hello", &seal));
/// assert!(!verify_seal(&key, Sink::ModelContext, "hello!", &seal));
/// assert!(!verify_seal(&key, Sink::LogViewer, "hello", &seal));
/// ```
pub fn verify_seal(key: &HashKey, sink: Sink, text: impl AsRef<[u8]>, given: &Digest) -> bool {
    // Compared without telling where the first difference is.
    let made = seal(key, sink, text.as_ref());
    let (made, given) = (made.as_str().as_bytes(), given.as_str().as_bytes());
    let differs = made.iter().zip(given).fold(0, |all, (a, b)| all | (a ^ b));
    made.len() == given.len() && differs == 0
}

fn seal(key: &HashKey, sink: Sink, text: &[u8]) -> Digest {
    let mut seal = begin_seal(key, sink);
    seal.update(text);
    seal.digest()
}

/// Returns the seal of a text for `sink` that comes in pieces.
pub(super) fn begin_seal(key: &HashKey, sink: Sink) -> KeyedHash {
    let mut seal = key.start();
    seal.update(b"bailiwick/projection/1\0");
    seal.update(sink.name().as_bytes());
    seal.update(b"\0");
    seal
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
