//! What a change is: its files, its classes with the evidence, and where it leads.

mod boundary;
mod claim;
mod classify;
mod config;
mod facts;
mod file;
mod generated;
mod layout;
mod lock;
mod origin;
mod paths;

pub use boundary::BoundaryReport;
pub use claim::Claim;
pub use claim::ClaimState;
pub use claim::ClassEvidence;
pub use facts::ChangeDoubt;
pub use facts::ChangeFacts;
pub use facts::DependencyFact;
pub use facts::StaleFact;
pub use file::FileFacts;
pub(crate) use paths::add_classes;

#[cfg(test)]
mod tests;
