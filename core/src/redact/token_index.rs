//! Where the patterns of detectors may begin.
//!
//! A token is a long run of letters, digits, `_` and `-`, or touches one. So most patterns need no
//! search of their own: in each long run every four bytes are looked up in a table of the anchors'
//! own four. The few patterns without such a run are searched for like other literals.

use crate::document::RunScan;
use crate::redact::anchors::Anchors;
use crate::redact::anchors::Literal;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::ByteSet;
use crate::redact::bytes::RUN;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_start;
use crate::redact::bytes::starts_at;
use crate::redact::encoding::encode_base64;
use crate::redact::kind::Kind;
use crate::redact::map::LEAST_RUN;
use crate::redact::pack::Detector;
use crate::redact::pack::runs_of;
use crate::redact::search::Hit;
use crate::redact::search::What;

/// The bytes of an anchor by which it is looked up.
const GRAM: usize = 4;
/// Words of 64 bits in which grams are looked up first: few of them share a bit, and all stay near.
const FILTER_WORDS: usize = 1024;
/// Slots in which grams are looked up then.
const SLOTS: usize = 4096;
/// What encoded data holds in the tokens of a few makers, and how long it is then.
const LOOSE: ByteSet = ByteSet::alnum_and(b"+/=_-*:$#");
const LEAST_LOOSE: usize = 60;
/// A run of encoded data this long holds a long run, or several, shortly behind its beginning.
const LEAST_ENCODED: usize = 30;
/// How far before a long run, over encoded data, anchors are looked for.
const BEFORE_RUN: usize = 48;

/// One way in which a detector's pattern begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Four bytes of the anchor.
    pub(crate) gram: u32,
    /// Where in the anchor they stand.
    pub(crate) offset: usize,
    pub(crate) anchor: Box<[u8]>,
    pub(crate) detector: usize,
    pub(crate) pattern: usize,
    /// For an anchor in base 64: how many bytes of its group of three stand before it.
    pub(crate) encoded: Option<usize>,
}

/// The anchors of all detectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenIndex {
    /// In the order of the slots of their grams.
    pub(crate) entries: Vec<Entry>,
    /// The grams that are in `entries`.
    filter: Filter,
    /// Where the entries of each slot begin in `entries`, and where the last ones end.
    slots: Vec<u32>,
    /// Anchors that need not touch a long run.
    pub(crate) patterns: Vec<Entry>,
    /// Anchors that end in `~`, which is rare.
    pub(crate) tildes: Vec<Entry>,
    /// Anchors that stand in any case, as those of regular expressions do.
    pub(crate) any_case: Vec<Entry>,
    pub(crate) any_case_anchors: Anchors<()>,
    /// Detectors that are tried at each run of digits or letters.
    pub(crate) scans: Vec<(RunScan, usize)>,
    /// Anchors in URLs.
    pub(crate) urls: Vec<Entry>,
    pub(crate) url_anchors: Anchors<()>,
}

/// A host, or a name in a query: what stands in URLs, which are looked at anyway.
fn is_of_url(anchor: &[u8]) -> bool {
    let query = matches!(anchor.first(), Some(b'?' | b'&' | b'@'));
    if anchor.ends_with(b"://") {
        return true;
    }
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
        let mut index = Self::default();
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
                let in_run = least(RUN) >= LEAST_RUN
                    || least(BASE64) >= LEAST_ENCODED
                    || least(LOOSE) >= LEAST_LOOSE;
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
        index.entries.sort_by(|a, b| slot(a.gram).cmp(&slot(b.gram)).then_with(|| a.cmp(b)));
        let entries = &index.entries;
        let start = |wanted| entries.partition_point(|entry| slot(entry.gram) < wanted);
        index.slots = (0..=SLOTS).map(|at| u32::try_from(start(at)).unwrap_or(u32::MAX)).collect();
        index.patterns.sort_unstable_by(|a, b| a.anchor.cmp(&b.anchor));
        index.urls.sort_unstable_by(|a, b| a.anchor.cmp(&b.anchor));
        let any_case = index.any_case.iter();
        index.any_case_anchors =
            Anchors::new(any_case.map(|entry| Literal::in_any_case(&entry.anchor, ())));
        index.url_anchors =
            Anchors::new(index.urls.iter().map(|entry| Literal::new(&entry.anchor, ())));
        for entry in &index.entries {
            index.filter.add(entry.gram);
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
            Some(_) | None => self.patterns.push(entry(0, 0, anchor, rule, None)),
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
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &[u8]> {
        self.patterns.iter().map(|entry| entry.anchor.as_ref())
    }

    /// Adds what is looked for in any case, and what runs of digits are tried for, to `hits`.
    pub(crate) fn find_rest(&self, bytes: &[u8], hits: &mut Vec<Hit>) {
        self.any_case_anchors.find(bytes, |at, ()| hits.push(Hit { at, what: What::AnyCase }));
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
        for (offset, window) in region.array_windows::<GRAM>().enumerate() {
            let gram = u32::from_le_bytes(*window);
            if self.filter.may_have(gram) {
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
        let start = |slot| self.slots.get(slot).map_or(0, |start| *start as usize);
        let (from, to) = (start(slot(gram)), start(slot(gram) + 1));
        let same = self.entries.get(from..to).unwrap_or(&[]).iter().zip(from..);
        for (entry, index) in same.filter(|(entry, _)| entry.gram == gram) {
            if let Some(at) = at.checked_sub(entry.offset)
                && starts_at(bytes, at, &entry.anchor)
            {
                hits.push(Hit { at, what: What::Token { entry: index } });
            }
        }
    }
}

#[inline]
fn number(gram: &[u8]) -> u32 {
    gram.first_chunk::<4>().map_or(0, |gram| u32::from_le_bytes(*gram))
}

/// Returns the slot of a gram.
fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x85eb_ca6b) >> (u32::BITS - SLOTS.ilog2())) as usize
}

/// A bit for each hash of a gram.
#[derive(Clone, Debug)]
struct Filter(Box<[u64; FILTER_WORDS]>);

impl Default for Filter {
    fn default() -> Self {
        Self(Box::new([0; FILTER_WORDS]))
    }
}

impl Filter {
    fn place(gram: u32) -> (usize, u64) {
        let hash = gram.wrapping_mul(0x9e37_79b1) >> (u32::BITS - FILTER_WORDS.ilog2() - 6);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    fn add(&mut self, gram: u32) {
        let (word, bit) = Self::place(gram);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// Returns false where `gram` was surely not added.
    #[inline]
    fn may_have(&self, gram: u32) -> bool {
        let (word, bit) = Self::place(gram);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
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
