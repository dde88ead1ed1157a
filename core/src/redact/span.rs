//! The spans that detectors find, and putting markers in their place.

use crate::model::HashKey;
use crate::model::ordered::sort_by;
use crate::redact::RedactedKind;
use crate::redact::RedactionSummary;
use crate::redact::kind::Counter;
use crate::redact::marker::marker;
use crate::redact::marker::markers;

/// A piece of text to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: RedactedKind,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize, kind: RedactedKind) -> Self {
        Self { start, end, kind }
    }

    fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// The kind of two overlapping spans: a secret before anything else, then the longer one.
    fn stronger(&self, other: &Self) -> RedactedKind {
        let secret = |span: &Self| span.kind.counter() == Counter::Secret;
        match (secret(self), secret(other)) {
            (true, false) => self.kind,
            (false, true) => other.kind,
            (true, true) | (false, false) if other.len() > self.len() => other.kind,
            (true, true) | (false, false) => self.kind,
        }
    }
}

/// Returns `text` with a marker in the place of each span; `None` where there is nothing to do.
pub(crate) fn replace(
    text: &str,
    spans: Vec<Span>,
    key: Option<&HashKey>,
    summary: &mut RedactionSummary,
) -> Option<String> {
    let spans = merge(text, spans);
    if spans.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for span in spans {
        let Some(value) = text.get(span.start..span.end) else {
            continue;
        };
        out.push_str(text.get(done..span.start).unwrap_or(""));
        out.push_str(&marker(span.kind, value, key));
        // Line numbers hold: what was removed leaves its line feeds.
        let line_feeds = value.bytes().filter(|byte| *byte == b'\n').count();
        out.extend(std::iter::repeat_n('\n', line_feeds));
        summary.count(span.kind);
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Some(out)
}

/// Joins overlapping spans, keeps markers whole, and drops what holds nothing but markers.
fn merge(text: &str, mut spans: Vec<Span>) -> Vec<Span> {
    let markers = markers(text);
    let mut next = 0;
    sort_by(&mut spans, |a, b| (a.start, b.end).cmp(&(b.start, a.end)));
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        if span.start >= span.end {
            continue;
        }
        match merged.last_mut() {
            Some(last) if span.start < last.end => {
                last.kind = last.stronger(&span);
                last.end = last.end.max(span.end);
            }
            Some(_) | None => merged.push(span),
        }
    }
    merged.retain_mut(|span| {
        while markers.get(next).is_some_and(|(_, end)| *end <= span.start) {
            next += 1;
        }
        let old_end = span.end;
        let inside = markers.iter().skip(next).take_while(|(start, _)| *start < old_end);
        let mut at = span.start;
        let mut other = false;
        for (start, end) in inside {
            other |= !is_filler(text.get(at..*start).unwrap_or(""));
            span.start = span.start.min(*start);
            span.end = span.end.max(*end);
            at = *end;
        }
        other || !is_filler(text.get(at..span.end).unwrap_or(""))
    });
    // Two spans may have grown over the same marker.
    let mut apart: Vec<Span> = Vec::new();
    for span in merged {
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            Some(_) | None => apart.push(span),
        }
    }
    apart
}

fn is_filler(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace() || matches!(byte, b';' | b',' | b'&'))
}
