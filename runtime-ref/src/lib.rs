//! The reference runtime: the enforcement point and everything that touches the world.

pub mod demo;
pub mod git;
pub mod package;
pub mod pep;
pub mod pip;
pub mod port;
pub mod retain;
pub mod run;
pub mod sandbox;
pub mod scripted;
pub mod store;
pub mod workspace;
