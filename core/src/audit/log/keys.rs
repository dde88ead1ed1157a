//! Which keys a log is signed with, as its own `key_epoch` events tell.

use std::collections::BTreeMap;

use crate::audit::AuditRecord;
use crate::audit::EventType;
use crate::audit::log::CheckpointTrust;
use crate::audit::log::LogError;
use crate::audit::log::Note;
use crate::audit::log::NoteKey;
use crate::audit::log::NoteKeyKind;
use crate::audit::log::NoteSigner;
use crate::audit::log::SignedCheckpoint;
use crate::model::Value;

/// The keys of one log: those that trust begins with, and those that its events bring in or end.
///
/// A rotation is believed where a key that is trusted at that place and the new key have both
/// signed it; the new key then signs checkpoints from the size it names on, and none that does not
/// hold the rotation itself. A revocation is believed where a key that is trusted at that place has
/// signed it; the revoked key's checkpoints stay good up to the size it names, whatever their time,
/// and larger ones are refused.
///
/// # Example
/// ```
/// use bailiwick::{LogError, LogKeys, NoteSigner, revocation_details, rotation_details};
/// let (old, new) = (NoteSigner::new("log/1", &[1; 32])?, NoteSigner::new("log/1", &[2; 32])?);
/// let mut keys = LogKeys::new("log/1", vec![old.key().clone()]);
/// keys.apply(10, &rotation_details("log/1", &old, &new, 11)?)?;
/// keys.apply(20, &revocation_details("log/1", &new, old.key(), 15)?)?;
/// assert_eq!(keys.status(old.key(), 15), Ok(()));
/// assert!(matches!(keys.status(old.key(), 16), Err(LogError::KeyRevoked { .. })));
/// # Ok::<(), LogError>(())
/// ```
#[derive(Clone, Debug)]
pub struct LogKeys {
    origin: String,
    epochs: Vec<KeyEpoch>,
}

#[derive(Clone, Debug)]
struct KeyEpoch {
    key: NoteKey,
    from_size: u64,
    valid_to_size: Option<u64>,
}

impl LogKeys {
    /// Returns the keys of the log named `origin`, where `keys`, also those of witnesses, are
    /// trusted from its beginning.
    pub fn new(origin: impl Into<String>, keys: Vec<NoteKey>) -> Self {
        let epoch = |key| KeyEpoch { key, from_size: 0, valid_to_size: None };
        Self { origin: origin.into(), epochs: keys.into_iter().map(epoch).collect() }
    }

    /// Takes in what the record at `index` of the log says of keys; most say nothing.
    ///
    /// Whoever trusts the newest key alone, or all of them from the beginning, reads of rotations
    /// between keys that are nothing to it: from what is not believed no trust comes, and no harm.
    ///
    /// # Errors
    /// Where it is a `key_epoch` that cannot be read or is of another log, or the revocation of a
    /// trusted key that is not believed; the keys are then as they were.
    pub fn read(&mut self, index: u64, record: &AuditRecord) -> Result<(), LogError> {
        if record.event_type != EventType::KeyEpoch {
            return Ok(());
        }
        match self.apply(index, &record.details) {
            Err(LogError::KeyEpoch { .. }) if self.is_nothing_to_us(&record.details) => Ok(()),
            other => other,
        }
    }

    /// Says whether a `key_epoch` that was not believed can be passed over.
    fn is_nothing_to_us(&self, details: &BTreeMap<String, Value>) -> bool {
        let Ok(event) = KeyEvent::read(details) else {
            return false;
        };
        match event.action {
            KeyAction::Rotate => true,
            KeyAction::Revoke => self.epochs.iter().all(|epoch| epoch.key != event.key),
        }
    }

    /// Takes in the details of the `key_epoch` at `index` of the log.
    ///
    /// # Errors
    /// Where they are not believed; the keys are then as they were.
    pub fn apply(&mut self, index: u64, details: &BTreeMap<String, Value>) -> Result<(), LogError> {
        let event = KeyEvent::read(details)?;
        if event.origin != self.origin {
            let (expected, found) = (self.origin.clone(), event.origin);
            return Err(LogError::WrongOrigin { expected, found });
        }
        let size = index.saturating_add(1);
        let trusted: Vec<NoteKey> = self
            .epochs
            .iter()
            .filter(|epoch| epoch.key.kind() == NoteKeyKind::Log && epoch.status(size).is_ok())
            .map(|epoch| epoch.key.clone())
            .collect();
        let note = event.note()?;
        let unsigned = |_| refused("no key that is trusted at this place has signed it");
        note.verify(&trusted).map_err(unsigned)?;
        match event.action {
            KeyAction::Revoke => {
                let epoch = self.epochs.iter_mut().find(|epoch| epoch.key == event.key);
                let epoch = epoch.ok_or(refused("the revoked key is not known"))?;
                let earlier = epoch.valid_to_size.unwrap_or(u64::MAX);
                epoch.valid_to_size = Some(earlier.min(event.size));
            }
            KeyAction::Rotate => {
                let unsigned = |_| refused("the new key has not signed it");
                note.verify(std::slice::from_ref(&event.key)).map_err(unsigned)?;
                if self.epochs.iter().any(|epoch| epoch.key == event.key) {
                    return Err(refused("the new key is known already"));
                }
                let (key, from_size) = (event.key, event.size.max(size));
                self.epochs.push(KeyEpoch { key, from_size, valid_to_size: None });
            }
        }
        Ok(())
    }

    /// Says whether `key` may sign the checkpoint of `size` events.
    ///
    /// # Errors
    /// [`LogError::KeyRevoked`] where it was revoked before that; [`LogError::UnknownKey`] where it
    /// is no key of the log, or not yet.
    pub fn status(&self, key: &NoteKey, size: u64) -> Result<(), LogError> {
        let epoch = self.epochs.iter().find(|epoch| epoch.key == *key);
        epoch.ok_or(LogError::UnknownKey)?.status(size)
    }

    /// Reads a checkpoint of the log that has at least one key's signature which is good for its
    /// size, and those of `witnesses` of the witnesses.
    ///
    /// # Errors
    /// As [`SignedCheckpoint::open`]; and where the only keys that signed it were revoked before its
    /// size, or come in after it.
    pub fn open(&self, note: &[u8], witnesses: usize) -> Result<SignedCheckpoint, LogError> {
        let origin = Some(self.origin.clone());
        let signed =
            SignedCheckpoint::open(note, &self.trust(origin.clone(), |_| true, witnesses))?;
        let size = signed.checkpoint().size;
        let good = self.trust(origin, |epoch| epoch.status(size).is_ok(), witnesses);
        SignedCheckpoint::open(note, &good).map_err(|error| {
            let of_signer =
                |epoch: &&KeyEpoch| signed.signers().iter().any(|s| s.is_of(&epoch.key));
            match error {
                LogError::UnknownKey => self
                    .epochs
                    .iter()
                    .filter(of_signer)
                    .find_map(|epoch| epoch.status(size).err())
                    .unwrap_or(error),
                other => other,
            }
        })
    }

    /// Returns the name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    fn trust(
        &self,
        origin: Option<String>,
        good: impl Fn(&KeyEpoch) -> bool,
        witnesses: usize,
    ) -> CheckpointTrust {
        let keys = self.epochs.iter().filter(|epoch| good(epoch)).map(|epoch| epoch.key.clone());
        CheckpointTrust { keys: keys.collect(), origin, witnesses }
    }
}

impl KeyEpoch {
    fn status(&self, size: u64) -> Result<(), LogError> {
        match self.valid_to_size {
            Some(valid_to) if size > valid_to => {
                let name = self.key.name().to_owned();
                Err(LogError::KeyRevoked { name, key_id: self.key.id(), size, valid_to })
            }
            Some(_) | None if size < self.from_size => Err(LogError::UnknownKey),
            Some(_) | None => Ok(()),
        }
    }
}

/// Returns the details of the `key_epoch` by which `new` signs checkpoints from `from_size` events
/// on, beside `old`.
///
/// # Errors
/// Where the size is beyond 2^53-1, or the origin is no line.
pub fn rotation_details(
    origin: &str,
    old: &NoteSigner,
    new: &NoteSigner,
    from_size: u64,
) -> Result<BTreeMap<String, Value>, LogError> {
    let (key, action) = (new.key().clone(), KeyAction::Rotate);
    let event =
        KeyEvent { action, key, origin: origin.to_owned(), signatures: vec![], size: from_size };
    event.signed(&[old, new])
}

/// Returns the details of the `key_epoch` by which the checkpoints of `revoked` over more than
/// `valid_to_size` events are refused, signed by `signer`: another key of the log, or the revoked one
/// itself.
///
/// # Errors
/// Where the size is beyond 2^53-1, or the origin is no line.
pub fn revocation_details(
    origin: &str,
    signer: &NoteSigner,
    revoked: &NoteKey,
    valid_to_size: u64,
) -> Result<BTreeMap<String, Value>, LogError> {
    let (key, action) = (revoked.clone(), KeyAction::Revoke);
    let event = KeyEvent {
        action,
        key,
        origin: origin.to_owned(),
        signatures: vec![],
        size: valid_to_size,
    };
    event.signed(&[signer])
}

#[derive(Clone, Copy)]
enum KeyAction {
    Revoke,
    Rotate,
}

/// What the details of a `key_epoch` say.
struct KeyEvent {
    action: KeyAction,
    key: NoteKey,
    origin: String,
    /// Lines of a note over [`KeyEvent::text`].
    signatures: Vec<String>,
    size: u64,
}

impl KeyEvent {
    fn read(details: &BTreeMap<String, Value>) -> Result<Self, LogError> {
        let text = |name: &str| details.get(name).and_then(Value::as_text);
        let action = match text("action") {
            Some("revoke") => KeyAction::Revoke,
            Some("rotate") => KeyAction::Rotate,
            Some(_) | None => return Err(refused("`action` is neither rotate nor revoke")),
        };
        let size = match details.get(action.size_name()) {
            Some(Value::Integer(size)) => u64::try_from(*size).ok(),
            Some(_) | None => None,
        };
        let Some(Value::List(lines)) = details.get("signatures") else {
            return Err(refused("`signatures` is no list"));
        };
        let lines: Option<Vec<String>> =
            lines.iter().map(|line| line.as_text().map(str::to_owned)).collect();
        let key: NoteKey = text("vkey").ok_or(refused("`vkey` is missing"))?.parse()?;
        if key.kind() != NoteKeyKind::Log {
            return Err(refused("`vkey` is not the key of a log"));
        }
        if details.len() != MEMBERS {
            return Err(refused("it has other members"));
        }
        Ok(Self {
            action,
            key,
            origin: text("origin").ok_or(refused("`origin` is missing"))?.to_owned(),
            signatures: lines.ok_or(refused("a signature is no text"))?,
            size: size.ok_or(refused("its size is no number"))?,
        })
    }

    /// What is signed. It can never be read as a checkpoint, whose third line is a root.
    fn text(&self) -> Result<String, LogError> {
        if self.origin.is_empty() || self.origin.contains('\n') {
            return Err(refused("`origin` is not one line"));
        }
        let (origin, action, key, size) = (&self.origin, self.action.name(), &self.key, self.size);
        Ok(format!("bailiwick key epoch v1\n{origin}\n{action}\n{key}\n{size}\n"))
    }

    fn note(&self) -> Result<Note, LogError> {
        let mut note = Note::new(self.text()?)?;
        self.signatures.iter().try_for_each(|line| note.add_line(line))?;
        Ok(note)
    }

    fn signed(&self, signers: &[&NoteSigner]) -> Result<BTreeMap<String, Value>, LogError> {
        let mut note = self.note()?;
        signers.iter().try_for_each(|signer| note.sign(signer))?;
        let line = |line: &crate::audit::log::NoteSignature| {
            Value::Text(line.to_string().trim_end().to_owned())
        };
        let size = i64::try_from(self.size).ok().filter(|size| *size < 1 << 53);
        let size = size.ok_or(refused("its size is too large"))?;
        Ok(BTreeMap::from([
            ("action".to_owned(), Value::Text(self.action.name().to_owned())),
            ("origin".to_owned(), Value::Text(self.origin.clone())),
            ("signatures".to_owned(), Value::List(note.signatures().iter().map(line).collect())),
            (self.action.size_name().to_owned(), Value::Integer(size)),
            ("vkey".to_owned(), Value::Text(self.key.to_string())),
        ]))
    }
}

impl KeyAction {
    const fn name(self) -> &'static str {
        match self {
            Self::Revoke => "revoke",
            Self::Rotate => "rotate",
        }
    }

    const fn size_name(self) -> &'static str {
        match self {
            Self::Revoke => "valid_to_size",
            Self::Rotate => "from_size",
        }
    }
}

fn refused(reason: &'static str) -> LogError {
    LogError::KeyEpoch { reason }
}

const MEMBERS: usize = 5;
