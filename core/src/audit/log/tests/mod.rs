//! What is tried on logs.
