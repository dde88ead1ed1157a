//! Finding e-mail addresses.

use crate::redact::bytes::ByteSet;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::span::Span;

const LOCAL: ByteSet = ByteSet::alnum_and(b"._%+-");
const DOMAIN: ByteSet = ByteSet::alnum_and(b".-");
/// What follows an `@` in names of files and of packages, and is no domain.
const NO_DOMAINS: [&[u8]; 12] = [
    b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"js", b"ts", b"css", b"service", b"target",
    b"timer",
];

/// Takes the e-mail address around the `@` at `at`, or its percent encoding of `length` bytes; an
/// `@` behind a password in a URL is none.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize, length: usize) {
    let bytes = line.bytes;
    // `user:password@tcp(host:3306)/db`: how Go writes the name of a database.
    let after = bytes.get(at + length..at + length + 5).unwrap_or(&[]);
    if after.starts_with(b"tcp(") || after == b"unix(" {
        let word = run_start(bytes, at, 256, |byte| byte > b' ' && !b"\"'`=".contains(&byte));
        let colon = bytes.get(word..at).and_then(|user| user.iter().position(|byte| *byte == b':'));
        if let Some(colon) = colon {
            line.spans
                .push(Span { origin: word, ..Span::new(word + colon + 1, at, Kind::UrlPassword) });
        }
        return;
    }
    let mut start = run_start(bytes, at, 64, |byte| LOCAL.has(byte));
    // `mailto%3Aana`, `=%22ana`: an encoded sign before the address is no part of it.
    if let Some(code) =
        bytes.get(start..at).and_then(|local| local.iter().rposition(|b| *b == b'%'))
    {
        start += (code + 3).min(at - start);
    }
    let near = bytes.get(..at + 256).unwrap_or(bytes);
    let end = run_end(near, at + length, |byte| DOMAIN.has(byte));
    let local = bytes.get(start..at).unwrap_or(&[]);
    let domain = bytes.get(at + length..end).unwrap_or(&[]);
    let tail = domain.iter().rev().take_while(|byte| matches!(byte, b'.' | b'-')).count();
    let domain = domain.get(..domain.len() - tail).unwrap_or(&[]);
    // `git@host:path` and `ssh://git@host` name a server's account, not a person.
    let scheme = bytes.get(..start).is_some_and(|before| before.ends_with(b"://"));
    let account = matches!(local, b"git" | b"hg" | b"svn") || scheme;
    let in_url = line
        .spans
        .iter()
        .rev()
        .take(4)
        .any(|span| span.kind == Kind::UrlPassword && span.end == at);
    if !local.is_empty() && !account && !in_url && is_domain(domain) {
        line.spans.push(Span::new(start, at + length + domain.len(), Kind::Email));
    }
}

fn is_domain(domain: &[u8]) -> bool {
    let Some(dot) = domain.iter().rposition(|byte| *byte == b'.') else {
        return false;
    };
    let last = domain.get(dot + 1..).unwrap_or(&[]);
    dot > 0
        && !domain.starts_with(b".")
        && !domain.windows(2).any(|pair| pair == b"..")
        && last.len() >= 2
        && last.iter().all(u8::is_ascii_alphabetic)
        && !NO_DOMAINS.iter().any(|name| last.eq_ignore_ascii_case(name))
}
