//! Where the hits of a line stand once markers were put into it: searching the line again would find
//! no others, since no literal reaches over a marker.

use crate::redact::bytes::KEY;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::starts_at;
use crate::redact::search::Hit;
use crate::redact::search::What;

/// The hits of a line while it is written anew.
pub(super) struct Moved<'h> {
    /// How the hits are counted: that of the line's first byte.
    base: usize,
    /// What of the line is in the new one, or was left out, and where it stands there.
    done: usize,
    place: usize,
    hits: Vec<Hit>,
    rest: &'h [Hit],
}

impl<'h> Moved<'h> {
    pub(super) fn new(hits: &'h [Hit], base: usize) -> Self {
        Self { base, done: 0, place: 0, hits: Vec::with_capacity(hits.len() + 4), rest: hits }
    }

    /// Takes the hits up to `end` of the line.
    pub(super) fn keep(&mut self, end: usize) {
        while let Some((hit, rest)) = self.rest.split_first() {
            let at = hit.at.saturating_sub(self.base);
            if at >= end {
                break;
            }
            self.rest = rest;
            // A run of digits that goes on in what is left out is another one.
            let whole = !matches!(hit.what, What::Scan { length, .. } if at + length > end);
            if at >= self.done && whole {
                self.hits.push(Hit { at: at - self.done + self.place, what: hit.what });
            }
        }
    }

    /// Leaves out what stands from `start` to `end` in `line`; a marker from `marker` to `place` in the
    /// new line stands for it.
    pub(super) fn replace(
        &mut self,
        line: &[u8],
        (start, end): (usize, usize),
        (marker, place): (usize, usize),
    ) {
        // What is left of a name may be one that matters.
        let is_name = |byte: Option<u8>| byte.is_some_and(|byte| KEY.has(byte));
        if is_name(byte_before(line, start)) && is_name(line.get(start).copied()) && marker > 0 {
            self.hits.push(Hit { at: marker - 1, what: What::Key });
        }
        self.hits.push(Hit { at: marker, what: What::Mark });
        (self.done, self.place) = (end, place);
        // Behind a digit it was no address.
        if starts_at(line, end, b"10.")
            && byte_before(line, end).is_some_and(|b| b.is_ascii_digit())
        {
            self.hits.push(Hit { at: place, what: What::Host });
        }
    }

    /// Returns the hits of the new line.
    pub(super) fn finish(mut self) -> Vec<Hit> {
        self.keep(usize::MAX);
        self.hits
    }
}
