//! The log of a tenant: the entry hashes of all its runs as an RFC 6962 tree, the signed checkpoints
//! of it, and the proofs that others can check (formats of C2SP).

mod checkpoint;
mod entry;
mod error;
mod growing;
mod keys;
mod merkle;
mod note;
mod note_key;
mod proof;
mod subtrees;
mod tile;
mod tlog_proof;

#[cfg(test)]
mod tests;

pub use checkpoint::Checkpoint;
pub use checkpoint::CheckpointTrust;
pub use checkpoint::SignedCheckpoint;
pub use checkpoint::sign_checkpoint;
pub use entry::LogEntry;
pub use entry::read_entry;
pub use error::LogError;
pub use growing::GrowingLog;
pub use keys::LogKeys;
pub use keys::revocation_details;
pub use keys::rotation_details;
pub use merkle::MerkleLog;
pub use note::MAX_NOTE_BYTES;
pub use note::MAX_NOTE_SIGNATURES;
pub use note::Note;
pub use note::NoteSignature;
pub use note::NoteSigned;
pub use note_key::NoteKey;
pub use note_key::NoteKeyKind;
pub use note_key::NoteSigner;
pub use proof::prove_consistency;
pub use proof::prove_inclusion;
pub use proof::verify_consistency;
pub use proof::verify_inclusion;
pub use subtrees::Subtrees;
pub use subtrees::TreeHashes;
pub use tile::TileFile;
pub use tile::TileHashes;
pub use tile::TileWriter;
pub use tile::entries_path;
pub use tile::tile_path;
pub use tlog_proof::TlogProof;
