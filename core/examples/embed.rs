//! A Rust service that embeds Bailiwick: load the policies once, decide each request, keep the
//! record, and act only once its audit event is durable.
//!
//! `cargo run -p bailiwick --example embed`

use std::sync::Arc;

use bailiwick::AuditEvent;
use bailiwick::Chain;
use bailiwick::CompileOptions;
use bailiwick::DecisionRecord;
use bailiwick::Pdp;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::VerifyOptions;
use bailiwick::compile;
use bailiwick::verify_log;

const POLICY: &str = "
platform_policy:
  version: 2026-07-04
  allowed_actions: [shell.exec, run.start]
  network: {default: disabled}
  approval: {required_for: [shell_network]}
";

const REQUEST: &str = r#"{
  "tool": "shell.exec", "argv": ["curl", "https://packages.example.org"], "run_id": "run_1",
  "subject": {"id": "agent-worker-17", "kind": "worker", "tenant": "acme"},
  "tenant": "acme", "organization": "acme", "team": "payments", "repo": "retry-service"
}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Once: a policy set is immutable, so threads share it.
    let files = [SourceFile::new("platform.yaml", POLICY)];
    let policies = Arc::new(compile(&files, CompileOptions { strict: true })?.policies);
    let pdp = Pdp::new(policies);

    // For each request: the host brings the instant and the state, core has no clock.
    let request: Request = serde_json::from_str(REQUEST)?;
    let state = State::fresh_empty("2026-07-04T10:00:00Z".parse()?);
    let decision = pdp.decide(&request, &state);
    print!("{}", decision.to_text());

    // The record holds the request as it may be seen, never as it was.
    let seen = Redactor::builder()
        .build()
        .project_tree(&serde_json::to_value(&request)?, Sink::LogViewer)
        .into_tree();
    let record = DecisionRecord::new(decision, &request, seen, state.now, None);

    // Evidence first: store the line durably, and act only then, and only where it is allowed.
    let mut chain = Chain::new("acme", "run_1");
    let mut log = String::new();
    for (event_type, decision) in
        [("run.opened", None), ("policy.evaluated", Some(record.decision.name()))]
    {
        let event: AuditEvent = serde_json::from_value(serde_json::json!({
            "audit_id": format!("aud_{}", chain.next_seq()), "tenant_id": "acme",
            "actor_type": "service", "actor": "orchestrator", "action": event_type,
            "event_type": event_type, "resource_type": "run", "resource_id": "run_1",
            "decision": decision, "approval_id": null, "policy_version": null,
            "request_hash": record.request_hash, "result_hash": record.digest()?,
            "created_at": state.now, "run_id": "run_1",
        }))?;
        log.push_str(&chain.append(event)?.line);
    }
    let report =
        verify_log(log.as_bytes(), VerifyOptions { allow_open: true, ..VerifyOptions::default() });
    println!("chain: {} after {} events", report.verdict, report.events);
    Ok(())
}
