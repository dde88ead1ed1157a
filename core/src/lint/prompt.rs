//! The linter of prompts (section 30): its seven findings.

use crate::lint::LintCode;
use crate::lint::conflict;
use crate::lint::finding::Findings;
use crate::lint::fold::Folded;
use crate::lint::negation::negated_units;
use crate::lint::phrase::Group;
use crate::lint::phrase::Match;
use crate::lint::phrase::Phrases;
use crate::lint::prompt_phrases::EVIDENCE;
use crate::lint::prompt_phrases::FORBIDS;
use crate::lint::prompt_phrases::SAID;
use crate::lint::prompt_phrases::SETS;
use crate::lint::prompt_phrases::STOPS;
use crate::lint::prompt_phrases::SUCCESS;
use crate::lint::prompt_phrases::VAGUE;

/// Adds the findings of a prompt.
pub(crate) fn scan(text: &str, findings: &mut Findings) {
    let folded = Folded::new(text);
    let negated = negated_units(&folded);
    let find = |groups: &[&'static [Group]]| Phrases::new(groups, SETS).find(&folded, &negated);
    let mut add = |found: &Match| {
        let last = folded.words.get(found.end.saturating_sub(1));
        if let (Some(first), Some(last)) = (folded.words.get(found.first), last) {
            findings.add(first.start, last.end, found.code);
        }
    };
    find(&[SAID]).iter().for_each(&mut add);
    let checkable = find(&[SUCCESS]);
    let vague = find(&[VAGUE]);
    // A vague word counts where the sentence says nothing that can be checked.
    let unit = |found: &Match| folded.words.get(found.first).map(|word| word.unit);
    for found in &vague {
        if !checkable.iter().any(|other| unit(other) == unit(found)) {
            add(found);
        }
    }
    let start = text.len() - text.trim_start().len();
    let end = start + text.trim_start().lines().next().map_or(0, |line| line.trim_end().len());
    if checkable.is_empty() && vague.is_empty() {
        findings.add(start, end, LintCode::VagueSuccessCriterion);
    }
    for (groups, code) in [
        (STOPS, LintCode::MissingStopCondition),
        (FORBIDS, LintCode::MissingForbiddenAction),
        (EVIDENCE, LintCode::MissingEvidence),
    ] {
        if find(&[groups]).is_empty() {
            findings.add(start, end, code);
        }
    }
    conflict::scan(&folded, findings);
}
