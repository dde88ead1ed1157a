//! Classes of bytes, a bit for each.

/// A set of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class([u64; 4]);

impl Class {
    /// No byte.
    pub(crate) const NONE: Self = Self([0; 4]);

    /// Returns true where `byte` is of the class.
    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 == 1)
    }

    /// Returns the class with `byte`.
    pub(crate) fn with(mut self, byte: u8) -> Self {
        if let Some(word) = self.0.get_mut(usize::from(byte >> 6)) {
            *word |= 1 << (byte & 63);
        }
        self
    }

    /// Returns the class with the bytes from `first` to `last`.
    pub(crate) fn with_range(self, first: u8, last: u8) -> Self {
        (first..=last).fold(self, Self::with)
    }

    /// Returns what is in either class.
    pub(crate) fn or(self, other: &Self) -> Self {
        let [a, b, c, d] = self.0;
        let [e, f, g, h] = other.0;
        Self([a | e, b | f, c | g, d | h])
    }

    /// Returns true where nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// Returns the class of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (ranges, single): (&[(u8, u8)], &[u8]) = match name {
            "digit" => (&[DIGIT], b""),
            "lower" => (&[LOWER], b""),
            "upper" => (&[UPPER], b""),
            "alpha" => (&[LOWER, UPPER], b""),
            "hex" => (&[DIGIT, (b'a', b'f'), (b'A', b'F')], b""),
            "lower_hex" => (&[DIGIT, (b'a', b'f')], b""),
            "upper_hex" => (&[DIGIT, (b'A', b'F')], b""),
            "lower_digit" => (&[DIGIT, LOWER], b""),
            "upper_digit" => (&[DIGIT, UPPER], b""),
            "alnum" => (&[DIGIT, LOWER, UPPER], b""),
            "word" => (&[DIGIT, LOWER, UPPER], b"_"),
            "base32" => (&[UPPER, (b'2', b'7')], b""),
            "base64" => (&[DIGIT, LOWER, UPPER], b"+/="),
            "base64url" => (&[DIGIT, LOWER, UPPER], b"_-"),
            "dotted" => (&[DIGIT, LOWER, UPPER], b"_-."),
            "token" => (&[DIGIT, LOWER, UPPER], b"_-.+/=~"),
            "visible" => return Some(visible()),
            _ => return None,
        };
        let class =
            ranges.iter().fold(Self::NONE, |class, (first, last)| class.with_range(*first, *last));
        Some(single.iter().fold(class, |class, byte| class.with(*byte)))
    }
}

/// The names of all classes.
pub(super) const NAMES: &[&str] = &[
    "alnum",
    "alpha",
    "base32",
    "base64",
    "base64url",
    "digit",
    "dotted",
    "hex",
    "lower",
    "lower_digit",
    "lower_hex",
    "token",
    "upper",
    "upper_digit",
    "upper_hex",
    "visible",
    "word",
];

const DIGIT: (u8, u8) = (b'0', b'9');
const LOWER: (u8, u8) = (b'a', b'z');
const UPPER: (u8, u8) = (b'A', b'Z');

/// What a value may hold that stands in no quotes: quotes, brackets and backslashes end it.
fn visible() -> Class {
    let ends = b"\"'`<>\\";
    (0x21..=0x7e)
        .filter(|byte| !ends.contains(byte))
        .fold(Class::NONE, |class, byte| class.with(byte))
}
