//! The append-only evidence: one hash chain a run, and the reader that checks it (sections 14, 15).

mod anchors;
mod chain;
mod error;
mod event;
mod event_type;
mod export;
mod line;
mod log;
mod payload;
mod payloads;
mod place;
mod pruned;
mod record;
mod report;
mod ssdf;
mod stream;
mod text;
mod verify;

#[cfg(test)]
mod tests;

pub use chain::Chain;
pub use chain::Entry;
pub use error::AuditError;
pub use event::AuditEvent;
pub use event_type::EventType;
pub use export::ExportFormat;
pub use export::LogExport;
pub use export::export_line;
pub use line::LineParts;
pub use line::read_line;
pub use log::*;
pub use payload::PayloadLine;
pub use payload::PayloadMatch;
pub use payload::PayloadRef;
pub use payload::SALT_BYTES;
pub use payloads::PayloadReport;
pub use pruned::Pruned;
pub use pruned::PrunedRun;
pub use record::AuditRecord;
pub use record::MAX_RECORD_BYTES;
pub use report::AuditVerdict;
pub use report::FirstBad;
pub use report::RunReport;
pub use report::VerifyOptions;
pub use report::VerifyReport;
pub use ssdf::ConcernRow;
pub use ssdf::ControlEvidence;
pub use ssdf::EventEvidence;
pub use ssdf::EventPlace;
pub use ssdf::EvidenceState;
pub use ssdf::SsdfReport;
pub use ssdf::SsdfSurvey;
pub use stream::LogVerifier;
pub use verify::Verifier;
pub use verify::verify_log;
