//! The keys of notes, and the texts that they are written as (`vkey`, `skey`).

use crate::audit::log::LogError;
use crate::model::PublicKey;
use crate::model::SigningKey;
use crate::model::from_base64;
use crate::model::sha256;
use crate::model::to_base64;

/// What a key signs, told by the byte that stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKeyKind {
    /// Ed25519 over the text of the note (`0x01`): the keys of logs.
    Log,
    /// Some other kind, with its byte. Nothing that it signed is believed.
    Other(u8),
    /// Timestamped Ed25519 over a checkpoint, `cosignature/v1` (`0x04`): the keys of witnesses.
    Witness,
}

/// A public key of notes: a name, an id made from name and key, and the key.
///
/// # Example
/// ```
/// let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/// let key: bailiwick::NoteKey = text.parse()?;
/// assert_eq!((key.name(), key.id()), ("PeterNeumann", 0xc74f20a3));
/// assert_eq!(key.to_string(), text);
/// # Ok::<(), bailiwick::LogError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    id: u32,
    kind: NoteKeyKind,
    /// What stands after the byte of the kind.
    bytes: Vec<u8>,
    public: Option<PublicKey>,
}

impl NoteKey {
    /// Returns the key of a log.
    ///
    /// # Errors
    /// Where the name is empty or has white space or `+`.
    pub fn of_log(name: &str, public: PublicKey) -> Result<Self, LogError> {
        Self::known(name, NoteKeyKind::Log, public)
    }

    /// Returns the key of a witness.
    ///
    /// # Errors
    /// Where the name is empty or has white space or `+`.
    pub fn of_witness(name: &str, public: PublicKey) -> Result<Self, LogError> {
        Self::known(name, NoteKeyKind::Witness, public)
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the id.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Returns what it signs.
    pub fn kind(&self) -> NoteKeyKind {
        self.kind
    }

    /// Returns the key itself, where its kind is known.
    pub(crate) fn public(&self) -> Option<&PublicKey> {
        self.public.as_ref()
    }

    /// Takes on another key's bytes under the own name and id.
    #[cfg(test)]
    pub(super) fn collide(&mut self, other: &Self) {
        self.bytes.clone_from(&other.bytes);
        self.public = other.public;
    }

    fn known(name: &str, kind: NoteKeyKind, public: PublicKey) -> Result<Self, LogError> {
        check_name(name)?;
        let bytes = public.as_bytes().to_vec();
        let id = key_id(name, kind, &bytes);
        Ok(Self { name: name.to_owned(), id, kind, bytes, public: Some(public) })
    }
}

impl std::fmt::Display for NoteKey {
    /// Writes the `vkey` text: name, id in hex, and the key in base64.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = key_text(self.kind, &self.bytes);
        write!(f, "{}+{:08x}+{key}", self.name, self.id)
    }
}

impl std::str::FromStr for NoteKey {
    type Err = LogError;

    /// Reads the `vkey` text. A kind that is not known here is read, and trusted in nothing.
    fn from_str(text: &str) -> Result<Self, LogError> {
        let (name, id, kind, bytes) = read_key(text)?;
        if let NoteKeyKind::Other(_) = kind {
            return Ok(Self { name: name.to_owned(), id, kind, bytes, public: None });
        }
        let public = PublicKey::new(&bytes).ok_or(malformed("no point of the curve"))?;
        let key = Self::known(name, kind, public)?;
        if key.id == id { Ok(key) } else { Err(malformed("its id is not that of name and key")) }
    }
}

/// A secret key of notes; its `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct NoteSigner {
    key: NoteKey,
    secret: SigningKey,
}

impl NoteSigner {
    /// Returns the signer of a log, from a seed of 32 random bytes.
    ///
    /// # Errors
    /// Where the seed has another length, or the name is empty or has white space or `+`.
    pub fn new(name: &str, seed: &[u8]) -> Result<Self, LogError> {
        let secret = SigningKey::from_seed(seed).ok_or(malformed("no seed of 32 bytes"))?;
        Ok(Self { key: NoteKey::of_log(name, secret.public())?, secret })
    }

    /// Reads the `skey` text: `PRIVATE+KEY+`, name, id in hex, and the seed in base64.
    ///
    /// # Errors
    /// Where it is another text; the error shows nothing of it.
    pub fn from_text(text: &str) -> Result<Self, LogError> {
        let text = text.strip_prefix(SECRET).ok_or(malformed("it is no secret key"))?;
        let (name, id, kind, seed) = read_key(text)?;
        if kind != NoteKeyKind::Log {
            return Err(malformed("it is not the key of a log"));
        }
        let signer = Self::new(name, &seed)?;
        if signer.key.id == id { Ok(signer) } else { Err(malformed("its id is another key's")) }
    }

    /// Returns the `skey` text of the signer made from `name` and `seed`: a secret.
    ///
    /// # Errors
    /// As [`NoteSigner::new`].
    pub fn secret_text(name: &str, seed: &[u8]) -> Result<String, LogError> {
        let key = Self::new(name, seed)?.key;
        Ok(format!("{SECRET}{name}+{:08x}+{}", key.id, key_text(key.kind, seed)))
    }

    /// Returns the public key.
    pub fn key(&self) -> &NoteKey {
        &self.key
    }

    pub(crate) fn signing_key(&self) -> &SigningKey {
        &self.secret
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message)
    }
}

pub(crate) fn check_name(name: &str) -> Result<(), LogError> {
    if name.is_empty() {
        return Err(malformed("its name is empty"));
    }
    let stray = |c: char| c == '+' || c.is_whitespace() || c < ' ';
    if name.contains(stray) {
        return Err(malformed("its name has white space or `+`"));
    }
    Ok(())
}

fn read_key(text: &str) -> Result<(&str, u32, NoteKeyKind, Vec<u8>), LogError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(malformed("it is not name, id and key with `+` between"));
    };
    check_name(name)?;
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if id.len() != 8 || !id.chars().all(hex) {
        return Err(malformed("its id is not eight hex digits"));
    }
    let id = u32::from_str_radix(id, 16).map_err(|_| malformed("its id is not a number"))?;
    let bytes = from_base64(key).ok_or(malformed("the key is not base64"))?;
    let Some((kind, bytes)) = bytes.split_first() else {
        return Err(malformed("the key is empty"));
    };
    Ok((name, id, kind_of(*kind), bytes.to_vec()))
}

fn key_text(kind: NoteKeyKind, bytes: &[u8]) -> String {
    let mut all = vec![byte_of(kind)];
    all.extend_from_slice(bytes);
    to_base64(&all)
}

fn key_id(name: &str, kind: NoteKeyKind, bytes: &[u8]) -> u32 {
    let [a, b, c, d, ..] = sha256(&[name.as_bytes(), b"\n", &[byte_of(kind)], bytes]);
    u32::from_be_bytes([a, b, c, d])
}

fn kind_of(byte: u8) -> NoteKeyKind {
    match byte {
        1 => NoteKeyKind::Log,
        4 => NoteKeyKind::Witness,
        other => NoteKeyKind::Other(other),
    }
}

fn byte_of(kind: NoteKeyKind) -> u8 {
    match kind {
        NoteKeyKind::Log => 1,
        NoteKeyKind::Other(byte) => byte,
        NoteKeyKind::Witness => 4,
    }
}

fn malformed(reason: &'static str) -> LogError {
    LogError::KeyMalformed { reason }
}

const SECRET: &str = "PRIVATE+KEY+";
