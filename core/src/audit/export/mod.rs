//! One-way projections of records for the tools of others. Each carries the entry hash, by which it
//! can be joined to the log; none of them is what is hashed.

mod cloud_events;
mod format;
mod log;
mod meaning;
mod object;
mod ocsf;
mod otel;

#[cfg(test)]
mod tests;

pub use format::ExportFormat;
pub use format::export_line;
pub use log::LogExport;
