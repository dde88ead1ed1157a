//! The journal under fire: killed while it writes, shared by processes, and pushed to forget.

#[cfg(test)]
mod chain;
