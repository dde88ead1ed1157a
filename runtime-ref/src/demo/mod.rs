//! The demonstration: one agent task governed from request to pull request, with real parts.
//!
//! This is a composition root, like `main`: it names concrete adapters.

mod enter;
mod error;
mod guard;
mod inputs;
mod layout;
mod package;
mod policies;
mod recover;
mod report;
mod retention;
mod sample;
mod stage;
mod steps;
mod timeline;

pub use enter::Options;
pub use enter::run;
pub use error::DemoError;
pub use error::Stopped;
pub use package::PackageOptions;
pub use package::package;
pub use report::Report;
pub use retention::RetentionOptions;
pub use retention::RetentionReport;
pub use retention::retain;
