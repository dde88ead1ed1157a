//! One chain a run, whole whatever happens.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use bailiwick::AuditEvent;
use bailiwick::EventType;
use bailiwick::PayloadLine;
use bailiwick::PayloadMatch;
use bailiwick::PayloadRef;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::RetentionClass;
use bailiwick::Sink;
use bailiwick_runtime::port::id::Ids;
use bailiwick_runtime::port::id::UuidIds;
use bailiwick_runtime::port::payload::DECISION_RECORD;
use bailiwick_runtime::port::payload::Payload;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::DecisionRow;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::port::store::LostAct;
use bailiwick_runtime::port::store::RunKey;
use bailiwick_runtime::port::store::RunScope;
use bailiwick_runtime::store::SqliteJournal;

fn run(run_id: &str) -> RunKey {
    RunKey { tenant: "ten_test".to_owned(), run_id: run_id.to_owned() }
}

fn event(run: &RunKey, event_type: EventType) -> AuditEvent {
    AuditEvent {
        action: "shell.exec".to_owned(),
        actor: "agent-worker-1".to_owned(),
        actor_type: "worker".to_owned(),
        approval_id: None,
        audit_id: UuidIds.next("aud").into_string(),
        created_at: "2026-07-04T10:00:00Z".parse().unwrap(),
        decision: None,
        decision_id: None,
        details: BTreeMap::new(),
        event_type,
        matched_rules: Vec::new(),
        payloads: BTreeMap::new(),
        policy_version: None,
        request_hash: None,
        resource_id: run.run_id.clone(),
        resource_type: "run".to_owned(),
        result_hash: None,
        run_id: run.run_id.clone(),
        tenant_id: run.tenant.clone(),
    }
}

fn decided(decision_id: &str) -> Attachments {
    Attachments {
        decision: Some(DecisionRow {
            decision_id: decision_id.to_owned(),
            intent: Redactor::default().project(&Raw::new("shell.exec: cargo test")),
            permitted: true,
        }),
        payloads: vec![record()],
        usage: BTreeMap::from([("tool_calls".to_owned(), 1)]),
        ..Attachments::default()
    }
}

fn record() -> Payload {
    let tree = serde_json::json!({"decision": "allowed"});
    let tree = Redactor::default().project_tree(&tree, Sink::TraceViewer);
    let until = "2033-07-03T10:00:00Z".parse().ok();
    Payload::of_tree(DECISION_RECORD, RetentionClass::AuditEvent, until, &tree).unwrap()
}

fn opened(repo: &str) -> Attachments {
    let scope = RunScope {
        repo: Some(repo.to_owned()),
        risk_tier: Some(bailiwick::RiskTier::Low),
        ..RunScope::default()
    };
    Attachments { scope: Some(scope), ..Attachments::default() }
}

fn came_to(decision_id: &str) -> Attachments {
    Attachments { outcome_of: Some(decision_id.to_owned()), ..Attachments::default() }
}

/// Appends decisions and outcomes for ever, and says so on standard output once each is durable.
/// Not a test: the other tests run it in processes of its own.
#[test]
#[ignore = "runs until it is killed, in a process that another test starts"]
fn child_appends_until_it_is_killed() {
    let Ok(path) = std::env::var("JOURNAL") else {
        return;
    };
    let run = run(&std::env::var("RUN").unwrap());
    let rounds: u32 = std::env::var("ROUNDS").unwrap().parse().unwrap();
    let open = std::env::var("OPEN").is_ok();
    let journal = SqliteJournal::open(Path::new(&path)).unwrap();
    if open {
        let sealed = journal.append(event(&run, EventType::RunOpened), &Attachments::default());
        println!("ack {}", sealed.unwrap().seq);
    }
    for _ in 0..rounds {
        let id = UuidIds.next("pdec").into_string();
        let evaluated = event(&run, EventType::PolicyEvaluated);
        let sealed = journal.append(evaluated, &decided(&id)).unwrap();
        println!("ack {}", sealed.seq);
        let executed = event(&run, EventType::CommandExecuted);
        let sealed = journal.append(executed, &came_to(&id)).unwrap();
        println!("ack {}", sealed.seq);
    }
}

fn start_child(path: &Path, run: &RunKey, rounds: u32, open: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "chain::child_appends_until_it_is_killed", "--ignored", "--nocapture"])
        .env("JOURNAL", path)
        .env("RUN", &run.run_id)
        .env("ROUNDS", rounds.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if open {
        command.env("OPEN", "1");
    }
    command.spawn().unwrap()
}

fn acknowledged(line: &str) -> Option<u64> {
    let (_, seq) = line.split_once("ack ")?;
    seq.parse().ok()
}

#[test]
fn every_acknowledged_event_survives_kill_9_at_any_point() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..30_u64 {
        let path = folder.path().join(format!("journal-{round}.db"));
        let run = run("run_killed");
        let mut child = start_child(&path, &run, 1_000_000, true);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut last = None;
        // Where it is hit: after some acknowledgements, and then some microseconds into the next.
        while last.is_none_or(|seq| seq < round) {
            last = acknowledged(&lines.next().unwrap().unwrap()).or(last);
        }
        std::thread::sleep(std::time::Duration::from_micros(round * 137 % 3000));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines {
            last = acknowledged(&line.unwrap()).or(last);
        }

        let journal = SqliteJournal::open(&path).unwrap();
        let report = journal.verify(&run).unwrap();
        let acknowledged = last.unwrap() + 1;
        assert!(report.count >= acknowledged, "{} < {acknowledged}", report.count);
        assert!(report.count <= acknowledged + 1);
        let unfinished = journal.unfinished().unwrap();
        assert_eq!(unfinished.len(), 1);
        assert_eq!(unfinished[0].last_seq, report.count - 1);
        // Odd places hold decisions: a run that ends on one was cut off in the act.
        let cut_in_act = (report.count - 1) % 2 == 1;
        assert_eq!(unfinished[0].lost.len(), usize::from(cut_in_act));
    }
}

#[test]
fn says_which_permitted_act_has_no_known_result() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    let run = run("run_1");
    let none = Attachments::default();
    journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    journal.append(event(&run, EventType::CommandExecuted), &came_to("pdec_1")).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_2")).unwrap();

    let unfinished = journal.unfinished().unwrap();
    let lost = vec![LostAct {
        decision_id: "pdec_2".to_owned(),
        intent: "shell.exec: cargo test".to_owned(),
        seq: 3,
    }];
    assert_eq!(unfinished[0].lost, lost);
    assert_eq!(journal.usage(&run).unwrap()["tool_calls"], 2);

    journal.append(event(&run, EventType::RunFailed), &none).unwrap();
    journal.append(event(&run, EventType::RunClosed), &none).unwrap();
    assert!(journal.unfinished().unwrap().is_empty());
    assert!(journal.verify(&run).unwrap().closed);
    let after = journal.append(event(&run, EventType::ToolCalled), &none).unwrap_err();
    assert_eq!(after.code(), "audit_closed");
}

#[test]
fn processes_that_append_at_once_make_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let run = run("run_shared");
    let journal = SqliteJournal::open(&path).unwrap();
    let none = Attachments::default();
    journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    let children: Vec<Child> = (0..4).map(|_| start_child(&path, &run, 50, false)).collect();
    for mut child in children {
        // Read to the end, or the pipe fills and the child waits.
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(
            lines.filter(|line| acknowledged(line.as_ref().unwrap()).is_some()).count(),
            100
        );
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(journal.verify(&run).unwrap().count, 401);
}

#[test]
fn the_database_itself_refuses_to_change_or_forget() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let run = run("run_1");
    let journal = SqliteJournal::open(&path).unwrap();
    journal.append(event(&run, EventType::RunOpened), &opened("service")).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    journal.append(event(&run, EventType::CommandExecuted), &came_to("pdec_1")).unwrap();

    let stranger = rusqlite::Connection::open(&path).unwrap();
    for statement in [
        "UPDATE event SET record = '{}'",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 2",
        "INSERT OR REPLACE INTO event SELECT tenant, log_index, run_id, seq, prev_hash, entry_hash,
         event_type, '{}' FROM event WHERE seq = 2",
        "INSERT INTO event SELECT tenant, 3, run_id, 1, 'x', 'y', event_type, record FROM event
         WHERE seq = 1",
        "INSERT INTO event SELECT tenant, 3, run_id, 7, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "INSERT INTO event SELECT 'ten_other', 0, run_id, 3, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "INSERT INTO event SELECT tenant, 4, run_id, 3, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "INSERT INTO event SELECT tenant, 2, run_id, 3, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "UPDATE decision SET permitted = 0",
        "DELETE FROM decision",
        "INSERT OR REPLACE INTO decision SELECT decision_id, tenant, run_id, seq, 0, intent
         FROM decision",
        "UPDATE payload SET text = 'x'",
        "DELETE FROM payload",
        "INSERT OR REPLACE INTO payload SELECT tenant, run_id, seq, name, class, NULL, salt, 'x'
         FROM payload",
        "INSERT INTO payload_removed SELECT tenant, run_id, seq, name, 'pdec_none' FROM payload",
        "UPDATE outcome SET seq = 0",
        "DELETE FROM outcome",
        "UPDATE run_scope SET repo = 'other'",
        "DELETE FROM run_scope",
        "INSERT OR REPLACE INTO run_scope (tenant, run_id, seq, repo)
         SELECT tenant, run_id, 0, 'other' FROM run_scope",
        "UPDATE usage SET amount = 0",
        "DELETE FROM usage",
        "INSERT OR REPLACE INTO usage SELECT tenant, run_id, seq, key, 0 FROM usage",
    ] {
        let error = stranger.execute(statement, []).expect_err(statement).to_string();
        assert!(error.contains("append-only") || error.contains("follow"), "{statement}: {error}");
    }
    assert_eq!(journal.verify(&run).unwrap().count, 3);
    assert_eq!(journal.usage(&run).unwrap()["tool_calls"], 1);
}

#[test]
fn whose_a_run_is_is_said_by_its_first_event_or_by_none() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    let run = run("run_1");
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    let later = journal.append(event(&run, EventType::RunScheduled), &opened("service"));
    assert_eq!(later.unwrap_err().code(), "journal_database");
    assert_eq!(journal.scope(&run).unwrap(), None);
    let other = RunKey { run_id: "run_2".to_owned(), ..run };
    journal.append(event(&other, EventType::RunOpened), &opened("service")).unwrap();
    assert_eq!(journal.scope(&other).unwrap(), opened("service").scope);
    let elsewhere = RunKey { tenant: "ten_other".to_owned(), ..other };
    assert_eq!(journal.scope(&elsewhere).unwrap(), None);
}

#[test]
fn a_decision_and_its_event_are_kept_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    let run = run("run_1");
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    // The same decision again: its row is refused, so its event must not be there either.
    let again = journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1"));
    assert_eq!(again.unwrap_err().code(), "journal_database");
    assert_eq!(journal.verify(&run).unwrap().count, 2);
    assert_eq!(journal.decisions(&run).unwrap(), [r#"{"decision":"allowed"}"#]);
}

#[test]
fn what_was_edited_behind_its_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let run = run("run_1");
    let journal = SqliteJournal::open(&path).unwrap();
    let none = Attachments::default();
    journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    journal.append(event(&run, EventType::ToolCalled), &none).unwrap();
    journal.append(event(&run, EventType::ToolCalled), &none).unwrap();

    let stranger = rusqlite::Connection::open(&path).unwrap();
    stranger.execute("DROP TRIGGER event_no_update", []).unwrap();
    let edit = "UPDATE event SET record = replace(record, 'agent-worker-1', 'someone-else-1')
                WHERE seq = 1";
    assert_eq!(stranger.execute(edit, []).unwrap(), 1);
    let error = journal.verify(&run).unwrap_err();
    assert_eq!(error.code(), "chain_broken");
    assert!(error.to_string().contains("seq 1"), "{error}");
}

#[test]
fn one_tenant_does_not_see_the_runs_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    let run = run("run_1");
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    let other = RunKey { tenant: "ten_other".to_owned(), run_id: run.run_id.clone() };
    let mut out = Vec::new();
    assert_eq!(journal.export(&other, &mut out).unwrap(), 0);
    assert!(out.is_empty());
    assert!(journal.usage(&other).unwrap().is_empty());
    assert!(journal.decisions(&other).unwrap().is_empty());
    assert_eq!(journal.verify(&other).unwrap().count, 0);
}

#[test]
fn the_log_of_a_tenant_has_the_events_of_all_its_runs_in_one_order() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    let none = Attachments::default();
    let (one, two) = (run("run_1"), run("run_2"));
    let other = RunKey { tenant: "ten_other".to_owned(), run_id: "run_3".to_owned() };
    let mut hashes = Vec::new();
    for (run, event_type) in [
        (&one, EventType::RunOpened),
        (&two, EventType::RunOpened),
        (&other, EventType::RunOpened),
        (&one, EventType::ToolCalled),
        (&two, EventType::RunClosed),
        (&one, EventType::RunClosed),
    ] {
        let sealed = journal.append(event(run, event_type), &none).unwrap();
        if *run != other {
            hashes.push(sealed.entry_hash);
        }
    }
    let mut log = Vec::new();
    assert_eq!(journal.export_log("ten_test", 0, &mut log).unwrap(), 5);
    let log = String::from_utf8(log).unwrap();
    for (line, hash) in log.lines().zip(&hashes) {
        assert!(line.contains(hash.as_str()));
    }
    assert!(bailiwick::verify_log(log.as_bytes(), Default::default()).is_ok());
    let mut rest = Vec::new();
    assert_eq!(journal.export_log("ten_test", 3, &mut rest).unwrap(), 2);
    assert!(log.as_bytes().ends_with(&rest));
    assert_eq!(journal.export_log("ten_other", 0, &mut Vec::new()).unwrap(), 1);
    assert_eq!(journal.export_log("ten_none", 0, &mut Vec::new()).unwrap(), 0);
}

#[test]
fn an_event_commits_to_what_stands_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db")).unwrap();
    let run = run("run_1");
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_2")).unwrap();
    let mut chain = Vec::new();
    journal.export(&run, &mut chain).unwrap();
    let kept = journal.payloads(&run).unwrap();
    assert_eq!(kept.iter().map(|kept| kept.seq).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(kept[0].salt, kept[1].salt);
    assert_eq!(kept[0].uri(), "payload://run_1/1/decision_record");
    for (line, kept) in String::from_utf8(chain).unwrap().lines().skip(1).zip(&kept) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let of_event = line["record"]["payloads"]["decision_record"].clone();
        let of_event: PayloadRef = serde_json::from_value(of_event).unwrap();
        assert_eq!(of_event.check(&kept.salt, kept.text.as_bytes()), PayloadMatch::Same);
        assert_eq!(of_event.keep_until, kept.keep_until);
        assert!(!line.to_string().contains("allowed"));
    }
    let mut lines = Vec::new();
    assert_eq!(journal.export_payloads(&run, &mut lines).unwrap(), 2);
    let first = lines.split(|byte| *byte == b'\n').next().unwrap();
    let read: PayloadLine = serde_json::from_slice(first).unwrap();
    assert_eq!((read.salt_bytes(), read.text), (Some(kept[0].salt.clone()), kept[0].text.clone()));
}
