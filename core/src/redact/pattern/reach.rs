//! How long a run of token bytes surely touches a pattern's anchor.

use crate::redact::pattern::Pattern;
use crate::redact::pattern::Piece;

impl Pattern {
    /// Returns how many bytes of `set` at least stand together at the end of the anchor, on either
    /// side of it: a search that sees only long runs of such bytes must not miss it.
    pub(crate) fn least_run(&self, set: impl Fn(u8) -> bool) -> usize {
        let tail = self.anchor.iter().rev().take_while(|byte| set(**byte)).count();
        let literal = self.pieces.iter().skip(self.anchor_at);
        let literal = literal.take_while(|piece| matches!(piece, Piece::Literal(_))).count();
        let after = least(self.pieces.iter().skip(self.anchor_at + literal), &set);
        let before = match tail == self.anchor.len() {
            true => least(self.pieces.iter().take(self.anchor_at).rev(), &set),
            false => 0,
        };
        before + tail + after
    }

    /// Returns the anchor and each byte that may follow it, where there is a class of these.
    pub(crate) fn anchor_and_next(&self) -> Vec<Vec<u8>> {
        let pieces = self.pieces.iter().skip(self.anchor_at);
        let mut after = pieces.skip_while(|piece| matches!(piece, Piece::Literal(_)));
        let Some(Piece::Run { class, min: 1.., .. }) = after.next() else {
            return Vec::new();
        };
        let next = (0..=u8::MAX).filter(|byte| class.has(*byte));
        next.map(|byte| [&self.anchor[..], &[byte]].concat()).collect()
    }
}

/// Returns how many bytes of `set` at least the pieces begin with.
fn least<'p>(pieces: impl Iterator<Item = &'p Piece>, set: impl Fn(u8) -> bool) -> usize {
    let mut least = 0;
    for piece in pieces {
        match piece {
            // A literal that is of the set in part is counted as if it ended the run.
            Piece::Literal(bytes) if bytes.iter().all(|byte| set(*byte)) => least += bytes.len(),
            Piece::Run { class, min, .. }
                if (0..=u8::MAX).all(|byte| !class.has(byte) || set(byte)) =>
            {
                least += min;
            }
            Piece::Literal(_) | Piece::Run { .. } => break,
        }
    }
    least
}
