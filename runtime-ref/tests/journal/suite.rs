//! What every store promises, each test over both.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use bailiwick::EventType;
use bailiwick::PayloadLine;
use bailiwick::PayloadMatch;
use bailiwick::PayloadRef;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::LostAct;
use bailiwick_runtime::port::store::RunKey;

use crate::support::Store;
use crate::support::came_to;
use crate::support::decided;
use crate::support::event;
use crate::support::opened;
use crate::support::run;

macro_rules! over_both_stores {
    ($($name:ident,)*) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(crate::support::Store::Sqlite); })*
        }
        mod jsonl {
            $(#[test] fn $name() { super::$name(crate::support::Store::Jsonl); })*
        }
    };
}

over_both_stores! {
    says_which_permitted_act_has_no_known_result,
    whose_a_run_is_is_said_by_its_first_event_or_by_none,
    a_decision_and_its_event_are_kept_together_or_not_at_all,
    one_tenant_does_not_see_the_runs_of_another,
    the_log_of_a_tenant_has_the_events_of_all_its_runs_in_one_order,
    an_event_commits_to_what_stands_behind_it,
    threads_that_append_at_once_make_one_chain_and_one_refusal_undoes_no_other,
    what_was_kept_is_there_when_it_is_opened_again,
    no_checkpoint_is_kept_of_more_events_than_there_are_and_none_is_replaced,
}

fn says_which_permitted_act_has_no_known_result(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
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

fn whose_a_run_is_is_said_by_its_first_event_or_by_none(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
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

fn a_decision_and_its_event_are_kept_together_or_not_at_all(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
    let run = run("run_1");
    journal.append(event(&run, EventType::RunOpened), &Attachments::default()).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    // The same decision again: its row is refused, so its event must not be there either.
    let again = journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1"));
    assert_eq!(again.unwrap_err().code(), "journal_database");
    assert_eq!(journal.verify(&run).unwrap().count, 2);
    assert_eq!(journal.decisions(&run).unwrap(), [r#"{"decision":"allowed"}"#]);
}

fn one_tenant_does_not_see_the_runs_of_another(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
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

fn the_log_of_a_tenant_has_the_events_of_all_its_runs_in_one_order(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
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

fn an_event_commits_to_what_stands_behind_it(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
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

fn threads_that_append_at_once_make_one_chain_and_one_refusal_undoes_no_other(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
    let shared = run("run_shared");
    let none = Attachments::default();
    journal.append(event(&shared, EventType::RunOpened), &none).unwrap();
    let (kept, refused) = (AtomicU64::new(1), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let (journal, shared, kept, refused) = (&journal, &shared, &kept, &refused);
            scope.spawn(move || {
                for round in 0..20 {
                    // Every decision is given twice, by two threads.
                    let id = format!("pdec_{}_{round}", thread / 2);
                    let evaluated = event(shared, EventType::PolicyEvaluated);
                    match journal.append(evaluated, &decided(&id)) {
                        Ok(sealed) => {
                            assert!(sealed.seq > 0);
                            kept.fetch_add(1, Ordering::SeqCst);
                        }
                        Err(error) => {
                            assert_eq!(error.code(), "journal_database");
                            refused.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                }
            });
        }
    });
    assert_eq!(kept.load(Ordering::SeqCst), 161);
    assert_eq!(refused.load(Ordering::SeqCst), 160);
    assert_eq!(journal.verify(&shared).unwrap().count, 161);
    assert_eq!(journal.decisions(&shared).unwrap().len(), 160);
    assert_eq!(journal.usage(&shared).unwrap()["tool_calls"], 160);
}

fn what_was_kept_is_there_when_it_is_opened_again(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let run = run("run_1");
    let journal = store.open(folder.path());
    journal.append(event(&run, EventType::RunOpened), &opened("service")).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    let payloads = journal.payloads(&run).unwrap();
    drop(journal);
    let journal = store.open(folder.path());
    assert_eq!(journal.payloads(&run).unwrap(), payloads);
    assert_eq!(journal.scope(&run).unwrap(), opened("service").scope);
    assert_eq!(journal.usage(&run).unwrap()["tool_calls"], 1);
    assert_eq!(journal.runs("ten_test").unwrap(), std::slice::from_ref(&run));
    assert_eq!(journal.unfinished().unwrap()[0].lost.len(), 1);
    let again = journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1"));
    assert!(again.is_err());
    journal.append(event(&run, EventType::CommandExecuted), &came_to("pdec_1")).unwrap();
    assert_eq!(journal.verify(&run).unwrap().count, 3);
    let odd = RunKey { tenant: "../ten a".to_owned(), run_id: "run_2".to_owned() };
    journal.append(event(&odd, EventType::RunOpened), &Attachments::default()).unwrap();
    assert_eq!(store.open(folder.path()).unfinished().unwrap().len(), 2);
}

fn no_checkpoint_is_kept_of_more_events_than_there_are_and_none_is_replaced(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let journal = store.open(folder.path());
    let (run, none) = (run("run_1"), Attachments::default());
    assert!(journal.keep_checkpoint("ten_test", 1, "one").is_err());
    journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    journal.keep_checkpoint("ten_test", 1, "one").unwrap();
    journal.keep_checkpoint("ten_test", 1, "one").unwrap();
    assert!(journal.keep_checkpoint("ten_test", 1, "another").is_err());
    assert!(journal.keep_checkpoint("ten_test", 2, "two").is_err());
    journal.append(event(&run, EventType::ToolCalled), &none).unwrap();
    journal.keep_checkpoint("ten_test", 2, "two").unwrap();
    let again = store.open(folder.path());
    assert_eq!(again.checkpoints("ten_test").unwrap(), ["one", "two"]);
    assert_eq!(again.checkpoints("ten_other").unwrap(), Vec::<String>::new());
}
