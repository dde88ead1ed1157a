//! Hostile and harmless calls of agents under the reference policy (`../policy-fixtures/policies/
//! reference`): the samples, and a larger corpus that is generated from tables.
//!
//! The score of both is printed with `--nocapture`. `cargo run -p bailiwick-tests --example corpus`
//! prints the generated cases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

mod judge;
mod score;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use bailiwick::DecisionEffect;
use bailiwick_tests::corpus::Call;
use bailiwick_tests::corpus::Case;
use bailiwick_tests::corpus::Must;
use bailiwick_tests::corpus::SEED;
use bailiwick_tests::corpus::Syntax;
use bailiwick_tests::corpus::generate;
use bailiwick_tests::sandbox;
use serde_json::Value;

use crate::score::Score;

/// Returns the cases of the samples file.
fn samples() -> Vec<Case> {
    let path = bailiwick_tests::workspace().join("policy-fixtures/facts/samples.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let case = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        Case::from_json(&value).unwrap_or_else(|| panic!("not a case: {line}"))
    };
    text.lines().map(case).collect()
}

#[test]
fn same_seed_gives_the_same_cases() {
    let lines = |seed| generate(seed).iter().map(|case| case.to_json().to_string()).collect();
    let (once, again, other): (Vec<_>, Vec<_>, Vec<_>) = (lines(1), lines(1), lines(2));
    assert_eq!(once, again);
    assert_ne!(once, other);
}

#[test]
fn every_generated_case_is_another_call_and_survives_its_json_form() {
    let cases = generate(SEED);
    let calls: BTreeSet<&Call> = cases.iter().map(|case| &case.call).collect();
    assert_eq!(calls.len(), cases.len());
    for case in &cases {
        let read = Case::from_json(&case.to_json());
        assert_eq!(read, Some(Case { syntax: Syntax::Unchecked, ..case.clone() }));
    }
}

#[test]
fn corpus_is_large_and_has_every_kind_in_every_category() {
    let mut counts: BTreeMap<(bool, Must), usize> = BTreeMap::new();
    let mut categories: BTreeMap<String, usize> = BTreeMap::new();
    for case in generate(SEED) {
        *counts.entry((case.category.starts_with("benign"), case.must)).or_default() += 1;
        *categories.entry(case.category).or_default() += 1;
    }
    assert_eq!(
        counts.keys().copied().collect::<Vec<_>>(),
        [(false, Must::NotAllow), (false, Must::Deny), (true, Must::Allow),]
    );
    assert!(counts.values().all(|count| *count > 2_500), "{counts:?}");
    // Whatever the samples have a category for is generated too.
    let sampled: BTreeSet<String> = samples().into_iter().map(|case| case.category).collect();
    for (sampled, generated) in SAMPLED {
        assert!(sampled.contains(*sampled) && categories.contains_key(*generated), "{sampled}");
    }
    assert_eq!(
        SAMPLED.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>(),
        sampled
    );
    assert!(categories.values().all(|count| *count >= 5), "{categories:?}");
}

/// Categories of the samples, and where the generator has their like.
const SAMPLED: &[(&str, &str)] = &[
    ("arg-injection", "options"),
    ("argv", "argv"),
    ("benign", "benign-read"),
    ("benign-argv", "benign-argv"),
    ("benign-path", "benign-path"),
    ("env-injection", "env-injection"),
    ("git", "git"),
    ("limits", "limits"),
    ("network", "network"),
    ("obfuscation", "obfuscation"),
    ("path", "path"),
    ("rm-variants", "removal"),
    ("secret-read", "secret"),
    ("structure", "structure"),
    ("tool", "tool"),
    ("wrappers", "wrappers"),
    ("write", "write"),
];

#[test]
fn every_shape_of_the_tables_is_used() {
    let cases = generate(SEED);
    let mut whys: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        for part in case.why.split(" in ‹").skip(1) {
            *whys.entry(part.trim_end_matches('›')).or_default() += 1;
        }
    }
    let rows = |table: &'static str| table.lines().filter(|line| !line.starts_with("##"));
    let shapes = rows(include_str!("data/structures.txt")).filter_map(|row| row.split_once(": "));
    let rare: Vec<&str> = shapes
        .map(|(_, shape)| shape)
        .filter(|shape| whys.get(shape).is_none_or(|count| *count < 5))
        .collect();
    assert_eq!(rare, Vec::<&str>::new());
    let harmless: BTreeSet<&str> = rows(include_str!("data/harmless.txt")).collect();
    assert!(harmless.len() > 850, "{}", harmless.len());
}

#[test]
fn shell_lines_are_what_bash_takes_them_for() {
    let cases = generate(SEED);
    let text = |case: &Case| match &case.call {
        Call::Shell { text, .. } => Some(text.clone()),
        Call::Argv(_) | Call::File { .. } => None,
    };
    let of = |syntax| -> Vec<String> {
        cases.iter().filter(|case| case.syntax == syntax).filter_map(text).collect()
    };
    let (valid, broken) = (of(Syntax::Valid), of(Syntax::Broken));
    assert_eq!(answers(PARSES_AS_FUNCTION, &valid, '0'), Vec::<&str>::new(), "bash refuses");
    assert_eq!(answers(PARSES, &broken, '1'), Vec::<&str>::new(), "bash takes");
}

/// Prints for each line whether it can be the body of a function: thousands in one process.
const PARSES_AS_FUNCTION: &str = "while IFS= read -r -d '' line; do
    if eval \"body() {\n$line\n}\" 2>/dev/null; then printf 1; else printf 0; fi
done";

/// Prints for each line whether bash can parse it.
const PARSES: &str = "while IFS= read -r -d '' line; do
    if /bin/bash -n -c \"$line\" 2>/dev/null; then printf 1; else printf 0; fi
done";

/// Returns the lines that the script answers with `answer`.
fn answers<'a>(script: &str, lines: &'a [String], answer: char) -> Vec<&'a str> {
    let input = sandbox::with_nul(lines.iter().map(String::as_str));
    let output = String::from_utf8(sandbox::bash(script, &input, 30)).unwrap();
    assert_eq!(output.len(), lines.len());
    let answered = lines.iter().zip(output.chars()).filter(|(_, given)| *given == answer);
    answered.map(|(line, _)| line.as_str()).collect()
}

#[test]
fn score_finds_a_policy_that_is_too_lax_or_too_strict() {
    let cases = generate(SEED);
    let lax = Score::of(&cases, |_| DecisionEffect::Allowed);
    let strict = Score::of(&cases, |_| DecisionEffect::Denied);
    let undecided = Score::of(&cases, |_| DecisionEffect::AskApproval);
    let right = Score::of(&cases, |case| match case.must {
        Must::Allow => DecisionEffect::Allowed,
        Must::NotAllow => DecisionEffect::AskApproval,
        Must::Deny => DecisionEffect::Denied,
    });
    assert_eq!(lax.total().allowed, lax.total().hostile);
    assert_eq!(strict.total().not_allowed, strict.total().harmless);
    assert_eq!(undecided.total().not_denied, undecided.total().to_deny);
    assert!(!lax.faults().is_empty() && !strict.faults().is_empty());
    assert!(!undecided.faults().is_empty());
    assert_eq!(right.faults(), Vec::<String>::new());
}
