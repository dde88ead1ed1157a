//! Ports: what the runtime needs from the world, as traits. Adapters implement them.

pub mod sandbox;
