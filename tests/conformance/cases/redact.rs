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
        redact(
            "where something was found",
            "first\nmail ana@shop.example\nlogin with s3cr3t-value",
            json!({"known": ["s3cr3t-value"], "explain": true}),
        ),
        redact(
            "a sealed projection",
            "ask ana@shop.example",
            json!({"seal_key": "a key for a seal.", "sink": "judge_packet"}),
        ),
        redact(
            "a pack of the host's own",
            "see ACMETKT-12345678 and acmesec_abcd1234",
            json!({"rule_packs": [
                {"path": "acme.yaml", "text": PACK},
                {"path": "rules.toml", "text": GITLEAKS, "format": "gitleaks"},
            ]}),
        ),
        redact("a pack that is chosen", "a plain line", json!({"packs": ["personal_ids"]})),
        redact("a pack that nobody knows", "x", json!({"packs": ["personal_id"]})),
        redact(
            "a pack with the name of a built-in one",
            "x",
            json!({"rule_packs": [{"path": "a.yaml", "text": PACK.replace("acme\n", "clouds\n")}]}),
        ),
        redact(
            "policies keep what they may for their scope",
            "ask ana@shop.example",
            json!({
                "policies": {"redaction.yaml": POLICY},
                "scope": {"organization": "acme"},
                "sink": "log_viewer",
            }),
        ),
        redact(
            "policies keep nothing for another scope",
            "ask ana@shop.example",
            json!({
                "policies": {"redaction.yaml": POLICY},
                "scope": {"organization": "other"},
                "sink": "log_viewer",
            }),
        ),
        redact(
            "a policy for a campaign applies where none is named",
            "ask ana@shop.example\n",
            json!({"policies": {"redaction.yaml": CAMPAIGN}, "sink": "log_viewer"}),
        ),
        redact(
            "a policy for a campaign is none for another",
            "ask ana@shop.example\n",
            json!({
                "policies": {"redaction.yaml": CAMPAIGN},
                "scope": {"campaign_id": "c2", "task_id": "t1"},
                "sink": "log_viewer",
            }),
        ),
        redact(
            "a policy that names what nothing is called",
            "x",
            json!({"policies": {"redaction.yaml": CAMPAIGN.replace("email", "emial")}}),
        ),
        redact("a scope without policies", "x", json!({"scope": {"team": "payments"}})),
        redact(
            "policies that cannot be read",
            "x",
            json!({"policies": {"redaction.yaml": "redaction:\n  name: [\n"}}),
        ),
        redact("an option that nobody knows", "x", json!({"Not an option": 1})),
        redact("an option of another type", "x", json!({"max_bytes": "correct horse battery"})),
        Case::new("no text", "redact", json!({"sink": "model_context"})),
        Case::new(
            "a seal of another text",
            "verify_projection",
            json!({
                "seal": "hmac-sha256:00", "seal_key": "a key for a seal.",
                "sink": "judge_packet", "text": "ask [REDACTED:email]",
            }),
        ),
        Case::new(
            "a seal under a short key",
            "verify_projection",
            json!({"seal": "", "seal_key": "short", "sink": "judge_packet", "text": ""}),
        ),
    ]
}

const PACK: &str = "redaction_pack:\n  name: acme\n  detectors:\n    - id: acme_ticket\n      \
     patterns: [\"ACMETKT-[digit]{8}\"]\n      match: [\"ACMETKT-12345678\"]\n      \
     not_match: [\"ACMETKT-1\"]\n";
const GITLEAKS: &str =
    "[[rules]]\nid = 'acme-secret'\nregex = '(acmesec_[a-z0-9]{8})'\nkeywords = ['acmesec_']\n";
const CAMPAIGN: &str = "redaction:\n  name: a\n  version: 1\n  level: campaign\n  campaign: c1\n  \
                        sinks: {log_viewer: {email: refuse}}\n";
const POLICY: &str = "redaction:\n  name: acme\n  version: 1\n  level: organization\n  \
     organization: acme\n  sinks:\n    log_viewer: {email: keep}\n";
