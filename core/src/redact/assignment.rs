//! Finding values behind keys that name a secret: assignments, headers, flags, elements.

use crate::redact::RedactedKind;
use crate::redact::key_name::header_name;
use crate::redact::key_name::secret_name;
use crate::redact::marker::marker_length;
use crate::redact::placeholder::is_harmless;
use crate::redact::placeholder::is_reference;
use crate::redact::scan::byte_before;
use crate::redact::scan::run_end;
use crate::redact::scan::run_start;
use crate::redact::span::Span;
use crate::redact::value::BareEnds;
use crate::redact::value::Found;
use crate::redact::value::Reach;
use crate::redact::value::value_at;

/// How far back the command or the entry is looked for that a flag or a word belongs to.
const BACK: usize = 256;

/// A longer header value is never a sentence.
const LONG_HEADER: usize = 4096;

/// Adds the values in `text` whose keys name a secret to `spans`; the keys stay.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    let mut search = Search { text, bytes: text.as_bytes(), ends: BareEnds::default(), spans };
    let mut at = 0;
    while at < text.len() {
        let end = run_end(search.bytes, at, is_key_byte);
        if end == at {
            // The kind inside a marker is no key.
            at += text.get(at..).and_then(marker_length).unwrap_or(1);
            continue;
        }
        at = search.key(at, end).map_or(end, |next| next.max(end));
    }
}

struct Search<'a> {
    text: &'a str,
    bytes: &'a [u8],
    ends: BareEnds,
    spans: &'a mut Vec<Span>,
}

/// What stands between a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Colon,
    Element,
    Equals,
    Space,
}

impl Search<'_> {
    /// Takes the key between `run` and `end`; returns where to go on.
    fn key(&mut self, run: usize, end: usize) -> Option<usize> {
        let start = run_end(self.bytes, run, |byte| matches!(byte, b'-' | b'.')).min(end);
        // What a long run ends in is what counts.
        let name = self.text.get(start.max(end.saturating_sub(96))..end)?;
        if let Some(kind) = header_name(name) {
            return self.header(start, end, kind);
        }
        let flag = self.bytes.get(run) == Some(&b'-');
        if flag && matches!(name, "u" | "user" | "proxy-user") && self.before(run, "curl") {
            return self.user_flag(end);
        }
        let kind = secret_name(name)?;
        // The user of a URL is no key.
        if self.text.get(..start).is_some_and(|before| before.ends_with("://")) {
            return None;
        }
        let Some((separator, after)) = self.separator(start, end, flag) else {
            return self.named_pair(end, kind);
        };
        self.value(start, separator, after, kind)
    }

    fn value(
        &mut self,
        key: usize,
        separator: Separator,
        after: usize,
        kind: RedactedKind,
    ) -> Option<usize> {
        let reach = match separator {
            Separator::Space => Reach::Space,
            Separator::Colon | Separator::Equals if self.begins_line(key) => Reach::Space,
            Separator::Colon | Separator::Equals | Separator::Element => Reach::Word,
        };
        let after = match separator {
            // A borrowed type, or an anchor.
            Separator::Colon => run_end(self.bytes, after, |byte| matches!(byte, b' ' | b'&')),
            Separator::Element | Separator::Equals | Separator::Space => after,
        };
        let found = value_at(self.bytes, after, reach, &mut self.ends)?;
        if self.take(found, kind, separator == Separator::Colon) {
            return Some(found.end);
        }
        // `password: &str = "…"`: what came first was the type.
        if separator == Separator::Colon && found.bare {
            let near = self.bytes.get(..found.end + 40).unwrap_or(self.bytes);
            let equals = run_end(near, found.end, |byte| !matches!(byte, b'=' | b'\n' | b','));
            if self.bytes.get(equals) == Some(&b'=') {
                let found = value_at(self.bytes, equals + 1, Reach::Word, &mut self.ends)?;
                if !found.bare && self.take(found, kind, false) {
                    return Some(found.end);
                }
            }
        }
        None
    }

    /// Keeps a value as a span unless it is harmless.
    fn take(&mut self, found: Found, kind: RedactedKind, colon: bool) -> bool {
        let Some(value) = self.text.get(found.start..found.end) else {
            return false;
        };
        let trimmed = if found.bare { value.trim_end_matches([',', ';']) } else { value };
        let judged =
            if found.bare { trimmed.trim_end_matches([')', '}', ']', '.']) } else { trimmed };
        let next = run_end(self.bytes, found.end, |byte| byte == b' ');
        let goes_on = self.bytes.get(next).is_some_and(u8::is_ascii_alphanumeric);
        let word = judged.bytes().all(|byte| byte.is_ascii_alphabetic());
        let prose = found.bare && colon && word && goes_on;
        // Both as it stands and without closing brackets: `${X}` needs its own, `f(x)` has one.
        let harmless =
            is_harmless(trimmed, kind, found.bare) || is_harmless(judged, kind, found.bare);
        if prose || (harmless && !self.random_tail(judged)) {
            return false;
        }
        self.spans.push(Span::new(found.start, found.start + trimmed.len(), kind));
        true
    }

    /// A marker that something else was glued to is no marker.
    fn random_tail(&self, value: &str) -> bool {
        value.starts_with("[REDACTED:") && !value.ends_with(']') && value.contains(']')
    }

    /// Returns what separates the key from its value, and where the value may begin.
    fn separator(&self, start: usize, end: usize, flag: bool) -> Option<(Separator, usize)> {
        let mut at = run_end(self.bytes, end, |byte| byte == b'\\');
        match self.bytes.get(at) {
            Some(b'"' | b'\'' | b'`') => {
                at += 1;
                at += usize::from(self.bytes.get(at) == Some(&b']'));
            }
            Some(_) if at == end => {}
            Some(_) | None => return None,
        }
        let spaces = run_end(self.bytes, at, |byte| matches!(byte, b' ' | b'\t'));
        let rest = self.bytes.get(spaces..)?;
        for operator in [&b"::="[..], b":=", b"===", b"==", b"=>", b"?=", b"="] {
            if rest.starts_with(operator) {
                return Some((Separator::Equals, spaces + operator.len()));
            }
        }
        if rest.starts_with(b"::") {
            return None;
        }
        if rest.starts_with(b":") {
            return Some((Separator::Colon, spaces + 1));
        }
        if rest.starts_with(b">") && byte_before(self.bytes, start) == Some(b'<') {
            return Some((Separator::Element, spaces + 1));
        }
        let entry = !flag && self.text.get(start..end) == Some("password");
        let spaced = spaces > end && !rest.starts_with(b"-");
        let netrc = entry && (self.before(start, "login ") || self.before(start, "machine "));
        (spaced && (flag || netrc)).then_some((Separator::Space, spaces))
    }

    /// `name: DB_PASSWORD`, then `value: …`: the key is itself a value, and its value comes next.
    fn named_pair(&mut self, end: usize, kind: RedactedKind) -> Option<usize> {
        let near = self.bytes.get(..end + 64).unwrap_or(self.bytes);
        let next = run_end(near, end, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b'\\')
        });
        let word = self.bytes.get(next..next + 5)?;
        if next == end || !word.eq_ignore_ascii_case(b"value") {
            return None;
        }
        let (separator, after) = self.separator(next, next + 5, false)?;
        self.value(next, separator, after, kind)
    }

    /// `curl -u name:password`.
    fn user_flag(&mut self, end: usize) -> Option<usize> {
        let gap = run_end(self.bytes, end, |byte| matches!(byte, b' ' | b'='));
        if gap == end {
            return None;
        }
        let found = value_at(self.bytes, gap, Reach::Space, &mut self.ends)?;
        let value = self.text.get(found.start..found.end)?;
        let (user, password) = value.split_once(':')?;
        if is_reference(password) {
            return None;
        }
        let start = found.start + user.len() + 1;
        self.spans.push(Span::new(start, found.end, RedactedKind::Password));
        Some(found.end)
    }

    /// A header: everything behind the colon, but for the scheme of an authorization.
    fn header(&mut self, start: usize, end: usize, kind: RedactedKind) -> Option<usize> {
        let (separator, after) = self.separator(start, end, false)?;
        if separator == Separator::Element || separator == Separator::Space {
            return None;
        }
        let mut found = value_at(self.bytes, after, Reach::Line, &mut self.ends)?;
        // `-H 'Cookie: a=b'`: the quote before the name ends the value.
        let quote = byte_before(self.bytes, start).filter(|byte| b"\"'`".contains(byte));
        let closed_key = self.bytes.get(end).is_some_and(|byte| b"\"'`\\".contains(byte));
        if let Some(quote) = quote
            && !closed_key
        {
            found.end = run_end(self.bytes, found.start, |byte| {
                !matches!(byte, b'\n' | b'\r') && byte != quote
            });
        }
        let value = self.text.get(found.start..found.end)?;
        let value = value.trim_end();
        let cookie = kind == RedactedKind::Cookie;
        let (skip, length) = if !cookie {
            credentials(value, found.bare)?
        } else if value.len() > LONG_HEADER || value.contains('=') {
            (0, value.len())
        } else {
            return None;
        };
        let start = found.start + skip;
        let secret = self.text.get(start..start + length)?;
        if is_reference(secret) || secret.starts_with("${") && secret.len() < 64 {
            return None;
        }
        self.spans.push(Span::new(start, start + length, kind));
        Some(start + length)
    }

    /// Nothing but what may precede an assignment stands before the key on its line.
    fn begins_line(&self, key: usize) -> bool {
        let start = run_start(self.bytes, key, 64, |byte| !matches!(byte, b'\n'));
        let before = self.text.get(start..key).unwrap_or("x").trim();
        let before = before.trim_start_matches(['+', '-', '#', '>']).trim();
        matches!(before, "" | "export" | "set" | "ENV" | "ARG" | "setx" | "\"" | "'")
    }

    fn before(&self, at: usize, word: &str) -> bool {
        let from = run_start(self.bytes, at, BACK, |byte| byte != b'\n');
        let before = self.bytes.get(from..at).unwrap_or(&[]);
        before.windows(word.len()).any(|window| window == word.as_bytes())
    }
}

/// Returns where in a header's value the credentials lie: how far to skip, and how long they are.
fn credentials(value: &str, bare: bool) -> Option<(usize, usize)> {
    // No sentence is that long, and looking at each word of one line again would take for ever.
    if value.len() > LONG_HEADER {
        return Some((0, value.len()));
    }
    let scheme = value.split(' ').next().unwrap_or("");
    let rest = value.get(scheme.len()..).unwrap_or("");
    let skip = scheme.len() + (rest.len() - rest.trim_start().len());
    let rest = rest.trim_start();
    let one_word = rest
        .bytes()
        .take_while(|byte| !byte.is_ascii_whitespace() && !b"\"'`\\".contains(byte))
        .count();
    match scheme.to_ascii_lowercase().as_str() {
        "basic" | "bearer" | "token" | "apikey" | "negotiate" | "ntlm" => {
            let length = if bare { one_word } else { rest.len() };
            (length > 0).then_some((skip, length))
        }
        "digest" | "aws4-hmac-sha256" | "oauth" | "hawk" | "signature" => {
            (!rest.is_empty()).then_some((skip, rest.len()))
        }
        // No scheme: a value of one word, or with digits; anything else is a sentence.
        _ if rest.is_empty() && value.len() >= 8 => Some((0, value.len())),
        _ if value.bytes().any(|byte| byte.is_ascii_digit()) => Some((0, value.len())),
        _ => None,
    }
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}
