//! Finding private keys in their blocks (RFC 7468, RFC 4880, SSH2, PuTTY), in the layouts in which
//! logs hold them: line under line, each line behind a prefix or farther in, one line with `\n` between,
//! and cut off at either end.

use crate::redact::announced::Pending;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::starts_at;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::span::Span;

/// How a frame begins: as in RFC 7468, or as in RFC 4716.
const RULES: [&[u8]; 2] = [b"-----", b"---- "];
/// How long that is.
const RULE: usize = 5;
/// The shortest line of a body but for its last one.
const BODY: usize = 40;
/// How far behind a BEGIN the first line of a body stands, headers between.
const NEAR: usize = 512;
/// Other lines that may stand between those of a key, as where several programs write one log.
const BETWEEN: u8 = 32;

/// How far the lines of a private key were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeyLines {
    /// Where its lines begin.
    column: usize,
    /// A whole line of its body was seen.
    begun: bool,
    /// Other lines that may still come before its next one.
    left: u8,
}

impl KeyLines {
    /// Returns true where the line before was none of the key.
    pub(crate) const fn is_between(self) -> bool {
        self.left < BETWEEN
    }
}

/// Returns true where a frame with `word` begins at `at`.
pub(crate) fn is_frame(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    RULES.iter().any(|rule| starts_at(bytes, at, rule)) && starts_at(bytes, at + RULE, word)
}

/// Takes what stands behind a private key's BEGIN at `at`.
pub(crate) fn begin(line: &mut Line<'_, '_>, at: usize) {
    if at < line.key_body_done {
        return;
    }
    let Some(body) = after_label(line.bytes, at + RULE + b"BEGIN".len()) else {
        return;
    };
    let end = next_end(line, body);
    let rest = line.bytes.get(body..).unwrap_or(&[]);
    let stop = match end {
        Some((_, end)) => end,
        None => body + escaped_body(rest),
    };
    line.key_body_done = stop;
    let open = end.is_none() && stop >= line.bytes.trim_ascii_end().len();
    line.spans.push(Span { to_end: open, ..Span::new(at, stop, Kind::PrivateKey) });
    // Line under line: what closes the line is no body.
    let closes = |rest: &[u8]| {
        rest.iter().all(|byte| byte.is_ascii_whitespace() || b"\\rn\"'+,".contains(byte))
    };
    if end.is_none() && closes(line.bytes.get(stop..).unwrap_or(&[])) {
        let lines = KeyLines { column: at, begun: stop > body + BODY, left: BETWEEN };
        line.pending = Some(Pending::Key(lines));
    }
}

/// Takes the lines of a PuTTY key that its `Private-Lines: ` at `at` announces.
pub(crate) fn putty(line: &mut Line<'_, '_>, at: usize) {
    if at < line.key_body_done {
        return;
    }
    let bytes = line.bytes;
    let number = run_end(bytes, at + b"Private-Lines:".len(), |byte| byte == b' ');
    let stop = run_end(bytes, number, |byte| byte.is_ascii_digit());
    // One line, its line feeds written out.
    if stop > number && bytes.get(stop) == Some(&b'\\') {
        let end = stop + escaped_body(bytes.get(stop..).unwrap_or(&[]));
        line.key_body_done = end;
        line.spans.push(Span::new(stop, end, Kind::PrivateKey));
        return;
    }
    let count = bytes.get(number..).unwrap_or(&[]).trim_ascii();
    if !count.is_empty() && count.len() <= 4 && count.iter().all(u8::is_ascii_digit) {
        line.pending = Some(Pending::Key(KeyLines { column: at, begun: true, left: BETWEEN }));
    }
}

/// Takes a private key's END at `at`, and what of the key stands before it in the line.
pub(crate) fn end(line: &mut Line<'_, '_>, at: usize) {
    let Some(stop) = after_label(line.bytes, at + RULE + b"END".len()) else {
        return;
    };
    let bytes = line.bytes;
    let mut start = at;
    while let Some(byte) = start.checked_sub(1).and_then(|before| bytes.get(before)) {
        // `n` and `r` of `\n` are of the alphabet too.
        if !BASE64.has(*byte) && *byte != b'\\' {
            break;
        }
        start -= 1;
    }
    let kind = if line.announced_key { Kind::KeyBody } else { Kind::PrivateKey };
    line.spans.push(Span::new(start, stop, kind));
}

/// Takes the next line of a key, and announces that it goes on, where it may.
pub(crate) fn go_on(line: &mut Line<'_, '_>, lines: KeyLines) {
    let bytes = line.bytes;
    line.announced_key = true;
    if let Some((at, _)) = private_end(bytes, 0) {
        end(line, at);
        return;
    }
    line.pending = match body_of(bytes, lines) {
        Some((start, stop)) => {
            if start < stop {
                line.spans.push(Span::new(start, stop, Kind::KeyBody));
            }
            let begun = lines.begun || stop - start >= BODY;
            Some(Pending::Key(KeyLines { begun, left: BETWEEN, ..lines }))
        }
        None => {
            let left = lines.left.checked_sub(1);
            left.map(|left| Pending::Key(KeyLines { left, ..lines }))
        }
    };
}

/// What may stand behind a key's line: line feeds that are written out, quotes, signs of lists.
const CLOSING: &[&[u8]] = &[b" ", b"\t", b"\r", b"\"", b"'", b",", b"\\n", b"\\r", b"\\", b" +"];

/// Returns a line of a key without what may stand behind it.
pub(crate) fn without_closing(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let Some(rest) = CLOSING.iter().find_map(|closing| text.strip_suffix(*closing)) {
        text = rest;
    }
    text
}

/// Returns what of a line belongs to the body of a key: the last word where it is encoded, the
/// whole of a header such as `DEK-Info: …`; an empty place for an empty line; none where the line
/// is something else. A short word is one only right below another line of the key, where its lines
/// begin.
fn body_of(line: &[u8], lines: KeyLines) -> Option<(usize, usize)> {
    let text = without_closing(line);
    let stop = text.len();
    let word = text.iter().rev().take_while(|byte| BASE64.has(**byte)).count();
    let start = stop - word;
    let body = line.get(start..stop).unwrap_or(&[]);
    if text.trim_ascii().is_empty() {
        return Some((0, 0));
    }
    let indent = run_end(text, 0, |byte| matches!(byte, b' ' | b'\t' | b'"' | b'\''));
    if is_header(text.get(indent..).unwrap_or(&[])) {
        return Some((indent, stop));
    }
    let mixed = |is: fn(&u8) -> bool| body.iter().any(is);
    let random = mixed(u8::is_ascii_uppercase) as u8
        + mixed(u8::is_ascii_lowercase) as u8
        + mixed(u8::is_ascii_digit) as u8
        >= 2;
    let alone = text.get(..start).unwrap_or(&[]).trim_ascii().is_empty();
    let follows = !lines.is_between();
    let short = follows
        && random
        && (word >= 16 || lines.begun && word >= 4 && (start == lines.column || alone));
    // The rest of an address is as long, and is none.
    if byte_before(text, start).is_some_and(|byte| b".:@~%?&#".contains(&byte)) {
        return None;
    }
    let closed = follows && lines.begun && body.ends_with(b"=");
    let whole = word >= BODY || closed || short;
    whole.then_some((start, stop))
}

/// Returns true where `line` holds the END of a private key.
pub(crate) fn is_private_end(line: &[u8]) -> bool {
    private_end(line, 0).is_some()
}

fn is_header(text: &[u8]) -> bool {
    [
        &b"Proc-Type:"[..],
        b"DEK-Info:",
        b"Comment:",
        b"Version:",
        b"Key-Derivation:",
        b"Private-MAC:",
        b"Private-Lines:",
        b"Argon2-",
    ]
    .iter()
    .any(|name| text.starts_with(name))
}

/// Returns the first END from `from` on. It is looked for once: a line may hold a thousand BEGINs.
fn next_end(line: &mut Line<'_, '_>, from: usize) -> Option<(usize, usize)> {
    if let Some((since, end)) = line.key_end
        && since <= from
        && end.is_none_or(|(start, _)| from <= start)
    {
        return end;
    }
    let end = private_end(line.bytes, from);
    line.key_end = Some((from, end));
    end
}

/// Returns where a private key's END begins and ends in the line.
fn private_end(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, b"END")) {
        let start = (at + found).checked_sub(RULE).filter(|start| *start >= from);
        at += found + b"END".len();
        if let Some(start) = start.filter(|start| is_frame(bytes, *start, b"END"))
            && let Some(end) = after_label(bytes, at)
        {
            return Some((start, end));
        }
    }
    None
}

/// Returns how far a body reaches that stands in one line, its line feeds written out or its lines
/// listed. A sentence that only speaks of keys holds no line of one.
fn escaped_body(rest: &[u8]) -> usize {
    let in_body = |byte: u8| BASE64.has(byte) || b"\\ :,%".contains(&byte);
    let near = rest.get(..NEAR).unwrap_or(rest);
    let near = near.get(..run_end(near, 0, in_body)).unwrap_or(near);
    let feed = matches!(near, [b'\\', b'n' | b'r', ..]);
    let longest = near.split(|byte| !BASE64.has(*byte)).map(<[u8]>::len).max().unwrap_or(0);
    if !feed && longest < BODY {
        return 0;
    }
    let mut end = run_end(rest, 0, in_body);
    // `", "`: the lines of a list.
    while let Some(quote @ (b'"' | b'\'')) = rest.get(end).copied() {
        let next = run_end(rest, end + 1, |byte| matches!(byte, b',' | b' '));
        let body = run_end(rest, next + 1, |byte| BASE64.has(byte));
        if rest.get(next) != Some(&quote) || body < next + 1 + BODY / 2 {
            break;
        }
        end = run_end(rest, next + 1, in_body);
    }
    // Backslashes before the closing quote are the quote's.
    let body = rest.get(..end).unwrap_or(&[]);
    let quote = rest.get(end).is_some_and(|byte| matches!(byte, b'"' | b'\''));
    let slashes = body.iter().rev().take_while(|byte| quote && **byte == b'\\').count();
    end - slashes
}

/// Returns true where `text` holds the BEGIN of a private key.
pub(crate) fn has_private_begin(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, b"BEGIN").any(|word| {
        word.checked_sub(RULE).is_some_and(|at| is_frame(text, at, b"BEGIN"))
            && after_label(text, word + b"BEGIN".len()).is_some()
    })
}

/// Returns what follows `LABEL-----` near `at`. Its words may be encoded as in a URL.
fn after_label(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let near = rest.get(..64).unwrap_or(rest);
    let label = near.windows(4).position(|window| window == b"----")?;
    let text = near.get(..label)?;
    let private = memchr::memmem::find(text, b"PRIVATE")?;
    let words = text.get(private + b"PRIVATE".len()..)?;
    let gap = [&b" KEY"[..], b"+KEY", b"%20KEY"];
    let rule = 4 + usize::from(rest.get(label + 4) == Some(&b'-'));
    gap.iter().any(|gap| words.starts_with(gap)).then_some(at + label + rule)
}
