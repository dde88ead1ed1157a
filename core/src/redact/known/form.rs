//! One form in which a known value travels, and how much of it stands at a place.

use crate::redact::known::spelling::Code;
use crate::redact::known::spelling::step;
use crate::redact::known::spelling::step_back;

/// Signs of a form between two places where it is looked for, besides its beginning and its end: a
/// line that holds nothing but a piece of a value is longer.
const STRIDE: usize = 24;
/// A form that is very long is looked for at no more places than this.
const MOST_PLACES: usize = 128;

/// A value in one of its codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Form {
    pub(crate) code: Code,
    pub(crate) signs: Vec<char>,
}

/// A literal by which a form is looked for: what it stands for of the form's signs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Anchor {
    pub(crate) literal: Vec<u8>,
    pub(crate) form: usize,
    pub(crate) first: usize,
    /// Behind the last of them.
    pub(crate) last: usize,
}

/// Signs of a form that stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) first: usize,
    /// Behind the last of them.
    pub(crate) last: usize,
}

impl Form {
    /// Returns the signs that are looked at around the anchor that stands at `at`.
    pub(crate) fn around(&self, bytes: &[u8], at: usize, anchor: &Anchor) -> Piece {
        let mut piece = Piece {
            start: at,
            end: at + anchor.literal.len(),
            first: anchor.first,
            last: anchor.last,
        };
        // A text may be read in several ways, as `%25` is for `%` and for `%25`: each is kept.
        let mut places = vec![piece.end];
        while let Some(sign) = self.signs.get(piece.last) {
            let mut next = Vec::new();
            for place in &places {
                step(self.code, *sign, piece.last, bytes, *place, &mut next);
            }
            let Some(end) = next.iter().max() else {
                break;
            };
            piece.end = *end;
            piece.last += 1;
            next.sort_unstable();
            next.dedup();
            places = next;
        }
        let mut places = vec![piece.start];
        while let Some(sign) = piece.first.checked_sub(1).and_then(|at| self.signs.get(at)) {
            let mut next = Vec::new();
            for place in &places {
                step_back(self.code, *sign, piece.first, bytes, *place, &mut next);
            }
            let Some(start) = next.iter().min() else {
                break;
            };
            piece.start = *start;
            piece.first -= 1;
            next.sort_unstable();
            next.dedup();
            places = next;
        }
        piece
    }

    /// Returns true where `piece` is all of the form.
    pub(crate) fn is_whole(&self, piece: &Piece) -> bool {
        piece.first == 0 && piece.last == self.signs.len()
    }

    /// Adds the literals by which the form is looked for: one near its beginning, one near its end,
    /// and some between.
    pub(crate) fn add_anchors(&self, form: usize, anchors: &mut Vec<Anchor>) {
        let near = self.code.least();
        let end = self.signs.len();
        let stride = STRIDE.max(end / MOST_PLACES);
        let mut add = |first: usize, last: usize, literal: Vec<u8>| {
            if !literal.is_empty() {
                anchors.push(Anchor { literal, form, first, last });
            }
        };
        let last_segment = end.saturating_sub(near);
        let segments = (0..last_segment).step_by(stride).chain([last_segment]);
        for segment in segments {
            let stop = end.min(segment + near);
            let signs = self.signs.get(segment..stop).unwrap_or(&[]);
            let (first, count) = self.code.clearest(signs);
            let first = segment + first;
            let signs = self.signs.get(first..first + count).unwrap_or(&[]);
            for literal in self.code.written(signs) {
                add(first, first + count, literal);
            }
        }
        if self.code == Code::Text {
            // All signs written as codes, or any of the first few.
            for literal in Code::written_out(self.signs.get(..2).unwrap_or(&[])) {
                add(0, 2, literal);
            }
            for literal in Code::written_in_part(self.signs.get(..4).unwrap_or(&[])) {
                add(0, 4, literal);
            }
        }
    }
}
