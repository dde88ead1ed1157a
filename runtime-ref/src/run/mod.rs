//! Runs: the loop between a model and its tools, each call through the enforcement point.

mod agent;
mod choice;
mod commands;
mod context;
mod files;
mod provenance;
mod publish;
mod scan;
mod shown;
mod sources;
mod tools;

pub use agent::Agent;
pub use agent::AgentReport;
pub use agent::Listener;
pub use agent::RunError;
pub use context::NO_EGRESS;
pub use context::RunContext;
pub use provenance::Provenance;
pub use provenance::SandboxEvidence;
pub use scan::SECRET_SCAN_DELTA;
pub use tools::CallOutcome;
pub use tools::Progress;
pub use tools::Tools;
