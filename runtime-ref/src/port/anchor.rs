//! Port: where checkpoints are kept that whoever holds the journal cannot take back.

use thiserror::Error;

/// A place outside of the journal that keeps the checkpoints of logs.
///
/// It never gives up one that it has: a log that is shorter than one of them, or does not begin
/// with the same events, was rolled back or rewritten.
pub trait Anchor: Send + Sync {
    /// Returns its name for people, such as `git:/srv/anchors.git`.
    fn name(&self) -> String;

    /// Keeps the checkpoint of the log of `tenant` with that many events; it is durable when this
    /// returns. The same one again is fine.
    ///
    /// # Errors
    /// Where another checkpoint of that size is there, or it cannot be made durable.
    fn put(&self, tenant: &str, size: u64, note: &str) -> Result<(), AnchorError>;

    /// Returns the checkpoint of the log of `tenant` with the most events; none where there is none.
    ///
    /// # Errors
    /// Where it cannot be read: then nothing is known of the log.
    fn newest(&self, tenant: &str) -> Result<Option<String>, AnchorError>;
}

/// Why an anchor did not keep or return a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("anchor `{anchor}` {why}")]
pub struct AnchorError {
    /// The anchor.
    pub anchor: String,
    /// What is wrong.
    pub why: String,
}
