//! Replay packages, and logs held against checkpoints.

use std::collections::BTreeMap;

use bailiwick::ItemState;
use bailiwick::LOG;
use bailiwick::MANIFEST;
use bailiwick::Manifest;
use bailiwick::ManifestItem;
use bailiwick::PackageItem;
use serde_json::Value;
use serde_json::json;

use super::Case;
use super::with;

const SIGNER: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const OTHER_KEY: &str = "example.com/foo+9ea9b7ed+AT7tB6ltLhtUCHvKZNrhbNkAEhpiGSVySLixQKmD3Hje";

pub(crate) fn cases() -> Vec<Case> {
    let path = bailiwick_tests::workspace().join("policy-fixtures/audit/intact.jsonl");
    let log = std::fs::read_to_string(path).unwrap();
    let sign = |log: &str| {
        let input = json!({"log": log, "origin": "log.example/1", "signing_keys": [SIGNER]});
        let answer = bailiwick_wire::call("audit_checkpoint", &input.to_string()).unwrap();
        serde_json::from_str::<Value>(&answer).unwrap()["checkpoint"].clone()
    };
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    let (older, newer) = (sign(&lines[..5].concat()), sign(&log));
    let held = |name: &'static str, more: Value| {
        let whole = json!({"log": log, "checkpoints": [newer], "keys": [KEY]});
        Case::new(name, "audit_verify", with(whole, more))
    };
    let first: Value = serde_json::from_str(lines[0]).unwrap();
    let (run, tenant) = (&first["record"]["run_id"], &first["record"]["tenant_id"]);
    let item = ManifestItem::of_files(ItemState::Captured, &[(LOG, log.as_bytes())]);
    let manifest = Manifest::new(
        tenant.as_str().unwrap(),
        run.as_str().unwrap(),
        "2026-07-05T00:00:00Z".parse().unwrap(),
        BTreeMap::from([(PackageItem::Log, item)]),
    );
    let files = json!({MANIFEST: manifest.to_json().unwrap(), LOG: log});
    let ask = |name: &'static str, more: Value| {
        Case::new(name, "investigate", with(json!({"files": files}), more))
    };
    vec![
        held("a log that its checkpoint covers", json!({})),
        held("a log that goes on after its checkpoint", json!({"checkpoints": [older]})),
        held("a log that ends before its checkpoint", json!({"log": lines[..11].concat()})),
        held(
            "a log that was rolled back",
            json!({"log": lines[..5].concat(), "checkpoints": [older, newer]}),
        ),
        held(
            "a log under a checkpoint that nobody trusted has signed",
            json!({"keys": [OTHER_KEY]}),
        ),
        held("a log under a checkpoint of another one", json!({"origin": "log.example/2"})),
        held("a log under a key that is none", json!({"keys": ["key"]})),
        held("a payload that nobody committed to", json!({"payloads": "{}\n"})),
        ask("a package of a log alone", json!({})),
        ask("a package whose log is missing", json!({"files": {MANIFEST: files[MANIFEST]}})),
        ask("a package without a manifest", json!({"files": {}})),
        ask("a package that nobody vouches for", json!({"keys": [KEY]})),
    ]
}
