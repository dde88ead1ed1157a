//! Lines that say the same again and again: the first ones are shown, the rest is counted.

use crate::redact::block::COMPARED;
use crate::redact::block::EQUAL_LINES;

/// The run of equal lines that the last line belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repeat {
    /// How often the line stood there.
    count: u64,
    /// How many of these were left out.
    pub(crate) left_out: u64,
    /// The last line left out had a line feed.
    pub(crate) feed: bool,
    /// The line, where it is not in the window any more.
    pub(crate) line: Vec<u8>,
}

impl Repeat {
    /// Takes in a line that is another one than that before it.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.count = 1;
    }

    /// Takes in the next line; returns true where it goes.
    pub(crate) fn goes(&mut self, equal: bool) -> bool {
        if equal {
            self.count += 1;
        } else {
            self.count = 1;
        }
        self.count > EQUAL_LINES
    }

    /// Forgets the line: what comes next is compared with nothing.
    pub(crate) fn forget(&mut self) {
        self.count = 0;
        self.line.clear();
    }
}

/// Returns true where `line` says the same as the one before, and says something.
#[inline]
pub(crate) fn is_equal(line: &[u8], before: &[u8]) -> bool {
    line.len() == before.len()
        && line.len() <= COMPARED
        && line == before
        && !line.trim_ascii().is_empty()
}
