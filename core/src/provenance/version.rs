//! The twelve versions of section 23, and what counts as stating one.

use crate::model::closed_table;
use crate::provenance::AgentProvenance;

closed_table! {
    /// What section 23 wants the version of, in its order.
    VersionedPart: "version" {
        /// The agent runtime.
        AgentRuntime = "agent_runtime",
        /// What the prompt promises and asks for.
        PromptContract = "prompt_contract",
        /// The system prompt.
        SystemPrompt = "system_prompt",
        /// What tools the model had, and what they take.
        ToolSchema = "tool_schema",
        /// What the verifiers run.
        VerifierProfile = "verifier_profile",
        /// The policies that applied.
        Policy = "policy",
        /// The image that commands ran in.
        SandboxImage = "sandbox_image",
        /// The policy that chose among models.
        ModelRouter = "model_router",
        /// The commit that the change starts from.
        RepositoryBase = "repository_base",
        /// What the model was shown.
        ContextManifest = "context_manifest",
        /// By what the judge judged.
        JudgeRubric = "judge_rubric",
        /// The rules by which text was redacted.
        RedactionPolicy = "redaction_policy",
    }
}

impl VersionedPart {
    /// Returns the key in `agent_provenance` where it stands.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AgentRuntime => "agent_version",
            Self::PromptContract => "versions.prompt_contract",
            Self::SystemPrompt => "versions.system_prompt",
            Self::ToolSchema => "versions.tool_schema",
            Self::VerifierProfile => "versions.verifier_profile",
            Self::Policy => "policy.effective_policy_hash",
            Self::SandboxImage => "sandbox.image_digest",
            Self::ModelRouter => "model_policy.router",
            Self::RepositoryBase => "repository.base_sha",
            Self::ContextManifest => "versions.context_manifest_hash",
            Self::JudgeRubric => "versions.judge_rubric",
            Self::RedactionPolicy => "policy.redaction_policy_version",
        }
    }

    /// Returns what `provenance` says of it.
    pub fn of(self, provenance: &AgentProvenance) -> Option<&str> {
        let versions = &provenance.versions;
        let stated = match self {
            Self::AgentRuntime => &provenance.agent_version,
            Self::PromptContract => &versions.prompt_contract,
            Self::SystemPrompt => &versions.system_prompt,
            Self::ToolSchema => &versions.tool_schema,
            Self::VerifierProfile => &versions.verifier_profile,
            Self::Policy => &provenance.policy.effective_policy_hash,
            Self::SandboxImage => &provenance.sandbox.image_digest,
            Self::ModelRouter => &provenance.model_policy.router,
            Self::RepositoryBase => &provenance.repository.base_sha,
            Self::ContextManifest => &versions.context_manifest_hash,
            Self::JudgeRubric => &versions.judge_rubric,
            Self::RedactionPolicy => &provenance.policy.redaction_policy_version,
        };
        stated.as_deref()
    }

    /// Returns true where `provenance` states it: a version, or `none: <why>` for what the runtime
    /// does not have. A word that says nothing states nothing, and there is no run without runtime,
    /// policy and base.
    pub fn is_stated(self, provenance: &AgentProvenance) -> bool {
        let Some(text) = self.of(provenance).map(str::trim) else {
            return false;
        };
        let lower = text.to_ascii_lowercase();
        match lower.strip_prefix("none") {
            Some("") => false,
            Some(why) if why.starts_with(':') => {
                let needed =
                    matches!(self, Self::AgentRuntime | Self::Policy | Self::RepositoryBase);
                !needed && why.chars().any(char::is_alphanumeric)
            }
            Some(_) | None => !SAYS_NOTHING.contains(&lower.as_str()),
        }
    }
}

const SAYS_NOTHING: &[&str] = &["", "-", "?", "n/a", "na", "null", "tbd", "undefined", "unknown"];
