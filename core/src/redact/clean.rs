//! Taking out what a terminal would not show, so that it cannot split a secret in two.
//!
//! Escape sequences (ECMA-48), control characters, invisible characters of Unicode, and the letter
//! and backspace by which old tools print bold. What is no UTF-8 stays as it is.

use std::borrow::Cow;

use crate::redact::map::Places;
use crate::redact::map::WindowMap;

/// The longest title or other string of a terminal sequence.
const LONGEST_STRING: usize = 512;
/// How often a text is cleaned at most.
const MOST_PASSES: usize = 4;

/// Returns `bytes` without what a terminal does not show; line feeds, carriage returns and tabs
/// stay. Nothing looks beyond a line feed. None where everything stays; `special_at` tells where
/// other than printable ASCII and these stands.
fn clean(bytes: &[u8], special_at: &Places) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    // What of `bytes` was decided, and what of it is in `out` or was left out.
    let (mut decided, mut done) = (0, 0);
    for at in special_at.iter() {
        if at < decided {
            continue;
        }
        let length = match special(bytes.get(at..).unwrap_or(&[])) {
            Special::Keep(length) => {
                decided = at + length;
                continue;
            }
            Special::Drop(length) => length,
            Special::Back => 1,
        };
        if done == 0 {
            out.reserve(bytes.len());
        }
        out.extend_from_slice(bytes.get(done..at).unwrap_or(&[]));
        // `x`, backspace, `x` is a bold x; `_`, backspace, `x` an underlined one.
        if bytes.get(at) == Some(&0x08)
            && let Some(last) = out.last().filter(|last| **last != b'\n')
            && (Some(last) == bytes.get(at + 1) || *last == b'_')
        {
            out.pop();
        }
        (decided, done) = (at + length, at + length);
    }
    if done == 0 {
        return None;
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or(&[]));
    Some(out)
}

/// Returns `bytes` as they are once nothing more can be cleaned.
pub(crate) fn cleaned(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut map = WindowMap::default();
    map.fill(bytes);
    cleaned_by(bytes, &mut map)
}

/// Returns the same, where `map` is that of `bytes`; afterwards it is that of what is returned.
/// What goes may bring together what then has to go too.
pub(crate) fn cleaned_by<'b>(bytes: &'b [u8], map: &mut WindowMap) -> Cow<'b, [u8]> {
    let mut out = Cow::Borrowed(bytes);
    for _ in 0..=MOST_PASSES {
        let Some(next) = clean(&out, &map.special) else {
            return out;
        };
        map.fill(&next);
        out = Cow::Owned(next);
    }
    // Made to go on for ever: nothing that needs cleaning is left.
    let mut rest = out.into_owned();
    rest.retain(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r'));
    map.fill(&rest);
    Cow::Owned(rest)
}

enum Special {
    Keep(usize),
    Drop(usize),
    Back,
}

/// Returns what is to be done with what `rest` begins with, which is no printable ASCII.
fn special(rest: &[u8]) -> Special {
    match rest {
        [b'\t' | b'\r', ..] => Special::Keep(1),
        [0x08, ..] => Special::Back,
        [0x1b, ..] => Special::Drop(sequence(rest, 1)),
        // The one-character forms of the introducers, as UTF-8 writes them.
        [0xc2, 0x90 | 0x9b | 0x9d, ..] => Special::Drop(sequence(rest, 2)),
        [0x00..=0x1f | 0x7f, ..] => Special::Drop(1),
        _ => {
            let (c, length) = decode(rest);
            match c {
                Some(c) if is_invisible(c) => Special::Drop(length),
                Some(_) | None => Special::Keep(length),
            }
        }
    }
}

/// Returns the character that `rest` begins with and its length; none where it is no UTF-8.
fn decode(rest: &[u8]) -> (Option<char>, usize) {
    let length = match rest.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) | None => return (None, 1),
    };
    let text = rest.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    match text.and_then(|text| text.chars().next()) {
        Some(c) => (Some(c), length),
        None => (None, 1),
    }
}

/// Returns the length of the terminal sequence whose introducer takes `first` bytes; one that is
/// not well formed loses its introducer only, so that none of them is ever left.
fn sequence(rest: &[u8], first: usize) -> usize {
    let (kind, body) = match rest.get(..first) {
        Some([0xc2, 0x9b]) => (b'[', first),
        Some([0xc2, 0x9d]) => (b']', first),
        Some([0xc2, 0x90]) => (b'P', first),
        Some(_) | None => (rest.get(first).copied().unwrap_or(0), first + 1),
    };
    let after = rest.get(body..).unwrap_or(&[]);
    match kind {
        b'[' => {
            let parameters = after.iter().take_while(|byte| (0x20..=0x3f).contains(*byte)).count();
            match after.get(parameters) {
                Some(0x40..=0x7e) => body + parameters + 1,
                Some(_) | None => first,
            }
        }
        // Commands and strings end in BEL or ESC \.
        b']' | b'P' | b'_' | b'^' | b'X' => {
            let near = after.get(..LONGEST_STRING).unwrap_or(after);
            let end = near.iter().position(|byte| matches!(byte, 0x07 | 0x1b | b'\n'));
            match end.and_then(|end| near.get(end).map(|byte| (end, *byte))) {
                Some((end, 0x07)) => body + end + 1,
                Some((end, 0x1b)) if after.get(end + 1) == Some(&b'\\') => body + end + 2,
                Some((end, 0x1b)) => body + end,
                Some(_) | None => first,
            }
        }
        b'(' | b')' | b'*' | b'+' => {
            body + usize::from(after.first().is_some_and(u8::is_ascii_alphanumeric))
        }
        // Of two bytes, the second may as well be of a secret: it stays.
        _ => first,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn what_a_terminal_does_not_show_goes_and_the_rest_stays() {
        let cases: [(&[u8], &[u8]); 9] = [
            (b"\x1b[31mred\x1b[0m", b"red"),
            (b"a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c", b"abc"),
            ("g\u{200b}h\u{ad}p\u{feff}\u{e0041}".as_bytes(), b"ghp"),
            (b"b\x08bo\x08ol\x08ld _\x08u", b"bold u"),
            (b"tab\t cr\r\n\x00\x0c", b"tab\t cr\r\n"),
            (b"\xff\xfe caf\xc3\xa9 \xe2\x82", b"\xff\xfe caf\xc3\xa9 \xe2\x82"),
            (b"\x1b[31", b"[31"),
            ("\u{9b}1mx".as_bytes(), b"x"),
            (b"\x1b(Bx", b"x"),
        ];
        for (text, expected) in cases {
            assert_eq!(cleaned(text), expected, "{text:?}");
        }
    }

    #[test]
    fn cleaning_twice_equals_once() {
        let pieces: [&[u8]; 12] = [
            b"\x1b",
            b"[",
            b"3",
            b"m",
            b"\x08",
            b"x",
            b"_",
            b"\x9b",
            b"\xc2",
            b"]",
            b"\x07",
            b"\xe2\x80\x8b",
        ];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = Vec::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.extend_from_slice(pieces[(state >> 40) as usize % pieces.len()]);
            }
            let once = cleaned(&text);
            assert_eq!(cleaned(&once), once, "{text:?}");
        }
    }
}
