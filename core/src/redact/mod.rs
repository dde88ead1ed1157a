//! What may be seen: raw text goes in, a projection for one sink comes out (section 20).
//!
//! The way of a text: [`engine`] takes whole lines; [`search`] looks through many of them at once for
//! literals that give secrets away; [`walk`] passes over lines without any; [`line`] looks closer where something was hit, and gets spans;
//! [`project`] puts markers in their place and looks again until nothing more is found; [`limit`]
//! cuts what is too long. [`pack`] holds what is looked for, as data.

mod anchors;
mod announced;
mod argv;
mod assigned;
mod block;
mod bytes;
mod clean;
mod cleaner;
mod code;
mod colour;
mod command;
mod contact;
mod encoded_key;
mod encoding;
mod engine;
mod finding;
mod group;
mod header;
mod host;
mod key;
mod key_name;
mod kind;
mod known;
mod last_letters;
mod limit;
mod line;
mod long_line;
mod map;
mod marker;
mod moved;
mod open_quote;
mod pack;
mod pattern;
mod pem;
mod placeholder;
mod project;
mod projection;
mod raw;
mod redactor;
mod reference;
mod repeat;
mod rule_list;
mod rules;
mod search;
mod secret_flag;
mod separator;
mod shell_word;
mod sink;
mod span;
mod stream;
mod summary;
mod targets;
// Modules of the browser that may use no vectors hold none of their code.
#[cfg_attr(all(target_arch = "wasm32", not(target_feature = "simd128")), path = "no_teddy.rs")]
mod teddy;
mod token;
mod token_index;
mod tree;
mod tree_limit;
mod url;
mod value;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use pack::Examples;
pub(crate) use rules::AllowedValue;

pub use cleaner::Cleaner;
pub use finding::RedactionFinding;
pub use pack::PackRefused;
pub use pack::RulePack;
pub use projection::Projected;
pub use projection::ProjectedTree;
pub use projection::Projection;
pub use projection::verify_seal;
pub use raw::Raw;
pub use redactor::Redactor;
pub use redactor::RedactorBuilder;
pub use rule_list::RuleInfo;
pub use rules::FoundValue;
pub use rules::RedactionRules;
pub use sink::JudgePacket;
pub use sink::LogViewer;
pub use sink::ModelContext;
pub use sink::PullRequestBody;
pub use sink::SharedArtifact;
pub use sink::Sink;
pub use sink::SinkType;
pub use sink::SupportExport;
pub use sink::TraceViewer;
pub use stream::RedactionEnd;
pub use stream::RedactionStream;
pub use summary::RedactionSummary;
