//! Writes the texts to files, for other tools and for people:
//! `cargo run --example redaction -- DIRECTORY [BYTES]`.
//!
//! `planted/` has a file for each planted secret, `planted.json` where its secrets stand
//! and what our redactor shows of it; `labelled/` and `labelled.json` the labelled cases;
//! `clean.log` and `noisy.log` have the given length.
#![expect(clippy::unwrap_used, reason = "a tool for people")]

use std::fs;
use std::path::Path;

use bailiwick_tests::redaction::Marked;
use bailiwick_tests::redaction::SEED;
use bailiwick_tests::redaction::Subject;
use bailiwick_tests::redaction::alarms;
use bailiwick_tests::redaction::clean_log;
use bailiwick_tests::redaction::labelled;
use bailiwick_tests::redaction::noisy_log;
use bailiwick_tests::redaction::planted;
use serde_json::Value;
use serde_json::json;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap();
    let folder = Path::new(&folder);
    let bytes = arguments.next().map_or(16_000_000, |text| text.parse().unwrap());
    let planted = planted(SEED).into_iter().map(|case| (case.context, case.family, case.marked));
    write(folder, "planted", planted.collect());
    let labelled = labelled(SEED).into_iter().map(|case| {
        let kind = if case.is_secret() { "secret" } else { "harmless" };
        (kind, case.kind, case.marked)
    });
    write(folder, "labelled", labelled.collect());
    fs::write(folder.join("clean.log"), clean_log(SEED, bytes)).unwrap();
    fs::write(folder.join("noisy.log"), noisy_log(SEED, bytes)).unwrap();
}

/// Writes a file for each case, and what is known of all of them into one.
fn write(folder: &Path, name: &str, cases: Vec<(&str, &str, Marked)>) {
    let subject = Subject::new();
    fs::create_dir_all(folder.join(name)).unwrap();
    let mut rows: Vec<Value> = Vec::new();
    for (number, (context, family, marked)) in cases.into_iter().enumerate() {
        let file = format!("{number:05}.txt");
        let shown = subject.text(&marked.text);
        let ranges: Vec<_> = marked.secrets.iter().map(|range| (range.start, range.end)).collect();
        rows.push(json!({
            "file": file, "context": context, "family": family, "secrets": ranges,
            "shown": shown, "alarms": alarms(&shown).len(),
            "cover": format!("{:?}", marked.cover(&shown)),
        }));
        fs::write(folder.join(name).join(file), marked.text).unwrap();
    }
    let text = serde_json::to_string(&rows).unwrap();
    fs::write(folder.join(format!("{name}.json")), text).unwrap();
}
