//! Redacting bytes as they come, for every host.

use bailiwick::RedactionEnd;
use bailiwick::RedactionFinding;
use bailiwick::RedactionSummary;
use bailiwick::Sink;
use serde::Serialize;

use crate::Redaction;
use crate::WireError;
use crate::input::write;

/// Redacts bytes as they come: any way of cutting the input into pieces gives the same output, and
/// memory is bounded. Binary data crosses as bytes, everything else as JSON text.
#[derive(Debug)]
pub struct RedactionStream {
    findings: Option<Vec<RedactionFinding>>,
    left_out: u64,
    /// None once it is finished.
    stream: Option<bailiwick::RedactionStream>,
    version: String,
}

#[derive(Serialize)]
struct Summary {
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<RedactionFinding>>,
    /// Findings beyond the number that is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings_left_out: Option<u64>,
    redaction_summary: RedactionSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<bailiwick::Digest>,
    sink: Sink,
    version: String,
}

impl RedactionStream {
    /// Returns a stream by `options`, JSON text: what the operation `redact` takes, without `text`.
    ///
    /// # Errors
    /// Where the options cannot be read, or a pack or policy that they name cannot be used.
    pub fn open(options: &str) -> Result<Self, WireError> {
        Ok(Redaction::open(options)?.stream(None))
    }

    pub(crate) fn new(stream: bailiwick::RedactionStream, explain: bool, version: String) -> Self {
        let findings = explain.then(Vec::new);
        Self { findings, left_out: 0, stream: Some(stream), version }
    }

    /// Takes in more bytes; returns what is final now.
    ///
    /// # Errors
    /// Where the stream is finished.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<u8>, WireError> {
        let stream = self.stream.as_mut().ok_or_else(finished)?;
        let out = stream.push(bytes);
        if self.findings.is_some() {
            let found = stream.take_findings();
            self.keep(found);
        }
        Ok(out)
    }

    /// Returns the rest, and the summary as JSON text: `redaction_summary`, `sink`, `version`, and
    /// `seal` and `findings` where the options ask for them.
    ///
    /// # Errors
    /// Where the stream is finished already.
    pub fn finish(&mut self) -> Result<(Vec<u8>, String), WireError> {
        let stream = self.stream.take().ok_or_else(finished)?;
        let sink = stream.sink();
        let RedactionEnd { bytes, findings, seal, summary } = stream.end();
        self.keep(findings);
        let summary = write(&Summary {
            findings: self.findings.take(),
            findings_left_out: (self.left_out > 0).then_some(self.left_out),
            redaction_summary: summary,
            seal,
            sink,
            version: std::mem::take(&mut self.version),
        })?;
        Ok((bytes, summary))
    }

    /// Returns the findings so far, which are then not in the summary: whoever asks after each
    /// piece keeps none of them in memory.
    pub fn take_findings(&mut self) -> Vec<RedactionFinding> {
        self.findings.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn keep(&mut self, found: Vec<RedactionFinding>) {
        let Some(findings) = &mut self.findings else {
            return;
        };
        let room = MOST_FINDINGS.saturating_sub(findings.len());
        let beyond = found.len().saturating_sub(room);
        self.left_out += u64::try_from(beyond).unwrap_or(u64::MAX);
        findings.extend(found.into_iter().take(room));
    }
}

fn finished() -> WireError {
    WireError::new("stream_finished", "the stream is finished")
        .with_help("open another stream for the next text")
}

/// Findings that are kept for the summary.
const MOST_FINDINGS: usize = 100_000;

#[cfg(test)]
mod tests {
    use super::RedactionStream;

    #[test]
    fn a_finished_stream_takes_nothing_more() {
        let mut stream = RedactionStream::open("{}").unwrap();
        stream.finish().unwrap();
        assert_eq!(stream.push(b"x").unwrap_err().code, "stream_finished");
        assert_eq!(stream.finish().unwrap_err().code, "stream_finished");
    }

    #[test]
    fn a_stream_says_what_the_operation_says() {
        let text = "mail ana@shop.example\npassword = \"correct horse battery\"\n";
        let key = "0123456789abcdef";
        let mut input = serde_json::json!({"explain": true, "key": key, "seal_key": key});
        let mut stream = RedactionStream::open(&input.to_string()).unwrap();
        let mut out = Vec::new();
        for byte in text.as_bytes() {
            out.extend(stream.push(&[*byte]).unwrap());
        }
        let (rest, summary) = stream.finish().unwrap();
        out.extend(rest);
        let mut summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        summary["text"] = String::from_utf8(out).unwrap().into();
        input["text"] = text.into();
        let answer = crate::call("redact", &input.to_string()).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(summary, answer);
    }
}
