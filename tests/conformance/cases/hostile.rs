//! Inputs made to be read in two ways, or to break a reader.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;

const PLATFORM: &str =
    "platform_policy:\n  name: platform\n  version: 1\n  allowed_actions: ['*']\n";

fn input(request: Value) -> Value {
    json!({
        "policies": {"platform.yaml": PLATFORM}, "request": request, "now": NOW, "what_if": true,
    })
}

fn decide(name: &'static str, request: Value) -> Case {
    Case::new(name, "decide", input(request))
}

/// A request as text, for what JSON values of hosts cannot carry.
fn text(name: &'static str, text: &str) -> Case {
    let mut input = input(Value::Null);
    if let Value::Object(input) = &mut input {
        input.remove("request");
        input.insert("request_text".to_owned(), text.into());
    }
    Case::new(name, "decide", input)
}

pub(crate) fn cases() -> Vec<Case> {
    let mut deep = json!("x");
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let brackets = format!("attributes: {{x: {}{}}}\n", "[".repeat(200), "]".repeat(200));
    vec![
        text("a key twice in JSON", r#"{"tool": "file.read", "tool": "file.write", "path": "a"}"#),
        text(
            "a key twice below attributes",
            "tool: file.read\npath: a\nattributes: {x: 1, x: 2}\n",
        ),
        text(
            "a key twice behind an escape",
            r#"{"tool": "file.read", "path": "a", "p\u0061th": "b"}"#,
        ),
        text("an integer of 2^53", "tool: file.read\npath: a\nattributes: {x: 9007199254740992}\n"),
        text(
            "an integer of 2^53 - 1",
            "tool: file.read\npath: a\nattributes: {x: 9007199254740991}\n",
        ),
        text("a lone surrogate", r#"{"tool": "file.read", "path": "a\ud800b"}"#),
        text("a pair of surrogates", r#"{"tool": "file.read", "path": "a\ud83d\ude00b"}"#),
        text("brackets without an end in sight", &brackets),
        text("a NUL in text", "tool: file.read\npath: \"a\\0b\"\n"),
        text(
            "numbers in other bases",
            "tool: file.read\npath: a\nattributes: {x: 0x10, y: 010, z: 1_000}\n",
        ),
        text("words that some YAML takes for booleans", "tool: file.read\npath: no\nbranch: off\n"),
        text("a tag", "tool: !!binary file.read\npath: a\n"),
        text("no request at all", ""),
        decide("a fraction", json!({"tool": "file.read", "path": "a", "attributes": {"x": 1.5}})),
        decide("a NUL in a path", json!({"tool": "file.read", "path": "a\u{0}b"})),
        decide("a NUL in a command", json!({"tool": "shell.exec", "argv": ["ls", "a\u{0}b"]})),
        decide(
            "an emoji",
            json!({"tool": "file.read", "path": "docs/\u{1f600}.md", "branch": "\u{1f468}\u{200d}\u{1f469}"}),
        ),
        decide(
            "two spellings of one letter",
            json!({"tool": "file.read", "paths": ["caf\u{e9}", "cafe\u{301}"]}),
        ),
        decide(
            "text that runs from right to left",
            json!({"tool": "file.read", "path": "a\u{202e}txt.exe"}),
        ),
        decide(
            "keys beyond the basic plane",
            json!({
                "tool": "file.read", "path": "a",
                "attributes": {"\u{e000}": 1, "\u{1f600}": 2, "a": 3, "\u{7f}": 4},
            }),
        ),
        decide(
            "deep nesting",
            json!({"tool": "file.read", "path": "a", "attributes": {"x": deep}}),
        ),
        decide("a field of the wrong type", json!({"tool": "file.read", "path": ["a"]})),
        decide("a field that nobody knows", json!({"tool": "file.read", "ptah": "a"})),
        decide("a list in the place of a request", json!([{"tool": "file.read"}])),
        decide("a number in the place of a request", json!(7)),
        decide(
            "control characters",
            json!({"tool": "file.read", "path": "a\u{1b}[2Jb\r\nc\tq\"\\\u{7f}"}),
        ),
        Case::new(
            "neither now nor a state",
            "decide",
            json!({
                "policies": {"platform.yaml": PLATFORM}, "request": {"tool": "file.read", "path": "a"},
            }),
        ),
        Case::new(
            "a now that is no instant",
            "decide",
            json!({
                "policies": {"platform.yaml": PLATFORM}, "request": {"tool": "file.read"}, "now": "now",
            }),
        ),
        Case::new(
            "a state with a key that nobody knows",
            "decide",
            json!({
                "policies": {"platform.yaml": PLATFORM}, "request": {"tool": "file.read"},
                "state": {"as_of": NOW, "now": NOW, "version": "1", "kill_switchs": []},
            }),
        ),
        Case::new(
            "an offset of another zone",
            "decide",
            json!({
                "policies": {"platform.yaml": PLATFORM}, "request": {"tool": "file.read", "path": "a"},
                "now": "2026-07-04T17:00:00.120+07:00", "what_if": true,
            }),
        ),
        Case::new(
            "a NUL in policies",
            "check",
            json!({"policies": {"a.yaml": "platform_policy:\u{0}\n"}}),
        ),
        Case::new(
            "a byte order mark and other line ends",
            "check",
            json!({
                "policies": {"a.yaml": "\u{feff}platform_policy:\r\n  version: 1\r\n  allowed_actions: ['*']\r\n"},
            }),
        ),
        Case::new(
            "deep nesting in policies",
            "check",
            json!({
                "policies": {"a.yaml": format!("platform_policy: {}1{}\n", "[".repeat(64), "]".repeat(64))},
            }),
        ),
        Case::new(
            "a path with an emoji",
            "check",
            json!({
                "policies": {"\u{1f600}/a.yaml": "platform_policy:\n  \u{1f600}: 1\n"},
            }),
        ),
    ]
}
