//! `redact` and `verify_projection`.

use bailiwick::Digest;
use bailiwick::HashKey;
use bailiwick::Projected;
use bailiwick::RedactionFinding;
use bailiwick::RedactionSummary;
use bailiwick::Sink;
use bailiwick::verify_seal;
use serde::Deserialize;
use serde::Serialize;

use crate::Policies;
use crate::Redaction;
use crate::WireError;
use crate::input::write;
use crate::redaction::Options;
use crate::redaction::key;
use crate::redaction::read_quietly;

#[derive(Serialize)]
struct Output<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<RedactionFinding>>,
    redaction_summary: &'a RedactionSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<Digest>,
    sink: Sink,
    text: &'a str,
    version: String,
}

pub(crate) fn redact(policies: Option<&Policies>, input: &str) -> Result<String, WireError> {
    let mut options: Options = read_quietly(input)?;
    let text = options.text.take().ok_or_else(|| {
        WireError::new("input_invalid", "missing field `text`")
            .with_help("`bailiwick schema` shows what each operation takes")
    })?;
    let explain = options.explain;
    let redaction = Redaction::new(options, policies)?;
    let (projected, findings) = redaction.project(text, explain);
    write(&output(&redaction, &projected, findings))
}

fn output<'a>(
    redaction: &Redaction,
    projected: &'a Projected,
    findings: Option<Vec<RedactionFinding>>,
) -> Output<'a> {
    Output {
        findings,
        redaction_summary: projected.summary(),
        seal: redaction.seal_key().map(|key| projected.seal(key)),
        sink: projected.sink(),
        text: projected.text(),
        version: redaction.version(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    seal: Digest,
    seal_key: String,
    sink: Sink,
    text: String,
}

#[derive(Serialize)]
struct Verdict {
    valid: bool,
}

pub(crate) fn verify_projection(input: &str) -> Result<String, WireError> {
    let Sealed { seal, seal_key, sink, text } = read_quietly(input)?;
    let key: HashKey = key("seal_key", &seal_key)?;
    write(&Verdict { valid: verify_seal(&key, sink, text, &seal) })
}
