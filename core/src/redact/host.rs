//! Hosts inside private networks: by address, by suffix, by name.

use crate::redact::bytes::ByteSet;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::span::Span;
use crate::redact::targets::Targets;

const NAME: ByteSet = ByteSet::alnum_and(b".-");

/// Suffixes of names that the public name system never answers (RFC 6762, RFC 8375, ICANN's
/// `.internal`), or that networks commonly use inside.
pub(crate) const PRIVATE_SUFFIXES: [&str; 7] =
    [".internal", ".corp", ".local", ".lan", ".intranet", ".home.arpa", ".intra"];

/// The beginning of the largest private network.
pub(crate) const TEN: &[u8] = b"10.";

/// Literals in private addresses and names that the search looks for.
pub(crate) const STEMS: &[&[u8]] = &[
    TEN,
    b".internal",
    b".corp",
    b".local",
    b".lan",
    b".intra",
    b".home.arpa",
    b"192.168.",
    b"172.1",
    b"172.2",
    b"172.3",
    b"169.254.",
];

/// Takes the private host around `at`: an address, or a name that is surely a host.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    if at < line.host_done {
        return;
    }
    let start = run_start(bytes, at, 253, |byte| NAME.has(byte));
    let end = run_end(bytes, at, |byte| NAME.has(byte));
    line.host_done = end;
    let host = bytes.get(start..end).unwrap_or(&[]);
    let dots = host.iter().rev().take_while(|byte| **byte == b'.').count();
    let host = host.get(..host.len() - dots).unwrap_or(&[]);
    let port = bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let after = run_end(bytes, end + usize::from(port), |byte| port && byte.is_ascii_digit());
    let named = line.rules.is_private_name(host);
    let sure = port || named || host.iter().filter(|byte| **byte == b'.').count() >= 2;
    // A path or a member of an object is no host.
    let beside = byte_before(bytes, start).is_some_and(|byte| matches!(byte, b'/' | b'_' | b'\\'))
        || bytes.get(end).is_some_and(|byte| matches!(byte, b'_' | b'('));
    let url = bytes.get(..start).is_some_and(|before| before.ends_with(b"://"));
    if sure && (!beside || url || is_private_address(host)) && is_private_host(host, line.rules) {
        let stop = if port { after } else { start + host.len() };
        line.spans.push(Span::new(start, stop, Kind::PrivateUrl));
    }
}

/// Returns true where `host`, with or without its port, is inside a private network.
pub(crate) fn is_private_host(host: &[u8], rules: &Targets) -> bool {
    let name = host.split(|byte| *byte == b':').next().unwrap_or(host);
    is_private_address(name) || rules.is_private_name(name)
}

/// RFC 1918, RFC 6598 and link-local addresses; a machine's own are no secret.
fn is_private_address(host: &[u8]) -> bool {
    let mut octets = [0u8; 4];
    let mut parts = host.split(|byte| *byte == b'.');
    for octet in &mut octets {
        let part = parts.next().unwrap_or(&[]);
        let digits = (1..=3).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(part).ok().filter(|_| digits);
        match text.and_then(|text| text.parse().ok()) {
            Some(number) => *octet = number,
            None => return false,
        }
    }
    parts.next().is_none()
        && matches!(
            octets,
            [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [169, 254, ..] | [100, 64..=127, ..]
        )
}
