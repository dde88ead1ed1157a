//! Takes payments: here only the part that decides when to try again.

pub mod http;
pub mod retry;
