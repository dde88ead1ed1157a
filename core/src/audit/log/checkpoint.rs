//! Checkpoints (C2SP `tlog-checkpoint`): how many events a log has, and the root over them, signed.

use crate::audit::log::LogError;
use crate::audit::log::MerkleLog;
use crate::audit::log::Note;
use crate::audit::log::NoteKey;
use crate::audit::log::NoteKeyKind;
use crate::audit::log::NoteSigned;
use crate::audit::log::NoteSigner;
use crate::audit::log::verify_consistency;
use crate::model::from_base64;
use crate::model::to_base64;

/// What a checkpoint says: the log named `origin` had `size` events with that root.
///
/// # Example
/// ```
/// let text = "log.example/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
/// let checkpoint: bailiwick::Checkpoint = text.parse()?;
/// assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("log.example/1", 0));
/// assert_eq!(checkpoint.to_string(), text);
/// # Ok::<(), bailiwick::LogError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log.
    pub origin: String,
    /// How many events it had.
    pub size: u64,
    /// The root over them.
    pub root: [u8; 32],
    /// Further lines, without their line feeds; nothing here reads or writes any.
    pub extensions: Vec<String>,
}

impl std::fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, to_base64(&self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl std::str::FromStr for Checkpoint {
    type Err = LogError;

    /// Reads the text strictly: what is read is written as the same bytes.
    fn from_str(text: &str) -> Result<Self, LogError> {
        let lines = text.strip_suffix('\n').ok_or(malformed("no line feed ends it"))?;
        let mut lines = lines.split('\n').map(str::to_owned);
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(malformed("it has fewer than three lines"));
        };
        let extensions: Vec<String> = lines.collect();
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(malformed("a line is empty"));
        }
        if text.contains(|c: char| c < ' ' && c != '\n') {
            return Err(malformed("it has a control character"));
        }
        let size = decimal(&size).ok_or(malformed("its size is not a plain number"))?;
        let root = from_base64(&root).and_then(|root| root.try_into().ok());
        let root = root.ok_or(malformed("its root is not 32 bytes in base64"))?;
        Ok(Self { origin, size, root, extensions })
    }
}

/// Whose signatures make a checkpoint believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckpointTrust {
    /// The keys of the log, of which one must have signed, and those of witnesses.
    pub keys: Vec<NoteKey>,
    /// The log that it must be of; without it, any that a key of `keys` has signed for.
    pub origin: Option<String>,
    /// How many witnesses of `keys` must have signed.
    pub witnesses: usize,
}

/// A checkpoint whose signatures were checked, or were just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
    signers: Vec<NoteSigned>,
    witnesses: Vec<NoteSigned>,
}

impl SignedCheckpoint {
    /// Reads a signed note and checks that it is a checkpoint which `trust` believes.
    ///
    /// # Errors
    /// Where it is no such note; where no log key of `trust` has signed, or fewer witnesses than
    /// asked for; where a signature of a trusted key does not fit; where it is another log's.
    pub fn open(note: &[u8], trust: &CheckpointTrust) -> Result<Self, LogError> {
        let note = Note::parse(note)?;
        let checkpoint: Checkpoint = note.text().parse()?;
        let signed = note.verify(&trust.keys)?;
        let (signers, witnesses): (Vec<_>, Vec<_>) =
            signed.into_iter().partition(|signed| signed.kind == NoteKeyKind::Log);
        if signers.is_empty() {
            return Err(LogError::UnknownKey);
        }
        if witnesses.len() < trust.witnesses {
            let (needed, found) = (trust.witnesses, witnesses.len());
            return Err(LogError::WitnessesMissing { needed, found });
        }
        if let Some(expected) = &trust.origin {
            check_origin(expected, &checkpoint.origin)?;
        }
        Ok(Self { checkpoint, note, signers, witnesses })
    }

    /// Returns what it says.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Returns the note.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Returns the trusted keys of the log that have signed.
    pub fn signers(&self) -> &[NoteSigned] {
        &self.signers
    }

    /// Returns the trusted witnesses that have signed.
    pub fn witnesses(&self) -> &[NoteSigned] {
        &self.witnesses
    }
}

/// Signs the checkpoint of `log` with each of `signers`, if the log has only grown since
/// `previous`; `proof` is the consistency proof between the two.
///
/// Without `previous` it is the first checkpoint of the log, and `proof` is empty. Whoever keeps
/// the log open can sign without proofs: [`crate::GrowingLog`].
///
/// # Errors
/// Where the log has shrunk, does not begin with the events that `previous` was signed over, or is
/// another log than that; where there are no signers, or the origin is no line.
pub fn sign_checkpoint(
    signers: &[NoteSigner],
    origin: &str,
    log: &MerkleLog,
    previous: Option<&SignedCheckpoint>,
    proof: &[[u8; 32]],
) -> Result<SignedCheckpoint, LogError> {
    let (size, root) = (log.size(), log.root());
    match previous.map(SignedCheckpoint::checkpoint) {
        Some(old) => {
            check_origin(&old.origin, origin)?;
            if old.size > size {
                return Err(LogError::Shrunk { signed: old.size, found: size });
            }
            verify_consistency(proof, old.size, &old.root, size, &root)
                .map_err(|_| LogError::Forked { size: old.size })?;
        }
        None if proof.is_empty() => {}
        None => return Err(LogError::ProofInvalid),
    }
    sign_as_it_is(signers, origin, log)
}

/// Signs the checkpoint of a log that is known to have only grown.
pub(crate) fn sign_as_it_is(
    signers: &[NoteSigner],
    origin: &str,
    log: &MerkleLog,
) -> Result<SignedCheckpoint, LogError> {
    let (size, root) = (log.size(), log.root());
    let checkpoint = Checkpoint { origin: origin.to_owned(), size, root, extensions: Vec::new() };
    let mut note = Note::new(checkpoint.to_string())?;
    for signer in signers {
        note.sign(signer)?;
    }
    // As anyone reads it: an origin of two lines, say, is refused here.
    let keys = signers.iter().map(|signer| signer.key().clone()).collect();
    let trust = CheckpointTrust { keys, origin: Some(origin.to_owned()), witnesses: 0 };
    SignedCheckpoint::open(note.to_string().as_bytes(), &trust)
}

pub(crate) fn check_origin(expected: &str, found: &str) -> Result<(), LogError> {
    if expected == found {
        return Ok(());
    }
    Err(LogError::WrongOrigin { expected: expected.to_owned(), found: found.to_owned() })
}

/// Reads a decimal number without sign or leading zeros.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let short = text == "0" || !text.starts_with('0');
    (plain && short).then(|| text.parse().ok()).flatten()
}

fn malformed(reason: &'static str) -> LogError {
    LogError::CheckpointMalformed { reason }
}
