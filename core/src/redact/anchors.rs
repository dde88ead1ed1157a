//! Finding a few dozen literals at once, at the speed of vector code where the target has it.
//!
//! Natively by the packed searcher of `aho-corasick`; in the browser by a searcher of the same
//! kind (`teddy`) where the module may use vectors; else by an automaton. All of
//! them find the same places.

use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use aho_corasick::packed;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use crate::redact::teddy::Teddy;

/// More literals than this in one set make each place a candidate, so sets are split.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
const MOST_IN_A_SET: usize = 48;
/// What is no literal is told from one at less cost there.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
const MOST_IN_A_SET: usize = 96;
/// Sets that are searched before an automaton is faster.
const MOST_SETS: usize = 4;
/// A shorter literal makes a whole set slow: eight times, with two bytes.
pub(crate) const SHORTEST_ANCHOR: usize = 4;

/// Finds where any of its literals stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    sets: Vec<Set>,
}

#[derive(Clone, Debug)]
enum Set {
    /// Boxed: it is a kilobyte large.
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    Packed(Box<packed::Searcher>),
    Automaton(Box<AhoCorasick>),
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Vectors(Box<Teddy>),
}

impl Anchors {
    /// Returns what finds `literals`; the order does not matter, and none may be empty.
    pub(crate) fn new<'a>(literals: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut all: Vec<&[u8]> =
            literals.into_iter().filter(|literal| !literal.is_empty()).collect();
        // Short ones together, so that they slow down no others. Sorting by bytes keeps alike
        // prefixes in one set, which has fewer candidates then.
        all.sort_unstable_by_key(|literal| (literal.len().min(SHORTEST_ANCHOR), *literal));
        all.dedup();
        let sets = all.chunk_by(|a, b| a.len() >= SHORTEST_ANCHOR || b.len() < SHORTEST_ANCHOR);
        // Sets of one size: a small one costs hardly less than a large one.
        let even =
            |part: &[_]| part.len().div_ceil(part.len().div_ceil(MOST_IN_A_SET).max(1)).max(1);
        let mut found_by = Vec::new();
        let mut others = Vec::new();
        for part in sets.flat_map(|part| part.chunks(even(part))) {
            match vectors(part) {
                Some(set) => found_by.push(set),
                None => others.extend_from_slice(part),
            }
        }
        // An automaton is as fast with all of them as with a few.
        if !others.is_empty() {
            found_by.extend(automaton(&others));
        }
        Self { sets: found_by }
    }

    /// Returns what finds `literals`, however many they are, in one pass: a few sets of them are
    /// still faster than an automaton, more are not.
    pub(crate) fn one_pass<'a>(literals: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut all: Vec<&[u8]> = literals.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        if all.len() <= MOST_SETS * MOST_IN_A_SET {
            return Self::new(all);
        }
        let automaton = AhoCorasick::new(all).ok();
        Self { sets: automaton.into_iter().map(|set| Set::Automaton(Box::new(set))).collect() }
    }

    /// Returns what finds `literals` in any case of ASCII letters: slower, for those who need it.
    pub(crate) fn any_case<'a>(literals: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut builder = AhoCorasick::builder();
        let all: Vec<&[u8]> = literals.into_iter().filter(|literal| !literal.is_empty()).collect();
        if all.is_empty() {
            return Self::default();
        }
        let automaton = builder.ascii_case_insensitive(true).build(all);
        Self { sets: automaton.into_iter().map(|set| Set::Automaton(Box::new(set))).collect() }
    }

    /// Calls `found` with each place where a literal begins, a set at a time; a place where several
    /// begin may come several times.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize)) {
        for set in &self.sets {
            match set {
                #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
                Set::Packed(searcher) => {
                    let mut at = 0;
                    while let Some(hit) = searcher.find_in(bytes, (at..bytes.len()).into()) {
                        found(hit.start());
                        at = hit.start() + 1;
                    }
                }
                Set::Automaton(automaton) => {
                    for hit in automaton.find_overlapping_iter(bytes) {
                        found(hit.start());
                    }
                }
                #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
                Set::Vectors(teddy) => teddy.find(bytes, &mut found),
            }
        }
    }
}

/// Returns what finds `literals` with vectors, where the target has them.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn vectors(literals: &[&[u8]]) -> Option<Set> {
    // A text shorter than its vectors is searched by a slower way of its own, also packed.
    packed::Searcher::new(literals).map(|searcher| Set::Packed(Box::new(searcher)))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn vectors(literals: &[&[u8]]) -> Option<Set> {
    Teddy::new(literals).map(|teddy| Set::Vectors(Box::new(teddy)))
}

fn automaton(literals: &[&[u8]]) -> Option<Set> {
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(literals);
    // Literals are far from any limit of the automaton.
    automaton.ok().map(|automaton| Set::Automaton(Box::new(automaton)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Anchors;

    #[test]
    fn finds_every_place_of_every_literal_also_inside_another() {
        let literals: Vec<Vec<u8>> = (0..120_u8)
            .map(|number| vec![b'a' + number % 7, b'_', b'0' + number % 5, b'a' + number / 10])
            .chain([b"abc".to_vec(), b"a_0a_".to_vec(), b"_0a_0a".to_vec()])
            .collect();
        let anchors = Anchors::new(literals.iter().map(Vec::as_slice));
        let mut state = 7_u64;
        for length in (0..400).chain([4000]) {
            let text: Vec<u8> = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    b"abcdefg__01234_abca_0"[(state >> 40) as usize % 21]
                })
                .collect();
            let mut found = BTreeSet::new();
            anchors.find(&text, |at| {
                found.insert(at);
            });
            let expected: BTreeSet<usize> = (0..text.len())
                .filter(|at| literals.iter().any(|literal| text[*at..].starts_with(literal)))
                .collect();
            assert_eq!(found, expected);
        }
    }
}
