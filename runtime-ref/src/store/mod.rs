//! Stores: the journal in SQLite, artifacts and the operator's controls as files.

mod append;
mod artifacts;
mod controls;
mod journal;
mod payload;
mod recovery;
mod removal;
mod schema;

pub use artifacts::ArtifactStore;
pub use controls::FileControls;
pub use journal::SqliteJournal;
