//! Cutting a text to a size, and saying so in it.

use crate::redact::marker::markers;

const OPEN: &str = "\n[TRUNCATED: ";
const CLOSE: &str = " bytes removed]";
/// The note at its longest: nineteen digits.
const NOTE: usize = OPEN.len() + CLOSE.len() + 19;

/// The smallest limit: room for the note and a little text.
pub(crate) const SMALLEST: usize = 128;

/// Returns the text cut to `max` bytes, note included, and how many bytes were cut off by this
/// call; `None` where it is short enough.
pub(crate) fn truncate(text: &str, max: usize) -> Option<(String, u64)> {
    let max = max.max(SMALLEST);
    if text.len() <= max {
        return None;
    }
    let (body, before) = split_note(text);
    let mut cut = max.saturating_sub(NOTE).min(body.len());
    while !body.is_char_boundary(cut) {
        cut -= 1;
    }
    for (start, end) in markers(body) {
        if start < cut && cut < end {
            cut = start;
        }
    }
    let removed = u64::try_from(body.len() - cut).unwrap_or(u64::MAX);
    let total = removed.saturating_add(before).min(9_999_999_999_999_999_999);
    let kept = body.get(..cut).unwrap_or("");
    Some((format!("{kept}{OPEN}{total}{CLOSE}"), removed))
}

/// Takes the note of an earlier cut off the end.
fn split_note(text: &str) -> (&str, u64) {
    let note = text.strip_suffix(CLOSE).and_then(|rest| {
        let (body, number) = rest.rsplit_once(OPEN)?;
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| number.parse::<u64>().ok()).flatten()?;
        Some((body, number))
    });
    note.unwrap_or((text, 0))
}
