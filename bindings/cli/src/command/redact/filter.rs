//! One text through a stream, in pieces.

use std::io::Read;

use bailiwick_wire::Redaction;
use bailiwick_wire::RedactionFinding;
use bailiwick_wire::RedactionSummary;
use serde::Deserialize;

use crate::command::redact::source::Source;
use crate::exit::Failure;
use crate::files::cannot_read;
use crate::files::open;

/// What was removed from one text.
#[derive(Debug, Deserialize)]
pub(super) struct Figures {
    pub(super) redaction_summary: RedactionSummary,
    #[serde(default)]
    pub(super) seal: Option<String>,
    pub(super) sink: String,
    pub(super) version: String,
}

/// What becomes of a text while it is redacted.
pub(super) trait Receiver {
    /// Takes in bytes that may be seen.
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure>;
    /// Takes in where something was found.
    fn findings(&mut self, findings: &[RedactionFinding]) -> Result<(), Failure>;
    /// Hears how many bytes were read.
    fn read(&mut self, bytes: usize);
}

/// Redacts the text of `source`; memory is bounded, whatever its size.
pub(super) fn filter(
    redaction: &Redaction,
    source: &Source,
    receiver: &mut impl Receiver,
) -> Result<Figures, Failure> {
    let mut file = open(&source.path)?;
    let mut stream = redaction.stream(source.seen_as.as_deref());
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(cannot_read(&source.path, &error).into()),
        };
        let out = stream.push(buffer.get(..count).unwrap_or_default())?;
        receiver.read(count);
        receiver.bytes(&out)?;
        receiver.findings(&stream.take_findings())?;
    }
    let (rest, summary) = stream.finish()?;
    let mut summary: Summary = crate::command::read(&summary)?;
    receiver.bytes(&rest)?;
    receiver.findings(&std::mem::take(&mut summary.findings))?;
    Ok(summary.figures)
}

#[derive(Deserialize)]
struct Summary {
    #[serde(flatten)]
    figures: Figures,
    #[serde(default)]
    findings: Vec<RedactionFinding>,
}

/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;
