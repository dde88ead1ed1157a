//! What is kept of runs: what is due, and its deletion by the enforcement point.

mod apply;
mod items;

pub use apply::Applied;
pub use apply::Outcome;
pub use apply::apply;
pub use items::items;
