//! Arithmetic: what is certain in it, and what only a run would tell.

use crate::facts::shell::expression::Reader;
use crate::facts::shell::number::Number;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::value::NUMBER;
use crate::facts::shell::value::WHOLE;
use crate::facts::shell::value::is_natural;
use crate::facts::shell::value::is_result;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Why an expression is not followed: evaluating it may run commands.
const DOUBT: &str = "arithmetic with something in it that is known only at run time";

impl Walk {
    /// Evaluates arithmetic, with what it sets.
    pub(crate) fn arithmetic(&mut self, state: &mut State, parts: &Parts) -> Number {
        let word = self.single(state, parts, false);
        self.arithmetic_word(state, &word)
    }

    /// Evaluates a word as arithmetic.
    pub(crate) fn arithmetic_word(&mut self, state: &mut State, word: &Word) -> Number {
        let mut text = String::new();
        for piece in &word.pieces {
            match piece {
                Piece::Text(more) => text.push_str(more),
                Piece::Glob(_) if is_natural(std::slice::from_ref(piece)) => text.push(NUMBER),
                Piece::OneOf(values) if values.iter().all(|value| is_plain_number(value)) => {
                    text.push(NUMBER);
                }
                // Behind a minus, another would make a decrement of both.
                Piece::Unknown(_) if is_result(piece) && !text.ends_with('-') => text.push(WHOLE),
                Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => {
                    self.dynamic(DOUBT);
                    return Number::Unknown;
                }
            }
        }
        self.arithmetic_text(state, &text, 0)
    }

    /// Evaluates a text as arithmetic.
    pub(crate) fn arithmetic_text(
        &mut self,
        state: &mut State,
        text: &str,
        depth: usize,
    ) -> Number {
        self.spend(text.len());
        if text.trim().is_empty() {
            return Number::Known(0);
        }
        match Reader::new(self, state, text, depth).read() {
            Some(number) => number,
            None => {
                self.hidden(state, text);
                self.dynamic(DOUBT);
                Number::Unknown
            }
        }
    }

    /// Evaluates a subscript, or a name that may have one.
    pub(crate) fn subscript_word(&mut self, state: &mut State, word: &Word) {
        match word.literal() {
            Some(text) if matches!(text.as_str(), "@" | "*") => {}
            Some(_) | None => {
                self.arithmetic_word(state, word);
            }
        }
    }

    /// Looks at a word that names a variable for subscripts, which are evaluated.
    pub(crate) fn subscripts(&mut self, state: &mut State, word: &Word) {
        match word.literal() {
            None => self.dynamic("the name of a variable is known only at run time"),
            Some(text) => {
                let Some((_, subscript)) = text.split_once('[') else { return };
                let subscript = subscript.rsplit_once(']').map_or(subscript, |(inside, _)| inside);
                if !is_plain_number(subscript) && !matches!(subscript, "@" | "*") {
                    self.hidden(state, &text);
                    self.dynamic("the subscript of a variable is evaluated");
                }
            }
        }
    }
}

/// Returns true for a few digits.
pub(crate) fn is_plain_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 18 && text.bytes().all(|byte| byte.is_ascii_digit())
}
