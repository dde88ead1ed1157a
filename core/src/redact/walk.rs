//! The walk over the lines of a text that was searched. Most lines hold nothing: these are passed
//! over, and go out many at a time.

use crate::redact::block;
use crate::redact::block::may_be_encoded;
use crate::redact::engine::Engine;
use crate::redact::repeat::is_equal;
use crate::redact::search::Hit;
use crate::redact::search::Search;

/// A line on its way out.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    /// Behind its last byte.
    stop: usize,
    /// Behind its line feed.
    end: usize,
}

impl Place {
    const fn has_feed(self) -> bool {
        self.end > self.stop
    }
}

/// How far a walk has come.
struct Walk<'t> {
    text: &'t [u8],
    /// What was copied to the output already.
    done: usize,
    /// The line before, where it stands in this text as it was shown.
    before: Option<(usize, usize)>,
    /// Encoded lines may belong together.
    group: bool,
}

/// Lines in a row that hold nothing.
#[derive(Clone, Copy, Default)]
struct Passed {
    lines: usize,
    /// Where the last of them begins and ends.
    last: (usize, usize),
}

impl<'t> Walk<'t> {
    /// Returns the line before as it was shown.
    #[inline]
    fn last_shown<'e>(&self, engine: &'e Engine) -> &'e [u8]
    where
        't: 'e,
    {
        match self.before {
            Some((start, stop)) => self.text.get(start..stop).unwrap_or(&[]),
            None => &engine.repeat.line,
        }
    }
}

impl Engine {
    /// Walks over the lines of a text that was searched; `group` where encoded lines may belong
    /// together.
    pub(super) fn walk(&mut self, text: &[u8], search: &Search, group: bool) {
        let mut walk = Walk { text, done: 0, before: None, group };
        let mut hits = search.hits.as_slice();
        let mut next_hit = hits.first().map_or(usize::MAX, |hit| hit.at);
        let mut waits = self.waits();
        // The line before, and how many lines were passed over.
        let mut last = None;
        let mut passed = Passed::default();
        let mut start = 0;
        for stop in search.map.feeds.iter() {
            let line = text.get(start..stop).unwrap_or(&[]);
            let quiet = !waits
                && next_hit > stop
                && line.len() <= block::LONGEST_RUN
                && last.is_some_and(|last| !is_equal(line, last))
                && !(group && may_be_encoded(line) && self.is_grouped(line));
            if quiet {
                passed = Passed { lines: passed.lines + 1, last: (start, stop) };
                last = Some(line);
                start = stop + 1;
                continue;
            }
            self.pass_over(&mut walk, &mut passed);
            let count = hits.iter().take_while(|hit| hit.at <= stop).count();
            let (here, after) = hits.split_at_checked(count).unwrap_or((hits, &[]));
            hits = after;
            next_hit = hits.first().map_or(usize::MAX, |hit| hit.at);
            self.walk_line(&mut walk, Place { start, stop, end: stop + 1 }, here);
            waits = self.waits();
            last = walk.before.and_then(|(start, stop)| text.get(start..stop));
            start = stop + 1;
        }
        self.pass_over(&mut walk, &mut passed);
        if start < text.len() {
            let stop = text.len();
            self.walk_line(&mut walk, Place { start, stop, end: stop }, hits);
        }
        self.copy(&mut walk, text.len());
        if let Some((start, stop)) = walk.before {
            let line = text.get(start..stop.min(start + block::COMPARED + 1)).unwrap_or(&[]);
            self.repeat.line.clear();
            self.repeat.line.extend_from_slice(line);
        }
    }

    /// Takes in the lines that were passed over.
    fn pass_over(&mut self, walk: &mut Walk<'_>, passed: &mut Passed) {
        let passed = std::mem::take(passed);
        if passed.lines > 0 {
            self.trace.skip(passed.lines);
            self.repeat.begin();
            walk.before = Some(passed.last);
        }
    }

    /// Returns true where something goes on that the next line is part of.
    fn waits(&self) -> bool {
        self.pending.is_some()
            || self.long.goes_on
            || self.repeat.left_out > 0
            || self.is_in_group()
    }

    fn walk_line(&mut self, walk: &mut Walk<'_>, place: Place, hits: &[Hit]) {
        let line = walk.text.get(place.start..place.stop).unwrap_or(&[]);
        let whole = !std::mem::take(&mut self.long.goes_on);
        if walk.group && whole && self.is_grouped(line) {
            self.copy(walk, place.start);
            self.settle_repeat();
            walk.before = None;
            if self.grouped_line(line, place.has_feed()) {
                walk.done = place.end;
                return;
            }
        }
        self.trace.begin(whole, place.has_feed());
        let quiet = hits.is_empty() && self.pending.is_none() && line.len() <= block::LONGEST_RUN;
        let changed = if quiet { None } else { self.project(line, hits, place.start) };
        if !whole {
            self.resume_announced();
        }
        let shown = changed.as_deref().unwrap_or(line);
        let equal = whole && self.repeats_go && is_equal(shown, walk.last_shown(self));
        if self.repeat.goes(equal) {
            self.copy(walk, place.start);
            walk.done = place.end;
            self.trace.leave_out(self.repeat.left_out == 0, line.len());
            self.leave_out(place.has_feed());
            return;
        }
        if self.repeat.left_out > 0 {
            self.settle_repeat();
            walk.done = place.start;
        }
        match changed {
            Some(changed) => {
                self.copy(walk, place.start);
                walk.done = place.stop;
                self.write(&changed);
                self.repeat.line = changed;
                walk.before = None;
            }
            None => walk.before = Some((place.start, place.stop)),
        }
    }

    /// Copies what of the text was not copied yet, up to `end`.
    fn copy(&mut self, walk: &mut Walk<'_>, end: usize) {
        if walk.done < end {
            self.write(walk.text.get(walk.done..end).unwrap_or(&[]));
            walk.done = end;
        }
    }
}
