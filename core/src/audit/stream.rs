//! A log that comes in pieces: cut into lines and verified, in memory that does not grow with it.

use std::convert::Infallible;

use crate::audit::AuditError;
use crate::audit::AuditRecord;
use crate::audit::Pruned;
use crate::audit::Verifier;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::line::MAX_LINE_BYTES;
use crate::audit::line::read_line;
use crate::model::Digest;

/// Checks a stored log that comes in pieces, cut anywhere. What is kept is one line at most, and one
/// small state a run.
///
/// # Example
/// ```
/// let log = b"{\"entry_hash\":\"sha256:00\"}\n";
/// let mut verifier = bailiwick::LogVerifier::new(bailiwick::VerifyOptions::default());
/// for piece in log.chunks(5) {
///     verifier.push(piece);
/// }
/// assert_eq!(verifier.finish(), bailiwick::verify_log(log, Default::default()));
/// ```
#[derive(Clone)]
pub struct LogVerifier {
    lines: Lines,
    verifier: Verifier,
}

impl LogVerifier {
    /// Returns a verifier that has read nothing yet.
    pub fn new(options: VerifyOptions) -> Self {
        Self { lines: Lines::default(), verifier: Verifier::new(options) }
    }

    /// Reads more bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        let Ok(()) = self.lines.push(bytes, |line| {
            self.verifier.line(line);
            Ok::<(), Infallible>(())
        });
    }

    /// Returns what was found. What is left without a line feed counts as a line that breaks off.
    pub fn finish(self) -> VerifyReport {
        self.finish_with(b"")
    }

    /// Returns what was found, `payloads` included: JSON lines ([`crate::PayloadLine`]), looked at
    /// where the options say that they are given.
    pub fn finish_with(mut self, payloads: &[u8]) -> VerifyReport {
        if let Some(rest) = self.lines.rest() {
            self.verifier.line(rest);
        }
        payloads
            .split_inclusive(|byte| *byte == b'\n')
            .for_each(|line| self.verifier.payload(line));
        self.verifier.finish()
    }
}

/// Reads a log that comes in pieces and hands on each record once it is verified, up to the first
/// bad line.
pub(crate) struct VerifiedLog {
    first: bool,
    lines: Lines,
    verifier: Verifier,
}

impl VerifiedLog {
    pub(crate) fn new(options: VerifyOptions) -> Self {
        Self { first: true, lines: Lines::default(), verifier: Verifier::new(options) }
    }

    /// Reads more bytes; `each` is given every record and its entry hash.
    pub(crate) fn push(
        &mut self,
        bytes: &[u8],
        mut each: impl FnMut(&AuditRecord, &Digest) -> Result<(), AuditError>,
    ) -> Result<(), AuditError> {
        self.lines.push(bytes, |line| {
            self.verifier.line(line);
            first_bad(&self.verifier)?;
            if std::mem::take(&mut self.first) && Pruned::is_head(line) {
                return Ok(());
            }
            let parts = read_line(line.strip_suffix(b"\n").unwrap_or(line))?;
            // The verifier has read the same bytes strictly.
            let record: AuditRecord = serde_json::from_slice(parts.record)
                .map_err(|error| AuditError::malformed(format!("column {}", error.column())))?;
            each(&record, &Digest::from_text(parts.entry_hash))
        })
    }

    /// Returns the report of a log in which nothing is bad.
    pub(crate) fn finish(mut self) -> Result<VerifyReport, AuditError> {
        if let Some(rest) = self.lines.rest() {
            self.verifier.line(rest);
        }
        let report = self.verifier.finish();
        match &report.first_bad {
            Some(bad) => Err(AuditError::Unverified {
                index: bad.index,
                message: bad.message.clone(),
                verdict: report.verdict,
            }),
            None => Ok(report),
        }
    }
}

fn first_bad(verifier: &Verifier) -> Result<(), AuditError> {
    match verifier.first_bad() {
        Some((verdict, bad)) => {
            Err(AuditError::Unverified { index: bad.index, message: bad.message.clone(), verdict })
        }
        None => Ok(()),
    }
}

/// Cuts bytes that come in pieces into lines. Of a line that is longer than any entry no more is
/// kept than tells so.
#[derive(Clone, Default)]
struct Lines {
    pending: Vec<u8>,
}

impl Lines {
    /// Hands on every line that is whole, with its line feed.
    fn push<E>(
        &mut self,
        bytes: &[u8],
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rest = bytes;
        while let Some(feed) = memchr::memchr(b'\n', rest) {
            let (line, after) = rest.split_at(feed + 1);
            rest = after;
            if self.pending.is_empty() {
                each(line)?;
                continue;
            }
            self.keep(line.get(..feed).unwrap_or_default());
            self.pending.push(b'\n');
            each(&self.pending)?;
            self.pending.clear();
        }
        self.keep(rest);
        Ok(())
    }

    /// Returns what stands behind the last line feed.
    fn rest(&self) -> Option<&[u8]> {
        (!self.pending.is_empty()).then_some(self.pending.as_slice())
    }

    fn keep(&mut self, piece: &[u8]) {
        let room = MOST_BYTES.saturating_sub(self.pending.len());
        self.pending.extend_from_slice(piece.get(..room).unwrap_or(piece));
    }
}

/// Bytes that are kept of a line: more than any has, the head line of a pruned log included.
const MOST_BYTES: usize = MAX_LINE_BYTES + 64;

#[cfg(test)]
mod tests {
    use super::Lines;
    use super::MOST_BYTES;

    #[test]
    fn of_a_line_without_an_end_only_what_is_too_long_is_kept() {
        let mut lines = Lines::default();
        for _ in 0..64 {
            lines.push(&[b'x'; 1 << 16], |_| Err("a line")).unwrap();
        }
        assert_eq!(lines.rest().map(<[u8]>::len), Some(MOST_BYTES));
        assert!(lines.pending.capacity() < 4 * MOST_BYTES);
    }
}
