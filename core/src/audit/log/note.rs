//! Signed notes (C2SP `signed-note`): a text, a blank line, and a line for each signature.

use crate::audit::log::LogError;
use crate::audit::log::NoteKey;
use crate::audit::log::NoteKeyKind;
use crate::audit::log::NoteSigner;
use crate::audit::log::note_key::check_name;
use crate::model::from_base64;
use crate::model::to_base64;

/// The largest note that is read, in bytes.
pub const MAX_NOTE_BYTES: usize = 1_000_000;

/// The most signatures that a note may have.
pub const MAX_NOTE_SIGNATURES: usize = 100;

/// A text and its signatures, none of them believed before [`Note::verify`].
///
/// # Example
/// ```
/// let signer = bailiwick::NoteSigner::new("log.example/1", &[7; 32])?;
/// let mut note = bailiwick::Note::new("a text\n")?;
/// note.sign(&signer)?;
/// let read = bailiwick::Note::parse(note.to_string().as_bytes())?;
/// let signed = read.verify(&[signer.key().clone()])?;
/// assert_eq!(signed[0].name, "log.example/1");
/// # Ok::<(), bailiwick::LogError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A line under a note: whose signature it claims to be, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub key_id: u32,
    /// The signature, in the form of the key's kind.
    pub bytes: Vec<u8>,
}

/// A signature that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSigned {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub key_id: u32,
    /// What the key signs.
    pub kind: NoteKeyKind,
    /// When a witness signed, in seconds since 1970.
    pub time: Option<u64>,
}

impl Note {
    /// Returns the unsigned note of `text`.
    ///
    /// # Errors
    /// Where the text does not end in a line feed, has another control character, or is too long.
    pub fn new(text: impl Into<String>) -> Result<Self, LogError> {
        let text = text.into();
        check_text(&text)?;
        Ok(Self { text, signatures: Vec::new() })
    }

    /// Reads a note with at least one signature, strictly: what is read is written as the same
    /// bytes.
    ///
    /// # Errors
    /// Where it is in another form, or larger than [`MAX_NOTE_BYTES`], or has more signatures than
    /// [`MAX_NOTE_SIGNATURES`].
    pub fn parse(bytes: &[u8]) -> Result<Self, LogError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(malformed("it is too long"));
        }
        let all = str::from_utf8(bytes).map_err(|_| malformed("it is no UTF-8"))?;
        // The last blank line: the text may have some of its own.
        let at = all.rfind("\n\n").ok_or(malformed("no blank line stands after the text"))?;
        let (text, lines) = all.split_at_checked(at + 1).ok_or(malformed("no text"))?;
        check_text(text)?;
        let lines = lines.strip_prefix('\n').and_then(|lines| lines.strip_suffix('\n'));
        let lines = lines.ok_or(malformed("it does not end in a line feed"))?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MAX_NOTE_SIGNATURES {
                return Err(malformed("it has too many signatures"));
            }
            signatures.push(NoteSignature::parse(line)?);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Returns the text, its last line feed included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the signatures, as they stand.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds the signature of a log's key, in place of one that the key may have there.
    ///
    /// # Errors
    /// Where there are too many.
    pub fn sign(&mut self, signer: &NoteSigner) -> Result<(), LogError> {
        let bytes = signer.sign(self.text.as_bytes()).to_vec();
        self.add(signer.key(), bytes)
    }

    /// Adds the line that a witness made for the same text.
    ///
    /// # Errors
    /// Where it is no signature line, or there are too many.
    pub fn add_line(&mut self, line: &str) -> Result<(), LogError> {
        let signature = NoteSignature::parse(line.strip_suffix('\n').unwrap_or(line))?;
        self.push(signature)
    }

    /// Returns the signatures of `keys`, each key once. Those of other keys are ignored.
    ///
    /// # Errors
    /// Where none of `keys` has signed; where a signature that claims to be of one of them does not
    /// fit; or where two different keys of one name and id are given.
    pub fn verify(&self, keys: &[NoteKey]) -> Result<Vec<NoteSigned>, LogError> {
        let mut signed: Vec<NoteSigned> = Vec::new();
        for signature in &self.signatures {
            let (name, key_id) = (&signature.name, signature.key_id);
            let mut known = keys
                .iter()
                .filter(|key| key.name() == name && key.id() == key_id && key.public().is_some());
            let Some(key) = known.next() else {
                continue;
            };
            if known.any(|other| other != key) {
                return Err(LogError::AmbiguousKey { name: name.clone(), key_id });
            }
            let Some(time) = signature.fits(key, &self.text) else {
                return Err(LogError::SignatureInvalid { name: name.clone(), key_id });
            };
            if !signed.iter().any(|other| other.is_of(key)) {
                let (name, kind) = (name.clone(), key.kind());
                signed.push(NoteSigned { name, key_id, kind, time });
            }
        }
        if signed.is_empty() { Err(LogError::UnknownKey) } else { Ok(signed) }
    }

    fn add(&mut self, key: &NoteKey, bytes: Vec<u8>) -> Result<(), LogError> {
        self.signatures.retain(|other| other.name != key.name() || other.key_id != key.id());
        self.push(NoteSignature { name: key.name().to_owned(), key_id: key.id(), bytes })
    }

    fn push(&mut self, signature: NoteSignature) -> Result<(), LogError> {
        if self.signatures.len() >= MAX_NOTE_SIGNATURES {
            return Err(malformed("it has too many signatures"));
        }
        self.signatures.push(signature);
        Ok(())
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| write!(f, "{signature}"))
    }
}

impl NoteSigned {
    /// Returns true where `key` made the signature.
    pub(crate) fn is_of(&self, key: &NoteKey) -> bool {
        self.name == key.name() && self.key_id == key.id()
    }
}

impl NoteSignature {
    fn parse(line: &str) -> Result<Self, LogError> {
        let parts = line.strip_prefix(DASH).and_then(|rest| rest.split_once(' '));
        let (name, bytes) = parts.ok_or(malformed("a signature line has another form"))?;
        check_name(name).map_err(|_| malformed("a signature line has no fit name"))?;
        let bytes = from_base64(bytes).ok_or(malformed("a signature is not base64"))?;
        match bytes.split_first_chunk() {
            Some((id, bytes)) if !bytes.is_empty() => Ok(Self {
                name: name.to_owned(),
                key_id: u32::from_be_bytes(*id),
                bytes: bytes.to_vec(),
            }),
            Some(_) | None => Err(malformed("a signature is too short")),
        }
    }

    /// Returns the time of a signature that fits; `Some(None)` where its kind has no time.
    fn fits(&self, key: &NoteKey, text: &str) -> Option<Option<u64>> {
        let public = key.public()?;
        match key.kind() {
            NoteKeyKind::Log => public.verify(text.as_bytes(), &self.bytes).then_some(None),
            NoteKeyKind::Other(_) => None,
            NoteKeyKind::Witness => {
                let (time, signature) = self.bytes.split_first_chunk()?;
                let time = u64::from_be_bytes(*time);
                let within = i64::try_from(time).is_ok();
                let message = cosigned_text(text, time);
                (within && public.verify(message.as_bytes(), signature)).then_some(Some(time))
            }
        }
    }
}

impl std::fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = [&self.key_id.to_be_bytes()[..], &self.bytes].concat();
        writeln!(f, "{DASH}{} {}", self.name, to_base64(&bytes))
    }
}

/// Returns what a witness signs (C2SP `tlog-cosignature`, `cosignature/v1`).
pub(crate) fn cosigned_text(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

fn check_text(text: &str) -> Result<(), LogError> {
    if text.len() > MAX_NOTE_BYTES {
        return Err(malformed("it is too long"));
    }
    if !text.ends_with('\n') {
        return Err(malformed("the text does not end in a line feed"));
    }
    if text.contains(|c: char| c < ' ' && c != '\n') {
        return Err(malformed("the text has a control character"));
    }
    Ok(())
}

fn malformed(reason: &'static str) -> LogError {
    LogError::NoteMalformed { reason }
}

const DASH: &str = "\u{2014} ";
