//! Redaction as hosts see it.

use bailiwick::HashKey;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Sink;
use serde_json::json;

fn text(redactor: &Redactor, text: &str) -> String {
    let projection = redactor.project_for(&Raw::new(text), Sink::ModelContext);
    projection.text().to_owned()
}

#[test]
fn the_fixtures_come_out_as_written() {
    let fixtures = include_str!("../../policy-fixtures/redaction/contexts.json");
    let cases: Vec<serde_json::Value> = serde_json::from_str(fixtures).unwrap();
    let redactor = Redactor::default();
    let mut wrong = Vec::new();
    for case in &cases {
        // The pieces stand apart so that no whole token stands in the file.
        let pieces: Vec<&str> =
            case["text"].as_array().unwrap().iter().map(|piece| piece.as_str().unwrap()).collect();
        let projection = redactor.project_for(&Raw::new(pieces.concat()), Sink::LogViewer);
        let summary = projection.summary();
        let figures = [
            ("secrets", summary.secret_like_tokens),
            ("emails", summary.email_addresses),
            ("private_urls", summary.private_urls),
            ("large_blocks", summary.large_blocks_removed),
        ];
        let expected = figures.map(|(name, _)| case[name].as_u64().unwrap_or(0));
        if projection.text() != case["expect"].as_str().unwrap()
            || figures.map(|(_, count)| count) != expected
        {
            wrong.push(format!("{}:\n{}\n{figures:?}", case["name"], projection.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn raw_text_cannot_be_printed() {
    let raw = Raw::new("hunter2");
    assert_eq!(format!("{raw:?} {raw}"), "Raw(7 bytes) 7 bytes of raw text");
    let redactor = Redactor::builder().known_value("hunter2-hunter2").build();
    assert!(!format!("{redactor:?}").contains("hunter2"));
}

#[test]
fn a_known_value_goes_in_every_form_it_travels_in() {
    let redactor = Redactor::builder()
        .known_value("p&ss w\"rd/42")
        .known_value("first line 1\nsecond line 2\n")
        .known_value("short")
        .build();
    assert_eq!(redactor.ignored_values(), 1);
    for form in [
        "p&ss w\"rd/42",
        "p&ss w\\\"rd/42",
        "p%26ss%20w%22rd%2F42",
        "p%26ss%20w%22rd%2f42",
        "p%26ss+w%22rd%2F42",
        "cCZzcyB3InJkLzQy",
        "dXNlcjpwJnNzIHcicmQvNDI=",
        "7026737320772272642f3432",
        "7026737320772272642F3432",
        "first line 1",
        "second line 2",
    ] {
        let out = text(&redactor, &format!("<{form}>"));
        assert_eq!(out, "<[REDACTED:known_value]>", "{form}");
    }
    assert_eq!(text(&redactor, "short"), "short");
}

#[test]
fn ids_tell_equal_secrets_from_others_and_need_a_key() {
    let first = format!("ghp_{}", "A1b2".repeat(9));
    let second = format!("ghp_{}", "C3d4".repeat(9));
    let input = format!("{first} {second} {first} password=hunter2x");
    let plain = text(&Redactor::default(), &input);
    assert!(!plain.contains('#'), "{plain}");
    let key = HashKey::new([1; 32]).unwrap();
    let redactor = Redactor::builder().key(key).build();
    let out = text(&redactor, &input);
    let words: Vec<_> = out.split(' ').collect();
    assert_eq!(words.first(), words.get(2));
    assert_ne!(words.first(), words.get(1));
    // A password could be guessed from its id.
    assert_eq!(words.get(3), Some(&"password=[REDACTED:password]"));
}

#[test]
fn a_long_text_is_cut_and_says_so() {
    let redactor =
        Redactor::builder().max_bytes(200).max_bytes_for(Sink::SupportExport, 1000).build();
    let raw = Raw::new((10..50).map(|n| format!("words in line {n}\n")).collect::<String>());
    let cut = redactor.project_for(&raw, Sink::ModelContext);
    assert!(cut.text().len() <= 200);
    let removed = cut.summary().truncated_bytes;
    let note = format!("\n[TRUNCATED: {removed} bytes removed]");
    let kept = cut.text().strip_suffix(note.as_str()).unwrap();
    assert_eq!(kept.len() as u64 + removed, 40 * 17);
    let whole = redactor.project_for(&raw, Sink::SupportExport);
    assert_eq!(whole.summary().truncated_bytes, 0);
}

#[test]
fn blocks_without_words_go_and_are_counted() {
    let redactor = Redactor::default();
    let wrapped = format!("{}\n", "QUJDREVG".repeat(8)).repeat(40);
    let lines = "retrying connection\n".repeat(80);
    let run = "0123456789abcdef".repeat(200);
    let raw = Raw::new(format!("a\n{wrapped}b\n{lines}c {run} d"));
    let projection = redactor.project_for(&raw, Sink::TraceViewer);
    assert_eq!(projection.summary().large_blocks_removed, 3);
    let seen: Vec<_> = projection.text().lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        seen,
        [
            ["a", "[REDACTED:large_block 2560 bytes]", "b"].as_slice(),
            &["retrying connection"; 16],
            &["[REDACTED:repeated_lines 64 lines]", "c [REDACTED:large_block 3200 bytes] d"],
        ]
        .concat()
    );
}

#[test]
fn every_string_of_a_request_is_projected() {
    let token = format!("ghp_{}", "A1b2".repeat(9));
    let request = json!({
        "argv": ["login", "-u", "ana:hunter2x", "--password", "correct horse", "-t", token],
        "attributes": {"headers": {"Authorization": "Bearer abc"}, "password": 12345678, "n": 7},
        "env": {"DB_PASSWORD": "hunter2x", "HOME": "/root", "PIN": "$PIN"},
        "list": [{"name": "API_TOKEN", "value": "0123456789abcdef"}],
        "path": "src/lib.rs",
        "shell": "mysql -h db --password=hunter2x",
        "user": {"id": "u1"}
    });
    let projected = Redactor::default().project_tree(&request, Sink::TraceViewer);
    assert_eq!(
        *projected.tree(),
        json!({
            "argv": [
                "login", "-u", "ana:[REDACTED:password]", "--password", "[REDACTED:password]",
                "-t", "[REDACTED:github_token]"
            ],
            "attributes": {
                "headers": {"Authorization": "[REDACTED:authorization]"},
                "password": "[REDACTED:password]",
                "n": 7
            },
            "env": {"DB_PASSWORD": "[REDACTED:password]", "HOME": "/root", "PIN": "$PIN"},
            "list": [{"name": "API_TOKEN", "value": "[REDACTED:token]"}],
            "path": "src/lib.rs",
            "shell": "mysql -h db --password=[REDACTED:password]",
            "user": {"id": "u1"}
        })
    );
    assert_eq!(projected.summary().secret_like_tokens, 8);
    let again = Redactor::default().project_tree(projected.tree(), Sink::TraceViewer);
    assert_eq!(again.tree(), projected.tree());
}

#[test]
fn the_summary_has_the_keys_of_the_source_document() {
    let projection = Redactor::default().project_for(&Raw::new("nothing here"), Sink::JudgePacket);
    let printed = serde_json::to_value(&projection).unwrap();
    assert_eq!(
        printed,
        json!({
            "redaction_summary": {
                "secret_like_tokens": 0,
                "email_addresses": 0,
                "private_urls": 0,
                "large_blocks_removed": 0
            },
            "sink": "judge_packet",
            "text": "nothing here"
        })
    );
}
