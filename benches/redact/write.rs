//! Writes the texts to files, for other tools and for people.

use std::fs;
use std::path::Path;

use bailiwick_benches::redaction::Marked;
use bailiwick_benches::redaction::SEED;
use bailiwick_benches::redaction::Subject;
use bailiwick_benches::redaction::alarms;
use bailiwick_benches::redaction::clean_log;
use bailiwick_benches::redaction::labelled;
use bailiwick_benches::redaction::noisy_log;
use bailiwick_benches::redaction::planted;
use serde_json::Value;
use serde_json::json;

/// Writes `planted/` with a file for each planted secret and `planted.json` with where its secrets
/// stand and what our redactor shows of it, the same for the labelled cases, and two logs.
pub(crate) fn texts(folder: &Path) -> anyhow::Result<()> {
    let planted = planted(SEED).into_iter().map(|case| (case.context, case.family, case.marked));
    cases(folder, "planted", planted.collect())?;
    let labelled = labelled(SEED).into_iter().map(|case| {
        let kind = if case.is_secret() { "secret" } else { "harmless" };
        (kind, case.kind, case.marked)
    });
    cases(folder, "labelled", labelled.collect())?;
    fs::write(folder.join("clean.log"), clean_log(SEED, BYTES))?;
    fs::write(folder.join("noisy.log"), noisy_log(SEED, BYTES))?;
    Ok(())
}

/// Writes a file for each case, and what is known of all of them into one.
fn cases(folder: &Path, name: &str, cases: Vec<(&str, &str, Marked)>) -> anyhow::Result<()> {
    let subject = Subject::new();
    let place = folder.join(name);
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::create_dir_all(&place)?;
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
        fs::write(place.join(file), marked.text)?;
    }
    fs::write(folder.join(format!("{name}.json")), serde_json::to_string(&rows)?)?;
    Ok(())
}

/// How long the logs are.
const BYTES: usize = 16_000_000;
