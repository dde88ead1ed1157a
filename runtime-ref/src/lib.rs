//! The reference runtime: the enforcement point and everything that touches the world.

pub mod git;
pub mod pep;
pub mod port;
pub mod sandbox;
pub mod store;
