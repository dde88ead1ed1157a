//! Sequences of words with gaps, found in one pass.

use std::collections::BTreeMap;

use crate::lint::LintCode;
use crate::lint::fold::Folded;
use crate::lint::negation::has_negator;
use crate::lint::negation::is_negated;

/// Phrases that mean the same.
///
/// A phrase is a line of steps: `a|b` one of these words, `ab*` a word that starts so, `~3` up to
/// three words between, `a?` a word that may be missing, `@name` the words of that set, `PIPE` the
/// sign `|`, `END` the end of the sentence. In front of it `!` says that a negation before it
/// changes nothing, and `=` that one among its words changes it too.
pub(crate) struct Group {
    /// What the phrases are found as.
    pub(crate) code: LintCode,
    /// A negation holds over a comma: "never skip tests, bypass review or …".
    pub(crate) over_commas: bool,
    /// The phrases.
    pub(crate) phrases: &'static [&'static str],
}

/// A phrase that was found: which group, and its first word and the one behind its last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) code: LintCode,
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// The phrases that may start with a word.
type Candidates = Vec<(&'static Group, &'static str)>;

/// The phrases of some groups by their first words.
pub(crate) struct Phrases {
    by_word: BTreeMap<&'static str, Candidates>,
    // First words of which only the start is given; they are few.
    by_start: BTreeMap<&'static str, Candidates>,
    sets: &'static [(&'static str, &'static str)],
}

impl Phrases {
    /// Reads the phrases of `groups`, whose sets are `sets`.
    pub(crate) fn new(
        groups: &[&'static [Group]],
        sets: &'static [(&'static str, &'static str)],
    ) -> Self {
        let mut out = Self { by_word: BTreeMap::new(), by_start: BTreeMap::new(), sets };
        for group in groups.iter().copied().flatten() {
            for phrase in group.phrases {
                let (_, steps) = marks(phrase);
                let mut rest = steps;
                while let Some((step, behind)) = next_step(rest) {
                    let (step, optional) = may_be_missing(step);
                    for word in alternatives(sets, step) {
                        let (index, word) = match word.strip_suffix('*') {
                            Some(start) => (&mut out.by_start, start),
                            None => (&mut out.by_word, word),
                        };
                        index.entry(word).or_default().push((group, phrase));
                    }
                    if !optional {
                        break;
                    }
                    rest = behind;
                }
            }
        }
        out
    }

    /// Returns every phrase of the text that is not turned around.
    pub(crate) fn find(&self, folded: &Folded, negated: &[bool]) -> Vec<Match> {
        let mut found = Vec::new();
        for (first, word) in folded.words.iter().enumerate() {
            let letters = folded.letters(word);
            let whole = self.by_word.get(letters).into_iter();
            let started = self.by_start.iter().filter(|(start, _)| letters.starts_with(**start));
            for (group, phrase) in whole.chain(started.map(|(_, found)| found)).flatten() {
                let (mark, steps) = marks(phrase);
                let Some(end) = self.fits(folded, first, steps) else {
                    continue;
                };
                let in_negated_list = negated.get(word.unit).copied().unwrap_or_default();
                let around = mark != Some('!')
                    && (in_negated_list
                        || is_negated(folded, first, group.over_commas)
                        || (mark == Some('=') && has_negator(folded, first, end)));
                if !around {
                    found.push(Match { code: group.code, first, end });
                }
            }
        }
        found
    }

    /// Returns the index behind the last word where the steps fit from `first` on.
    ///
    /// All ends that are possible are kept at once, a bit each, so that gaps cost no search.
    fn fits(&self, folded: &Folded, first: usize, steps: &'static str) -> Option<usize> {
        let unit = folded.words.get(first)?.unit;
        let window = folded.words.get(first..)?;
        let length = window.iter().take(WINDOW).take_while(|word| word.unit == unit).count();
        // Signs between words do not part them.
        let signs = (0..).zip(window.iter().take(length)).filter(|(_, word)| word.sign);
        let signs = signs.fold(0_u64, |signs, (at, _)| signs | 1 << at);
        let over_signs = |mut ends: u64| {
            while (ends & signs) << 1 & !ends != 0 {
                ends |= (ends & signs) << 1;
            }
            ends
        };
        let mut ends: u64 = 1;
        let mut rest = steps;
        while let Some((step, behind)) = next_step(rest) {
            rest = behind;
            if let Some(gap) = step.strip_prefix('~') {
                for _ in 0..gap.parse().unwrap_or(0_u32) {
                    ends |= over_signs(ends) << 1;
                }
            } else {
                let (step, optional) = may_be_missing(step);
                let mut next = if optional { ends } else { 0 };
                let starts = over_signs(ends);
                if step.split('|').any(|word| word == "END") {
                    next |= starts & 1 << length;
                }
                for (at, word) in (0..).zip(window.iter().take(length)) {
                    if starts >> at & 1 == 1 && self.is_one_of(folded.letters(word), step) {
                        next |= 1 << (at + 1);
                    }
                }
                ends = next;
            }
            ends &= (2_u64 << length) - 1;
            if ends == 0 {
                return None;
            }
        }
        usize::try_from(ends.trailing_zeros()).ok().map(|end| first + end.max(1))
    }

    fn is_one_of(&self, word: &str, step: &'static str) -> bool {
        alternatives(self.sets, step).any(|known| match known.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => known == word,
        })
    }
}

/// Returns the words of a step, those of its sets among them.
fn alternatives(
    sets: &'static [(&'static str, &'static str)],
    step: &'static str,
) -> impl Iterator<Item = &'static str> {
    step.split('|').flat_map(move |word| {
        let words = match word.strip_prefix('@') {
            Some(name) if !name.is_empty() => {
                sets.iter().find(|(set, _)| *set == name).map_or(word, |(_, words)| words)
            }
            Some(_) | None => word,
        };
        words.split('|').map(|word| if word == "PIPE" { "|" } else { word })
    })
}

/// Returns the mark in front of a phrase, and its steps.
fn marks(phrase: &'static str) -> (Option<char>, &'static str) {
    match phrase.strip_prefix(['!', '=']) {
        Some(steps) => (phrase.chars().next(), steps),
        None => (None, phrase),
    }
}

fn next_step(steps: &'static str) -> Option<(&'static str, &'static str)> {
    (!steps.is_empty()).then(|| steps.split_once(' ').unwrap_or((steps, "")))
}

fn may_be_missing(step: &'static str) -> (&'static str, bool) {
    step.strip_suffix('?').map_or((step, false), |step| (step, true))
}

/// Words that one phrase may span.
const WINDOW: usize = 40;
