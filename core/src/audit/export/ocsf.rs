//! OCSF 1.8.0, class API Activity (6003), with the profiles for AI operations and for controls that
//! decide.

use crate::audit::AuditRecord;
use crate::audit::export::meaning::Activity;
use crate::audit::export::meaning::Meaning;
use crate::audit::export::meaning::Operation;
use crate::audit::export::meaning::Severity;
use crate::audit::export::meaning::Status;
use crate::audit::export::meaning::detail;
use crate::audit::export::meaning::exit_code;
use crate::audit::export::meaning::sentence;
use crate::audit::export::meaning::severity;
use crate::audit::export::meaning::status;
use crate::audit::export::object::maybe;
use crate::audit::export::object::object;
use crate::audit::export::object::text;
use crate::audit::export::object::whole;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Value;
use crate::model::ordered::map_of;

const VERSION: &str = "1.8.0";
const CLASS: i64 = 6003;
const OTHER: i64 = 99;

pub(super) fn ocsf(record: &AuditRecord, entry_hash: &Digest) -> Value {
    let meaning = Meaning::of(record.event_type);
    let (activity_id, activity) = activity(record, meaning.activity);
    let (severity_id, severity) = named_severity(severity(record));
    let (status_id, status) = named_status(status(record));
    let decided = record.decision.map(decided);
    let (action, disposition) = match decided {
        Some((action, disposition)) => (Some(action), Some(disposition)),
        None => (None, None),
    };
    let failed = detail(record, "failed").or_else(|| detail(record, "unfulfilled"));
    let code = exit_code(record).map(|code| code.to_string());
    object([
        ("action", action.map_or(Value::Null, |(_, name)| text(name))),
        ("action_id", action.map_or(Value::Null, |(id, _)| Value::Integer(id))),
        ("activity_id", Value::Integer(activity_id)),
        ("activity_name", text(activity)),
        ("actor", object([("user", user(record))])),
        ("ai_model", model(record, meaning.operation)),
        ("api", api(record)),
        ("authorizations", authorizations(record)),
        ("category_name", text("Application Activity")),
        ("category_uid", Value::Integer(6)),
        ("class_name", text("API Activity")),
        ("class_uid", Value::Integer(CLASS)),
        ("disposition", disposition.map_or(Value::Null, |(_, name)| text(name))),
        ("disposition_id", disposition.map_or(Value::Null, |(id, _)| Value::Integer(id))),
        ("is_alert", Value::Bool(severity_id >= ALERTS)),
        ("message", text(sentence(record))),
        ("message_context", message_context(record, meaning.operation)),
        ("metadata", metadata(record)),
        ("policy", policy(record)),
        ("resources", Value::List(vec![resource(record)])),
        ("severity", text(severity)),
        ("severity_id", Value::Integer(severity_id)),
        ("src_endpoint", object([("name", text(&record.actor))])),
        ("status", text(status)),
        ("status_code", maybe(code.as_ref())),
        ("status_detail", failed.map_or(Value::Null, text)),
        ("status_id", Value::Integer(status_id)),
        ("time", Value::Integer(record.created_at.unix_millis())),
        ("type_name", text(format!("API Activity: {}", type_name(meaning.activity)))),
        ("type_uid", Value::Integer(CLASS * 100 + activity_id)),
        ("unmapped", unmapped(record, entry_hash)),
    ])
}

/// From which severity on somebody is to be woken.
const ALERTS: i64 = 4;

fn activity(record: &AuditRecord, activity: Activity) -> (i64, &'static str) {
    match activity {
        Activity::Create => (1, "Create"),
        Activity::Read => (2, "Read"),
        Activity::Update => (3, "Update"),
        Activity::Delete => (4, "Delete"),
        Activity::Other => (OTHER, record.event_type.name()),
    }
}

const fn type_name(activity: Activity) -> &'static str {
    match activity {
        Activity::Create => "Create",
        Activity::Read => "Read",
        Activity::Update => "Update",
        Activity::Delete => "Delete",
        Activity::Other => "Other",
    }
}

const fn named_severity(severity: Severity) -> (i64, &'static str) {
    match severity {
        Severity::Informational => (1, "Informational"),
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
    }
}

const fn named_status(status: Status) -> (i64, &'static str) {
    match status {
        Status::Success => (1, "Success"),
        Status::Failure => (2, "Failure"),
        Status::Pending => (OTHER, "ask_approval"),
    }
}

/// Returns action and disposition. Somebody who is asked has neither allowed nor denied.
const fn decided(decision: DecisionEffect) -> ((i64, &'static str), (i64, &'static str)) {
    match decision {
        DecisionEffect::Allowed => ((1, "Allowed"), (1, "Allowed")),
        DecisionEffect::AskApproval => ((OTHER, "ask_approval"), (OTHER, "ask_approval")),
        DecisionEffect::Denied => ((2, "Denied"), (2, "Blocked")),
    }
}

fn user(record: &AuditRecord) -> Value {
    let (kind, id) = match record.actor_type.as_str() {
        "human" => ("User", 1),
        "service" => ("Service", 4),
        other => (other, OTHER),
    };
    object([
        ("name", text(&record.actor)),
        ("type", text(kind)),
        ("type_id", Value::Integer(id)),
        ("uid", text(&record.actor)),
    ])
}

fn api(record: &AuditRecord) -> Value {
    let request = match detail(record, "tool_call_id").or(record.decision_id.as_deref()) {
        Some(id) => object([("uid", text(id))]),
        None => Value::Null,
    };
    object([
        ("operation", text(&record.action)),
        ("request", request),
        ("service", object([("name", text("bailiwick"))])),
    ])
}

/// One entry a rule that decided, as `policy@version#rule`; one without a rule where none is named.
fn authorizations(record: &AuditRecord) -> Value {
    let Some(decision) = record.decision else {
        return Value::Null;
    };
    let entry = |policy| object([("decision", text(decision.name())), ("policy", policy)]);
    let rules = record.matched_rules.iter().map(|rule| {
        let (name, rest) = rule.split_once('@').unwrap_or((rule.as_str(), ""));
        let version = rest.rsplit_once('#').map_or(rest, |(version, _)| version);
        let version = if version.is_empty() { Value::Null } else { text(version) };
        entry(object([
            ("is_applied", Value::Bool(true)),
            ("name", text(name)),
            ("uid", text(rule)),
            ("version", version),
        ]))
    });
    let mut entries: Vec<Value> = rules.collect();
    if entries.is_empty() {
        entries.push(entry(Value::Null));
    }
    Value::List(entries)
}

fn policy(record: &AuditRecord) -> Value {
    match &record.policy_version {
        Some(version) => object([("uid", text(version)), ("version", text(version))]),
        None => Value::Null,
    }
}

/// A model has both a name and a provider there; what the record does not say is said to be unknown.
fn model(record: &AuditRecord, operation: Operation) -> Value {
    match (operation, detail(record, "model")) {
        (Operation::Model, Some(name)) => object([
            ("ai_provider", text(detail(record, "provider").unwrap_or("unknown"))),
            ("name", text(name)),
        ]),
        (Operation::Model | Operation::None | Operation::Tool, _) => Value::Null,
    }
}

fn message_context(record: &AuditRecord, operation: Operation) -> Value {
    let tokens = record.details.get("tokens").cloned().unwrap_or_default();
    match (operation, tokens) {
        (Operation::Model, Value::Integer(tokens)) => object([
            ("service", object([("name", text(&record.actor))])),
            ("total_tokens", Value::Integer(tokens)),
        ]),
        (Operation::Model | Operation::None | Operation::Tool, _) => Value::Null,
    }
}

fn metadata(record: &AuditRecord) -> Value {
    let product = object([
        ("name", text("Bailiwick")),
        ("vendor_name", text("Bailiwick")),
        ("version", text(env!("CARGO_PKG_VERSION"))),
    ]);
    object([
        ("correlation_uid", text(&record.run_id)),
        ("event_code", text(record.event_type.name())),
        ("log_name", text("audit")),
        ("log_version", text(record.v.to_string())),
        ("original_time", text(record.created_at.to_string())),
        ("product", product),
        ("profiles", Value::List(vec![text("ai_operation"), text("security_control")])),
        ("sequence", whole(record.seq)),
        ("tenant_uid", text(&record.tenant_id)),
        ("uid", text(&record.audit_id)),
        ("version", text(VERSION)),
    ])
}

fn resource(record: &AuditRecord) -> Value {
    object([("type", text(&record.resource_type)), ("uid", text(&record.resource_id))])
}

fn unmapped(record: &AuditRecord, entry_hash: &Digest) -> Value {
    let payloads = record.payloads.iter().map(|(name, payload)| {
        let held = object([
            ("commitment", text(payload.commitment.as_str())),
            ("keep_until", maybe(payload.keep_until.as_ref())),
        ]);
        (name.clone(), held)
    });
    object([
        ("approval_id", maybe(record.approval_id.as_ref())),
        ("decision_id", maybe(record.decision_id.as_ref())),
        ("details", Value::Map(record.details.clone())),
        ("entry_hash", text(entry_hash.as_str())),
        ("matched_rules", Value::List(record.matched_rules.iter().map(text).collect())),
        ("payloads", Value::Map(map_of(payloads))),
        ("prev_hash", text(record.prev_hash.as_str())),
        ("request_hash", maybe(record.request_hash.as_ref())),
        ("result_hash", maybe(record.result_hash.as_ref())),
        ("run_id", text(&record.run_id)),
        ("seq", whole(record.seq)),
    ])
}
