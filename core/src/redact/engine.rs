//! The engine: bytes go in as they come, lines come out projected.
//!
//! Everything is decided a line at a time, from the line and from what the lines before announced,
//! so that no way of cutting the input into pieces changes the output. Searching goes by windows of
//! many lines; that is only faster. A line that changed is looked at again until nothing more is
//! found, which is why projecting a projection changes nothing.

use crate::document::RedactAction;
use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::announced::Pending;
use crate::redact::clean::cleaned_by;
use crate::redact::finding::Trace;
use crate::redact::group::Group;
use crate::redact::kind::Kind;
use crate::redact::long_line::LongLine;
use crate::redact::marker::Amount;
use crate::redact::marker::write_amount;
use crate::redact::repeat::Repeat;
use crate::redact::search::Search;
use crate::redact::span::Span;

/// Bytes that are searched at a time; a line longer than this is looked at in parts.
pub(crate) const WINDOW: usize = 64 << 10;

/// Projects bytes for one sink.
pub(crate) struct Engine {
    pub(super) again: Search,
    pub(super) group: Group,
    pub(super) long: LongLine,
    pub(super) out: Vec<u8>,
    pub(super) pending: Option<Pending>,
    pub(super) redactor: Redactor,
    /// Nothing more goes out: something was found that must not get near this sink.
    pub(super) refused: bool,
    pub(super) repeat: Repeat,
    /// Lines that repeat are left out.
    pub(super) repeats_go: bool,
    search: Search,
    pub(super) sink: Sink,
    pub(super) spans: Vec<Span>,
    pub(super) summary: RedactionSummary,
    pub(super) trace: Trace,
}

impl Engine {
    pub(crate) fn new(redactor: Redactor, sink: Sink) -> Self {
        let mut engine = Self {
            again: Search::default(),
            group: Group::default(),
            long: LongLine::default(),
            out: Vec::new(),
            pending: None,
            redactor,
            refused: false,
            repeat: Repeat::default(),
            repeats_go: true,
            search: Search::default(),
            sink,
            spans: Vec::new(),
            summary: RedactionSummary::default(),
            trace: Trace::default(),
        };
        engine.repeats_go = engine.block_action(Kind::RepeatedLines) != RedactAction::Keep;
        engine
    }

    /// Takes in what of `data` can be decided, and returns how much that is: whole lines, and parts
    /// of lines that are longer than a window. With `last` everything is.
    pub(crate) fn consume(&mut self, data: &[u8], last: bool) -> usize {
        let mut at = 0;
        while let Some(rest) = data.get(at..).filter(|rest| !rest.is_empty()) {
            let near = rest.get(..WINDOW).unwrap_or(rest);
            match memchr::memrchr(b'\n', near) {
                Some(feed) => {
                    self.lines(near.get(..=feed).unwrap_or(near));
                    at += feed + 1;
                }
                None if rest.len() >= WINDOW => at += self.part(near),
                None if last => {
                    self.lines(near);
                    at += near.len();
                }
                None => break,
            }
        }
        if last {
            self.end_of_input();
        }
        at
    }

    /// Returns what was decided so far and was not taken yet.
    pub(crate) fn take_out(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Projects whole lines; only the input's last one may lack its line feed.
    fn lines(&mut self, window: &[u8]) {
        let mut search = std::mem::take(&mut self.search);
        search.map(window);
        let mut text = cleaned_by(window, &mut search.map);
        if self.long.goes_on {
            text = self.join(text);
            search.map(&text);
        }
        search.find(&text, self.redactor.targets(), self.redactor.known());
        self.walk(&text, &search, true);
        self.search = search;
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        if !self.refused {
            self.out.extend_from_slice(bytes);
        }
    }

    /// Leaves out one more of a run of equal lines: its line feed is written once it is known that
    /// the next one goes too, so that the last one's place is left for the marker.
    pub(super) fn leave_out(&mut self, feed: bool) {
        if self.repeat.left_out > 0 {
            self.write(b"\n");
        }
        self.repeat.left_out += 1;
        self.repeat.feed = feed;
    }

    /// Writes the marker of the lines that were left out, if any were.
    pub(super) fn settle_repeat(&mut self) {
        let lines = std::mem::take(&mut self.repeat.left_out);
        if lines > 0 {
            self.trace.note_repeat(self.redactor.targets().kinds.info(Kind::RepeatedLines));
            self.write_block(Kind::RepeatedLines, Amount::Lines(lines));
            if self.repeat.feed {
                self.write(b"\n");
            }
        }
    }

    /// Returns what happens to blocks of `kind`; what they hold is not asked for.
    pub(super) fn block_action(&self, kind: Kind) -> RedactAction {
        self.redactor.action(self.sink, self.redactor.targets().kinds.info(kind), &[])
    }

    /// Writes the marker of a block, and counts it.
    pub(super) fn write_block(&mut self, kind: Kind, amount: Amount) {
        self.refused |= self.block_action(kind) == RedactAction::Refuse;
        let kinds = &self.redactor.targets().kinds;
        self.summary.count(kinds.info(kind));
        let mut marker = Vec::new();
        write_amount(&mut marker, kinds, kind, amount);
        self.write(&marker);
    }

    fn end_of_input(&mut self) {
        self.settle_group();
        self.settle_repeat();
        self.settle_long_line();
    }
}
