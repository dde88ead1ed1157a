//! `audit verify`.

use crate::support::bailiwick;
use crate::support::feed;
use crate::support::fixtures;
use crate::support::initialised;

#[test]
fn every_fixture_gets_its_verdict_and_first_bad_line() {
    let dir = initialised();
    let expected = std::fs::read_to_string(fixtures("audit/expected.json")).unwrap();
    let expected: std::collections::BTreeMap<String, (String, u64)> =
        serde_json::from_str(&expected).unwrap();
    assert!(expected.len() >= 10);
    for (name, (verdict, line)) in expected {
        let path = fixtures(&format!("audit/{name}"));
        let path = path.to_str().unwrap();
        let ran = bailiwick(dir.path(), &["audit", "verify", path]);
        let ok = verdict == "ok_unanchored";
        assert_eq!(ran.code, Some(if ok { 6 } else { 1 }), "{name}: {}", ran.out);
        if !ok {
            let first = format!("{path}:{line}: {verdict}: ");
            assert!(ran.out.starts_with(&first), "{name}: {}", ran.out);
        }
        let ran = bailiwick(dir.path(), &["--format=json", "audit", "verify", path]);
        assert_eq!(ran.json()["verdict"], verdict.as_str(), "{name}");
    }
}

#[test]
fn any_edited_byte_is_noticed_at_its_event() {
    let dir = initialised();
    let intact = std::fs::read(fixtures("audit/intact.jsonl")).unwrap();
    let step = intact.len() / 40;
    for at in (0..intact.len()).step_by(step) {
        for byte in [b'0', 0xff] {
            let mut edited = intact.clone();
            if edited[at] == byte {
                continue;
            }
            edited[at] = byte;
            let line = intact[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let ran = feed(dir.path(), &["audit", "verify", "-"], &edited);
            assert_eq!(ran.code, Some(1), "byte {at}: {}", ran.out);
            let first = format!("standard input:{line}: ");
            assert!(ran.out.starts_with(&first), "byte {at}: {}", ran.out);
        }
    }
}

#[test]
fn a_dropped_tail_is_noticed_by_the_close_the_head_or_the_count() {
    let dir = initialised();
    let intact = std::fs::read_to_string(fixtures("audit/intact.jsonl")).unwrap();
    let lines: Vec<&str> = intact.split_inclusive('\n').collect();
    let last: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
    let head = format!("--head={}", last["entry_hash"].as_str().unwrap());
    let count = format!("--count={}", lines.len());
    let whole = ["audit", "verify", "-", head.as_str(), count.as_str()];
    assert_eq!(feed(dir.path(), &whole, intact.as_bytes()).code, Some(0));
    let dropped = lines[..lines.len() - 1].concat();
    for options in [vec![], vec!["--allow-open", &head], vec!["--allow-open", &count]] {
        let args = [vec!["audit", "verify", "-"], options].concat();
        let ran = feed(dir.path(), &args, dropped.as_bytes());
        assert_eq!(ran.code, Some(1), "{args:?}");
        assert!(ran.out.contains(": truncated: "), "{args:?} {}", ran.out);
    }
    let open = feed(dir.path(), &["audit", "verify", "--allow-open", "-"], dropped.as_bytes());
    assert_eq!(open.code, Some(6), "nothing else is known: {}", open.out);
}

#[test]
fn two_events_in_the_wrong_order_are_noticed() {
    let dir = initialised();
    let intact = std::fs::read_to_string(fixtures("audit/intact.jsonl")).unwrap();
    let mut lines: Vec<&str> = intact.split_inclusive('\n').collect();
    lines.swap(3, 4);
    let ran = feed(dir.path(), &["audit", "verify", "-"], lines.concat().as_bytes());
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("standard input:4: reordered: "), "{}", ran.out);
}

#[test]
fn what_is_mistyped_is_a_usage_error_and_no_verdict() {
    let dir = initialised();
    let path = fixtures("audit/intact.jsonl");
    let path = path.to_str().unwrap();
    for args in [
        &["audit", "verify", "--head", "sha256:abc", path][..],
        &["audit", "verify", "--count", "many", path],
        &["audit", "verify", "nowhere.jsonl"],
    ] {
        let ran = bailiwick(dir.path(), args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
    }
    let other = bailiwick(dir.path(), &["audit", "verify", "--tenant", "ten_other", path]);
    assert_eq!(other.code, Some(1));
    assert!(other.out.contains("wrong_log"), "{}", other.out);
    assert_eq!(feed(dir.path(), &["audit", "verify", "-"], b"").code, Some(1));
}
