//! Instructions that contradict each other: the same thing asked for and forbidden.

use std::collections::BTreeMap;

use crate::lint::LintCode;
use crate::lint::finding::Findings;
use crate::lint::fold::Folded;
use crate::lint::phrase::Group;
use crate::lint::phrase::Phrases;

/// Adds each instruction that an earlier one contradicts.
pub(crate) fn scan(folded: &Folded, findings: &mut Findings) {
    directives(folded, findings);
    for (one, other) in OPPOSITES {
        let first = Phrases::new(&[one], &[]).find(folded, &[]);
        let second = Phrases::new(&[other], &[]).find(folded, &[]);
        let (Some(first), Some(second)) = (first.first(), second.first()) else {
            continue;
        };
        let later = if first.first < second.first { second } else { first };
        let words = (folded.words.get(later.first), folded.words.get(later.end.saturating_sub(1)));
        if let (Some(start), Some(end)) = words {
            findings.add(start.start, end.end, LintCode::ConflictingInstruction);
        }
    }
}

/// Finds `always commit …` against `never commit …`: one verb and its first objects, both ways.
fn directives(folded: &Folded, findings: &mut Findings) {
    let mut asked: BTreeMap<String, bool> = BTreeMap::new();
    for at in 0..folded.words.len() {
        let Some((wanted, verb)) = directive(folded, at) else {
            continue;
        };
        let Some(start) = folded.words.get(at) else {
            continue;
        };
        let mut key = root(folded.at(verb)).to_owned();
        let mut objects = 0;
        let mut last = verb;
        for index in verb + 1..verb + 6 {
            let word = folded.at(index);
            let same = folded.words.get(index).is_some_and(|word| word.unit == start.unit);
            if !same || STOPS_OBJECT.contains(&word) {
                break;
            }
            if SMALL.contains(&word) {
                continue;
            }
            key.push(' ');
            key.push_str(root(word));
            last = index;
            objects += 1;
            if objects == 2 {
                break;
            }
        }
        // What hangs on a condition may well be asked for and forbidden in turn.
        let depends = (last + 1..last + 5).any(|index| {
            folded.words.get(index).is_some_and(|word| word.unit == start.unit)
                && CONDITIONS.contains(&folded.at(index))
        });
        if objects == 0 || depends {
            continue;
        }
        if *asked.entry(key).or_insert(wanted) != wanted {
            let end = folded.words.get(last).map_or(start.end, |word| word.end);
            findings.add(start.start, end, LintCode::ConflictingInstruction);
        }
    }
}

/// Returns whether something is asked for or forbidden at `at`, and where its verb stands.
fn directive(folded: &Folded, at: usize) -> Option<(bool, usize)> {
    let word = |index: usize| folded.at(at + index);
    let unit = folded.words.get(at)?.unit;
    let before = at.checked_sub(1).filter(|before| {
        folded.words.get(*before).is_some_and(|word| word.unit == unit && !word.sign)
    });
    let (wanted, verb) = match (word(0), word(1), word(2)) {
        ("never", "ever", _) => (false, 2),
        ("never", _, _) | ("dont", _, _) | ("cannot", _, _) => (false, 1),
        ("do" | "must" | "should" | "may" | "can" | "shall" | "will", "not" | "never", _) => {
            (false, 2)
        }
        ("always", _, _) => (true, 1),
        ("must" | "should" | "shall", "always", _) => (true, 2),
        ("must" | "should" | "shall", _, _) => (true, 1),
        (verb, _, _) if before.is_none() && VERBS.contains(&verb) => (true, 0),
        _ => return None,
    };
    // `must never` is read once, from its first word.
    let counted = before.is_some_and(|before| {
        matches!(folded.at(before), "do" | "must" | "should" | "may" | "can" | "shall" | "will")
            && matches!(word(0), "never" | "always")
    });
    let verb = at + verb;
    let same = folded.words.get(verb).is_some_and(|word| word.unit == unit)
        && !STATES.contains(&folded.at(verb));
    (same && !counted).then_some((wanted, verb))
}

/// Returns a word without the endings that tell the same thing from another.
fn root(word: &str) -> &str {
    let word = word.strip_suffix("ing").filter(|root| root.len() > 3).unwrap_or(word);
    word.strip_suffix("es")
        .filter(|root| root.ends_with(['s', 'x', 'h']))
        .or_else(|| word.strip_suffix('s').filter(|root| root.len() > 2 && !root.ends_with('s')))
        .unwrap_or(word)
}

/// Phrases of which a prompt should have only one side.
const OPPOSITES: &[(&[Group], &[Group])] = &[
    (
        &[group(&[
            "ask|request|wait ~6 before|approval|confirmation|permission ~6",
            "!do not|never ~6 without ~3 asking|approval|confirmation|permission",
            "!never|dont ~6 without ~3 asking|approval|confirmation|permission",
        ])],
        &[group(&[
            "!dont|never|not ask ~4 approval|confirmation|permission|questions|before",
            "act|proceed|continue|work|decide|merge|push|deploy|go|delete|change|edit|modify|commit|install ~6 without ~2 asking|approval|confirmation|permission",
            "!no approval|confirmation|permission|questions ~2 needed|required|necessary|END",
        ])],
    ),
    (
        &[group(&[
            "be|keep|stay|answer ~4 brief|concise|short|terse|succinct",
            "no more than ~1 sentence|sentences|paragraph",
        ])],
        &[group(&[
            "be|as ~2 verbose|exhaustive|lengthy|comprehensive",
            "explain ~4 in ~2 detail|depth|length",
            "at length",
            "in great|full detail",
        ])],
    ),
    (
        &[group(&[
            "only ~2 output|return|respond|reply|answer ~3 json|yaml|code|xml",
            "output|return|respond|reply|answer ~2 only|just|nothing ~3 json|yaml|code|xml|diff|patch",
        ])],
        &[group(&[
            "explain ~2 your|each|every|why|the ~3",
            "think aloud|out",
            "add|include|write ~4 explanation|summary|commentary|prose",
        ])],
    ),
    (
        &[group(&[
            "!do not|never ~2 change|edit|modify|touch|add|alter ~3 test|tests",
            "!dont|never|not change|edit|modify|touch|add|alter ~3 test|tests",
        ])],
        &[group(&["update|fix|rewrite|change|edit|adjust|extend|add|write ~3 test|tests ~4"])],
    ),
    (
        &[group(&[
            "make|keep ~3 minimal|smallest|small ~2 change|changes|diff",
            "smallest possible|change|diff",
            "!dont|never|not ~1 refactor",
        ])],
        &[group(&[
            "refactor|rewrite|redesign|restructure ~4 entire|whole|all|freely|aggressively|everything|extensively|liberally",
        ])],
    ),
    (
        &[group(&["!never|dont|not ~1 stop", "keep going ~3", "!never|dont|not give up"])],
        &[group(&["stop|halt|escalate ~3 after|when|if|on|at|once"])],
    ),
    (
        &[group(&["!no|without|never|dont|not ~2 network|internet", "offline"])],
        &[group(&["search|browse|download|fetch|look ~5 web|internet|online|http|https"])],
    ),
];

const fn group(phrases: &'static [&'static str]) -> Group {
    Group { code: LintCode::ConflictingInstruction, over_commas: true, phrases }
}

/// Verbs that ask for something at the start of a sentence.
const VERBS: [&str; 44] = [
    "add", "ask", "build", "change", "check", "commit", "copy", "create", "delete", "deploy",
    "disable", "document", "edit", "enable", "execute", "explain", "fix", "follow", "format",
    "include", "install", "keep", "log", "merge", "modify", "move", "open", "output", "push",
    "read", "refactor", "remove", "rename", "report", "return", "rewrite", "run", "skip", "test",
    "touch", "update", "upgrade", "use", "write",
];
/// Verbs that tell how something is, and ask for nothing.
const STATES: [&str; 5] = ["be", "been", "do", "have", "only"];
/// Words that say little.
const SMALL: [&str; 20] = [
    "a", "all", "an", "any", "each", "every", "existing", "its", "new", "of", "other", "own",
    "that", "the", "their", "these", "this", "those", "to", "your",
];
/// Words at which the object ends.
const STOPS_OBJECT: [&str; 30] = [
    ",", ":", "after", "and", "as", "at", "because", "before", "but", "by", "for", "from", "if",
    "in", "into", "on", "only", "or", "so", "than", "then", "under", "unless", "until", "via",
    "when", "where", "while", "with", "without",
];
/// Words after which something is asked for only at times.
const CONDITIONS: [&str; 14] = [
    "after", "before", "during", "except", "for", "if", "in", "on", "only", "under", "unless",
    "until", "when", "without",
];
