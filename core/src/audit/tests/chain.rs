//! What is written, and what is accepted.

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::EventType;
use crate::audit::VerifyOptions;
use crate::audit::tests::RUN;
use crate::audit::tests::TENANT;
use crate::audit::tests::entries;
use crate::audit::tests::event;
use crate::audit::tests::kinds;
use crate::audit::tests::lines;
use crate::audit::tests::rewritten;
use crate::audit::tests::verdict;
use crate::audit::verify_log;
use crate::model::Digest;
use crate::model::Value;
use crate::model::canonical_json;

#[test]
fn the_record_is_canonical_json_with_the_source_documents_thirteen_fields() {
    let entry = entries(RUN).remove(4);
    assert_eq!(entry.record_json, canonical_json(&entry.record).unwrap());
    assert_eq!(AuditRecord::from_json(entry.record_json.as_bytes()), Ok(entry.record.clone()));
    assert_eq!(Digest::of_leaf(entry.record_json.as_bytes()), entry.entry_hash);
    let tree: serde_json::Value = serde_json::from_str(&entry.record_json).unwrap();
    for field in [
        "audit_id",
        "tenant_id",
        "actor_type",
        "actor",
        "action",
        "resource_type",
        "resource_id",
        "decision",
        "approval_id",
        "policy_version",
        "request_hash",
        "result_hash",
        "created_at",
    ] {
        assert!(tree.get(field).is_some(), "{field}");
    }
}

#[test]
fn a_closed_run_verifies_and_its_head_and_count_are_reported() {
    let entries = entries(RUN);
    let log: String = entries.iter().map(|entry| entry.line.as_str()).collect();
    let report = verify_log(log.as_bytes(), VerifyOptions::default());
    assert!(report.is_ok(), "{report:?}");
    let run = report.run(RUN).unwrap();
    assert_eq!((run.count, run.closed), (12, true));
    assert_eq!(run.head, entries[11].entry_hash);
    let exact = VerifyOptions {
        expected_head: Some(run.head.clone()),
        expected_count: Some(12),
        run_id: Some(RUN.to_owned()),
        tenant_id: Some(TENANT.to_owned()),
        ..VerifyOptions::default()
    };
    assert!(verify_log(log.as_bytes(), exact).is_ok());
}

#[test]
fn an_open_run_is_accepted_only_when_that_is_said_and_only_with_its_head() {
    let entries = entries(RUN);
    let log: String = entries[..5].iter().map(|entry| entry.line.as_str()).collect();
    let open = VerifyOptions { allow_open: true, ..VerifyOptions::default() };
    assert_eq!(verdict(log.as_bytes()), AuditVerdict::Truncated);
    assert!(verify_log(log.as_bytes(), open.clone()).is_ok());
    let head = VerifyOptions { expected_head: Some(entries[5].entry_hash.clone()), ..open.clone() };
    assert_eq!(verify_log(log.as_bytes(), head).verdict, AuditVerdict::Truncated);
    let count = VerifyOptions { expected_count: Some(6), ..open };
    assert_eq!(verify_log(log.as_bytes(), count).verdict, AuditVerdict::Truncated);
}

#[test]
fn runs_may_be_interleaved_and_each_is_checked() {
    let ours = lines(RUN);
    let theirs = lines("run_01jz0000000000000000000002");
    let mixed: Vec<_> =
        ours.iter().zip(&theirs).flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    let report = verify_log(mixed.concat().as_bytes(), VerifyOptions::default());
    assert!(report.is_ok(), "{report:?}");
    assert_eq!(report.runs.len(), 2);
    for drop in 0..mixed.len() {
        let mut rest = mixed.clone();
        rest.remove(drop);
        assert!(!verdict(rest.concat().as_bytes()).is_ok(), "{drop}");
    }
}

#[test]
fn another_tenants_log_or_a_log_without_the_run_is_the_wrong_log() {
    let log = lines(RUN).concat();
    let tenant =
        VerifyOptions { tenant_id: Some("ten_other".to_owned()), ..VerifyOptions::default() };
    let run = VerifyOptions { run_id: Some("run_9".to_owned()), ..VerifyOptions::default() };
    for options in [tenant, run] {
        assert_eq!(verify_log(log.as_bytes(), options).verdict, AuditVerdict::WrongLog);
    }
}

#[test]
fn a_record_with_right_hashes_that_no_chain_writes_is_malformed() {
    let entries = entries(RUN);
    let first = &entries[0];
    let with_hash = |text: &str| {
        let hash = Digest::of_leaf(text.as_bytes());
        format!("{{\"entry_hash\":\"{hash}\",\"record\":{text}}}\n")
    };
    let spaced = first.record_json.replacen(':', ": ", 1);
    let unknown = first.record_json.replacen("\"v\":1", "\"v\":1,\"w\":1", 1);
    let version = first.record_json.replacen("\"v\":1", "\"v\":2", 1);
    let alias = first.record_json.replacen("\"allowed\"", "\"allow\"", 1);
    let offset = first.record_json.replacen("10:00:00Z", "17:00:00+07:00", 1);
    let float = first.record_json.replacen("\"exit\":-1", "\"exit\":1.5", 1);
    let twice = first.record_json.replacen("\"exit\":-1", "\"exit\":-1,\"exit\":-1", 1);
    for text in [spaced, unknown, version, alias, offset, float, twice] {
        assert_ne!(text, first.record_json);
        let log = with_hash(&text);
        assert_eq!(verdict(log.as_bytes()), AuditVerdict::Malformed, "{text}");
    }
    let mut unopened = first.record.clone();
    unopened.event_type = EventType::ToolCalled;
    assert_eq!(verdict(rewritten(&unopened).as_bytes()), AuditVerdict::Malformed);
    let mut closing = entries[11].record.clone();
    closing.details.insert("count".to_owned(), Value::Integer(3));
    let mut lines = lines(RUN);
    lines[11] = rewritten(&closing);
    assert_eq!(verdict(lines.concat().as_bytes()), AuditVerdict::Malformed);
}

#[test]
fn a_chain_refuses_what_does_not_belong_and_stays_where_it_is() {
    let mut chain = Chain::new(TENANT, RUN);
    let code = |chain: &mut Chain, event| chain.append(event).unwrap_err().code();
    let tool = event(RUN, 1, EventType::ToolCalled);
    assert_eq!(code(&mut chain, tool.clone()), "audit_not_opened");
    chain.append(event(RUN, 0, EventType::RunOpened)).unwrap();
    let before = chain.clone();
    let mut tenant = tool.clone();
    tenant.tenant_id = "ten_other".to_owned();
    let mut large = tool.clone();
    large.details.insert("text".to_owned(), Value::Text("x".repeat(65_536)));
    let mut name = tool.clone();
    name.details.insert("é".to_owned(), Value::Null);
    let mut number = tool.clone();
    number.details.insert("n".to_owned(), Value::Integer(i64::MAX));
    let mut deep = tool.clone();
    let nested = (0..40).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    deep.details.insert("n".to_owned(), nested);
    let mut nobody = tool.clone();
    nobody.actor.clear();
    let mut closing = event(RUN, 1, EventType::RunClosed);
    closing.details.insert("count".to_owned(), Value::Integer(7));
    for (event, expected) in [
        (event("run_2", 1, EventType::ToolCalled), "audit_wrong_run"),
        (event(RUN, 1, EventType::RunOpened), "audit_opened_twice"),
        (tenant, "audit_wrong_tenant"),
        (large, "audit_too_large"),
        (name, "audit_member_name"),
        (number, "audit_number"),
        (deep, "audit_depth"),
        (nobody, "audit_missing"),
        (closing, "audit_closing_mismatch"),
    ] {
        assert_eq!(code(&mut chain, event), expected);
        assert_eq!(chain, before);
    }
    chain.append(event(RUN, 1, EventType::RunClosed)).unwrap();
    assert_eq!(code(&mut chain, tool), "audit_closed");
}

#[test]
fn a_chain_resumes_after_any_record_as_if_it_had_never_stopped() {
    let entries = entries(RUN);
    for at in 0..11 {
        let mut chain = Chain::resume(&entries[at].record).unwrap();
        let next = chain.append(event(RUN, at + 1, kinds()[at + 1])).unwrap();
        assert_eq!(next, entries[at + 1]);
    }
    assert!(Chain::resume(&entries[11].record).unwrap().is_closed());
}

#[test]
fn the_intact_fixture_is_what_the_chain_writes_today() {
    let intact = include_str!("../../../../policy-fixtures/audit/intact.jsonl");
    assert_eq!(intact, lines(RUN).concat(), "stored chains must stay readable");
}
