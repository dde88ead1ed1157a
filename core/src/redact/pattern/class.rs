//! The sets of bytes that patterns name.

use crate::redact::bytes::ByteSet;

impl ByteSet {
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
fn visible() -> ByteSet {
    let ends = b"\"'`<>\\";
    (0x21..=0x7e)
        .filter(|byte| !ends.contains(byte))
        .fold(ByteSet::NONE, |class, byte| class.with(byte))
}
