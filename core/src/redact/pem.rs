//! Finding private keys in their blocks (RFC 7468, RFC 4880, PuTTY), in the layouts in which logs
//! hold them: line under line, each line behind a prefix or farther in, one line with `\n` between,
//! and cut off at either end.

use crate::redact::bytes::BASE64;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::line::Pending;
use crate::redact::span::Span;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const RULE: &[u8] = b"-----";
const LABEL: &[u8] = b"PRIVATE KEY";
/// The shortest line of a body but for its last one.
const BODY: usize = 40;

/// Takes what stands behind a private key's BEGIN at `at`.
pub(crate) fn begin(line: &mut Line<'_, '_>, at: usize) {
    let Some(body) = after_label(line.bytes, at + BEGIN.len()) else {
        return;
    };
    let end = next_end(line, body);
    let rest = line.bytes.get(body..).unwrap_or(&[]);
    let stop = match end {
        Some((_, end)) => end,
        None => body + escaped_body(rest),
    };
    line.spans.push(Span::new(at, stop, Kind::PrivateKey));
    // Line under line: what closes the line is no body.
    let closes = rest.iter().all(|byte| byte.is_ascii_whitespace() || b"\\rn\"'+,".contains(byte));
    if end.is_none() && closes {
        line.pending = Some(Pending::Key { column: at });
    }
}

/// Takes the lines of a PuTTY key that its `Private-Lines: ` announces.
pub(crate) fn putty(line: &mut Line<'_, '_>, at: usize) {
    line.pending = Some(Pending::Key { column: at });
}

/// Takes a private key's END at `at`, and what of the key stands before it in the line.
pub(crate) fn end(line: &mut Line<'_, '_>, at: usize) {
    let Some(stop) = after_label(line.bytes, at + END.len()) else {
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

/// Takes the next line of a key, and announces that it goes on, where it does.
pub(crate) fn go_on(line: &mut Line<'_, '_>, column: usize) {
    let bytes = line.bytes;
    line.announced_key = true;
    let rule = memchr::memmem::find(bytes, END);
    if let Some(at) = rule.filter(|at| after_label(bytes, at + END.len()).is_some()) {
        end(line, at);
        return;
    }
    match body_of(bytes, column) {
        Some((start, stop)) => {
            if start < stop {
                line.spans.push(Span::new(start, stop, Kind::KeyBody));
            }
            line.pending = Some(Pending::Key { column });
        }
        None => line.pending = None,
    }
}

/// Returns what of a line belongs to the body of a key: the last word where it is encoded, the
/// whole of a header such as `DEK-Info: …`; an empty place for an empty line; none where the line
/// is something else. A short word is one only where the key's lines begin: at `column`.
pub(crate) fn body_of(line: &[u8], column: usize) -> Option<(usize, usize)> {
    let stop = line.len()
        - line
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_whitespace() || b"\\rn\"',+".contains(b))
            .count();
    let text = line.get(..stop).unwrap_or(&[]);
    let word = text.iter().rev().take_while(|byte| BASE64.has(**byte)).count();
    let start = stop - word;
    let body = line.get(start..stop).unwrap_or(&[]);
    if text.trim_ascii().is_empty() {
        return Some((0, 0));
    }
    if is_header(text) {
        let indent = run_end(text, 0, |byte| matches!(byte, b' ' | b'\t'));
        return Some((indent, stop));
    }
    let mixed = |is: fn(&u8) -> bool| body.iter().any(is);
    let random = mixed(u8::is_ascii_uppercase) as u8
        + mixed(u8::is_ascii_lowercase) as u8
        + mixed(u8::is_ascii_digit) as u8
        >= 2;
    let alone = text.get(..start).unwrap_or(&[]).trim_ascii().is_empty();
    let short = word >= 4 && (start == column || alone || word >= 16);
    // The rest of an address is as long, and is none.
    if byte_before(text, start).is_some_and(|byte| b".:@~%?&#".contains(&byte)) {
        return None;
    }
    let whole = word >= BODY || body.ends_with(b"=") || (short && random);
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
    .any(|name| memchr::memmem::find(text, name).is_some())
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
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, END)) {
        let start = at + found;
        at = start + END.len();
        if let Some(end) = after_label(bytes, at) {
            return Some((start, end));
        }
    }
    None
}

/// Returns how far a body reaches that stands in one line, its line feeds written out.
fn escaped_body(rest: &[u8]) -> usize {
    let body =
        run_end(rest, 0, |byte| BASE64.has(byte) || matches!(byte, b'\\' | b' ' | b':' | b','));
    // Backslashes before the closing quote are the quote's.
    let body = rest.get(..body).unwrap_or(&[]);
    let quote = rest.get(body.len()).is_some_and(|byte| matches!(byte, b'"' | b'\''));
    let slashes = body.iter().rev().take_while(|byte| quote && **byte == b'\\').count();
    body.len() - slashes
}

/// Returns what follows `LABEL-----` near `at`.
fn after_label(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let near = rest.get(..64).unwrap_or(rest);
    let label = near.windows(RULE.len()).position(|window| window == RULE)?;
    let named = near.get(..label)?.windows(LABEL.len()).any(|window| window == LABEL);
    named.then_some(at + label + RULE.len())
}
