//! Runs: the loop between a model and its tools, each call through the enforcement point.

mod agent;
mod choice;
mod commands;
mod context;
mod files;
mod manifest;
mod provenance;
mod publish;
mod scan;
mod shown;
mod sources;
mod tool_schema;
mod tools;

pub use agent::Agent;
pub use agent::AgentReport;
pub use agent::Listener;
pub use agent::RunError;
pub use context::NO_EGRESS;
pub use context::RunContext;
pub use manifest::ContextManifest;
pub use manifest::ShownMessage;
pub use provenance::Builder;
pub use provenance::SandboxEvidence;
pub use scan::SECRET_SCAN_DELTA;
pub use tool_schema::tools;
pub use tools::CallOutcome;
pub use tools::Progress;
pub use tools::Tools;
