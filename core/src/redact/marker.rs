//! The marker that stands where something was removed, and how to know it again.

use crate::model::HashKey;
use crate::redact::bytes::starts_at;
use crate::redact::kind::Kind;
use crate::redact::kind::Kinds;

/// How every marker begins.
pub(crate) const OPEN: &[u8] = b"[REDACTED:";
const LONGEST: usize = 72;

/// How much a marker stands for, where that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Bytes(u64),
    Lines(u64),
}

/// Adds the marker of `value` to `out`: `[REDACTED:kind]`, or `[REDACTED:kind#id]` where a key is
/// given and the value could not be guessed from its id.
pub(crate) fn write_marker(
    out: &mut Vec<u8>,
    kinds: &Kinds,
    kind: Kind,
    value: &[u8],
    key: Option<&HashKey>,
) {
    let info = kinds.info(kind);
    out.extend_from_slice(OPEN);
    out.extend_from_slice(info.name.as_bytes());
    if let Some(key) = key.filter(|_| !info.guessable) {
        let mut bytes = info.name.as_bytes().to_vec();
        bytes.push(0);
        bytes.extend_from_slice(value);
        let id = key.digest(&bytes);
        out.push(b'#');
        out.extend_from_slice(id.short().as_bytes().get(..6).unwrap_or(b"000000"));
    }
    out.push(b']');
}

/// Adds the marker of a block to `out`: `[REDACTED:large_block 5120 bytes]`.
pub(crate) fn write_amount(out: &mut Vec<u8>, kinds: &Kinds, kind: Kind, amount: Amount) {
    out.extend_from_slice(OPEN);
    out.extend_from_slice(kinds.info(kind).name.as_bytes());
    let text = match amount {
        Amount::Bytes(count) => format!(" {count} bytes]"),
        Amount::Lines(count) => format!(" {count} lines]"),
    };
    out.extend_from_slice(text.as_bytes());
}

/// Returns the length of the marker that stands at `at`. Its kind must be known here: what only
/// looks like a marker is text, so that nothing hides in one.
pub(crate) fn marker_length(bytes: &[u8], at: usize, kinds: &Kinds) -> Option<usize> {
    if !starts_at(bytes, at, OPEN) {
        return None;
    }
    let body = bytes.get(at + OPEN.len()..)?;
    let near = body.get(..LONGEST).unwrap_or(body);
    let end = near.iter().position(|byte| *byte == b']')?;
    let text = std::str::from_utf8(body.get(..end)?).ok()?;
    let name_end = text.find(['#', ' ']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(name_end)?;
    let good = match rest.as_bytes().first() {
        None => true,
        Some(b'#') => {
            rest.len() == 7
                && rest.bytes().skip(1).all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        }
        Some(_) => {
            let number = match name {
                "large_block" => rest.strip_suffix(" bytes"),
                "repeated_lines" => rest.strip_suffix(" lines"),
                _ => None,
            };
            number.and_then(|number| number.get(1..)).is_some_and(|number| {
                (1..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
            })
        }
    };
    (good && kinds.has_name(name)).then_some(OPEN.len() + end + 1)
}

/// Returns true where `text` is one marker of a known kind, and nothing else.
pub(crate) fn is_marker(text: &str, kinds: &Kinds) -> bool {
    marker_length(text.as_bytes(), 0, kinds) == Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::marker_length;
    use crate::redact::kind::Kinds;

    #[test]
    fn only_markers_of_known_kinds_are_markers() {
        let kinds = Kinds::built_in();
        for (text, length) in [
            ("[REDACTED:password] x", Some(19)),
            ("[REDACTED:token#a1b2c3]", Some(23)),
            ("[REDACTED:large_block 5120 bytes]", Some(33)),
            ("[REDACTED:repeated_lines 7 lines]", Some(33)),
            ("[REDACTED:hunter2]", None),
            ("[REDACTED:token#a1b2c3d]", None),
            ("[REDACTED:token secret bytes]", None),
            ("[REDACTED:token 827 bytes]", None),
            ("[REDACTED:token", None),
        ] {
            assert_eq!(marker_length(text.as_bytes(), 0, &kinds), length, "{text}");
        }
    }
}
