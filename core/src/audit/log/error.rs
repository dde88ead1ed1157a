//! Why something of a log cannot be read, believed or signed.

use thiserror::Error;

/// Why something of a log cannot be read, believed or signed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LogError {
    /// Two different trusted keys have one name and one id.
    #[error("two trusted keys are called `{name}+{key_id:08x}`")]
    AmbiguousKey {
        /// The name.
        name: String,
        /// The id.
        key_id: u32,
    },
    /// The text of a checkpoint is not in its one form.
    #[error("not a checkpoint: {reason}")]
    CheckpointMalformed {
        /// What is wrong.
        reason: &'static str,
    },
    /// The log has other events than those that were signed.
    #[error("the log is not the one that was signed at {size} events: its root there is another")]
    Forked {
        /// How many events were signed.
        size: u64,
    },
    /// A tree of that size is not kept in that many hashes.
    #[error("a log of {size} events is kept in {expected} hashes, and {found} are given")]
    HashCount {
        /// How many events.
        size: u64,
        /// How many hashes keep it.
        expected: usize,
        /// How many are given.
        found: usize,
    },
    /// A hash that a proof needs is not kept.
    #[error("the hash of the {} events from event {} is not kept", 1_u128 << level, u128::from(*index) << level)]
    HashMissing {
        /// The height of the subtree.
        level: u8,
        /// Its place among those of that height.
        index: u64,
    },
    /// What an event says of the keys of the log is not believed.
    #[error("the key_epoch is not believed: {reason}")]
    KeyEpoch {
        /// Why not.
        reason: &'static str,
    },
    /// A key, or the name of one, is not in its form.
    #[error("not a key: {reason}")]
    KeyMalformed {
        /// What is wrong.
        reason: &'static str,
    },
    /// The key that signed was revoked before the log had that size.
    #[error("the key `{name}+{key_id:08x}` is revoked after {valid_to} events, and signed {size}")]
    KeyRevoked {
        /// The name of the key.
        name: String,
        /// Its id.
        key_id: u32,
        /// How many events the checkpoint has.
        size: u64,
        /// The most events for which the key is good.
        valid_to: u64,
    },
    /// A note is not in its form.
    #[error("not a signed note: {reason}")]
    NoteMalformed {
        /// What is wrong.
        reason: &'static str,
    },
    /// A proof does not prove what it should.
    #[error("the proof does not lead to the root of the log")]
    ProofInvalid,
    /// A proof is asked for what a log of that size cannot have.
    #[error("{asked} is not within a log of {size} events")]
    ProofRange {
        /// The index of the event, or the size of the earlier log.
        asked: u64,
        /// How many events the log has.
        size: u64,
    },
    /// A record is larger than a log can hold.
    #[error("the record has {bytes} bytes, and at most {limit} fit")]
    RecordTooLarge {
        /// Its size.
        bytes: usize,
        /// The most that fits.
        limit: usize,
    },
    /// The log has fewer events than were signed.
    #[error("the log has {found} events, and {signed} were signed: it has shrunk")]
    Shrunk {
        /// How many events were signed.
        signed: u64,
        /// How many are there.
        found: u64,
    },
    /// A trusted key's signature does not fit.
    #[error("the signature of `{name}+{key_id:08x}` does not fit the text")]
    SignatureInvalid {
        /// The name of the key.
        name: String,
        /// Its id.
        key_id: u32,
    },
    /// The text of a proof is not in its one form.
    #[error("not a proof of an event: {reason}")]
    TlogProofMalformed {
        /// What is wrong.
        reason: &'static str,
    },
    /// No trusted key of the log has signed.
    #[error("no trusted key has signed it")]
    UnknownKey,
    /// Fewer witnesses than asked for have signed.
    #[error("{found} witnesses have signed it, and {needed} are needed")]
    WitnessesMissing {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// The checkpoint is another log's.
    #[error("the checkpoint is of the log `{found}`, not of `{expected}`")]
    WrongOrigin {
        /// The log that is asked for.
        expected: String,
        /// The log that it is of.
        found: String,
    },
}

impl LogError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AmbiguousKey { .. } => "log_key_ambiguous",
            Self::CheckpointMalformed { .. } => "checkpoint_malformed",
            Self::Forked { .. } => "log_forked",
            Self::HashCount { .. } => "log_hash_count",
            Self::HashMissing { .. } => "log_hash_missing",
            Self::KeyEpoch { .. } => "key_epoch_refused",
            Self::KeyMalformed { .. } => "log_key_malformed",
            Self::KeyRevoked { .. } => "revoked_key",
            Self::NoteMalformed { .. } => "note_malformed",
            Self::ProofInvalid => "proof_invalid",
            Self::ProofRange { .. } => "proof_range",
            Self::RecordTooLarge { .. } => "audit_too_large",
            Self::Shrunk { .. } => "log_shrunk",
            Self::SignatureInvalid { .. } => "signature_invalid",
            Self::TlogProofMalformed { .. } => "proof_malformed",
            Self::UnknownKey => "unknown_key",
            Self::WitnessesMissing { .. } => "witnesses_missing",
            Self::WrongOrigin { .. } => "wrong_log",
        }
    }
}
