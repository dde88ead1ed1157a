//! Which words of a command are paths.

use crate::facts::command::table::Operands;
use crate::facts::host::looks_like_url;
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
    let mut pattern_is_next = matches!(operands, Operands::PatternThenPaths(_))
        && !words.iter().any(|word| names_pattern(word));
    let mut message_is_next = false;
    let last = words.len().saturating_sub(1);
    for (index, word) in words.iter().enumerate() {
        let is_message = std::mem::take(&mut message_is_next);
        if !only_operands && word == "--" {
            only_operands = true;
            continue;
        }
        if !only_operands && word.len() > 1 && word.starts_with(['-', '+']) {
            let touch = match operands {
                Operands::Text => continue,
                Operands::Paths(touch) | Operands::PatternThenPaths(touch) => touch,
                Operands::Sources | Operands::Revisions | Operands::Words => PathTouch::Either,
            };
            add_parts(&mut found, word, touch);
            message_is_next =
                word == "--message" || (!word.starts_with("--") && word.ends_with('m'));
            continue;
        }
        match operands {
            Operands::Text => {}
            // A program's own language, or prose: what matters in it is found by scanning.
            Operands::Words if word.contains(char::is_whitespace) => {}
            Operands::Words => {
                if looks_like_path(word) {
                    add(&mut found, word, PathTouch::Either);
                }
                add_parts(&mut found, word, PathTouch::Either);
            }
            Operands::PatternThenPaths(touch) => {
                if pattern_is_next {
                    pattern_is_next = false;
                } else {
                    add(&mut found, word, touch);
                }
            }
            Operands::Revisions => {
                if !(is_message && word.contains(char::is_whitespace)) {
                    add(&mut found, word, PathTouch::Either);
                    let file = word.split_once(':').map(|(_, file)| file);
                    let file = file.filter(|file| !file.starts_with("//"));
                    add(&mut found, file.unwrap_or_default(), PathTouch::Either);
                }
            }
            Operands::Sources => {
                let into =
                    words.iter().any(|word| word.starts_with("-t") || word.starts_with("--t"));
                let touch = if into || index == last { PathTouch::Change } else { PathTouch::Read };
                add(&mut found, word, touch);
            }
            Operands::Paths(touch) => {
                add(&mut found, word, touch);
                add_parts(&mut found, word, touch);
            }
        }
    }
    found
}

fn add(found: &mut Vec<(String, PathTouch)>, word: &str, touch: PathTouch) {
    let word = word.strip_prefix("file://").unwrap_or(word);
    if !word.is_empty() && word != "-" && !is_stream(word) && !looks_like_url(word) {
        found.push((word.to_owned(), touch));
    }
}

fn add_parts(found: &mut Vec<(String, PathTouch)>, word: &str, touch: PathTouch) {
    for part in option_values(word) {
        if looks_like_path(part) {
            add(found, part, touch);
        }
    }
}

/// Returns true for options that take the place of the pattern operand.
fn names_pattern(word: &str) -> bool {
    let short = word.starts_with('-') && !word.starts_with("--");
    (short && word.contains(['e', 'f'])) || word.starts_with("--regexp") || word.starts_with("--fi")
}

/// Returns what may be a value inside a word: behind `=`, `@`, `:` or a short option.
pub(crate) fn option_values(word: &str) -> impl Iterator<Item = &str> {
    let behind = |mark| word.split_once(mark).map(|(_, value)| value);
    let short =
        word.strip_prefix('-').filter(|rest| !rest.starts_with('-')).and_then(|rest| rest.get(1..));
    [behind('='), behind('@'), behind(':'), short]
        .into_iter()
        .flatten()
        .filter(|value| !value.is_empty())
}

/// Returns true for words that look like paths whatever program gets them.
pub(crate) fn looks_like_path(word: &str) -> bool {
    (word.starts_with(['.', '/', '~', '\\']) || word.contains(['/', '\\']))
        && !word.contains(char::is_whitespace)
        && !word.starts_with("//")
        && !matches!(word, "..." | "./...")
        && !is_stream(word)
        && !looks_like_url(word)
}

/// Returns true for words that look like paths in text of any language: absolute ones only where
/// they start as the system's do, for `/x/` is a pattern in many.
pub(crate) fn looks_like_path_in_text(word: &str) -> bool {
    const ROOTS: [&str; 20] = [
        "Users", "Volumes", "bin", "boot", "dev", "etc", "home", "lib", "media", "mnt", "opt",
        "private", "proc", "root", "run", "sbin", "srv", "sys", "usr", "var",
    ];
    if !looks_like_path(word) {
        return false;
    }
    let Some(rest) = word.strip_prefix('/') else {
        return true;
    };
    let first = rest.split('/').next().unwrap_or_default();
    rest.is_empty() || ROOTS.contains(&first) || word.contains("/../")
}

fn is_stream(word: &str) -> bool {
    STREAMS.contains(&word)
}
