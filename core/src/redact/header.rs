//! Finding credentials in headers, and behind the scheme that names them.

use crate::redact::announced;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::ByteSet;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::encoding::decode_base64;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::placeholder::is_word;
use crate::redact::reference::is_reference;
use crate::redact::separator::Separator;
use crate::redact::separator::separator;
use crate::redact::span::Span;
use crate::redact::value::Found;
use crate::redact::value::Reach;
use crate::redact::value::value_at;

/// A longer header value is never a sentence.
const LONG: usize = 4096;
/// Values of one header that are looked at.
const MOST_LISTED: usize = 32;
const CREDENTIALS: ByteSet = ByteSet::alnum_and(b"_-.+/=~");

/// Takes a header's value: everything behind the colon, but for the scheme of an authorization.
pub(crate) fn find(line: &mut Line<'_, '_>, start: usize, end: usize, kind: Kind) {
    let bytes = line.bytes;
    // `"name": "Cookie", "value": "…"`.
    let beside =
        announced::beside(bytes, start, end).map(|(_, separator, after)| (separator, after));
    let Some((separator, after)) = beside.or_else(|| separator(bytes, start, end, false)) else {
        return;
    };
    if matches!(separator, Separator::Element | Separator::Space | Separator::Prose) {
        return;
    }
    // `"Authorization", "Bearer …"` and `Authorization: ["Bearer …"]`.
    let after = run_end(bytes, after, |byte| matches!(byte, b' ' | b'[' | b'\t'));
    let Some(mut found) = value_at(bytes, after, Reach::Line, &mut line.ends) else {
        return;
    };
    // `-H 'Cookie: a=b'`: the quote before the name ends the value.
    let quote = byte_before(bytes, start).filter(|byte| b"\"'`".contains(byte));
    let closed_key = bytes.get(end).is_some_and(|byte| b"\"'`\\".contains(byte));
    if let Some(quote) = quote
        && !closed_key
    {
        found.end = run_end(bytes, found.start, |byte| byte != b'\r' && byte != quote);
        // `\"Cookie: a=b\"`: the backslash belongs to the quote.
        while found.end > found.start && byte_before(bytes, found.end) == Some(b'\\') {
            found.end -= 1;
        }
    }
    take(line, start, found, kind);
    // `"set-cookie": ["…", "…"]`.
    for _ in 0..MOST_LISTED {
        let quote = run_end(bytes, found.end, |byte| b"\"' ".contains(&byte));
        if found.bare || bytes.get(quote) != Some(&b',') {
            return;
        }
        match value_at(bytes, quote + 1, Reach::Line, &mut line.ends) {
            // The next key of an object is no value.
            Some(next) if !next.bare && !is_key(bytes, next.end) => found = next,
            Some(_) | None => return,
        }
        take(line, start, found, kind);
    }
}

fn is_key(bytes: &[u8], end: usize) -> bool {
    let behind = run_end(bytes, end, |byte| b"\\\"' ".contains(&byte));
    bytes.get(behind) == Some(&b':')
}

/// Takes the credentials in one value of a header.
fn take(line: &mut Line<'_, '_>, start: usize, found: Found, kind: Kind) {
    let value = line.bytes.get(found.start..found.end).unwrap_or(&[]).trim_ascii_end();
    let (skip, length) = if kind == Kind::Cookie {
        if value.len() <= LONG && !value.split(|byte| *byte == b';').any(is_cookie) {
            return;
        }
        (0, value.len())
    } else {
        let Some(found) = credentials(value, found.bare) else {
            return;
        };
        found
    };
    let from = found.start + skip;
    let secret = line.bytes.get(from..from + length).unwrap_or(&[]);
    if kind != Kind::Cookie && (is_reference(secret) || is_word(secret)) {
        return;
    }
    let to_end = found.bare && from + length >= line.bytes.trim_ascii_end().len();
    let span = Span::new(from, from + length, kind);
    line.spans.push(Span { origin: start, to_end, ..span });
    line.key_done = line.key_done.max(from + length);
}

/// Returns true for `name=value` that is no reference.
fn is_cookie(pair: &[u8]) -> bool {
    let equals = pair.iter().position(|byte| *byte == b'=');
    let value = equals.and_then(|equals| pair.get(equals + 1..)).unwrap_or(&[]).trim_ascii();
    !is_reference(value) && !is_word(value)
}

/// Takes the credentials behind a bare `Bearer` or `Basic` that ends at `end`.
pub(crate) fn scheme(line: &mut Line<'_, '_>, start: usize, end: usize) {
    let bytes = line.bytes;
    let name = bytes.get(start..end).unwrap_or(&[]);
    let bearer = name.len() == 6 && name.eq_ignore_ascii_case(b"bearer");
    let basic = name.len() == 5 && name.eq_ignore_ascii_case(b"basic");
    if !bearer && !basic {
        return;
    }
    let from = run_end(bytes, end, |byte| byte == b' ');
    let stop = run_end(bytes, from, |byte| CREDENTIALS.has(byte));
    let value = bytes.get(from..stop).unwrap_or(&[]);
    if from == end {
        return;
    }
    let secret = if bearer {
        value.len() >= 16 && value.iter().take(64).any(u8::is_ascii_digit)
    } else {
        value.len() >= 8
            && value.iter().all(|byte| BASE64.has(*byte))
            && decode_base64(value).is_some_and(|text| {
                text.contains(&b':') && text.iter().all(|byte| (b' '..=b'~').contains(byte))
            })
    };
    if secret {
        line.spans.push(Span { origin: start, ..Span::new(from, stop, Kind::Authorization) });
    }
}

/// Returns where in a header's value the credentials lie: how far to skip, and how long they are.
fn credentials(value: &[u8], bare: bool) -> Option<(usize, usize)> {
    // No sentence is that long, and looking at each word of one line again would take for ever.
    if value.len() > LONG {
        return Some((0, value.len()));
    }
    let scheme = value.iter().take_while(|byte| **byte != b' ').count();
    let skip = run_end(value, scheme, |byte| byte == b' ');
    let rest = value.get(skip..).unwrap_or(&[]);
    // `Bearer $(print a token)`.
    let quoted = rest.iter().take_while(|byte| !b"\"'`\\".contains(byte)).count();
    if quoted > 0 && is_reference(rest.get(..quoted).unwrap_or(&[])) {
        return None;
    }
    let one_word = rest
        .iter()
        .take_while(|byte| !byte.is_ascii_whitespace() && !b"\"'`\\".contains(byte))
        .count();
    let scheme = value.get(..scheme).unwrap_or(&[]).to_ascii_lowercase();
    match scheme.as_slice() {
        b"basic" | b"bearer" | b"token" | b"apikey" | b"negotiate" | b"ntlm" | b"key" => {
            let length = if bare { one_word } else { rest.len() };
            (length > 0).then_some((skip, length))
        }
        b"digest" | b"aws4-hmac-sha256" | b"oauth" | b"hawk" | b"signature" | b"sharedkey" => {
            (!rest.is_empty()).then_some((skip, rest.len()))
        }
        // No scheme: a value of one word, or with digits; anything else is a sentence.
        _ if rest.is_empty() && value.len() >= 8 => Some((0, value.len())),
        _ if value.iter().any(u8::is_ascii_digit) => Some((0, value.len())),
        _ => None,
    }
}
