//! Finding tokens by the patterns of detectors, where their anchors stand.

use crate::redact::bytes::BASE64;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::encoding::decode_base64;
use crate::redact::line::Line;
use crate::redact::pattern::Runs;
use crate::redact::span::Span;
use crate::redact::token_index::Entry;

/// The longest scheme that tells a token, with its `://`.
const SCHEME: usize = 16;
/// How much of a URL is looked at.
const URL: usize = 512;
/// The longest encoded run that is decoded.
const MOST_DECODED: usize = 16 << 10;

/// Takes the token of the entry whose anchor stands at `at`.
pub(crate) fn find(line: &mut Line<'_, '_>, at: usize, entry: usize) {
    let rules = line.rules;
    let Some(entry) = rules.tokens.entries.get(entry) else {
        return;
    };
    match entry.encoded {
        None => verify(line, at, entry),
        Some(before) => decode(line, at, entry, before),
    }
}

/// Takes the token of the entry whose anchor ends in `~` and stands at `at`.
pub(crate) fn find_tilde(line: &mut Line<'_, '_>, at: usize, entry: usize) {
    let rules = line.rules;
    if let Some(entry) = rules.tokens.tildes.get(entry) {
        verify(line, at, entry);
    }
}

/// Takes the tokens whose anchors stand at `at` in any case.
pub(crate) fn find_any_case(line: &mut Line<'_, '_>, at: usize) {
    let rules = line.rules;
    for entry in &rules.tokens.any_case {
        let here = line.bytes.get(at..at + entry.anchor.len());
        if here.is_some_and(|here| here.eq_ignore_ascii_case(&entry.anchor)) {
            verify(line, at, entry);
        }
    }
}

/// Takes the number in the run from `at`, for the detector that scans.
pub(crate) fn find_scan(line: &mut Line<'_, '_>, at: usize, index: usize, length: usize) {
    let rules = line.rules;
    let detector = rules.tokens.scans.get(index).and_then(|(_, at)| rules.detectors.get(*at));
    let Some((detector, kind)) = detector else {
        return;
    };
    let mut from = at;
    while let Some(found) = detector.verify_run(line.bytes, from, at + length) {
        line.spans.push(Span::new(found.matched.secret_start, found.matched.secret_end, *kind));
        from = found.matched.end.max(from + 1);
    }
}

/// Takes the tokens whose anchors stand at `at` and lie in no long run.
pub(crate) fn find_pattern(line: &mut Line<'_, '_>, at: usize) {
    let rules = line.rules;
    find_among(line, at, &rules.tokens.patterns);
}

/// Takes the tokens in the URL whose host stands at `at`.
pub(crate) fn find_in_url(line: &mut Line<'_, '_>, at: usize) {
    let rules = line.rules;
    let near = line.bytes.get(..at + URL).unwrap_or(line.bytes);
    let end = run_end(near, at, |byte| byte > b' ' && byte != b'"');
    // The scheme may tell it too.
    let at = at.saturating_sub(SCHEME);
    let url = near.get(at..end).unwrap_or(&[]);
    let mut places = Vec::new();
    rules.tokens.url_anchors.find(url, |place, ()| places.push(at + place));
    for place in places {
        find_among(line, place, &rules.tokens.urls);
    }
}

fn find_among(line: &mut Line<'_, '_>, at: usize, entries: &[Entry]) {
    let rest = line.bytes.get(at..).unwrap_or(&[]);
    // Anchors that `rest` begins with are no greater than `rest`, and share its first bytes.
    let near = rest.get(..3).unwrap_or(rest);
    let first = entries.partition_point(|entry| entry.anchor.as_ref() < near);
    for entry in entries.iter().skip(first).take_while(|entry| entry.anchor.starts_with(near)) {
        if rest.starts_with(&entry.anchor) {
            verify(line, at, entry);
        }
    }
}

fn verify(line: &mut Line<'_, '_>, at: usize, entry: &Entry) {
    let Some((detector, kind)) = line.rules.detectors.get(entry.detector) else {
        return;
    };
    let found = detector.verify_with(entry.pattern, line.bytes, at, Some(&mut line.runs));
    if let Some(found) = found {
        let (start, end) = (found.matched.secret_start, found.matched.secret_end);
        // `ghp_xxxxxxxxxxxxxxxx` shows what a token looks like.
        let tail = line.bytes.get(end.saturating_sub(12).max(start)..end).unwrap_or(&[]);
        if tail.iter().all(|byte| Some(byte) == tail.first()) {
            return;
        }
        line.spans.push(Span { origin: at.min(start), ..Span::new(start, end, *kind) });
    }
}

/// Takes the whole run of base 64 around `at` where the token is in it whose encoded anchor stands
/// there, behind `before` bytes of a group.
fn decode(line: &mut Line<'_, '_>, at: usize, entry: &Entry, before: usize) {
    let decoded = line.decoded.get_or_insert_with(|| Box::new(Decoded::new()));
    if at < decoded.taken {
        return;
    }
    let Some((detector, kind)) = line.rules.detectors.get(entry.detector) else {
        return;
    };
    // The groups of four begin where the anchor's own does.
    let group = at.saturating_sub((before * 8).div_ceil(6));
    let (start, end) = decoded.run(line.bytes, at);
    let skip = group.saturating_sub(start) % 4;
    let anchor_at = (group.saturating_sub(start + skip)) / 4 * 3 + before;
    let Some((text, runs)) = decoded.texts.get_mut(skip) else {
        return;
    };
    let text = text.get_or_insert_with(|| {
        line.bytes.get(start + skip..end).and_then(decode_base64).unwrap_or_default()
    });
    if detector.verify_with(entry.pattern, text, anchor_at, Some(runs)).is_some() {
        decoded.taken = end;
        line.spans.push(Span { origin: start, ..Span::new(start, end, *kind) });
    }
}

/// The run of base 64 that was looked at last, decoded from each of the four places where its first
/// group may begin. A run may hold a thousand beginnings of tokens, and is decoded for all of them.
#[derive(Debug)]
pub(crate) struct Decoded {
    end: usize,
    start: usize,
    /// Runs that end before this place were taken.
    taken: usize,
    texts: [(Option<Vec<u8>>, Runs); 4],
    /// The run goes on behind `end`.
    more: bool,
}

impl Decoded {
    /// Returns what nothing was decoded for.
    pub(crate) fn new() -> Self {
        let texts = std::array::from_fn(|_| (None, Runs::new()));
        Self { end: 0, start: 0, taken: 0, texts, more: false }
    }

    /// Returns the part of the run around `at` that is decoded: it reaches far on either side.
    fn run(&mut self, bytes: &[u8], at: usize) -> (usize, usize) {
        let far = !self.more || at + MOST_DECODED / 4 <= self.end;
        if !(self.start <= at && at < self.end && far) {
            let most = MOST_DECODED / 4;
            self.start = run_start(bytes, at, most, |byte| BASE64.has(byte) && byte != b'=');
            let near = bytes.get(..self.start + MOST_DECODED).unwrap_or(bytes);
            self.end = run_end(near, at, |byte| BASE64.has(byte));
            self.more = self.end == near.len() && near.len() < bytes.len();
            self.texts = std::array::from_fn(|_| (None, Runs::new()));
        }
        (self.start, self.end)
    }
}

#[cfg(test)]
mod tests;
