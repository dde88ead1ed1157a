//! Colour codes whose escape character is written out, as JSON writers, `cat -v` and source code
//! have it: `\u001b[32m`, `\033[1;31m`, `\e[0m`, `^[[0m`. Real ones are taken out before.

use crate::redact::bytes::run_end;

/// How an escape character is written out; hexadecimal digits in any case.
const WRITTEN: [&[u8]; 11] = [
    b"\\u001b",
    b"\\u{1b}",
    b"\\u{001b}",
    b"\\x1b",
    b"\\x{1b}",
    b"\\033",
    b"\\33",
    b"\\e",
    b"^[",
    b"%1b",
    b"\xe2\x90\x9b",
];
/// How the bracket behind it is written.
const BRACKETS: [&[u8]; 2] = [b"[", b"%5b"];
/// The longest parameters of a code.
const LONGEST: usize = 24;

/// Returns the place behind the colour codes that stand at `at`.
pub(crate) fn end(bytes: &[u8], at: usize) -> usize {
    if !matches!(bytes.get(at), Some(b'\\' | b'^' | b'%' | 0xe2)) {
        return at;
    }
    let mut at = at;
    while let Some(next) = code(bytes, at) {
        at = next;
    }
    at
}

/// Returns true where `before` ends in a colour code: its last letter belongs to no word. The escape
/// character itself may be lost, as in many logs.
pub(crate) fn ends_in_code(before: &[u8]) -> bool {
    let Some((b'm' | b'K' | b'G' | b'H' | b'J' | b'h' | b'l', rest)) = before.split_last() else {
        return false;
    };
    let rest_end =
        rest.len() - rest.iter().rev().take(LONGEST).take_while(|b| parameter(**b)).count();
    let (front, parameters) = rest.split_at_checked(rest_end).unwrap_or((rest, &[]));
    let Some(front) = BRACKETS.iter().find_map(|bracket| strip_end(front, bracket)) else {
        return false;
    };
    !parameters.is_empty() || WRITTEN.iter().any(|written| strip_end(front, written).is_some())
}

fn code(bytes: &[u8], at: usize) -> Option<usize> {
    // JSON in JSON writes two backslashes.
    let slashes = run_end(bytes, at, |byte| byte == b'\\').saturating_sub(at + 1);
    let at = at + slashes;
    let starts = |at: usize, text: &[u8]| {
        bytes.get(at..at + text.len()).is_some_and(|here| here.eq_ignore_ascii_case(text))
    };
    let at = WRITTEN.iter().find(|text| starts(at, text)).map(|text| at + text.len())?;
    let at = BRACKETS.iter().find(|text| starts(at, text)).map(|text| at + text.len())?;
    let end = run_end(bytes.get(..at + LONGEST).unwrap_or(bytes), at, parameter);
    bytes.get(end).is_some_and(u8::is_ascii_alphabetic).then_some(end + 1)
}

fn parameter(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b';' | b':' | b'?')
}

fn strip_end<'a>(text: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let (front, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end).then_some(front)
}

#[cfg(test)]
mod tests {
    use super::end;
    use super::ends_in_code;

    #[test]
    fn colour_codes_are_known_in_every_way_of_writing() {
        for code in [
            "\\u001b[32m",
            "\\u001B[1;31m",
            "\\\\u001b[0m",
            "\\x1b[0m",
            "\\033[1m",
            "\\e[31m",
            "^[[31m",
            "%1B%5B32m",
            "\\u{1b}[38;5;208m",
            "\\x1b[m",
            "\\x1b[0m\\x1b[1m",
        ] {
            assert_eq!(end(code.as_bytes(), 0), code.len(), "{code}");
            assert!(ends_in_code(code.as_bytes()), "{code}");
        }
        assert!(ends_in_code(b"[32m"));
        for text in ["m", "am", "32m", "[m", "\\u001b[", "\\e", "^[a-z]", "\\n[1"] {
            assert_eq!(end(text.as_bytes(), 0), 0, "{text}");
            assert!(!ends_in_code(text.as_bytes()), "{text}");
        }
    }
}
