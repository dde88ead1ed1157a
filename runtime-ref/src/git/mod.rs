//! git, by its command with everything switched off that could run a stranger's code, and a
//! pull-request provider in files.

mod anchor;
mod base;
mod changes;
mod command;
mod hunks;
mod provider;
#[cfg(test)]
mod provider_tests;
mod repository;
#[cfg(test)]
mod repository_tests;

pub use anchor::GitAnchor;
pub use base::Base;
pub use base::base;
pub use command::Git;
pub use provider::FilePullRequests;
pub use repository::GitRepository;
pub use repository::create_bare_remote;
