//! The enforcement point: it decides, keeps the record, and only then lets an act be done.

mod act;
mod approve;
mod enforce;
mod keep;
mod obligation;
mod permit;
mod recorded;
mod usage;

pub use act::Act;
pub use act::Failure;
pub use enforce::EnforceError;
pub use enforce::Enforced;
pub use enforce::Observer;
pub use enforce::Outcome;
pub use enforce::Pep;
pub use obligation::Capabilities;
pub use obligation::Duties;
pub use permit::Permit;
pub use permit::PermitError;
