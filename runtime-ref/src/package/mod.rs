//! Replay packages: all that was kept of one run, gathered from the journal and given items, proved
//! under a checkpoint, and written whole or not at all.

mod archive;
mod error;
mod gather;
mod write;

pub use archive::archive;
pub use error::PackagingError;
pub use gather::Given;
pub use gather::RunEvidence;
pub use gather::gather;
pub use write::write_archive;
pub use write::write_folder;
