//! What the command line says, as the operation `redact` takes it.

use std::path::Path;

use bailiwick_wire::Policies;
use bailiwick_wire::Redaction;
use bailiwick_wire::WireError;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::command::redact::RedactArgs;
use crate::files::MAX_FILE_BYTES;
use crate::files::error_at;
use crate::files::policy_files;
use crate::files::read_text;

/// Returns how texts are redacted.
pub(super) fn redaction(args: &RedactArgs) -> Result<Redaction, WireError> {
    let mut options = Map::from_iter([
        ("explain".to_owned(), json!(args.explain)),
        ("packs".to_owned(), json!(args.packs)),
        ("rule_packs".to_owned(), rule_packs(args)?),
        ("sink".to_owned(), json!(args.sink)),
    ]);
    if let Some(path) = &args.known_file {
        options.insert("known".to_owned(), json!(known(path)?));
    }
    for (name, path) in [("key", &args.key_file), ("seal_key", &args.seal_key_file)] {
        if let Some(path) = path {
            options.insert(name.to_owned(), key(path)?.into());
        }
    }
    if let Some(max) = args.max_bytes {
        options.insert("max_bytes".to_owned(), max.into());
    }
    let Some(path) = &args.policies else {
        return Redaction::open(&Value::Object(options).to_string()).map_err(without_place);
    };
    let load = json!({"policies": policy_files(path)?}).to_string();
    let policies = Policies::load(&load)?;
    let given = [
        ("campaign_id", &args.campaign),
        ("organization", &args.organization),
        ("repo", &args.repo),
        ("task_id", &args.task),
        ("team", &args.team),
        ("tenant", &args.tenant),
    ];
    let named = given
        .iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| ((*name).to_owned(), json!(value))));
    options.insert("scope".to_owned(), named.collect::<Map<_, _>>().into());
    Redaction::open_with(&policies, &Value::Object(options).to_string()).map_err(without_place)
}

/// Returns the key that a file holds, without the line feed at its end.
pub(super) fn key(path: &Path) -> Result<String, WireError> {
    let text = read_text(path, MAX_FILE_BYTES)?;
    let key = text.trim_end_matches(['\r', '\n']);
    if key.len() < SHORTEST_KEY {
        let message = format!("a key has at least {SHORTEST_KEY} bytes");
        return Err(error_at(path, "key_too_short", message));
    }
    Ok(key.to_owned())
}

/// Lines and columns of the call say nothing about those of the text.
pub(super) fn without_place(error: WireError) -> WireError {
    if error.path.as_deref() == Some("input") {
        return WireError { column: None, line: None, path: None, ..error };
    }
    error
}

fn rule_packs(args: &RedactArgs) -> Result<Value, WireError> {
    let mut packs = Vec::new();
    for (format, files) in [("yaml", &args.rules), ("gitleaks", &args.gitleaks)] {
        for path in files {
            let text = read_text(path, MAX_FILE_BYTES)?;
            packs.push(json!({"format": format, "path": path.to_string_lossy(), "text": text}));
        }
    }
    Ok(packs.into())
}

/// Returns the secrets of a file, one a line. One that would not be removed is refused, its number
/// named and not itself.
fn known(path: &Path) -> Result<Vec<String>, WireError> {
    let text = read_text(path, MAX_FILE_BYTES)?;
    let mut known = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        let secret = line.trim();
        if secret.is_empty() {
            continue;
        }
        if secret.len() < SHORTEST {
            let message = format!("a secret shorter than {SHORTEST} bytes cannot be told apart");
            return Err(WireError {
                line: Some(number),
                column: Some(1),
                ..error_at(path, "secret_too_short", message)
            });
        }
        known.push(secret.to_owned());
    }
    Ok(known)
}

/// Bytes of the shortest secret that can be named.
const SHORTEST: usize = 8;
/// Bytes of the shortest key.
const SHORTEST_KEY: usize = 16;
