//! Finding tokens by the patterns of detectors.
//!
//! A token is a long run of letters, digits, `_` and `-`, or touches one. So most patterns need no
//! search of their own: in each long run every four bytes are looked up in a table of the anchors'
//! own four. The few patterns without such a run are searched for like other literals.

use crate::document::RunScan;
use crate::redact::anchors::Anchors;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::ByteSet;
use crate::redact::bytes::RUN;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::bytes::starts_at;
use crate::redact::encoding::decode_base64;
use crate::redact::encoding::encode_base64;
use crate::redact::key_name::STEMS;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::map::LEAST_RUN;
use crate::redact::pack::Detector;
use crate::redact::pack::runs_of;
use crate::redact::search::Hit;
use crate::redact::search::What;
use crate::redact::span::Span;

/// The bytes of an anchor by which it is looked up.
const GRAM: usize = 4;
/// Bits of the hash by which grams are looked up first.
const FILTER_BITS: u32 = 17;
/// A run of encoded data this long holds a long run, or several, shortly behind its beginning.
const LEAST_ENCODED: usize = 32;
/// How far before a long run, over encoded data, anchors are looked for.
const BEFORE_RUN: usize = 48;
/// How much of a URL is looked at.
const URL: usize = 512;
/// The longest encoded run that is decoded.
const MOST_DECODED: usize = 16 << 10;

/// One way in which a detector's pattern begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Four bytes of the anchor.
    gram: u32,
    /// Where in the anchor they stand.
    offset: usize,
    anchor: Box<[u8]>,
    detector: usize,
    pattern: usize,
    /// For an anchor in base 64: how many bytes of its group of three stand before it.
    encoded: Option<usize>,
}

/// The anchors of all detectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenIndex {
    /// In order of grams.
    entries: Vec<Entry>,
    /// A bit for each hash of a gram that is in `entries`.
    filter: Vec<u64>,
    /// Anchors that need not touch a long run.
    marks: Vec<Entry>,
    /// Anchors that end in `~`, which is rare.
    tildes: Vec<Entry>,
    /// Anchors that hold a piece of a name that is looked for anyway, and where.
    keyed: Vec<Entry>,
    /// Anchors that stand in any case, as those of regular expressions do.
    any_case: Vec<Entry>,
    any_case_anchors: Anchors,
    /// Detectors that are tried at each run of digits or letters.
    scans: Vec<(RunScan, usize)>,
    /// Anchors in URLs.
    urls: Vec<Entry>,
    url_anchors: Anchors,
}

/// Returns where in `anchor` a piece of a name stands that is looked for anyway.
fn stem_in(anchor: &[u8]) -> Option<usize> {
    STEMS.iter().find_map(|stem| memchr::memmem::find(anchor, stem))
}

/// A host, or a name in a query: what stands in URLs, which are looked at anyway.
fn is_of_url(anchor: &[u8]) -> bool {
    let query = matches!(anchor.first(), Some(b'?' | b'&' | b'@'));
    let host = anchor.iter().position(|byte| matches!(byte, b'/' | b'\\'));
    let host = host.and_then(|end| anchor.get(..end)).is_some_and(|host| host.contains(&b'.'));
    query || host
}

fn entry(
    gram: u32,
    offset: usize,
    anchor: &[u8],
    (detector, pattern): (usize, usize),
    encoded: Option<usize>,
) -> Entry {
    Entry { gram, offset, anchor: anchor.into(), detector, pattern, encoded }
}

impl TokenIndex {
    /// Returns the index of what `detectors` look for.
    pub(crate) fn new(detectors: &[(Detector, Kind)]) -> Self {
        let mut index = Self { filter: vec![0; 1 << (FILTER_BITS - 6)], ..Self::default() };
        for (detector, (rule, _)) in detectors.iter().enumerate() {
            index.scans.extend(rule.scan.map(|(scan, ..)| (scan, detector)));
            for (pattern, anchor) in rule.anchors().enumerate() {
                if anchor.any_case {
                    index.any_case.push(entry(0, 0, anchor.bytes, (detector, pattern), None));
                    continue;
                }
                let least = |set: ByteSet| {
                    // Dots count too: they part what is long by itself, as in a JWT.
                    rule.least_run(pattern, |byte| set.has(byte) || matches!(byte, b'.' | b'~'))
                };
                let in_run = least(RUN) >= LEAST_RUN || least(BASE64) >= LEAST_ENCODED;
                if anchor.bytes.len() >= GRAM {
                    index.add(anchor.bytes, in_run, detector, pattern);
                    index.add_encoded(anchor.bytes, detector, pattern);
                } else if anchor.bytes.ends_with(b"~") {
                    index.tildes.push(entry(0, 0, anchor.bytes, (detector, pattern), None));
                } else {
                    index.add_encoded(anchor.bytes, detector, pattern);
                    for longer in rule.anchor_and_next(pattern) {
                        index.add(&longer, in_run, detector, pattern);
                    }
                }
            }
        }
        index.entries.sort_unstable();
        index.marks.sort_unstable_by(|a, b| a.anchor.cmp(&b.anchor));
        index.urls.sort_unstable_by(|a, b| a.anchor.cmp(&b.anchor));
        index.any_case_anchors =
            Anchors::any_case(index.any_case.iter().map(|entry| entry.anchor.as_ref()));
        index.url_anchors = Anchors::new(index.urls.iter().map(|entry| entry.anchor.as_ref()));
        for entry in &index.entries {
            let (word, bit) = place(entry.gram);
            if let Some(word) = index.filter.get_mut(word) {
                *word |= bit;
            }
        }
        index
    }

    fn add(&mut self, anchor: &[u8], in_run: bool, detector: usize, pattern: usize) {
        let rule = (detector, pattern);
        // Only what stands in the run, or four bytes before it, is looked up.
        let inside = anchor.iter().rev().take_while(|byte| RUN.has(**byte)).count();
        let first = anchor.len().saturating_sub(inside + GRAM);
        let grams = anchor.windows(GRAM).enumerate().skip(first);
        let best = grams.max_by_key(|(_, gram)| rarity(gram));
        match best {
            Some((offset, gram)) if in_run => {
                self.entries.push(entry(number(gram), offset, anchor, rule, None));
            }
            Some(_) | None if is_of_url(anchor) => self.urls.push(entry(0, 0, anchor, rule, None)),
            Some(_) | None if stem_in(anchor).is_some() => {
                let offset = stem_in(anchor).unwrap_or(0);
                self.keyed.push(entry(0, offset, anchor, rule, None));
            }
            Some(_) | None => self.marks.push(entry(0, 0, anchor, rule, None)),
        }
    }

    /// Adds an anchor as it stands in base 64, in its three alignments.
    fn add_encoded(&mut self, anchor: &[u8], detector: usize, pattern: usize) {
        let rule = (detector, pattern);
        for before in 0..3 {
            let form = encode_base64(anchor, before);
            if let Some(gram) = form.get(..GRAM) {
                self.entries.push(entry(number(gram), 0, &form, rule, Some(before)));
            }
        }
    }

    /// Returns the anchors that are to be searched for.
    pub(crate) fn marks(&self) -> impl Iterator<Item = &[u8]> {
        self.marks.iter().map(|entry| entry.anchor.as_ref())
    }

    /// Adds what is looked for in any case, and what runs of digits are tried for, to `hits`.
    pub(crate) fn find_rest(&self, bytes: &[u8], hits: &mut Vec<Hit>) {
        self.any_case_anchors.find(bytes, |at| hits.push(Hit { at, what: What::AnyCase }));
        for (index, (scan, _)) in self.scans.iter().enumerate() {
            runs_of(*scan, bytes, |at, end| {
                hits.push(Hit { at, what: What::Scan { index, length: end - at } });
            });
        }
    }

    /// Adds what begins in the run from `start` to `end`, or shortly before, to `hits`.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], start: usize, end: usize, hits: &mut Vec<Hit>) {
        let joined = byte_before(bytes, start).is_some_and(|byte| b"/+.".contains(&byte));
        let from = match joined {
            true => run_start(bytes, start, BEFORE_RUN, |byte| BASE64.has(byte) || byte == b'.'),
            false => start,
        };
        let from = from.saturating_sub(GRAM);
        let region = bytes.get(from..end).unwrap_or(&[]);
        // A ruler says nothing.
        if let [_, _, _, _, a, b, c, ..] = region
            && (*a == b'-' || *a == b'_')
            && a == b
            && b == c
            && region.iter().skip(GRAM).all(|byte| byte == a)
        {
            return;
        }
        let (Some(first), rest) = (region.first_chunk::<3>(), region.iter().skip(3)) else {
            return;
        };
        let mut gram = u32::from_le_bytes([0, first[0], first[1], first[2]]);
        for (offset, byte) in rest.enumerate() {
            gram = gram >> 8 | u32::from(*byte) << 24;
            let (word, bit) = place(gram);
            if self.filter.get(word).is_some_and(|word| word & bit != 0) {
                self.candidates(bytes, from + offset, gram, hits);
            }
        }
    }

    /// Adds the anchor that ends in the `~` behind `at` to `hits`.
    pub(crate) fn find_tilde(&self, bytes: &[u8], at: usize, hits: &mut Vec<Hit>) {
        let index = self.tildes.iter().position(|entry| starts_at(bytes, at, &entry.anchor));
        hits.extend(index.map(|index| Hit { at, what: What::Tilde { entry: index } }));
    }

    #[cold]
    fn candidates(&self, bytes: &[u8], at: usize, gram: u32, hits: &mut Vec<Hit>) {
        let first = self.entries.partition_point(|entry| entry.gram < gram);
        let same = self.entries.iter().enumerate().skip(first);
        for (index, entry) in same.take_while(|(_, entry)| entry.gram == gram) {
            if let Some(at) = at.checked_sub(entry.offset)
                && starts_at(bytes, at, &entry.anchor)
            {
                hits.push(Hit { at, what: What::Token { entry: index } });
            }
        }
    }
}

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

/// Takes the tokens whose anchors hold the piece of a name that stands at `at`.
pub(crate) fn find_keyed(line: &mut Line<'_, '_>, at: usize) {
    let rules = line.rules;
    for entry in &rules.tokens.keyed {
        if let Some(start) = at.checked_sub(entry.offset)
            && starts_at(line.bytes, start, &entry.anchor)
        {
            verify(line, start, entry);
        }
    }
}

/// Takes the tokens whose anchors stand at `at` and lie in no long run.
pub(crate) fn find_mark(line: &mut Line<'_, '_>, at: usize) {
    let rules = line.rules;
    find_among(line, at, &rules.tokens.marks);
}

/// Takes the tokens in the URL whose host stands at `at`.
pub(crate) fn find_in_url(line: &mut Line<'_, '_>, at: usize) {
    let rules = line.rules;
    let near = line.bytes.get(..at + URL).unwrap_or(line.bytes);
    let url = near.get(at..run_end(near, at, |byte| byte > b' ' && byte != b'"')).unwrap_or(&[]);
    let mut places = Vec::new();
    rules.tokens.url_anchors.find(url, |place| places.push(at + place));
    for place in places {
        find_among(line, place, &rules.tokens.urls);
    }
}

fn find_among(line: &mut Line<'_, '_>, at: usize, marks: &[Entry]) {
    let rest = line.bytes.get(at..).unwrap_or(&[]);
    // Anchors that `rest` begins with are no greater than `rest`, and share its first bytes.
    let near = rest.get(..3).unwrap_or(rest);
    let first = marks.partition_point(|entry| entry.anchor.as_ref() < near);
    for entry in marks.iter().skip(first).take_while(|entry| entry.anchor.starts_with(near)) {
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

/// Decodes the run of base 64 around `at`, in which the encoded anchor stands behind `before` bytes
/// of a group, and takes the whole run where the token is in it.
fn decode(line: &mut Line<'_, '_>, at: usize, entry: &Entry, before: usize) {
    if at < line.token_done {
        return;
    }
    let bytes = line.bytes;
    let start = run_start(bytes, at, MOST_DECODED, |byte| BASE64.has(byte) && byte != b'=');
    let near = bytes.get(..start + MOST_DECODED).unwrap_or(bytes);
    let end = run_end(near, at, |byte| BASE64.has(byte));
    // The groups of four begin where the anchor's own does.
    let group = at.saturating_sub((before * 8).div_ceil(6));
    let skip = group.saturating_sub(start) % 4;
    let Some((detector, kind)) = line.rules.detectors.get(entry.detector) else {
        return;
    };
    let text = bytes.get(start + skip..end).and_then(decode_base64).unwrap_or_default();
    let anchor_at = (group.saturating_sub(start + skip)) / 4 * 3 + before;
    if detector.verify(entry.pattern, &text, anchor_at).is_some() {
        line.token_done = end;
        line.spans.push(Span { origin: start, ..Span::new(start, end, *kind) });
    }
}

#[inline]
fn number(gram: &[u8]) -> u32 {
    gram.first_chunk::<4>().map_or(0, |gram| u32::from_le_bytes(*gram))
}

#[inline]
fn place(gram: u32) -> (usize, u64) {
    let hash = gram.wrapping_mul(0x9e37_79b1) >> (32 - FILTER_BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// How rarely a byte stands in ordinary text, added up.
fn rarity(gram: &[u8]) -> usize {
    let rare = |byte: &u8| match byte {
        b'a' | b'e' | b'i' | b'n' | b'o' | b'r' | b's' | b't' => 1,
        b'a'..=b'z' | b'0' | b'1' => 2,
        b'_' | b'-' => 3,
        b'A'..=b'Z' | b'2'..=b'9' => 4,
        _ => 5,
    };
    gram.iter().map(rare).sum()
}
