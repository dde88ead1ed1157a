//! Ports: what the runtime needs from the world, as traits. Adapters implement them.
//!
//! Every method that has an effect takes a [`crate::pep::Permit`] by value, and does what the
//! request in it says: there is no other way to say it.

pub mod anchor;
pub mod clock;
pub mod command;
pub mod controls;
pub mod files;
pub mod id;
pub mod model;
pub mod payload;
pub mod pull_request;
pub mod repository;
pub mod sandbox;
pub mod store;
