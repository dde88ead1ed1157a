//! Finding passwords in URLs, and addresses inside private networks.

use crate::redact::bytes::ByteSet;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::host::is_private_host;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::placeholder::is_word;
use crate::redact::reference::is_reference;
use crate::redact::span::Span;
use crate::redact::token;

/// The longest stretch in which a password may reach beyond the authority.
const REACH: usize = 256;
const SCHEME: ByteSet = ByteSet::alnum_and(b"+.-");
const HOST: ByteSet = ByteSet::alnum_and(b".-:");
const ENDS: ByteSet = ByteSet::of(b" \t\r\n\"'`<>\\");

/// Takes what is to be hidden of the URL whose `://` stands at `at`, written with `length` bytes.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize, length: usize) {
    let bytes = line.bytes;
    let start = run_start(bytes, at, 32, |byte| SCHEME.has(byte));
    let authority = at + length;
    if length > 3 {
        return encoded_user_info(line, authority);
    }
    if authority >= line.url_tokens_done {
        token::find_in_url(line, authority);
        line.url_tokens_done = authority + 64;
    }
    let after_user = user_info(line, authority);
    let host_end = run_end(bytes, after_user, |byte| HOST.has(byte));
    let host = bytes.get(after_user..host_end).unwrap_or(&[]);
    if start < at && start >= line.url_done && is_private_host(host, line.rules) {
        let end = run_end(bytes, host_end, |byte| !ENDS.has(byte));
        line.url_done = end;
        let end = trim_end(bytes, host_end, end);
        line.spans.push(Span::new(start, end, Kind::PrivateUrl));
    }
}

/// Takes the password before `@`, and returns where the host begins.
fn user_info(line: &mut Line<'_, '_>, start: usize) -> usize {
    let bytes = line.bytes;
    let near = bytes.get(..start + 4 * REACH).unwrap_or(bytes);
    let end = run_end(near, start, |byte| !ENDS.has(byte) && !b"/?#".contains(&byte));
    let authority = bytes.get(start..end).unwrap_or(&[]);
    let mut at = authority.iter().rposition(|byte| *byte == b'@').map(|at| start + at);
    let host = at.and_then(|at| bytes.get(at + 1..end)).unwrap_or(&[]);
    let colon = authority.iter().position(|byte| *byte == b':');
    let credentials = match at {
        Some(at) => {
            bytes.get(start..at).is_some_and(|info| info.contains(&b':')) && !is_plausible(host)
        }
        None => colon.is_some_and(|colon| !is_port(authority.get(colon + 1..).unwrap_or(&[]))),
    };
    if credentials {
        // A password with `/`, `?` or `#` that was not encoded.
        let near = bytes.get(..start + REACH).unwrap_or(bytes);
        let far = run_end(near, start, |byte| !ENDS.has(byte));
        let stretch = near.get(start..far).unwrap_or(&[]);
        let next_url = stretch.windows(3).position(|window| window == b"://");
        let stretch = stretch.get(..next_url.unwrap_or(stretch.len())).unwrap_or(&[]);
        let last = stretch.iter().rposition(|byte| *byte == b'@');
        at = last.map(|at| start + at).max(at);
    }
    let Some(at) = at else {
        return start;
    };
    let info = bytes.get(start..at).unwrap_or(&[]);
    let user = info.iter().position(|byte| *byte == b':').unwrap_or(info.len());
    let password = info.get(user + 1..).unwrap_or(&[]);
    if !password.is_empty() && !is_reference(password) && !is_word(password) {
        line.spans
            .push(Span { origin: start, ..Span::new(start + user + 1, at, Kind::UrlPassword) });
    }
    // A long user without a password is a token.
    let name = info.get(..user).unwrap_or(&[]);
    let empty = password.is_empty() || matches!(password, b"x-oauth-basic" | b"x");
    if empty && name.len() >= 20 && name.iter().any(u8::is_ascii_digit) {
        line.spans
            .push(Span { origin: start, ..Span::new(start, start + user, Kind::UrlPassword) });
    }
    at + 1
}

/// `postgres%3A%2F%2Fuser%3Apassword%40host`.
fn encoded_user_info(line: &mut Line<'_, '_>, start: usize) {
    let bytes = line.bytes;
    let near = bytes.get(..start + REACH).unwrap_or(bytes);
    let end = run_end(near, start, |byte| !ENDS.has(byte) && byte != b'&');
    let stretch = bytes.get(start..end).unwrap_or(&[]);
    let place = |code: &[u8]| stretch.windows(3).position(|w| w.eq_ignore_ascii_case(code));
    if let (Some(colon), Some(at)) = (place(b"%3a"), place(b"%40"))
        && colon + 3 < at
    {
        let (from, to) = (start + colon + 3, start + at);
        line.spans.push(Span { origin: start, ..Span::new(from, to, Kind::UrlPassword) });
    }
}

/// Looks like a host, and not like the rest of a password.
fn is_plausible(host: &[u8]) -> bool {
    let colon = host.iter().position(|byte| *byte == b':');
    let port = colon.is_some_and(|colon| {
        colon + 1 < host.len() && is_port(host.get(colon + 1..).unwrap_or(&[]))
    });
    host.iter().all(|byte| HOST.has(*byte))
        && (port || host.contains(&b'.') || host == b"localhost")
}

fn is_port(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

/// Leaves what closes a sentence or a bracket outside.
fn trim_end(bytes: &[u8], least: usize, end: usize) -> usize {
    let tail = bytes.get(least..end).unwrap_or(&[]);
    let closing = tail.iter().rev().take_while(|byte| b".,;:!)]}".contains(byte)).count();
    end.max(least) - closing
}
