//! The record `agent_provenance` (section 17).

use serde::Deserialize;
use serde::Serialize;

use crate::document::Diagnostic;
use crate::document::SourceFile;
use crate::document::read_provenance_body;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::provenance::ArtifactLink;
use crate::provenance::ProvenanceError;
use crate::provenance::VersionedPart;
use crate::provenance::yaml;

/// Where a change came from: the source document's block (section 17) and what section 23 asks for
/// beyond it.
///
/// Everything may be missing where it is read; [`AgentProvenance::to_yaml`] and
/// [`crate::sign_provenance`] ask for all twelve versions of section 23.
///
/// # Example
/// ```
/// let text = "agent_provenance:\n  run_id: run_01jz\n  repository:\n    base_sha: abc123\n";
/// let file = bailiwick::SourceFile::new("provenance.yaml", text);
/// let read = bailiwick::AgentProvenance::read(&file).map_err(|found| format!("{found:?}"))?;
/// assert_eq!(read.repository.base_sha.as_deref(), Some("abc123"));
/// assert_eq!(read.missing_versions().len(), 11);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AgentProvenance {
    /// The version of the agent runtime.
    pub agent_version: Option<String>,
    /// What is kept of the run elsewhere.
    pub artifacts: ProvenanceArtifacts,
    /// The signed head of the audit log that covers the run.
    pub audit_checkpoint: Option<ProvenanceCheckpoint>,
    /// Who ran the agent, as a URI; SLSA's `builder.id`.
    pub builder_id: Option<String>,
    /// The campaign, where it belongs to one.
    pub campaign_id: Option<String>,
    /// When the change was whole.
    pub finished_at: Option<Timestamp>,
    /// Which models could be asked.
    pub model_policy: ProvenanceModels,
    /// Which policies applied.
    pub policy: ProvenancePolicy,
    /// What was changed.
    pub repository: ProvenanceRepository,
    /// The run.
    pub run_id: Option<String>,
    /// Where commands ran.
    pub sandbox: ProvenanceSandbox,
    /// When the run began.
    pub started_at: Option<Timestamp>,
    /// The task.
    pub task_id: Option<String>,
    /// The tenant.
    pub tenant: Option<String>,
    /// What was verified.
    pub verification: ProvenanceVerification,
    /// The versions of what has no place above (section 23).
    pub versions: ProvenanceVersions,
}

/// What is kept of a run elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenanceArtifacts {
    /// What the model was shown.
    pub context_manifest: Option<ArtifactLink>,
    /// What the judge said.
    pub judge_report: Option<ArtifactLink>,
    /// The change; its digest is what one of the statements is about.
    pub patch: Option<ArtifactLink>,
    /// The evidence of the run.
    pub trace_package: Option<ArtifactLink>,
    /// What the verifiers said.
    pub verification_report: Option<ArtifactLink>,
}

/// The signed head of an audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenanceCheckpoint {
    /// The name of the log.
    pub origin: String,
    /// The root hash.
    pub root: Digest,
    /// How many records the log had.
    pub size: u64,
}

/// Which models could be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenanceModels {
    /// The models.
    pub allowed_models: Vec<String>,
    /// The policy that chose among them, and its version.
    pub router: Option<String>,
}

/// Which policies applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenancePolicy {
    /// The hash of the policies that applied together.
    pub effective_policy_hash: Option<String>,
    /// The version of the rules by which text was redacted.
    pub redaction_policy_version: Option<String>,
}

/// What was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenanceRepository {
    /// The commit that the change starts from.
    pub base_sha: Option<String>,
    /// The commit of the change.
    pub head_sha: Option<String>,
    /// The tree of that commit.
    pub head_tree: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Where it is, as an SPDX location such as `git+https://git.example.org/payments`.
    pub uri: Option<String>,
}

/// Where commands ran.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenanceSandbox {
    /// What confined them.
    pub adapter: Option<String>,
    /// Protections that did not fully hold.
    pub degraded: Vec<String>,
    /// The image.
    pub image_digest: Option<String>,
    /// What of the network could be reached.
    pub network_profile: Option<String>,
    /// The digest of the whole profile.
    pub profile_digest: Option<String>,
}

/// What was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenanceVerification {
    /// Everything required passed on exactly this change.
    pub passed: Option<bool>,
    /// The verifiers that were required.
    pub required_profiles: Vec<String>,
}

/// Versions of section 23 that the source document's block has no place for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenanceVersions {
    /// The digest of what the model was shown.
    pub context_manifest_hash: Option<String>,
    /// By what the judge judged.
    pub judge_rubric: Option<String>,
    /// What the prompt promises and asks for.
    pub prompt_contract: Option<String>,
    /// The system prompt.
    pub system_prompt: Option<String>,
    /// What tools the model had, and what they take.
    pub tool_schema: Option<String>,
    /// What the verifiers run.
    pub verifier_profile: Option<String>,
}

impl AgentProvenance {
    /// Reads the one `agent_provenance` of a YAML or JSON file; whatever is missing there is none.
    ///
    /// # Errors
    /// Where the text is no YAML, is no such record, or has a key that is not known: every finding,
    /// at its place.
    pub fn read(file: &SourceFile) -> Result<Self, Vec<Diagnostic>> {
        let body = read_provenance_body(file)?;
        // The shape was checked, so what is left is that of the struct.
        serde_json::from_value(body).map_err(|_| Vec::new())
    }

    /// Returns the record as YAML, in the order of the source document.
    ///
    /// # Errors
    /// Where one of the twelve versions of section 23 is not stated: all of those.
    pub fn to_yaml(&self) -> Result<String, ProvenanceError> {
        self.check_versions()?;
        Ok(self.to_draft())
    }

    /// Returns the record as YAML, whatever it does not state.
    pub fn to_draft(&self) -> String {
        yaml::write(self)
    }

    /// Returns the versions of section 23 that are not stated.
    pub fn missing_versions(&self) -> Vec<VersionedPart> {
        VersionedPart::ALL.iter().copied().filter(|part| !part.is_stated(self)).collect()
    }

    pub(super) fn check_versions(&self) -> Result<(), ProvenanceError> {
        match self.missing_versions() {
            parts if parts.is_empty() => Ok(()),
            parts => Err(ProvenanceError::VersionsMissing { parts }),
        }
    }
}
