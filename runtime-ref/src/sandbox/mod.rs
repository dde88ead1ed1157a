//! The real sandbox: two adapters of [`crate::port::sandbox`] that share everything but how the
//! namespaces and the mount tree come to be.
//!
//! The runtime starts an *inner program* (itself, by a hidden argument) with one end of a socket
//! as standard input. [`Embedded`] has it enter new namespaces and build a mount tree;
//! [`Bubblewrap`] has it become `bwrap`. In both, the inner program then is process 1 of the
//! sandbox: it drops every privilege, starts the command, reaps, and reports over the socket.
//! Closing the socket, also by dying, ends the sandbox.

mod bubblewrap;
mod cgroup;
mod confine;
mod embedded;
mod inner;
mod layout;
mod message;
mod protect;
mod seccomp;
mod select;
mod supervise;
pub mod toolchain;

pub use bubblewrap::Bubblewrap;
pub use embedded::Embedded;
pub use inner::run_inner_if_asked;
pub use select::Choice;
pub use select::select;
pub use select::select_with;
