//! Where the parser stands in a text, and how far it has looked.

use crate::facts::shell::limits::DEEPEST;
use crate::facts::shell::limits::MOST_AHEAD;

/// Why a text cannot be read, in words for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotRead(pub(crate) &'static str);

/// A place in a text. The byte behind the end is 0, which no text holds.
pub(crate) struct Cursor<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
    pub(crate) depth: usize,
    pub(crate) steps: usize,
}

impl<'t> Cursor<'t> {
    /// Starts at the front of a text.
    pub(crate) const fn new(text: &'t str, depth: usize, steps: usize) -> Self {
        Self { text, at: 0, depth, steps }
    }

    /// Returns the byte here.
    pub(crate) fn peek(&self) -> u8 {
        self.peek_at(0)
    }

    /// Returns the byte some way ahead.
    pub(crate) fn peek_at(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Returns true where a text stands here.
    pub(crate) fn starts_with(&self, text: &str) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    /// Moves behind a text where it stands here.
    pub(crate) fn take(&mut self, text: &str) -> bool {
        let found = self.starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Returns the text from a place up to here.
    pub(crate) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Moves past all bytes that `wanted` is true for, and returns them.
    pub(crate) fn run(&mut self, wanted: impl Fn(u8) -> bool) -> &'t str {
        let start = self.at;
        while self.at < self.text.len() && wanted(self.peek()) {
            self.at += 1;
        }
        self.since(start)
    }

    /// Counts steps of looking ahead, so that no text is looked at again and again.
    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), NotRead> {
        self.steps += steps;
        if self.steps > MOST_AHEAD {
            return Err(NotRead("the script takes too long to read"));
        }
        Ok(())
    }

    /// Goes one level deeper.
    pub(crate) fn enter(&mut self) -> Result<(), NotRead> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(NotRead("the script is nested too deeply"));
        }
        Ok(())
    }

    /// Comes back from a level.
    pub(crate) const fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Finds the `))` that ends what starts here, looking at parentheses and quotes alone.
    pub(crate) fn arithmetic_end(&mut self) -> Result<Option<usize>, NotRead> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut open = 0_usize;
        let mut found = None;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\'' | b'"' | b'`' => {
                    at += 1;
                    while let Some(inner) = bytes.get(at).filter(|inner| *inner != byte) {
                        at += if *inner == b'\\' && *byte != b'\'' { 2 } else { 1 };
                    }
                }
                b'(' => open += 1,
                b')' if open > 0 => open -= 1,
                b')' => {
                    if bytes.get(at + 1) == Some(&b')') {
                        found = Some(at);
                    }
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        self.spend(at.saturating_sub(self.at))?;
        Ok(found)
    }

    /// Finds the `]` that ends a subscript which starts here, on the same line.
    pub(crate) fn subscript_end(&mut self) -> Result<Option<usize>, NotRead> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut open = 0_usize;
        let mut found = None;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\n' => break,
                b'\\' => at += 1,
                b'\'' | b'"' | b'`' => {
                    at += 1;
                    while let Some(inner) = bytes.get(at).filter(|inner| *inner != byte) {
                        at += if *inner == b'\\' && *byte != b'\'' { 2 } else { 1 };
                    }
                }
                b'[' => open += 1,
                b']' if open > 0 => open -= 1,
                b']' => {
                    found = Some(at);
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        self.spend(at.saturating_sub(self.at))?;
        Ok(found)
    }
}

/// Returns true for what a variable's name may start with.
pub(crate) const fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// Returns true for what a variable's name may hold.
pub(crate) const fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns true where a text is a variable's name.
pub(crate) fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(starts_name) && text.bytes().all(in_name)
}
