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

/// The phrases that may start with a word, by their numbers.
type Candidates = Vec<usize>;

/// The phrases of some groups by their first words.
pub(crate) struct Phrases {
    phrases: Vec<(&'static Group, &'static str)>,
    by_word: BTreeMap<&'static str, Candidates>,
    // First words of which only the start is given; they are few.
    by_start: BTreeMap<&'static str, Candidates>,
    sets: &'static [(&'static str, &'static str)],
}

/// One step of a phrase.
enum Step {
    /// Up to so many words.
    Gap(u32),
    /// One word.
    Word {
        /// These words, in order.
        whole: Vec<&'static str>,
        /// Words that start so.
        starts: Vec<&'static str>,
        /// Or the end of the sentence.
        end: bool,
        /// Or nothing.
        optional: bool,
    },
}

impl Phrases {
    /// Reads the phrases of `groups`, whose sets are `sets`.
    pub(crate) fn new(
        groups: &[&'static [Group]],
        sets: &'static [(&'static str, &'static str)],
    ) -> Self {
        let mut out =
            Self { phrases: Vec::new(), by_word: BTreeMap::new(), by_start: BTreeMap::new(), sets };
        for group in groups.iter().copied().flatten() {
            for phrase in group.phrases {
                let number = out.phrases.len();
                out.phrases.push((group, phrase));
                let (_, mut steps) = marks(phrase);
                while let Some((step, rest)) = next_step(steps) {
                    let (step, optional) = may_be_missing(step);
                    for word in alternatives(sets, step) {
                        let (index, word) = match word.strip_suffix('*') {
                            Some(start) => (&mut out.by_start, start),
                            None => (&mut out.by_word, word),
                        };
                        index.entry(word).or_default().push(number);
                    }
                    if !optional {
                        break;
                    }
                    steps = rest;
                }
            }
        }
        out
    }

    /// Returns every phrase of the text that is not turned around.
    pub(crate) fn find(&self, folded: &Folded, negated: &[bool]) -> Vec<Match> {
        let mut found = Vec::new();
        // Few phrases come into question in most texts: their steps are read then.
        let mut read: Vec<Option<Vec<Step>>> = Vec::new();
        read.resize_with(self.phrases.len(), || None);
        for (first, word) in folded.words.iter().enumerate() {
            let letters = folded.letters(word);
            let whole = self.by_word.get(letters).into_iter();
            let started = self.by_start.iter().filter(|(start, _)| letters.starts_with(**start));
            for number in whole.chain(started.map(|(_, found)| found)).flatten() {
                let known = self.phrases.get(*number).zip(read.get_mut(*number));
                let Some(((group, phrase), steps)) = known else {
                    continue;
                };
                let (mark, text) = marks(phrase);
                let steps = steps.get_or_insert_with(|| self.steps(text));
                let Some(end) = fits(folded, first, steps) else {
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

    fn steps(&self, text: &'static str) -> Vec<Step> {
        let mut out = Vec::new();
        let mut text = text;
        while let Some((step, rest)) = next_step(text) {
            text = rest;
            if let Some(gap) = step.strip_prefix('~') {
                out.push(Step::Gap(gap.parse().unwrap_or_default()));
                continue;
            }
            let (step, optional) = may_be_missing(step);
            let (mut whole, mut starts, mut end) = (Vec::new(), Vec::new(), false);
            for word in alternatives(self.sets, step) {
                match word.strip_suffix('*') {
                    Some(start) => starts.push(start),
                    None if word == "END" => end = true,
                    None => whole.push(word),
                }
            }
            whole.sort_unstable();
            out.push(Step::Word { whole, starts, end, optional });
        }
        out
    }
}

/// Returns the index behind the last word where the steps fit from `first` on.
///
/// All ends that are possible are kept at once, a bit each, so that gaps cost no search.
fn fits(folded: &Folded, first: usize, steps: &[Step]) -> Option<usize> {
    let unit = folded.words.get(first)?.unit;
    let window = folded.words.get(first..)?.iter().take(WINDOW);
    let window = window.take_while(|word| word.unit == unit);
    let mut length: u32 = 0;
    let mut signs: u64 = 0;
    for word in window.clone() {
        signs |= u64::from(word.sign) << length;
        length += 1;
    }
    // Signs between words do not part them.
    let over_signs = |mut ends: u64| {
        while (ends & signs) << 1 & !ends != 0 {
            ends |= (ends & signs) << 1;
        }
        ends
    };
    let mut ends: u64 = 1;
    for step in steps {
        ends = match step {
            Step::Gap(gap) => (0..*gap).fold(ends, |ends, _| ends | over_signs(ends) << 1),
            Step::Word { whole, starts, end, optional } => {
                let from = over_signs(ends);
                let mut next = if *optional { ends } else { 0 };
                if *end {
                    next |= from & 1 << length;
                }
                for (at, word) in (0_u32..).zip(window.clone()) {
                    if from >> at == 0 {
                        break;
                    }
                    let letters = folded.letters(word);
                    let fits = from >> at & 1 == 1
                        && (whole.binary_search(&letters).is_ok()
                            || starts.iter().any(|start| letters.starts_with(start)));
                    next |= u64::from(fits) << (at + 1);
                }
                next
            }
        };
        ends &= (2_u64 << length) - 1;
        if ends == 0 {
            return None;
        }
    }
    usize::try_from(ends.trailing_zeros()).ok().map(|end| first + end.max(1))
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
