//! Which literal of a pattern is looked for.

use crate::model::ordered::sort_by;
use crate::redact::bytes::ByteSet;
use crate::redact::pattern::PatternError;
use crate::redact::pattern::Piece;
use crate::redact::pattern::parse::Parsed;

/// The shortest anchor.
pub(super) const SHORTEST: usize = 3;

/// Beginnings of literals that stand everywhere: what follows them is looked for.
const COMMON: &[&[u8]] = &[b"https://", b"http://", b"https:", b"www.", b"api."];

/// Whole anchors that stand everywhere; another one is taken where there is one.
const POOR: &[&[u8]] = &[
    b"-----", b".com", b".com/", b".io/", b".net", b".org", b"://", b"api", b"http", b"https",
    b"key", b"secret", b"token",
];

/// Pieces, where the secret lies among them, and which piece begins with the anchor.
pub(super) struct Placed {
    pub(super) anchor_at: usize,
    pub(super) pieces: Vec<Piece>,
    pub(super) secret: (usize, usize),
}

/// A literal that could be the anchor.
#[derive(Clone, Copy)]
struct Candidate {
    score: usize,
    index: usize,
    skipped: usize,
}

/// Returns the pieces around the best anchor from which they can be matched.
pub(super) fn place(parsed: &Parsed, text: &str) -> Result<Placed, PatternError> {
    let mut candidates = candidates(&parsed.pieces);
    // The longest first; of equals, the one further left.
    sort_by(&mut candidates, |a, b| b.score.cmp(&a.score));
    let mut refused = None;
    for candidate in candidates {
        let placed = split(parsed, candidate);
        match check_runs(&placed.pieces, placed.anchor_at, text) {
            Ok(()) => return Ok(placed),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    Err(refused.unwrap_or_else(|| PatternError::no_anchor(text)))
}

fn candidates(pieces: &[Piece]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut index = 0;
    while let Some(rest) = pieces.get(index..).filter(|rest| !rest.is_empty()) {
        let mut text = Vec::new();
        let mut count = 0;
        for bytes in rest.iter().map_while(literal) {
            text.extend_from_slice(bytes);
            count += 1;
        }
        if text.len() >= SHORTEST {
            // Only the first of several literals is split.
            let first = rest.first().and_then(literal).map_or(0, <[u8]>::len);
            let skipped = Some(skipped(&text)).filter(|skipped| *skipped < first).unwrap_or(0);
            let poor = POOR.contains(&text.get(skipped..).unwrap_or_default());
            let score = if poor { 1 } else { text.len().saturating_sub(skipped) };
            out.push(Candidate { score, index, skipped });
        }
        index += count.max(1);
    }
    out
}

/// Returns the pieces with the beginning that stands everywhere as a piece of its own.
fn split(parsed: &Parsed, candidate: Candidate) -> Placed {
    let Candidate { index, skipped, .. } = candidate;
    let mut pieces = Vec::with_capacity(parsed.pieces.len() + 1);
    for (at, piece) in parsed.pieces.iter().enumerate() {
        match piece {
            Piece::Literal(bytes) if at == index && skipped > 0 => {
                let (head, tail) = bytes.split_at_checked(skipped).unwrap_or((bytes, b""));
                pieces.push(Piece::Literal(head.into()));
                pieces.push(Piece::Literal(tail.into()));
            }
            Piece::Literal(_) | Piece::Run { .. } => pieces.push(piece.clone()),
        }
    }
    let more = usize::from(skipped > 0);
    let moved = |at: usize| if at > index { at + more } else { at };
    let secret = (moved(parsed.secret.0), moved(parsed.secret.1));
    Placed { anchor_at: index + more, pieces, secret }
}

fn literal(piece: &Piece) -> Option<&[u8]> {
    match piece {
        Piece::Literal(bytes) => Some(bytes),
        Piece::Run { .. } => None,
    }
}

/// Returns how many bytes of `text` are a beginning that stands everywhere.
fn skipped(text: &[u8]) -> usize {
    let mut skipped = 0;
    while let Some(rest) = text.get(skipped..) {
        let common = COMMON.iter().find(|common| rest.starts_with(common));
        match common {
            Some(common) if rest.len() > common.len() + SHORTEST => skipped += common.len(),
            Some(_) | None => break,
        }
    }
    skipped
}

/// Refuses an open run that swallows what must come next: such a pattern matches nothing.
pub(super) fn check_runs(
    pieces: &[Piece],
    anchor_at: usize,
    text: &str,
) -> Result<(), PatternError> {
    let forward = pieces.get(anchor_at..).unwrap_or_default();
    let mut backward: Vec<Piece> = pieces.get(..anchor_at).unwrap_or_default().to_vec();
    backward.reverse();
    let ahead = forward.windows(2).any(|pair| swallows(pair, false));
    let behind = backward.windows(2).any(|pair| swallows(pair, true));
    if !ahead && !behind {
        return Ok(());
    }
    let help = "a piece takes as many bytes as it may and gives none back: give it an upper \
                bound, or a class without the byte that comes next";
    let end = text.chars().count();
    Err(PatternError::new(
        end,
        "an open piece takes what the next one needs, in a pattern that ends",
        help,
    ))
}

fn swallows(pair: &[Piece], back: bool) -> bool {
    let [Piece::Run { class, max: usize::MAX, .. }, next] = pair else {
        return false;
    };
    match next {
        Piece::Literal(bytes) => {
            let met = if back { bytes.last() } else { bytes.first() };
            met.is_some_and(|byte| class.has(*byte))
        }
        Piece::Run { class: other, min, .. } => *min > 0 && is_within(other, class),
    }
}

fn is_within(inner: &ByteSet, outer: &ByteSet) -> bool {
    inner.or(outer) == *outer
}
