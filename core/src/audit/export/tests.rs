use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::audit::AuditError;
use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::EventType;
use crate::audit::ExportFormat;
use crate::audit::LogExport;
use crate::audit::VerifyOptions;
use crate::audit::export_line;
use crate::audit::tests::RUN;
use crate::audit::tests::entries;
use crate::audit::tests::event;
use crate::audit::tests::lines;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Value;

fn record(event_type: EventType) -> AuditRecord {
    AuditRecord::new(event(RUN, 3, event_type), 3, Digest::of(b"before"))
}

fn exported(format: ExportFormat, record: &AuditRecord) -> Json {
    let hash = Digest::of_leaf(record.to_json().unwrap().as_bytes());
    serde_json::from_str(&export_line(format, record, &hash).unwrap()).unwrap()
}

fn ids(record: &AuditRecord) -> [i64; 4] {
    let event = exported(ExportFormat::Ocsf, record);
    let number = |name: &str| event[name].as_i64().unwrap();
    assert_eq!(number("type_uid"), 600_300 + number("activity_id"));
    [number("activity_id"), number("severity_id"), number("status_id"), number("type_uid") / 100]
}

#[test]
fn every_event_in_every_format_is_one_line_with_the_hash_of_its_entry() {
    for event_type in EventType::ALL {
        let record = record(*event_type);
        let hash = Digest::of_leaf(record.to_json().unwrap().as_bytes());
        for format in ExportFormat::ALL {
            let line = export_line(*format, &record, &hash).unwrap();
            assert!(line.contains(hash.as_str()), "{format} {event_type}");
            assert!(line.contains(event_type.name()), "{format} {event_type}");
            assert!(!line.contains('\n'), "{format} {event_type}");
        }
    }
}

#[test]
fn what_is_exported_as_json_and_as_a_cloud_event_hashes_to_its_hash() {
    let record = record(EventType::CommandExecuted);
    let text = record.to_json().unwrap();
    let hash = Digest::of_leaf(text.as_bytes());
    for (format, member) in
        [(ExportFormat::JsonLines, "\"record\":"), (ExportFormat::CloudEvents, "\"data\":")]
    {
        let line = export_line(format, &record, &hash).unwrap();
        assert!(line.contains(&format!("{member}{text}")), "{format}");
    }
    let log = exported(ExportFormat::OpenTelemetry, &record);
    let event = &log["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0];
    assert_eq!(event["body"]["stringValue"], text.as_str());
}

#[test]
fn every_event_type_has_its_activity_and_severity() {
    let expected = [
        (EventType::AdminOverride, [3, 4]),
        (EventType::ApprovalGranted, [1, 1]),
        (EventType::ApprovalRequested, [1, 2]),
        (EventType::ArtifactDeleted, [4, 2]),
        (EventType::AuditGap, [99, 4]),
        (EventType::AuditPruned, [4, 3]),
        (EventType::CheckpointSigned, [1, 1]),
        (EventType::CommandExecuted, [99, 1]),
        (EventType::FileChanged, [3, 1]),
        (EventType::JudgeExecuted, [99, 1]),
        (EventType::KeyEpoch, [3, 3]),
        (EventType::ModelCalled, [99, 1]),
        (EventType::ObligationFulfilled, [99, 1]),
        (EventType::PolicyChanged, [3, 3]),
        (EventType::PolicyEvaluated, [99, 1]),
        (EventType::PrCreated, [1, 1]),
        (EventType::PrUpdated, [3, 1]),
        (EventType::RepositoryCloned, [2, 1]),
        (EventType::RunCancelled, [3, 2]),
        (EventType::RunClosed, [3, 1]),
        (EventType::RunFailed, [3, 3]),
        (EventType::RunOpened, [1, 1]),
        (EventType::RunScheduled, [3, 1]),
        (EventType::SandboxCreated, [1, 1]),
        (EventType::SecretRedacted, [3, 2]),
        (EventType::TaskApproved, [3, 1]),
        (EventType::TaskSubmitted, [1, 1]),
        (EventType::ToolCalled, [99, 1]),
        (EventType::VerifierExecuted, [99, 1]),
        (EventType::WorkerLeased, [3, 1]),
    ];
    let seen: BTreeMap<EventType, [i64; 2]> = EventType::ALL
        .iter()
        .map(|event_type| {
            let [activity, severity, _, _] = ids(&record(*event_type));
            (*event_type, [activity, severity])
        })
        .collect();
    assert_eq!(seen, BTreeMap::from(expected));
}

#[test]
fn what_was_denied_asked_for_or_failed_says_so() {
    let of = |event_type, decision, detail: Option<(&str, Value)>| {
        let mut record = record(event_type);
        record.decision = decision;
        record.details = detail.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        let event = exported(ExportFormat::Ocsf, &record);
        let id = |name: &str| event[name].as_i64();
        (id("severity_id"), id("status_id"), id("action_id"), id("disposition_id"))
    };
    let text = |text: &str| Value::Text(text.to_owned());
    use DecisionEffect::Allowed;
    use DecisionEffect::AskApproval;
    use DecisionEffect::Denied;
    use EventType::*;
    let seen = [
        of(PolicyEvaluated, Some(Denied), None),
        of(PolicyEvaluated, Some(AskApproval), None),
        of(PolicyEvaluated, Some(Allowed), None),
        of(RunOpened, None, None),
        of(ToolCalled, Some(Allowed), Some(("failed", text("timeout")))),
        of(CommandExecuted, Some(Allowed), Some(("status", Value::Integer(1)))),
        of(CommandExecuted, Some(Allowed), Some(("status", Value::Integer(0)))),
        // What is no command has another kind of status.
        of(ToolCalled, Some(Allowed), Some(("status", Value::Integer(200)))),
        of(VerifierExecuted, Some(Allowed), Some(("result", text("failed")))),
        of(RunFailed, None, None),
        of(AuditGap, None, None),
    ];
    let expected = [
        (Some(3), Some(2), Some(2), Some(2)),
        (Some(2), Some(99), Some(99), Some(99)),
        (Some(1), Some(1), Some(1), Some(1)),
        (Some(1), Some(1), None, None),
        (Some(2), Some(2), Some(1), Some(1)),
        (Some(2), Some(2), Some(1), Some(1)),
        (Some(1), Some(1), Some(1), Some(1)),
        (Some(1), Some(1), Some(1), Some(1)),
        (Some(2), Some(2), Some(1), Some(1)),
        (Some(3), Some(2), None, None),
        (Some(4), Some(2), None, None),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn a_rule_that_decided_is_an_authorization_with_its_policy() {
    let event = exported(ExportFormat::Ocsf, &record(EventType::PolicyEvaluated));
    let expected = serde_json::json!([{
        "decision": "allowed",
        "policy": {
            "is_applied": true, "name": "platform", "uid": "platform@2026-07-04#shell",
            "version": "2026-07-04",
        },
    }]);
    assert_eq!(event["authorizations"], expected);
}

#[test]
fn an_attribute_of_a_cloud_event_holds_no_character_that_it_may_not() {
    let mut record = record(EventType::FileChanged);
    record.resource_id = "a\u{0}b\u{85}c\u{fdd0}100%é".to_owned();
    record.run_id = "run 1/../2".to_owned();
    let event = exported(ExportFormat::CloudEvents, &record);
    assert_eq!(event["subject"], "repository/a%00b%C2%85c%EF%B7%90100%25é");
    assert_eq!(event["source"], "/bailiwick/tenants/ten_platform/runs/run%201%2F..%2F2");
    let named = event.as_object().unwrap().keys();
    assert!(named.clone().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())));
    assert!(named.clone().all(|name| name.len() <= 20));
}

#[test]
fn an_instant_is_told_in_nanoseconds_as_text_where_they_can_be_counted() {
    let nanos = |instant: &str| {
        let mut record = record(EventType::FileChanged);
        record.created_at = instant.parse().unwrap();
        let log = exported(ExportFormat::OpenTelemetry, &record);
        let event = &log["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0];
        event["timeUnixNano"].as_str().unwrap().to_owned()
    };
    assert_eq!(nanos("2026-07-04T10:00:00.123456789Z"), "1783159200123456789");
    assert_eq!(nanos("1969-12-31T23:59:59Z"), "0");
    assert_eq!(nanos("9999-12-31T23:59:59Z"), "0");
}

#[test]
fn a_call_of_a_tool_names_the_tool_the_call_and_the_agent() {
    let mut record = record(EventType::ToolCalled);
    record.details = BTreeMap::from([("tool_call_id".to_owned(), Value::Text("call_17".into()))]);
    let log = exported(ExportFormat::OpenTelemetry, &record);
    let event = &log["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0];
    let attributes: BTreeMap<&str, &str> = event["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| Some((it["key"].as_str()?, it["value"]["stringValue"].as_str()?)))
        .filter(|(key, _)| key.starts_with("gen_ai."))
        .collect();
    let expected = [
        ("gen_ai.agent.id", "agent-worker-17"),
        ("gen_ai.operation.name", "execute_tool"),
        ("gen_ai.tool.call.id", "call_17"),
        ("gen_ai.tool.name", "shell.exec"),
    ];
    assert_eq!(attributes, BTreeMap::from(expected));
}

/// Exports pieces of `size` bytes; returns what left before the end, and how it ended.
fn export(log: &str, size: usize, options: VerifyOptions) -> (String, Result<u64, AuditError>) {
    let mut export = LogExport::new(ExportFormat::JsonLines, options);
    let mut out = String::new();
    for piece in log.as_bytes().chunks(size) {
        match export.push(piece) {
            Ok(lines) => out.push_str(&lines),
            Err(error) => return (out, Err(error)),
        }
    }
    (out, export.finish().map(|(events, _)| events))
}

#[test]
fn a_log_is_exported_alike_however_it_is_cut() {
    let log = lines(RUN).concat();
    let whole = export(&log, log.len(), VerifyOptions::default());
    assert_eq!(whole.0.lines().count(), lines(RUN).len());
    assert_eq!(whole.1, Ok(12));
    for size in [1, 7, 800, 4096] {
        assert_eq!(export(&log, size, VerifyOptions::default()), whole, "{size}");
    }
}

#[test]
fn nothing_of_a_bad_line_or_behind_it_is_exported() {
    let mut log = lines(RUN);
    log[5] = log[5].replacen("agent-worker-17", "agent-worker-18", 1);
    let (out, end) = export(&log.concat(), 100, VerifyOptions::default());
    assert_eq!(out.lines().count(), 5);
    let Err(AuditError::Unverified { index, verdict, .. }) = end else {
        panic!("{end:?}");
    };
    assert_eq!((index, verdict), (6, AuditVerdict::Edited));
}

#[test]
fn an_export_without_its_end_fails_at_its_end() {
    let log = lines(RUN);
    for (cut, expected) in [
        (log[..11].concat(), AuditVerdict::Truncated),
        (log.concat().trim_end().to_owned(), AuditVerdict::TornTail),
    ] {
        let (_, end) = export(&cut, 100, VerifyOptions::default());
        let Err(AuditError::Unverified { verdict, .. }) = end else {
            panic!("{end:?}");
        };
        assert_eq!(verdict, expected);
    }
    let open = VerifyOptions { allow_open: true, ..VerifyOptions::default() };
    assert_eq!(export(&log[..11].concat(), 100, open).1, Ok(11));
}

#[test]
fn one_run_of_several_is_exported_and_all_are_verified() {
    let (first, second) = (entries("run_a"), lines("run_b"));
    let only = VerifyOptions { run_id: Some("run_a".to_owned()), ..VerifyOptions::default() };
    let both: Vec<&str> = first
        .iter()
        .zip(&second)
        .flat_map(|(first, second)| [first.line.as_str(), second.as_str()])
        .collect();
    let (out, end) = export(&both.concat(), 1000, only.clone());
    assert_eq!(end, Ok(12));
    assert!(out.lines().all(|line| line.contains("\"run_id\":\"run_a\",\"seq\"")));
    let edited = both.concat().replacen("\"run_id\":\"run_b\"", "\"run_id\":\"run_c\"", 1);
    assert!(export(&edited, 1000, only).1.is_err());
}
