//! What may be seen: raw text goes in, a projection for one sink comes out (section 20).

mod argv;
mod assignment;
mod block;
mod clean;
mod contact;
mod key_name;
mod kind;
mod known;
mod marker;
mod pack;
mod pattern;
mod pem;
mod placeholder;
mod projection;
mod raw;
mod redactor;
mod rules;
mod scan;
mod sink;
mod span;
mod summary;
mod token;
mod token_table;
mod tree;
mod truncate;
mod url;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use pack::Examples;
pub(crate) use rules::AllowedValue;

pub use kind::RedactedKind;
pub use pack::PackRefused;
pub use pack::RulePack;
pub use projection::ProjectedTree;
pub use projection::Projection;
pub use raw::Raw;
pub use redactor::Redactor;
pub use redactor::RedactorBuilder;
pub use rules::FoundValue;
pub use rules::RedactionRules;
pub use sink::Sink;
pub use summary::RedactionSummary;
