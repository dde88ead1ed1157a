//! Where the value behind a key begins and ends.

use crate::redact::scan::run_end;

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
            *slot = (start, run_end(bytes, start, |byte| !ends_bare(byte, reach)));
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
    let slashes = run_end(bytes, start, |byte| byte == b'\\') - start;
    match bytes.get(start + slashes) {
        Some(quote @ (b'"' | b'\'' | b'`')) => {
            let body = start + slashes + 1;
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

/// Returns where a quoted value ends: at its quote, behind as many backslashes as the opening one
/// has, or at the end of the line.
fn quoted_end(bytes: &[u8], body: usize, quote: u8, slashes: usize) -> usize {
    let mut at = body;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\n' => return at,
            b'\\' => {
                let run = run_end(bytes, at, |byte| byte == b'\\');
                let closes = bytes.get(run) == Some(&quote);
                if closes && slashes > 0 && run - at <= slashes {
                    return at;
                }
                // Inside plain quotes a backslash covers what follows it.
                let covers = slashes > 0 || (run - at) % 2 == 1;
                at = if covers && bytes.get(run) != Some(&b'\n') { run + 1 } else { run };
            }
            // YAML and SQL write a quote inside quotes twice.
            b'\'' if quote == b'\'' && at > body && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn ends_bare(byte: u8, reach: Reach) -> bool {
    match reach {
        Reach::Line => matches!(byte, b'\n' | b'\r'),
        Reach::Space => byte.is_ascii_whitespace(),
        Reach::Word => {
            byte.is_ascii_whitespace()
                || matches!(
                    byte,
                    b',' | b';' | b')' | b'}' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'&' | b'|'
                )
        }
    }
}
