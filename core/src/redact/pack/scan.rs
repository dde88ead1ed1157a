//! Runs of digits and letters, at which detectors without a literal are tried.

use crate::document::RunScan;
use crate::redact::pattern::Matched;

/// The fewest signs of a run.
const SHORTEST: usize = 6;
/// Groups that are taken together at most.
const MOST_GROUPS: usize = 16;

/// Calls `found` with each run in `text` that could hold a number: its start and end.
pub(crate) fn runs_of(scan: RunScan, text: &[u8], mut found: impl FnMut(usize, usize)) {
    let mut at = 0;
    while let Some(begin) =
        text.get(at..).and_then(|rest| rest.iter().position(|byte| is_sign(scan, *byte)))
    {
        let start = at + begin;
        let (end, signs) = run_end(scan, text, start);
        if signs >= SHORTEST {
            found(start, end);
        }
        at = end;
    }
}

/// Returns where the run that begins at `start` ends, and how many signs it has.
fn run_end(scan: RunScan, text: &[u8], start: usize) -> (usize, usize) {
    let mut end = start + 1;
    let mut signs = 1;
    let mut at = end;
    while let Some(byte) = text.get(at) {
        if is_sign(scan, *byte) {
            signs += 1;
            end = at + 1;
        } else if !is_separator(*byte) || at != end {
            break;
        }
        at += 1;
    }
    (end, signs)
}

const fn is_sign(scan: RunScan, byte: u8) -> bool {
    match scan {
        RunScan::Alnum => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        RunScan::Digits => byte.is_ascii_digit(),
    }
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-')
}

/// Returns the first stretch of whole groups of the run that has `least` to `most` signs and that
/// `accept` takes: of those that begin at one group, the longest.
pub(crate) fn find_in_run(
    text: &[u8],
    (start, end): (usize, usize),
    (least, most): (usize, usize),
    accept: impl Fn(Matched) -> bool,
) -> Option<Matched> {
    let end = end.min(text.len());
    let mut begin = start;
    while begin < end {
        if begin > start || !is_cut_before(text, begin) {
            // Where groups end, and how many signs they hold together.
            let mut ends = [(0, 0); MOST_GROUPS];
            let groups = groups(text, begin, end, most, &mut ends);
            let fitting = ends.get(..groups).unwrap_or_default().iter().rev();
            for (stop, _) in fitting.filter(|(_, signs)| *signs >= least) {
                if *stop == end && is_cut_after(text, end) {
                    continue;
                }
                let found =
                    Matched { start: begin, end: *stop, secret_start: begin, secret_end: *stop };
                if accept(found) {
                    return Some(found);
                }
            }
        }
        let rest = text.get(begin..end)?;
        begin += rest.iter().position(|byte| is_separator(*byte))? + 1;
    }
    None
}

/// Notes the ends of the groups from `begin` on that hold no more than `most` signs together.
fn groups(
    text: &[u8],
    begin: usize,
    end: usize,
    most: usize,
    ends: &mut [(usize, usize); MOST_GROUPS],
) -> usize {
    let (mut count, mut signs, mut at) = (0, 0, begin);
    while at < end && signs < most {
        // One sign more than may be shows that the group is too long.
        let group = text.get(at..end).unwrap_or_default().iter().take(most + 1);
        let length = group.take_while(|byte| !is_separator(**byte)).count();
        signs += length;
        at += length;
        let Some(slot) = ends.get_mut(count).filter(|_| signs <= most) else {
            break;
        };
        *slot = (at, signs);
        count += 1;
        at += 1;
    }
    count
}

/// A word, or a number with a point, goes on to the left.
fn is_cut_before(text: &[u8], at: usize) -> bool {
    match text.get(..at) {
        Some([.., digit, b'.']) => digit.is_ascii_digit(),
        Some([.., before]) => is_word(*before),
        Some([]) | None => false,
    }
}

/// A word, or a number with a point, goes on to the right.
fn is_cut_after(text: &[u8], at: usize) -> bool {
    match text.get(at..) {
        Some([b'.', digit, ..]) => digit.is_ascii_digit(),
        Some([after, ..]) => is_word(*after),
        Some([]) | None => false,
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
