//! What commands are to each other in a script: who fetches, who lists, who is fed.

use std::ops::Range;

use crate::facts::command::names::items_of;
use crate::facts::shell::Redirection;
use crate::facts::shell::RedirectionTarget;
use crate::facts::shell::SimpleCommand;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// What a command is to those behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// What comes out of it was fetched, or may have been.
    pub(super) fetches: bool,
    /// The words that stand for everything that comes out of it, where they are known.
    pub(super) prints: Option<Vec<Word>>,
}

impl Role {
    /// Returns the role of a command of which nothing is known but that it may fetch.
    pub(super) fn fetching(fetches: bool) -> Self {
        Self { fetches, prints: None }
    }
}

/// What a command reads from its standard input.
#[derive(Clone, Debug, Default)]
pub(super) struct Fed {
    /// It was fetched.
    pub(super) fetched: bool,
    /// The words that stand for everything in it, where they are known.
    pub(super) items: Option<Vec<Word>>,
    /// It is this text.
    pub(super) text: Option<Word>,
}

impl Fed {
    /// Returns what a command is fed by those before it.
    pub(super) fn of(command: &SimpleCommand, roles: &[Role]) -> Self {
        let mut fed = Self::default();
        for range in &command.input {
            fed.fetched |= fetches(range, roles);
        }
        if let [range] = command.input.as_slice() {
            fed.items = printed(range, roles);
        }
        for Redirection { target, .. } in &command.redirections {
            match target {
                RedirectionTarget::Text(text) => {
                    fed.fetched |= fetched(text, roles);
                    fed.items = text.literal().as_deref().and_then(items_of);
                    fed.text = Some(text.clone());
                }
                RedirectionTarget::Path(word) => fed.fetched |= fetched(word, roles),
                RedirectionTarget::Descriptor(_) => {}
            }
        }
        fed
    }
}

/// Returns true where the word, or a part of it, is what a fetching command has put out.
pub(super) fn fetched(word: &Word, roles: &[Role]) -> bool {
    word.pieces.iter().any(|piece| match piece {
        Piece::Unknown(doubt) => {
            doubt.output_of.as_ref().is_some_and(|range| fetches(range, roles))
        }
        Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => false,
    })
}

/// Returns true where the word, or a part of it, is what a command puts out, or where it names a
/// descriptor, which leads to what the command was given.
pub(super) fn is_output(word: &Word) -> bool {
    names_descriptor(word.known_start())
        || word.pieces.iter().any(|piece| match piece {
            Piece::Unknown(doubt) => doubt.output_of.is_some(),
            Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => false,
        })
}

/// Returns true for `/dev/fd/3`, `/proc/self/fd/3` and the like.
fn names_descriptor(path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
    path.starts_with('/')
        && match parts.next() {
            Some("dev") => parts.next() == Some("fd"),
            Some("proc") => parts.any(|part| part == "fd"),
            Some(_) | None => false,
        }
}

/// Returns the words that stand for all that a stage puts out. Where it is more than one command,
/// the end of what one prints and the start of the next could make one word.
fn printed(range: &Range<usize>, roles: &[Role]) -> Option<Vec<Word>> {
    match roles.get(range.clone())? {
        [role] => role.prints.clone(),
        _ => None,
    }
}

fn fetches(range: &Range<usize>, roles: &[Role]) -> bool {
    roles.get(range.clone()).unwrap_or_default().iter().any(|role| role.fetches)
}

#[cfg(test)]
mod tests {
    use super::is_output;
    use crate::facts::word::Word;

    #[test]
    fn a_descriptor_is_fed_by_what_it_leads_to() {
        for path in ["/dev/fd/3", "/proc/self/fd/3", "//dev/./fd/10", "/proc/7/task/7/fd/3"] {
            assert!(is_output(&Word::text(path)), "{path}");
        }
        for path in ["dev/fd/3", "/dev/null", "/proc/self/cwd/x", "/x/dev/fd/3", "x.sh"] {
            assert!(!is_output(&Word::text(path)), "{path}");
        }
    }
}
