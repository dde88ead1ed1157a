//! `decide` and `explain`.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;

use crate::support::bailiwick;
use crate::support::command;
use crate::support::edit;
use crate::support::feed;
use crate::support::initialised;
use crate::support::write;

const READ: &[u8] = b"{tool: file.read, path: src/a.js}";
const NOW: &str = "--now=2026-07-04T00:00:00Z";

#[test]
fn the_decision_on_one_request_is_the_exit_code() {
    let dir = initialised();
    for (request, code, decision) in [
        ("tool: file.read\npath: a", 0, "allowed"),
        ("tool: shell.exec\nargv: [curl, 'https://a.example.org']", 3, "ask_approval"),
        ("tool: file.read\npath: secrets/a", 4, "denied"),
        ("- {tool: file.read, path: secrets/a}", 4, "denied"),
        ("[{\"tool\": \"file.read\", \"path\": \"secrets/a\"}]", 4, "denied"),
        ("{\"tool\": \"file.read\",\n \"path\": \"a\\/b\\ud83d\\ude00\"}", 0, "allowed"),
    ] {
        for command in ["decide", "explain"] {
            let args = [command, "--policies", "p", "--format=json"];
            let ran = feed(dir.path(), &args, request.as_bytes());
            assert_eq!(ran.code, Some(code), "{command} {request}: {}", ran.err);
            let answer = ran.json();
            let record = answer.get("record").unwrap_or(&answer);
            assert_eq!(record["decision"], decision, "{request}");
        }
    }
    let ran = feed(dir.path(), &["explain", "--policies", "p"], b"tool: git.pull");
    assert_eq!(ran.code, Some(4));
    assert!(ran.out.starts_with("denied  "), "{}", ran.out);
}

#[test]
fn every_line_is_answered_in_its_place() {
    let dir = initialised();
    let lines = "{\"tool\":\"file.read\",\"path\":\"a\"}\n\nnot json\n{\"tool\":\"file.read\",\
                 \"pth\":\"a\"}\n{\"tool\":\"file.read\",\"path\":\"secrets/x\"}";
    write(&dir.path().join("r.jsonl"), lines);
    let ran = bailiwick(dir.path(), &["decide", "--policies", "p", NOW, "r.jsonl"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let records = ran.lines();
    let told: Vec<(&str, &str)> = records
        .iter()
        .map(|record| {
            let code = record["reasons"][0]["code"].as_str().unwrap_or("");
            (record["decision"].as_str().unwrap(), code)
        })
        .collect();
    assert_eq!(told.len(), 4);
    assert_eq!((told[0].0, told[3].0), ("allowed", "denied"));
    assert_eq!(told[1..3], [("denied", "request_unreadable"); 2]);
    assert!(ran.err.contains("r.jsonl:3:2: error[request_unreadable]"), "{}", ran.err);
    assert!(ran.err.contains("r.jsonl:4:21: error[unknown_key]"), "{}", ran.err);
    assert!(ran.err.contains("help: did you mean `path`?"), "{}", ran.err);
    // The same on standard input, where nothing but the text tells that it is lines.
    let piped = feed(dir.path(), &["decide", "--policies", "p", NOW], lines.as_bytes());
    assert_eq!((piped.code, &piped.out), (ran.code, &ran.out));
    assert_eq!(feed(dir.path(), &["explain", "--policies=p"], lines.as_bytes()).code, Some(2));
}

#[test]
fn lists_and_documents_of_yaml_are_several_requests() {
    let dir = initialised();
    let text =
        "- {tool: file.read, path: a}\n- {tool: file.read, path: secrets/a}\n---\ntool: x.y\n";
    write(&dir.path().join("r.yaml"), text);
    let ran = bailiwick(dir.path(), &["decide", "--policies", "p", NOW, "r.yaml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let records = ran.lines();
    let decisions: Vec<&str> = records.iter().filter_map(|one| one["decision"].as_str()).collect();
    assert_eq!(decisions, ["allowed", "denied", "denied"]);
}

#[test]
fn a_request_that_cannot_be_read_is_denied() {
    let dir = initialised();
    for request in [
        &b"tool: file.read\npth: a"[..],
        b"tool: [",
        b"tool: file.read\npath: \xff",
        b"5",
        b"{\"tool\": \"file.read\", \"tool\": \"file.write\"}",
        b"{\"tool\": \"file.read\", \"path\": 7}",
    ] {
        let ran = feed(dir.path(), &["decide", "--policies", "p"], request);
        assert_eq!(ran.code, Some(4), "{request:?} {}", ran.err);
        assert_eq!(ran.json()["reasons"][0]["code"], "request_unreadable");
        assert!(ran.err.starts_with("standard input"), "{}", ran.err);
    }
    for nothing in [&b""[..], b"# nothing\n", b"[]"] {
        let ran = feed(dir.path(), &["decide", "--policies", "p"], nothing);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.contains("error[request_missing]"), "{}", ran.err);
    }
}

#[test]
fn policies_that_cannot_be_read_deny_whatever_is_asked() {
    let dir = initialised();
    edit(&dir.path().join("p/team.yaml"), "version", "vresion");
    let one = feed(dir.path(), &["decide", "--policies", "p"], READ);
    assert_eq!(one.code, Some(4));
    assert_eq!(one.json()["reasons"][0]["code"], "policy_unreadable");
    assert!(one.err.contains("p/team.yaml:5:3: error[unknown_key]"), "{}", one.err);
    let lines = b"{\"tool\":\"file.read\",\"path\":\"a\"}\n{\"tool\":\"x\"}\n";
    let many = feed(dir.path(), &["decide", "--policies", "p"], lines);
    assert_eq!((many.code, many.lines().len()), (Some(4), 2));
    let told = feed(dir.path(), &["explain", "--policies", "p"], READ);
    assert_eq!(told.code, Some(4));
    assert!(told.out.contains("unknown key `vresion`"), "{}", told.out);
    // Also where the files could not even be gathered.
    std::fs::write(dir.path().join("p/team.yaml"), b"\xff").unwrap();
    let bytes = feed(dir.path(), &["decide", "--policies", "p"], READ);
    assert_eq!(bytes.code, Some(4));
    assert_eq!(bytes.json()["reasons"][0]["code"], "policy_unreadable");
    assert!(bytes.err.contains("p/team.yaml:1:1: error[not_utf8]"), "{}", bytes.err);
    let nowhere = feed(dir.path(), &["decide", "--policies", "nowhere"], READ);
    assert_eq!((nowhere.code, nowhere.out.as_str()), (Some(2), ""));
}

#[test]
fn a_state_makes_the_question_a_live_one() {
    let dir = initialised();
    let path = dir.path().join("state.yaml");
    write(&path, "as_of: 2026-07-04T00:00:00Z\nversion: v7\nusage_complete: true\n");
    let live = "{tenant: example, organization: example, team: web, repo: shop, tool: file.read, \
                path: a, subject: {id: a, kind: agent, roles: [Operator]}}";
    let args = ["decide", "--policies", "p", "--state", "state.yaml"];
    let asked = |extra: &[&str], request: &str| {
        feed(dir.path(), &[&args, extra].concat(), request.as_bytes())
    };
    let fresh = asked(&[NOW], live);
    assert_eq!(fresh.code, Some(0), "{}{}", fresh.out, fresh.err);
    assert_eq!(fresh.json()["state_version"], "v7");
    assert_eq!(fresh.json()["created_at"], "2026-07-04T00:00:00Z");
    // Where the scope is left out, a what-if question is answered and a live one is not.
    let sparse = asked(&[NOW], "{tool: file.read, path: a}");
    assert_eq!(sparse.code, Some(4), "{}", sparse.out);
    // The clock is long past this state.
    let stale = asked(&[], live);
    assert_eq!(stale.code, Some(4), "{}", stale.out);
    write(&path, "as_of: 2026-07-04T00:00:00Z\nversion: v7\nkill_switch: []\n");
    let wrong = asked(&[NOW], live);
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));
    assert!(wrong.err.contains("state.yaml: error[state_invalid]"), "{}", wrong.err);
    let now = bailiwick(dir.path(), &["decide", "--policies", "p", "--now", "yesterday"]);
    assert_eq!(now.code, Some(2));
}

#[test]
fn deciding_twice_gives_the_same_bytes() {
    let dir = initialised();
    let args = ["decide", "--policies", "p", NOW];
    let first = feed(dir.path(), &args, READ);
    assert_eq!(first.out, feed(dir.path(), &args, READ).out);
    assert_eq!(first.out.lines().count(), 1);
}

#[test]
fn lines_are_answered_as_they_come() {
    let dir = initialised();
    let mut child = command(dir.path(), &["decide", "--policies", "p", "--lines"]).spawn().unwrap();
    let mut requests = child.stdin.take().unwrap();
    let mut records = BufReader::new(child.stdout.take().unwrap());
    for path in ["a", "secrets/b"] {
        writeln!(requests, "{{\"tool\":\"file.read\",\"path\":\"{path}\"}}").unwrap();
        requests.flush().unwrap();
        let mut record = String::new();
        records.read_line(&mut record).unwrap();
        assert!(record.contains(path), "{record}");
    }
    drop(requests);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly_and_never_with_success() {
    let dir = initialised();
    let line = b"{\"tool\":\"file.read\",\"path\":\"a\"}\n".repeat(2000);
    let mut child = command(dir.path(), &["decide", "--policies", "p", "--lines"]).spawn().unwrap();
    let mut requests = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || requests.write_all(&line).ok());
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
