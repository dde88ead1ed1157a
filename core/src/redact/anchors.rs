//! Finding many literals at once: by vectors where the target has them ([`Teddy`]), else by an
//! automaton. Both find the same places.

use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;

use crate::redact::bytes::starts_at;
use crate::redact::teddy::Teddy;

/// Sets that are searched before an automaton is faster.
const MOST_SETS: usize = 4;
/// Literals in one set: more make too many places candidates.
pub(crate) const MOST_IN_A_SET: usize = 250;
/// A shorter literal makes many places candidates.
pub(crate) const SHORTEST_ANCHOR: usize = 4;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Literal<T> {
    /// In small letters where it is found in any case.
    pub(crate) bytes: Box<[u8]>,
    pub(crate) any_case: bool,
    /// What is said of the places where it stands.
    pub(crate) tag: T,
}

impl<T> Literal<T> {
    pub(crate) fn new(bytes: &[u8], tag: T) -> Self {
        Self { bytes: bytes.into(), any_case: false, tag }
    }

    pub(crate) fn in_any_case(bytes: &[u8], tag: T) -> Self {
        Self { bytes: bytes.to_ascii_lowercase().into(), any_case: true, tag }
    }

    /// Returns true where it stands at `at`.
    #[inline]
    pub(crate) fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        if !self.any_case {
            return starts_at(bytes, at, &self.bytes);
        }
        let here = bytes.get(at..).and_then(|rest| rest.get(..self.bytes.len()));
        // They are short: faster than by `eq_ignore_ascii_case`.
        let mut pairs = here.unwrap_or(&[]).iter().zip(&self.bytes);
        here.is_some() && pairs.all(|(byte, small)| byte.to_ascii_lowercase() == *small)
    }
}

/// Finds where any of its literals stands.
#[derive(Clone, Debug)]
pub(crate) struct Anchors<T> {
    sets: Vec<Set<T>>,
}

#[derive(Clone, Debug)]
enum Set<T> {
    /// With the literals in the order of its patterns.
    Automaton(Box<(AhoCorasick, Vec<Literal<T>>)>),
    Vectors(Box<Teddy<T>>),
}

impl<T> Default for Anchors<T> {
    fn default() -> Self {
        Self { sets: Vec::new() }
    }
}

impl<T: Copy + Ord> Anchors<T> {
    /// Returns what finds `literals`; the order does not matter, and empty ones are left out.
    pub(crate) fn new(literals: impl IntoIterator<Item = Literal<T>>) -> Self {
        let mut all: Vec<Literal<T>> =
            literals.into_iter().filter(|literal| !literal.bytes.is_empty()).collect();
        // By bytes: what begins alike shares buckets.
        all.sort_unstable();
        all.dedup();
        if all.is_empty() {
            return Self::default();
        }
        // All or none: one automaton is as fast with all of them as with a few.
        let sets = vectors(&all).unwrap_or_else(|| automaton(all).into_iter().collect());
        Self { sets }
    }

    /// Calls `found` with each place where a literal begins, and its tag, a set at a time; roughly
    /// in order, and several times where several literals begin.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize, T)) {
        for set in &self.sets {
            match set {
                Set::Automaton(set) => {
                    let (automaton, literals) = set.as_ref();
                    for hit in automaton.find_overlapping_iter(bytes) {
                        let literal = literals.get(hit.pattern().as_usize());
                        let here = literal.filter(|literal| literal.is_at(bytes, hit.start()));
                        if let Some(literal) = here {
                            found(hit.start(), literal.tag);
                        }
                    }
                }
                Set::Vectors(teddy) => teddy.find(bytes, &mut found),
            }
        }
    }
}

/// Returns what finds `literals` with vectors, where the target has them and they are not too many.
fn vectors<T: Copy>(literals: &[Literal<T>]) -> Option<Vec<Set<T>>> {
    let count = literals.len().div_ceil(MOST_IN_A_SET);
    if count > MOST_SETS {
        return None;
    }
    // Sets of one size: a small one costs as much as a large one.
    let even = literals.chunks(literals.len().div_ceil(count)).map(Teddy::new);
    even.map(|set| set.map(|set| Set::Vectors(Box::new(set)))).collect()
}

/// Returns what finds `literals` byte by byte.
fn automaton<T>(literals: Vec<Literal<T>>) -> Option<Set<T>> {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(literals.iter().any(|literal| literal.any_case));
    let built = builder
        .kind(Some(AhoCorasickKind::DFA))
        .build(literals.iter().map(|literal| &literal.bytes))
        // Only very many literals are too large for this one.
        .or_else(|_| builder.kind(None).build(literals.iter().map(|literal| &literal.bytes)));
    built.ok().map(|automaton| Set::Automaton(Box::new((automaton, literals))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Anchors;
    use super::Literal;

    /// What finds `literals` by vectors, or by an automaton as it does with very many.
    fn anchors(literals: &[Literal<u8>], by_automaton: bool) -> Anchors<u8> {
        let others = (0..u32::from(by_automaton) * 1000).map(|n| format!("\u{1}{n:04}"));
        let others: Vec<String> = others.collect();
        let others = others.iter().map(|other| Literal::new(other.as_bytes(), 9));
        Anchors::new(literals.iter().cloned().chain(others))
    }

    #[test]
    fn finds_every_place_of_every_literal_also_inside_another() {
        let literals: Vec<Vec<u8>> = (0..120_u8)
            .map(|number| vec![b'a' + number % 7, b'_', b'0' + number % 5, b'a' + number / 10])
            .chain([b"abc".to_vec(), b"a_0a_".to_vec(), b"_0a_0a".to_vec(), b"a_0Xa".to_vec()])
            .collect();
        let literals: Vec<Literal<u8>> = literals
            .iter()
            .enumerate()
            .map(|(at, literal)| match at % 3 {
                0 => Literal::in_any_case(literal, 0),
                _ => Literal::new(literal, 1),
            })
            .collect();
        let both = [anchors(&literals, false), anchors(&literals, true)];
        let mut state = 7_u64;
        for length in (0..400).chain([4000, 9000]) {
            let text: Vec<u8> = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    b"abcdEfg__01234_aBcA_0"[(state >> 40) as usize % 21]
                })
                .collect();
            let mut expected = BTreeSet::new();
            for at in 0..text.len() {
                let here = literals.iter().filter(|it| it.is_at(&text, at));
                expected.extend(here.map(|it| (at, it.tag)));
            }
            for anchors in &both {
                let mut found = BTreeSet::new();
                anchors.find(&text, |at, tag| {
                    found.insert((at, tag));
                });
                assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn nothing_is_searched_where_nothing_is_looked_for() {
        assert!(Anchors::<u8>::new([]).sets.is_empty());
        assert!(Anchors::new([Literal::new(b"", 1)]).sets.is_empty());
    }
}
