//! Temporary stand-in for the conversion layer: enough to compile and drive the bindings.
#![forbid(unsafe_code)]
#![allow(clippy::indexing_slicing, reason = "stand-in")]
#![deny(missing_docs)]

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use serde_json::json;

/// One operation of the table.
#[derive(Debug)]
pub struct Operation {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it reads a policy set.
    pub needs_policies: bool,
}

const fn op(name: &'static str, needs_policies: bool) -> Operation {
    Operation {
        name,
        needs_policies,
    }
}

static OPERATIONS: [Operation; 11] = [
    op("check", true),
    op("effective", true),
    op("decide", true),
    op("decide_batch", true),
    op("explain", true),
    op("test", true),
    op("redact", false),
    op("audit_append", false),
    op("audit_verify", false),
    op("schema", false),
    op("version", false),
];

/// Returns every operation.
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

/// Why a call failed.
#[derive(Debug, Serialize)]
pub struct WireError {
    code: String,
    message: String,
    help: Option<String>,
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

impl WireError {
    fn new(code: &str, message: &str) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            help: None,
            path: None,
            line: None,
            column: None,
        }
    }

    /// Returns the error as JSON text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A compiled policy set.
#[derive(Clone, Debug)]
pub struct Policies(Arc<BTreeMap<String, String>>);

impl Policies {
    /// Compiles a policy set.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn load(input: &str) -> Result<Policies, WireError> {
        let input = read(input)?;
        let map = files(&input)?;
        if let Some(bad) = diagnose(&map).into_iter().next() {
            let mut error =
                WireError::new("yaml_syntax", "expected `]` before the end of the line");
            error.path = bad["location"]["file"].as_str().map(Into::into);
            error.line = bad["location"]["line"].as_u64().map(|n| n as u32);
            error.column = bad["location"]["column"].as_u64().map(|n| n as u32);
            return Err(error);
        }
        Ok(Policies(Arc::new(map)))
    }

    /// Runs an operation on the compiled set.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn call(&self, operation: &str, input: &str) -> Result<String, WireError> {
        let mut input = read(input)?;
        input["policies"] = json!(self.0.as_ref());
        call(operation, &input.to_string())
    }
}

/// Runs an operation.
///
/// # Errors
///
/// When the input cannot be read.
pub fn call(operation: &str, input: &str) -> Result<String, WireError> {
    let input = read(input)?;
    let output = match operation {
        "version" => json!({"version": env!("CARGO_PKG_VERSION")}),
        "schema" => json!({"$schema": "https://json-schema.org/draft/2020-12/schema"}),
        "redact" if input.get("skin").is_some() => {
            return Err(WireError::new("unknown_field", "unknown field `skin`"));
        }
        "redact" => json!({
            "text": input["text"].as_str().unwrap_or("").replace("ghp_", "[redacted]"),
            "redaction_summary": {"secret_like_tokens": 1},
        }),
        "check" => {
            let found = diagnose(&files(&input)?);
            json!({"diagnostics": found, "ok": found.is_empty()})
        }
        "decide" => decide(&input)?,
        "explain" => json!({"record": decide(&input)?, "text": "stand-in"}),
        "decide_batch" => json!({"records": [decide(&input)?]}),
        "effective" => json!({"levels": files(&input)?.len()}),
        "test" => json!({"passed": 1, "failed": 0, "cases": []}),
        "audit_append" | "audit_verify" => json!({"ok": true}),
        _ => {
            let name = format!("unknown operation `{operation}`");
            return Err(WireError::new("unknown_operation", &name));
        }
    };
    Ok(output.to_string())
}

fn decide(input: &Value) -> Result<Value, WireError> {
    let map = files(input)?;
    let denied = input["request"].to_string().contains(".github");
    let rule = json!({
        "policy": "platform@2026-07-04", "rule": "no-ci-edit", "level": "platform",
        "effect": "deny", "location": {"file": map.keys().next(), "line": 1, "column": 1, "path": "x"},
    });
    let rules = if denied { vec![rule] } else { vec![] };
    Ok(json!({
        "decision": if denied { "denied" } else { "allowed" },
        "action": "change.propose",
        "requested": input["request"],
        "matched_rules": rules,
        "explanation": "stand-in",
        "reasons": [], "obligations": [{"kind": "draft_only", "name": "pr"}],
        "remedy": {"possible": false, "requires": [], "text": "cannot be approved"},
    }))
}

fn read(input: &str) -> Result<Value, WireError> {
    serde_json::from_str(input).map_err(|e| WireError::new("invalid_json", &e.to_string()))
}

fn files(input: &Value) -> Result<BTreeMap<String, String>, WireError> {
    serde_json::from_value(input["policies"].clone())
        .map_err(|e| WireError::new("invalid_input", &e.to_string()))
}

fn diagnose(map: &BTreeMap<String, String>) -> Vec<Value> {
    let mut found = vec![];
    for (path, text) in map {
        for (line, content) in text.lines().enumerate() {
            if content.matches('[').count() > content.matches(']').count() {
                found.push(json!({
                    "severity": "error", "code": "yaml_syntax", "message": "unclosed `[`",
                    "location": {"file": path, "line": line + 1, "path": "x", "column": content.find('[').unwrap_or(0) + 1},
                }));
            }
        }
    }
    found
}
