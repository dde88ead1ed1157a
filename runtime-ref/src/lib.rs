//! The reference runtime: the enforcement point and everything that touches the world.

pub mod port;
pub mod sandbox;
