//! Documents to a policy set: immutable, shareable, hashed.

mod access;
mod compiler;
mod condition;
mod error;
mod expression;
mod level;
mod matcher;
mod policy_set;
mod rego;
#[cfg(feature = "rego")]
mod rego_limits;
mod retention;
mod retention_check;
mod rule;
mod scope;
mod token;
mod truth;
mod typing;
mod view;

pub use access::CompiledAccess;
pub use compiler::CompileOptions;
pub use compiler::Compiled;
pub use compiler::compile;
pub use condition::Condition;
pub use condition::Side;
pub use error::CompileError;
pub use error::PoliciesRefused;
pub use expression::ConditionError;
pub use level::CompiledLevel;
pub(crate) use level::limit_field;
pub use matcher::Matcher;
pub use policy_set::CompiledKillSwitch;
pub use policy_set::PolicyChain;
pub use policy_set::PolicyRef;
pub use policy_set::PolicySet;
pub use rego::CompiledRego;
pub use rego::RegoAnswer;
pub use retention::CompiledRetention;
pub use retention::EffectiveRetention;
pub use retention::RetentionSource;
pub use rule::CompiledRule;
pub use scope::Scope;
pub(crate) use scope::required_scope;
pub use truth::Truth;
pub use view::View;
