//! The words of a script as others may see them: for tests that compare them with a real shell's.

use crate::facts::shell::read::Dialect;
use crate::facts::shell::read::read;
use crate::facts::shell::script::DoubtKind;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// What a shell would run, as far as that is known before it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShellCommands {
    /// The words of every simple command that could run, each made of pieces.
    pub commands: Vec<Vec<Vec<ShellPiece>>>,
    /// Why the commands are not all that there is to know; a word's doubts stand in the word.
    pub doubts: Vec<String>,
    /// The text cannot be read, or is over a limit; the commands are only a loose reading.
    pub unreadable: bool,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShellPiece {
    /// Exactly this text; `~` at the start is the home folder, `.` may be the working directory.
    Text(String),
    /// One of these texts.
    OneOf(Vec<String>),
    /// A pattern over names of files, which may stand for any number of words.
    Glob(String),
    /// Only a run would tell.
    Unknown {
        /// It may become several words, or none.
        splits: bool,
    },
}

/// Returns what bash would run for `text`, given as behind `bash -c` and without arguments.
///
/// # Example
/// ```
/// let seen = bailiwick::shell_commands("a=.env; cat $a");
/// assert_eq!(seen.commands.last().map(Vec::len), Some(2));
/// assert!(seen.doubts.is_empty());
/// ```
pub fn shell_commands(text: &str) -> ShellCommands {
    let script = read(text, Dialect::Bash, Some(&[]));
    ShellCommands {
        commands: script
            .commands
            .iter()
            .map(|command| command.words.iter().map(pieces).collect())
            .collect(),
        doubts: script.doubts.iter().map(|doubt| doubt.reason.clone()).collect(),
        unreadable: script.doubts.iter().any(|doubt| doubt.kind == DoubtKind::Unreadable),
    }
}

fn pieces(word: &Word) -> Vec<ShellPiece> {
    word.pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => ShellPiece::Text(text.clone()),
            Piece::OneOf(texts) => ShellPiece::OneOf(texts.clone()),
            Piece::Glob(pattern) => ShellPiece::Glob(pattern.clone()),
            Piece::Unknown(doubt) => ShellPiece::Unknown { splits: doubt.splits },
        })
        .collect()
}
