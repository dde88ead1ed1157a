//! What stands behind an event and not in it: texts of which the event holds commitments.

use bailiwick::CanonicalError;
use bailiwick::PayloadLine;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use bailiwick::RetentionClass;
use bailiwick::SinkType;
use bailiwick::Timestamp;
use bailiwick::canonical_json;

use crate::port::store::RunKey;

/// The name of the payload that holds the record of a decision, with what it takes to make it again.
pub const DECISION_RECORD: &str = "decision_record";

/// The name of the payload that holds what a tool came to, as it was shown.
pub const TOOL_OUTPUT: &str = "tool_output";

/// A text to be kept behind an event. Its content has been through the redactor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// What kind of thing it is, which tells how long it is kept.
    pub class: RetentionClass,
    /// Until when it must be there; none where it may go at any time.
    pub keep_until: Option<Timestamp>,
    /// Its name in the event, such as `tool_output`.
    pub name: String,
    text: String,
}

impl Payload {
    /// Returns the payload that holds a projected text.
    pub fn of_text<S: SinkType>(
        name: &str,
        class: RetentionClass,
        keep_until: Option<Timestamp>,
        text: &Projection<S>,
    ) -> Self {
        let text = text.text().to_owned();
        Self { class, keep_until, name: name.to_owned(), text }
    }

    /// Returns the payload that holds a projected tree, as canonical JSON.
    ///
    /// # Errors
    /// Where the tree has no canonical form.
    pub fn of_tree(
        name: &str,
        class: RetentionClass,
        keep_until: Option<Timestamp>,
        tree: &ProjectedTree,
    ) -> Result<Self, CanonicalError> {
        let text = canonical_json(tree.tree())?;
        Ok(Self { class, keep_until, name: name.to_owned(), text })
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A payload as it lies in the journal, with the salt of its commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPayload {
    /// What kind of thing it is.
    pub class: RetentionClass,
    /// Until when it must be there; none where it may go at any time.
    pub keep_until: Option<Timestamp>,
    /// Its name in the event.
    pub name: String,
    /// The run.
    pub run: RunKey,
    /// The salt, 32 bytes.
    pub salt: Vec<u8>,
    /// The place of the event.
    pub seq: u64,
    /// The text.
    pub text: String,
}

impl StoredPayload {
    /// Returns its name in records and permits: `payload://<run>/<seq>/<name>`.
    pub fn uri(&self) -> String {
        PayloadKey { name: self.name.clone(), run: self.run.clone(), seq: self.seq }.uri()
    }

    /// Returns the line that a stranger checks it by.
    pub fn line(&self) -> PayloadLine {
        PayloadLine::new(&self.run.run_id, self.seq, &self.name, &self.salt, &self.text)
    }
}

/// Names one payload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PayloadKey {
    /// Its name in the event.
    pub name: String,
    /// The run.
    pub run: RunKey,
    /// The place of the event.
    pub seq: u64,
}

impl PayloadKey {
    /// Returns its name in records and permits: `payload://<run>/<seq>/<name>`.
    pub fn uri(&self) -> String {
        format!("payload://{}/{}/{}", self.run.run_id, self.seq, self.name)
    }

    /// Reads the name of a payload of `run`; none where it is another's, or no payload's.
    pub fn read(run: RunKey, uri: &str) -> Option<Self> {
        let rest = uri.strip_prefix("payload://")?.strip_prefix(&run.run_id)?.strip_prefix('/')?;
        let (seq, name) = rest.split_once('/')?;
        let key = Self { name: name.to_owned(), run, seq: seq.parse().ok()? };
        (key.uri() == uri).then_some(key)
    }
}
