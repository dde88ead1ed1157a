//! A word of a command, as far as it is known before the command runs.

/// A word that one program would be given.
///
/// It stands for one argument, but for a glob, which stands for any number of them, and for an
/// unknown that is not quoted, which may be split.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// What it is made of, in order; none is the empty argument `''`.
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Exactly this text.
    Text(String),
    /// One of these texts, each without anything to expand: the values of a loop's variable.
    OneOf(Vec<String>),
    /// A pattern over names of files, in the shell's own syntax and not quoted. Where nothing
    /// matches, the pattern itself is the text.
    Glob(String),
    /// Something that only a run would tell.
    Unknown(Doubt),
}

/// Why a piece of a word is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// In words for people, lower case: "the value of `$name`".
    pub(crate) reason: String,
    /// It stands outside quotes, so that it may become several words, or none.
    pub(crate) splits: bool,
    /// The commands whose output or pipe it is, as a range of the script's commands.
    pub(crate) output_of: Option<std::ops::Range<usize>>,
}

impl Word {
    /// Returns a word that is exactly `text`.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    /// Returns the text where all of it is known and there is one reading of it.
    pub(crate) fn literal(&self) -> Option<String> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => return None,
            }
        }
        Some(out)
    }

    /// Returns every text that it can be, where all of them are known and they are few.
    pub(crate) fn choices(&self) -> Option<Vec<String>> {
        const MOST: usize = 64;
        let mut all = vec![String::new()];
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => all.iter_mut().for_each(|start| start.push_str(text)),
                Piece::OneOf(texts) if all.len().saturating_mul(texts.len()) <= MOST => {
                    all = all
                        .iter()
                        .flat_map(|start| {
                            texts.iter().map(move |text| [start, text.as_str()].concat())
                        })
                        .collect();
                }
                Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => return None,
            }
        }
        Some(all)
    }

    /// Returns the text that the word certainly starts with.
    pub(crate) fn known_start(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            Some(Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_)) | None => "",
        }
    }
}
