//! `redact`.

use bailiwick::HashKey;
use bailiwick::Raw;
use bailiwick::RedactionSummary;
use bailiwick::Redactor;
use bailiwick::Sink;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// A key for the ids in markers, at least 16 bytes of text.
    #[serde(default)]
    key: Option<String>,
    /// Secret values that the host knows, each at least 8 bytes.
    #[serde(default)]
    known: Vec<String>,
    /// The most bytes that the projection may have.
    #[serde(default)]
    max_bytes: Option<usize>,
    #[serde(default = "model_context")]
    sink: Sink,
    text: String,
}

#[derive(Serialize)]
struct Output<'a> {
    redaction_summary: &'a RedactionSummary,
    sink: Sink,
    text: &'a str,
}

fn model_context() -> Sink {
    Sink::ModelContext
}

pub(crate) fn redact(input: &str) -> Result<String, WireError> {
    let input: Input = read(input)?;
    let mut builder = Redactor::builder();
    for secret in &input.known {
        builder = builder.known_value(secret);
    }
    if let Some(key) = &input.key {
        let key = HashKey::new(key.as_bytes())
            .ok_or_else(|| WireError::new("input_invalid", "`key` is shorter than 16 bytes"))?;
        builder = builder.key(key);
    }
    if let Some(max) = input.max_bytes {
        builder = builder.max_bytes(max);
    }
    let projection = builder.build().project_for(&Raw::new(input.text), input.sink);
    write(&Output {
        redaction_summary: projection.summary(),
        sink: projection.sink(),
        text: projection.text(),
    })
}
