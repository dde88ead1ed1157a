//! What the analyser says that a line would run: the one place that knows its interface.

use bailiwick::ShellPiece;

/// What a line would run, as far as that can be told without running it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Analysis {
    /// It cannot be read: nothing is said about what would run.
    pub(crate) is_unreadable: bool,
    /// There may be commands that only a run tells, such as those of `eval "$x"`.
    pub(crate) is_dynamic: bool,
    /// Every command that could run.
    pub(crate) commands: Vec<Vec<Word>>,
}

/// A word of a command: its parts in order.
pub(crate) type Word = Vec<Part>;

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Exactly this.
    Text(String),
    /// One of these.
    OneOf(Vec<String>),
    /// A pattern over names of files; the word may become several.
    Glob(String),
    /// Something that only a run tells; where it is not quoted the word may become several, or none.
    Unknown { splits: bool },
}

/// Returns what the analyser says of `text`, read as bash's and without arguments.
pub(crate) fn analyse(text: &str) -> Analysis {
    let seen = bailiwick::shell_commands(text);
    let words = |command: &Vec<Vec<ShellPiece>>| {
        command.iter().map(|word| word.iter().map(part).collect()).collect()
    };
    Analysis {
        is_unreadable: seen.unreadable,
        is_dynamic: !seen.doubts.is_empty(),
        commands: seen.commands.iter().map(words).collect(),
    }
}

fn part(piece: &ShellPiece) -> Part {
    match piece {
        ShellPiece::Text(text) => Part::Text(text.clone()),
        ShellPiece::OneOf(texts) => Part::OneOf(texts.clone()),
        ShellPiece::Glob(pattern) => Part::Glob(pattern.clone()),
        ShellPiece::Unknown { splits } => Part::Unknown { splits: *splits },
        other => panic!("a piece of a word that this test does not know: {other:?}"),
    }
}
