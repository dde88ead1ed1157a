//! Logs: signed as they grow, proved and checked.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::with;

/// The key pair of the published example of signed notes.
const SIGNER: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR\
    Zb6KE6RyyBwJnAM=\n";
const OTHER_KEY: &str = "example.com/foo+9ea9b7ed+AT7tB6ltLhtUCHvKZNrhbNkAEhpiGSVySLixQKmD3Hje";
const ORIGIN: &str = "log.example/payments";

fn answer(operation: &str, input: &Value) -> Value {
    let answer = bailiwick_wire::call(operation, &input.to_string()).unwrap();
    serde_json::from_str(&answer).unwrap()
}

pub(crate) fn cases() -> Vec<Case> {
    let path = bailiwick_tests::workspace().join("policy-fixtures/audit/intact.jsonl");
    let log = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    let first = |count: usize| lines[..count].concat();
    let sign =
        |more: Value| with(json!({"log": log, "origin": ORIGIN, "signing_keys": [SIGNER]}), more);
    let older = answer("audit_checkpoint", &sign(json!({"log": first(5)})));
    let newer = answer("audit_checkpoint", &sign(json!({"previous": older["checkpoint"]})));
    let prove = |more: Value| with(json!({"log": log, "checkpoint": newer["checkpoint"]}), more);
    let event = answer("audit_prove", &prove(json!({"index": 7})));
    let growth = answer("audit_prove", &prove(json!({"previous": older["checkpoint"]})));
    let check = |more: Value| {
        let whole = json!({
            "proof": event["proof"], "entry_hash": event["entry_hash"], "keys": [KEY],
        });
        with(whole, more)
    };
    let grown = |more: Value| {
        let whole = json!({
            "previous": older["checkpoint"], "checkpoint": newer["checkpoint"],
            "hashes": growth["hashes"], "keys": [KEY], "origin": ORIGIN,
        });
        with(whole, more)
    };
    let edited = log.replacen("agent-worker-17", "agent-worker-18", 1);
    let mut cases = vec![
        Case::new("the first checkpoint", "audit_checkpoint", sign(json!({"log": first(5)}))),
        Case::new(
            "the checkpoint of a log that has grown",
            "audit_checkpoint",
            sign(json!({"previous": older["checkpoint"]})),
        ),
        Case::new(
            "a log that has shrunk",
            "audit_checkpoint",
            sign(json!({"log": first(7), "previous": newer["checkpoint"]})),
        ),
        Case::new("a log that does not verify", "audit_checkpoint", sign(json!({"log": edited}))),
        Case::new(
            "a checkpoint that nobody trusted has signed",
            "audit_checkpoint",
            sign(json!({"previous": NOTE})),
        ),
        Case::new(
            "a checkpoint of another log",
            "audit_checkpoint",
            sign(json!({"origin": "log.example/other", "previous": older["checkpoint"]})),
        ),
        Case::new(
            "a checkpoint without a key",
            "audit_checkpoint",
            sign(json!({"signing_keys": []})),
        ),
        Case::new(
            "a public key to sign with",
            "audit_checkpoint",
            sign(json!({"signing_keys": [KEY]})),
        ),
        Case::new("the proof of an event", "audit_prove", prove(json!({"index": 7}))),
        Case::new("an event beyond the checkpoint", "audit_prove", prove(json!({"index": 12}))),
        Case::new(
            "the proof that a log continues",
            "audit_prove",
            prove(json!({"previous": older["checkpoint"]})),
        ),
        Case::new("a proof of nothing", "audit_prove", prove(json!({}))),
        Case::new(
            "a proof over a part of the log",
            "audit_prove",
            prove(json!({"index": 1, "log": first(3)})),
        ),
        Case::new("a proof that holds", "audit_check_proof", check(json!({}))),
        Case::new(
            "a proof for another event",
            "audit_check_proof",
            check(json!({"entry_hash": older["root"]})),
        ),
        Case::new(
            "a proof under another key",
            "audit_check_proof",
            check(json!({"keys": [OTHER_KEY]})),
        ),
        Case::new(
            "a proof of another log",
            "audit_check_proof",
            check(json!({"origin": "log.example/other"})),
        ),
        Case::new(
            "a proof that needs a witness",
            "audit_check_proof",
            check(json!({"witnesses": 1})),
        ),
        Case::new(
            "a proof that is none",
            "audit_check_proof",
            check(json!({"proof": "index 7\n"})),
        ),
        Case::new("a log that continues", "audit_check_proof", grown(json!({}))),
        Case::new(
            "a log that does not continue",
            "audit_check_proof",
            grown(json!({"hashes": []})),
        ),
        Case::new("neither of the two", "audit_check_proof", json!({"keys": [KEY]})),
    ];
    for (name, note, key) in [
        ("the published note", NOTE.to_owned(), KEY),
        ("a note under an unknown key", NOTE.to_owned(), OTHER_KEY),
        ("a changed note", NOTE.replacen("problem", "Problem", 1), KEY),
        ("a text without signatures", "a text\n".to_owned(), KEY),
        ("a checkpoint as a note", newer["checkpoint"].as_str().unwrap().to_owned(), KEY),
        ("a key that is none", NOTE.to_owned(), "PeterNeumann"),
    ] {
        cases.push(Case::new(name, "note_verify", json!({"note": note, "keys": [key]})));
    }
    cases
}
