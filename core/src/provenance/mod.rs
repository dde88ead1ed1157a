//! Where a change came from: the record `agent_provenance` (section 17), the twelve versions of
//! section 23, and the signed statements about it (in-toto, SLSA provenance, DSSE).

mod artifact;
mod base64_text;
mod check;
mod document;
mod envelope;
mod error;
mod key;
mod predicate;
mod problem;
mod resource;
mod show;
mod sign;
mod statement;
mod tree;
mod verify;
mod version;
mod yaml;

#[cfg(test)]
mod tests;

pub use artifact::ArtifactLink;
pub use document::AgentProvenance;
pub use document::ProvenanceArtifacts;
pub use document::ProvenanceCheckpoint;
pub use document::ProvenanceModels;
pub use document::ProvenancePolicy;
pub use document::ProvenanceRepository;
pub use document::ProvenanceSandbox;
pub use document::ProvenanceVerification;
pub use document::ProvenanceVersions;
pub use envelope::PAYLOAD_TYPE;
pub use envelope::dsse_pae;
pub use error::ProvenanceError;
pub use key::key_id;
pub use key::public_key_text;
pub use key::read_public_key;
pub use key::read_signing_key;
pub use problem::ProblemCode;
pub use problem::ProvenanceProblem;
pub use show::ShownStatement;
pub use show::show_bundle;
pub use sign::SignedProvenance;
pub use sign::sign_provenance;
pub use statement::BUILD_TYPE;
pub use verify::ProvenanceOptions;
pub use verify::ProvenanceReport;
pub use verify::SignedStatement;
pub use verify::verify_provenance;
pub use version::VersionedPart;
