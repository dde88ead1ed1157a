//! What commands print, as words for those that are run with it: names of files, and known text.

use crate::facts::command::pipe::Fed;
use crate::facts::program::Effects;
use crate::facts::program::READ;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Words that are followed from one command to another.
const MOST: usize = 64;

/// Returns the items in a known text, as xargs and the shell part it; `None` where quotes would
/// make more of it.
pub(super) fn items_of(text: &str) -> Option<Vec<Word>> {
    if text.contains(['\'', '"', '\\']) {
        return None;
    }
    let parts = text.split([' ', '\t', '\n', '\0']).filter(|part| !part.is_empty());
    let items: Vec<Word> = parts.take(MOST + 1).map(Word::text).collect();
    (items.len() <= MOST).then_some(items)
}

/// Returns the words that stand for all that a command puts out, where they are known.
pub(super) fn prints(words: &[Word], effects: &Effects, fed: &Fed) -> Option<Vec<Word>> {
    if let Some(found) = &effects.lists {
        return Some(found.clone());
    }
    let name = effects.program.as_ref()?.base.as_str();
    let rest = words.get(1..).unwrap_or_default();
    let known: Option<Vec<String>> = rest.iter().map(Word::literal).collect();
    let passed = || fed.items.clone();
    match name {
        "echo" => known
            .filter(|words| !words.iter().any(|word| word.starts_with('-')))
            .and_then(|words| items_of(&words.join(" "))),
        "printf" => known.and_then(|words| formatted(&words)),
        // They read their input where they name no file.
        "sort" | "uniq" if effects.paths.is_empty() => passed(),
        "head" | "tail"
            if effects.paths.is_empty() && known.as_ref()?.iter().all(|word| is_count(word)) =>
        {
            passed()
        }
        "grep" | "egrep" | "fgrep" | "rg" => {
            let known = known?;
            let has = |letters: &[char]| {
                known.iter().any(|word| {
                    word.starts_with('-') && !word.starts_with("--") && word.contains(letters)
                })
            };
            let longs = || known.iter().filter(|word| word.starts_with("--"));
            let only_names =
                longs().all(|word| NAMES_ONLY.contains(&word.split('=').next().unwrap_or(word)));
            if has(&['l']) || longs().any(|word| word == "--files-with-matches") {
                // What stands on the standard input has a name that the words give it.
                return (only_names && !effects.paths.is_empty()).then(|| vec![any_file()]);
            }
            let only_lines = known.iter().all(|word| {
                !word.starts_with('-') || word.chars().skip(1).all(|c| "viEFwx".contains(c))
            });
            if only_lines && effects.paths.is_empty() { picked(&known, passed()?) } else { None }
        }
        "ls" => listed(rest),
        "git" => git(effects.subcommand.as_deref()?, &known?),
        _ => None,
    }
}

/// Long options of searches that do not change how a name is printed.
const NAMES_ONLY: [&str; 8] = [
    "--exclude",
    "--exclude-dir",
    "--files-with-matches",
    "--fixed-strings",
    "--hidden",
    "--ignore-case",
    "--include",
    "--null",
];

/// Returns true for words of head and tail that count lines: bytes would cut names.
fn is_count(word: &str) -> bool {
    let count = word.strip_prefix("-n").or_else(|| word.strip_prefix('-')).unwrap_or(word);
    count.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns what a search leaves of some names: it may have picked, of any files, those that it
/// should not, unless it picks by an ending or leaves names out.
fn picked(words: &[String], items: Vec<Word>) -> Option<Vec<Word>> {
    let open = items.contains(&any_file());
    let leaves_out =
        words.iter().any(|word| word.starts_with('-') && word.len() < 8 && word.contains('v'));
    if !open || leaves_out {
        return Some(items);
    }
    let pattern = words.iter().find(|word| !word.starts_with('-'))?;
    let (_, ending) = pattern.rsplit_once("\\.")?;
    let ending = ending.strip_suffix('$')?;
    let plain = !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| vec![Word { pieces: vec![Piece::Glob(["*.", ending].concat())] }])
}

/// Returns what ls lists where it is given patterns that stand for files by their endings.
fn listed(words: &[Word]) -> Option<Vec<Word>> {
    let (options, names): (Vec<&Word>, Vec<&Word>) =
        words.iter().partition(|word| word.known_start().starts_with('-'));
    let plain = options.iter().all(|word| matches!(word.known_start(), "-1" | "-d"));
    let ending = |word: &&Word| match word.pieces.last() {
        Some(Piece::Glob(pattern)) => pattern.rsplit_once('.').is_some_and(|(_, ending)| {
            !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }),
        Some(Piece::Text(_) | Piece::OneOf(_) | Piece::Unknown(_)) | None => false,
    };
    (plain && !names.is_empty() && names.iter().all(ending))
        .then(|| names.into_iter().cloned().collect())
}

/// Returns what git lists of the files that it keeps.
fn git(subcommand: &str, words: &[String]) -> Option<Vec<Word>> {
    let rest = words.get(words.iter().position(|word| word == subcommand)? + 1..)?;
    match subcommand {
        "ls-files" => {
            let mut found = Vec::new();
            for word in rest {
                match word.as_str() {
                    "-z" | "-c" | "--cached" | "--" | "-m" | "--modified" => {}
                    option if option.starts_with('-') || option.starts_with(':') => return None,
                    path => found.push(pathspec(path)),
                }
            }
            Some(if found.is_empty() { vec![any_file()] } else { found })
        }
        // With a patch or a message, other words would come out too.
        "diff"
            if rest.iter().any(|word| word == "--name-only")
                && rest.iter().all(|word| {
                    !word.starts_with('-')
                        || matches!(word.as_str(), "--name-only" | "--cached" | "--staged" | "-z")
                }) =>
        {
            Some(vec![any_file()])
        }
        "grep" if rest.iter().any(|word| word == "-l") => {
            let plain = rest.iter().all(|word| {
                !word.starts_with('-') || matches!(word.as_str(), "-l" | "-i" | "-w" | "-E" | "-F")
            });
            plain.then(|| vec![any_file()])
        }
        _ => None,
    }
}

fn pathspec(path: &str) -> Word {
    if path.contains(['*', '?', '[']) {
        Word { pieces: vec![Piece::Glob(path.to_owned())] }
    } else {
        // It may be a folder.
        Word { pieces: vec![Piece::Text([path, "/"].concat()), Piece::Glob("*".to_owned())] }
    }
}

/// Files that a search or git has listed: no more of them is read than the search has read.
fn any_file() -> Word {
    Word { pieces: vec![Piece::Glob("*".to_owned())] }
}

/// Returns what printf puts out, for formats that only put words behind each other.
fn formatted(words: &[String]) -> Option<Vec<Word>> {
    let (format, rest) = words.split_first()?;
    match format.as_str() {
        "%s" => return items_of(&rest.concat()),
        "%s\\n" | "%s\\0" | "%s " | "%s\n" => return items_of(&rest.join(" ")),
        _ => {}
    }
    if format.starts_with('-') || format.contains('%') {
        return None;
    }
    items_of(&format.replace("\\n", "\n").replace("\\0", "\n"))
}

/// Returns the commands that xargs and its like run, with what is known of their input put in;
/// `None` where it is not known, or too much.
pub(super) fn filled(words: &[Word], items: &[Word], more: bool) -> Option<Vec<Vec<Word>>> {
    if !words.iter().any(|word| word.pieces.iter().any(is_read)) {
        return more.then(|| vec![words.iter().chain(items).cloned().collect()]);
    }
    let with = |item: &Word| -> Vec<Word> {
        words
            .iter()
            .map(|word| {
                let mut pieces = Vec::new();
                for piece in &word.pieces {
                    if is_read(piece) {
                        pieces.extend(item.pieces.iter().cloned());
                    } else {
                        pieces.push(piece.clone());
                    }
                }
                Word { pieces }
            })
            .collect()
    };
    Some(items.iter().map(with).collect())
}

fn is_read(piece: &Piece) -> bool {
    matches!(piece, Piece::Unknown(doubt) if doubt.reason == READ)
}
