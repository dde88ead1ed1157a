//! Provenance of a change (sections 17, 23): the record, the signed statements, and what they name.

use std::collections::BTreeMap;

use bailiwick::AgentProvenance;
use bailiwick::ArtifactLink;
use bailiwick::Digest;
use bailiwick::Projection;
use bailiwick::ProvenanceArtifacts;
use bailiwick::ProvenanceError;
use bailiwick::ProvenanceModels;
use bailiwick::ProvenancePolicy;
use bailiwick::ProvenanceRepository;
use bailiwick::ProvenanceSandbox;
use bailiwick::ProvenanceVerification;
use bailiwick::ProvenanceVersions;
use bailiwick::Raw;
use bailiwick::SharedArtifact;
use bailiwick::SignedProvenance;
use bailiwick::SigningKey;
use bailiwick::SourceFile;
use bailiwick::Timestamp;
use bailiwick::canonical_json;
use bailiwick::sign_provenance;
use serde_json::json;

use crate::port::repository::Changes;
use crate::port::repository::Patch;
use crate::run::context::NO_EGRESS;
use crate::run::manifest::digest;
use crate::run::scan::SECRET_SCAN_DELTA;
use crate::run::tool_schema::tool_schema;
use crate::run::tools::Tools;

/// What the sandbox enforced, for the provenance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxEvidence {
    /// The name of the adapter.
    pub adapter: String,
    /// Protections that did not fully hold.
    pub degraded: Vec<String>,
    /// The digest of the whole profile.
    pub profile_digest: String,
}

/// Who answers for what a run made, and since when it ran.
#[derive(Clone, Debug)]
pub struct Builder {
    /// Who runs agents, as a URI.
    pub id: String,
    /// Signs the statements about changes.
    pub key: SigningKey,
    /// When the run began.
    pub started_at: Timestamp,
}

/// What is kept of a change beside its pull request.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// What the model was shown.
    pub(super) manifest: Projection<SharedArtifact>,
    /// The change.
    pub(super) patch: Projection<SharedArtifact>,
    /// The record.
    pub(super) record: Projection<SharedArtifact>,
    /// The statements about it.
    pub(super) statements: SignedProvenance,
}

impl Tools {
    /// Returns the evidence for the change that `commit` holds.
    pub(super) fn evidence(
        &self,
        changes: &Changes,
        commit: &str,
        patch: &Patch,
    ) -> Result<Evidence, ProvenanceError> {
        let manifest = canonical_json(&self.progress.manifest)?;
        let manifest = self.pep.redactor.project::<SharedArtifact>(&Raw::new(manifest));
        let record = self.provenance(changes, commit, patch, &manifest).to_yaml()?;
        let record = self.pep.redactor.project::<SharedArtifact>(&Raw::new(record));
        // What is signed is what is kept: nothing stands in a statement that the redactor did not
        // let through.
        let file = SourceFile::new(RECORD, record.text());
        let statements = sign_provenance(&file, std::slice::from_ref(&self.builder.key))?;
        let patch = self.pep.redactor.project::<SharedArtifact>(&patch.text);
        Ok(Evidence { manifest, patch, record, statements })
    }

    fn provenance(
        &self,
        changes: &Changes,
        commit: &str,
        patch: &Patch,
        manifest: &Projection<SharedArtifact>,
    ) -> AgentProvenance {
        let (context, progress) = (&self.context, &self.progress);
        let manifest_digest = Digest::of(manifest.text().as_bytes());
        let link = |name: &str, digest: Option<Digest>| {
            Some(ArtifactLink { digest, uri: format!("artifact://{}/{name}", context.run.run_id) })
        };
        let mut reports = progress.verified.values().filter(|it| it.tree == changes.tree);
        let report = reports.next_back().map(|verified| ArtifactLink {
            digest: Some(verified.report_digest.clone()),
            uri: verified.report.clone(),
        });
        let redaction = self.pep.redactor.version();
        let prompt = progress.manifest.prompt().map(|digest| digest.as_str().to_owned());
        AgentProvenance {
            agent_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            artifacts: ProvenanceArtifacts {
                context_manifest: link(MANIFEST, Some(manifest_digest.clone())),
                judge_report: None,
                patch: link(PATCH, Some(patch.digest.clone())),
                trace_package: link("audit.jsonl", None),
                verification_report: report,
            },
            // The log goes on after the pull request: a checkpoint that covers the run comes later.
            audit_checkpoint: None,
            builder_id: Some(self.builder.id.clone()),
            campaign_id: context.campaign_id.clone(),
            finished_at: Some(self.pep.clock.now()),
            model_policy: ProvenanceModels {
                allowed_models: self.models.clone(),
                // The documents choose among the models.
                router: Some(self.pep.pdp.policies.digest().as_str().to_owned()),
            },
            policy: ProvenancePolicy {
                effective_policy_hash: Some(progress.effective_policy_hash.clone()),
                redaction_policy_version: Some(redaction.clone()),
            },
            repository: ProvenanceRepository {
                base_sha: Some(self.checkout.base_sha.clone()),
                head_sha: Some(commit.to_owned()),
                head_tree: Some(changes.tree.clone()),
                name: Some(context.repo.clone()),
                uri: None,
            },
            run_id: Some(context.run.run_id.clone()),
            sandbox: ProvenanceSandbox {
                adapter: Some(self.sandbox.adapter.clone()),
                degraded: self.sandbox.degraded.clone(),
                image_digest: Some(NO_IMAGE.to_owned()),
                network_profile: Some(NO_EGRESS.to_owned()),
                profile_digest: Some(self.sandbox.profile_digest.clone()),
            },
            started_at: Some(self.builder.started_at),
            task_id: Some(context.task_id.clone()),
            tenant: Some(context.run.tenant.clone()),
            verification: ProvenanceVerification {
                passed: Some(self.passed(changes)),
                required_profiles: progress.required_verifiers.iter().cloned().collect(),
            },
            versions: ProvenanceVersions {
                context_manifest_hash: Some(manifest_digest.as_str().to_owned()),
                judge_rubric: Some(NO_JUDGE.to_owned()),
                prompt_contract: Some(PROMPT_CONTRACT.to_owned()),
                system_prompt: prompt,
                tool_schema: Some(tool_schema().as_str().to_owned()),
                verifier_profile: Some(profile(&self.verifiers, &redaction).as_str().to_owned()),
            },
        }
    }
}

/// Returns the digest of what the verifiers run; the scan for secrets runs the redactor.
fn profile(verifiers: &BTreeMap<String, Vec<String>>, redaction: &str) -> Digest {
    digest(&json!({"commands": verifiers, (SECRET_SCAN_DELTA): redaction}))
}

/// The name of the artifact that is the record.
pub(super) const RECORD: &str = "provenance.yaml";
/// The name of the artifact that holds the statements.
pub(super) const STATEMENTS: &str = "provenance.intoto.jsonl";
/// The name of the artifact that is the change.
pub(super) const PATCH: &str = "patch.diff";
/// The name of the artifact that says what the model was shown.
pub(super) const MANIFEST: &str = "context-manifest.json";
/// What a conversation consists of here: the task first, in the platform's name, then what the model
/// says and what its calls come to, in turns. To be raised with each change of `run::agent`.
const PROMPT_CONTRACT: &str = "task-then-turns@1";
const NO_IMAGE: &str = "none: the sandbox shows the host's own programs read-only";
const NO_JUDGE: &str = "none: no judge is run here";
