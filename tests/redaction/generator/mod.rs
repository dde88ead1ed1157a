//! Texts to measure a redactor on, made from the tables in `data/`: logs of agents with planted
//! secrets, labelled cases, and clean logs. The same seed gives the same texts, and no whole secret
//! stands in any file. Nothing here was written from the rules of the redactor.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a wrong table fails a test")]

mod clean;
mod encode;
mod fill;
mod key_block;
mod labelled;
mod mark;
mod name;
mod planted;
mod random;
mod secret;
mod subject;
mod template;

pub use clean::clean_log;
pub use labelled::Labelled;
pub use labelled::labelled;
pub use mark::Cover;
pub use mark::Marked;
pub use planted::Planted;
pub use planted::noisy_log;
pub use planted::planted;
pub use random::Random;
pub use subject::Subject;
pub use subject::alarms;

/// The seed of the texts that are scored.
pub const SEED: u64 = 20;
