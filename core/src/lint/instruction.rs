//! The scanner of instructions, and of text that is none (section 41).

use crate::lint::LintCode;
use crate::lint::LintKind;
use crate::lint::encoded;
use crate::lint::finding::Findings;
use crate::lint::fold::Folded;
use crate::lint::hidden;
use crate::lint::link;
use crate::lint::marker;
use crate::lint::negation::negated_units;
use crate::lint::phrase::Phrases;
use crate::lint::phrases::OTHER_SCRIPTS;
use crate::lint::phrases::PHRASES;
use crate::lint::phrases::SETS;
use crate::lint::phrases::UNTRUSTED;

/// Adds what is found in `text`.
pub(crate) fn scan(text: &str, kind: LintKind, findings: &mut Findings) {
    let phrases = match kind {
        LintKind::Untrusted => Phrases::new(&[PHRASES, UNTRUSTED], SETS),
        LintKind::Instructions | LintKind::Prompt => Phrases::new(&[PHRASES], SETS),
    };
    let folded = Folded::new(text);
    let negated = negated_units(&folded);
    for found in phrases.find(&folded, &negated) {
        let last = found.end.saturating_sub(1).max(found.first);
        if let (Some(first), Some(last)) = (folded.words.get(found.first), folded.words.get(last)) {
            findings.add(first.start, last.end.max(first.end), found.code);
        }
    }
    for phrase in OTHER_SCRIPTS {
        for (at, _) in text.match_indices(phrase) {
            findings.add(at, at + phrase.len(), LintCode::OverridesInstructions);
        }
    }
    // Before the others: what counts as hidden is a phrase that stands where it is not seen.
    link::hidden_places(text, &phrases, findings);
    look_alike_words(text, &folded, findings);
    hidden::scan(text, &phrases, findings);
    encoded::scan(text, &phrases, findings);
    link::scan(text, findings);
    marker::scan(text, findings);
}

/// Returns true where a text taken out of its disguise says something that a scan would find.
pub(crate) fn says_something(text: &str, phrases: &Phrases) -> bool {
    let folded = Folded::new(text);
    !phrases.find(&folded, &negated_units(&folded)).is_empty()
}

/// Words of Latin letters with some of another script that look like Latin ones.
fn look_alike_words(text: &str, folded: &Folded, findings: &mut Findings) {
    for word in folded.words.iter().filter(|word| word.alike && !word.sign) {
        let written = text.get(word.start..word.end).unwrap_or_default();
        let latin = written.chars().filter(char::is_ascii_alphabetic).count();
        // Letters of the Latin script with marks are no disguise: Turkish has its own i.
        let others = written.chars().filter(|c| c.is_alphabetic() && *c > '\u{24f}').count();
        if latin > 1 && others > 0 && folded.letters(word).is_ascii() {
            findings.add(word.start, word.end, LintCode::LookAlikeLetters);
        }
    }
}
