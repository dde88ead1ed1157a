//! The lattice: what a level permits, as one value, and how two such values compare.

#[expect(clippy::module_inception, reason = "the page is named for the value it holds")]
mod authority;
mod compare;
mod field;

pub use authority::Authority;
pub use authority::NetworkAccess;
pub use authority::network_access;
pub use compare::Comparison;
pub use compare::FieldChange;
pub use compare::Widening;
pub use compare::compare;
pub(crate) use compare::could_meet;
pub(crate) use compare::overlap;
pub use compare::widenings;
pub use field::AllowList;
pub use field::Cap;
pub use field::Clauses;
pub use field::Demands;
pub use field::Meet;
pub use field::Restriction;
