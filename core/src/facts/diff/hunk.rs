//! Hunks: the lines of a file that change, with some around them.

use crate::facts::diff::error::DiffError;
use crate::facts::diff::error::DiffProblem;

/// What a line of a hunk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// It is new.
    Added,
    /// It stays.
    Context,
    /// It goes.
    Removed,
}

/// One line of a hunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// What it does.
    pub(crate) kind: LineKind,
    /// A newline ends it.
    pub(crate) newline: bool,
    /// Its text, without newline.
    pub(crate) text: &'t str,
}

impl Line<'_> {
    /// Appends it to `text`.
    pub(crate) fn push_to(&self, text: &mut String) {
        text.push_str(self.text);
        if self.newline {
            text.push('\n');
        }
    }
}

/// A run of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hunk<'t> {
    /// Its lines.
    pub(crate) lines: Vec<Line<'t>>,
    /// The first line after the change, from 1; with none, the line that it stands after.
    pub(crate) new_start: u32,
    /// The first line before the change, from 1; with none, the line that it stands after.
    pub(crate) old_start: u32,
}

/// The numbers of a hunk's first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HunkHead {
    new_count: u32,
    new_start: u32,
    old_count: u32,
    old_start: u32,
}

impl HunkHead {
    /// Reads `@@ -1,2 +3,4 @@ anything`.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let (numbers, _) = line.strip_prefix("@@ -")?.split_once(" @@")?;
        let (old, new) = numbers.split_once(" +")?;
        let (old_start, old_count) = range(old)?;
        let (new_start, new_count) = range(new)?;
        Some(Self { new_count, new_start, old_count, old_start })
    }
}

/// Gathers the lines of one hunk until its numbers are met.
pub(crate) struct HunkReader<'t> {
    hunk: Hunk<'t>,
    new_left: u32,
    old_left: u32,
}

impl<'t> HunkReader<'t> {
    /// Starts a hunk.
    pub(crate) const fn new(head: HunkHead) -> Self {
        let hunk = Hunk { lines: Vec::new(), new_start: head.new_start, old_start: head.old_start };
        Self { hunk, new_left: head.new_count, old_left: head.old_count }
    }

    /// Returns true where all of its lines are there.
    pub(crate) const fn is_full(&self) -> bool {
        self.new_left == 0 && self.old_left == 0
    }

    /// Adds one line of the diff, which is line `number`.
    pub(crate) fn add(&mut self, line: &'t str, number: usize) -> Result<(), DiffError> {
        let wrong = DiffError::at(number, DiffProblem::Counts);
        let (kind, text) = match line.split_at_checked(1) {
            Some(("+", text)) => (LineKind::Added, text),
            Some(("-", text)) => (LineKind::Removed, text),
            Some((" ", text)) => (LineKind::Context, text),
            // Mail and editors take the space from an empty line.
            None | Some(("\r", "")) => (LineKind::Context, line),
            Some(_) => return Err(wrong),
        };
        let (old, new) = match kind {
            LineKind::Added => (0, 1),
            LineKind::Removed => (1, 0),
            LineKind::Context => (1, 1),
        };
        // Without newline a line is the last of its side.
        let ended = self.hunk.lines.iter().rev().take(2).any(|line| {
            let same_side =
                line.kind == kind || line.kind == LineKind::Context || kind == LineKind::Context;
            !line.newline && same_side
        });
        if ended {
            return Err(wrong);
        }
        self.old_left = self.old_left.checked_sub(old).ok_or(wrong)?;
        self.new_left = self.new_left.checked_sub(new).ok_or(wrong)?;
        self.hunk.lines.push(Line { kind, newline: true, text });
        Ok(())
    }

    /// Notes that the line before has no newline; false where there is none.
    pub(crate) fn no_newline(&mut self) -> bool {
        match self.hunk.lines.last_mut() {
            Some(line) if line.newline => {
                line.newline = false;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Returns the hunk.
    pub(crate) fn finish(self) -> Hunk<'t> {
        self.hunk
    }
}

/// Reads `3,4`, or `3` for one line.
fn range(text: &str) -> Option<(u32, u32)> {
    match text.split_once(',') {
        Some((start, count)) => Some((number(start)?, number(count)?)),
        None => Some((number(text)?, 1)),
    }
}

/// Reads digits and nothing else.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
