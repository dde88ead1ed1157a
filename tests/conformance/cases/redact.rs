//! Projections.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::with;

fn redact(name: &'static str, text: &str, more: Value) -> Case {
    Case::new(name, "redact", with(json!({"text": text}), more))
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        redact("nothing to remove", "a plain line\n", json!({})),
        redact(
            "tokens, passwords and addresses",
            "key AKIAIOSFODNN7EXAMPLE\npassword = \"correct horse battery\"\n\
             postgres://ana:hunter22@db.example/x\nask ana@shop.example\n",
            json!({"sink": "log_viewer"}),
        ),
        redact(
            "a value that the host knows",
            "login with s3cr3t-value, again s3cr3t-value",
            json!({"known": ["s3cr3t-value", "short"], "sink": "pull_request_body"}),
        ),
        redact(
            "markers with ids",
            "login with s3cr3t-value, again s3cr3t-value",
            json!({"known": ["s3cr3t-value"], "key": "0123456789abcdef"}),
        ),
        redact("a cut", &"a line of output\n".repeat(40), json!({"max_bytes": 200})),
        redact(
            "text that a terminal hides",
            "a\u{1b}[8mhidden\u{1b}[0m\u{200b}b\u{202e}c",
            json!({}),
        ),
        redact("a key that is too short for markers", "x", json!({"key": "short"})),
        redact("a sink that nobody knows", "x", json!({"sink": "printer"})),
        redact(
            "a private key",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            json!({}),
        ),
    ]
}
