//! What a log shows for the mapping of section 16: secure software development practices (NIST SP
//! 800-218) and supply chain requirements (SLSA) that an agent platform answers to.

mod markdown;
mod report;
mod survey;
mod table;

#[cfg(test)]
mod tests;

pub use report::ConcernRow;
pub use report::ControlEvidence;
pub use report::EventEvidence;
pub use report::EventPlace;
pub use report::EvidenceState;
pub use report::SsdfReport;
pub use survey::SsdfSurvey;
