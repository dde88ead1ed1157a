//! Cutting a projection to a size while it goes out, and saying so in it.

use crate::redact::marker::OPEN;

const NOTE_OPEN: &str = "\n[TRUNCATED: ";
const NOTE_CLOSE: &str = " bytes removed]";
/// The note at its longest: twenty digits.
const NOTE: usize = NOTE_OPEN.len() + NOTE_CLOSE.len() + 20;
/// How far back a good place for the cut is looked for.
const REACH: usize = 4096;

/// The smallest limit: room for the note and a little text.
pub(crate) const SMALLEST: usize = 128;

/// Lets bytes through up to a number, and holds back as many as it needs to cut well.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limit {
    /// Bytes that did not go out.
    removed: Option<u64>,
    /// Bytes that went out.
    gone: usize,
    held: Vec<u8>,
    max: Option<usize>,
}

impl Limit {
    /// Returns a limit of `max` bytes, note included; none lets everything through.
    pub(crate) fn new(max: Option<usize>) -> Self {
        Self { max: max.map(|max| max.max(SMALLEST)), ..Self::default() }
    }

    /// Returns what of `bytes`, and of what was held back, may go out now. `rests` tells whether
    /// the beginning of a line stands as it does when the line is cut off behind it.
    pub(crate) fn pass(&mut self, bytes: Vec<u8>, rests: impl Fn(&[u8]) -> bool) -> Vec<u8> {
        let Some(max) = self.max else {
            return bytes;
        };
        if let Some(removed) = &mut self.removed {
            *removed = removed.saturating_add(length(&bytes));
            return Vec::new();
        }
        self.held.extend_from_slice(&bytes);
        let most = max - NOTE;
        let reach = REACH.min(most / 2);
        if self.gone + self.held.len() <= max {
            // What could still be cut off is held back.
            let sure = most.saturating_sub(self.gone + reach).min(self.held.len());
            self.gone += sure;
            return self.held.drain(..sure).collect();
        }
        let mut held = std::mem::take(&mut self.held);
        let room = most.saturating_sub(self.gone);
        let cut = place(&held, room, reach, rests);
        self.removed = Some(length(held.get(cut..).unwrap_or(&[])));
        held.truncate(cut);
        self.gone += cut;
        held
    }

    /// Returns what is left at the end, and how many bytes were cut off.
    pub(crate) fn finish(&mut self) -> (Vec<u8>, u64) {
        match self.removed {
            Some(removed) => (format!("{NOTE_OPEN}{removed}{NOTE_CLOSE}").into_bytes(), removed),
            None => (std::mem::take(&mut self.held), 0),
        }
    }
}

/// Returns where `held` is cut, at most `room` bytes in and at most `reach` before that: behind a
/// whole line; else behind a word, so that what is left of the line rests as it is; else as far
/// back as it may. Nothing before the reach counts: it may be gone already.
fn place(held: &[u8], room: usize, reach: usize, rests: impl Fn(&[u8]) -> bool) -> usize {
    let room = room.min(held.len());
    let floor = room.saturating_sub(reach);
    let near = held.get(floor..room).unwrap_or(&[]);
    let feed = memchr::memrchr(b'\n', near);
    let line = feed.map_or(floor, |feed| floor + feed + 1);
    // The line feed belongs to the note.
    let before = feed.map_or(floor, |feed| floor + feed);
    // A line that reaches far back is worth keeping in part.
    if feed.is_some() && room - line < reach / 8 {
        return before;
    }
    let mut cut = room;
    while cut > line && held.get(cut).is_some_and(|byte| *byte & 0xc0 == 0x80) {
        cut -= 1;
    }
    let kept = held.get(line..cut).unwrap_or(&[]);
    if let Some(word) = kept.iter().rposition(u8::is_ascii_whitespace) {
        cut = line + word;
    }
    let kept = held.get(line..cut).unwrap_or(&[]);
    if let Some(marker) = memchr::memmem::rfind(kept, OPEN)
        && !kept.get(marker..).is_some_and(|rest| rest.contains(&b']'))
    {
        cut = line + marker;
    }
    if held.get(line..cut).is_some_and(rests) { cut } else { before }
}

/// Returns true where `line` is the note that a cut leaves.
pub(crate) fn is_note(line: &[u8]) -> bool {
    let inner = line.strip_prefix(NOTE_OPEN.trim_ascii_start().as_bytes());
    let number = inner.and_then(|rest| rest.strip_suffix(NOTE_CLOSE.as_bytes()));
    number.is_some_and(|number| {
        (1..=20).contains(&number.len()) && number.iter().all(u8::is_ascii_digit)
    })
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
