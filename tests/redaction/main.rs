//! How much a redactor leaves of planted secrets, and what it takes for secrets that are none, on
//! texts that were not made from its rules.
//!
//! `cargo test -p bailiwick-tests --test redaction -- --nocapture` prints the tables;
//! `REDACTION_SHOWN` says how many of the cases that went wrong are shown of each kind, and
//! `REDACTION_SEED` takes other texts of the same shapes.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod score;

use std::collections::BTreeSet;

use bailiwick_tests::redaction::Cover;
use bailiwick_tests::redaction::SEED;
use bailiwick_tests::redaction::Subject;
use bailiwick_tests::redaction::alarms;
use bailiwick_tests::redaction::clean_log;
use bailiwick_tests::redaction::labelled;
use bailiwick_tests::redaction::noisy_log;
use bailiwick_tests::redaction::planted;

use crate::score::Table;
use crate::score::shown_count;

/// The least share of planted secrets that is covered in full.
const PLANTED_FULL: f64 = 0.98;

/// The least share of labelled secrets that is covered in full.
const LABELLED_RECALL: f64 = 0.95;

/// The greatest share of harmless labelled cases where something is taken for a secret.
const LABELLED_FALSE: f64 = 0.05;

/// The greatest number of false alarms in a megabyte of clean logs.
const FALSE_PER_MEGABYTE: f64 = 1.0;

/// The same for the sources of this repository.
const FALSE_PER_MEGABYTE_OF_SOURCE: f64 = 10.0;

/// How long the clean log is.
const CLEAN_BYTES: usize = 4_000_000;

#[test]
fn planted_secrets_are_covered() {
    let subject = Subject::new();
    let (mut contexts, mut families) = (Table::default(), Table::default());
    for case in planted(seed()) {
        let shown = subject.text(&case.marked.text);
        let cover = case.marked.cover(&shown);
        contexts.add(case.context, cover, &case.marked, &shown);
        families.add(case.family, cover, &case.marked, &shown);
    }
    println!("planted secrets by context\n{contexts}\nby family\n{families}");
    contexts.print_wrong();
    assert!(contexts.share(Cover::Full) >= PLANTED_FULL, "covered: {}", contexts.total());
}

#[test]
fn labelled_secrets_are_found_and_the_harmless_stay() {
    let subject = Subject::new();
    let (mut secrets, mut harmless) = (Table::default(), Table::default());
    for case in labelled(seed()) {
        let shown = subject.text(&case.marked.text);
        if case.is_secret() {
            secrets.add(case.kind, case.marked.cover(&shown), &case.marked, &shown);
        } else {
            let cover = if alarms(&shown).is_empty() { Cover::Full } else { Cover::Missed };
            harmless.add(case.kind, cover, &case.marked, &shown);
        }
    }
    let wrong = 1.0 - harmless.share(Cover::Full);
    println!("labelled secrets\n{secrets}\nharmless cases (full: left alone)\n{harmless}");
    println!("recall {:.3} at {wrong:.3} false", secrets.share(Cover::Full));
    harmless.print_wrong();
    assert!(secrets.share(Cover::Full) >= LABELLED_RECALL, "recall: {}", secrets.total());
    assert!(wrong <= LABELLED_FALSE, "false: {wrong:.3}");
}

#[test]
fn clean_logs_stay_as_they_are() {
    let rate = false_alarms("clean log", &[("log".to_owned(), clean_log(seed(), CLEAN_BYTES))]);
    assert!(rate <= FALSE_PER_MEGABYTE, "{rate:.2} false alarms in a megabyte");
}

#[test]
fn sources_of_this_repository_stay_as_they_are() {
    let rate = false_alarms("sources", &sources());
    assert!(rate <= FALSE_PER_MEGABYTE_OF_SOURCE, "{rate:.2} false alarms in a megabyte");
}

#[test]
fn same_seed_gives_the_same_texts() {
    assert_eq!(planted(1), planted(1));
    assert_ne!(planted(1), planted(2));
    assert_eq!(labelled(1), labelled(1));
    assert_eq!(clean_log(1, 10_000), clean_log(1, 10_000));
    assert!(noisy_log(1, 100_000).len() >= 100_000);
}

#[test]
fn corpora_are_large_and_marked() {
    let planted = planted(SEED);
    let contexts: BTreeSet<&str> = planted.iter().map(|case| case.context).collect();
    let families: BTreeSet<&str> = planted.iter().map(|case| case.family).collect();
    assert!(planted.len() >= 1_900 && contexts.len() >= 40, "{} {contexts:?}", planted.len());
    assert!(families.len() >= 60, "{families:?}");
    let unmarked = planted.iter().find(|case| case.marked.secrets.is_empty());
    assert_eq!(unmarked.map(|case| &case.marked.text), None);
    let labelled = labelled(SEED);
    let secrets = labelled.iter().filter(|case| case.is_secret()).count();
    assert!(secrets >= 1_400 && labelled.len() - secrets >= 1_400, "{secrets}");
}

#[test]
fn score_knows_what_is_covered() {
    for case in planted(SEED) {
        let mut gone = case.marked.text.clone();
        for range in case.marked.secrets.iter().rev() {
            gone.replace_range(range.clone(), "[REDACTED]");
        }
        assert_eq!(case.marked.cover(&case.marked.text), Cover::Missed, "{}", case.marked.text);
        assert_eq!(case.marked.cover(&gone), Cover::Full, "{gone}");
        let first = case.marked.secrets.first().unwrap();
        let half = first.start + first.len() / 2;
        if case.marked.secrets.len() == 1 && first.len() > 40 && case.context != "ansi-split" {
            let mut cut = case.marked.text.clone();
            if cut.is_char_boundary(half) {
                cut.replace_range(first.start..half, "[REDACTED]");
                assert_eq!(case.marked.cover(&cut), Cover::Partial, "{cut}");
            }
        }
    }
}

/// Returns the seed of the texts that are scored.
fn seed() -> u64 {
    std::env::var("REDACTION_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(SEED)
}

/// Prints the first false alarms in texts without secrets, and returns how many are in a megabyte.
fn false_alarms(name: &str, texts: &[(String, String)]) -> f64 {
    let subject = Subject::new();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let mut count = 0;
    let mut seen = BTreeSet::new();
    for (path, text) in texts {
        let shown = subject.text(text);
        for (rule, line) in alarms(&shown) {
            // What stands before the marker tells the same alarm in another line.
            let before = line.split("[REDACTED:").next().unwrap_or_default();
            let before: String =
                before.chars().rev().filter(|c| !c.is_ascii_digit()).take(8).collect();
            if seen.insert((rule.to_owned(), before)) && seen.len() <= 4 * shown_count() {
                println!("  {path}: {rule}: {}", line.chars().take(160).collect::<String>());
            }
            count += 1;
        }
    }
    let rate = count as f64 * 1e6 / bytes as f64;
    println!("{name}: {count} false alarms in {bytes} bytes, {rate:.2} in a megabyte");
    rate
}

/// Returns the sources and lock files of this repository that show no secret: what is about
/// redaction does, and so do tests of how a URL with a password is read.
fn sources() -> Vec<(String, String)> {
    let root = bailiwick_tests::workspace();
    let mut folders = vec![root.clone()];
    let mut out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let below = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            let skipped = name.starts_with('.')
                || ["target", "node_modules", "dist"].contains(&name.as_str())
                || SHOW_SECRETS.iter().any(|part| below.contains(part));
            if skipped {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if SOURCES.iter().any(|ending| name.ends_with(ending)) {
                out.extend(std::fs::read_to_string(&path).map(|text| (below, text)));
            }
        }
    }
    out.sort();
    out
}

const SOURCES: &[&str] =
    &[".rs", ".py", ".mjs", ".ts", ".toml", ".lock", "package-lock.json", ".md"];

/// Parts of paths whose files show secrets on purpose.
const SHOW_SECRETS: &[&str] = &["redact", "facts/host", "core/tests/facts/commands.rs"];
