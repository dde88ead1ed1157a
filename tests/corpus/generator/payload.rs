//! What a hostile line wants to happen, in words that can be respelt.

use super::data::rows;
use super::text::quoted_where_needed;

/// A payload of `data/payloads.txt`.
#[derive(Clone)]
pub(crate) struct Payload {
    pub(crate) section: &'static str,
    pub(crate) denied: bool,
    pub(crate) words: Vec<Word>,
}

/// A word or an operator of a payload.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) kind: WordKind,
    /// It stands behind a redirection operator.
    pub(crate) is_target: bool,
}

/// What may be done with a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    /// Its text is known, so that it may be quoted in any way.
    Literal,
    /// A literal word that is a path of the workspace.
    Path,
    /// Written for the shell: stays as it is.
    Raw,
    /// An operator, or something else that makes more than a simple command of it.
    Operator,
}

impl Payload {
    /// Returns every payload.
    pub(crate) fn all() -> Vec<Self> {
        rows(include_str!("../data/payloads.txt"))
            .iter()
            .map(|row| Self {
                section: row.section,
                denied: row.kind == "deny",
                words: words(&row.text),
            })
            .collect()
    }

    /// Returns the line that does it without any disguise.
    pub(crate) fn line(&self) -> String {
        self.words.iter().map(Word::shell).collect::<Vec<_>>().join(" ")
    }

    /// Returns true for one command without redirections.
    pub(crate) fn is_simple(&self) -> bool {
        self.words.iter().all(|word| word.kind != WordKind::Operator)
    }

    /// Returns the words of a simple command where each is known.
    pub(crate) fn argv(&self) -> Option<Vec<String>> {
        let literal = |word: &Word| {
            let known =
                matches!(word.kind, WordKind::Literal | WordKind::Path) || word.text == "{}";
            known.then(|| word.text.clone())
        };
        self.words.iter().map(literal).collect()
    }
}

impl Word {
    /// Returns the word as a shell reads it.
    pub(crate) fn shell(&self) -> String {
        match self.kind {
            WordKind::Literal | WordKind::Path => quoted_where_needed(&self.text),
            WordKind::Raw | WordKind::Operator => self.text.clone(),
        }
    }
}

fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (word, after) = word(rest);
        let after_redirection = words.last().is_some_and(|before| {
            before.kind == WordKind::Operator && before.text.ends_with(['<', '>', '&', '|'])
        });
        let redirects = words.last().is_some_and(|before| before.text.contains(['<', '>']));
        words.push(Word { is_target: after_redirection && redirects, ..word });
        rest = after.trim_start();
    }
    words
}

/// Returns the first word of `line` and what follows it.
fn word(line: &str) -> (Word, &str) {
    let mut text = String::new();
    let mut literal = String::new();
    let (mut raw, mut operator, mut in_single, mut in_double) = (false, false, false, false);
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        if c == ' ' && !in_single && !in_double {
            end = at;
            break;
        }
        text.push(c);
        if c == '\'' && !in_double {
            in_single = !in_single;
            continue;
        }
        literal.push(c);
        if !in_single {
            in_double ^= c == '"';
            raw |= "$\"`*?[]{}~\\<>|&;()!".contains(c);
            operator |= !in_double && "<>|&;()`".contains(c) || text.contains("$(");
        }
    }
    let kind = match (operator, raw) {
        (true, _) => WordKind::Operator,
        (false, true) => WordKind::Raw,
        (false, false) if text.starts_with('@') => WordKind::Path,
        (false, false) => WordKind::Literal,
    };
    let text = match kind {
        WordKind::Literal => literal,
        WordKind::Path => literal.trim_start_matches('@').to_owned(),
        WordKind::Raw | WordKind::Operator => text,
    };
    (Word { text, kind, is_target: false }, &line[end..])
}
