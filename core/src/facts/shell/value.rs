//! What a variable may hold.

use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Stands for the home folder in a value, until it is known where in a word it stands.
pub(crate) const HOME: char = '\u{fdd0}';
/// Stands for the working directory.
pub(crate) const HERE: char = '\u{fdd1}';
/// Stands for a natural number in arithmetic.
pub(crate) const NUMBER: char = '\u{fdd2}';

/// Stands for a whole number, which may be negative, in arithmetic.
pub(crate) const WHOLE: char = '\u{fdd3}';

/// The pattern that stands for a natural number which is not known.
const NATURAL: &str = "[0-9]*";

/// What a variable may hold: all the values that it could have by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// The elements of an array, all known to be there.
    Array(Vec<Word>),
    /// One of these, each the pieces of a text.
    Scalar(Vec<Vec<Piece>>),
}

impl Value {
    /// Returns a value that is just this text.
    pub(crate) fn text(text: &str) -> Self {
        Self::Scalar(vec![vec![Piece::Text(text.to_owned())]])
    }

    /// Returns a value that is not known.
    pub(crate) fn unknown(reason: &str) -> Self {
        Self::Scalar(vec![vec![unknown(reason)]])
    }

    /// Returns the text where there is just one.
    pub(crate) fn literal(&self) -> Option<String> {
        match self {
            Self::Scalar(values) => match values.as_slice() {
                [value] => literal(value),
                _ => None,
            },
            Self::Array(_) => None,
        }
    }

    /// Returns what `$name` may be: of an array, its first element.
    pub(crate) fn scalars(&self) -> Vec<Vec<Piece>> {
        match self {
            // No value at all is one that is not set.
            Self::Scalar(values) if values.is_empty() => vec![Vec::new()],
            Self::Scalar(values) => values.clone(),
            Self::Array(words) => match words.first() {
                Some(word) => vec![word.pieces.clone()],
                None => vec![Vec::new()],
            },
        }
    }

    /// Returns what it may be where it is either of two.
    pub(crate) fn or(&self, other: &Self, most: usize) -> Self {
        match (self, other) {
            (Self::Scalar(first), Self::Scalar(second)) => {
                if first == second {
                    return self.clone();
                }
                let mut all = self.scalars();
                for value in &other.scalars() {
                    if all.len() <= 64 && all.contains(value) {
                        continue;
                    }
                    all.push(value.clone());
                }
                if all.len() > most {
                    return self.either(other, "a variable with too many values");
                }
                Self::Scalar(all)
            }
            (Self::Array(first), Self::Array(second)) if first == second => self.clone(),
            (Self::Array(_), Self::Array(_) | Self::Scalar(_))
            | (Self::Scalar(_), Self::Array(_)) => {
                self.either(other, "an array that is changed on one way only")
            }
        }
    }

    /// Returns a value that is not known, nor whether it comes from the environment where one of
    /// the two may.
    fn either(&self, other: &Self, reason: &str) -> Self {
        let all = [self.scalars(), other.scalars()].concat();
        match all.into_iter().find(|value| is_outer(value)) {
            Some(value) => Self::Scalar(vec![value]),
            None => Self::unknown(reason),
        }
    }

    /// Returns true where it may come from the environment.
    pub(crate) fn is_outer(&self) -> bool {
        match self {
            Self::Scalar(values) => values.iter().any(|value| is_outer(value)),
            Self::Array(words) => words.first().is_some_and(|word| is_outer(&word.pieces)),
        }
    }

    /// Returns true where it depends on the working directory.
    pub(crate) fn holds_here(&self) -> bool {
        let holds = |pieces: &[Piece]| {
            pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if text.contains(HERE)))
        };
        match self {
            Self::Scalar(values) => values.iter().any(|value| holds(value)),
            Self::Array(words) => words.iter().any(|word| holds(&word.pieces)),
        }
    }
}

/// One way to read a variable in a word: what fits into single pieces.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    /// One of these texts, none of which is split or a pattern.
    OneOf(Vec<String>),
    Pieces(Vec<Piece>),
}

/// Sorts values into readings; where they stand unquoted, those that would be split by themselves.
pub(crate) fn readings(values: Vec<Vec<Piece>>, quoted: bool, separators: &str) -> Vec<Reading> {
    if values.len() == 1 {
        return values.into_iter().map(Reading::Pieces).collect();
    }
    let mut plain = Vec::new();
    let mut all = Vec::new();
    for value in values {
        match literal(&value) {
            Some(text)
                if quoted
                    || (!text.is_empty()
                        && !text.contains(['*', '?', '[', '\\', HOME, HERE])
                        && !text.contains(|c| separators.contains(c))) =>
            {
                if text.contains([HOME, HERE]) {
                    all.push(Reading::Pieces(value));
                } else {
                    plain.push(text);
                }
            }
            Some(_) | None => all.push(Reading::Pieces(value)),
        }
    }
    if !plain.is_empty() {
        all.insert(0, Reading::OneOf(plain));
    }
    all
}

/// Returns true for a character that only stands for something.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, HOME | HERE | NUMBER | WHOLE)
}

/// Returns the text of pieces that are nothing else.
pub(crate) fn literal(pieces: &[Piece]) -> Option<String> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => return None,
        }
    }
    Some(out)
}

/// Returns a piece that is not known.
pub(crate) fn unknown(reason: &str) -> Piece {
    Piece::Unknown(Doubt { reason: reason.to_owned(), splits: false, output_of: None })
}

/// How the reasons start why variables are not known that the script has not set.
const OUTER: &str = "the value of `$";

/// Returns what a variable holds that the script has not set.
pub(crate) fn outer(name: &str) -> Piece {
    unknown(&[OUTER, name, "`"].concat())
}

/// Returns true where something in the pieces may come from the environment.
pub(crate) fn is_outer(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Unknown(doubt) => doubt.reason.starts_with(OUTER),
        Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => false,
    })
}

/// Returns what stands for pieces after something was done to them that is not followed.
pub(crate) fn changed(pieces: &[Piece], reason: &str) -> Piece {
    let output_of = pieces.iter().find_map(|piece| match piece {
        Piece::Unknown(doubt) => doubt.output_of.clone(),
        Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => None,
    });
    Piece::Unknown(Doubt { reason: reason.to_owned(), splits: false, output_of })
}

/// Returns a piece that is some natural number.
pub(crate) fn natural() -> Piece {
    Piece::Glob(NATURAL.to_owned())
}

/// Why a number is not known: one word of digits, with a minus in front or not.
const RESULT: &str = "the result of arithmetic";

/// Returns a piece that is some whole number.
pub(crate) fn whole() -> Piece {
    unknown(RESULT)
}

/// Returns true for a piece that is a whole number which is not known.
pub(crate) fn is_result(piece: &Piece) -> bool {
    matches!(piece, Piece::Unknown(doubt) if doubt.reason == RESULT)
}

/// Returns true where pieces are just a natural number.
pub(crate) fn is_natural(pieces: &[Piece]) -> bool {
    matches!(pieces, [Piece::Glob(pattern)] if pattern == NATURAL)
}

/// Returns true where something in the pieces is not known.
pub(crate) fn is_unknown(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Unknown(_)))
}

/// Returns how much room pieces take.
pub(crate) fn size(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Glob(text) => 1 + text.len() / 16,
            Piece::OneOf(texts) => 1 + texts.len(),
            Piece::Unknown(_) => 1,
        })
        .sum()
}

/// Returns true for a value that stays one word where it is not quoted.
pub(crate) fn is_whole(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./,@%+=".contains(&byte))
}
