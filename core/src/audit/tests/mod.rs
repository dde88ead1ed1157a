//! One chain of twelve events, and what is tried on it.

mod anchored;
mod chain;
mod payloads;
mod pruned;
mod stream;
mod tamper;

use std::collections::BTreeMap;

use crate::audit::AuditEvent;
use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::Entry;
use crate::audit::EventType;
use crate::audit::Verifier;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::verify_log;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Value;

pub(super) const RUN: &str = "run_01jz0000000000000000000001";
pub(super) const TENANT: &str = "ten_platform";

pub(super) fn event(run_id: &str, number: usize, event_type: EventType) -> AuditEvent {
    AuditEvent {
        action: "shell.exec".to_owned(),
        actor: "agent-worker-17".to_owned(),
        actor_type: "worker".to_owned(),
        approval_id: (number == 4).then(|| "appr_7".to_owned()),
        audit_id: format!("aud_{number}"),
        created_at: format!("2026-07-04T10:00:{number:02}Z").parse().unwrap(),
        decision: Some(DecisionEffect::Allowed),
        decision_id: Some(format!("pdec_{number}")),
        details: BTreeMap::from([
            ("argv".to_owned(), Value::Text("cargo test\t\"é\" \u{7f}".to_owned())),
            ("exit".to_owned(), Value::Integer(-1)),
        ]),
        event_type,
        matched_rules: vec!["platform@2026-07-04#shell".to_owned()],
        payloads: BTreeMap::new(),
        policy_version: Some("policy_2026_07_04_1".to_owned()),
        request_hash: Some(Digest::of(b"request")),
        resource_id: "payments-api".to_owned(),
        resource_type: "repository".to_owned(),
        result_hash: None,
        run_id: run_id.to_owned(),
        tenant_id: TENANT.to_owned(),
    }
}

pub(super) fn kinds() -> Vec<EventType> {
    vec![
        EventType::RunOpened,
        EventType::WorkerLeased,
        EventType::SandboxCreated,
        EventType::RepositoryCloned,
        EventType::ModelCalled,
        EventType::PolicyEvaluated,
        EventType::CommandExecuted,
        EventType::FileChanged,
        EventType::VerifierExecuted,
        EventType::JudgeExecuted,
        EventType::PrCreated,
        EventType::RunClosed,
    ]
}

pub(super) fn entries(run_id: &str) -> Vec<Entry> {
    let mut chain = Chain::new(TENANT, run_id);
    let numbered = kinds().into_iter().enumerate();
    numbered.map(|(number, kind)| chain.append(event(run_id, number, kind)).unwrap()).collect()
}

pub(super) fn lines(run_id: &str) -> Vec<String> {
    entries(run_id).into_iter().map(|entry| entry.line).collect()
}

pub(super) fn verdict(log: &[u8]) -> AuditVerdict {
    verify_log(log, VerifyOptions::default()).verdict
}

/// Reads on from a reader that has read the lines before.
pub(super) fn read_on(before: &Verifier, rest: &[u8]) -> VerifyReport {
    let mut verifier = before.clone();
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        verifier.line(line);
    }
    verifier.finish()
}

pub(super) fn rewritten(record: &AuditRecord) -> String {
    let text = record.to_json().unwrap();
    let hash = Digest::of_leaf(text.as_bytes());
    format!("{{\"entry_hash\":\"{hash}\",\"record\":{text}}}\n")
}
