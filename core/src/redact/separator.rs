//! What stands between a key and its value.

use crate::redact::bytes::KEY;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::contains_word;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::colour;

/// How far back the entry is looked for that a word belongs to.
const BACK: usize = 256;

/// What stands between a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    Colon,
    Element,
    /// `=` in percent encoding.
    Encoded,
    Equals,
    /// Words of a sentence; the value must look made by a machine.
    Prose,
    /// A comma or an opening bracket; the value must be quoted.
    Quoted,
    Space,
}

/// Returns what separates the key between `start` and `end` from its value, and where the value may
/// begin.
pub(crate) fn separator(
    bytes: &[u8],
    start: usize,
    end: usize,
    flag: bool,
) -> Option<(Separator, usize)> {
    let (at, quoted) = behind_quote(bytes, colour::end(bytes, end))?;
    let at = colour::end(bytes, at);
    if let Some(found) = encoded(bytes, at) {
        return Some(found);
    }
    let spaces = run_end(bytes, at, |byte| matches!(byte, b' ' | b'\t'));
    let rest = bytes.get(spaces..)?;
    let sign = matches!(rest.first(), Some(b'=' | b'!' | b':' | b'?' | b'+' | b'|'));
    let operators = if sign { rest } else { &[] };
    // A comparison tells the value only where it is written out.
    for operator in [&b"==="[..], b"==", b"!==", b"!="] {
        if operators.starts_with(operator) {
            return Some((Separator::Quoted, spaces + operator.len()));
        }
    }
    for operator in [&b"::="[..], b":=", b"=>", b"?=", b"+=", b"||=", b"="] {
        if operators.starts_with(operator) {
            return Some((Separator::Equals, spaces + operator.len()));
        }
    }
    if rest.starts_with(b"::") {
        // `::set-output name=token::…`
        let output = bytes.get(..start).is_some_and(|before| before.ends_with(b"name="));
        return output.then_some((Separator::Equals, spaces + 2));
    }
    if quoted {
        for attribute in [&b"content="[..], b"value="] {
            if rest.starts_with(attribute) {
                return Some((Separator::Equals, spaces + attribute.len()));
            }
        }
    }
    if rest.starts_with(b":") {
        return Some((Separator::Colon, spaces + 1));
    }
    if let Some(after) = element(bytes, start, spaces, quoted) {
        return Some((Separator::Element, after));
    }
    // `set("password", "…")`, `["--password", "…"]`, `.password("…")`.
    let is_value = || {
        let opening = run_start(bytes, start, 8, |byte| b"\\\"'`-".contains(&byte));
        byte_before(bytes, opening).is_some_and(|byte| matches!(byte, b':' | b'='))
            || bytes.get(..opening).is_some_and(|before| before.ends_with(b": "))
    };
    let pair = match rest.first() {
        Some(b',' | b'|') => quoted && !is_value(),
        Some(b'(') => !quoted,
        Some(_) | None => false,
    };
    if pair {
        return Some((Separator::Quoted, spaces + 1));
    }
    if spaces == end || rest.starts_with(b"-") {
        return None;
    }
    if flag {
        return Some((Separator::Space, spaces));
    }
    let name = bytes.get(start..end).unwrap_or(&[]);
    let entry = name == b"password";
    let netrc = || before(bytes, start, b"login ") || before(bytes, start, b"machine ");
    let alone = || bytes.get(..start).unwrap_or(b"x").trim_ascii().is_empty();
    let one_word = || alone() && !rest.trim_ascii().contains(&b' ');
    let sql = rest.starts_with(b"'") && name.eq_ignore_ascii_case(b"password");
    if sql || is_set(bytes, start) || entry && (netrc() || one_word()) {
        return Some((Separator::Space, spaces));
    }
    let verb =
        [&b"is "[..], b"to ", b"was ", b"as "].into_iter().find(|word| rest.starts_with(word));
    Some((Separator::Prose, spaces + verb.map_or(0, <[u8]>::len)))
}

/// `aws configure set name …`, `setenv NAME …`, `set -gx NAME …`.
fn is_set(bytes: &[u8], start: usize) -> bool {
    let word = run_start(bytes, start, 200, |byte| !byte.is_ascii_whitespace());
    let before = bytes.get(..word).unwrap_or(&[]).trim_ascii_end();
    [&b"set"[..], b"setenv", b"-gx", b"-Ux", b"-x"].iter().any(|verb| {
        before
            .strip_suffix(*verb)
            .is_some_and(|rest| rest.last().is_none_or(u8::is_ascii_whitespace))
    })
}

/// Steps over the quote that closes a quoted key, and what closes around it.
fn behind_quote(bytes: &[u8], end: usize) -> Option<(usize, bool)> {
    let at = run_end(bytes, end, |byte| byte == b'\\');
    match bytes.get(at..)? {
        [b'"' | b'\'' | b'`', b']' | b')', ..] => Some((at + 2, false)),
        [b'"' | b'\'' | b'`', ..] => Some((at + 1, true)),
        [b'u', b'0', b'0', b'2', b'2', ..] if at > end => Some((at + 5, true)),
        [b'*', b'*', ..] if at == end => Some((at + 2, false)),
        [b']', b'=' | b' ', ..] if at == end => Some((at + 1, false)),
        [_, ..] if at == end => Some((at, false)),
        _ => None,
    }
}

/// `%3D`, `%22%3A%22` and the like.
fn encoded(bytes: &[u8], at: usize) -> Option<(Separator, usize)> {
    let mut place = at;
    let mut separated = false;
    while let Some([b'%', code @ ..]) = bytes.get(place..place + 3) {
        match code {
            b"22" | b"20" => {}
            b"3D" | b"3d" | b"3A" | b"3a" => separated = true,
            _ => break,
        }
        place += 3;
    }
    separated.then_some((Separator::Encoded, place))
}

/// Returns where the text begins of `<password>`, `<ns:password type="…">`, of
/// `<property name="password">`, and of what follows `<key>password</key>` in a property list.
fn element(bytes: &[u8], start: usize, at: usize, quoted: bool) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if let Some(text) = rest.strip_prefix(b"</key>") {
        let text = text.trim_ascii_start();
        return text.strip_prefix(b"<string>").map(|text| bytes.len() - text.len());
    }
    if quoted {
        let from = run_start(bytes, start, BACK, |byte| byte != b'>');
        let inside = bytes.get(from..start).is_some_and(|before| before.contains(&b'<'));
        return (inside && rest.starts_with(b">")).then_some(at + 1);
    }
    let name = run_start(bytes, start, 64, |byte| KEY.has(byte) || byte == b':');
    if byte_before(bytes, name) != Some(b'<') {
        return None;
    }
    let near = rest.get(..BACK).unwrap_or(rest);
    let end = near.iter().position(|byte| *byte == b'>')?;
    let empty = end.checked_sub(1).and_then(|last| near.get(last)) == Some(&b'/');
    let attributes = end == 0 || at > start && byte_before(bytes, at) == Some(b' ');
    (!empty && attributes).then_some(at + end + 1)
}

fn before(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    let from = at.saturating_sub(BACK);
    contains_word(bytes.get(from..at).unwrap_or(&[]), word)
}
