//! Finding a few dozen literals at once with vectors, where `aho-corasick` has no such searcher: in a
//! browser.
//!
//! Literals are put into eight buckets, a bit each. For each of the first four bytes of a literal two
//! tables say by half a byte in which buckets it may stand there: sixteen places of a text are looked
//! up at a time. Where all of them allow the same bucket, a literal is looked for.

#[cfg(test)]
mod tests;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;

use std::fmt::Debug;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm::Teddy;

/// Bytes of a literal by which it is looked up; of shorter ones the last says nothing.
const WIDTH: usize = 4;
/// A bit of a byte each.
const BUCKETS: usize = 8;
/// Shorter literals would make most places candidates, and so would more of them.
const SHORTEST: usize = 3;
const MOST: usize = 96;
/// How many hashes there are, by which candidates are told from literals.
const HASHES: usize = 256;

/// Sixteen bytes that are worked on at once.
pub(crate) trait Lanes: Copy + Debug {
    fn load(bytes: &[u8; 16]) -> Self;
    /// Returns the lower half of each byte.
    fn low(self) -> Self;
    /// Returns the upper half of each byte.
    fn high(self) -> Self;
    /// Returns for each byte, which is less than 16, the byte of `table` at that place.
    fn of(self, table: Self) -> Self;
    fn and(self, other: Self) -> Self;
    /// Returns the last one, two or three bytes of `before`, and then what fits of these.
    fn one_behind(self, before: Self) -> Self;
    fn two_behind(self, before: Self) -> Self;
    fn three_behind(self, before: Self) -> Self;
    /// Returns a bit for each byte that is not zero, the first one's in the lowest place.
    fn places(self) -> u64;
}

/// Finds literals.
#[derive(Clone, Debug)]
pub(crate) struct Finder<V> {
    /// In the order of their hashes.
    literals: Vec<Literal>,
    /// Where in `literals` those of each hash begin, and where the last ones end.
    starts: Vec<u8>,
    /// The tables of each of a literal's bytes: by its lower half, and by its upper half.
    tables: [(V, V); WIDTH],
}

#[derive(Clone, Debug)]
struct Literal {
    /// Its first eight bytes.
    first: u64,
    length: usize,
    /// Which bytes of `first` it has.
    mask: u64,
    /// What follows them.
    rest: Box<[u8]>,
}

impl<V: Lanes> Finder<V> {
    /// Returns what finds `literals`, or nothing where another searcher finds them better.
    pub(crate) fn new(literals: &[&[u8]]) -> Option<Self> {
        let short = literals.iter().any(|literal| literal.len() < SHORTEST);
        if short || literals.is_empty() || literals.len() > MOST {
            return None;
        }
        let mut tables = [([0; 16], [0; 16]); WIDTH];
        for (shape, bucket) in grouped(literals).iter().zip(0..) {
            for ((low, high), halves) in tables.iter_mut().zip(shape) {
                mark(low, halves.low, 1 << bucket);
                mark(high, halves.high, 1 << bucket);
            }
        }
        let tables = tables.map(|(low, high)| (V::load(&low), V::load(&high)));
        let mut literals: Vec<Literal> = literals.iter().map(|bytes| Literal::new(bytes)).collect();
        literals.sort_unstable_by_key(|literal| hash(literal.first));
        let starts = (0..=HASHES)
            .map(|wanted| literals.partition_point(|literal| hash(literal.first) < wanted) as u8)
            .collect();
        Some(Self { literals, starts, tables })
    }

    /// Calls `found` with each place where a literal begins, in order and once.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], found: &mut impl FnMut(usize)) {
        let none = V::load(&[0; 16]);
        let mut before = (none, none, none);
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut at = 0;
        for block in blocks {
            let hits = self.block(block, &mut before);
            self.verify(bytes, at, hits, found);
            at += 64;
        }
        // The rest, and as much as a short literal's last byte that does not count.
        let mut last = [0; 64];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        let hits = self.block(&last, &mut before);
        self.verify(bytes, at, hits, found);
    }

    /// Returns a bit for each byte of `block` that may be a literal's fourth, after `before`: what the
    /// first three tables allowed in the vector before.
    #[inline(always)]
    fn block(&self, block: &[u8; 64], before: &mut (V, V, V)) -> u64 {
        let (parts, _) = block.as_chunks::<16>();
        let mut all = 0;
        for (part, place) in parts.iter().zip([0, 16, 32, 48]) {
            let part = V::load(part);
            let (low, high) = (part.low(), part.high());
            let [first, second, third, fourth] =
                self.tables.map(|tables| low.of(tables.0).and(high.of(tables.1)));
            let hits = fourth
                .and(first.three_behind(before.0))
                .and(second.two_behind(before.1))
                .and(third.one_behind(before.2));
            *before = (first, second, third);
            all |= hits.places() << place;
        }
        all
    }

    /// Reports the literals whose fourth bytes `hits` tells of: a bit for each byte from `base`.
    #[inline(always)]
    fn verify(&self, bytes: &[u8], base: usize, mut hits: u64, found: &mut impl FnMut(usize)) {
        while hits != 0 {
            let at = (base + hits.trailing_zeros() as usize).checked_sub(WIDTH - 1);
            hits &= hits - 1;
            if let Some(at) = at.filter(|at| self.is_at(bytes, *at)) {
                found(at);
            }
        }
    }

    /// Returns true where a literal begins at `at`.
    #[inline(always)]
    fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        let text = bytes.get(at..).unwrap_or(&[]);
        let first = first(text);
        let hash = hash(first);
        let (Some(start), Some(end)) = (self.starts.get(hash), self.starts.get(hash + 1)) else {
            return false;
        };
        let same = self.literals.get(usize::from(*start)..usize::from(*end)).unwrap_or(&[]);
        same.iter()
            .any(|literal| (first ^ literal.first) & literal.mask == 0 && literal.is_in(text))
    }
}

impl Literal {
    fn new(bytes: &[u8]) -> Self {
        let unused = 64 - 8 * bytes.len().min(8);
        let rest = bytes.get(8..).unwrap_or(&[]).into();
        Self { first: first(bytes), length: bytes.len(), mask: u64::MAX >> unused, rest }
    }

    /// Returns true where `text`, whose first bytes are the literal's, begins with all of it.
    #[inline(always)]
    fn is_in(&self, text: &[u8]) -> bool {
        // A text that ends was filled up with zeros, which may be in a literal too.
        text.len() >= self.length
            && (self.rest.is_empty()
                || text.get(8..).is_some_and(|text| text.starts_with(&self.rest)))
    }
}

/// Returns the first eight bytes, and zeros for those that are not there.
#[inline(always)]
fn first(bytes: &[u8]) -> u64 {
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*first);
    }
    bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// Returns a number less than [`HASHES`] for the first three bytes.
#[inline(always)]
fn hash(first: u64) -> usize {
    let three = first as u32 & 0x00ff_ffff;
    (three.wrapping_mul(0x9e37_79b1) >> 24) as usize
}

/// Sets `bit` at the places of `table` that `places` names.
fn mark(table: &mut [u8; 16], places: u16, bit: u8) {
    for (place, entry) in table.iter_mut().enumerate() {
        if places >> place & 1 == 1 {
            *entry |= bit;
        }
    }
}

/// Which halves of bytes occur at one place of some literals: a bit for each.
#[derive(Clone, Copy, Default)]
struct Halves {
    low: u16,
    high: u16,
}

/// The first bytes of the literals that share a bucket.
type Shape = [Halves; WIDTH];

fn shape(literal: &[u8]) -> Shape {
    let mut shape = [Halves { low: u16::MAX, high: u16::MAX }; WIDTH];
    for (halves, byte) in shape.iter_mut().zip(literal) {
        *halves = Halves { low: 1 << (byte & 15), high: 1 << (byte >> 4) };
    }
    shape
}

fn both(mut one: Shape, two: Shape) -> Shape {
    for (halves, other) in one.iter_mut().zip(two) {
        *halves = Halves { low: halves.low | other.low, high: halves.high | other.high };
    }
    one
}

/// Returns how many places of ordinary text are candidates, as a number to be compared.
fn candidates(shape: Shape) -> u64 {
    // Small letters are half of most texts, digits and punctuation most of the rest.
    let often = |high: u16| {
        let letters = u64::from((high & 0b1100_0000).count_ones());
        let digits = u64::from((high & 0b0000_1100).count_ones());
        let capitals = u64::from((high & 0b0011_0000).count_ones());
        letters * 6 + digits * 4 + capitals + u64::from(high == u16::MAX)
    };
    shape.iter().map(|halves| u64::from(halves.low.count_ones()) * often(halves.high)).product()
}

/// Puts literals into as many groups as there are buckets, those together that cost the least.
fn grouped(literals: &[&[u8]]) -> Vec<Shape> {
    let mut groups: Vec<Shape> = literals.iter().map(|literal| shape(literal)).collect();
    while groups.len() > BUCKETS {
        let alone: Vec<u64> = groups.iter().map(|shape| candidates(*shape)).collect();
        let costs = || groups.iter().zip(&alone).enumerate();
        let pairs = costs().flat_map(|(index, (one, cost))| {
            costs().skip(index + 1).map(move |(other, (two, more))| {
                (candidates(both(*one, *two)).saturating_sub(cost + more), index, other)
            })
        });
        let Some((_, index, other)) = pairs.min() else {
            break;
        };
        let two = groups.swap_remove(other);
        if let Some(one) = groups.get_mut(index) {
            *one = both(*one, two);
        }
    }
    groups
}
