//! OpenTelemetry log events in OTLP/JSON: one `resourceLogs` a line, as collectors read files.

use crate::audit::AuditError;
use crate::audit::AuditRecord;
use crate::audit::export::meaning::Meaning;
use crate::audit::export::meaning::Operation;
use crate::audit::export::meaning::Severity;
use crate::audit::export::meaning::detail;
use crate::audit::export::meaning::severity;
use crate::audit::export::object::object;
use crate::audit::export::object::text;
use crate::model::Digest;
use crate::model::Value;

/// Returns one event; its body is the text that is hashed.
pub(super) fn otel(record: &AuditRecord, entry_hash: &Digest) -> Result<Value, AuditError> {
    let (number, name) = named_severity(severity(record));
    // The format counts from 1970 in 64 bits; 0 says that the time is not known there.
    let time = u64::try_from(record.created_at.unix_nanos()).unwrap_or_default().to_string();
    let event = object([
        ("attributes", Value::List(attributes(record, entry_hash))),
        ("body", object([("stringValue", text(record.to_json()?))])),
        ("eventName", text(format!("bailiwick.audit.{}", record.event_type))),
        ("observedTimeUnixNano", text(&time)),
        ("severityNumber", Value::Integer(number)),
        ("severityText", text(name)),
        ("timeUnixNano", text(&time)),
    ]);
    let version = env!("CARGO_PKG_VERSION");
    let scope = object([("name", text("bailiwick.audit")), ("version", text(version))]);
    let resource = vec![
        attribute("bailiwick.tenant.id", &record.tenant_id),
        attribute("service.name", "bailiwick"),
        attribute("service.version", version),
    ];
    let logs = object([("logRecords", Value::List(vec![event])), ("scope", scope)]);
    let of_resource = object([
        ("resource", object([("attributes", Value::List(resource))])),
        ("scopeLogs", Value::List(vec![logs])),
    ]);
    Ok(object([("resourceLogs", Value::List(vec![of_resource]))]))
}

const fn named_severity(severity: Severity) -> (i64, &'static str) {
    match severity {
        Severity::Informational => (9, "INFO"),
        Severity::Low => (10, "INFO2"),
        Severity::Medium => (13, "WARN"),
        Severity::High => (17, "ERROR"),
    }
}

fn attributes(record: &AuditRecord, entry_hash: &Digest) -> Vec<Value> {
    let mut all = vec![
        attribute("bailiwick.audit.action", &record.action),
        attribute("bailiwick.audit.actor", &record.actor),
        attribute("bailiwick.audit.actor_type", &record.actor_type),
        attribute("bailiwick.audit.created_at", &record.created_at.to_string()),
        attribute("bailiwick.audit.entry_hash", entry_hash.as_str()),
        attribute("bailiwick.audit.id", &record.audit_id),
        attribute("bailiwick.audit.prev_hash", record.prev_hash.as_str()),
        attribute("bailiwick.audit.resource_id", &record.resource_id),
        attribute("bailiwick.audit.resource_type", &record.resource_type),
        attribute("bailiwick.audit.run_id", &record.run_id),
        // Whole numbers of 64 bits are texts there.
        object([
            ("key", text("bailiwick.audit.seq")),
            ("value", object([("intValue", text(record.seq.to_string()))])),
        ]),
    ];
    let mut add = |key: &str, value: Option<&str>| {
        all.extend(value.map(|value| attribute(key, value)));
    };
    let operation = Meaning::of(record.event_type).operation;
    let (tool, model) = (operation == Operation::Tool, operation == Operation::Model);
    let agent = matches!(record.actor_type.as_str(), "service" | "worker");
    add("bailiwick.decision", record.decision.map(|decision| decision.name()));
    add("bailiwick.decision.id", record.decision_id.as_deref());
    add("bailiwick.approval.id", record.approval_id.as_deref());
    add("bailiwick.policy.version", record.policy_version.as_deref());
    add("bailiwick.request.hash", record.request_hash.as_ref().map(Digest::as_str));
    add("bailiwick.result.hash", record.result_hash.as_ref().map(Digest::as_str));
    add("error.type", detail(record, "failed"));
    add("gen_ai.agent.id", agent.then_some(record.actor.as_str()));
    add("gen_ai.operation.name", tool.then_some("execute_tool"));
    add("gen_ai.operation.name", model.then_some("chat"));
    add("gen_ai.provider.name", detail(record, "provider").filter(|_| model));
    add("gen_ai.request.model", detail(record, "model").filter(|_| model));
    add("gen_ai.tool.call.id", detail(record, "tool_call_id").filter(|_| tool));
    add("gen_ai.tool.name", tool.then_some(record.action.as_str()));
    if !record.matched_rules.is_empty() {
        let value = |rule: &String| object([("stringValue", text(rule))]);
        let rules = record.matched_rules.iter().map(value).collect();
        let rules = object([("values", Value::List(rules))]);
        all.push(object([
            ("key", text("bailiwick.matched_rules")),
            ("value", object([("arrayValue", rules)])),
        ]));
    }
    all
}

fn attribute(key: &str, value: &str) -> Value {
    object([("key", text(key)), ("value", object([("stringValue", text(value))]))])
}
