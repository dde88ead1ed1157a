//! Walking over bytes: sets of bytes, and where runs of them begin and end.

/// A set of bytes, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    /// Returns letters, digits and `more`.
    pub(crate) const fn alnum_and(more: &[u8]) -> Self {
        Self([0x03ff << 48, 0x07ff_fffe_07ff_fffe, 0, 0]).and(more)
    }

    /// Returns exactly these bytes.
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        Self([0; 4]).and(bytes)
    }

    const fn and(self, bytes: &[u8]) -> Self {
        let mut words = self.0;
        let mut rest = bytes;
        while let [byte, more @ ..] = rest {
            let bit = 1u64 << (*byte & 63);
            match *byte >> 6 {
                0 => words[0] |= bit,
                1 => words[1] |= bit,
                2 => words[2] |= bit,
                _ => words[3] |= bit,
            }
            rest = more;
        }
        Self(words)
    }

    /// No byte.
    pub(crate) const NONE: Self = Self([0; 4]);

    /// Returns the set with `byte`.
    pub(crate) fn with(mut self, byte: u8) -> Self {
        if let Some(word) = self.0.get_mut(usize::from(byte >> 6)) {
            *word |= 1 << (byte & 63);
        }
        self
    }

    /// Returns the set with the bytes from `first` to `last`.
    pub(crate) fn with_range(self, first: u8, last: u8) -> Self {
        (first..=last).fold(self, Self::with)
    }

    /// Returns what is in either set.
    pub(crate) fn or(self, other: &Self) -> Self {
        let [a, b, c, d] = self.0;
        let [e, f, g, h] = other.0;
        Self([a | e, b | f, c | g, d | h])
    }

    /// Returns true where nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// Returns true where `byte` is in the set.
    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        let word = self.0.get(usize::from(byte >> 6)).copied().unwrap_or(0);
        word >> (byte & 63) & 1 == 1
    }
}

/// What a key's name is made of.
pub(crate) const KEY: ByteSet = ByteSet::alnum_and(b"_-.");
/// What encoded data is made of, in both alphabets.
pub(crate) const BASE64: ByteSet = ByteSet::alnum_and(b"+/=_-");
/// What the runs are made of in which tokens lie.
pub(crate) const RUN: ByteSet = ByteSet::alnum_and(b"_-");

/// Returns the first place from `start` on whose byte is not `good`.
#[inline]
pub(crate) fn run_end(bytes: &[u8], start: usize, good: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(start..).unwrap_or(&[]);
    let length = rest.iter().take_while(|byte| good(**byte)).count();
    #[cfg(test)]
    steps::add(length);
    start + length
}

/// Returns the first place from which on all bytes before `end` are `good`; at most `most` back.
#[inline]
pub(crate) fn run_start(bytes: &[u8], end: usize, most: usize, good: impl Fn(u8) -> bool) -> usize {
    let before = bytes.get(..end).unwrap_or(&[]);
    let length = before.iter().rev().take(most).take_while(|byte| good(**byte)).count();
    #[cfg(test)]
    steps::add(length);
    end - length
}

/// Returns the byte before `at`.
#[inline]
pub(crate) fn byte_before(bytes: &[u8], at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|at| bytes.get(at)).copied()
}

/// Returns true where `bytes` go on with `what` at `at`.
#[inline]
pub(crate) fn starts_at(bytes: &[u8], at: usize, what: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(what))
}

/// Returns true where `bytes` hold `what`, case of ASCII letters aside; `what` is lower case.
pub(crate) fn contains_word(bytes: &[u8], what: &[u8]) -> bool {
    let Some(first) = what.first() else {
        return false;
    };
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), bytes).any(|at| {
        bytes.get(at..at + what.len()).is_some_and(|here| here.eq_ignore_ascii_case(what))
    })
}

/// Returns `bytes` without spaces and tabs at either end.
pub(crate) fn trim(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}

/// Bytes that were walked over: tests compare how they grow.
#[cfg(test)]
pub(crate) mod steps {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn add(count: usize) {
        STEPS.set(STEPS.get() + count);
    }

    pub(crate) fn take() -> usize {
        STEPS.take()
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSet;
    use super::KEY;

    #[test]
    fn a_set_has_its_bytes_and_no_others() {
        for byte in 0..=u8::MAX {
            let key = byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
            assert_eq!(KEY.has(byte), key, "{byte}");
            assert_eq!(ByteSet::of(b"\xff\x00@").has(byte), b"\xff\x00@".contains(&byte));
        }
    }
}
