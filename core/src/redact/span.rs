//! The spans that detectors find, and which of them stand in the end.

use crate::document::CountsAs;
use crate::document::RedactAction;
use crate::redact::kind::Kind;
use crate::redact::kind::Kinds;

/// A piece of a line to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// What happens to it: the strictest of all that was found in this place.
    pub(crate) action: RedactAction,
    /// It goes on to the end of the line, also of one that is looked at in parts.
    pub(crate) to_end: bool,
    /// Where stands what gave it away: the key before a value, or the value itself.
    pub(crate) origin: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize, kind: Kind) -> Self {
        Self { start, end, kind, action: RedactAction::Redact, to_end: false, origin: start }
    }

    /// Returns true where nothing happens to it.
    pub(crate) fn is_kept(&self) -> bool {
        self.action == RedactAction::Keep
    }

    const fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// The kind of two overlapping spans: a secret before anything else, then the longer one.
    fn stronger(&self, other: &Self, kinds: &Kinds) -> Kind {
        let secret = |span: &Self| kinds.info(span.kind).counter == CountsAs::SecretLikeToken;
        match (secret(self), secret(other)) {
            (true, false) => self.kind,
            (false, true) => other.kind,
            (true, true) | (false, false) if other.len() > self.len() => other.kind,
            (true, true) | (false, false) => self.kind,
        }
    }
}

/// Joins overlapping spans, keeps markers whole, and drops what holds nothing but markers.
/// `markers` are in order. What stays as it is hides nothing of what goes: kept spans come last, and
/// are joined with each other only.
pub(crate) fn merge(line: &[u8], spans: &mut Vec<Span>, markers: &[(usize, usize)], kinds: &Kinds) {
    spans.retain(|span| span.start < span.end);
    spans.sort_unstable_by_key(|span| {
        (span.is_kept(), span.start, std::cmp::Reverse(span.end), span.kind)
    });
    join(spans, kinds);
    if markers.is_empty() {
        return;
    }
    spans.retain_mut(|span| {
        let (start, end) = (span.start, span.end);
        let first = markers.partition_point(|(_, marker_end)| *marker_end <= start);
        let touching = markers.iter().skip(first).take_while(|(marker, _)| *marker < end);
        let mut at = start;
        let mut other = false;
        for (marker, marker_end) in touching {
            other |= !is_filler(line.get(at..*marker).unwrap_or(&[]));
            span.start = span.start.min(*marker);
            span.end = span.end.max(*marker_end);
            at = *marker_end;
        }
        other || !is_filler(line.get(at..end).unwrap_or(&[]))
    });
    // Two spans may have grown over the same marker.
    join(spans, kinds);
}

fn join(spans: &mut Vec<Span>, kinds: &Kinds) {
    spans.dedup_by(|next, last| {
        let overlap = next.start < last.end && next.is_kept() == last.is_kept();
        if overlap {
            last.kind = last.stronger(next, kinds);
            last.action = last.action.max(next.action);
            last.to_end |= next.to_end;
            last.end = last.end.max(next.end);
            last.origin = last.origin.min(next.origin);
        }
        overlap
    });
}

fn is_filler(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, b';' | b',' | b'&'))
}
