//! Secrets in trees, where only the shape of the tree tells them.

use serde_json::Value;
use serde_json::json;

use crate::redact::Redactor;
use crate::redact::Sink;

fn shown(tree: &Value) -> Value {
    Redactor::default().project_tree(tree, Sink::LogViewer).into_tree()
}

#[test]
fn what_a_secret_key_holds_is_secret_at_any_depth() {
    let tree = json!({
        "password": {"value": "hunter2x", "type": "string", "minLength": 8},
        "credentials": {"user": "ana", "pass": "hunter2x", "more": [{"first": "hunter2x1"}]},
        "api_token": {"current": {"data": "0123456789abcdef"}, "expires_at": "2026-01-01"},
        "name": {"first": "ana"},
    });
    assert_eq!(
        shown(&tree),
        json!({
            "password": {"value": "[REDACTED:password]", "type": "string", "minLength": 8},
            "credentials": {
                "user": "ana", "pass": "[REDACTED:secret]", "more": [{"first": "[REDACTED:secret]"}]
            },
            "api_token": {"current": {"data": "[REDACTED:token]"}, "expires_at": "2026-01-01"},
            "name": {"first": "ana"},
        })
    );
}

#[test]
fn lists_of_headers_hide_the_values_of_secret_ones() {
    let tree = json!({
        "rawHeaders": [
            "Host", "shop.example", "Authorization", "Basic c2hvcnQ6cHc=", "X-Api-Key", "k3y-of-ana",
            "Accept", "text/html"
        ],
        "pairs": [["Cookie", "session=0123456789abcdef"], ["Accept", "*/*"]],
        "har": [
            {"name": "Authorization", "value": "Basic c2hvcnQ6cHc="},
            {"value": "hunter2x", "name": "DB_PASSWORD"},
            {"value": "hunter2x", "type": "env", "variable": "DB_PASSWORD"},
            {"name": "Accept", "value": "text/html"}
        ],
        "required": ["email", "password", "token", "name"],
    });
    assert_eq!(
        shown(&tree),
        json!({
            "rawHeaders": [
                "Host", "shop.example", "Authorization", "[REDACTED:authorization]", "X-Api-Key",
                "[REDACTED:token]", "Accept", "text/html"
            ],
            "pairs": [["Cookie", "[REDACTED:cookie]"], ["Accept", "*/*"]],
            "har": [
                {"name": "Authorization", "value": "[REDACTED:authorization]"},
                {"value": "[REDACTED:password]", "name": "DB_PASSWORD"},
                {"value": "[REDACTED:password]", "type": "env", "variable": "DB_PASSWORD"},
                {"name": "Accept", "value": "text/html"}
            ],
            "required": ["email", "password", "token", "name"],
        })
    );
}

#[test]
fn a_private_key_in_a_list_of_lines_goes_with_all_its_lines() {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    for end in ["", "\n"] {
        let lines = [
            "before",
            "-----BEGIN PRIVATE KEY-----",
            line,
            line,
            "AbCdEf12",
            "-----END PRIVATE KEY-----",
            "after",
        ];
        let tree: Vec<String> = lines.iter().map(|line| format!("{line}{end}")).collect();
        let out = shown(&json!(tree));
        let text = out.to_string();
        assert!(!text.contains("MIIE") && !text.contains("AbCdEf12"), "{text}");
        assert_eq!(out.as_array().map(Vec::len), Some(7), "{text}");
        assert_eq!(
            (out[0].as_str(), out[6].as_str()),
            (Some(tree[0].as_str()), Some(tree[6].as_str()))
        );
    }
}

#[test]
fn words_of_a_command_and_its_text_hide_the_same() {
    for words in [
        ["redis-cli", "-a", "hunter2x", "ping"].as_slice(),
        &["mysql", "-phunter2x", "db"],
        &["/usr/bin/mysqldump", "-phunter2x", "db"],
        &["docker", "exec", "db", "mysql", "-phunter2x"],
        &["sudo", "curl", "-u", "ana:hunter2x", "https://host.example"],
        &["docker", "login", "-u", "ana", "-p", "hunter2x"],
        &["sshpass", "-p", "hunter2x", "ssh", "host"],
        &["sshpass", "-phunter2x", "ssh", "host"],
        &["twine", "upload", "-p", "hunter2x"],
        &["mongosh", "-u", "ana", "-p", "hunter2x"],
        &["sqlcmd", "-U", "sa", "-P", "hunter2x"],
        &["ldapsearch", "-D", "cn=admin", "-w", "hunter2x"],
    ] {
        for out in [shown(&json!(words)), shown(&json!(words.join(" ")))] {
            assert!(!out.to_string().contains("hunter2x"), "{words:?}: {out}");
        }
    }
    let plain = json!(["mkdir", "-p", "some/folder", "-a", "x"]);
    assert_eq!(shown(&plain), plain);
}

#[test]
fn a_limit_holds_for_the_whole_tree() {
    let redactor = Redactor::builder().max_bytes(500).build();
    let texts: Vec<String> =
        (0..50).map(|n| format!("text number {n} with some more words")).collect();
    for tree in [
        json!({"list": texts, "numbers": (0..400).collect::<Vec<u32>>()}),
        json!(
            (0..1000)
                .map(|n| (format!("key{n}"), json!({"n": [n]})))
                .collect::<serde_json::Map<_, _>>()
        ),
        json!(["some words ".repeat(100), "b"]),
        json!({"a": vec![Value::Null; 3000]}),
    ] {
        let once = redactor.project_tree(&tree, Sink::LogViewer);
        assert!(super::super::tree_limit::size(once.tree()) <= 500, "{}", once.tree());
        assert!(once.summary().truncated_bytes > 0);
        assert!(once.tree().to_string().contains("[TRUNCATED: "), "{}", once.tree());
        let again = redactor.project_tree(once.tree(), Sink::LogViewer);
        assert_eq!(again.tree(), once.tree());
    }
    let small = json!({"list": ["a", "b"]});
    assert_eq!(redactor.project_tree(&small, Sink::LogViewer).into_tree(), small);
}

#[test]
fn what_only_looks_like_a_marker_is_a_secret_like_others() {
    let tree =
        json!({"password": "[REDACTED:hunter2pass]", "argv": ["x", "--token", "[REDACTED:abc_1]"]});
    let shown = Redactor::default().project_tree(&tree, Sink::LogViewer).tree().to_string();
    assert!(!shown.contains("hunter2") && !shown.contains("abc_1"), "{shown}");
}
