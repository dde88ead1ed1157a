//! What stands behind an event and not in it: payloads, of which the record holds commitments.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Digest;
use crate::model::HashKey;
use crate::model::Timestamp;
use crate::model::from_base64;
use crate::model::to_base64;

/// The bytes of a salt, drawn at random for each payload and deleted with it.
pub const SALT_BYTES: usize = 32;

/// What a record says of one payload: a commitment that tells nothing about it, and until when it
/// is to be there.
///
/// The salt lies beside the payload. Once both are deleted nobody can tell what was there, also not
/// by guessing; the record, its hash and all proofs stay as they are.
///
/// # Example
/// ```
/// use bailiwick::{PayloadMatch, PayloadRef};
/// let salt = [7; bailiwick::SALT_BYTES];
/// let kept = PayloadRef::new(&salt, b"exit 0", None).ok_or("a salt of 32 bytes")?;
/// assert_eq!(kept.check(&salt, b"exit 0"), PayloadMatch::Same);
/// assert_eq!(kept.check(&salt, b"exit 1"), PayloadMatch::Other);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayloadRef {
    /// HMAC-SHA-256 of the payload under its salt, as `hmac-sha256:<hex>`.
    pub commitment: Digest,
    /// Until when it must be there; absent where it may go at any time.
    pub keep_until: Option<Timestamp>,
}

/// What a payload is to its commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadMatch {
    /// It is another one, or its salt is.
    Other,
    /// It is the one.
    Same,
}

impl PayloadRef {
    /// Returns the commitment to `payload`; `None` where `salt` has another length than
    /// [`SALT_BYTES`].
    pub fn new(salt: &[u8], payload: &[u8], keep_until: Option<Timestamp>) -> Option<Self> {
        Some(Self { commitment: commit(salt, payload)?, keep_until })
    }

    /// Returns whether `payload` with `salt` is what was committed to.
    pub fn check(&self, salt: &[u8], payload: &[u8]) -> PayloadMatch {
        match commit(salt, payload) {
            Some(commitment) if commitment == self.commitment => PayloadMatch::Same,
            Some(_) | None => PayloadMatch::Other,
        }
    }
}

/// A payload as a line of its own, beside the log and never in it.
///
/// # Example
/// ```
/// use bailiwick::PayloadLine;
/// let line = PayloadLine::new("run_1", 4, "tool_output", &[7; bailiwick::SALT_BYTES], "exit 0");
/// let text = serde_json::to_string(&line)?;
/// assert!(text.starts_with(r#"{"name":"tool_output","run_id":"run_1","salt":"Bwc"#));
/// let read: PayloadLine = serde_json::from_str(&text)?;
/// assert_eq!(read.salt_bytes(), Some(vec![7; bailiwick::SALT_BYTES]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayloadLine {
    /// Its name in the event.
    pub name: String,
    /// The run.
    pub run_id: String,
    /// The salt of its commitment, in base64 (RFC 4648, section 4).
    pub salt: String,
    /// The place of the event in the run's chain.
    pub seq: u64,
    /// The payload.
    pub text: String,
}

impl PayloadLine {
    /// Returns the line of a payload.
    pub fn new(
        run_id: impl Into<String>,
        seq: u64,
        name: impl Into<String>,
        salt: &[u8],
        text: impl Into<String>,
    ) -> Self {
        let salt = to_base64(salt);
        Self { name: name.into(), run_id: run_id.into(), salt, seq, text: text.into() }
    }

    /// Returns whether it is what was committed to.
    pub fn check(&self, commitment: &PayloadRef) -> PayloadMatch {
        match self.salt_bytes() {
            Some(salt) => commitment.check(&salt, self.text.as_bytes()),
            None => PayloadMatch::Other,
        }
    }

    /// Returns the salt; `None` where it is no base64, or has another length than [`SALT_BYTES`].
    pub fn salt_bytes(&self) -> Option<Vec<u8>> {
        from_base64(&self.salt).filter(|salt| salt.len() == SALT_BYTES)
    }
}

fn commit(salt: &[u8], payload: &[u8]) -> Option<Digest> {
    let key = (salt.len() == SALT_BYTES).then(|| HashKey::new(salt)).flatten()?;
    Some(key.digest(payload))
}
