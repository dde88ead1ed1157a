//! `audit verify` against checkpoints, `investigate`, `replay`.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::Ran;
use crate::support::bailiwick;
use crate::support::feed;
use crate::support::fixtures;
use crate::support::write;

/// Returns the input of a conformance case of packages.
fn case(name: &str) -> Value {
    let text = std::fs::read_to_string(fixtures("conformance/package.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let named = |case: &&Value| case.get("name").is_some_and(|it| it == name);
    cases.iter().find(named).and_then(|case| case.get("input")).cloned().unwrap()
}

fn text<'a>(value: &'a Value, place: &str) -> &'a str {
    value.pointer(place).and_then(Value::as_str).unwrap()
}

/// A folder with a log, checkpoints of its first five events and of all, and the key.
fn held() -> (TempDir, Value) {
    let dir = TempDir::new().unwrap();
    let case = case("a log that was rolled back");
    let whole = self::case("a log that its checkpoint covers");
    write(&dir.path().join("old"), text(&case, "/checkpoints/0"));
    write(&dir.path().join("new"), text(&case, "/checkpoints/1"));
    write(&dir.path().join("keys"), &format!("{}\n", text(&case, "/keys/0")));
    (dir, whole)
}

fn verify(dir: &TempDir, log: &str, more: &[&str]) -> Ran {
    let args = [&["audit", "verify", "--key", "keys"], more, &["-"]].concat();
    feed(dir.path(), &args, log.as_bytes())
}

#[test]
fn a_log_is_held_against_checkpoints_and_each_end_has_its_code() {
    let (dir, whole) = held();
    let log = text(&whole, "/log");
    let new = &["--checkpoint", "new"][..];
    let ran = verify(&dir, log, new);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert_eq!(verify(&dir, log, &["--checkpoint", "old"]).code, Some(6));
    assert_eq!(verify(&dir, log, &[]).code, Some(6));
    let five: String = log.split_inclusive('\n').take(5).collect();
    let six: String = log.split_inclusive('\n').take(6).collect();
    let rewritten = log.replace("agent-worker-17", "agent-worker-18");
    for (log, more, verdict) in [
        (five.as_str(), &["--checkpoint", "old", "--checkpoint", "new"][..], "rolled_back"),
        (six.as_str(), new, "truncated"),
        (rewritten.as_str(), new, "edited"),
        (log, &["--checkpoint", "new", "--origin", "log.example/2"], "wrong_log"),
        (log, &["--checkpoint", "new", "--witnesses", "1"], "unknown_key"),
    ] {
        let ran = verify(&dir, log, more);
        assert_eq!(ran.code, Some(1), "{verdict}: {}", ran.out);
        assert!(ran.out.contains(verdict), "{verdict}: {}", ran.out);
    }
    let no_key = feed(dir.path(), &["audit", "verify", "--key", "new", "-"], log.as_bytes());
    assert_eq!(no_key.code, Some(2), "{}", no_key.out);
}

/// Writes the package of a log alone into `folder`.
fn package(folder: &Path) {
    let case = case("a package of a log alone");
    for (path, content) in case.get("files").and_then(Value::as_object).unwrap() {
        write(&folder.join(path), content.as_str().unwrap());
    }
}

#[test]
fn a_package_answers_what_it_can_and_says_what_it_cannot() {
    let dir = TempDir::new().unwrap();
    package(&dir.path().join("p"));
    let ran = bailiwick(dir.path(), &["investigate", "--html", "page.html", "p"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains(" of 13 questions answered from 12 events, ok_unanchored"));
    let why = "unanswered: no event says that a task was submitted";
    assert!(ran.out.contains(why), "{}", ran.out);
    let page = std::fs::read_to_string(dir.path().join("page.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains(why), "{page}");
    let json = bailiwick(dir.path(), &["--format=json", "investigate", "p"]).json();
    assert_eq!(json.get("answers").and_then(Value::as_array).unwrap().len(), 13);
}

#[test]
fn replay_does_what_the_package_holds_and_says_why_not_the_rest() {
    let dir = TempDir::new().unwrap();
    package(&dir.path().join("p"));
    let trace = bailiwick(dir.path(), &["replay", "--type", "trace", "p"]);
    assert_eq!((trace.code, trace.out.lines().count()), (Some(0), 12), "{}", trace.err);
    for replay in ["incident", "model", "patch", "tool", "verifier"] {
        let ran = bailiwick(dir.path(), &["replay", "--type", replay, "p"]);
        assert_eq!(ran.code, Some(1), "{replay}: {}", ran.err);
        let said = format!("{replay}: not_replayed: `");
        assert!(ran.out.starts_with(&said) && ran.out.contains("is not_captured"), "{}", ran.out);
    }
    let log = dir.path().join("p/log.jsonl");
    let edited = std::fs::read_to_string(&log).unwrap().replacen("aud_3", "aud_4", 1);
    std::fs::write(&log, edited).unwrap();
    let ran = bailiwick(dir.path(), &["replay", "--type", "trace", "p"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("log.jsonl: it is not what the manifest names"), "{}", ran.out);
}

#[test]
fn an_archive_is_read_as_the_folder_is_and_a_hostile_one_leads_nowhere() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("p");
    package(&folder);
    let archive = |name: &str, change: &dyn Fn(&mut tar::Builder<std::fs::File>)| {
        let file = std::fs::File::create(dir.path().join(name)).unwrap();
        let mut builder = tar::Builder::new(file);
        for path in ["log.jsonl", "manifest.json"] {
            builder.append_path_with_name(folder.join(path), path).unwrap();
        }
        change(&mut builder);
        builder.finish().unwrap();
    };
    archive("whole.tar", &|_| {});
    archive("twice.tar", &|builder| {
        builder.append_path_with_name(folder.join("log.jsonl"), "log.jsonl").unwrap();
    });
    archive("link.tar", &|builder| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        builder.append_link(&mut header, "keys", "/etc/passwd").unwrap();
    });
    let ask = |name: &str| bailiwick(dir.path(), &["--format=json", "investigate", name]);
    assert_eq!(ask("whole.tar").out, ask("p").out);
    for (name, why) in [("twice.tar", "stands twice"), ("link.tar", "plain files only")] {
        let ran = ask(name);
        assert_eq!(ran.code, Some(2), "{name}: {}", ran.out);
        assert!(ran.err.contains(why), "{name}: {}", ran.err);
    }
    assert_eq!(ask("p/log.jsonl").code, Some(2));
    assert_eq!(ask("nowhere").code, Some(2));
}
