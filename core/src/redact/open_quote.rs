//! Values in quotes that go on over several lines.

use crate::redact::announced;
use crate::redact::announced::Pending;
use crate::redact::bytes::byte_before;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::marker::marker_length;
use crate::redact::separator::Separator;
use crate::redact::shell_word::open_at;
use crate::redact::span::Span;
use crate::redact::value::Found;
use crate::redact::value::quoted_end;

/// Lines and bytes below the first one that are hidden at most. A quote that is still open there was
/// none, as an apostrophe, or its line was cut off: without a bound it would hide the rest of a log.
const MOST_LINES: u8 = 64;
const MOST_BYTES: usize = 4 << 10;

/// A quote that is open at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenQuote {
    kind: Kind,
    quote: u8,
    /// Three of them close it.
    triple: bool,
    lines: u8,
    bytes: usize,
}

impl OpenQuote {
    /// Hides the line up to the quote, and announces the next one where it holds none.
    pub(crate) fn go_on(self, line: &mut Line<'_, '_>) {
        let bytes = line.bytes;
        let closing = [self.quote; 3];
        let end = match self.triple {
            true => memchr::memmem::find(bytes, &closing).unwrap_or(bytes.len()),
            false => quoted_end(bytes, 0, self.quote, 0),
        };
        let text = bytes.get(..end).unwrap_or(bytes);
        let start = text.len() - text.trim_ascii_start().len();
        let stop = text.trim_ascii_end().len();
        let closed = end < bytes.len();
        if start < stop {
            line.spans.push(Span { to_end: !closed, ..Span::new(start, stop, self.kind) });
        }
        if let Some(lines) = self.lines.checked_sub(1)
            && let Some(left) = self.bytes.checked_sub(bytes.len())
            && !closed
        {
            line.pending = Some(Pending::Quoted(Self { lines, bytes: left, ..self }));
        }
    }
}

/// Announces that the value `found` goes on below, where it surely does: its key begins the line, its
/// quote is open, and it was `taken`, or three quotes end the line.
pub(crate) fn announce(
    line: &mut Line<'_, '_>,
    key: usize,
    separator: Separator,
    found: Found,
    kind: Kind,
    taken: bool,
) {
    let bytes = line.bytes;
    let assigns = matches!(separator, Separator::Colon | Separator::Equals);
    if found.bare || found.end < bytes.len() || !assigns || !announced::begins_line(bytes, key) {
        return;
    }
    let Some(quote) = byte_before(bytes, found.start).filter(|byte| b"\"'`".contains(byte)) else {
        return;
    };
    let opening = bytes.get(..found.start).unwrap_or(&[]);
    let triple = opening.ends_with(&[quote; 3]);
    let at = found.start - if triple { 3 } else { 1 };
    if byte_before(bytes, at) == Some(b'\\') || open_at(bytes, at).is_some() {
        return;
    }
    let value = bytes.get(found.start..).unwrap_or(&[]).trim_ascii_end();
    if marker_length(bytes, found.start, &line.rules.kinds) == Some(value.len()) {
        // What was waited for here is not waited for on a second look either.
        line.pending = None;
        return;
    }
    if value.is_empty() && triple {
        // One quote is left, so that a second look finds the marker behind it.
        line.spans.push(Span { origin: key, ..Span::new(at + 1, found.start, kind) });
    } else if !taken {
        return;
    }
    let open = OpenQuote { kind, quote, triple, lines: MOST_LINES - 1, bytes: MOST_BYTES };
    line.pending = Some(Pending::Quoted(open));
}
