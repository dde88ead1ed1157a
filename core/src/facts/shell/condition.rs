//! Conditions between `[[` and `]]`.

use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::quoted::Place;
use crate::facts::shell::simple::plain;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::Test;

impl Parser<'_> {
    /// Reads what stands behind `[[`, and the `]]`.
    pub(crate) fn conditional(&mut self) -> Result<Kind, NotRead> {
        self.notes.only_bash = true;
        let mut tests: Vec<Test> = Vec::new();
        let mut place = Place::Command;
        loop {
            self.space()?;
            if self.bare_word() == "]]" {
                self.cursor.at += 2;
                if !is_whole(&tests) {
                    return Err(NotRead("a condition cannot be read"));
                }
                return Ok(Kind::Conditional(tests));
            }
            if place == Place::Command
                && let Some(operator) = MARKS.iter().find(|mark| self.cursor.starts_with(mark))
            {
                self.cursor.at += operator.len();
                tests.push(Test::Operator(operator));
                continue;
            }
            let word = self.word(place)?;
            if word.is_empty() {
                return Err(NotRead("a condition does not end"));
            }
            place = match plain(&word) {
                Some("=~") => Place::Regex,
                Some("=" | "==" | "!=") => Place::Pattern,
                Some(_) | None => Place::Command,
            };
            tests.push(Test::Word(word));
        }
    }
}

/// What stands for itself between `[[` and `]]`.
const MARKS: [&str; 6] = ["&&", "||", "(", ")", "<", ">"];

/// The tests of one word, each the letter behind its dash.
const UNARY: &str = "abcdefghknoprstuvwxzGLNORS";

/// The tests of two words, but for `<` and `>`.
const BINARY: [&str; 13] =
    ["!=", "-ef", "-eq", "-ge", "-gt", "-le", "-lt", "-ne", "-nt", "-ot", "=", "==", "=~"];

/// What may come next in a condition.
#[derive(Clone, Copy)]
enum Next {
    /// A test.
    Test,
    /// The word that a test is about.
    Operand,
    /// Anything that may stand behind a word which may be a test by itself.
    Any,
    /// The end, or what joins tests.
    Joint,
}

/// Returns true where words and marks make a condition by bash's grammar.
fn is_whole(tests: &[Test]) -> bool {
    let mut next = Next::Test;
    let mut open = 0_usize;
    for test in tests {
        next = match (next, test) {
            (Next::Test, Test::Operator("(")) => {
                open += 1;
                Next::Test
            }
            (Next::Test, Test::Word(word)) => match plain(word) {
                Some("!") => Next::Test,
                Some(word) if is_unary(word) => Next::Operand,
                Some(_) | None => Next::Any,
            },
            (Next::Operand, Test::Word(_)) => Next::Joint,
            (Next::Any, Test::Operator("<" | ">")) => Next::Operand,
            (Next::Any, Test::Word(word))
                if plain(word).is_some_and(|word| BINARY.contains(&word)) =>
            {
                Next::Operand
            }
            (Next::Any | Next::Joint, Test::Operator("&&" | "||")) => Next::Test,
            (Next::Any | Next::Joint, Test::Operator(")")) if open > 0 => {
                open -= 1;
                Next::Joint
            }
            (Next::Test | Next::Operand, Test::Operator(_))
            | (Next::Any | Next::Joint, Test::Operator(_) | Test::Word(_)) => return false,
        };
    }
    open == 0 && matches!(next, Next::Any | Next::Joint)
}

fn is_unary(word: &str) -> bool {
    word.len() == 2 && word.strip_prefix('-').is_some_and(|letter| UNARY.contains(letter))
}
