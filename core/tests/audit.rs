//! Stored logs get the verdict that they deserve, as hosts see it.

use std::collections::BTreeMap;

use bailiwick::AuditRecord;
use bailiwick::AuditVerdict;
use bailiwick::Digest;
use bailiwick::VerifyOptions;
use bailiwick::canonical_json;
use bailiwick::verify_log;

#[test]
fn the_fixtures_get_the_verdicts_written_beside_them() {
    let expected: BTreeMap<String, (AuditVerdict, u64)> =
        serde_json::from_str(include_str!("../../policy-fixtures/audit/expected.json")).unwrap();
    let fixtures = [
        ("duplicate.jsonl", include_str!("../../policy-fixtures/audit/duplicate.jsonl")),
        ("edited.jsonl", include_str!("../../policy-fixtures/audit/edited.jsonl")),
        ("fork.jsonl", include_str!("../../policy-fixtures/audit/fork.jsonl")),
        ("gap.jsonl", include_str!("../../policy-fixtures/audit/gap.jsonl")),
        ("intact.jsonl", include_str!("../../policy-fixtures/audit/intact.jsonl")),
        ("malformed.jsonl", include_str!("../../policy-fixtures/audit/malformed.jsonl")),
        ("reordered.jsonl", include_str!("../../policy-fixtures/audit/reordered.jsonl")),
        ("torn_tail.jsonl", include_str!("../../policy-fixtures/audit/torn_tail.jsonl")),
        ("truncated.jsonl", include_str!("../../policy-fixtures/audit/truncated.jsonl")),
        ("wrong_log.jsonl", include_str!("../../policy-fixtures/audit/wrong_log.jsonl")),
    ];
    assert_eq!(expected.len(), fixtures.len());
    for (name, log) in fixtures {
        let report = verify_log(log.as_bytes(), VerifyOptions::default());
        let index = report.first_bad.map_or(0, |bad| bad.index);
        assert_eq!((report.verdict, index), expected[name], "{name}");
    }
}

#[test]
fn any_reader_of_json_and_sha_256_can_check_an_entry() {
    let log = include_str!("../../policy-fixtures/audit/intact.jsonl");
    for line in log.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = canonical_json(&entry["record"]).unwrap();
        assert_eq!(entry["entry_hash"], Digest::of_leaf(text.as_bytes()).as_str());
        assert_eq!(AuditRecord::from_json(text.as_bytes()).unwrap().to_json(), Ok(text));
    }
}
