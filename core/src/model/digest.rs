//! SHA-256 digests, plain and keyed. The only user of the hash crates.

use hmac::KeyInit;
use hmac::Mac;
use serde::Deserialize;
use serde::Serialize;
use sha2::Digest as _;

/// A SHA-256 digest, printed as `sha256:<hex>`; keyed ones as `hmac-sha256:<hex>`.
///
/// What is read may be any text of the source document, such as `sha256:...`: it is kept as it
/// stands, and equals only itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Returns the digest of `bytes`.
    ///
    /// # Example
    /// ```
    /// let digest = bailiwick::Digest::of(b"");
    /// assert!(digest.as_str().starts_with("sha256:e3b0c44298fc1c14"));
    /// ```
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex("sha256:", &sha2::Sha256::digest(bytes)))
    }

    /// Returns the digest of several parts, each preceded by its length, so that no two lists of
    /// parts share a digest.
    pub fn of_parts<'a>(domain: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = sha2::Sha256::new();
        hasher.update((domain.len() as u64).to_be_bytes());
        hasher.update(domain.as_bytes());
        for part in parts {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        Self(hex("sha256:", &hasher.finalize()))
    }

    /// Returns SHA-256 over `0x00` and `record`: an audit entry's hash and an RFC 6962 leaf.
    pub fn of_leaf(record: &[u8]) -> Self {
        let mut hasher = sha2::Sha256::new();
        hasher.update([0u8]);
        hasher.update(record);
        Self(hex("sha256:", &hasher.finalize()))
    }

    /// Returns the digest whose 32 bytes are known.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(hex("sha256:", bytes))
    }

    /// Returns the 32 bytes of a plain SHA-256 digest in its strict form; none of any other text.
    pub fn bytes(&self) -> Option<[u8; 32]> {
        let digits = self.0.strip_prefix("sha256:")?.as_bytes();
        let nibble = |digit: &u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let mut out = [0_u8; 32];
        let pairs = digits.chunks_exact(2);
        if digits.len() != 2 * out.len() {
            return None;
        }
        for (byte, pair) in out.iter_mut().zip(pairs) {
            *byte = (nibble(pair.first()?)? << 4) | nibble(pair.get(1)?)?;
        }
        Some(out)
    }

    /// Reads a digest as opaque text.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the printed form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first twelve hex digits: the version of a document that states none.
    pub fn short(&self) -> &str {
        let hex = self.0.split_once(':').map_or(self.0.as_str(), |(_, hex)| hex);
        hex.get(..12).unwrap_or(hex)
    }

    /// Returns the first sixteen bytes of the digest of `bytes`, for ids made from content.
    pub(crate) fn id_bytes(bytes: &[u8]) -> [u8; 16] {
        let digest = sha2::Sha256::digest(bytes);
        let mut out = [0u8; 16];
        for (to, from) in out.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        out
    }
}

/// Returns SHA-256 over `parts`, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = sha2::Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// Returns `bytes` in hexadecimal digits of lower case.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    hex("", bytes)
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A secret key for hashes of things that could be guessed; its `Debug` shows nothing.
#[derive(Clone)]
pub struct HashKey(Vec<u8>);

impl HashKey {
    /// Returns a key; `None` for one under 16 bytes, which would not keep anything.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Option<Self> {
        let bytes = bytes.into();
        (bytes.len() >= 16).then_some(Self(bytes))
    }

    /// Returns the keyed digest of `bytes`.
    pub fn digest(&self, bytes: &[u8]) -> Digest {
        Digest(hex("hmac-sha256:", &self.mac(bytes)))
    }

    /// Returns HMAC-SHA-256 of `bytes`.
    pub(crate) fn mac(&self, bytes: &[u8]) -> Vec<u8> {
        let mut mac = self.start();
        mac.update(bytes);
        mac.finish()
    }

    /// Returns a keyed hash of bytes that come in pieces.
    pub(crate) fn start(&self) -> KeyedHash {
        // HMAC takes a key of any length.
        KeyedHash(hmac::Hmac::new_from_slice(&self.0).ok())
    }
}

/// HMAC-SHA-256 of bytes that come in pieces.
#[derive(Clone)]
pub(crate) struct KeyedHash(Option<hmac::Hmac<sha2::Sha256>>);

impl KeyedHash {
    /// Takes in more bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        if let Some(mac) = &mut self.0 {
            mac.update(bytes);
        }
    }

    /// Returns the digest of all bytes.
    pub(crate) fn digest(self) -> Digest {
        Digest(hex("hmac-sha256:", &self.finish()))
    }

    fn finish(self) -> Vec<u8> {
        // The empty vector stands in the branch that cannot be.
        self.0.map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
    }
}

impl std::fmt::Debug for HashKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HashKey(…)")
    }
}

fn hex(prefix: &str, bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
    let mut out = String::with_capacity(prefix.len() + bytes.len() * 2);
    out.push_str(prefix);
    for byte in bytes {
        out.push(char::from(digit(byte >> 4)));
        out.push(char::from(digit(byte & 15)));
    }
    out
}
