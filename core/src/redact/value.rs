//! Where the value behind a key begins and ends, within a line.

use crate::redact::bytes::run_end;
use crate::redact::bytes::starts_at;
#[cfg(test)]
use crate::redact::bytes::steps;
use crate::redact::colour;

/// A value and how it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// It stands without quotes.
    pub(crate) bare: bool,
}

/// How far the value of a bare word reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To the end of the line.
    Line,
    /// To the next space.
    Space,
    /// To the next space, or what ends a value in code and in lists.
    Word,
}

/// Where the bare words end that were measured last, so that none is measured twice.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BareEnds {
    line: (usize, usize),
    space: (usize, usize),
    word: (usize, usize),
}

impl BareEnds {
    fn end(&mut self, bytes: &[u8], start: usize, reach: Reach) -> usize {
        let slot = match reach {
            Reach::Line => &mut self.line,
            Reach::Space => &mut self.space,
            Reach::Word => &mut self.word,
        };
        if !(slot.0 <= start && start < slot.1) {
            *slot = (start, word_end(bytes, start, reach));
        }
        slot.1
    }
}

/// Returns the value that begins at `at`, spaces skipped.
pub(crate) fn value_at(
    bytes: &[u8],
    at: usize,
    reach: Reach,
    ends: &mut BareEnds,
) -> Option<Found> {
    let start = run_end(bytes, at, |byte| matches!(byte, b' ' | b'\t'));
    let start = colour::end(bytes, start);
    // Prefixes of literals: b"…", @"…", u'…'.
    let prefix = match bytes.get(start..start + 2) {
        Some([b'b' | b'r' | b'u' | b'f' | b'@' | b'$' | b'L' | b'N', b'"' | b'\'']) => 1,
        Some(_) | None => 0,
    };
    let slashes = run_end(bytes, start + prefix, |byte| byte == b'\\') - start - prefix;
    let quote_at = start + prefix + slashes;
    if starts_at(bytes, quote_at, b"u0022") && slashes > 0 {
        let body = quote_at + 5;
        let end = find(bytes, body, b"\\u0022").unwrap_or(bytes.len());
        return Some(Found { start: body, end, bare: false });
    }
    match bytes.get(quote_at) {
        Some(quote @ (b'"' | b'\'' | b'`')) => {
            let body = quote_at + 1;
            // Three quotes in Python and Kotlin; an empty value has two and no more.
            let triple = slashes == 0 && starts_at(bytes, body, &[*quote, *quote]);
            let body = if triple { body + 2 } else { body };
            let end = quoted_end(bytes, body, *quote, slashes);
            Some(Found { start: body, end, bare: false })
        }
        Some(_) => {
            let end = ends.end(bytes, start, reach);
            (end > start).then_some(Found { start, end, bare: true })
        }
        None => None,
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memmem::find(rest, what).map(|at| from + at)
}

/// Returns where a quoted value ends: at its quote, behind as many backslashes as the opening one
/// has, or at the end of the line.
pub(crate) fn quoted_end(bytes: &[u8], body: usize, quote: u8, slashes: usize) -> usize {
    let mut at = body;
    while let Some(byte) = bytes.get(at) {
        #[cfg(test)]
        steps::add(1);
        match *byte {
            b'\\' => {
                let run = run_end(bytes, at, |byte| byte == b'\\');
                let closes = bytes.get(run) == Some(&quote);
                if closes && slashes > 0 && run - at <= slashes {
                    return at;
                }
                // Inside plain quotes a backslash covers what follows it.
                let covers = slashes > 0 || (run - at) % 2 == 1;
                at = if covers { run + 1 } else { run };
            }
            // YAML and SQL write a quote inside quotes twice.
            b'\'' if quote == b'\'' && at > body && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Returns where a word without quotes ends that goes on at `start`.
pub(crate) fn word_end(bytes: &[u8], start: usize, reach: Reach) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        #[cfg(test)]
        steps::add(1);
        let ends = match reach {
            Reach::Line => matches!(byte, b'\r'),
            Reach::Space => byte.is_ascii_whitespace(),
            Reach::Word => byte.is_ascii_whitespace() || ends_word(*byte),
        };
        if ends || (*byte == b'\\' && escape_ends(bytes, at + 1)) {
            return at;
        }
        // Percent encoding of `&`, `"` and space ends what stands in a query.
        if reach == Reach::Word && *byte == b'%' && percent_ends(bytes, at + 1) {
            return at;
        }
        at += 1;
    }
    bytes.len().max(start)
}

pub(crate) fn ends_word(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b')' | b'}' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'&' | b'|')
}

/// An escaped line feed, tab, quote, or `&` as JSON writers hide it.
pub(crate) fn escape_ends(bytes: &[u8], at: usize) -> bool {
    let slashes = run_end(bytes, at, |byte| byte == b'\\');
    match bytes.get(slashes) {
        Some(b'n' | b'r' | b't' | b'"' | b'\'') => true,
        Some(b'u') => {
            let code = bytes.get(slashes + 1..slashes + 5);
            matches!(code, Some(b"0026" | b"0022" | b"0027" | b"003c" | b"003e" | b"000a"))
        }
        Some(_) | None => false,
    }
}

fn percent_ends(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + 2), Some(b"26" | b"22" | b"20" | b"7D" | b"7d" | b"2C" | b"2c"))
}
