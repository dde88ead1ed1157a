//! Finding passwords in URLs, and addresses inside private networks.

use crate::redact::bytes::ByteSet;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::bytes::starts_at;
use crate::redact::host::is_private_host;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::placeholder::is_word;
use crate::redact::reference::is_reference;
use crate::redact::span::Span;
use crate::redact::token;

/// The longest stretch in which a password may reach beyond the authority.
const REACH: usize = 256;
/// The same where a host that is surely one follows.
const FAR: usize = 4096;
const SCHEME: ByteSet = ByteSet::alnum_and(b"+.-");
const HOST: ByteSet = ByteSet::alnum_and(b".-:");
const ENDS: ByteSet = ByteSet::of(b" \t\r\n\"'`<>\\");
/// Literals that the search looks for: `://`, as JSON writers hide it, and in JSON in JSON.
pub(crate) const STEMS: &[&[u8]] = &[b"://", b":\\/\\/", b":\\\\/\\\\/"];

/// Returns the length of the `://` that stands at `at`.
pub(crate) fn sign_length(bytes: &[u8], at: usize) -> usize {
    STEMS.iter().find(|text| starts_at(bytes, at, text)).map_or(3, |text| text.len())
}

/// Takes what is to be hidden of the URL whose `://` stands at `at`, written with `length` bytes.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize, length: usize) {
    let bytes = line.bytes;
    let start = scheme(bytes, at);
    let authority = at + length;
    if bytes.get(at) == Some(&b'%') {
        return encoded_user_info(line, authority);
    }
    if authority >= line.url_tokens_done {
        token::find_in_url(line, authority);
        line.url_tokens_done = authority + 64;
    }
    let after_user = user_info(line, start, authority);
    let host_end = run_end(bytes, after_user, |byte| HOST.has(byte));
    let host = bytes.get(after_user..host_end).unwrap_or(&[]);
    if start < at && start >= line.url_done && is_private_host(host, line.rules) {
        let escaped = length > 3;
        let end = run_end(bytes, host_end, |byte| !ENDS.has(byte) || (escaped && byte == b'\\'));
        line.url_done = end;
        let end = trim_end(bytes, host_end, end);
        line.spans.push(Span::new(start, end, Kind::PrivateUrl));
    }
}

/// Returns where the scheme begins that ends at `at`; text may be glued to it.
fn scheme(bytes: &[u8], at: usize) -> usize {
    let start = run_start(bytes, at, 32, |byte| SCHEME.has(byte));
    let small = run_start(bytes, at, 32, |byte| byte.is_ascii_lowercase() || byte == b'+');
    if small < at { small } else { start }
}

/// Takes the password before `@`, and returns where the host begins. The authority begins at
/// `start`, the scheme at `scheme`.
fn user_info(line: &mut Line<'_, '_>, scheme: usize, start: usize) -> usize {
    let bytes = line.bytes;
    let end = run_end(bytes, start, |byte| !ENDS.has(byte) && !b"/?#".contains(&byte));
    let authority = bytes.get(start..end).unwrap_or(&[]);
    let mut at = authority.iter().rposition(|byte| *byte == b'@').map(|at| start + at);
    let host = at.and_then(|at| bytes.get(at + 1..end)).unwrap_or(&[]);
    let colon = authority.iter().position(|byte| *byte == b':');
    let credentials = match at {
        Some(at) => {
            bytes.get(start..at).is_some_and(|info| info.contains(&b':')) && !is_plausible(host)
        }
        // An address of version 6 is no user.
        None if authority.starts_with(b"[") => false,
        None => colon.is_some_and(|colon| !is_port(authority.get(colon + 1..).unwrap_or(&[]))),
    };
    if credentials {
        at = beyond(bytes, start).or_else(|| quoted(bytes, scheme, start)).max(at);
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

/// Returns the last `@` behind a password with `/`, `?` or `#` in it that were not encoded.
fn beyond(bytes: &[u8], start: usize) -> Option<usize> {
    let stretch = up_to_next_url(bytes, start);
    // `\/` is a `/`.
    let slash = |at: usize| stretch.get(at + 1) == Some(&b'/');
    let inside = |at: usize, byte: u8| !ENDS.has(byte) || (byte == b'\\' && slash(at));
    let far = stretch.iter().enumerate().take_while(|(at, byte)| inside(*at, **byte)).count();
    let stretch = stretch.get(..far).unwrap_or(&[]);
    last_at(stretch, |at, after| at < REACH || is_plausible(host_of(after))).map(|at| start + at)
}

/// Returns the last `@` behind a password with quotes or brackets in it: up to the sign that closes
/// the one before the scheme, else up to a space, and only where a host follows.
fn quoted(bytes: &[u8], scheme: usize, start: usize) -> Option<usize> {
    let closes = match byte_before(bytes, scheme) {
        Some(quote @ (b'"' | b'\'' | b'`')) => Some(quote),
        Some(b'<') => Some(b'>'),
        Some(_) | None => None,
    };
    let stretch = up_to_next_url(bytes, start);
    let end = run_end(stretch, 0, |byte| byte > b' ' && Some(byte) != closes);
    let stretch = stretch.get(..end).unwrap_or(&[]);
    let at = last_at(stretch, |_, after| {
        let host = host_of(after);
        let stop = after.get(host.len()).copied();
        let ends = stop.is_none_or(|byte| b"/?#\\\"'`,;)>".contains(&byte));
        ends && (is_plausible(host)
            || (closes.is_some() && host.iter().any(u8::is_ascii_alphanumeric)))
    })?;
    // `"http://proxy:port","mail":"ana@shop.example"`: the next member of an object.
    let password = stretch.get(..at).unwrap_or(&[]);
    let member = password.windows(2).any(|pair| {
        matches!(
            pair,
            [b'"' | b'\'' | b'`', b',' | b':' | b'}' | b']'] | [b',' | b'{' | b'[', b'"' | b'\'']
        )
    });
    (!member).then_some(start + at)
}

/// Returns what follows `start`, up to where the next URL begins.
fn up_to_next_url(bytes: &[u8], start: usize) -> &[u8] {
    let mut stretch = bytes.get(start..).unwrap_or(&[]);
    stretch = stretch.get(..FAR).unwrap_or(stretch);
    for scheme in [&b"://"[..], b":\\/", b":\\\\/"] {
        let next = memchr::memmem::find(stretch, scheme).unwrap_or(stretch.len());
        stretch = stretch.get(..next).unwrap_or(&[]);
    }
    stretch
}

/// Returns the last `@` that is `good`, by its place and by what follows it.
fn last_at(stretch: &[u8], good: impl Fn(usize, &[u8]) -> bool) -> Option<usize> {
    // The last few decide: a text of nothing else would be read again for each.
    let places = memchr::memrchr_iter(b'@', stretch).take(16);
    places.into_iter().find(|at| good(*at, stretch.get(at + 1..).unwrap_or(&[])))
}

/// Returns the host, with its port, that `text` begins with.
fn host_of(text: &[u8]) -> &[u8] {
    let text = text.get(..REACH).unwrap_or(text);
    let open = usize::from(text.starts_with(b"["));
    let end = run_end(text, open, |byte| HOST.has(byte) || (open > 0 && byte == b']'));
    text.get(..end).unwrap_or(&[])
}

/// `postgres%3A%2F%2Fuser%3Apassword%40host`, also where a part of it stands as it is.
fn encoded_user_info(line: &mut Line<'_, '_>, start: usize) {
    let bytes = line.bytes;
    let rest = bytes.get(start..).unwrap_or(&[]);
    let is_code = |at: usize, codes: &[&[u8]]| {
        let here = rest.get(at..at + 3);
        codes.iter().any(|code| here.is_some_and(|here| here.eq_ignore_ascii_case(code)))
    };
    let ends = |at: usize, byte: u8| {
        ENDS.has(byte) || b"&/?#".contains(&byte) || is_code(at, &[b"%2f", b"%3f", b"%23"])
    };
    let path = rest.iter().enumerate().take_while(|(at, byte)| !ends(*at, **byte)).count();
    let colon = (0..path).find_map(|at| match rest.get(at) {
        Some(b':') => Some(at + 1),
        Some(b'%') if is_code(at, &[b"%3a"]) => Some(at + 3),
        Some(_) | None => None,
    });
    let last = |most: usize| {
        let mut places = (0..most).rev();
        places.find(|at| rest.get(*at) == Some(&b'@') || is_code(*at, &[b"%40"]))
    };
    let Some(password) = colon else {
        return;
    };
    // Beyond the authority only near: a password with a `/`, unless a port stands there.
    let port = is_port(rest.get(password..path).unwrap_or(&[]));
    let near = rest.get(..REACH).unwrap_or(rest);
    let near = run_end(near, 0, |byte| !ENDS.has(byte) && byte != b'&');
    if let Some(at) = last(path).or_else(|| last(near).filter(|_| !port))
        && password < at
    {
        let (from, to) = (start + password, start + at);
        line.spans.push(Span { origin: start, ..Span::new(from, to, Kind::UrlPassword) });
    }
}

/// Looks like a host, and not like the rest of a password.
fn is_plausible(host: &[u8]) -> bool {
    if let Some(address) = host.strip_prefix(b"[") {
        return address.contains(&b']');
    }
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

#[cfg(test)]
mod tests;
