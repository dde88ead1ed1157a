//! The record as YAML text, in the order of the source document.

use std::fmt::Write;

use crate::model::Timestamp;
use crate::provenance::AgentProvenance;
use crate::provenance::ArtifactLink;

/// Returns `provenance` as the YAML that [`AgentProvenance::read`] reads back.
pub(super) fn write(provenance: &AgentProvenance) -> String {
    let mut out = Page(String::from("agent_provenance:\n"));
    out.text(1, "task_id", provenance.task_id.as_deref());
    out.text(1, "run_id", provenance.run_id.as_deref());
    out.text(1, "campaign_id", provenance.campaign_id.as_deref());
    out.text(1, "tenant", provenance.tenant.as_deref());
    out.text(1, "builder_id", provenance.builder_id.as_deref());
    let instant = |instant: Option<Timestamp>| instant.map(|it| it.to_string());
    out.text(1, "started_at", instant(provenance.started_at).as_deref());
    out.text(1, "finished_at", instant(provenance.finished_at).as_deref());
    out.text(1, "agent_version", provenance.agent_version.as_deref());
    out.section(1, "model_policy");
    out.text(2, "router", provenance.model_policy.router.as_deref());
    out.list("allowed_models", &provenance.model_policy.allowed_models);
    let sandbox = &provenance.sandbox;
    out.section(1, "sandbox");
    out.text(2, "image_digest", sandbox.image_digest.as_deref());
    out.text(2, "network_profile", sandbox.network_profile.as_deref());
    out.text(2, "adapter", sandbox.adapter.as_deref());
    out.text(2, "profile_digest", sandbox.profile_digest.as_deref());
    out.list("degraded", &sandbox.degraded);
    let repository = &provenance.repository;
    out.section(1, "repository");
    out.text(2, "name", repository.name.as_deref());
    out.text(2, "uri", repository.uri.as_deref());
    out.text(2, "base_sha", repository.base_sha.as_deref());
    out.text(2, "head_sha", repository.head_sha.as_deref());
    out.text(2, "head_tree", repository.head_tree.as_deref());
    out.section(1, "verification");
    out.list("required_profiles", &provenance.verification.required_profiles);
    if let Some(passed) = provenance.verification.passed {
        out.line(2, "passed", if passed { "true" } else { "false" });
    }
    out.section(1, "policy");
    out.text(2, "effective_policy_hash", provenance.policy.effective_policy_hash.as_deref());
    let redaction = provenance.policy.redaction_policy_version.as_deref();
    out.text(2, "redaction_policy_version", redaction);
    let versions = &provenance.versions;
    out.section(1, "versions");
    out.text(2, "prompt_contract", versions.prompt_contract.as_deref());
    out.text(2, "system_prompt", versions.system_prompt.as_deref());
    out.text(2, "tool_schema", versions.tool_schema.as_deref());
    out.text(2, "verifier_profile", versions.verifier_profile.as_deref());
    out.text(2, "context_manifest_hash", versions.context_manifest_hash.as_deref());
    out.text(2, "judge_rubric", versions.judge_rubric.as_deref());
    let artifacts = &provenance.artifacts;
    let links = [
        ("patch", &artifacts.patch),
        ("trace_package", &artifacts.trace_package),
        ("context_manifest", &artifacts.context_manifest),
        ("verification_report", &artifacts.verification_report),
        ("judge_report", &artifacts.judge_report),
    ];
    if links.iter().any(|(_, link)| link.is_some()) {
        out.section(1, "artifacts");
    }
    for (name, link) in links {
        out.link(name, link.as_ref());
    }
    if let Some(checkpoint) = &provenance.audit_checkpoint {
        out.section(1, "audit_checkpoint");
        out.text(2, "origin", Some(checkpoint.origin.as_str()));
        out.line(2, "size", &checkpoint.size.to_string());
        out.text(2, "root", Some(checkpoint.root.as_str()));
    }
    out.0
}

struct Page(String);

impl Page {
    fn line(&mut self, depth: usize, name: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{}{name}: {value}", "  ".repeat(depth));
    }

    fn section(&mut self, depth: usize, name: &str) {
        let _ = writeln!(self.0, "{}{name}:", "  ".repeat(depth));
    }

    fn text(&mut self, depth: usize, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(depth, name, &quoted(value));
        }
    }

    fn list(&mut self, name: &str, items: &[String]) {
        if items.is_empty() {
            return self.line(2, name, "[]");
        }
        self.section(2, name);
        for item in items {
            let _ = writeln!(self.0, "      - {}", quoted(item));
        }
    }

    fn link(&mut self, name: &str, link: Option<&ArtifactLink>) {
        let Some(link) = link else {
            return;
        };
        let Some(digest) = &link.digest else {
            return self.text(2, name, Some(link.uri.as_str()));
        };
        self.section(2, name);
        self.text(3, "uri", Some(link.uri.as_str()));
        self.text(3, "digest", Some(digest.as_str()));
    }
}

/// Returns `text` in double quotes: what JSON escapes, YAML reads back; what YAML cannot show or
/// would take for a line break is escaped, too.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in serde_json::Value::from(text).to_string().chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}
