//! Runs of digits and codes, at which detectors without a literal are tried.

use crate::document::RunScan;
use crate::redact::pack::checksum::LONGEST;
use crate::redact::pattern::Matched;
use crate::redact::pattern::Pattern;

/// The fewest digits or letters of a run.
const SHORTEST: usize = 7;
/// Groups of a run that are looked at, and the signs in one attempt.
const MOST_GROUPS: usize = 12;

/// Calls `found` with each run in `text` that could hold a number: its start and end.
pub(crate) fn runs_of(scan: RunScan, text: &[u8], mut found: impl FnMut(usize, usize)) {
    let mut at = 0;
    while let Some(begin) =
        text.get(at..).and_then(|rest| rest.iter().position(|byte| is_sign(scan, *byte)))
    {
        let start = at + begin;
        let (end, signs) = run_end(scan, text, start);
        // Part of a word or of a longer number, such as a version: not a number by itself.
        if signs >= SHORTEST {
            found(start, end);
        }
        at = end.max(start + 1);
    }
}

/// Returns where the run that begins at `start` ends, and how many signs it has.
fn run_end(scan: RunScan, text: &[u8], start: usize) -> (usize, usize) {
    let mut end = start;
    let mut signs = 0;
    let mut at = start;
    while let Some(byte) = text.get(at) {
        if is_sign(scan, *byte) {
            signs += 1;
            end = at + 1;
        } else if !matches!(byte, b' ' | b'-') || at != end {
            break;
        }
        at += 1;
    }
    (end, signs)
}

const fn is_sign(scan: RunScan, byte: u8) -> bool {
    match scan {
        RunScan::Codes => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        RunScan::Digits => byte.is_ascii_digit(),
    }
}

/// Returns the first part of the run, made of whole groups, that a pattern spells and `accept`
/// takes. The pattern sees it without the spaces and hyphens.
pub(crate) fn find_in_run(
    patterns: &[Pattern],
    text: &[u8],
    (start, end): (usize, usize),
    mut accept: impl FnMut(&[u8], Matched) -> bool,
) -> Option<(usize, Matched)> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut begin = start;
    while begin < end {
        let rest = text.get(begin..end).unwrap_or_default();
        let cut_before = begin.checked_sub(1).and_then(|at| text.get(at)).is_some_and(is_word);
        if !cut_before {
            let group = Group { patterns, text, begin, rest, run_end: end };
            if let Some(found) = group.find(&mut accept) {
                return Some(found);
            }
        }
        let next = rest.iter().position(|byte| matches!(byte, b' ' | b'-'))?;
        begin += next + 1;
    }
    None
}

struct Group<'a> {
    patterns: &'a [Pattern],
    text: &'a [u8],
    begin: usize,
    rest: &'a [u8],
    run_end: usize,
}

impl Group<'_> {
    /// Tries all whole groups from here, the most first.
    fn find(&self, accept: &mut impl FnMut(&[u8], Matched) -> bool) -> Option<(usize, Matched)> {
        let mut signs = [0_u8; LONGEST];
        // Where groups end: in the text, and among the signs.
        let mut ends = [(0, 0); MOST_GROUPS];
        let (mut length, mut groups) = (0, 0);
        for (at, byte) in self.rest.iter().enumerate() {
            if !matches!(byte, b' ' | b'-') {
                let Some(sign) = signs.get_mut(length) else {
                    break;
                };
                *sign = *byte;
                length += 1;
            }
            let last = self.rest.get(at + 1).is_none_or(|next| matches!(next, b' ' | b'-'));
            if last && !matches!(byte, b' ' | b'-') {
                let Some(end) = ends.get_mut(groups) else {
                    break;
                };
                *end = (self.begin + at + 1, length);
                groups += 1;
            }
        }
        for (end, length) in ends.get(..groups).unwrap_or_default().iter().rev() {
            let after = self.text.get(*end).filter(|_| *end == self.run_end);
            if after.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
                continue;
            }
            let signs = signs.get(..*length).unwrap_or_default();
            let found = Matched {
                start: self.begin,
                end: *end,
                secret_start: self.begin,
                secret_end: *end,
            };
            let fits = |pattern: &Pattern| pattern.is_whole(signs);
            let index = self.patterns.iter().position(fits);
            if let Some(index) = index.filter(|_| accept(signs, found)) {
                return Some((index, found));
            }
        }
        None
    }
}
