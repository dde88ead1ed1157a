//! The replay package: all that is kept of one run, in files that prove themselves (section 24),
//! and what can be answered from it (section 3).

mod error;
mod investigate;
mod item;
mod manifest;
mod page;
mod possible;
mod question;
mod read;
#[cfg(test)]
mod tests;
mod timeline;

pub use error::PackageError;
pub use investigate::Answer;
pub use investigate::Evidence;
pub use investigate::Investigation;
pub use item::ItemState;
pub use item::PackageItem;
pub use item::ReplayType;
pub use manifest::CHECKPOINT;
pub use manifest::DECISIONS;
pub use manifest::FileEntry;
pub use manifest::KEYS;
pub use manifest::LOG;
pub use manifest::MANIFEST;
pub use manifest::MANIFEST_NOTE;
pub use manifest::Manifest;
pub use manifest::ManifestItem;
pub use manifest::PAYLOADS;
pub use manifest::PROOFS;
pub use possible::Replayable;
pub use question::Question;
pub use read::InclusionLine;
pub use read::Package;
pub use read::PackageReport;
pub use read::PackageTrust;
