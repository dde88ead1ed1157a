//! Takes the options of wrapping programs and shells off what they run.

use crate::facts::command::table::Options;

/// Returns where the wrapped command starts among `words`, the wrapper's own name not counted;
/// `None` where an option is unknown or no command follows.
pub(crate) fn wrapped(words: &[String], options: &Options) -> Option<usize> {
    let mut at = 0;
    loop {
        let word = words.get(at)?;
        if word == "--" {
            at += 1;
            break;
        }
        if !word.starts_with('-') || word == "-" {
            break;
        }
        if options.flags.contains(&word.as_str()) {
            at += 1;
        } else if options.valued.contains(&word.as_str()) {
            at += 2;
        } else if options.valued.iter().any(|name| has_value(word, name)) {
            at += 1;
        } else {
            return None;
        }
    }
    at += options.operands;
    // What the wrapper would take for its own operand must not look like an option.
    let own = words.get(..at)?.last();
    let clear = own.is_none_or(|word| options.operands == 0 || !word.starts_with('-'));
    (clear && at < words.len()).then_some(at)
}

fn has_value(word: &str, option: &str) -> bool {
    word.strip_prefix(option).is_some_and(|rest| {
        if option.starts_with("--") {
            rest.len() > 1 && rest.starts_with('=')
        } else {
            !rest.is_empty()
        }
    })
}

/// What a shell is told to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShellRuns<'w> {
    /// The script in its words.
    Script(&'w str),
    /// Nothing: it tells its version.
    Nothing,
    /// What it reads from its standard input.
    Input,
    /// A file, or something that its options change.
    Other,
}

/// Options of shells that change nothing about which commands a script runs.
const QUIET: [&str; 5] = ["--norc", "--noprofile", "--posix", "--login", "--noediting"];

/// Returns what a shell of these words, its own name not counted, would run.
pub(crate) fn shell_runs(words: &[String]) -> ShellRuns<'_> {
    let mut at = 0;
    let mut script = false;
    let mut input = false;
    while let Some(word) = words.get(at) {
        if QUIET.contains(&word.as_str()) {
            at += 1;
            continue;
        }
        if word == "--version" || word == "--help" {
            return ShellRuns::Nothing;
        }
        if matches!(word.as_str(), "--" | "-") {
            at += 1;
            break;
        }
        let Some(letters) = word.strip_prefix('-') else {
            break;
        };
        at += 1;
        for letter in letters.chars() {
            match letter {
                'c' => script = true,
                's' => input = true,
                'e' | 'u' | 'x' | 'l' | 'f' => {}
                'o' if words.get(at).is_some_and(|name| name == "pipefail") => at += 1,
                _ => return ShellRuns::Other,
            }
        }
    }
    match words.get(at) {
        Some(text) if script => ShellRuns::Script(text),
        None if script => ShellRuns::Other,
        Some(word) if !input && !matches!(word.as_str(), "/dev/stdin" | "/dev/fd/0") => {
            ShellRuns::Other
        }
        Some(_) | None => ShellRuns::Input,
    }
}

/// Returns true where an interpreter of these words, its own name not counted, only tells about
/// itself.
pub(crate) fn only_tells(words: &[String]) -> bool {
    matches!(words, [word] if matches!(word.as_str(), "--version" | "-V" | "-v" | "--help"))
        || matches!(words, [word] if word == "-version")
}

/// Returns true where an interpreter of these words takes its code from its standard input.
pub(crate) fn reads_code(words: &[String]) -> bool {
    words
        .iter()
        .all(|word| word.starts_with('-') || matches!(word.as_str(), "/dev/stdin" | "/dev/fd/0"))
        && !words
            .iter()
            .any(|word| matches!(word.as_str(), "-c" | "-e" | "-m" | "-r" | "-E" | "--eval"))
}
