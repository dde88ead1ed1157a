//! What `${…}` makes of values that are known.

use crate::facts::shell::pattern::fits;
use crate::facts::shell::value::HERE;
use crate::facts::shell::value::HOME;
use crate::facts::shell::value::is_mark;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::natural;
use crate::facts::word::Piece;

/// `${#x}`.
pub(crate) fn length(value: &[Piece]) -> Piece {
    match literal(value).filter(|text| !text.contains(is_mark)) {
        Some(text) => Piece::Text(text.chars().count().to_string()),
        None => natural(),
    }
}

/// The longest text that patterns are tried on.
const LONGEST: usize = 512;

/// `${x#p}`, `${x##p}`, `${x%p}` and `${x%%p}`.
pub(crate) fn removed(
    value: &[Piece],
    prefix: bool,
    longest: bool,
    pattern: &[char],
) -> Option<Vec<Piece>> {
    let Some(text) = literal(value) else {
        return removed_from_files(value, prefix, longest, pattern);
    };
    // A folder's name does not end in a slash.
    if !prefix && pattern == ['/'] && text.chars().count() == 1 && text.contains(is_mark) {
        return Some(value.to_vec());
    }
    if text.contains(is_mark) || text.len() > LONGEST || pattern.len() > LONGEST {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    // How much is taken away, from the least to the most, or the other way round.
    for step in 0..=chars.len() {
        let length = if longest { chars.len() - step } else { step };
        let (taken, kept) = if prefix {
            chars.split_at_checked(length)?
        } else {
            let (kept, taken) = chars.split_at_checked(chars.len() - length)?;
            (taken, kept)
        };
        if fits(pattern, taken)? {
            return Some(vec![Piece::Text(kept.iter().collect())]);
        }
    }
    Some(vec![Piece::Text(text)])
}

/// `${f%.txt}` and `${f##*/}` where `f` is the name of a file that a pattern has found.
fn removed_from_files(
    value: &[Piece],
    prefix: bool,
    longest: bool,
    pattern: &[char],
) -> Option<Vec<Piece>> {
    let (last, before) = value.split_last()?;
    let Piece::Glob(glob) = last else { return None };
    if prefix {
        let folder = literal(before)?;
        let at = folder.rfind('/')?;
        if !longest || pattern != ['*', '/'] || glob.contains('/') {
            return None;
        }
        let mut kept = vec![Piece::Text(folder.get(at + 1..)?.to_owned())];
        kept.push(last.clone());
        return Some(kept);
    }
    let end: String = pattern.iter().collect();
    if end.contains(['*', '?', '[', ']', '\\']) {
        return None;
    }
    let kept = glob.strip_suffix(&end).filter(|kept| !kept.ends_with(['\\', '[']))?;
    let mut pieces = before.to_vec();
    pieces.push(Piece::Glob(kept.to_owned()));
    Some(pieces)
}

/// `${x/p/r}` and its kin.
pub(crate) fn replaced(
    value: &[Piece],
    kind: u8,
    pattern: Option<&[char]>,
    with: Option<&str>,
) -> Option<Vec<Piece>> {
    let text = literal(value).filter(|text| !text.contains(is_mark) && text.len() <= LONGEST)?;
    let (pattern, with) = (pattern?, with?);
    // Only plain text is replaced; `&` may stand for what was found.
    let special = |c: &char| matches!(c, '*' | '?' | '[' | ']' | '\\');
    if pattern.is_empty() || pattern.iter().any(special) || with.contains(['&', '\\']) {
        return None;
    }
    let plain: String = pattern.iter().collect();
    let text = match kind {
        b'/' => text.replace(&plain, with),
        b'#' => match text.strip_prefix(&plain) {
            Some(rest) => [with, rest].concat(),
            None => text,
        },
        b'%' => match text.strip_suffix(&plain) {
            Some(rest) => [rest, with].concat(),
            None => text,
        },
        _ => text.replacen(&plain, with, 1),
    };
    (text.len() <= LONGEST * 8).then(|| vec![Piece::Text(text)])
}

/// `${x:o:l}`.
pub(crate) fn sliced(
    value: &[Piece],
    name: &str,
    offset: i64,
    length: Option<i64>,
) -> Option<Vec<Piece>> {
    if offset == 0 && length == Some(1) && matches!(name, "HOME" | "PWD" | "PATH" | "SHELL") {
        return Some(vec![Piece::Text("/".to_owned())]);
    }
    let text = literal(value).filter(|text| !text.contains([HOME, HERE]))?;
    let chars: Vec<char> = text.chars().collect();
    let count = i64::try_from(chars.len()).ok()?;
    let start = if offset < 0 { count.checked_add(offset)? } else { offset };
    if start < 0 || start > count {
        return Some(Vec::new());
    }
    let end = match length {
        None => count,
        Some(length) if length < 0 => count.checked_add(length)?,
        Some(length) => start.checked_add(length)?.min(count),
    };
    if end < start {
        return None;
    }
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    Some(vec![Piece::Text(chars.get(start..end)?.iter().collect())])
}
