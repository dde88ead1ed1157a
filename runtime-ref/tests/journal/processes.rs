//! Processes that share a journal, and are killed while they write.

use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use bailiwick::EventType;
use bailiwick_runtime::port::id::Ids;
use bailiwick_runtime::port::id::UuidIds;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::RunKey;

use crate::support::Store;
use crate::support::came_to;
use crate::support::decided;
use crate::support::event;
use crate::support::run;

#[test]
fn every_acknowledged_event_survives_kill_9_in_the_database() {
    every_acknowledged_event_survives_kill_9_at_any_point(Store::Sqlite);
}

#[test]
fn every_acknowledged_event_survives_kill_9_in_files() {
    every_acknowledged_event_survives_kill_9_at_any_point(Store::Jsonl);
}

#[test]
fn sixteen_processes_make_one_chain_in_the_database() {
    processes_that_append_at_once_make_one_chain(Store::Sqlite);
}

#[test]
fn sixteen_processes_make_one_chain_in_files() {
    processes_that_append_at_once_make_one_chain(Store::Jsonl);
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
    let store = Store::from_name(&std::env::var("STORE").unwrap());
    let journal = store.open(Path::new(&path));
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

fn start_child(store: Store, path: &Path, run: &RunKey, rounds: u32, open: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "processes::child_appends_until_it_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env("JOURNAL", path)
        .env("STORE", store.name())
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

fn every_acknowledged_event_survives_kill_9_at_any_point(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20_u64 {
        let path = folder.path().join(round.to_string());
        std::fs::create_dir(&path).unwrap();
        let run = run("run_killed");
        let mut child = start_child(store, &path, &run, 1_000_000, true);
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

        let journal = store.open(&path);
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

fn processes_that_append_at_once_make_one_chain(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let run = run("run_shared");
    let journal = store.open(path);
    let none = Attachments::default();
    journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    let children: Vec<Child> = (0..16).map(|_| start_child(store, path, &run, 20, false)).collect();
    for mut child in children {
        // Read to the end, or the pipe fills and the child waits.
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.filter(|line| acknowledged(line.as_ref().unwrap()).is_some()).count(), 40);
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(journal.verify(&run).unwrap().count, 641);
}
