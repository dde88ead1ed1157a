//! `bailiwick verify-projection`.

use bailiwick_wire::call;
use serde::Deserialize;
use serde_json::json;

use crate::command::redact::VerifyProjectionArgs;
use crate::command::redact::options::key;
use crate::command::redact::options::without_place;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::read_text;
use crate::output::Output;

#[derive(Deserialize)]
struct Verdict {
    valid: bool,
}

/// Says whether the redactor made a text for a sink, and nobody changed it since.
pub(crate) fn verify(args: &VerifyProjectionArgs, output: &Output) -> Result<Exit, Failure> {
    let input = json!({
        "seal": args.seal,
        "seal_key": key(&args.seal_key_file)?,
        "sink": args.sink,
        "text": read_text(&args.file, MAX_TEXT_BYTES)?,
    });
    let answer = call("verify_projection", &input.to_string()).map_err(without_place)?;
    let verdict: Verdict = crate::command::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        output.line(if verdict.valid { "valid" } else { "not valid" })?;
    }
    Ok(Exit::of_findings(!verdict.valid))
}

/// Bytes of one text.
const MAX_TEXT_BYTES: u64 = 256 << 20;
