//! Provenance of a change (section 17), as the YAML artifact beside its pull request.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::run::context::NO_EGRESS;
use crate::run::context::RunContext;

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

/// Where a change came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The models that took part.
    pub allowed_models: Vec<String>,
    /// The commit that the change starts from.
    pub base_sha: String,
    /// The hash of the documents that applied.
    pub effective_policy_hash: String,
    /// The commit of the change.
    pub head_sha: String,
    /// All that was required passed on exactly this change.
    pub passed: bool,
    /// The version of the rules by which text was redacted (section 23).
    pub redaction_policy_version: String,
    /// Reports of the verifiers.
    pub reports: Vec<String>,
    /// The verifiers that the policies require.
    pub required_profiles: BTreeSet<String>,
    /// What the sandbox enforced.
    pub sandbox: SandboxEvidence,
}

impl Provenance {
    /// Returns the `agent_provenance` document.
    pub fn to_yaml(&self, context: &RunContext) -> String {
        let mut out = String::from("agent_provenance:\n");
        let campaign = context.campaign_id.as_deref().map_or("null".to_owned(), quoted);
        let run_id = &context.run.run_id;
        line(&mut out, 1, "task_id", &quoted(&context.task_id));
        line(&mut out, 1, "run_id", &quoted(run_id));
        line(&mut out, 1, "campaign_id", &campaign);
        line(&mut out, 1, "agent_version", &quoted(env!("CARGO_PKG_VERSION")));
        section(&mut out, "model_policy");
        line(&mut out, 2, "router", &quoted("none"));
        list(&mut out, "allowed_models", &self.allowed_models);
        section(&mut out, "sandbox");
        // The sandbox shows the host's own programs read-only: there is no image to have a digest.
        line(&mut out, 2, "image_digest", "null");
        line(&mut out, 2, "network_profile", &quoted(NO_EGRESS));
        line(&mut out, 2, "adapter", &quoted(&self.sandbox.adapter));
        line(&mut out, 2, "profile_digest", &quoted(&self.sandbox.profile_digest));
        list(&mut out, "degraded", &self.sandbox.degraded);
        section(&mut out, "repository");
        line(&mut out, 2, "base_sha", &quoted(&self.base_sha));
        line(&mut out, 2, "head_sha", &quoted(&self.head_sha));
        section(&mut out, "verification");
        let required: Vec<String> = self.required_profiles.iter().cloned().collect();
        list(&mut out, "required_profiles", &required);
        line(&mut out, 2, "passed", if self.passed { "true" } else { "false" });
        section(&mut out, "policy");
        line(&mut out, 2, "effective_policy_hash", &quoted(&self.effective_policy_hash));
        let redaction = quoted(&self.redaction_policy_version);
        line(&mut out, 2, "redaction_policy_version", &redaction);
        section(&mut out, "artifacts");
        let trace = format!("artifact://{run_id}/audit.jsonl");
        line(&mut out, 2, "trace_package", &quoted(&trace));
        let report = self.reports.last().map_or("null".to_owned(), |report| quoted(report));
        line(&mut out, 2, "verification_report", &report);
        out
    }
}

fn section(out: &mut String, name: &str) {
    let _ = writeln!(out, "  {name}:");
}

fn line(out: &mut String, depth: usize, name: &str, value: &str) {
    let _ = writeln!(out, "{}{name}: {value}", "  ".repeat(depth));
}

fn list(out: &mut String, name: &str, items: &[String]) {
    if items.is_empty() {
        return line(out, 2, name, "[]");
    }
    section(out, &format!("  {name}"));
    for item in items {
        let _ = writeln!(out, "      - {}", quoted(item));
    }
}

/// Returns `text` in double quotes: what JSON escapes, YAML reads back.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
