//! Finding secrets that only their place in a command tells: `curl -u`, `mysql -p`, `IDENTIFIED BY`.

use crate::redact::bytes::contains_word;
use crate::redact::bytes::run_end;
use crate::redact::bytes::starts_at;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::pem;
use crate::redact::reference::is_reference;
use crate::redact::secret_flag::Flags;
use crate::redact::span::Span;
use crate::redact::value::Reach;
use crate::redact::value::value_at;

/// How far behind its name the words of a command are looked at.
const REACH: usize = 1024;

/// Literals that the search looks for.
pub(crate) const STEMS: &[&[u8]] =
    &[b"FIED BY", b"fied by", b"Private-Lines:", b"sudo -S", b"add-mask::", b"net use "];

/// Takes what a name of a key says that is no name of one: `--password-stdin`.
pub(crate) fn find_named(line: &mut Line<'_, '_>, start: usize, name: &[u8]) {
    match name {
        b"htpasswd" => last_word(line, start),
        b"chpasswd" | b"password-stdin" | b"with-token" | b"storepass-stdin" => echoed(line, start),
        b"auth" if starts_at(line.bytes, start, b"auth=(") => second(line, start + 6),
        _ => {}
    }
}

/// Takes the secrets of the command whose name stands at `at`.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let is = |stem: &[u8]| starts_at(bytes, at, stem);
    if is(b"Private-Lines:") {
        pem::putty(line, at);
    } else if is(b"FIED BY") || is(b"fied by") {
        identified(line, at + 7);
    } else if is(b"add-mask::") {
        take(line, at, at + 10, bytes.trim_ascii_end().len());
    } else if is(b"net use ") {
        last_word(line, at);
    } else if is(b"sudo -S") {
        echoed(line, at);
    } else if let Some(flags) = Flags::at(bytes, at) {
        flags.glued.iter().for_each(|flag| glued(line, at, flag));
        flag(line, at, flags.before);
        if flags.user {
            user_flags(line, at);
        }
    }
}

/// `auth=("name", "password")`, as Python's requests take it.
fn second(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let Some(name) = value_at(bytes, at, Reach::Word, &mut line.ends).filter(|name| !name.bare)
    else {
        return;
    };
    let comma = run_end(bytes, name.end, |byte| b"\"', ".contains(&byte));
    let quote = comma.saturating_sub(1);
    if let Some(found) =
        value_at(bytes, quote, Reach::Word, &mut line.ends).filter(|found| !found.bare)
    {
        take(line, at, found.start, found.end);
    }
}

/// `htpasswd -b file name password`, `net use … /user:name password`.
fn last_word(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let near = bytes.get(..at + REACH).unwrap_or(bytes);
    let command = near.get(at..).unwrap_or(&[]).trim_ascii_end();
    let words = command.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    let flags =
        command.starts_with(b"htpasswd -b") || memchr::memmem::find(command, b"/user:").is_some();
    let start = command.iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| at + space + 1);
    if flags
        && words >= 5
        && let Some(found) = value_at(bytes, start, Reach::Space, &mut line.ends)
    {
        take(line, at, found.start, found.end);
    }
}

/// `echo secret | login --password-stdin`.
fn echoed(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let from = at.saturating_sub(REACH);
    let before = bytes.get(from..at).unwrap_or(&[]);
    let places = [&b"echo "[..], b"printf ", b"<<< "]
        .map(|word| memchr::memmem::rfind(before, word).map(|place| from + place + word.len()));
    let Some(mut place) = places.into_iter().flatten().max() else {
        return;
    };
    for option in [&b"-n "[..], b"-E ", b"%s ", b"'%s' ", b"\"%s\" ", b"'%s\\n' "] {
        place += if starts_at(bytes, place, option) { option.len() } else { 0 };
    }
    if let Some(found) = value_at(bytes, place, Reach::Space, &mut line.ends)
        && found.end <= at
    {
        take(line, place, found.start, found.end);
    }
}

/// `IDENTIFIED BY '…'`, also `IDENTIFIED BY PASSWORD '…'`.
fn identified(line: &mut Line<'_, '_>, after: usize) {
    let bytes = line.bytes;
    let mut at = run_end(bytes, after, |byte| byte == b' ');
    if bytes.get(at..at + 9).is_some_and(|word| word.eq_ignore_ascii_case(b"password ")) {
        at += 9;
    }
    if let Some(found) = value_at(bytes, at, Reach::Word, &mut line.ends) {
        take(line, after, found.start, found.end);
    }
}

/// What sorts of commands have in common; each looks at a word once.
#[derive(Clone, Copy)]
enum Sort {
    Flag,
    Glued,
    User,
}

/// Calls `word` with each flag of the command and where it ends.
fn flags(line: &mut Line<'_, '_>, at: usize, sort: Sort, mut word: impl FnMut(&[u8], usize)) {
    let bytes = line.bytes;
    let end = bytes.len().min(at + REACH);
    let done = line.commands_done.get_mut(sort as usize);
    let mut place = done.as_ref().map_or(at, |done| at.max(**done));
    if let Some(done) = done {
        *done = end.max(*done);
    }
    while place < end {
        place = run_end(bytes, place, |byte| !byte.is_ascii_whitespace());
        place =
            run_end(bytes, place, |byte| byte.is_ascii_whitespace() || b"\"',[".contains(&byte));
        let stop = run_end(bytes, place, |byte| !byte.is_ascii_whitespace());
        let text = bytes.get(place..stop).unwrap_or(&[]);
        if matches!(text, b"|" | b";" | b"&&" | b"||") || text.is_empty() {
            return;
        }
        if text.starts_with(b"-") {
            word(text, place);
        }
    }
}

/// `curl -u name:password`, `-uname:password`, `--user=name:password`.
fn user_flags(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let mut places = Vec::new();
    flags(line, at, Sort::User, |text, place| {
        for flag in [&b"--user"[..], b"--proxy-user", b"-u", b"-U", b"-a"] {
            let ends = |rest: &[u8]| {
                flag.len() == 2 || rest.first().is_none_or(|byte| b"=\"',".contains(byte))
            };
            if text.strip_prefix(flag).is_some_and(ends) {
                places.push(place + flag.len());
                return;
            }
        }
    });
    for place in places {
        let from = run_end(bytes, place, |byte| matches!(byte, b' ' | b'='));
        // `"-u", "name:password"`: step over the quote that closes the flag.
        let from = match bytes.get(from..from + 2) {
            Some([b'"' | b'\'', b',']) => from + 2,
            Some(_) | None => from,
        };
        let Some(found) = value_at(bytes, from, Reach::Space, &mut line.ends) else {
            continue;
        };
        let value = bytes.get(found.start..found.end).unwrap_or(&[]);
        let split = value.iter().position(|byte| matches!(byte, b':' | b'%'));
        if let Some(split) = split {
            let (user, password) = value.split_at_checked(split).unwrap_or((value, &[]));
            let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
            // `-u 1000:1000` names a group; `-u https://…` a URL.
            let group = digits(user) && digits(password.get(1..).unwrap_or(&[]));
            if !group && !password.starts_with(b"://") {
                take(line, place, found.start + split + 1, found.end);
            }
        }
    }
}

/// `mysql -psecret`.
fn glued(line: &mut Line<'_, '_>, at: usize, flag: &[u8]) {
    let mut places = Vec::new();
    flags(line, at, Sort::Glued, |text, place| {
        if text.len() > flag.len() && text.starts_with(flag) && !contains_word(text, b"port") {
            places.push((place + flag.len(), place + text.len()));
        }
    });
    for (start, end) in places {
        let quoted = value_at(line.bytes, start, Reach::Space, &mut line.ends);
        let (start, end) = quoted.map_or((start, end), |found| (found.start, found.end));
        take(line, start, start, end);
    }
}

/// `sshpass -p secret`.
fn flag(line: &mut Line<'_, '_>, at: usize, names: &[&[u8]]) {
    let mut places = Vec::new();
    flags(line, at, Sort::Flag, |text, place| {
        if names.contains(&text) {
            places.push(place + text.len());
        }
    });
    for place in places {
        if let Some(found) = value_at(line.bytes, place, Reach::Space, &mut line.ends)
            && !starts_at(line.bytes, found.start, b"-")
        {
            take(line, place, found.start, found.end);
        }
    }
}

fn take(line: &mut Line<'_, '_>, origin: usize, start: usize, end: usize) {
    let value = line.bytes.get(start..end).unwrap_or(&[]);
    if !is_reference(value) {
        line.spans.push(Span { origin, ..Span::new(start, end, Kind::Password) });
    }
}
