//! How many durable events a second: `cargo test --release -p bailiwick-runtime --test journal
//! rate -- --ignored --nocapture`.

use std::fs::File;
use std::io::Write;
use std::sync::Mutex;
use std::time::Duration;
use std::time::Instant;

use bailiwick::EventType;
use bailiwick_runtime::port::store::Attachments;

use crate::support::Store;
use crate::support::event;
use crate::support::run;

/// Durable events a second with so many writers; one after the other, or as they come.
fn rate(store: Store, writers: usize, one_by_one: bool) -> f64 {
    let folder = tempfile::tempdir_in(".").unwrap();
    let journal = store.open(folder.path());
    let none = Attachments::default();
    for writer in 0..writers {
        let run = run(&format!("run_{writer}"));
        journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    }
    let turn = Mutex::new(());
    let (begun, lasts) = (Instant::now(), Duration::from_secs(3));
    let done: usize = std::thread::scope(|scope| {
        let writer = |writer: usize| {
            let (journal, turn, none) = (&journal, &turn, &none);
            move || {
                let run = run(&format!("run_{writer}"));
                let mut done = 0;
                while begun.elapsed() < lasts {
                    let _turn = one_by_one.then(|| turn.lock().unwrap());
                    journal.append(event(&run, EventType::ToolCalled), none).unwrap();
                    done += 1;
                }
                done
            }
        };
        let threads: Vec<_> = (0..writers).map(|at| scope.spawn(writer(at))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    done as f64 / begun.elapsed().as_secs_f64()
}

/// Lines of that size that a loop of write and fdatasync makes durable in a second.
fn floor() -> f64 {
    let folder = tempfile::tempdir_in(".").unwrap();
    let mut file = File::create(folder.path().join("floor")).unwrap();
    let (begun, mut done) = (Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(3) {
        file.write_all(&[b'x'; 900]).unwrap();
        file.sync_data().unwrap();
        done += 1;
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

#[test]
#[ignore = "takes half a minute and tests nothing: it prints figures"]
fn durable_events_a_second() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap();
    println!("load {}", load.trim());
    println!("floor (write, fdatasync): {:.0}/s", floor());
    for store in [Store::Sqlite, Store::Jsonl] {
        for writers in [1, 4, 16] {
            let before = rate(store, writers, true);
            let now = rate(store, writers, false);
            println!("{store:?}, {writers} writers: {now:.0}/s, one by one {before:.0}/s");
        }
    }
}
