//! What stands behind an event and not in it: payloads, of which the record holds commitments.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Digest;
use crate::model::HashKey;
use crate::model::Timestamp;

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

fn commit(salt: &[u8], payload: &[u8]) -> Option<Digest> {
    let key = (salt.len() == SALT_BYTES).then(|| HashKey::new(salt)).flatten()?;
    Some(key.digest(payload))
}
