//! What is long and says nothing: encoded runs and minified code; and how lines look that are
//! encoded.

use crate::redact::bytes::BASE64;
use crate::redact::bytes::ByteSet;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::kind::Kind;
use crate::redact::span::Span;

/// An encoded run longer than this goes, and encoded lines that are longer together.
pub(crate) const LONGEST_RUN: usize = 2048;
/// A line of an encoded block is at least this long.
const ENCODED: usize = 40;
/// A line of a key is at least this long, but for its last one.
const KEY_LINE: usize = 44;
/// The alphabet of keys in PEM.
const PEM: ByteSet = ByteSet::alnum_and(b"+/=");
/// Equal lines that are shown; more of them go.
pub(crate) const EQUAL_LINES: u64 = 16;
/// Lines beyond this are not compared with each other.
pub(crate) const COMPARED: usize = 1024;
/// A line of code longer than this was not written by hand.
const MINIFIED: usize = 8192;
/// What is left of such a line at either end.
const MINIFIED_KEPT: usize = 512;

/// Adds the encoded runs of a line to `spans`.
pub(crate) fn long_runs(line: &[u8], spans: &mut Vec<Span>) {
    // A run of that length holds one of these places.
    let mut at = LONGEST_RUN;
    while at < line.len() {
        if line.get(at).is_some_and(|byte| BASE64.has(*byte)) {
            let start = run_start(line, at, usize::MAX, |byte| BASE64.has(byte));
            let end = run_end(line, at, |byte| BASE64.has(byte));
            if end - start > LONGEST_RUN {
                spans.push(Span::new(start, end, Kind::LargeBlock));
            }
            at = end;
        }
        at += LONGEST_RUN;
    }
}

/// Returns false where a line surely ends in nothing that is encoded: a look at a few bytes.
#[inline]
pub(crate) fn may_be_encoded(line: &[u8]) -> bool {
    let end = line.len() - usize::from(line.ends_with(b"\r"));
    let is = |back: usize| {
        end.checked_sub(back).and_then(|at| line.get(at)).is_some_and(|byte| BASE64.has(*byte))
    };
    // Most lines have a space in these places, or the dot of a file's name.
    end >= ENCODED
        && is(1)
        && is(3)
        && is(4)
        && is(9)
        && is(18)
        && is(27)
        && is(36)
        && is(5)
        && is(14)
        && is(22)
        && is(31)
}

/// Returns true where a line holds encoded data and nothing else.
#[inline]
pub(crate) fn is_encoded(line: &[u8]) -> bool {
    if line.len() < ENCODED {
        return false;
    }
    let middle = line.get(line.len() / 2).is_some_and(|byte| BASE64.has(*byte));
    let body = if middle { line.trim_ascii() } else { &[] };
    body.len() >= ENCODED
        && body.iter().all(|byte| BASE64.has(*byte))
        // A ruler is none.
        && body.iter().any(|byte| byte.is_ascii_alphanumeric())
}

/// Returns true where a line ends in encoded data that looks like a line of a key.
#[inline]
pub(crate) fn has_encoded_tail(line: &[u8]) -> bool {
    if line.len() <= KEY_LINE {
        return false;
    }
    let tail = line.get(line.len() - KEY_LINE..).unwrap_or(&[]);
    let encoded = tail.iter().rev().all(|byte| PEM.has(*byte));
    let any = |is: fn(&u8) -> bool| tail.iter().any(is);
    encoded && any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase) && any(u8::is_ascii_digit)
}

/// Returns the part of a line of minified code that goes; JSON is no code.
pub(crate) fn minified(line: &[u8]) -> Option<Span> {
    if line.len() < MINIFIED || matches!(line.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'))
    {
        return None;
    }
    let head = line.get(..MINIFIED)?;
    let count = |is: fn(&u8) -> bool| head.iter().filter(|byte| is(byte)).count();
    let spaces = count(|byte| byte.is_ascii_whitespace());
    // Tables have commas, and no brackets.
    let signs = count(|byte| b";(){}=".contains(byte));
    let code = spaces * 20 < head.len() && signs * 14 > head.len();
    code.then(|| Span::new(MINIFIED_KEPT, line.len() - MINIFIED_KEPT, Kind::LargeBlock))
}
