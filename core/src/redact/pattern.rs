//! The pattern language of rule packs: literals and runs of byte classes, without backtracking.
//!
//! A pattern is found from its anchor, a literal that it must hold: what stands right of the anchor
//! is matched forwards, what stands left of it backwards, and each piece takes as many bytes as it
//! may and never gives one back. So a candidate costs time in its own length only.

mod anchor;
mod class;
mod error;
mod parse;
mod reach;
mod runs;

#[cfg(test)]
mod tests;

pub(crate) use error::PatternError;
pub(crate) use runs::Runs;

use crate::redact::bytes::ByteSet;

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// The piece where the anchor begins.
    anchor_at: usize,
    /// The literal that every match holds.
    anchor: Box<[u8]>,
    pieces: Box<[Piece]>,
    /// Before which pieces the secret begins and ends.
    secret: (usize, usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(Box<[u8]>),
    /// At least `min` and at most `max` bytes of a class; `usize::MAX` for as many as there are.
    Run {
        class: ByteSet,
        min: usize,
        max: usize,
    },
}

/// Where a pattern stands in a text, and which part of it is the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Matched {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) secret_start: usize,
    pub(crate) secret_end: usize,
}

impl Pattern {
    /// Returns the pattern that `text` spells; it must hold an anchor.
    pub(crate) fn parse(text: &str) -> Result<Self, PatternError> {
        let parsed = parse::parse(text)?;
        let anchor::Placed { anchor_at, pieces, secret } = anchor::place(&parsed, text)?;
        let literals = pieces.iter().skip(anchor_at).map_while(|piece| match piece {
            Piece::Literal(bytes) => Some(bytes.as_ref()),
            Piece::Run { .. } => None,
        });
        let anchor: Vec<u8> = literals.flatten().copied().collect();
        Ok(Self { anchor_at, anchor: anchor.into(), pieces: pieces.into(), secret })
    }

    /// Returns the literal that every match holds.
    pub(crate) fn anchor(&self) -> &[u8] {
        &self.anchor
    }

    /// Returns the match whose anchor stands at `at` in `line`; `runs` remembers long runs, so that
    /// many candidates in one of them take no longer together than the text is long.
    pub(crate) fn find_with(
        &self,
        line: &[u8],
        at: usize,
        mut runs: Option<&mut Runs>,
    ) -> Option<Matched> {
        let mut found = Matched { start: at, end: at, secret_start: at, secret_end: at };
        self.forward(line, &mut found, runs.as_deref_mut())?;
        if self.anchor_at > 0 {
            self.backward(line, &mut found, runs)?;
        }
        (found.secret_start < found.secret_end).then_some(found)
    }

    fn forward(&self, line: &[u8], found: &mut Matched, mut runs: Option<&mut Runs>) -> Option<()> {
        let mut at = found.start;
        // Bytes that must not follow: the pieces before them would have gone on.
        let mut closed = ByteSet::NONE;
        for (index, piece) in self.pieces.iter().enumerate().skip(self.anchor_at) {
            self.mark(index, at, found);
            match piece {
                Piece::Literal(bytes) => {
                    if !line.get(at..)?.starts_with(bytes) {
                        return None;
                    }
                    at = at.checked_add(bytes.len())?;
                    closed = ByteSet::NONE;
                }
                Piece::Run { class, min, max } => {
                    let taken = runs::ahead(line, at, class, *max, runs.as_deref_mut());
                    if taken < *min {
                        return None;
                    }
                    at = at.checked_add(taken)?;
                    closed = after(closed, class, taken, *max);
                }
            }
        }
        if line.get(at).is_some_and(|byte| closed.has(*byte)) {
            return None;
        }
        self.mark(self.pieces.len(), at, found);
        found.end = at;
        Some(())
    }

    fn backward(
        &self,
        line: &[u8],
        found: &mut Matched,
        mut runs: Option<&mut Runs>,
    ) -> Option<()> {
        let mut at = found.start;
        let mut closed = ByteSet::NONE;
        for (index, piece) in self.pieces.iter().enumerate().take(self.anchor_at).rev() {
            match piece {
                Piece::Literal(bytes) => {
                    if !line.get(..at)?.ends_with(bytes) {
                        return None;
                    }
                    at = at.checked_sub(bytes.len())?;
                    closed = ByteSet::NONE;
                }
                Piece::Run { class, min, max } => {
                    let taken = runs::behind(line, at, class, *max, runs.as_deref_mut());
                    if taken < *min {
                        return None;
                    }
                    at = at.checked_sub(taken)?;
                    closed = after(closed, class, taken, *max);
                }
            }
            self.mark(index, at, found);
        }
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        if before.is_some_and(|byte| closed.has(*byte)) {
            return None;
        }
        found.start = at;
        Some(())
    }

    fn mark(&self, piece: usize, at: usize, found: &mut Matched) {
        if self.secret.0 == piece {
            found.secret_start = at;
        }
        if self.secret.1 == piece {
            found.secret_end = at;
        }
    }
}

/// Returns which bytes must not follow once a run has taken `taken` bytes.
fn after(closed: ByteSet, class: &ByteSet, taken: usize, max: usize) -> ByteSet {
    let own = if max == usize::MAX { ByteSet::NONE } else { *class };
    // Where it took nothing, what stands before it is still the last piece.
    if taken == 0 { closed.or(&own) } else { own }
}
