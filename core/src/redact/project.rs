//! One line on its way out: looked at until nothing more is found in it.

use crate::document::RedactAction;
use crate::redact::engine::Engine;
use crate::redact::kind::Kind;
use crate::redact::line::Seen;
use crate::redact::line::look;
use crate::redact::marker::Amount;
use crate::redact::marker::write_amount;
use crate::redact::marker::write_marker;
use crate::redact::moved::Moved;
use crate::redact::search::Hit;
use crate::redact::search::Search;
use crate::redact::search::What;
use crate::redact::span::Span;

/// How often a line is looked at. Looking again finds what the first look brought to light; a line
/// that is still not at rest then is made to be so, and goes as a whole.
const MOST_LOOKS: usize = 8;

/// A line with markers in it.
struct Rewritten {
    /// Where it is to be looked at again, counted from its first byte.
    hits: Vec<Hit>,
    line: Vec<u8>,
}

impl Engine {
    /// Returns the line as it may be seen; none where nothing is to be changed. `hits` are counted
    /// from `base`.
    pub(super) fn project(&mut self, line: &[u8], hits: &[Hit], base: usize) -> Option<Vec<u8>> {
        let announced = self.pending;
        let mut spans = std::mem::take(&mut self.spans);
        let mut seen = self.look(line, hits, base, &mut spans);
        self.summary.foreign_markers += seen.markers;
        // What the line announces it announces also once that was removed: a key's BEGIN.
        let first = seen.pending;
        let mut shown: Option<Rewritten> = None;
        for _ in 0..MOST_LOOKS {
            let next = match &shown {
                None => self.rewrite(line, hits, base, &spans, true),
                Some(shown) => self.rewrite(&shown.line, &shown.hits, 0, &spans, false),
            };
            let Some(next) = next else {
                self.pending = first.or(seen.pending);
                self.spans = spans;
                return shown.map(|shown| shown.line);
            };
            self.pending = announced;
            seen = self.look(&next.line, &next.hits, 0, &mut spans);
            shown = Some(next);
        }
        self.pending = first.or(seen.pending);
        let rests = spans.iter().all(Span::is_kept);
        self.spans = spans;
        if rests {
            return shown.map(|shown| shown.line);
        }
        let mut out = Vec::new();
        write_marker(&mut out, &self.redactor.targets().kinds, Kind::Overflow, line, None);
        Some(out)
    }

    pub(super) fn look(
        &self,
        line: &[u8],
        hits: &[Hit],
        base: usize,
        spans: &mut Vec<Span>,
    ) -> Seen {
        look(line, hits, base, self.pending, &self.redactor, self.sink, spans)
    }

    /// Returns true where nothing is found in `line`: it is at rest.
    pub(super) fn rests(&self, line: &[u8]) -> bool {
        let mut search = Search::default();
        search.run(line, self.redactor.targets(), self.redactor.known());
        let mut spans = Vec::new();
        look(line, &search.hits, 0, None, &self.redactor, self.sink, &mut spans);
        spans.iter().all(Span::is_kept)
    }

    /// Puts markers in the places of `spans`; none where nothing goes. `first` where the line is
    /// still as it came in; `hits` are counted from `base`.
    fn rewrite(
        &mut self,
        line: &[u8],
        hits: &[Hit],
        base: usize,
        spans: &[Span],
        first: bool,
    ) -> Option<Rewritten> {
        if spans.is_empty() {
            return None;
        }
        let redactor = self.redactor.clone();
        let kinds = &redactor.targets().kinds;
        if first {
            for span in spans {
                let info = kinds.info(span.kind);
                self.trace.note(span.start, span.end - span.start, info, span.action);
            }
        }
        let goes = || spans.iter().filter(|span| !span.is_kept());
        let strictest = goes().max_by_key(|span| span.action)?;
        if strictest.action >= RedactAction::RemoveLine {
            self.refused |= strictest.action == RedactAction::Refuse;
            goes().for_each(|span| self.count(span.kind));
            let mut out = Vec::new();
            write_marker(&mut out, kinds, strictest.kind, &[], None);
            return Some(Rewritten { hits: vec![Hit { at: 0, what: What::Mark }], line: out });
        }
        let mut out = Vec::with_capacity(line.len() + 32);
        let mut moved = Moved::new(hits, base);
        let mut done = 0;
        for span in goes() {
            let value = line.get(span.start..span.end).unwrap_or(&[]);
            out.extend_from_slice(line.get(done..span.start).unwrap_or(&[]));
            moved.keep(span.start);
            let marker = out.len();
            done = span.end;
            self.count(span.kind);
            if span.kind == Kind::KeyBody {
                // A marker where something is left of the line, which must not look unfinished.
                if !line.get(..span.start).unwrap_or(&[]).trim_ascii().is_empty() {
                    write_marker(&mut out, kinds, Kind::PrivateKey, value, None);
                }
            } else if span.kind == Kind::LargeBlock {
                let bytes = u64::try_from(value.len()).unwrap_or(u64::MAX);
                write_amount(&mut out, kinds, span.kind, Amount::Bytes(bytes));
            } else {
                write_marker(&mut out, kinds, span.kind, value, redactor.hash_key());
            }
            moved.replace(line, (span.start, span.end), (marker, out.len()));
        }
        out.extend_from_slice(line.get(done..).unwrap_or(&[]));
        Some(Rewritten { hits: moved.finish(), line: out })
    }

    /// Counts what was found; the lines of a key are counted with its BEGIN.
    fn count(&mut self, kind: Kind) {
        let info = self.redactor.targets().kinds.info(kind);
        if kind == Kind::KeyBody {
            self.summary.count_more(info);
        } else {
            self.summary.count(info);
        }
    }
}
