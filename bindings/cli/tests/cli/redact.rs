//! `redact`.

use crate::support::bailiwick;
use crate::support::feed;
use crate::support::initialised;
use crate::support::write;

const TOKEN: &str = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

#[test]
fn prints_the_projection_and_its_figures() {
    let dir = initialised();
    let text = format!("token {TOKEN}, mail ana@example.com");
    let args = ["redact", "--sink", "model_context", "--summary", "-"];
    let ran = feed(dir.path(), &args, text.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.out.contains(TOKEN) && !ran.out.contains("ana@example.com"), "{}", ran.out);
    let (text, summary) = ran.out.trim_end().split_once('\n').unwrap();
    assert!(text.contains("[REDACTED:github_token]"), "{text}");
    let summary: serde_json::Value = serde_json::from_str(summary).unwrap();
    assert_eq!(summary["redaction_summary"]["secret_like_tokens"], 1);
    assert_eq!(summary["redaction_summary"]["email_addresses"], 1);
}

#[test]
fn known_secrets_are_removed_and_short_ones_refused() {
    let dir = initialised();
    write(&dir.path().join("known"), "correct horse battery\n\n");
    write(&dir.path().join("log"), "it said: correct horse battery\n");
    let args = ["redact", "--known-file", "known", "--summary", "figures.json", "log"];
    let ran = bailiwick(dir.path(), &args);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.out.contains("horse"), "{}", ran.out);
    let figures = std::fs::read_to_string(dir.path().join("figures.json")).unwrap();
    assert!(figures.starts_with("{\"redaction_summary\":{"), "{figures}");
    write(&dir.path().join("known"), "long enough\nhunter2\n");
    let ran = bailiwick(dir.path(), &args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("known:2:1: error[secret_too_short]"), "{}", ran.err);
    assert!(!ran.err.contains("hunter2"), "{}", ran.err);
}

#[test]
fn what_cannot_be_projected_prints_nothing() {
    let dir = initialised();
    let raw = [TOKEN.as_bytes(), b"\n \xff"].concat();
    let bytes = feed(dir.path(), &["redact"], &raw);
    assert_eq!((bytes.code, bytes.out.as_str()), (Some(2), ""));
    assert!(bytes.err.contains("standard input:2:2: error[not_utf8]"), "{}", bytes.err);
    let sink = feed(dir.path(), &["redact", "--sink", "stdout"], TOKEN.as_bytes());
    assert_eq!((sink.code, sink.out.as_str()), (Some(2), ""));
    let figures = feed(dir.path(), &["redact", "--summary", "no/where"], TOKEN.as_bytes());
    assert_eq!((figures.code, figures.out.as_str()), (Some(2), ""));
}
