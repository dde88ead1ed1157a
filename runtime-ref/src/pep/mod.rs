//! The enforcement point: it decides, keeps the record, and only then lets an act be done.

mod permit;

pub use permit::Permit;
pub use permit::PermitError;
