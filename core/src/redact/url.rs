//! Finding passwords in URLs, and addresses inside private networks.

use crate::redact::RedactedKind;
use crate::redact::placeholder::is_reference;
use crate::redact::scan::byte_before;
use crate::redact::scan::run_end;
use crate::redact::scan::run_start;
use crate::redact::span::Span;

/// The longest stretch in which a password may reach beyond the authority.
const REACH: usize = 256;
const PRIVATE_SUFFIXES: [&str; 6] =
    [".internal", ".corp", ".local", ".lan", ".intranet", ".home.arpa"];

/// Adds the passwords in URLs and the private addresses of `text` to `spans`.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices("://") {
        let start = run_start(bytes, at, 32, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-')
        });
        let authority = at + 3;
        let after_user = user_info(text, authority, spans);
        let host_end = run_end(bytes, after_user, is_host);
        let host = text.get(after_user..host_end).unwrap_or("");
        if start < at && is_private_host(host) {
            let end = run_end(bytes, host_end, |byte| !ends_url(byte));
            let end = trim_end(text, host_end, end);
            spans.push(Span::new(start, end, RedactedKind::PrivateUrl));
        }
    }
    bare_hosts(text, spans);
}

/// Finds the password before `@`, and returns where the host begins.
fn user_info(text: &str, start: usize, spans: &mut Vec<Span>) -> usize {
    let bytes = text.as_bytes();
    let end = run_end(bytes, start, |byte| !ends_url(byte) && !matches!(byte, b'/' | b'?' | b'#'));
    let authority = text.get(start..end).unwrap_or("");
    let mut at = authority.rfind('@').map(|at| start + at);
    let host = at.and_then(|at| text.get(at + 1..end)).unwrap_or("");
    let credentials = match at {
        Some(at) => {
            text.get(start..at).is_some_and(|info| info.contains(':')) && !is_plausible(host)
        }
        None => authority.split_once(':').is_some_and(|(_, rest)| !is_port(rest)),
    };
    if credentials {
        // A password with `/`, `?` or `#` that was not encoded.
        let near = bytes.get(..start + REACH).unwrap_or(bytes);
        let far = run_end(near, start, |byte| !ends_url(byte));
        let stretch = near.get(start..far).unwrap_or(&[]);
        let next_url = stretch.windows(3).position(|window| window == b"://");
        let stretch = stretch.get(..next_url.unwrap_or(stretch.len())).unwrap_or(&[]);
        let last = stretch.iter().rposition(|byte| *byte == b'@');
        at = last.map(|at| start + at).max(at);
    }
    let Some(at) = at else {
        return start;
    };
    let info = text.get(start..at).unwrap_or("");
    let (user, password) = info.split_once(':').unwrap_or((info, ""));
    if !password.is_empty() && !is_reference(password) {
        let span = Span::new(start + user.len() + 1, at, RedactedKind::UrlPassword);
        spans.push(span);
    }
    // A long user without a password is a token.
    if password.is_empty() && user.len() >= 20 && user.bytes().any(|byte| byte.is_ascii_digit()) {
        spans.push(Span::new(start, start + user.len(), RedactedKind::UrlPassword));
    }
    at + 1
}

/// Hosts that stand alone: private IPv4 addresses, and private names that are surely hosts.
fn bare_hosts(text: &str, spans: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = run_end(bytes, at, is_host_name);
        if end == at {
            at += 1;
            continue;
        }
        let host = text.get(at..end).unwrap_or("").trim_end_matches('.');
        let port =
            bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let after = run_end(bytes, end + usize::from(port), |byte| port && byte.is_ascii_digit());
        let sure = port || host.split('.').count() >= 3;
        // A path or a member of an object is no host.
        let beside = byte_before(bytes, at).is_some_and(|byte| matches!(byte, b'/' | b'_' | b'\\'))
            || bytes.get(end).is_some_and(|byte| matches!(byte, b'_' | b'('));
        let url = text.get(..at).is_some_and(|before| before.ends_with("://"));
        if sure && (!beside || url || is_private_address(host)) && is_private_host(host) {
            let stop = if port { after } else { at + host.len() };
            spans.push(Span::new(at, stop, RedactedKind::PrivateUrl));
        }
        at = end;
    }
}

fn is_private_host(host: &str) -> bool {
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    if is_private_address(name) {
        return true;
    }
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    PRIVATE_SUFFIXES
        .iter()
        .any(|suffix| name.len() > suffix.len() && name.ends_with(suffix) && !name.starts_with('.'))
}

/// RFC 1918, RFC 6598 and link-local addresses; a machine's own are no secret.
fn is_private_address(host: &str) -> bool {
    let mut octets = [0u8; 4];
    let mut parts = host.split('.');
    for octet in &mut octets {
        match parts.next().map(str::parse) {
            Some(Ok(number)) => *octet = number,
            Some(Err(_)) | None => return false,
        }
    }
    parts.next().is_none()
        && matches!(
            octets,
            [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [169, 254, ..] | [100, 64..=127, ..]
        )
}

/// Looks like a host, and not like the rest of a password.
fn is_plausible(host: &str) -> bool {
    let port = host.split_once(':').is_some_and(|(_, port)| !port.is_empty() && is_port(port));
    host.bytes().all(is_host) && (port || host.contains('.') || host == "localhost")
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_host(byte: u8) -> bool {
    is_host_name(byte) || byte == b':'
}

fn is_host_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

fn ends_url(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\')
}

/// Leaves what closes a sentence or a bracket outside.
fn trim_end(text: &str, least: usize, end: usize) -> usize {
    let tail = text.get(least..end).unwrap_or("");
    least + tail.trim_end_matches(['.', ',', ';', ':', '!', ')', ']', '}']).len()
}
