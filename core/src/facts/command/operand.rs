//! Which words of a command are paths, hosts or URLs.

use crate::facts::command::table::Operands;
use crate::facts::path::PathTouch;

/// A word that may be a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Operand {
    /// The word.
    pub(crate) text: String,
    /// What is done to the path.
    pub(crate) touch: PathTouch,
    /// The working directory that it is relative to, by number.
    pub(crate) base: usize,
}

/// Devices that neither hold nor lose anything.
const STREAMS: [&str; 7] = [
    "/dev/null",
    "/dev/stdin",
    "/dev/stdout",
    "/dev/stderr",
    "/dev/fd/0",
    "/dev/fd/1",
    "/dev/fd/2",
];

/// Returns the words that may be paths, with what is done to them.
pub(crate) fn paths(words: &[String], operands: Operands) -> Vec<(String, PathTouch)> {
    let mut found = Vec::new();
    let mut only_operands = false;
    let mut pattern_is_next = matches!(operands, Operands::PatternThenPaths)
        && !words.iter().any(|word| names_pattern(word));
    for word in words {
        if !only_operands && word == "--" {
            only_operands = true;
            continue;
        }
        if !only_operands && word.len() > 1 && word.starts_with(['-', '+']) {
            for part in option_values(word) {
                if looks_like_path(part) {
                    add(&mut found, part, PathTouch::Either);
                }
            }
            continue;
        }
        match operands {
            Operands::Text => {}
            Operands::Words => {
                // `key=value` and `@file`, as many programs read them.
                for part in [word.as_str()].into_iter().chain(option_values(word)) {
                    if looks_like_path(part) {
                        add(&mut found, part, PathTouch::Either);
                    }
                }
            }
            Operands::PatternThenPaths => {
                if pattern_is_next {
                    pattern_is_next = false;
                } else {
                    add(&mut found, word, PathTouch::Read);
                }
            }
            Operands::Paths(touch) => {
                add(&mut found, word, touch);
                for part in option_values(word) {
                    if looks_like_path(part) {
                        add(&mut found, part, touch);
                    }
                }
            }
        }
    }
    found
}

fn add(found: &mut Vec<(String, PathTouch)>, word: &str, touch: PathTouch) {
    let word = word.strip_prefix("file://").unwrap_or(word);
    let stream = word == "-" || STREAMS.contains(&word);
    if !word.is_empty() && !stream && !crate::facts::host::looks_like_url(word) {
        found.push((word.to_owned(), touch));
    }
}

/// Returns true for options that take the place of the pattern operand.
fn names_pattern(word: &str) -> bool {
    let short = word.starts_with('-') && !word.starts_with("--");
    (short && word.contains(['e', 'f'])) || word.starts_with("--regexp") || word.starts_with("--fi")
}

/// Returns what may be the value inside an option word: behind `=`, `@`, or a short option.
pub(crate) fn option_values(word: &str) -> impl Iterator<Item = &str> {
    let equals = word.split_once('=').map(|(_, value)| value);
    let at = word.split_once('@').map(|(_, value)| value);
    let short = word
        .strip_prefix('-')
        .filter(|rest| !rest.starts_with('-'))
        .and_then(|rest| rest.get(1..));
    [equals, at, short]
        .into_iter()
        .flatten()
        .filter(|value| !value.is_empty())
}

/// Returns true for words that look like paths whatever program gets them.
pub(crate) fn looks_like_path(word: &str) -> bool {
    !word.contains(char::is_whitespace)
        && (word.starts_with(['.', '/', '~', '\\']) || word.contains(['/', '\\']))
        && !matches!(word, "." | "..." | "./..." | "/dev/null")
        && !word.starts_with("//")
}
