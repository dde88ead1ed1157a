//! The words of one command while they are read.

use crate::facts::program::effects::Effects;
use crate::facts::program::effects::Run;
use crate::facts::program::effects::Touch;
use crate::facts::program::named::is_fed;
use crate::facts::program::named::is_read;
use crate::facts::program::notation;
use crate::facts::program::notation::Found;
use crate::facts::program::notation::Spec;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::Row;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// One command, its words told apart as far as they are read.
#[derive(Debug)]
pub(super) struct Call<'w> {
    /// The name of the program in the table.
    pub(super) name: &'static str,
    /// The name that it is called by, of those in its row.
    pub(super) called: &'static str,
    /// A subcommand that is in the table has been found.
    pub(super) known: bool,
    /// Its row, or that of its subcommand.
    pub(super) row: &'static Row,
    /// The options that stand where the reading is.
    pub(super) lists: Vec<&'static str>,
    /// Every word behind the one that names the row.
    pub(super) words: &'w [Term<'w>],
    /// The words that are no options.
    pub(super) operands: Vec<Term<'w>>,
    /// Words kept for the row's reader, with their roles.
    pub(super) kept: Vec<(char, Term<'w>)>,
    /// How many operands stood before `--`, where that stood among the words.
    pub(super) before_end: Option<usize>,
    /// What is found out.
    pub(super) out: Effects,
    modes: u128,
}

impl<'w> Call<'w> {
    /// Starts reading the words of a program.
    pub(super) fn new(row: &'static Row, base: &str, words: &'w [Term<'w>]) -> Self {
        Self {
            name: row.first_name(),
            called: row.named(base).unwrap_or_default(),
            known: false,
            row,
            lists: row.options.to_vec(),
            words,
            operands: Vec::new(),
            kept: Vec::new(),
            before_end: None,
            out: Effects::default(),
            modes: 0,
        }
    }

    /// Sets a mode.
    pub(super) fn set(&mut self, mode: char) {
        self.modes |= 1_u128.checked_shl(u32::from(mode)).unwrap_or(0);
    }

    /// Returns true where an option has set the mode.
    pub(super) fn has(&self, mode: char) -> bool {
        self.modes & 1_u128.checked_shl(u32::from(mode)).unwrap_or(0) != 0
    }

    /// Returns the words kept with a role.
    pub(super) fn kept(&self, role: char) -> impl Iterator<Item = &Term<'w>> {
        self.kept.iter().filter(move |(kept, _)| *kept == role).map(|(_, term)| term)
    }

    /// Returns what is said of a long option.
    pub(super) fn long(&self, name: &str) -> Found {
        if self.row.is(ABBREVIATES) {
            if name == "--help" || name == "--version" {
                return Found::One(Spec::default());
            }
            return notation::abbreviated(&self.lists, name);
        }
        notation::whole(&self.lists, name).map_or(Found::Nothing, Found::One)
    }

    /// Adds the effect of that name.
    pub(super) fn effect(&mut self, name: &str) {
        if let Some(effect) = CommandEffect::from_name(name) {
            self.out.has(effect);
        }
    }

    /// Adds a path, told from where the command started.
    pub(super) fn touch(&mut self, term: &Term<'_>, touch: Touch) {
        let word = self.placed(term);
        self.out.touch(word, touch);
    }

    /// Returns the word of a path, told from where the command started.
    pub(super) fn placed(&self, term: &Term<'_>) -> Word {
        match &self.out.folder {
            Some(folder) if !term.is("-") => below(folder, term.word()),
            Some(_) | None => term.word(),
        }
    }

    /// Adds a folder that is changed to.
    pub(super) fn enter(&mut self, term: &Term<'_>) {
        let folder = self.placed(term);
        self.out.touch(folder.clone(), Touch::List);
        self.out.folder = Some(folder);
    }

    /// Adds code in the language of the program, or in another.
    pub(super) fn code(&mut self, language: &'static str, text: Word) {
        self.out.has(CommandEffect::ExecutesInlineCode);
        if is_fed(&text, false) {
            self.out.has(CommandEffect::FeedsInterpreter);
        }
        self.out.runs.push(Run::Code { language, text });
    }

    /// Adds a script that a shell runs.
    pub(super) fn script(&mut self, text: Word) {
        if is_fed(&text, true) {
            self.out.has(CommandEffect::FeedsInterpreter);
        }
        self.out.runs_script(text);
    }

    /// Adds a file whose content is run.
    pub(super) fn file(&mut self, term: &Term<'_>) {
        let word = self.placed(term);
        if matches!(term.literal(), Some("-" | "/dev/stdin" | "/dev/fd/0" | "/proc/self/fd/0")) {
            return self.input();
        }
        if word.pieces.iter().any(is_read) {
            self.out.has(CommandEffect::FeedsInterpreter);
        }
        self.out.touch(word.clone(), Touch::Execute);
        self.out.runs.push(Run::File(word));
    }

    /// Notes that what is read from the standard input is run.
    pub(super) fn input(&mut self) {
        self.out.has(CommandEffect::FeedsInterpreter);
        self.out.runs.push(Run::Input);
    }

    /// Adds the command that some words are.
    pub(super) fn runs(&mut self, terms: &[Term<'_>], more_words: bool) {
        self.out.runs_words(terms.iter().map(Term::word).collect(), more_words);
    }
}

/// Returns a path below a folder, unless it starts at the root or at a home.
pub(super) fn below(folder: &Word, word: Word) -> Word {
    if word.known_start().starts_with(['/', '~']) {
        return word;
    }
    let mut pieces = folder.pieces.clone();
    pieces.push(Piece::Text("/".to_owned()));
    pieces.extend(word.pieces);
    Word { pieces }
}

/// Returns words joined by spaces into one, as programs do that give them to a shell.
pub(super) fn joined(terms: &[Term<'_>]) -> Word {
    let mut pieces = Vec::new();
    for term in terms {
        if !pieces.is_empty() {
            pieces.push(Piece::Text(" ".to_owned()));
        }
        pieces.extend(term.word().pieces);
    }
    Word { pieces }
}
