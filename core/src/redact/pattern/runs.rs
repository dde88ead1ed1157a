//! How far runs of a class go, with a memory of the long ones.

use crate::redact::bytes::ByteSet;

/// Remembers long runs of one text. A text that is made of nothing but anchors would otherwise be
/// walked from each of them to its end.
#[derive(Clone, Debug)]
pub(crate) struct Runs {
    known: Vec<(ByteSet, usize, usize)>,
    oldest: usize,
}

impl Runs {
    /// Returns a memory for one text: positions in another mean something else.
    pub(crate) fn new() -> Self {
        Self { known: Vec::new(), oldest: 0 }
    }

    /// Returns the run of `class` that holds the byte at `at`, as far as it is known.
    fn of(&self, class: &ByteSet, at: usize) -> Option<(usize, usize)> {
        let holds = |(known, start, end): &&(ByteSet, usize, usize)| {
            (*start..*end).contains(&at) && known == class
        };
        self.known.iter().find(holds).map(|(_, start, end)| (*start, *end))
    }

    fn keep(&mut self, class: &ByteSet, start: usize, end: usize) {
        let run = (*class, start, end);
        // The same class has one run at a time: scanning goes forward.
        if let Some(known) = self.known.iter_mut().find(|(known, ..)| known == class) {
            *known = run;
        } else if self.known.len() < MOST {
            self.known.push(run);
        } else {
            if let Some(known) = self.known.get_mut(self.oldest) {
                *known = run;
            }
            self.oldest = (self.oldest + 1) % MOST;
        }
    }
}

/// Classes of which a run is remembered.
const MOST: usize = 32;

/// Runs of up to this many bytes are walked each time.
const SHORT: usize = 64;

/// Returns how many bytes of `class`, up to `max`, stand in `line` from `at`.
pub(super) fn ahead(
    line: &[u8],
    at: usize,
    class: &ByteSet,
    max: usize,
    runs: Option<&mut Runs>,
) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    let rest = rest.get(..max).unwrap_or(rest);
    let count = |rest: &[u8]| rest.iter().take_while(|byte| class.has(**byte)).count();
    let Some(runs) = runs.filter(|_| rest.len() > SHORT) else {
        return count(rest);
    };
    let near = count(rest.get(..SHORT).unwrap_or(rest));
    if near < SHORT {
        return near;
    }
    let end = match runs.of(class, at) {
        Some((_, end)) => end,
        None => {
            let whole = count(line.get(at..).unwrap_or_default());
            let end = at.saturating_add(whole);
            runs.keep(class, at, end);
            end
        }
    };
    end.saturating_sub(at).min(max)
}

/// Returns how many bytes of `class`, up to `max`, stand in `line` right before `at`.
pub(super) fn behind(
    line: &[u8],
    at: usize,
    class: &ByteSet,
    max: usize,
    runs: Option<&mut Runs>,
) -> usize {
    let before = line.get(..at).unwrap_or_default();
    let before = before.get(before.len().saturating_sub(max)..).unwrap_or(before);
    let count = |text: &[u8]| text.iter().rev().take_while(|byte| class.has(**byte)).count();
    let Some(runs) = runs.filter(|_| before.len() > SHORT) else {
        return count(before);
    };
    let near = count(before.get(before.len().saturating_sub(SHORT)..).unwrap_or(before));
    if near < SHORT {
        return near;
    }
    let last = at.saturating_sub(1);
    let start = match runs.of(class, last) {
        // A run that was met in its middle began further left.
        Some((start, end)) => {
            let more = count(line.get(..start).unwrap_or_default());
            let whole = start.saturating_sub(more);
            if more > 0 {
                runs.keep(class, whole, end);
            }
            whole
        }
        None => {
            let whole = count(line.get(..at).unwrap_or_default());
            let start = at.saturating_sub(whole);
            let further = line.get(at..).unwrap_or_default();
            let further = further.iter().take_while(|byte| class.has(**byte)).count();
            runs.keep(class, start, at.saturating_add(further));
            start
        }
    };
    at.saturating_sub(start).min(max)
}
