//! Words of a shell that are quoted in part: `cor'rect'-ho"rse"`.

use crate::redact::bytes::byte_before;
use crate::redact::bytes::starts_at;
#[cfg(test)]
use crate::redact::bytes::steps;
use crate::redact::reference::is_reference;
use crate::redact::separator::Separator;
use crate::redact::value::Found;
use crate::redact::value::Reach;
use crate::redact::value::ends_word;
use crate::redact::value::escape_ends;

/// How far back quotes are counted.
const BACK: usize = 512;
/// The longest part in quotes.
const LONGEST_PART: usize = 256;
/// The longest word that is looked at for what it is made of.
const LONGEST_WORD: usize = 512;
/// Parts in quotes that are followed.
const MOST_PARTS: usize = 8;

/// Returns the whole of the word that `found` begins, its quoted parts included, where it stands
/// right behind `=` or a flag.
pub(crate) fn whole(
    bytes: &[u8],
    key: usize,
    separator: Separator,
    reach: Reach,
    found: Found,
) -> Found {
    let begin = if found.bare { found.start } else { found.start.saturating_sub(1) };
    let assigned = separator == Separator::Equals && byte_before(bytes, begin) == Some(b'=');
    let flag = separator == Separator::Space && byte_before(bytes, key) == Some(b'-');
    if !assigned && !flag || !may_begin(bytes, begin, reach, found) {
        return found;
    }
    let from = match (found.bare, reach) {
        (false, _) => found.end + 1,
        // It ended at the quote. Words in a query lie in each other, and are walked over once.
        (true, Reach::Word) => found.end,
        (true, Reach::Line | Reach::Space) => begin,
    };
    let Some(end) = end_of_word(bytes, begin, from, found) else {
        return found;
    };
    let word = bytes.get(found.start..end.min(found.start + LONGEST_WORD)).unwrap_or(&[]);
    let mut parts = word.split(|byte| is_quote(*byte));
    if end <= from || end <= found.end || parts.all(is_reference) {
        return found;
    }
    // With the quote before it: what is left of the line must hold no quote that is open.
    Found { start: begin, end, bare: true }
}

/// A value in quotes is the beginning of a word where they are quotes of a shell: `"+x+"` is none.
fn may_begin(bytes: &[u8], begin: usize, reach: Reach, found: Found) -> bool {
    if found.bare {
        let near = bytes.get(begin..found.end.min(begin + LONGEST_WORD)).unwrap_or(&[]);
        // No word, but code.
        return reach != Reach::Word || !near.iter().any(|byte| matches!(byte, b'(' | b'[' | b'{'));
    }
    let quote = bytes.get(begin).copied();
    quote.is_some_and(is_quote)
        && bytes.get(found.end).copied() == quote
        && byte_before(bytes, begin) != quote
        // The element ends.
        && !starts_at(bytes, found.end + 1, b"/>")
        && !bytes.get(found.start).is_some_and(|byte| b" +.,)".contains(byte))
        && open_at(bytes, begin) != quote
}

fn end_of_word(bytes: &[u8], begin: usize, from: usize, found: Found) -> Option<usize> {
    let mut at = from;
    let mut outer = None;
    let mut parts = usize::from(!found.bare);
    while let Some(byte) = bytes.get(at).copied() {
        #[cfg(test)]
        steps::add(1);
        match byte {
            byte if is_quote(byte) => {
                let outer = *outer.get_or_insert_with(|| open_at(bytes, begin));
                let Some(end) = end_of_part(bytes, at, byte, outer) else {
                    break;
                };
                parts += 1;
                at = end;
                if parts > MOST_PARTS {
                    break;
                }
            }
            b'(' | b'[' | b'{' => break,
            b'\\' if escape_ends(bytes, at + 1) => break,
            byte if byte.is_ascii_whitespace() => break,
            byte if at >= found.end && ends_word(byte) => break,
            // What is no part of a word so far is none behind it.
            _ if parts == 0 && at >= found.end => break,
            _ => at += 1,
        }
    }
    (parts > 0).then_some(at)
}

/// Returns what follows the part that the quote at `at` opens; none where it opens none: it closes
/// the string that the word stands in, or nothing closes it there.
fn end_of_part(bytes: &[u8], at: usize, quote: u8, outer: Option<u8>) -> Option<usize> {
    if outer == Some(quote) {
        return None;
    }
    let rest = bytes.get(at + 1..)?;
    let near = rest.get(..LONGEST_PART).unwrap_or(rest);
    if near.first().is_none_or(|byte| byte.is_ascii_whitespace() || b",;:)}]>".contains(byte)) {
        return None;
    }
    #[cfg(test)]
    steps::add(near.len());
    let end = near.iter().position(|byte| *byte == quote || Some(*byte) == outer)?;
    (near.get(end) == Some(&quote)).then_some(at + end + 2)
}

/// Returns the quote that is open at `at`, as far as the bytes before it tell. One behind a letter is
/// an apostrophe, or belongs to a word.
pub(crate) fn open_at(bytes: &[u8], at: usize) -> Option<u8> {
    let mut open = None;
    let mut before = b' ';
    let mut escaped = false;
    for byte in bytes.get(at.saturating_sub(BACK)..at).unwrap_or(&[]).iter().copied() {
        #[cfg(test)]
        steps::add(1);
        if is_quote(byte) && !escaped {
            match open {
                Some(quote) if quote == byte => open = None,
                None if !before.is_ascii_alphanumeric() => open = Some(byte),
                Some(_) | None => {}
            }
        }
        escaped = byte == b'\\' && !escaped;
        before = byte;
    }
    open
}

const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'')
}
