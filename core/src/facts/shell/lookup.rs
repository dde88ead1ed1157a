//! What parameters hold.

use crate::facts::shell::state::State;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// A parameter's values, and whether it is set: not certain where the environment tells.
pub(crate) struct Found {
    pub(crate) values: Vec<Vec<Piece>>,
    pub(crate) set: Option<bool>,
}

/// How far a variable is followed that stands for another.
const DEEPEST_REFERENCE: usize = 4;

impl Walk {
    /// Looks a parameter up.
    pub(crate) fn found(&mut self, state: &State, name: &str) -> Found {
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            return argument(state, name);
        }
        match name {
            "#" => {
                let known = state.arguments.as_ref().filter(|words| !words.iter().any(is_many));
                let count = match known {
                    Some(words) => Piece::Text(words.len().to_string()),
                    None => natural(),
                };
                return Found { values: vec![vec![count]], set: Some(true) };
            }
            "!" => return Found { values: vec![vec![natural()], Vec::new()], set: None },
            "?" | "$" => return Found { values: vec![vec![natural()]], set: Some(true) },
            "-" => {
                let values = vec![vec![unknown("the options of the shell")]];
                return Found { values, set: Some(true) };
            }
            "_" => {
                let values = vec![vec![unknown("the last word of the command before")]];
                return Found { values, set: Some(true) };
            }
            _ => {}
        }
        let value = state.value(name);
        let set = match &*value {
            Value::Scalar(values) if values.is_empty() => Some(false),
            Value::Scalar(_) | Value::Array(_) => {
                (state.is_set(name) || matches!(name, "HOME" | "PWD" | "IFS")).then_some(true)
            }
        };
        let mut values = value.scalars();
        let mut at = name;
        for _ in 0..DEEPEST_REFERENCE {
            let found = self.references.iter().rev().find(|(from, _)| from == at);
            let Some((_, target)) = found else { break };
            values.extend(state.value(target).scalars());
            at = target;
        }
        Found { values, set }
    }

    /// `${a[n]}`.
    pub(crate) fn element(&mut self, state: &mut State, name: &str, subscript: &Parts) -> Found {
        let word = self.single(state, subscript, false);
        self.subscript_word(state, &word);
        let index = word.literal().and_then(|text| text.parse::<usize>().ok());
        let value = state.value(name);
        let values = match (&*value, index) {
            (Value::Array(words), Some(index)) if !words.iter().any(is_many) => {
                vec![words.get(index).map(|word| word.pieces.clone()).unwrap_or_default()]
            }
            (Value::Scalar(_), Some(_)) if name == "PIPESTATUS" && !state.is_set(name) => {
                vec![vec![natural()]]
            }
            (Value::Scalar(_), Some(0)) => value.scalars(),
            (Value::Array(_) | Value::Scalar(_), _) => {
                vec![vec![unknown("an element of an array")]]
            }
        };
        Found { values, set: None }
    }
}

/// Returns `$0` to `$n`.
fn argument(state: &State, name: &str) -> Found {
    let index: usize = name.parse().unwrap_or(usize::MAX);
    if index == 0 {
        let values = match &state.zero {
            Some(word) => vec![word.pieces.clone()],
            // Without any, it is the shell's own name.
            None if state.arguments.is_some() => {
                let names = ["bash", "sh", "/bin/bash", "/bin/sh"];
                names.iter().map(|name| vec![Piece::Text((*name).to_owned())]).collect()
            }
            None => vec![vec![unknown("the name `$0`")]],
        };
        return Found { values, set: Some(true) };
    }
    let Some(words) = &state.arguments else {
        let mut reason = "the argument `$".to_owned();
        reason.push_str(name);
        reason.push('`');
        // Mostly there are no arguments.
        return Found { values: vec![vec![unknown(&reason)], Vec::new()], set: None };
    };
    match words.iter().position(is_many) {
        Some(many) if many < index => {
            let mut values: Vec<Vec<Piece>> =
                words.iter().skip(many).map(|word| word.pieces.clone()).collect();
            values.push(Vec::new());
            Found { values, set: None }
        }
        Some(_) | None => match words.get(index - 1) {
            Some(word) => Found { values: vec![word.pieces.clone()], set: Some(true) },
            None => Found { values: vec![Vec::new()], set: Some(false) },
        },
    }
}

/// Returns true for a word that may be several, or none.
pub(crate) fn is_many(word: &Word) -> bool {
    word.pieces.iter().any(|piece| match piece {
        Piece::Glob(_) => true,
        Piece::Unknown(doubt) => doubt.splits,
        Piece::Text(_) | Piece::OneOf(_) => false,
    })
}
