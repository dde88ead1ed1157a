//! The information point: what is known outside the request, read anew for each decision.

mod snapshot;

pub use snapshot::Snapshot;
