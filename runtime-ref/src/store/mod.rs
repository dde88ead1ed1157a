//! Stores: the journal in SQLite or in plain JSON lines, artifacts and the operator's controls as files.

mod anchor;
mod append;
mod artifacts;
mod checkpointed;
mod controls;
mod group;
mod journal;
mod jsonl;
mod payload;
mod recovery;
mod removal;
mod schema;

pub use anchor::FileAnchor;
pub use artifacts::ArtifactStore;
pub use checkpointed::CheckpointedJournal;
pub use checkpointed::Signing;
pub use controls::FileControls;
pub use journal::SqliteJournal;
pub use jsonl::JsonlJournal;
