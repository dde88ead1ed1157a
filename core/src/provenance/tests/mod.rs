mod bundle;
mod record;
mod statement;

use serde_json::Value;

use crate::document::SourceFile;
use crate::model::SigningKey;
use crate::provenance::AgentProvenance;
use crate::provenance::ProblemCode;
use crate::provenance::ProvenanceOptions;
use crate::provenance::ProvenanceReport;
use crate::provenance::envelope;
use crate::provenance::sign_provenance;
use crate::provenance::verify_provenance;

const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A record that states everything.
fn whole() -> AgentProvenance {
    let text = format!(
        r#"{{"agent_provenance": {{
          "task_id": "task_01jz", "run_id": "run_01jz", "campaign_id": "cmp_01jz",
          "tenant": "ten_1", "agent_version": "0.9.3",
          "builder_id": "urn:bailiwick:runtime:demo",
          "started_at": "2026-07-04T10:00:00+07:00", "finished_at": "2026-07-04T10:01:00+07:00",
          "model_policy": {{"router": "default-code-router@2026-07-04",
                            "allowed_models": ["code-reasoner-large"]}},
          "sandbox": {{"image_digest": "none: the host's own programs are shown",
                       "network_profile": "no-egress"}},
          "repository": {{"name": "payments", "base_sha": "{sha1}", "head_sha": "{sha2}",
                          "head_tree": "{sha1}", "uri": "git+https://git.example.org/payments"}},
          "verification": {{"required_profiles": ["unit_tests"], "passed": true}},
          "policy": {{"effective_policy_hash": "sha256:{HEX}",
                      "redaction_policy_version": "redaction-2"}},
          "versions": {{"context_manifest_hash": "sha256:{HEX}", "judge_rubric": "none: no judge",
                        "prompt_contract": "1", "system_prompt": "sha256:{HEX}",
                        "tool_schema": "sha256:{HEX}", "verifier_profile": "sha256:{HEX}"}},
          "artifacts": {{"patch": {{"uri": "artifact://run_01jz/patch.diff",
                                    "digest": "sha256:{HEX}"}},
                         "trace_package": "artifact://run_01jz/audit.jsonl"}},
          "audit_checkpoint": {{"origin": "log.example.org", "size": 9007199254740991,
                                "root": "sha256:{HEX}"}}
        }}}}"#,
        sha1 = &HEX[..40],
        sha2 = &HEX[8..48],
    );
    read(&text)
}

fn read(text: &str) -> AgentProvenance {
    AgentProvenance::read(&SourceFile::new("provenance.yaml", text)).unwrap()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32]).unwrap()
}

fn bundle(keys: &[SigningKey]) -> String {
    let file = SourceFile::new("provenance.yaml", whole().to_yaml().unwrap());
    sign_provenance(&file, keys).unwrap().bundle().to_owned()
}

fn options(seeds: &[u8], strict: bool) -> ProvenanceOptions {
    ProvenanceOptions {
        commit: None,
        document: None,
        keys: seeds.iter().map(|seed| key(*seed).public()).collect(),
        patch: None,
        strict,
        threshold: 1,
    }
}

/// The statement about the patch, as a tree.
fn statement() -> Value {
    let digest = crate::model::Digest::of(b"");
    let [patch, _] = super::statement::statements(&whole(), &digest).unwrap();
    serde_json::from_str(&patch).unwrap()
}

/// What is wrong with `payload` when it is signed as it stands.
fn judged(payload: &str, strict: bool) -> ProvenanceReport {
    let line = envelope::sign(payload, &[key(1)]).unwrap();
    verify_provenance(line.as_bytes(), &options(&[1], strict))
}

fn codes(report: &ProvenanceReport) -> Vec<(ProblemCode, &str)> {
    report.problems.iter().map(|problem| (problem.code, problem.path.as_str())).collect()
}
