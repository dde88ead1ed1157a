//! Finding values behind keys that name a secret: assignments, headers, flags, elements.

use crate::redact::announced;
use crate::redact::assigned;
use crate::redact::bytes::KEY;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::command;
use crate::redact::header;
use crate::redact::key_name::KeyName;
use crate::redact::key_name::header_name;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::separator::Separator;
use crate::redact::separator::separator;

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
    let name = bytes.get(run..end).unwrap_or(&[]);
    if line.rules.may_matter(name) && may_have_value(bytes, run, end) {
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
    match found {
        None | Some((Separator::Prose, _)) if !weak && announced::named(line, start, end, kind) => {
        }
        Some((Separator::Quoted, _)) if announced::named(line, start, end, kind) => {}
        Some((separator, after)) => assigned::value_of(line, start, separator, after, kind, weak),
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

fn is_resource(bytes: &[u8], start: usize) -> bool {
    let word = run_start(bytes, start, 200, |byte| byte > b' ' && !b"\"'".contains(&byte));
    bytes.get(word..start).is_some_and(|word| memchr::memmem::find(word, b"arn:").is_some())
}
