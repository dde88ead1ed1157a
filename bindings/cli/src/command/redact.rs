//! `bailiwick redact`.

use std::path::Path;

use bailiwick_wire::WireError;
use bailiwick_wire::call;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::args::RedactArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::MAX_FILE_BYTES;
use crate::files::error_at;
use crate::files::read_text;
use crate::output::Output;

#[derive(Deserialize)]
struct Redacted {
    redaction_summary: Value,
    text: String,
}

/// Prints the projection of a text for a sink, and what was removed.
pub(crate) fn run(args: &RedactArgs, output: &Output) -> Result<Exit, Failure> {
    let known = match &args.known_file {
        Some(path) => known(path)?,
        None => Vec::new(),
    };
    let text = read_text(&args.file, MAX_TEXT_BYTES)?;
    let mut input = json!({"known": known, "sink": args.sink, "text": text});
    if let (Some(max), Value::Object(input)) = (args.max_bytes, &mut input) {
        input.insert("max_bytes".to_owned(), max.into());
    }
    let answer = call("redact", &input.to_string()).map_err(|error| WireError {
        // Lines and columns of the call say nothing about those of the text.
        column: None,
        line: None,
        path: None,
        ..error
    })?;
    let redacted: Redacted = super::read(&answer)?;
    let summary = json!({"redaction_summary": redacted.redaction_summary}).to_string();
    // The summary first: whoever has the text can rely on having the figures.
    if let Some(path) = args.summary.as_deref().filter(|path| *path != Path::new("-")) {
        std::fs::write(path, format!("{summary}\n")).map_err(|error| {
            error_at(path, "unwritable", format!("it cannot be written: {error}"))
        })?;
    }
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    output.raw(&redacted.text)?;
    if args.summary.as_deref() == Some(Path::new("-")) {
        if !redacted.text.is_empty() && !redacted.text.ends_with('\n') {
            output.raw("\n")?;
        }
        output.line(&summary)?;
    }
    Ok(Exit::Ok)
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

/// Bytes of one text.
const MAX_TEXT_BYTES: u64 = 256 << 20;
/// Bytes of the shortest secret that can be named.
const SHORTEST: usize = 8;
