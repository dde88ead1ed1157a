//! What becomes of things, and what keeps them.

use super::HoldKind;
use super::RetentionHold;
use super::RetentionItem;
use super::RetentionStatus;
use super::retention_plan;
use crate::compile::CompileOptions;
use crate::compile::PolicySet;
use crate::compile::compile;
use crate::document::SourceFile;
use crate::govern::RetentionEntry;
use crate::model::Timestamp;

const NOW: &str = "2026-07-20T00:00:00Z";

fn policies(text: &str) -> PolicySet {
    let file = SourceFile::new("p.yaml", text);
    compile(&[file], CompileOptions::default()).unwrap_or_else(|error| panic!("{error}")).policies
}

fn item(class: &str, created: &str) -> RetentionItem {
    RetentionItem {
        class: class.to_owned(),
        created_at: Some(format!("{created}T00:00:00Z")),
        encrypted: Some(true),
        id: format!("{class} of {created}"),
        run_id: Some("run_1".to_owned()),
        tenant: Some("ten_1".to_owned()),
        ..RetentionItem::default()
    }
}

fn hold() -> RetentionHold {
    RetentionHold {
        id: "inc_7".to_owned(),
        item: None,
        kind: HoldKind::Incident,
        reason: "a leaked token".to_owned(),
        released_at: None,
        run_id: Some("run_1".to_owned()),
        set_by: "user:ana".to_owned(),
        tenant: None,
    }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn planned(policies: &PolicySet, item: RetentionItem, holds: &[RetentionHold]) -> RetentionEntry {
    retention_plan(policies, &[item], holds, now()).entries.remove(0)
}

/// The status and the sentence of one item under policies.
fn told(text: &str, item: RetentionItem) -> (RetentionStatus, String) {
    let entry = planned(&policies(text), item, &[]);
    (entry.status, entry.why)
}

#[test]
fn what_is_built_in_holds_where_nobody_speaks() {
    for (item, status, why, at) in [
        (
            item("raw_log", "2026-07-13"),
            RetentionStatus::DueNow,
            "kept for at most 7 days",
            "2026-07-20",
        ),
        (
            item("raw_log", "2026-07-14"),
            RetentionStatus::DueAt,
            "kept for at most 7 days",
            "2026-07-21",
        ),
        (
            item("audit_event", "2026-07-14"),
            RetentionStatus::KeepFloor,
            "kept for at least 2555 days",
            "2033-07-12",
        ),
        (
            item("audit_event", "2019-01-01"),
            RetentionStatus::DueNow,
            "kept for at least 2555 days, which are over",
            "2025-12-30",
        ),
        (
            item("raw_model_request", "2026-07-14"),
            RetentionStatus::NeverStoredViolation,
            "never stored",
            "2026-07-14",
        ),
        (
            item("tool_output_redacted", "2026-07-14"),
            RetentionStatus::DueAt,
            "kept for at most 90 days",
            "2026-10-12",
        ),
    ] {
        let entry = planned(&policies(""), item, &[]);
        let at = Some(format!("{at}T00:00:00Z").parse().unwrap());
        assert_eq!((entry.status, entry.why.as_str(), entry.at), (status, why, at));
        assert_eq!(entry.limit.unwrap().policy, "built-in");
    }
}

#[test]
fn something_is_due_at_the_very_instant_at_which_its_days_are_over() {
    let set = policies("");
    let mut log = item("raw_log", "2026-07-13");
    log.created_at = Some("2026-07-13T00:00:00.000000001Z".to_owned());
    assert_eq!(planned(&set, log, &[]).status, RetentionStatus::DueAt);
    assert_eq!(planned(&set, item("raw_log", "2026-07-13"), &[]).status, RetentionStatus::DueNow);
}

#[test]
fn the_tightest_document_decides_and_is_named() {
    let text = "retention: {version: 1, name: acme, tool_output_raw: {store_days: 30}}\n---\n\
                artifact_policy:\n  version: 1\n  name: pay\n  level: team\n  team: payments\n  \
                raw_log: {retention_days: 10}\n";
    let set = policies(text);
    let mut log = item("raw_log", "2026-07-01");
    log.team = Some("payments".to_owned());
    let entry = planned(&set, log.clone(), &[]);
    let limit = entry.limit.unwrap();
    assert_eq!(
        (entry.status, limit.days, limit.policy.as_str()),
        (RetentionStatus::DueNow, 10, "pay@1")
    );
    assert_eq!(limit.location.unwrap().to_string(), "p.yaml:8:29");
    log.team = Some("billing".to_owned());
    let entry = planned(&set, log.clone(), &[]);
    assert_eq!((entry.status, entry.limit.unwrap().days), (RetentionStatus::DueAt, 30));
    // Whose it is is not known: the team's days could be another team's, so they do not delete.
    log.team = None;
    assert_eq!(planned(&set, log, &[]).status, RetentionStatus::DueAt);
}

#[test]
fn days_of_a_platform_document_that_may_apply_are_not_cut_by_the_built_in_ones() {
    let text = "retention: {version: 1, repo: big, tool_output_raw: {store_days: 30}}\n";
    let mut log = item("raw_log", "2026-07-01");
    assert_eq!(told(text, log.clone()).0, RetentionStatus::DueAt);
    log.repo = Some("small".to_owned());
    assert_eq!(told(text, log).0, RetentionStatus::DueNow);
}

#[test]
fn fewest_days_of_a_document_that_may_apply_do_count() {
    let text =
        "retention: {version: 1, level: team, team: payments, patch: {at_least_days: 100}}\n";
    let (status, why) = told(text, item("patch", "2026-07-01"));
    assert_eq!((status, why.as_str()), (RetentionStatus::KeepFloor, "kept for at least 100 days"));
}

#[test]
fn an_audit_event_is_not_deleted_early_whoever_asks() {
    let text = "retention: {version: 3, name: law, audit_event: {store_days: 4000}}\n";
    let mut event = item("audit_event", "2019-01-01");
    event.delete = true;
    let entry = planned(&policies(text), event, &[]);
    assert_eq!(
        (entry.status, entry.why.as_str()),
        (RetentionStatus::Refused, "kept for at least 4000 days")
    );
    let limit = entry.limit.unwrap();
    assert_eq!((limit.policy.as_str(), limit.rule), ("law@3", "at_least_days"));
    assert_eq!(limit.location.unwrap().path, "retention.audit_event.store_days");
}

#[test]
fn what_nothing_keeps_may_go_before_its_most_days_are_over() {
    let mut log = item("raw_log", "2026-07-19");
    log.delete = true;
    let why = "it is asked to be deleted, and nothing keeps it".to_owned();
    assert_eq!(told("", log), (RetentionStatus::DueNow, why));
}

#[test]
fn a_hold_keeps_expired_raw_data_and_that_is_said() {
    let set = policies("");
    let entry = planned(&set, item("raw_log", "2026-01-01"), &[hold()]);
    assert_eq!((entry.status, entry.expired), (RetentionStatus::Held, true));
    assert_eq!(
        entry.why,
        "open incident `inc_7` by user:ana: a leaked token, though it is kept for at most 7 days"
    );
    let entry = planned(&set, item("raw_log", "2026-07-19"), &[hold()]);
    assert_eq!((entry.status, entry.expired), (RetentionStatus::Held, false));
    let mut asked = item("raw_log", "2026-01-01");
    asked.delete = true;
    assert_eq!(planned(&set, asked, &[hold()]).status, RetentionStatus::Refused);
}

#[test]
fn a_hold_holds_what_every_one_of_its_keys_names() {
    let set = policies("");
    let old = || item("raw_log", "2026-01-01");
    let status = |hold: RetentionHold, item| planned(&set, item, &[hold]).status;
    let other = RetentionHold { run_id: Some("run_2".to_owned()), ..hold() };
    assert_eq!(status(other.clone(), old()), RetentionStatus::DueNow);
    // Which run made it is not known: it could be the one.
    assert_eq!(status(other, RetentionItem { run_id: None, ..old() }), RetentionStatus::Held);
    let elsewhere = RetentionHold { tenant: Some("ten_2".to_owned()), ..hold() };
    assert_eq!(status(elsewhere, old()), RetentionStatus::DueNow);
    let everything = RetentionHold { run_id: None, ..hold() };
    assert_eq!(status(everything, old()), RetentionStatus::Held);
    let released = RetentionHold { released_at: Some(now()), ..hold() };
    assert_eq!(status(released, old()), RetentionStatus::DueNow);
    let one = RetentionHold { item: Some("raw_log of 2026-01-01".to_owned()), ..hold() };
    assert_eq!(status(one.clone(), old()), RetentionStatus::Held);
    assert_eq!(status(one, item("raw_log", "2026-01-02")), RetentionStatus::DueNow);
}

#[test]
fn what_is_not_understood_is_reported_and_never_deleted() {
    let old = || item("raw_log", "2026-01-01");
    for (item, why) in [
        (item("rawlog", "2026-01-01"), "its class `rawlog` is unknown, did you mean `raw_log`"),
        (item("", "2026-01-01"), "its class `` is unknown"),
        (RetentionItem { tenant: None, ..old() }, "whose it is is not known: `tenant` is missing"),
        (
            RetentionItem { created_at: None, ..old() },
            "how old it is is not known: `created_at` is missing",
        ),
        (
            RetentionItem { created_at: Some("long ago".to_owned()), ..old() },
            "how old it is is not known: `created_at` is no instant",
        ),
        (
            RetentionItem {
                created_at: Some("9999-12-31T00:00:00Z".to_owned()),
                delete: true,
                ..old()
            },
            "for how long it is kept cannot be told",
        ),
    ] {
        let plan = retention_plan(&policies(""), &[item], &[], now());
        assert_eq!((plan.entries[0].status, plan.findings), (RetentionStatus::Error, 1));
        assert_eq!(plan.entries[0].why, why);
    }
}

#[test]
fn what_must_be_encrypted_and_is_not_is_a_finding() {
    let open = RetentionItem { encrypted: None, ..item("raw_log", "2026-07-19") };
    let plan = retention_plan(&policies(""), &[open, item("raw_log", "2026-07-19")], &[], now());
    assert_eq!(plan.findings, 1);
    let marked: Vec<bool> = plan.entries.iter().map(|entry| entry.unencrypted).collect();
    assert_eq!(marked.iter().filter(|open| **open).count(), 1);
}

#[test]
fn the_order_of_items_and_holds_does_not_show() {
    let set = policies("");
    let mut items = vec![
        item("audit_event", "2026-07-01"),
        item("raw_log", "2026-07-19"),
        item("nonsense", "2026-07-01"),
        item("raw_log", "2026-01-01"),
        item("raw_model_request", "2026-01-01"),
    ];
    let mut holds = vec![hold(), RetentionHold { id: "inc_1".to_owned(), ..hold() }];
    for hold in &mut holds {
        hold.item = Some("raw_log of 2026-07-19".to_owned());
    }
    let plan = retention_plan(&set, &items, &holds, now());
    let statuses: Vec<&str> = plan.entries.iter().map(|entry| entry.status.name()).collect();
    assert_eq!(statuses, ["never_stored_violation", "error", "due_now", "held", "keep_floor"]);
    items.reverse();
    holds.reverse();
    assert_eq!(retention_plan(&set, &items, &holds, now()), plan);
}

#[test]
fn the_text_tells_each_class_and_shortens_what_is_alike() {
    let mut items: Vec<RetentionItem> =
        (1..=9).map(|day| item("audit_event", &format!("2026-07-0{day}"))).collect();
    items.push(RetentionItem { encrypted: None, ..item("raw_log", "2026-01-01") });
    let text = retention_plan(&policies(""), &items, &[], now()).to_text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "as of 2026-07-20T00:00:00Z: 1 due_now, 9 keep_floor");
    assert_eq!(lines[1], "audit_event");
    assert_eq!(
        lines[2],
        "  keep_floor              2033-06-29T00:00:00Z  audit_event of 2026-07-01: kept for at least \
         2555 days [built-in]"
    );
    assert_eq!(lines[7], "  keep_floor              and 4 more, the last 2033-07-07T00:00:00Z");
    assert_eq!(lines[8], "raw_log");
    assert!(lines[9].ends_with("[built-in]; it must be encrypted, and is not"), "{text}");
    assert_eq!(lines[10], "1 finding");
}

#[test]
#[expect(clippy::type_complexity, reason = "a list of named edits reads best in one line")]
fn what_belongs_to_a_blank_or_padded_name_is_an_error_and_never_deleted() {
    let set: [(&str, fn(&mut RetentionItem, String)); 7] = [
        ("tenant", |item, name| item.tenant = Some(name)),
        ("organization", |item, name| item.organization = Some(name)),
        ("team", |item, name| item.team = Some(name)),
        ("repo", |item, name| item.repo = Some(name)),
        ("campaign_id", |item, name| item.campaign_id = Some(name)),
        ("task_id", |item, name| item.task_id = Some(name)),
        ("run_id", |item, name| item.run_id = Some(name)),
    ];
    for (key, set) in set {
        for name in ["", " ", " acme", "acme\t"] {
            let mut log = item("raw_log", "2026-01-01");
            set(&mut log, name.to_owned());
            let why = format!("whose it is is not known: `{key}` is blank or padded with spaces");
            assert_eq!(told("", log), (RetentionStatus::Error, why), "{name:?}");
        }
    }
}

#[test]
fn a_hold_by_a_blank_or_padded_name_holds_whatever_it_could_mean() {
    let set = policies("");
    for name in ["", " run_1", "run_2 "] {
        let held = RetentionHold { run_id: Some(name.to_owned()), ..hold() };
        let entry = planned(&set, item("raw_log", "2026-01-01"), &[held]);
        assert_eq!(entry.status, RetentionStatus::Held, "{name:?}");
    }
}
