//! Whether what bash ran is among what the analyser said.

use crate::analysis::Part;
use crate::analysis::Word;

/// Returns true where `argv` is what `command` may become, or what `command` runs in turn.
pub(crate) fn covers(command: &[Word], argv: &[String]) -> bool {
    becomes(command, argv) || without_builtin(command).is_some_and(|rest| covers(rest, argv))
}

/// Returns what the built-in `command` would run; `None` where it is not that.
fn without_builtin(command: &[Word]) -> Option<&[Word]> {
    let (name, mut rest) = command.split_first()?;
    let is = |word: &Word, text: &str| matches!(&word[..], [Part::Text(given)] if given == text);
    if !is(name, "command") {
        return None;
    }
    while let Some((option, behind)) = rest.split_first()
        && (is(option, "-p") || is(option, "--"))
    {
        rest = behind;
    }
    Some(rest)
}

fn becomes(command: &[Word], argv: &[String]) -> bool {
    let Some((word, rest)) = command.split_first() else {
        return argv.is_empty();
    };
    let (least, most) = arguments(word);
    (least..=most.min(argv.len())).any(|count| {
        let (mine, others) = argv.split_at(count);
        mine.iter().all(|argument| is_part_of(word, argument)) && becomes(rest, others)
    })
}

/// Returns the least and the greatest number of arguments that a word becomes.
fn arguments(word: &Word) -> (usize, usize) {
    let splits = word.contains(&Part::Unknown { splits: true });
    let globs = word.iter().any(|part| matches!(part, Part::Glob(_)));
    match (splits, globs) {
        (true, _) => (0, usize::MAX),
        (false, true) => (1, usize::MAX),
        (false, false) => (1, 1),
    }
}

/// Returns true where the word, or one of the pieces that it is split into, may be `argument`.
fn is_part_of(word: &Word, argument: &str) -> bool {
    if word.contains(&Part::Unknown { splits: true }) {
        // What stands around the unknown may have gone to another piece.
        return true;
    }
    spelt(argument).iter().any(|argument| matches(word, argument))
}

/// Returns the spellings that the analyser may know an argument by: it is not told where the
/// working directory and the home are.
fn spelt(argument: &str) -> Vec<String> {
    let mut out = vec![argument.to_owned()];
    for home in [argument.to_owned(), argument.replace("/home/me", "~")] {
        for folder in [".", "./"] {
            out.push(home.replace("/here", folder));
        }
    }
    out.extend(out.clone().iter().map(|text| text.replace(".//", "./")));
    out
}

fn matches(parts: &[Part], text: &str) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return text.is_empty();
    };
    match part {
        Part::Text(start) => text.strip_prefix(start).is_some_and(|text| matches(rest, text)),
        Part::OneOf(texts) => {
            let strip = |start: &String| text.strip_prefix(start.as_str());
            texts.iter().filter_map(strip).any(|text| matches(rest, text))
        }
        // The pattern stays as it is where nothing matches, without its quotes.
        Part::Glob(pattern) => {
            let literal = text.strip_prefix(&unquoted(pattern));
            let literal = literal.is_some_and(|text| matches(rest, text));
            literal
                || ends(text).any(|end| glob(pattern, &text[..end]) && matches(rest, &text[end..]))
        }
        Part::Unknown { .. } => ends(text).any(|end| matches(rest, &text[end..])),
    }
}

/// Returns `pattern` without the backslashes that quote.
fn unquoted(pattern: &str) -> String {
    let mut out = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    out
}

fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()])
}

/// Returns true where the shell's pattern matches all of `text`; a set in brackets is any letter.
fn glob(pattern: &str, text: &str) -> bool {
    // With `globstar` no folder at all is among what `**/` means.
    if pattern.strip_prefix("**/").is_some_and(|rest| glob(rest, text)) {
        return true;
    }
    let mut letters = pattern.chars();
    match letters.next() {
        None => text.is_empty(),
        Some('*') => ends(text).any(|end| glob(letters.as_str(), &text[end..])),
        Some('[') if letters.as_str().contains(']') => {
            let (_, rest) = letters.as_str().split_once(']').unwrap();
            let mut text = text.chars();
            text.next().is_some() && glob(rest, text.as_str())
        }
        Some(letter) => {
            let mut text = text.chars();
            let quoted = if letter == '\\' { letters.next() } else { None };
            let same = text.next().is_some_and(|given| {
                quoted.map_or(letter == '?' || letter == given, |quoted| quoted == given)
            });
            same && glob(letters.as_str(), text.as_str())
        }
    }
}
