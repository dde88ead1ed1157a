//! Parameters and what is done with their values.

use crate::facts::shell::cursor::is_name;
use crate::facts::shell::cut::length;
use crate::facts::shell::cut::removed;
use crate::facts::shell::cut::replaced;
use crate::facts::shell::cut::sliced;
use crate::facts::shell::lookup::Found;
use crate::facts::shell::lookup::is_many;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Operation;
use crate::facts::shell::tree::Parameter;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::tree::literal_parts;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::changed;
use crate::facts::shell::value::is_mark;
use crate::facts::shell::value::is_unknown;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// What a parameter expands to.
#[derive(Debug)]
pub(crate) enum Expansion {
    /// One of these.
    Values(Vec<Vec<Piece>>),
    /// All of these, as for `$@`.
    Words(Vec<Word>),
    /// Any number of words that are not known.
    Many(&'static str),
}

impl Walk {
    /// Expands a parameter.
    pub(crate) fn expansion(
        &mut self,
        state: &mut State,
        parameter: &Parameter,
        quoted: bool,
    ) -> Expansion {
        let Parameter { name, indirect, subscript, operation, braced: _ } = parameter;
        let guarded = match operation {
            Operation::Alternative { .. }
            | Operation::Assign { .. }
            | Operation::Default { .. } => true,
            Operation::Fail { .. }
            | Operation::Length
            | Operation::None
            | Operation::Other { .. }
            | Operation::Remove { .. }
            | Operation::Replace { .. }
            | Operation::Slice { .. } => false,
        };
        // `${!name}` has the name of another in it; `${!name*}` is names alone.
        if !*indirect {
            self.shows(state, name, guarded);
        }
        let all = self.all_of(state, name, subscript.as_ref());
        if let Some(all) = all {
            return self.all_words(state, all, parameter, quoted);
        }
        let mut found = match subscript {
            Some(subscript) => self.element(state, name, subscript),
            None => self.found(state, name),
        };
        if *indirect {
            if let Operation::Other { .. } = operation {
                return Expansion::Many("names of variables");
            }
            let target = match found.values.as_slice() {
                [value] => literal(value).filter(|name| is_name(name)),
                _ => None,
            };
            found = match target {
                Some(name) => {
                    self.shows(state, &name, guarded);
                    self.found(state, &name)
                }
                None => {
                    self.dynamic("the name of a variable is known only at run time");
                    Found { values: vec![vec![unknown("an unknown variable")]], set: None }
                }
            };
        }
        Expansion::Values(self.operate(state, parameter, found, quoted))
    }

    /// Returns the words of `$@`, `$*`, `${a[@]}` and `${a[*]}`.
    #[expect(clippy::option_option, reason = "the outer one: it is one of these; the inner: known")]
    fn all_of(
        &mut self,
        state: &State,
        name: &str,
        subscript: Option<&Parts>,
    ) -> Option<Option<Vec<Word>>> {
        if matches!(name, "@" | "*") {
            return Some(state.arguments.as_ref().map(|words| words.to_vec()));
        }
        let subscript = literal_parts(subscript?)?;
        if !matches!(subscript.as_str(), "@" | "*") {
            return None;
        }
        Some(match &*state.value(name) {
            Value::Array(words) => Some(words.clone()),
            Value::Scalar(values) => match values.as_slice() {
                [] => Some(Vec::new()),
                [pieces] if state.is_set(name) && !is_unknown(pieces) => {
                    Some(vec![Word { pieces: pieces.clone() }])
                }
                _ => None,
            },
        })
    }

    fn all_words(
        &mut self,
        state: &mut State,
        words: Option<Vec<Word>>,
        parameter: &Parameter,
        quoted: bool,
    ) -> Expansion {
        let Parameter { name, indirect, subscript, operation, braced: _ } = parameter;
        let indirect = *indirect;
        let joined =
            name == "*" || subscript.as_ref().and_then(literal_parts).as_deref() == Some("*");
        let plain = matches!(operation, Operation::None) && !indirect;
        let length = matches!(operation, Operation::Length);
        if !plain && !length {
            self.operands(state, operation, quoted);
        }
        let Some(words) = words else {
            if length {
                return Expansion::Values(vec![vec![natural()]]);
            }
            return Expansion::Many("the arguments, or the elements of an array");
        };
        self.spend(words.len());
        if plain {
            return if joined && quoted {
                self.joined(state, words)
            } else {
                Expansion::Words(words)
            };
        }
        if length {
            let count = if words.iter().any(is_many) {
                natural()
            } else {
                Piece::Text(words.len().to_string())
            };
            return Expansion::Values(vec![vec![count]]);
        }
        if indirect && matches!(operation, Operation::None) && !words.iter().any(is_many) {
            return Expansion::Words(
                (0..words.len()).map(|at| Word::text(at.to_string())).collect(),
            );
        }
        if let (Operation::Default { word, .. }, true) = (operation, words.is_empty()) {
            let values = self.operand(state, word, quoted);
            return Expansion::Values(values);
        }
        if let Operation::Slice { offset, length } = operation {
            let offset = self.arithmetic(state, offset).known();
            let length = match length {
                Some(length) => self.arithmetic(state, length).known().map(Some),
                None => Some(None),
            };
            // `$0` stands before the arguments, but not before the elements of an array.
            let first = i64::from(subscript.is_none());
            if let (Some(offset), Some(length), false) =
                (offset.filter(|at| *at >= first), length, words.iter().any(is_many))
            {
                let start = usize::try_from(offset - first).unwrap_or(usize::MAX);
                let length = length.map_or(usize::MAX, |l| usize::try_from(l).unwrap_or(0));
                return Expansion::Words(words.into_iter().skip(start).take(length).collect());
            }
        }
        Expansion::Many("arguments or elements that are changed")
    }

    /// `"$*"`: one word.
    fn joined(&mut self, state: &State, words: Vec<Word>) -> Expansion {
        let separator = state.value("IFS").literal().map(|all| all.chars().next());
        let Some(separator) = separator else {
            return Expansion::Values(vec![vec![unknown("arguments that are joined")]]);
        };
        let mut pieces = Vec::new();
        for (index, word) in words.into_iter().enumerate() {
            if index > 0 {
                pieces.extend(separator.map(|c| Piece::Text(c.to_string())));
            }
            if is_many(&word) {
                pieces.push(unknown("arguments that are joined"));
            } else {
                pieces.extend(word.pieces);
            }
        }
        Expansion::Values(vec![pieces])
    }

    /// Reads the operands for what runs in them.
    fn operands(&mut self, state: &mut State, operation: &Operation, quoted: bool) {
        match operation {
            Operation::None | Operation::Length => {}
            Operation::Alternative { word, .. }
            | Operation::Assign { word, .. }
            | Operation::Default { word, .. }
            | Operation::Fail { word } => {
                self.operand(state, word, quoted);
            }
            Operation::Remove { pattern, .. } => {
                self.values(state, pattern, quoted);
            }
            Operation::Replace { pattern, with, .. } => {
                self.values(state, pattern, quoted);
                self.values(state, with, quoted);
            }
            Operation::Slice { offset, length } => {
                self.arithmetic(state, offset);
                if let Some(length) = length {
                    self.arithmetic(state, length);
                }
            }
            Operation::Other { operator, operand } => {
                self.values(state, operand, quoted);
                // `@P` expands the value once more.
                if *operator == 0 && literal_parts(operand).is_some_and(|text| text.contains('P')) {
                    self.dynamic("a value is expanded once more");
                }
            }
        }
    }

    /// Reads an operand that may be left out, with what it sets.
    fn operand(&mut self, state: &mut State, word: &Parts, quoted: bool) -> Vec<Vec<Piece>> {
        let before = state.clone();
        let values = self.values(state, word, quoted);
        if !state.is_same(&before) {
            self.spend(state.size());
            state.or(&before);
        }
        values
    }

    fn operate(
        &mut self,
        state: &mut State,
        parameter: &Parameter,
        found: Found,
        quoted: bool,
    ) -> Vec<Vec<Piece>> {
        let Found { values, set } = found;
        let is_empty = |value: &Vec<Piece>| literal(value).is_some_and(|text| text.is_empty());
        match &parameter.operation {
            Operation::None => values,
            Operation::Length => values.iter().map(|value| vec![length(value)]).collect(),
            Operation::Default { colon, word } | Operation::Assign { colon, word } => {
                let other = self.operand(state, word, quoted);
                let mut all: Vec<Vec<Piece>> = Vec::new();
                if set != Some(false) {
                    for value in values {
                        let replaced = is_empty(&value) && (*colon || set.is_none());
                        if replaced || (*colon && is_unknown(&value)) || set.is_none() {
                            for other in &other {
                                if !all.contains(other) {
                                    all.push(other.clone());
                                }
                            }
                        }
                        if !replaced {
                            all.push(value);
                        }
                    }
                } else {
                    all = other;
                }
                if matches!(parameter.operation, Operation::Assign { .. }) {
                    if is_name(&parameter.name) && parameter.subscript.is_none() {
                        self.store(state, &parameter.name, Value::Scalar(all.clone()));
                    } else {
                        self.dynamic("an element of an array is set in an expansion");
                    }
                }
                all
            }
            Operation::Alternative { colon, word } => {
                let other = self.operand(state, word, quoted);
                match set {
                    Some(false) => vec![Vec::new()],
                    Some(true)
                        if !*colon || !values.iter().any(|v| is_empty(v) || is_unknown(v)) =>
                    {
                        other
                    }
                    Some(true) if *colon && values.iter().all(is_empty) => vec![Vec::new()],
                    Some(true) | None => {
                        let mut all = other;
                        all.push(Vec::new());
                        all
                    }
                }
            }
            Operation::Fail { word } => {
                self.operand(state, word, quoted);
                values
            }
            Operation::Remove { prefix, longest, pattern } => {
                let pattern = self.pattern(state, pattern);
                let cut = |value: &Vec<Piece>| {
                    let known = pattern.as_ref().and_then(|p| removed(value, *prefix, *longest, p));
                    known.unwrap_or_else(|| vec![changed(value, "a part of a value")])
                };
                values.iter().map(cut).collect()
            }
            Operation::Replace { kind, pattern, with } => {
                let pattern = self.pattern(state, pattern);
                let with = self.single(state, with, false).literal();
                let replace = |value: &Vec<Piece>| {
                    let known = replaced(value, *kind, pattern.as_deref(), with.as_deref());
                    known.unwrap_or_else(|| vec![changed(value, "a value that is changed")])
                };
                values.iter().map(replace).collect()
            }
            Operation::Slice { offset, length } => {
                let offset = self.arithmetic(state, offset).known();
                let length = match length {
                    Some(length) => self.arithmetic(state, length).known().map(Some),
                    None => Some(None),
                };
                let slice = |value: &Vec<Piece>| {
                    let known = offset.zip(length).and_then(|(offset, length)| {
                        sliced(value, &parameter.name, offset, length)
                    });
                    known.unwrap_or_else(|| vec![changed(value, "a part of a value")])
                };
                values.iter().map(slice).collect()
            }
            Operation::Other { operator, .. } => {
                self.operands(state, &parameter.operation, quoted);
                let change = |value: &Vec<Piece>| {
                    let known = literal(value).filter(|text| !text.contains(is_mark));
                    let text = match (operator, known) {
                        (b'^', Some(text)) => text.to_uppercase(),
                        (b',', Some(text)) => text.to_lowercase(),
                        _ => return vec![changed(value, "a value that is changed")],
                    };
                    vec![Piece::Text(text)]
                };
                values.iter().map(change).collect()
            }
        }
    }

    /// Returns a pattern in which what is quoted is escaped, where all of it is known.
    fn pattern(&mut self, state: &mut State, parts: &Parts) -> Option<Vec<char>> {
        let word = self.single(state, parts, false);
        let mut pattern = Vec::new();
        if parts.iter().any(|part| part.text().is_none()) {
            let text = word.literal()?;
            return (!text.contains(['*', '?', '[', '\\'])).then(|| text.chars().collect());
        }
        for part in parts {
            if let Some((text, quoted)) = part.text() {
                for c in text.chars() {
                    if quoted && matches!(c, '*' | '?' | '[' | ']' | '\\') {
                        pattern.push('\\');
                    }
                    pattern.push(c);
                }
            }
        }
        (!pattern.windows(2).any(|pair| matches!(pair, ['?' | '*' | '+' | '@' | '!', '('])))
            .then_some(pattern)
    }
}
