//! Ed25519 signatures (RFC 8032), and the base64 that formats of signatures are written in. The only
//! user of both crates.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::Signer;

/// A secret Ed25519 key; its `Debug` shows nothing, and its bytes are wiped when it goes.
///
/// Signing is deterministic: the same key and message give the same signature on every host.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Returns the key made from a seed of 32 random bytes, the private key of RFC 8032; `None`
    /// for any other length.
    pub fn from_seed(seed: &[u8]) -> Option<Self> {
        Some(Self(ed25519_dalek::SigningKey::from_bytes(seed.try_into().ok()?)))
    }

    /// Returns what checks the signatures of this key.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Returns the signature of `message`.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// A public Ed25519 key.
///
/// # Example
/// ```
/// use bailiwick::{PublicKey, SigningKey};
/// let key = SigningKey::from_seed(&[7; 32]).ok_or("32 bytes")?;
/// let signature = key.sign(b"message");
/// let public = PublicKey::new(key.public().as_bytes()).ok_or("a point")?;
/// assert!(public.verify(b"message", &signature));
/// assert!(!public.verify(b"another", &signature));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Reads the 32 bytes of a key; `None` where they are no point of the curve, a second form of
    /// one, or one of small order, under which a signature can fit any message.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 32] = bytes.try_into().ok()?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()?;
        (!key.is_weak() && is_reduced(bytes)).then_some(Self(key))
    }

    /// Returns the 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Returns true where `signature` is this key's for `message`, strictly: no second form of a
    /// signature is accepted, and no point of small order (RFC 8032, section 8.4).
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}

/// Returns true where the coordinate is below `2^255 - 19`; the point has a second form otherwise
/// (RFC 8032, section 5.1.3).
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    *low < 0xed || middle.iter().any(|byte| *byte != 0xff) || high & 0x7f != 0x7f
}

/// Returns `bytes` in standard base64 with padding (RFC 4648, section 4).
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Reads standard base64 strictly: padded, canonical, nothing else between. `None` otherwise.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests;
