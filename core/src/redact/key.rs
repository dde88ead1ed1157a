//! Finding values behind keys that name a secret: assignments, headers, flags, elements.

use crate::redact::bytes::KEY;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::bytes::starts_at;
use crate::redact::bytes::trim;
use crate::redact::command;
use crate::redact::header;
use crate::redact::key_name::KeyName;
use crate::redact::key_name::header_name;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::line::Pending;
use crate::redact::placeholder::is_harmless;
use crate::redact::placeholder::is_random;
use crate::redact::separator::Separator;
use crate::redact::separator::separator;
use crate::redact::span::Span;
use crate::redact::value::Found;
use crate::redact::value::Reach;
use crate::redact::value::value_at;

/// The longest name of a key that is looked at.
const LONGEST_KEY: usize = 128;

/// Takes the key that a stem at `at` belongs to, unless it was taken already.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize) {
    if at < line.key_done {
        return;
    }
    let bytes = line.bytes;
    // A stem such as ` key` or `"auth` begins before the name.
    let at = at + usize::from(!bytes.get(at).is_some_and(|byte| KEY.has(*byte)));
    let run = run_start(bytes, at, LONGEST_KEY, |byte| KEY.has(byte));
    let end = run_end(bytes, at, |byte| KEY.has(byte));
    line.key_done = end;
    if may_have_value(bytes, run, end) {
        key(line, run, end);
    }
}

/// Returns false where surely no value belongs to the name between `run` and `end`: most places
/// where a sentence speaks of passwords. Cheaper than reading the name.
fn may_have_value(bytes: &[u8], run: usize, end: usize) -> bool {
    match bytes.get(end) {
        Some(b'.' | b';' | b'!' | b'?' | b'/' | b'@' | b'{' | b'}') => false,
        Some(b' ') => {
            let next = run_end(bytes, end, |byte| byte == b' ');
            let word = bytes.get(next..run_end(bytes, next, |byte| byte > b' ')).unwrap_or(&[]);
            let word = word.get(..64).unwrap_or(word);
            let plain =
                word.iter().all(|byte| byte.is_ascii_alphabetic() || b".,;!?)".contains(byte));
            let verb = matches!(word, b"is" | b"to" | b"was" | b"as" | b"");
            let before = bytes.get(..run).unwrap_or(&[]).trim_ascii_end();
            let set = before.is_empty() || before.ends_with(b"set") || before.ends_with(b"env");
            let login = bytes.get(..run).is_some_and(|before| before.len() < 256);
            !plain
                || verb
                || set
                || before.ends_with(b"x")
                || bytes.get(run) == Some(&b'-')
                || (login && bytes.get(run..end) == Some(b"password") && has_login(before))
        }
        Some(_) | None => true,
    }
}

/// `machine host login user password …`.
fn has_login(before: &[u8]) -> bool {
    memchr::memmem::find(before, b"login ").is_some()
        || memchr::memmem::find(before, b"machine ").is_some()
}

fn key(line: &mut Line<'_, '_>, run: usize, end: usize) {
    let bytes = line.bytes;
    let mut start = run_end(bytes, run, |byte| matches!(byte, b'-' | b'.')).min(end);
    // `%22password%22%3A`: the digits of the code are no part of the name.
    if byte_before(bytes, start) == Some(b'%') && end > start + 2 {
        start += 2;
    }
    // `\npassword`: the letter of the escape is no part of the name.
    if byte_before(bytes, start) == Some(b'\\')
        && matches!(bytes.get(start), Some(b'n' | b't' | b'r'))
        && line.rules.secret_name(bytes.get(start + 1..end).unwrap_or(&[])).is_some()
    {
        start += 1;
    }
    let Some(name) = bytes.get(start.max(end.saturating_sub(96))..end) else {
        return;
    };
    if let Some(kind) = header_name(name) {
        header::find(line, start, end, kind);
        return;
    }
    header::scheme(line, start, end);
    command::find_named(line, start, name);
    let Some((kind, weak)) = named(line, start, end) else {
        return;
    };
    // The user of a URL is no key.
    if bytes.get(..start).is_some_and(|before| before.ends_with(b"://")) {
        return;
    }
    // `arn:aws:secretsmanager:…:secret:name`.
    if byte_before(bytes, start) == Some(b':') && is_resource(bytes, start) {
        return;
    }
    let flag = bytes.get(run) == Some(&b'-');
    let found = separator(bytes, start, end, flag);
    // `{"key": "API_TOKEN", "value": "…"}` names its secret in a value.
    let pair =
        bytes.get(end..end + 9).is_some_and(|near| memchr::memmem::find(near, b"value").is_some());
    match found {
        None | Some((Separator::Prose, _)) if !weak && pend_named(line, start, end, kind) => {}
        Some((Separator::Quoted, _)) if pair && pend_named(line, start, end, kind) => {}
        Some((separator, after)) => value_of(line, start, separator, after, kind, weak),
        None => {}
    }
}

/// Returns what the value of the key is, and whether its name says so only where the value looks
/// made by a machine.
fn named(line: &Line<'_, '_>, start: usize, end: usize) -> Option<(Kind, bool)> {
    let name = line.bytes.get(start.max(end.saturating_sub(96))..end)?;
    let key = KeyName::of(name)?;
    if let Some(kind) = line.rules.secret_key(&key) {
        return Some((kind, false));
    }
    // `secret access key`, its words apart.
    if name.eq_ignore_ascii_case(b"key") {
        let from = start.saturating_sub(24);
        let before = line.bytes.get(from..start)?;
        let words =
            before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b' ');
        let first = start - words.count();
        let mut joined = [b'_'; 32];
        let phrase = line.bytes.get(first..end)?;
        for (to, from) in joined.iter_mut().zip(phrase) {
            *to = if *from == b' ' { b'_' } else { *from };
        }
        let phrase = joined.get(..phrase.len())?;
        return line.rules.secret_name(phrase).map(|kind| (kind, false));
    }
    key.weak().map(|kind| (kind, true))
}

fn has_digit(value: &[u8]) -> bool {
    value.len() >= 6
        && value.iter().any(u8::is_ascii_digit)
        && !value.iter().all(u8::is_ascii_digit)
}

fn is_resource(bytes: &[u8], start: usize) -> bool {
    let word = run_start(bytes, start, 200, |byte| byte > b' ' && !b"\"'".contains(&byte));
    bytes.get(word..start).is_some_and(|word| memchr::memmem::find(word, b"arn:").is_some())
}

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

fn value_of(
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
        Separator::Colon | Separator::Equals if begins_line(bytes, key) => Reach::Space,
        Separator::Colon | Separator::Equals | Separator::Element => Reach::Word,
        Separator::Encoded | Separator::Prose | Separator::Quoted => Reach::Word,
    };
    let after = match separator {
        // A borrowed type, or an anchor.
        Separator::Colon => run_end(bytes, after, |byte| matches!(byte, b' ' | b'&')),
        Separator::Equals | Separator::Quoted => {
            // The first of a list.
            let spaces = run_end(bytes, after, |byte| byte == b' ');
            let open = run_end(bytes, spaces, |byte| matches!(byte, b'[' | b'('));
            let quoted = matches!(bytes.get(open), Some(b'"' | b'\''));
            if open > spaces && quoted { open } else { after }
        }
        Separator::Element | Separator::Space | Separator::Encoded | Separator::Prose => after,
    };
    // `password = { value = "…" }`.
    let after = match bytes
        .get(after..after + 24)
        .and_then(|near| memchr::memmem::find(near, b"{ value = "))
    {
        Some(at) if at <= 1 => after + at + 10,
        Some(_) | None => after,
    };
    // PowerShell's cast.
    let after = match bytes.get(after..).map(<[u8]>::trim_ascii_start) {
        Some(rest) if rest.starts_with(b"ConvertTo-SecureString ") => bytes.len() - rest.len() + 23,
        Some(_) | None => after,
    };
    let found = value_at(bytes, after, reach, &mut line.ends);
    let found = found.map(|found| whole_word(bytes, found, reach));
    let Some(found) = found.filter(|found| separator != Separator::Quoted || !found.bare) else {
        pend_block(line, key, after, kind);
        return;
    };
    let listed = separator == Separator::Quoted;
    if weak || listed || separator == Separator::Prose {
        let value = bytes.get(found.start..found.end).unwrap_or(&[]);
        let least = match kind {
            _ if listed => 6,
            Kind::Password => 8,
            Kind::Cookie | Kind::Token if separator != Separator::Prose => 16,
            _ if separator == Separator::Prose && !found.bare => 10,
            _ => 20,
        };
        let made = is_random(value, least) || listed && has_digit(value);
        if !made {
            return;
        }
    }
    if take(line, key, found, kind, separator) {
        return;
    }
    if found.bare && matches!(separator, Separator::Colon) {
        pend_block(line, key, found.start, kind);
    }
    // `password: &str = "…"`: what came first was the type.
    if found.bare {
        let near = bytes.get(..found.end + 40).unwrap_or(bytes);
        let equals = run_end(near, found.end, |byte| !matches!(byte, b'=' | b','));
        if separator == Separator::Colon && bytes.get(equals) == Some(&b'=') {
            let typed = value_at(bytes, equals + 1, Reach::Word, &mut line.ends);
            if let Some(found) = typed.filter(|found| !found.bare) {
                take(line, key, found, kind, Separator::Equals);
            }
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
    // Both as it stands and without closing brackets: `${X}` needs its own, `f(x)` has one.
    let harmless = is_harmless(trimmed, kind, found.bare) || is_harmless(judged, kind, found.bare);
    if prose || (harmless && !glued_to_marker(judged)) {
        return false;
    }
    line.spans
        .push(Span { origin: key, ..Span::new(found.start, found.start + trimmed.len(), kind) });
    true
}

/// A marker that something else was glued to is no marker.
fn glued_to_marker(value: &[u8]) -> bool {
    value.starts_with(crate::redact::marker::OPEN)
        && !value.ends_with(b"]")
        && value.contains(&b']')
}

fn trim_end<'a>(value: &'a [u8], what: &[u8]) -> &'a [u8] {
    let tail = value.iter().rev().take_while(|byte| what.contains(byte)).count();
    value.get(..value.len() - tail).unwrap_or(value)
}

/// Returns the value up to the next space where it ended before, at a sign that passwords hold too,
/// and is the last word of its line.
fn whole_word(bytes: &[u8], found: Found, reach: Reach) -> Found {
    let ended = bytes.get(found.end).is_some_and(|byte| b"|,;&)".contains(byte));
    if !found.bare || reach != Reach::Word || !ended {
        return found;
    }
    let end = run_end(bytes, found.start, |byte| !byte.is_ascii_whitespace());
    let word = bytes.get(found.start..end).unwrap_or(&[]);
    let last = bytes.get(end..).unwrap_or(&[]).trim_ascii().is_empty();
    let signs = word.iter().filter(|byte| b"$#!%^*|?~@".contains(byte)).count();
    let quoted = word.iter().any(|byte| b"\"'`\\=".contains(byte));
    if last && signs >= 2 && !quoted { Found { end, ..found } } else { found }
}

/// `name: DB_PASSWORD`, its value in the same line or the next: the key is itself a value. Returns
/// true where that is so.
fn pend_named(line: &mut Line<'_, '_>, start: usize, end: usize, kind: Kind) -> bool {
    let bytes = line.bytes;
    let next = run_end(bytes, end, |byte| {
        byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b'\\' | b'}' | b';')
    });
    let before = run_start(bytes, start, 24, |byte| {
        byte.is_ascii_alphabetic() || matches!(byte, b'"' | b'\'' | b':' | b' ' | b'=' | b'\\')
    });
    let before = bytes.get(before..start).unwrap_or(&[]);
    let named = [&b"name"[..], b"key", b"variable"].iter().any(|word| {
        before.len() > word.len()
            && before.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
    });
    let word = bytes.get(next..next + 5);
    if next > end && word.is_some_and(|word| word.eq_ignore_ascii_case(b"value")) {
        if let Some((separator, after)) = separator(bytes, next, next + 5, false) {
            value(line, next, separator, after, kind);
            return true;
        }
    } else if next >= bytes.len() && named {
        line.pending = Some(Pending::NamedValue { kind });
        return true;
    } else if next >= bytes.len() && starts_at(bytes, start.saturating_sub(2), b"--") {
        line.pending = Some(Pending::NextWord { kind });
        return true;
    }
    false
}

/// `password: |` or `password:` at the end of a line: the value stands below, farther in.
fn pend_block(line: &mut Line<'_, '_>, key: usize, after: usize, kind: Kind) {
    let rest = trim(line.bytes.get(after..).unwrap_or(&[]));
    let scalar = matches!(rest.first(), Some(b'|' | b'>')) && rest.len() <= 3;
    if scalar && begins_line(line.bytes, key) {
        let indent = run_end(line.bytes, 0, |byte| matches!(byte, b' ' | b'\t'));
        line.pending = Some(Pending::Block { kind, indent });
    } else if rest == b"\\"
        || (rest.is_empty() && line.bytes.get(..after).is_some_and(|b| b.ends_with(b"=>")))
    {
        line.pending = Some(Pending::NextWord { kind });
    }
}

/// Nothing but what may precede an assignment stands before the key on its line.
fn begins_line(bytes: &[u8], key: usize) -> bool {
    let start = key.saturating_sub(64);
    let before = trim(bytes.get(start..key).unwrap_or(b"x"));
    let marks = before.iter().take_while(|byte| matches!(byte, b'+' | b'-' | b'#' | b'>')).count();
    let before = trim(before.get(marks..).unwrap_or(&[]));
    (start == 0 || before.is_empty())
        && matches!(
            before,
            b"" | b"export" | b"set" | b"ENV" | b"ARG" | b"setx" | b"\"" | b"'" | b"declare -x"
        )
}
