//! YAML text to typed documents. The only user of the YAML crate.

mod access;
mod kill_switch;
mod located;
mod policy;
mod rego;

pub use access::AccessRule;
pub use kill_switch::KillSwitchDocument;
pub use located::Located;
pub use policy::ApprovalPolicy;
pub use policy::Approvers;
pub use policy::LevelPolicy;
pub use policy::NetworkDefault;
pub use policy::NetworkPolicy;
pub use policy::Obligations;
pub use policy::Reviewer;
pub use policy::Rule;
pub use policy::RuleExamples;
pub use policy::RuleMatch;
pub use policy::ScopeSelector;
pub use rego::RegoPolicy;
