//! What a line announces for the lines below it, and what these make of it.

use crate::redact::assigned;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::bytes::starts_at;
use crate::redact::bytes::trim;
use crate::redact::encoded_key;
use crate::redact::kind::Kind;
use crate::redact::limit;
use crate::redact::line::Line;
use crate::redact::open_quote::OpenQuote;
use crate::redact::pem;
use crate::redact::pem::KeyLines;
use crate::redact::separator::Separator;
use crate::redact::separator::separator;
use crate::redact::span::Span;
use crate::redact::value::Reach;
use crate::redact::value::value_at;

/// How far from its name a value is looked for.
const BESIDE: usize = 256;

/// What a line announces for the lines that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// Lines that stand farther in than this are a secret.
    Block { kind: Kind, indent: usize },
    /// The base 64 of a whole private key goes on; its lines began at `column`.
    EncodedKey { column: usize },
    /// The body of a private key goes on.
    Key(KeyLines),
    /// What stands farther in than this, as one value or a list of values, is a secret.
    Deeper { kind: Kind, indent: usize },
    /// `value: …` is a secret.
    NamedValue { kind: Kind },
    /// The first word is a secret.
    NextWord { kind: Kind },
    /// A quoted value goes on up to its closing quote.
    Quoted(OpenQuote),
}

impl Pending {
    /// Returns true where the line was none of the key that is waited for.
    pub(crate) fn is_between(self) -> bool {
        matches!(self, Self::Key(lines) if lines.is_between())
    }

    /// Returns true for what may hold for more lines than the next one.
    pub(crate) const fn lasts(&self) -> bool {
        matches!(self, Self::Block { .. } | Self::Key(_))
    }
}

/// Takes what the line before announced.
pub(crate) fn take(line: &mut Line<'_, '_>, announced: Pending) {
    let bytes = line.bytes;
    // A text that was cut ends in a note, whatever its last line announced; more may be glued to it.
    if limit::is_note(bytes) {
        line.pending = Some(announced);
        return;
    }
    let indent = indentation(bytes);
    let body = bytes.get(indent..).unwrap_or(&[]).trim_ascii_end();
    match announced {
        Pending::EncodedKey { column } => encoded_key::next_line(line, column),
        Pending::Key(lines) => pem::go_on(line, lines),
        Pending::Block { kind, indent: least } => {
            if body.is_empty() {
                line.pending = Some(announced);
            } else if indent > least {
                line.pending = Some(announced);
                let whole = Span::new(indent, indent + body.len(), kind);
                line.spans.push(Span { to_end: true, ..whole });
            }
        }
        Pending::Deeper { kind, indent: least } => deeper(line, announced, kind, least),
        Pending::NamedValue { kind } => {
            let start = indent + body.iter().take_while(|b| b"-\"' ".contains(b)).count();
            let named = bytes.get(start..start + 5);
            // As property lists write it.
            if body.starts_with(b"<string>") {
                assigned::value(line, indent, Separator::Element, indent + 8, kind);
            } else if named.is_some_and(|name| name.eq_ignore_ascii_case(b"value"))
                && let Some((separator, after)) = separator(bytes, start, start + 5, false)
            {
                assigned::value(line, start, separator, after, kind);
            }
        }
        Pending::Quoted(open) => open.go_on(line),
        Pending::NextWord { kind } => {
            let mut start = indent + body.iter().take_while(|b| b"- ".contains(b)).count();
            // `string(9) "…"`, as PHP prints a value.
            if body.starts_with(b"string(")
                && let Some(at) = body.iter().position(|byte| *byte == b'"')
            {
                start = indent + at;
            }
            next_word(line, start, kind);
        }
    }
}

fn next_word(line: &mut Line<'_, '_>, start: usize, kind: Kind) {
    if let Some(found) = value_at(line.bytes, start, Reach::Space, &mut line.ends)
        && !starts_at(line.bytes, start, b"-")
    {
        let value = found.start - usize::from(!found.bare);
        assigned::value(line, 0, Separator::Space, value, kind);
    }
}

/// A value alone on its line, farther in than its key, or one of a list; more may follow.
fn deeper(line: &mut Line<'_, '_>, announced: Pending, kind: Kind, least: usize) {
    let bytes = line.bytes;
    let indent = indentation(bytes);
    let body = bytes.get(indent..).unwrap_or(&[]).trim_ascii_end();
    let marked = body.starts_with(b"- ");
    let item = marked || bytes.starts_with(b"- ");
    // A list may begin where its key does.
    let inside = indent > least || (marked && indent == least);
    // Another mapping, or code.
    let mapping = body.ends_with(b":")
        || memchr::memmem::find(body, b": ").is_some()
        || body.ends_with(b"{")
        || body.trim_ascii_end().iter().rev().skip_while(|byte| **byte == b'=').any(|b| *b == b'=');
    let words = body.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count();
    let quoted = matches!(body.get(if marked { 2 } else { 0 }), Some(b'"' | b'\''));
    if !inside || mapping || (words > 1 + usize::from(marked) && !quoted) {
        return;
    }
    next_word(line, if marked { indent + 2 } else { indent }, kind);
    if item {
        line.pending = Some(announced);
    }
}

/// `name: DB_PASSWORD`, its value in the same line or the next: the key is itself a value. Returns
/// true where that is so.
pub(crate) fn named(line: &mut Line<'_, '_>, start: usize, end: usize, kind: Kind) -> bool {
    let bytes = line.bytes;
    let next = run_end(bytes, end, |byte| {
        byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b'\\' | b'}' | b';')
    });
    if let Some((at, separator, after)) = beside(bytes, start, end) {
        assigned::value(line, at, separator, after, kind);
        return true;
    }
    let key = bytes.get(end..).is_some_and(|rest| rest.trim_ascii_end() == b"</key>");
    if key || next >= bytes.len() && is_named(bytes, start) {
        line.pending = Some(Pending::NamedValue { kind });
        return true;
    } else if next >= bytes.len() && starts_at(bytes, start.saturating_sub(2), b"--") {
        line.pending = Some(Pending::NextWord { kind });
        return true;
    }
    false
}

/// `"name": "…"`: returns true where what stands at `start` is said to be a name.
fn is_named(bytes: &[u8], start: usize) -> bool {
    if !byte_before(bytes, start).is_some_and(|byte| b"\"':= \\".contains(&byte)) {
        return false;
    }
    let before = run_start(bytes, start, 24, |byte| {
        byte.is_ascii_alphabetic() || matches!(byte, b'"' | b'\'' | b':' | b' ' | b'=' | b'\\')
    });
    let before = bytes.get(before..start).unwrap_or(&[]);
    before.array_windows().enumerate().any(|(at, first)| {
        let word: &[u8] = match &first.map(|byte| byte.to_ascii_lowercase()) {
            b"nam" => b"name",
            b"key" => b"key",
            b"var" => b"variable",
            _ => return false,
        };
        let here = before.get(at..at + word.len());
        before.len() > word.len() && here.is_some_and(|here| here.eq_ignore_ascii_case(word))
    })
}

/// Returns where `value` stands that goes with a name between `start` and `end`, and its separator:
/// right behind the name, or, where it is said to be a name, farther on or before it in the same
/// object.
pub(crate) fn beside(bytes: &[u8], start: usize, end: usize) -> Option<(usize, Separator, usize)> {
    let at = |place: usize| {
        let word = bytes.get(place..place + 5)?;
        let (separator, after) = separator(bytes, place, place + 5, false)?;
        let assigns = !matches!(separator, Separator::Prose | Separator::Quoted);
        (word.eq_ignore_ascii_case(b"value") && assigns).then_some((place, separator, after))
    };
    let next = run_end(bytes, end, |byte| {
        byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b'\\' | b'}' | b';')
    });
    let found = if next > end { at(next) } else { None };
    if found.is_some() || !is_named(bytes, start) {
        return found;
    }
    let same = |byte: u8| !matches!(byte, b'{' | b'}');
    let near = bytes.get(..end + BESIDE).unwrap_or(bytes);
    let stop = run_end(near, end, same);
    let behind = bytes.get(end..stop).and_then(|rest| memchr::memmem::find(rest, b"value"));
    let from = run_start(bytes, start, BESIDE, same);
    let before = bytes.get(from..start).and_then(|rest| memchr::memmem::rfind(rest, b"value"));
    behind.and_then(|place| at(end + place)).or_else(|| before.and_then(|place| at(from + place)))
}

/// `password: |` or `password:` at the end of a line: the value stands below, farther in.
pub(crate) fn below(
    line: &mut Line<'_, '_>,
    key: usize,
    separator: Separator,
    after: usize,
    kind: Kind,
) {
    let rest = trim(line.bytes.get(after..).unwrap_or(&[]));
    // Most values go on otherwise, and their ends are far.
    if !matches!(rest.first(), None | Some(b'|' | b'>' | b'\\' | b'[')) {
        return;
    }
    let rest = without_comment(rest);
    let scalar = matches!(rest.first(), Some(b'|' | b'>'))
        && rest.iter().skip(1).all(|byte| byte.is_ascii_digit() || b"+-".contains(byte));
    let indent = key.saturating_sub(usize::from(
        key > 0 && matches!(line.bytes.get(key - 1), Some(b'"' | b'\'')),
    ));
    if scalar && begins_line(line.bytes, key) {
        line.pending = Some(Pending::Block { kind, indent });
    } else if rest == b"\\"
        || rest == b"["
        || (rest.is_empty() && line.bytes.get(..after).is_some_and(|b| b.ends_with(b"=>")))
    {
        line.pending = Some(Pending::NextWord { kind });
    } else if rest.is_empty() && separator == Separator::Colon && begins_line(line.bytes, key) {
        line.pending = Some(Pending::Deeper { kind, indent });
    }
}

/// `| # why`: the comment of a block.
fn without_comment(text: &[u8]) -> &[u8] {
    let near = text.get(..BESIDE).unwrap_or(text);
    let comment = memchr::memmem::find(near, b" #");
    text.get(..comment.unwrap_or(text.len())).unwrap_or(text).trim_ascii_end()
}

/// Returns how far in a line begins; the sign of a changed line in a diff counts as a space.
fn indentation(bytes: &[u8]) -> usize {
    let sign = matches!(bytes, [b'+' | b'-', b' ' | b'\t', ..]);
    run_end(bytes, usize::from(sign), |byte| matches!(byte, b' ' | b'\t'))
}

/// Nothing but what may precede an assignment stands before the key on its line.
pub(crate) fn begins_line(bytes: &[u8], key: usize) -> bool {
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
