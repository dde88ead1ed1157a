//! The enforcement point: what it decides is kept, and only what is kept and allowed is done.

mod order;
mod state;
mod support;
