//! Projecting bytes as they come.

use crate::model::Digest;
use crate::model::HashKey;
use crate::model::KeyedHash;
use crate::redact::RedactionFinding;
use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::engine::Engine;
use crate::redact::limit::Limit;
use crate::redact::limit::SMALLEST;
use crate::redact::projection::begin_seal;

/// What takes the place of a text that was refused, and where the limit has no room for it.
const REFUSED: &[u8] = b"[REDACTED:overflow]\n[REFUSED: this sink must not see the text]\n";
/// What takes the place of a tree and of the words of a command that were refused.
pub(super) const REFUSED_VALUE: &str =
    "[REDACTED:overflow]\n[REFUSED: this sink must not see the text]";
const REFUSED_SHORT: &[u8] = b"[REDACTED:overflow]\n";

/// Projects bytes for one sink as they come: a byte leaves only when it is final, and any way of
/// cutting the input into pieces gives the same output. Made by [`Redactor::stream`].
///
/// Output comes a line at a time. Held back are at most the line that is not over yet (64 KiB of a
/// longer one), encoded lines of which it is not known yet whether they are a block (2 KiB), and,
/// where there is a limit, the last 4 KiB before it.
///
/// # Example
/// ```
/// use bailiwick::{Redactor, Sink};
/// let mut stream = Redactor::default().stream(Sink::LogViewer);
/// let mut out = stream.push(b"mail ana@shop");
/// out.extend(stream.push(b".example\nnext"));
/// let (rest, summary) = stream.finish();
/// out.extend(rest);
/// assert_eq!(out, b"mail [REDACTED:email]\nnext");
/// assert_eq!(summary.email_addresses, 1);
/// ```
pub struct RedactionStream {
    buffer: Vec<u8>,
    engine: Engine,
    limit: Limit,
    max: Option<usize>,
    seal: Option<KeyedHash>,
    /// Bytes that went out.
    sent: usize,
    sink: Sink,
}

/// What a stream says at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactionEnd {
    /// The rest of the output.
    pub bytes: Vec<u8>,
    /// What was found and not taken yet, where [`RedactionStream::explain`] asked for it.
    pub findings: Vec<RedactionFinding>,
    /// The seal of the whole output, where [`RedactionStream::seal_with`] asked for it.
    pub seal: Option<Digest>,
    /// What was removed.
    pub summary: RedactionSummary,
}

impl RedactionStream {
    pub(super) fn new(redactor: Redactor, sink: Sink, limit: Option<usize>) -> Self {
        let engine = Engine::new(redactor, sink);
        let max = limit.map(|max| max.max(SMALLEST));
        let limit = Limit::new(limit);
        Self { buffer: Vec::new(), engine, limit, max, seal: None, sent: 0, sink }
    }

    /// Tells from now on where something was found: [`Self::take_findings`].
    pub fn explain(&mut self) {
        self.engine.trace.gather();
    }

    /// Seals the whole output under `key`, as [`crate::Projected::seal`] does; to be asked for
    /// before the first bytes come.
    pub fn seal_with(&mut self, key: &HashKey) {
        self.seal = Some(begin_seal(key, self.sink));
    }

    /// Returns what was found and not taken yet, in the order in which it was decided.
    pub fn take_findings(&mut self) -> Vec<RedactionFinding> {
        self.engine.trace.take()
    }

    /// Takes in more bytes; returns what is final now.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        if self.buffer.is_empty() {
            let taken = self.engine.consume(bytes, false);
            self.buffer.extend_from_slice(bytes.get(taken..).unwrap_or(&[]));
        } else {
            self.buffer.extend_from_slice(bytes);
            let taken = self.engine.consume(&self.buffer, false);
            self.buffer.drain(..taken);
        }
        let out = self.pass();
        self.sent += out.len();
        self.sealed(out)
    }

    /// Returns the rest, and what was removed.
    pub fn finish(self) -> (Vec<u8>, RedactionSummary) {
        let end = self.end();
        (end.bytes, end.summary)
    }

    /// Returns the rest, and everything that there is to say.
    pub fn end(mut self) -> RedactionEnd {
        let buffer = std::mem::take(&mut self.buffer);
        self.engine.consume(&buffer, true);
        let (out, summary) = self.last();
        let bytes = self.sealed(out);
        let seal = self.seal.map(KeyedHash::digest);
        RedactionEnd { bytes, findings: self.engine.trace.take(), seal, summary }
    }

    /// Returns where the output may go.
    pub fn sink(&self) -> Sink {
        self.sink
    }

    /// Projects one text that is there as a whole.
    pub(super) fn whole(&mut self, text: &[u8]) -> (Vec<u8>, RedactionSummary) {
        self.engine.out.reserve(text.len());
        self.engine.consume(text, true);
        if self.engine.refused {
            // Nothing went out yet: nothing does.
            self.engine.out.clear();
        }
        self.last()
    }

    fn sealed(&mut self, out: Vec<u8>) -> Vec<u8> {
        if let Some(seal) = &mut self.seal {
            seal.update(&out);
        }
        out
    }

    fn last(&mut self) -> (Vec<u8>, RedactionSummary) {
        let mut out = self.pass();
        let (rest, removed) = self.limit.finish();
        if out.is_empty() {
            out = rest;
        } else {
            out.extend_from_slice(&rest);
        }
        let mut summary = std::mem::take(&mut self.engine.summary);
        summary.truncated_bytes = removed;
        summary.refused = self.engine.refused;
        if summary.refused {
            self.refuse(&mut out);
        }
        (out, summary)
    }

    /// Ends `out` with saying that the text was refused, within the limit.
    fn refuse(&self, out: &mut Vec<u8>) {
        let room = self.max.map_or(usize::MAX, |max| max.saturating_sub(self.sent));
        let note = if REFUSED.len() <= room { REFUSED } else { REFUSED_SHORT };
        let most = room.saturating_sub(note.len());
        if out.len() > most {
            let feed = memchr::memrchr(b'\n', out.get(..most).unwrap_or_default());
            out.truncate(feed.map_or(0, |feed| feed + 1));
        }
        out.extend_from_slice(note);
    }

    fn pass(&mut self) -> Vec<u8> {
        let out = self.engine.take_out();
        let engine = &self.engine;
        self.limit.pass(out, |line| engine.rests(line))
    }
}

impl std::fmt::Debug for RedactionStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedactionStream({})", self.sink)
    }
}
