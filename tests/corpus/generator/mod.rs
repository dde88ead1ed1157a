//! Cases for the facts about commands and paths, made by composition from the tables in `data/`:
//! what could happen × how it could be disguised. The same seed gives the same cases.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a wrong table fails a test")]

mod case;
mod compose;
mod data;
mod harmless;
mod limits;
mod paths;
mod payload;
mod random;
mod respell;
mod spelling;
mod structure;
mod text;

pub use case::Call;
pub use case::Case;
pub use case::Must;
pub use case::Syntax;
pub use compose::SEED;
pub use compose::generate;
pub use random::Random;
