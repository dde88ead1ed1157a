//! `redact` and `verify-projection`.

use std::io::Read;
use std::io::Write;
use std::path::Path;

use tempfile::TempDir;

use crate::support::Ran;
use crate::support::bailiwick;
use crate::support::command;
use crate::support::feed;
use crate::support::initialised;
use crate::support::write;

const SECRET: &str = "correct horse battery";
const KEY: &str = "0123456789abcdef\n";

/// A well-formed token, joined so that no whole one stands in a file.
fn token() -> String {
    ["ghp_", "R7nVw2Xk9QbL4tYz", "P1sDf8GhJ3mC6aEo0UiB"].concat()
}

fn empty() -> TempDir {
    TempDir::new().unwrap()
}

fn figures(ran: &Ran) -> serde_json::Value {
    let line = ran.out.lines().last().unwrap();
    let summary: serde_json::Value = serde_json::from_str(line).unwrap();
    summary.get("redaction_summary").unwrap().clone()
}

/// Returns every file below `dir`, by name, with its text.
fn below(dir: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                let text = std::fs::read(&path).unwrap();
                found.push((name, String::from_utf8_lossy(&text).into_owned()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn prints_the_projection_and_its_figures() {
    let text = format!(
        "Authorization: Bearer {}\nmail a.person@example.com http://db.internal/x",
        token()
    );
    let args = ["redact", "--sink", "model_context", "--summary", "-"];
    let ran = feed(empty().path(), &args, text.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let shown: Vec<&str> = ran.out.lines().take(2).collect();
    assert!(shown[0].starts_with("Authorization: Bearer [REDACTED:"), "{}", ran.out);
    assert_eq!(shown[1], "mail [REDACTED:email] [REDACTED:private_url]");
    let figures = figures(&ran);
    assert_eq!(figures["secret_like_tokens"], 1);
    assert_eq!(figures["email_addresses"], 1);
    assert_eq!(figures["private_urls"], 1);
    assert_eq!(figures["large_blocks_removed"], 0);
}

#[test]
fn known_secrets_are_removed_and_short_ones_refused() {
    let dir = empty();
    write(&dir.path().join("known"), &format!("{SECRET}\n\n"));
    write(&dir.path().join("log"), &format!("it said: {SECRET}\n"));
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
fn bytes_that_are_no_text_pass_through() {
    let dir = empty();
    let raw = [b"\xff\xfe ".as_slice(), token().as_bytes(), b"\n\x80\n"].concat();
    let mut child = command(dir.path(), &["redact"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&raw).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, b"\xff\xfe [REDACTED:github_token]\n\x80\n");
}

#[test]
fn what_is_final_leaves_before_the_input_ends() {
    let mut child = command(empty().path(), &["redact"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(format!("pw {}\nnext", token()).as_bytes()).unwrap();
    let mut first = [0; 27];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"pw [REDACTED:github_token]\n");
    drop(stdin);
    let mut rest = String::new();
    child.stdout.as_mut().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "next");
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child = command(empty().path(), &["redact"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let chunk = "a line of a long log\nand another one\n".repeat(4_000);
        for _ in 0..200 {
            if stdin.write_all(chunk.as_bytes()).is_err() {
                return;
            }
        }
    });
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(141), 0));
}

#[test]
fn what_is_wrong_with_the_command_line_is_said_before_anything_is_read() {
    let dir = empty();
    let secret = token();
    for args in [
        ["redact", "--sink", "stdout"],
        ["redact", "--summary", "no/where"],
        ["redact", "--pack", "personal"],
        ["redact", "--rules", "missing.yaml"],
        ["redact", "--tenant", "acme"],
    ] {
        let ran = feed(dir.path(), &args, secret.as_bytes());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!ran.err.is_empty() && !ran.err.contains(&secret), "{}", ran.err);
    }
    write(&dir.path().join("key"), "short");
    let ran = feed(dir.path(), &["redact", "--key-file", "key"], b"x");
    assert_eq!((ran.code, ran.err.contains("short\"")), (Some(2), false), "{}", ran.err);
}

#[test]
fn folders_are_mirrored_without_links_and_special_files() {
    let dir = empty();
    let at = |name: &str| dir.path().join(name);
    write(&at("logs/a.log"), &format!("one {}\n", token()));
    write(&at("logs/deep/.env"), &format!("TOKEN={}\n", token()));
    write(&at("logs/.git/config"), "[core]\n");
    write(&at("logs/od\u{1b}[2Jd name.log"), "plain\n");
    write(&at("outside"), &token());
    std::os::unix::fs::symlink(at("outside"), at("logs/link")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(at("logs/socket")).unwrap();
    let ran = bailiwick(dir.path(), &["redact", "--out", "out", "--summary", "s.json", "logs"]);
    drop(socket);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let found = below(&at("out"));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.log", "deep/.env", "od\u{1b}[2Jd name.log"]);
    assert!(found.iter().all(|(_, text)| !text.contains(&token())), "{found:?}");
    assert!(ran.err.contains("logs/link: a link, passed over"), "{}", ran.err);
    assert!(ran.err.contains("logs/socket: a special file, passed over"), "{}", ran.err);
    assert!(ran.err.contains("logs/.git: the store of git, passed over"), "{}", ran.err);
    assert!(!ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'), "{}", ran.err);
    assert!(
        ran.out.starts_with("3 texts, 2 with something to remove: 2 secret-like"),
        "{}",
        ran.out
    );
    let summary = std::fs::read_to_string(at("s.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary["redaction_summary"]["secret_like_tokens"], 2);
    assert_eq!(summary["files"].as_array().unwrap().len(), 3);
}

#[test]
fn results_never_take_the_place_of_inputs_or_of_each_other() {
    let dir = empty();
    let at = |name: &str| dir.path().join(name);
    write(&at("logs/a.log"), "one\n");
    write(&at("more/a.log"), "two\n");
    std::fs::create_dir(at("sly")).unwrap();
    std::os::unix::fs::symlink(at("logs"), at("sly/deep")).unwrap();
    write(&at("tree/deep/a.log"), "three\n");
    for args in [
        ["redact", "--out", "logs", "logs", "more"].as_slice(),
        &["redact", "--out", "logs/below", "logs"],
        &["redact", "--out", "logs", "logs/a.log"],
        &["redact", "--out", "out", "logs/a.log", "more/a.log"],
        &["redact", "--out", "sly", "tree", "logs/a.log"],
        &["redact", "logs"],
    ] {
        let ran = bailiwick(dir.path(), args);
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.err);
        assert!(ran.err.contains("error["), "{}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(at("logs/a.log")).unwrap(), "one\n");
    assert_eq!(std::fs::read_to_string(at("more/a.log")).unwrap(), "two\n");
    assert!(!at("logs/below").exists());
}

#[test]
fn a_text_that_cannot_be_read_leaves_nothing_half_written() {
    let dir = empty();
    write(&dir.path().join("a"), "one\n");
    std::fs::create_dir_all(dir.path().join("out/b")).unwrap();
    write(&dir.path().join("b"), "two\n");
    write(&dir.path().join("c"), "three\n");
    let ran = bailiwick(dir.path(), &["redact", "--out", "out", "a", "b", "c"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("out/b: error[unwritable]"), "{}", ran.err);
    let found = below(&dir.path().join("out"));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a", "c"]);
}

#[test]
fn explain_names_rule_and_place_and_never_the_secret() {
    let dir = empty();
    let text = format!("plain\n  key {} and ana@shop.example\n", token());
    write(&dir.path().join("log"), &text);
    let ran = bailiwick(dir.path(), &["redact", "--explain", "log"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert!(
        lines[0].starts_with("log:2:7: ") && lines[0].ends_with("40 bytes, redact"),
        "{}",
        ran.out
    );
    assert!(lines[0].contains("(github_token)"), "{}", ran.out);
    assert_eq!(lines[1], "log:2:52: email (email), 16 bytes, redact");
    let ran = bailiwick(dir.path(), &["redact", "--explain", "--format", "json", "log"]);
    assert!(!ran.out.contains(&token()) && !ran.out.contains("ana@"), "{}", ran.out);
    assert_eq!(
        ran.lines()[1],
        serde_json::json!({
            "action": "redact", "column": 52, "kind": "email", "length": 16, "line": 2,
            "path": "log", "rule": "email",
        })
    );
}

#[test]
fn check_prints_no_text_and_tells_by_its_exit_code() {
    let dir = empty();
    write(&dir.path().join("logs/a"), &format!("{}\n", token()));
    write(&dir.path().join("logs/b"), "plain\n");
    let ran = bailiwick(dir.path(), &["redact", "--check", "logs"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.starts_with("logs/a: 1 removed\n2 texts, 1 with"), "{}", ran.out);
    assert!(!ran.out.contains("plain") && !ran.out.contains(&token()), "{}", ran.out);
    assert_eq!(bailiwick(dir.path(), &["redact", "--check", "logs/b"]).code, Some(0));
}

#[test]
fn two_at_once_into_one_folder_leave_whole_files() {
    let dir = empty();
    let text = format!("line {}\n", token()).repeat(20_000);
    write(&dir.path().join("logs/a"), &text);
    let args = ["redact", "--out", "out", "logs"];
    let mut first = command(dir.path(), &args).spawn().unwrap();
    let mut second = command(dir.path(), &args).spawn().unwrap();
    assert!(first.wait().unwrap().success() && second.wait().unwrap().success());
    let alone = bailiwick(dir.path(), &["redact", "logs/a"]).out;
    assert_eq!(below(&dir.path().join("out")), [("a".to_owned(), alone)]);
}

#[test]
fn packs_keys_and_policies_change_what_is_removed() {
    let dir = initialised();
    let at = |name: &str| dir.path().join(name);
    write(&at("key"), KEY);
    let args = ["redact", "--key-file", "key", "--path", "docs/a.md"];
    let ran = feed(dir.path(), &args, token().as_bytes());
    assert!(ran.out.starts_with("[REDACTED:github_token#"), "{}", ran.out);
    write(
        &at("pack.yaml"),
        "redaction_pack:\n  name: acme\n  detectors:\n    - id: acme_ticket\n      \
         patterns: [\"ACMETKT-[digit]{8}\"]\n      match: [\"ACMETKT-12345678\"]\n      \
         not_match: [\"ACMETKT-1\"]\n",
    );
    let ran = feed(dir.path(), &["redact", "--rules", "pack.yaml"], b"see ACMETKT-12345678");
    assert_eq!(ran.out, "see [REDACTED:acme_ticket]", "{}", ran.err);
    write(
        &at("rules.toml"),
        "[[rules]]\nid = 'acme-token'\nregex = '''acmesec_([a-z0-9]{8})'''\nkeywords = ['acmesec_']\n",
    );
    let ran = feed(dir.path(), &["redact", "--gitleaks", "rules.toml"], b"see acmesec_abcd1234");
    assert!(!ran.out.contains("abcd1234"), "{} {}", ran.out, ran.err);
    write(
        &at("q/redaction.yaml"),
        "redaction:\n  name: acme\n  version: 1\n  level: organization\n  organization: acme\n  \
         sinks:\n    log_viewer: {email: keep}\n",
    );
    let args = ["redact", "--sink", "log_viewer", "--policies", "q", "--organization"];
    let ours = feed(dir.path(), &[&args[..], &["acme"]].concat(), b"ana@shop.example");
    assert_eq!((ours.out.as_str(), ours.code), ("ana@shop.example", Some(0)), "{}", ours.err);
    let theirs = feed(dir.path(), &[&args[..], &["other"]].concat(), b"ana@shop.example");
    assert_eq!(theirs.out, "[REDACTED:email]", "{}", theirs.err);
}

#[test]
fn a_seal_tells_a_projection_from_any_other_text() {
    let dir = empty();
    write(&dir.path().join("key"), KEY);
    let args = ["redact", "--seal-key-file", "key", "--summary", "s.json"];
    let ran = feed(dir.path(), &args, format!("see {}", token()).as_bytes());
    let summary = std::fs::read_to_string(dir.path().join("s.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let seal = summary["seal"].as_str().unwrap();
    let args = ["verify-projection", "--seal", seal, "--seal-key-file", "key"];
    let valid = feed(dir.path(), &args, ran.out.as_bytes());
    assert_eq!((valid.code, valid.out.as_str()), (Some(0), "valid\n"), "{}", valid.err);
    let changed = feed(dir.path(), &args, format!("{}!", ran.out).as_bytes());
    assert_eq!((changed.code, changed.out.as_str()), (Some(1), "not valid\n"));
}

#[test]
fn rules_are_listed_with_packs_that_could_be_chosen() {
    let ran = bailiwick(empty().path(), &["redact", "--list-rules", "--format", "json"]);
    let rules = ran.json();
    let rules = rules.as_array().unwrap();
    let of = |id: &str| rules.iter().find(|rule| rule["id"] == id).unwrap();
    assert_eq!(of("email")["pack"], serde_json::Value::Null);
    assert!(rules.len() > 300, "{}", rules.len());
    let chosen = rules.iter().filter(|rule| rule["default"] == false);
    assert!(chosen.clone().count() > 5 && chosen.clone().all(|rule| rule["pack"].is_string()));
    let text = bailiwick(empty().path(), &["redact", "--list-rules"]);
    assert_eq!(text.out.lines().count(), rules.len());
}

/// Returns the text of a fixture: its pieces joined.
fn joined(fixture: &serde_json::Value) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in fixture["pieces"].as_array().unwrap() {
        if let Some(text) = piece.as_str() {
            out.extend_from_slice(text.as_bytes());
        } else if let Some(hex) = piece["hex"].as_str() {
            let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            out.extend((0..hex.len()).step_by(2).map(byte));
        } else {
            for number in 1..=piece["lines"].as_u64().unwrap() {
                let line = piece["text"].as_str().unwrap().replace("{n}", &number.to_string());
                out.extend_from_slice(line.as_bytes());
            }
        }
    }
    out
}

#[test]
fn any_pieces_give_the_bytes_and_figures_that_every_host_gives() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy-fixtures/redaction/stream/split.json");
    let fixture = std::fs::read_to_string(path).unwrap();
    let fixture: serde_json::Value = serde_json::from_str(&fixture).unwrap();
    let dir = empty();
    for name in ["key", "seal_key"] {
        write(&dir.path().join(name), fixture["options"][name].as_str().unwrap());
    }
    let lines = fixture["output"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    let expected: String = lines.collect();
    let args = ["redact", "--sink", "log_viewer", "--key-file", "key", "--seal-key-file"];
    let args = [&args[..], &["seal_key", "--summary", "s.json"]].concat();
    for size in [1, 7, 4096] {
        let mut child = command(dir.path(), &args).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let text = joined(&fixture);
        let writer = std::thread::spawn(move || {
            for piece in text.chunks(size) {
                stdin.write_all(piece).unwrap();
            }
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let shown: String = output.stdout.iter().map(|byte| char::from(*byte)).collect();
        assert_eq!(shown, expected, "in pieces of {size}");
        let summary = std::fs::read_to_string(dir.path().join("s.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        assert_eq!(summary["redaction_summary"], fixture["summary"]["redaction_summary"]);
        assert_eq!(summary["seal"], fixture["summary"]["seal"]);
    }
}
