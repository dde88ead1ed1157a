//! What turns an instruction around: "never skip the tests" asks for tests.

use crate::lint::fold::Folded;
use crate::lint::unit::LineKind;

/// Which sentences stand in a list that its introduction turns around: `Never:` or `## Don't`.
pub(crate) fn negated_units(folded: &Folded) -> Vec<bool> {
    let mut out = vec![false; folded.units.len()];
    let mut at = 0;
    let mut lead = false;
    let mut in_list = false;
    for (unit, kind) in folded.units.iter().enumerate() {
        let from = at;
        while folded.words.get(at).is_some_and(|word| word.unit <= unit) {
            at += 1;
        }
        if from == at {
            continue;
        }
        if *kind == LineKind::Entry && (lead || folded.at(at - 1) != ":") {
            if let Some(negated) = out.get_mut(unit) {
                *negated = lead;
            }
            in_list = true;
            continue;
        }
        let introduces = *kind == LineKind::Heading || folded.at(at - 1) == ":";
        if introduces {
            lead = (from..at).any(|index| is_negator(folded, index));
        } else if in_list || *kind != LineKind::Text {
            lead = false;
        }
        in_list = false;
    }
    out
}

/// Returns true where a word before `first`, in its sentence and near, turns it around.
pub(crate) fn is_negated(folded: &Folded, first: usize, over_commas: bool) -> bool {
    let Some(unit) = folded.words.get(first).map(|word| word.unit) else {
        return false;
    };
    let mut index = first;
    for _ in 0..REACH {
        let Some(before) = index.checked_sub(1) else {
            return false;
        };
        index = before;
        if folded.words.get(index).is_none_or(|word| word.unit != unit) {
            return false;
        }
        let letters = folded.at(index);
        if is_negator(folded, index) {
            return true;
        }
        if TURNS.contains(&letters) || (letters == "," && !over_commas) {
            return false;
        }
    }
    false
}

/// Returns true where one of the words turns around what stands behind it.
pub(crate) fn has_negator(folded: &Folded, from: usize, to: usize) -> bool {
    (from..to).any(|index| is_negator(folded, index))
}

fn is_negator(folded: &Folded, index: usize) -> bool {
    let next = folded.at(index + 1);
    NEGATORS.contains(&folded.at(index)) && !CANCELS.contains(&next)
}

/// Words that are looked back over.
const REACH: usize = 12;

/// Words that turn around, or only tell of, what follows.
const NEGATORS: [&str; 43] = [
    "against",
    "attempt",
    "attempting",
    "attempts",
    "avoid",
    "block",
    "blocks",
    "cannot",
    "cant",
    "could",
    "denied",
    "deny",
    "detect",
    "detects",
    "didnt",
    "disallowed",
    "doesnt",
    "dont",
    "donts",
    "flag",
    "forbid",
    "forbidden",
    "forbids",
    "isnt",
    "might",
    "mustnt",
    "neither",
    "never",
    "nobody",
    "nor",
    "not",
    "prevent",
    "prevents",
    "prohibited",
    "refuse",
    "reject",
    "rejected",
    "rejects",
    "shouldnt",
    "tries",
    "wont",
    "would",
    "wouldnt",
];

/// Words behind a negator that make it an order: "do not hesitate to …".
const CANCELS: [&str; 9] =
    ["hesitate", "forget", "fail", "worry", "stop", "only", "just", "be", "wait"];

/// Words that begin something new.
const TURNS: [&str; 9] =
    ["and", "then", "but", "instead", "now", "simply", "please", "therefore", "so"];
