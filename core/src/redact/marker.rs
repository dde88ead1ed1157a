//! The marker that stands where something was removed, and how to know it again.

use crate::model::HashKey;
use crate::redact::RedactedKind;

const OPEN: &str = "[REDACTED:";
const LONGEST: usize = 48;

/// Returns the marker of `value`: `[REDACTED:kind]`, or `[REDACTED:kind#id]` where a key is given
/// and the value could not be guessed from its id.
pub(crate) fn marker(kind: RedactedKind, value: &str, key: Option<&HashKey>) -> String {
    let id = key.filter(|_| !kind.is_guessable()).map(|key| {
        let mut bytes = kind.name().as_bytes().to_vec();
        bytes.push(0);
        bytes.extend_from_slice(value.as_bytes());
        key.digest(&bytes)
    });
    match id.as_ref().and_then(|id| id.short().get(..6)) {
        Some(id) => format!("{OPEN}{kind}#{id}]"),
        None => format!("{OPEN}{kind}]"),
    }
}

/// Returns the length of the marker that `text` begins with.
pub(crate) fn marker_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix(OPEN)?;
    let near = body.as_bytes().get(..LONGEST).unwrap_or(body.as_bytes());
    let end = near.iter().position(|byte| *byte == b']')?;
    let body = body.get(..end)?;
    let (kind, id) = match body.split_once('#') {
        Some((kind, id)) => (kind, Some(id)),
        None => (body, None),
    };
    let good_id = id.is_none_or(|id| {
        id.len() == 6 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    });
    (good_id && RedactedKind::from_name(kind).is_some()).then_some(OPEN.len() + end + 1)
}

/// Returns where the markers of `text` lie, in order.
pub(crate) fn markers(text: &str) -> Vec<(usize, usize)> {
    text.match_indices(OPEN)
        .filter_map(|(at, _)| {
            let length = marker_length(text.get(at..)?)?;
            Some((at, at + length))
        })
        .collect()
}
