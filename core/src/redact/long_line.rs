//! Lines that are longer than a window: looked at in parts, so that memory is bounded.
//!
//! A part ends where nothing that was found reaches over its end. What stands near the end is looked
//! at again with the next part, since it may be a key whose value comes there. A value longer than a
//! part goes on being removed until it ends.

use std::borrow::Cow;

use crate::redact::announced::Pending;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::byte_before;
use crate::redact::clean::cleaned;
use crate::redact::engine::Engine;
use crate::redact::engine::WINDOW;
use crate::redact::kind::Kind;
use crate::redact::marker::Amount;

/// What is looked at again with the next part.
const OVERLAP: usize = 4 << 10;

/// The state of a line of which parts went out.
#[derive(Clone, Debug, Default)]
pub(crate) struct LongLine {
    /// Some of the line went out already.
    pub(super) goes_on: bool,
    /// What the lines before announced for more than the next one.
    announced: Option<Pending>,
    /// A value that goes on.
    swallow: Option<Swallow>,
    /// What was not decided yet; cleaned.
    tail: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Swallow {
    bytes: u64,
    kind: Kind,
    /// Where it began: the lines before it, and the bytes of its line.
    place: (u64, u64),
    quote: Option<u8>,
    /// It ends with its line.
    to_end: bool,
}

impl Engine {
    /// Takes in a window that holds no line feed; returns how much of it was taken.
    pub(super) fn part(&mut self, window: &[u8]) -> usize {
        let cut = cut(window);
        let text = window.get(..cut).unwrap_or(window);
        let text = cleaned(text);
        if !self.long.goes_on {
            self.settle_group();
            self.settle_repeat();
            self.long.announced = self.pending.filter(|pending| pending.lasts());
        }
        self.repeat.forget();
        self.trace.begin(!self.long.goes_on, false);
        let text = self.join(text);
        self.long.goes_on = true;
        if text.len() <= 2 * OVERLAP {
            self.long.tail = text.into_owned();
            return cut;
        }
        let mut again = std::mem::take(&mut self.again);
        again.run(&text, self.redactor.targets(), self.redactor.known());
        let mut spans = std::mem::take(&mut self.spans);
        self.look(&text, &again.hits, 0, &mut spans);
        let mut stop = text.len() - OVERLAP;
        let near = text.get(..stop).unwrap_or(&[]);
        stop = near.iter().rposition(|byte| is_delimiter(*byte)).map_or(stop, |at| at + 1);
        let mut open = None;
        for span in spans.iter().filter(|span| !span.is_kept()) {
            if span.origin < stop && span.end > stop {
                stop = span.end;
            }
            if span.origin < stop && (span.end == text.len() || span.to_end) {
                open = Some(*span);
            }
        }
        self.spans = spans;
        if let Some(span) = open {
            stop = text.len();
            let block = span.kind == Kind::LargeBlock;
            let quote = byte_before(&text, span.start).filter(|byte| b"\"'`".contains(byte));
            let bytes = length(span.end - span.start);
            let place = (self.trace.next(), self.trace.column + length(span.start));
            self.long.swallow =
                Some(Swallow { bytes, kind: span.kind, place, quote, to_end: span.to_end });
            // The marker of a block says how long it was, so it comes behind it.
            stop = if block { span.start } else { stop };
        }
        let shown = text.get(..stop).unwrap_or(&[]);
        let count = again.hits.iter().take_while(|hit| hit.at < stop).count();
        let changed = self.project(shown, again.hits.get(..count).unwrap_or(&[]), 0);
        self.write(changed.as_deref().unwrap_or(shown));
        // Nothing is announced in the middle of a line.
        self.pending = None;
        let mut gone = text.len();
        if open.is_none() {
            self.long.tail = text.get(stop..).unwrap_or(&[]).to_vec();
            gone = stop;
        }
        self.trace.column += length(gone);
        self.again = again;
        cut
    }

    /// What was announced before a long line holds behind it too.
    pub(super) fn resume_announced(&mut self) {
        let announced = self.long.announced.take();
        self.pending = self.pending.or(announced);
    }

    /// Returns the text with what was not decided yet before it, and without the rest of a value.
    pub(super) fn join<'a>(&mut self, text: Cow<'a, [u8]>) -> Cow<'a, [u8]> {
        let mut joined = std::mem::take(&mut self.long.tail);
        if joined.is_empty() && self.long.swallow.is_none() {
            return text;
        }
        joined.extend_from_slice(&text);
        let Some(swallow) = &mut self.long.swallow else {
            return joined.into();
        };
        let ends = |byte: &u8| {
            *byte == b'\n'
                || match swallow.quote {
                    _ if swallow.to_end => false,
                    Some(quote) => *byte == quote,
                    None if swallow.kind == Kind::LargeBlock => !BASE64.has(*byte),
                    None => byte.is_ascii_whitespace() || b",;\"'`<>&".contains(byte),
                }
        };
        let end = joined.iter().position(ends);
        let gone = end.unwrap_or(joined.len());
        swallow.bytes = swallow.bytes.saturating_add(length(gone));
        joined.drain(..gone);
        self.trace.column += length(gone);
        if end.is_some() {
            self.settle_long_line();
        }
        joined.into()
    }

    /// Ends a value that went on; a block gets its marker now.
    pub(super) fn settle_long_line(&mut self) {
        if let Some(swallow) = self.long.swallow.take()
            && swallow.kind == Kind::LargeBlock
        {
            let info = self.redactor.targets().kinds.info(swallow.kind);
            self.trace.note_block(swallow.place, swallow.bytes, info);
            self.write_block(swallow.kind, Amount::Bytes(swallow.bytes));
        }
        let tail = std::mem::take(&mut self.long.tail);
        if !tail.is_empty() {
            let mut again = std::mem::take(&mut self.again);
            again.run(&tail, self.redactor.targets(), self.redactor.known());
            let changed = self.project(&tail, &again.hits, 0);
            self.write(changed.as_deref().unwrap_or(&tail));
            self.again = again;
        }
    }
}

/// Returns where a window without a line feed is cut: behind a delimiter near its end, where there
/// is one, and never inside a character.
fn cut(window: &[u8]) -> usize {
    let near = window.get(WINDOW - OVERLAP..).unwrap_or(&[]);
    if let Some(at) = near.iter().rposition(|byte| is_delimiter(*byte)) {
        return WINDOW - OVERLAP + at + 1;
    }
    let inside = window.iter().rev().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count();
    let lead = window.len().checked_sub(inside + 1).and_then(|at| window.get(at));
    let begun = lead.is_some_and(|byte| *byte >= 0xc0);
    window.len() - if begun { inside + 1 } else { 0 }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b',' | b'{' | b'}')
}
