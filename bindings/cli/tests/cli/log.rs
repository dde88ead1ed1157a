//! `audit keygen`, `checkpoint`, `prove`, `check-proof`, `tiles`.

use std::path::Path;

use tempfile::TempDir;

use crate::support::Ran;
use crate::support::bailiwick;
use crate::support::edit;
use crate::support::fixtures;
use crate::support::write;

const NAME: &str = "log.example/payments";

/// A folder with a key, the log, and the checkpoints of its first five events and of all twelve.
fn signed() -> TempDir {
    let dir = TempDir::new().unwrap();
    let log = std::fs::read_to_string(fixtures("audit/intact.jsonl")).unwrap();
    let first: String = log.split_inclusive('\n').take(5).collect();
    write(&dir.path().join("log.jsonl"), &log);
    write(&dir.path().join("first.jsonl"), &first);
    let made = keep(&dir, "log.pub", &["keygen", "--name", NAME, "--out", "log.key"]);
    assert!(made.out.starts_with(&format!("{NAME}+")), "{}", made.err);
    keep(&dir, "old", &["checkpoint", "--key", "log.key", "first.jsonl"]);
    let grown = ["checkpoint", "--key", "log.key", "--previous", "old", "log.jsonl"];
    keep(&dir, "new", &grown);
    dir
}

fn audit(dir: &TempDir, args: &[&str]) -> Ran {
    bailiwick(dir.path(), &[&["audit"], args].concat())
}

/// Runs the command and writes what it printed to a file.
fn keep(dir: &TempDir, name: &str, args: &[&str]) -> Ran {
    let ran = audit(dir, args);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    write(&dir.path().join(name), &ran.out);
    ran
}

fn record(path: &Path, line: usize) -> String {
    let log = std::fs::read_to_string(path).unwrap();
    let line = log.lines().nth(line).unwrap();
    let (_, record) = line.split_once("\"record\":").unwrap();
    record.strip_suffix('}').unwrap().to_owned()
}

#[test]
fn a_checkpoint_says_how_many_events_the_log_has_and_is_signed() {
    let dir = signed();
    let new = std::fs::read_to_string(dir.path().join("new")).unwrap();
    let lines: Vec<&str> = new.lines().collect();
    assert_eq!((lines[0], lines[1], lines[3]), (NAME, "12", ""));
    assert!(lines[4].starts_with(&format!("\u{2014} {NAME} ")));
}

#[test]
fn a_secret_key_is_read_by_its_owner_only_and_never_overwritten() {
    let dir = signed();
    let again = audit(&dir, &["keygen", "--name", NAME, "--out", "log.key"]);
    assert_eq!(again.code, Some(2), "{}", again.out);
    let named = audit(&dir, &["keygen", "--name", "a b", "--out", "other.key"]);
    assert_eq!(named.code, Some(2), "{}", named.out);
    assert!(!dir.path().join("other.key").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(dir.path().join("log.key")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_shrunk_or_rewritten_log_is_not_signed() {
    let dir = signed();
    let sign = ["checkpoint", "--key", "log.key", "--previous", "new", "first.jsonl"];
    let shrunk = audit(&dir, &sign);
    assert_eq!(shrunk.code, Some(2));
    assert!(shrunk.err.contains("log_shrunk"), "{}", shrunk.err);
    edit(&dir.path().join("log.jsonl"), "agent-worker-17", "agent-worker-18");
    let edited = audit(&dir, &["checkpoint", "--key", "log.key", "log.jsonl"]);
    assert_eq!((edited.code, edited.out.as_str()), (Some(2), ""));
}

#[test]
fn an_event_is_proved_to_who_has_the_key_only() {
    let dir = signed();
    keep(&dir, "p", &["prove", "--index", "7", "--checkpoint", "new", "log.jsonl"]);
    write(&dir.path().join("7.json"), &record(&dir.path().join("log.jsonl"), 7));
    write(&dir.path().join("8.json"), &record(&dir.path().join("log.jsonl"), 8));
    let check = |record| audit(&dir, &["check-proof", "--key", "log.pub", "--record", record, "p"]);
    let good = check("7.json");
    assert_eq!(good.code, Some(0), "{}", good.err);
    assert_eq!(good.out, format!("ok: event 7 is in {NAME}, which has 12 events\n"));
    let other = check("8.json");
    assert_eq!(other.code, Some(1));
    assert!(other.out.starts_with("proof_invalid: "), "{}", other.out);
    keep(&dir, "other.pub", &["keygen", "--name", NAME, "--out", "other.key"]);
    let stranger = ["check-proof", "--key", "other.pub", "--record", "7.json", "p"];
    let stranger = audit(&dir, &stranger);
    assert_eq!(stranger.code, Some(1));
    assert!(stranger.out.starts_with("unknown_key: "), "{}", stranger.out);
}

#[test]
fn growth_is_proved_and_checked() {
    let dir = signed();
    keep(&dir, "g", &["prove", "--previous", "old", "--checkpoint", "new", "log.jsonl"]);
    let key = std::fs::read_to_string(dir.path().join("log.pub")).unwrap();
    let check = |old: &str, new: &str| {
        let args =
            ["check-proof", "--key", key.trim(), "--previous", old, "--checkpoint", new, "g"];
        audit(&dir, &args)
    };
    let good = check("old", "new");
    assert_eq!(good.out, format!("ok: {NAME} has only grown, to 12 events\n"), "{}", good.err);
    assert_eq!(check("new", "old").code, Some(1));
    let json = ["--format=json", "audit", "check-proof", "--key", key.trim(), "--previous", "old"];
    let ran = bailiwick(dir.path(), &[&json[..], &["--checkpoint", "new", "g"]].concat());
    assert_eq!(ran.json()["valid"], true);
}

#[test]
fn a_log_is_written_as_the_folder_of_a_transparency_log() {
    let dir = signed();
    let ran = audit(&dir, &["tiles", "--checkpoint", "new", "--out", "t", "log.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "3 files written\n"), "{}", ran.err);
    let read = |path: &str| std::fs::read(dir.path().join(path)).unwrap();
    assert_eq!(read("t/checkpoint"), read("new"));
    assert_eq!(read("t/tile/0/000.p/12").len(), 12 * 32);
    let first = record(&dir.path().join("log.jsonl"), 0);
    assert!(read("t/tile/entries/000.p/12")[2..].starts_with(first.as_bytes()));
    let again = audit(&dir, &["tiles", "--checkpoint", "new", "--out", "t", "log.jsonl"]);
    assert_eq!(again.code, Some(2), "{}", again.out);
    let short = audit(&dir, &["tiles", "--checkpoint", "new", "--out", "s", "first.jsonl"]);
    assert_eq!(short.code, Some(2));
    assert!(!dir.path().join("s/checkpoint").exists());
}
