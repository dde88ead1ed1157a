//! The value that is assigned to a key: where it begins and ends, and whether it is a secret.

use crate::redact::announced;
use crate::redact::bytes::KEY;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::bytes::starts_at;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::open_quote;
use crate::redact::placeholder::Standing;
use crate::redact::placeholder::is_harmless;
use crate::redact::placeholder::is_random;
use crate::redact::reference::TEMPLATES;
use crate::redact::reference::is_reference;
use crate::redact::separator::Separator;
use crate::redact::shell_word;
use crate::redact::span::Span;
use crate::redact::value::Found;
use crate::redact::value::Reach;
use crate::redact::value::value_at;
use crate::redact::value::word_end;

/// How far a value without quotes is followed over signs that may end it.
const LONGEST_WORD: usize = 256;
/// How far back the bracket is looked for that a value stands in.
const BACK: usize = 128;
/// The longest text of an element that is looked at.
const LONGEST_TEXT: usize = 4096;
/// What opens a remark in a value's place, and what closes it.
const REMARKS: &[(u8, u8)] = &[(b'(', b')'), (b'<', b'>'), (b'[', b']')];
/// Values of one list that are looked at.
const MOST_LISTED: usize = 32;

/// Takes the value behind a separator.
pub(crate) fn value(
    line: &mut Line<'_, '_>,
    key: usize,
    separator: Separator,
    after: usize,
    kind: Kind,
) {
    value_of(line, key, separator, after, kind, false);
}

/// Takes the same; where the name is `weak`, only what looks made by a machine.
pub(crate) fn value_of(
    line: &mut Line<'_, '_>,
    key: usize,
    separator: Separator,
    after: usize,
    kind: Kind,
    weak: bool,
) {
    let bytes = line.bytes;
    let reach = match separator {
        Separator::Space => Reach::Space,
        Separator::Colon | Separator::Equals if announced::begins_line(bytes, key) => Reach::Space,
        Separator::Colon
        | Separator::Equals
        | Separator::Element
        | Separator::Encoded
        | Separator::Prose
        | Separator::Quoted => Reach::Word,
    };
    let first = opening(bytes, key, separator, after);
    let list = list_at(bytes, separator, first);
    let first = list.unwrap_or(first);
    let found = match separator {
        // Behind an attribute stands what a page shows.
        Separator::Element if !matches!(byte_before(bytes, key), Some(b'"' | b'\'')) => {
            text_of_element(bytes, first)
        }
        _ => value_at(bytes, first, reach, &mut line.ends),
    };
    let found = found.map(|found| whole(bytes, key, found, reach));
    let Some(found) = found.filter(|found| separator != Separator::Quoted || !found.bare) else {
        announced::below(line, key, separator, first, kind);
        return;
    };
    let found = shell_word::whole(bytes, key, separator, reach, found);
    let pair = separator == Separator::Quoted;
    if weak || pair || separator == Separator::Prose {
        let value = bytes.get(found.start..found.end).unwrap_or(&[]);
        let least = match kind {
            _ if pair => 6,
            Kind::Password => 8,
            Kind::Cookie | Kind::Token if separator != Separator::Prose => 16,
            _ if separator == Separator::Prose && !found.bare => 10,
            _ => 20,
        };
        let made = is_random(value, least) || pair && has_digit(value);
        if !made {
            return;
        }
    }
    let taken = take(line, key, found, kind, separator);
    if !weak {
        open_quote::announce(line, key, separator, found, kind, taken);
    }
    if list.is_some() {
        others(line, key, found, kind, separator);
    }
    if taken {
        return;
    }
    if found.bare && matches!(separator, Separator::Colon) {
        announced::below(line, key, separator, found.start, kind);
    }
    typed(line, key, found, kind, separator);
}

/// Returns where the value begins behind what may stand before it: spaces, a borrowed type, an
/// anchor, a tag, a cast.
fn opening(bytes: &[u8], key: usize, separator: Separator, after: usize) -> usize {
    let mut at = after;
    if separator == Separator::Colon {
        at = run_end(bytes, at, |byte| matches!(byte, b' ' | b'\t'));
        // An anchor or a tag of YAML; what some tags name is no secret.
        while announced::begins_line(bytes, key) && matches!(bytes.get(at), Some(b'&' | b'!')) {
            let end = run_end(bytes, at + 1, |byte| KEY.has(byte) || byte == b'!');
            let behind = run_end(bytes, end, |byte| byte == b' ');
            let refers = is_reference(bytes.get(at..end).unwrap_or(&[]));
            let typed = bytes.get(behind) == Some(&b'=');
            if behind == end || behind >= bytes.len() || refers || typed {
                break;
            }
            at = behind;
        }
        at = run_end(bytes, at, |byte| byte == b'&');
    }
    // `password = { value = "…" }`.
    let brace = at + usize::from(bytes.get(at) != Some(&b'{'));
    if starts_at(bytes, brace, b"{ value = ") {
        return brace + 10;
    }
    // PowerShell's cast.
    let cast = b"ConvertTo-SecureString ";
    let spaces = run_end(bytes, at, |byte| byte == b' ');
    if starts_at(bytes, spaces, cast) { spaces + cast.len() } else { at }
}

/// Returns the text of an element that begins at `at`: up to the next tag, or the rest of the line.
fn text_of_element(bytes: &[u8], at: usize) -> Option<Found> {
    let at = run_end(bytes, at, |byte| byte.is_ascii_whitespace());
    let data = b"<![CDATA[";
    let (start, close) = match starts_at(bytes, at, data) {
        true => (at + data.len(), &b"]]>"[..]),
        false => (at, &b"<"[..]),
    };
    let rest = bytes.get(start..bytes.len().min(start + LONGEST_TEXT))?;
    let end = memchr::memmem::find(rest, close).unwrap_or(rest.len());
    let text = rest.get(..end)?.trim_ascii_end();
    // Quotes are of the text.
    (!text.is_empty()).then_some(Found { start, end: start + text.len(), bare: false })
}

/// Returns where the first value of a list stands: `["…", "…"]`.
fn list_at(bytes: &[u8], separator: Separator, at: usize) -> Option<usize> {
    let lists = matches!(separator, Separator::Colon | Separator::Equals | Separator::Quoted);
    let open = run_end(bytes, at, |byte| byte == b' ');
    let inside = run_end(bytes, open, |byte| matches!(byte, b'[' | b'(' | b' '));
    let opens = matches!(bytes.get(open), Some(b'[' | b'('));
    let quoted = matches!(bytes.get(inside), Some(b'"' | b'\''));
    (lists && opens && quoted).then_some(inside)
}

/// Takes the other values of a list whose first is `found`.
fn others(line: &mut Line<'_, '_>, key: usize, found: Found, kind: Kind, separator: Separator) {
    let mut last = found;
    for _ in 0..MOST_LISTED {
        let quote = run_end(line.bytes, last.end, |byte| b"\"' ".contains(&byte));
        if line.bytes.get(quote) != Some(&b',') {
            return;
        }
        match value_at(line.bytes, quote + 1, Reach::Word, &mut line.ends) {
            Some(next) if !next.bare => {
                take(line, key, next, kind, separator);
                last = next;
            }
            Some(_) | None => return,
        }
    }
}

/// `password: &str = "…"`: what came first was the type.
fn typed(line: &mut Line<'_, '_>, key: usize, found: Found, kind: Kind, separator: Separator) {
    if !found.bare || separator != Separator::Colon {
        return;
    }
    let near = line.bytes.get(..found.end + 40).unwrap_or(line.bytes);
    let equals = run_end(near, found.end, |byte| !matches!(byte, b'=' | b','));
    if line.bytes.get(equals) == Some(&b'=') {
        let typed = value_at(line.bytes, equals + 1, Reach::Word, &mut line.ends);
        if let Some(found) = typed.filter(|found| !found.bare) {
            take(line, key, found, kind, Separator::Equals);
        }
    }
}

/// Keeps a value as a span unless it is harmless.
fn take(
    line: &mut Line<'_, '_>,
    key: usize,
    found: Found,
    kind: Kind,
    separator: Separator,
) -> bool {
    let bytes = line.bytes;
    let Some(value) = bytes.get(found.start..found.end) else {
        return false;
    };
    let trimmed = if found.bare { trim_end(value, b",;") } else { value };
    let judged = if found.bare { trim_end(trimmed, b")}].") } else { trimmed };
    // `password: is wrong` is a sentence, `password:correct horse` is not.
    let spaced = bytes.get(found.start.wrapping_sub(1)) == Some(&b' ');
    let next = run_end(bytes, found.end, |byte| byte == b' ');
    let goes_on = next > found.end && bytes.get(next).is_some_and(u8::is_ascii_alphanumeric);
    let word = judged.iter().all(u8::is_ascii_alphabetic);
    let prose = found.bare && spaced && separator == Separator::Colon && word && goes_on;
    let standing = match found.bare {
        false => Standing::Quoted,
        true if is_literal(bytes, key, found.start, separator) => Standing::Literal,
        true => Standing::Bare,
    };
    // As it stands, without closing brackets, and with the sign that ended it: `${X}` needs its
    // own bracket, `f(x)` has one, and that of `f(x` stands behind the value.
    let closed = bytes.get(found.start..found.end + 1).unwrap_or(trimmed);
    let closes = found.bare && closed.last().is_some_and(|byte| b")]},;\"'>\\".contains(byte));
    let harmless = |value: &[u8]| is_harmless(value, kind, standing);
    let harmless = harmless(value)
        || (trimmed.len() < value.len() && harmless(trimmed))
        || (judged.len() < trimmed.len() && harmless(judged))
        || (closes && harmless(closed))
        || (standing == Standing::Bare && is_union(judged, kind));
    if prose || harmless {
        return false;
    }
    line.spans
        .push(Span { origin: key, ..Span::new(found.start, found.start + trimmed.len(), kind) });
    true
}

/// Returns true where no code can stand: a line of a file of variables, a query, a flag.
fn is_literal(bytes: &[u8], key: usize, value: usize, separator: Separator) -> bool {
    let end = run_end(bytes, key, |byte| KEY.has(byte));
    let name = bytes.get(key..end).unwrap_or(&[]);
    let before = byte_before(bytes, key);
    if before == Some(b'-') {
        return true;
    }
    let glued = separator == Separator::Equals && value == end + 1;
    let set = separator == Separator::Space;
    if !glued && !set {
        return false;
    }
    let capitals =
        name.iter().any(u8::is_ascii_uppercase) && !name.iter().any(u8::is_ascii_lowercase);
    let query = matches!(before, Some(b'?' | b'&'));
    // Code has spaces around its `=`, or goes on behind the value.
    let stop = bytes.trim_ascii_end().last().copied();
    let alone = key == 0 && !matches!(stop, Some(b',' | b';' | b'(' | b')'));
    capitals || query || alone
}

/// Types and names with signs between them: `string|undefined`.
fn is_union(value: &[u8], kind: Kind) -> bool {
    let signs = |byte: &u8| b"|,;&)}<>".contains(byte);
    value.len() <= LONGEST_WORD
        && value.iter().any(signs)
        && value.split(signs).all(|part| {
            part.is_empty()
                || !part.iter().any(u8::is_ascii_digit) && is_harmless(part, kind, Standing::Bare)
        })
}

fn has_digit(value: &[u8]) -> bool {
    value.len() >= 6
        && value.iter().any(u8::is_ascii_digit)
        && !value.iter().all(u8::is_ascii_digit)
}

fn trim_end<'a>(value: &'a [u8], what: &[u8]) -> &'a [u8] {
    let tail = value.iter().rev().take_while(|byte| what.contains(byte)).count();
    value.get(..value.len() - tail).unwrap_or(value)
}

/// Returns the whole of a value without quotes: a template up to its closing brackets, and a word
/// over signs that end a value only where something like an end follows.
fn whole(bytes: &[u8], key: usize, found: Found, reach: Reach) -> Found {
    let near = bytes.get(..found.start + LONGEST_WORD).unwrap_or(bytes);
    let rest = near.get(found.start..).unwrap_or(&[]);
    // `(sensitive value)`, `<your token>`: more words than one.
    let remark = REMARKS.iter().find(|(open, _)| rest.first() == Some(open));
    if let Some((_, close)) = remark.filter(|_| found.bare)
        && let Some(at) = memchr::memchr(*close, rest)
        && is_reference(rest.get(..=at).unwrap_or(&[]))
    {
        return Found { end: found.end.max(found.start + at + 1), ..found };
    }
    let template = TEMPLATES.iter().find(|(open, _)| rest.starts_with(open));
    if let Some(at) = template.and_then(|(_, close)| memchr::memmem::find(rest, close)) {
        let closing = template.map_or(0, |(_, close)| close.len());
        // One may stand in another.
        let end = run_end(rest, at + closing, |byte| matches!(byte, b'}' | b')'));
        // Quotes inside are the template's.
        if found.bare || is_reference(rest.get(..end).unwrap_or(&[])) {
            return Found { end: found.end.max(found.start + end), ..found };
        }
    }
    if !found.bare {
        return found;
    }
    if reach != Reach::Word {
        return found;
    }
    let mut end = found.end;
    while end < near.len() && near.get(end).is_some_and(|byte| b"|,;&)}<>".contains(byte)) {
        if ends_value(near, key, end) {
            break;
        }
        end = word_end(near, end + 1, Reach::Word);
    }
    Found { end, ..found }
}

/// Returns true where the sign at `at` ends a value: it closes a bracket, separates, or nothing of
/// the value follows.
fn ends_value(bytes: &[u8], key: usize, at: usize) -> bool {
    let before = bytes.get(key.saturating_sub(BACK)..key).unwrap_or(&[]);
    let open = |open: u8, close: u8| {
        let count = |sign: u8| before.iter().filter(|byte| **byte == sign).count();
        count(open) > count(close)
    };
    let word = run_start(bytes, key, BACK, |byte| byte > b' ');
    let query = || {
        let before = bytes.get(word..key).unwrap_or(&[]);
        before.iter().any(|byte| matches!(byte, b'?' | b'&'))
    };
    let next = bytes.get(at + 1);
    let ends = match bytes.get(at) {
        Some(b')') => open(b'(', b')'),
        Some(b'}') => open(b'{', b'}'),
        Some(b'>') => open(b'<', b'>'),
        Some(b',') => open(b'(', b')') || open(b'{', b'}') || open(b'[', b']'),
        Some(b'<') => {
            let near = bytes.get(at..bytes.len().min(at + 64)).unwrap_or(&[]);
            matches!(next, None | Some(b'/' | b'!'))
                || next.is_some_and(u8::is_ascii_alphabetic) && near.contains(&b'>')
        }
        Some(b'&') => query() || next == Some(&b'&') || starts_at(bytes, at, b"&amp;"),
        Some(_) => false,
        None => true,
    };
    ends || {
        let follows = run_end(bytes, at, |byte| b")]};,.|&>".contains(&byte));
        let name = run_end(bytes, follows, |byte| KEY.has(byte) || byte == b'%');
        let behind = run_end(bytes, name, |byte| byte == b' ');
        match bytes.get(follows) {
            None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b'\\') => true,
            Some(_) => name > follows && matches!(bytes.get(behind), Some(b'=' | b':')),
        }
    }
}
