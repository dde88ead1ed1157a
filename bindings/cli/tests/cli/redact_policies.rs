//! `redact` under policies.

use tempfile::TempDir;

use crate::support::feed;
use crate::support::write;

#[test]
fn a_refusal_ends_with_a_code_of_its_own() {
    let dir = TempDir::new().unwrap();
    let policy = "redaction:\n  name: a\n  version: 1\n  level: campaign\n  campaign: c1\n  sinks: \
                  {log_viewer: {email: refuse}}\n";
    write(&dir.path().join("p/redaction.yaml"), policy);
    let args = ["redact", "--sink", "log_viewer", "--policies", "p", "--max-bytes", "128"];
    let raw = format!("{}mail ana@shop.example\n", "a line of a log\n".repeat(20));
    let refused = feed(dir.path(), &args, raw.as_bytes());
    assert_eq!(refused.code, Some(4), "{}", refused.err);
    assert!(refused.out.len() <= 128 && !refused.out.contains("ana@"), "{}", refused.out);
    let check = [args.as_slice(), &["--check"]].concat();
    assert_eq!(feed(dir.path(), &check, raw.as_bytes()).code, Some(4));
    assert_eq!(feed(dir.path(), &args, b"nothing\n").code, Some(0));
    // It is for one campaign alone.
    let (one, other) = (["--campaign", "c1"], ["--campaign", "c2"]);
    assert_eq!(feed(dir.path(), &[args.as_slice(), &one].concat(), raw.as_bytes()).code, Some(4));
    assert_eq!(feed(dir.path(), &[args.as_slice(), &other].concat(), raw.as_bytes()).code, Some(0));
}
