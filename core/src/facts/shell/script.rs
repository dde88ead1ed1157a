//! The answer: what a shell would do with a script.

use std::ops::Range;

use crate::facts::word::Word;

/// What a shell would do with a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Script {
    /// Every simple command that could run, however nested, in the order of the text; what stands
    /// in a substitution comes before the command that it stands in. A command is there several
    /// times where its words differ with the values of a variable.
    pub(crate) commands: Vec<SimpleCommand>,
    /// The working directories that commands may run in, each as the steps from the start; the
    /// first is the start. A step that is not known is an unknown word.
    pub(crate) folders: Vec<Vec<Word>>,
    /// Why the commands are not all that there is to know. Doubts about a word stand in the word.
    pub(crate) doubts: Vec<ScriptDoubt>,
}

/// Why a script is not fully known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScriptDoubt {
    /// How much is not known.
    pub(crate) kind: DoubtKind,
    /// In words for people, lower case.
    pub(crate) reason: String,
}

/// How much of a script is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DoubtKind {
    /// It was read, but what it does is known only at run time.
    Dynamic,
    /// It cannot be read, or is over a limit; its commands are only a loose reading.
    Unreadable,
}

/// One simple command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SimpleCommand {
    /// Its words; the first is the program. None where there are only assignments or redirections,
    /// as for the redirections of a group or a loop. `[[` and `((` are commands of that name.
    pub(crate) words: Vec<Word>,
    /// The variables that are set for it, or, where there are no words, in the shell. An array's
    /// elements each have the array's name.
    pub(crate) assignments: Vec<(String, Word)>,
    /// Its redirections, in order.
    pub(crate) redirections: Vec<Redirection>,
    /// The commands whose output it reads by a pipe: each range holds all commands of the stage
    /// before. A command without words in it stands for the redirected input of a group.
    pub(crate) input: Vec<Range<usize>>,
    /// The working directories that it may run in, by number.
    pub(crate) folders: Vec<usize>,
    /// The shell does not wait for it.
    pub(crate) background: bool,
}

/// A redirection of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirection {
    /// The descriptor that is redirected; for `&>` it is 1. None where the shell picks it.
    pub(crate) descriptor: Option<u32>,
    /// What is done with the target.
    pub(crate) mode: RedirectionMode,
    /// What it is redirected to.
    pub(crate) target: RedirectionTarget,
}

/// What a redirection does with its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RedirectionMode {
    /// `>>` and `&>>`.
    Append,
    /// `<`, `<&` and here-documents.
    Read,
    /// `<>`.
    ReadWrite,
    /// `>`, `>|`, `>&` and `&>`.
    Write,
}

/// What a redirection leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RedirectionTarget {
    /// Another descriptor of the command: a number, or `-` to close it.
    Descriptor(String),
    /// A file.
    Path(Word),
    /// This text: a here-document or a here-string.
    Text(Word),
}
