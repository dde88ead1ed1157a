//! `audit_check_proof` and `note_verify`: what others show is checked, with nothing but keys.

use bailiwick::Checkpoint;
use bailiwick::CheckpointTrust;
use bailiwick::Digest;
use bailiwick::LogError;
use bailiwick::Note;
use bailiwick::NoteKeyKind;
use bailiwick::NoteSigned;
use bailiwick::SignedCheckpoint;
use bailiwick::TlogProof;
use bailiwick::verify_consistency;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;
use crate::log::keys_of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckInput {
    /// The newer checkpoint, as a signed note, where `hashes` prove that it continues `previous`.
    #[serde(default)]
    checkpoint: Option<String>,
    #[serde(default)]
    entry_hash: Option<Digest>,
    #[serde(default)]
    hashes: Option<Vec<Digest>>,
    /// `vkey` texts.
    keys: Vec<String>,
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    previous: Option<String>,
    /// A `.tlog-proof` text that an event, by its hash or its record, is in the log.
    #[serde(default)]
    proof: Option<String>,
    #[serde(default)]
    record: Option<String>,
    /// How many witnesses must have signed.
    #[serde(default)]
    witnesses: usize,
}

#[derive(Serialize)]
struct CheckOutput {
    checkpoint: Option<CheckpointShown>,
    /// Why it is not valid.
    code: Option<&'static str>,
    index: Option<u64>,
    message: Option<String>,
    valid: bool,
}

#[derive(Serialize)]
struct CheckpointShown {
    origin: String,
    root: Digest,
    signed_by: Vec<SignedBy>,
    size: u64,
}

#[derive(Serialize)]
struct SignedBy {
    id: String,
    name: String,
    /// When a witness signed, in seconds since 1970.
    time: Option<u64>,
    witness: bool,
}

pub(crate) fn check_proof(input: &str) -> Result<String, WireError> {
    let input: CheckInput = read(input)?;
    let (keys, origin) = (keys_of(&input.keys)?, input.origin.clone());
    let trust = CheckpointTrust { keys, origin, witnesses: input.witnesses };
    let checked = match input {
        CheckInput {
            proof: Some(proof),
            entry_hash,
            record,
            checkpoint: None,
            hashes: None,
            previous: None,
            ..
        } => {
            let hash = match (entry_hash, record) {
                (Some(hash), None) => hash,
                (None, Some(record)) => Digest::of_leaf(record.as_bytes()),
                (Some(_), Some(_)) | (None, None) => {
                    return Err(unclear("give either `entry_hash` or `record`"));
                }
            };
            let leaf = hash.bytes().ok_or_else(|| unclear("`entry_hash` is no sha256"))?;
            inclusion(&proof, &leaf, &trust)
        }
        CheckInput {
            proof: None,
            entry_hash: None,
            record: None,
            checkpoint: Some(checkpoint),
            hashes: Some(hashes),
            previous: Some(previous),
            ..
        } => {
            let hashes: Option<Vec<[u8; 32]>> = hashes.iter().map(Digest::bytes).collect();
            let hashes = hashes.ok_or_else(|| unclear("one of `hashes` is no sha256"))?;
            consistency(&hashes, &previous, &checkpoint, &trust).map(|signed| (None, signed))
        }
        CheckInput { .. } => {
            let message = "give `proof` and an event, or `previous`, `checkpoint` and `hashes`";
            return Err(unclear(message));
        }
    };
    write(&match checked {
        Ok((index, signed)) => CheckOutput {
            checkpoint: Some(CheckpointShown::of_signed(&signed)),
            code: None,
            index,
            message: None,
            valid: true,
        },
        Err(error) => CheckOutput {
            checkpoint: None,
            code: Some(error.code()),
            index: None,
            message: Some(error.to_string()),
            valid: false,
        },
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteInput {
    /// `vkey` texts.
    keys: Vec<String>,
    note: String,
}

#[derive(Serialize)]
struct NoteOutput {
    /// What the text says, where it is a checkpoint.
    checkpoint: Option<CheckpointShown>,
    code: Option<&'static str>,
    message: Option<String>,
    signed_by: Vec<SignedBy>,
    /// Only where it is valid: the text of another note is nobody's.
    text: Option<String>,
    valid: bool,
}

pub(crate) fn note_verify(input: &str) -> Result<String, WireError> {
    let input: NoteInput = read(input)?;
    let keys = keys_of(&input.keys)?;
    let verified = Note::parse(input.note.as_bytes())
        .and_then(|note| note.verify(&keys).map(|signed| (note, signed)));
    write(&match verified {
        Ok((note, signed)) => NoteOutput {
            checkpoint: note
                .text()
                .parse::<Checkpoint>()
                .ok()
                .map(|checkpoint| CheckpointShown::new(&checkpoint, &signed)),
            code: None,
            message: None,
            signed_by: signed.iter().map(SignedBy::of).collect(),
            text: Some(note.text().to_owned()),
            valid: true,
        },
        Err(error) => NoteOutput {
            checkpoint: None,
            code: Some(error.code()),
            message: Some(error.to_string()),
            signed_by: Vec::new(),
            text: None,
            valid: false,
        },
    })
}

fn inclusion(
    proof: &str,
    leaf: &[u8; 32],
    trust: &CheckpointTrust,
) -> Result<(Option<u64>, SignedCheckpoint), LogError> {
    let proof: TlogProof = proof.parse()?;
    Ok((Some(proof.index), proof.verify(leaf, trust)?))
}

fn consistency(
    hashes: &[[u8; 32]],
    previous: &str,
    checkpoint: &str,
    trust: &CheckpointTrust,
) -> Result<SignedCheckpoint, LogError> {
    let signed = SignedCheckpoint::open(checkpoint.as_bytes(), trust)?;
    let of_one_log =
        CheckpointTrust { origin: Some(signed.checkpoint().origin.clone()), ..trust.clone() };
    let previous = SignedCheckpoint::open(previous.as_bytes(), &of_one_log)?;
    let (old, new) = (previous.checkpoint(), signed.checkpoint());
    verify_consistency(hashes, old.size, &old.root, new.size, &new.root)?;
    Ok(signed)
}

impl CheckpointShown {
    fn new(checkpoint: &Checkpoint, signed: &[NoteSigned]) -> Self {
        Self {
            origin: checkpoint.origin.clone(),
            root: Digest::from_bytes(&checkpoint.root),
            signed_by: signed.iter().map(SignedBy::of).collect(),
            size: checkpoint.size,
        }
    }

    fn of_signed(signed: &SignedCheckpoint) -> Self {
        Self::new(signed.checkpoint(), &[signed.signers(), signed.witnesses()].concat())
    }
}

impl SignedBy {
    fn of(signed: &NoteSigned) -> Self {
        Self {
            id: format!("{:08x}", signed.key_id),
            name: signed.name.clone(),
            time: signed.time,
            witness: signed.kind == NoteKeyKind::Witness,
        }
    }
}

fn unclear(message: &str) -> WireError {
    WireError::new("input_invalid", message)
}
