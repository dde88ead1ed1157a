//! Walking over bytes: classes, and runs of them that are measured once.

/// A set of bytes that a token's body may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Letters and digits.
    Alnum,
    /// Letters, digits and `_`.
    Word,
    /// Letters, digits, `_` and `-`.
    Base64Url,
    /// Letters, digits, `_`, `-`, `.` and `=`.
    Dotted,
    /// Letters, digits, `+`, `/`, `=`, `_`, `-`.
    Base64,
    /// Capital letters and digits.
    Upper,
    /// Hexadecimal digits.
    Hex,
    /// What the path of a URL holds.
    Path,
}

impl Class {
    pub(crate) const ALL: [Self; 8] = [
        Self::Alnum,
        Self::Word,
        Self::Base64Url,
        Self::Dotted,
        Self::Base64,
        Self::Upper,
        Self::Hex,
        Self::Path,
    ];

    pub(crate) fn has(self, byte: u8) -> bool {
        match self {
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'=')
            }
            Self::Base64 => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
            }
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Path => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/' | b'.' | b'%')
            }
        }
    }
}

/// The run of a class that was measured last: asking again within it costs nothing, which keeps
/// the search linear on a text made of nothing but beginnings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    class: Class,
    start: usize,
    end: usize,
}

impl Run {
    pub(crate) const fn new(class: Class) -> Self {
        Self { class, start: 0, end: 0 }
    }

    /// Returns where the run that `start` lies in ends; `start` itself where there is none.
    pub(crate) fn end(&mut self, bytes: &[u8], start: usize) -> usize {
        if !(self.start <= start && start < self.end) {
            self.start = start;
            self.end = run_end(bytes, start, |byte| self.class.has(byte));
        }
        self.end
    }
}

/// Returns the first place from `start` on whose byte is not `good`.
pub(crate) fn run_end(bytes: &[u8], start: usize, good: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(start..).unwrap_or(&[]);
    start + rest.iter().take_while(|byte| good(**byte)).count()
}

/// Returns the first place from which on all bytes before `end` are `good`; at most `most` back.
pub(crate) fn run_start(bytes: &[u8], end: usize, most: usize, good: impl Fn(u8) -> bool) -> usize {
    let before = bytes.get(..end).unwrap_or(&[]);
    let length = before.iter().rev().take(most).take_while(|byte| good(**byte)).count();
    end - length
}

/// Returns the byte before `at`.
pub(crate) fn byte_before(bytes: &[u8], at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|at| bytes.get(at)).copied()
}
