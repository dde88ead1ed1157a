//! The policy decision point: (policy set, request, state) → decision. Total, pure, never an
//! error.

mod access;
mod approval;
mod artifact;
mod budget;
mod clean;
mod combine;
mod data;
mod decision;
mod explain;
mod finding;
mod kill_switch;
mod label;
mod level;
mod model;
mod network;
mod obligation;
mod paths;
mod pdp;
mod refusal;
mod rego;
mod requirement;

pub use decision::Decision;
pub use decision::FactsRead;
pub use decision::MatchedRule;
pub use decision::Obligation;
pub use decision::ObligationKind;
pub use decision::Reason;
pub use decision::Remedy;
pub(crate) use label::Labels;
pub use pdp::Pdp;
pub(crate) use refusal::Refusal;
