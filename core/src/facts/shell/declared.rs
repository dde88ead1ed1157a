//! Commands that set variables: `declare` and its kin, `read`, `printf -v`, `unset` and others.

use std::rc::Rc;

use crate::facts::shell::cursor::is_name;
use crate::facts::shell::environment::is_small;
use crate::facts::shell::limits::MOST_FOLLOWED;
use crate::facts::shell::limits::MOST_WAYS;
use crate::facts::shell::state::State;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::is_unknown;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::outer;
use crate::facts::shell::walk::Local;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

impl Walk {
    /// Commands that set the variables that they name to what is not known.
    pub(crate) fn names(&mut self, state: &mut State, words: &[Word]) {
        let arrays = words.iter().any(|word| {
            let start = word.known_start();
            start.starts_with('-') && start.contains('a')
        });
        for word in words {
            self.subscripts(state, word);
            match word.literal() {
                Some(name) if is_name(&name) => {
                    if arrays {
                        self.arrays.insert(name.clone());
                    }
                    // Where nothing can be read, it may stay what it was.
                    let before = state.value(&name);
                    let value = self.read_value();
                    let value = if before.is_outer() && !is_small(&name) {
                        value.or(&before, MOST_WAYS)
                    } else {
                        value
                    };
                    self.store(state, &name, value);
                }
                Some(text) => {
                    if let Some(name) = subscripted(&text) {
                        self.store_element(state, name);
                    }
                }
                None => state.forget_all(),
            }
        }
    }

    /// Runs `printf`, `unset`, `getopts` or `wait`.
    pub(crate) fn setting(
        &mut self,
        state: &mut State,
        name: &str,
        words: &[Word],
        known: &[Option<String>],
    ) {
        match name {
            "printf" => {
                let glued = known
                    .first()
                    .and_then(|word| word.as_deref())
                    .and_then(|word| word.strip_prefix("-v"));
                let target = match glued {
                    Some("") => words.get(1).cloned(),
                    Some(name) => Some(Word::text(name)),
                    None => None,
                };
                if matches!(known.first(), Some(None)) {
                    self.dynamic("the options of `printf` are known only at run time");
                }
                if let Some(target) = target {
                    self.subscripts(state, &target);
                    match target.literal() {
                        Some(name) if is_name(&name) => {
                            let value = printed_value(known.get(2..).unwrap_or_default());
                            self.store(state, &name, value);
                        }
                        Some(_) | None => state.forget_all(),
                    }
                }
            }
            "unset" => {
                for word in words {
                    self.subscripts(state, word);
                    match word.literal() {
                        Some(name) if is_name(&name) => {
                            let functions = Rc::make_mut(&mut self.functions);
                            if let Some(function) = functions.get_mut(&name) {
                                function.certain = false;
                            }
                            if name != "IFS" {
                                self.stored(&name);
                            }
                            let value = if !self.calls.is_empty() {
                                // What it was outside of the function may come back.
                                Value::Scalar(vec![vec![outer(&name)]])
                            } else if name == "IFS" {
                                Value::text(" \t\n")
                            } else {
                                Value::Scalar(Vec::new())
                            };
                            state.set(&name, value);
                        }
                        Some(text) => {
                            if let Some(name) = subscripted(&text) {
                                state.set(name, Value::unknown("an array with subscripts"));
                            }
                        }
                        None => state.forget_all(),
                    }
                }
            }
            "getopts" => {
                for name in ["OPTARG", "OPTIND"] {
                    self.store(state, name, Value::unknown("what an option has given"));
                }
                self.names(state, words.get(1..2).unwrap_or_default());
            }
            _ => {
                let sets =
                    |word: &Word| word.known_start().starts_with("-p") || is_unknown(&word.pieces);
                if words.iter().any(sets) {
                    self.names(state, words);
                }
            }
        }
    }

    /// Runs `declare`, `export`, `local`, `readonly` or `typeset`.
    pub(crate) fn declare(
        &mut self,
        state: &mut State,
        name: &str,
        words: &[Word],
        known: &[Option<String>],
    ) {
        let mut arrays = false;
        let mut global = false;
        let mut functions = false;
        let mut prints = false;
        let mut refers = false;
        let mut fixes = name == "readonly";
        for (word, text) in words.iter().zip(known) {
            let start = word.known_start();
            if let Some(options) = text.as_deref().and_then(|text| text.strip_prefix(['-', '+'])) {
                for option in options.chars() {
                    match option {
                        'a' | 'A' => arrays = true,
                        'g' => global = true,
                        'f' | 'F' => functions = true,
                        'r' => fixes = true,
                        'p' => prints = true,
                        'n' => {
                            refers = true;
                            self.dynamic("a variable stands for another");
                        }
                        'x' | '-' => {}
                        _ => self.dynamic("a variable changes what is assigned to it"),
                    }
                }
                continue;
            }
            self.declared_subscript(state, word);
            if functions {
                continue;
            }
            let (name_part, value) = match start.split_once('=') {
                Some((name, rest)) => (name.to_owned(), Some(rest.to_owned())),
                None => match text {
                    Some(text) => (text.clone(), None),
                    None => {
                        self.dynamic("the name of a variable is known only at run time");
                        state.forget_all();
                        continue;
                    }
                },
            };
            let append = name_part.ends_with('+');
            let variable = name_part.trim_end_matches('+').to_owned();
            if !is_name(&variable) {
                continue;
            }
            if prints {
                self.shows(state, &variable, false);
            }
            if !global && matches!(name, "local" | "declare" | "typeset") {
                self.make_local(state, &variable);
            }
            let value = value.map(|rest| {
                let mut pieces = word.pieces.clone();
                if let Some(Piece::Text(text)) = pieces.first_mut() {
                    *text = rest;
                }
                pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
                pieces
            });
            let again =
                value.as_ref().is_some_and(|v| self.declared_again(state, &variable, v, arrays));
            if arrays {
                self.arrays.insert(variable.clone());
            }
            let target = value.as_ref().and_then(|value| literal(value)).filter(|_| refers);
            if let Some(target) = target.filter(|target| is_name(target)) {
                self.references.push((variable.clone(), target));
                if self.references.len() > MOST_FOLLOWED {
                    self.stop("too many variables stand for others");
                }
            }
            match value {
                Some(_) if append || arrays || again => {
                    let value = Value::unknown("a variable that is declared with more");
                    self.store(state, &variable, value);
                }
                Some(_) if name == "local" && self.calls.is_empty() => {
                    self.stored(&variable);
                    let before = state.own(&variable);
                    state.unsure(&variable, before, "a variable that is local to nothing");
                }
                Some(pieces) => {
                    self.store(state, &variable, Value::Scalar(vec![pieces]));
                }
                None if name == "local" && !arrays && !is_array(state, &variable) => {
                    let before = state.value(&variable);
                    let unset = Value::Scalar(vec![Vec::new()]);
                    state.set(&variable, before.or(&unset, MOST_WAYS));
                }
                None => {}
            }
            if fixes {
                self.fixed.insert(variable);
            }
        }
    }

    fn declared_subscript(&mut self, state: &mut State, word: &Word) {
        let start = word.known_start();
        let name = start.split('=').next().unwrap_or_default();
        if name.contains('[') {
            self.subscripts(state, &Word::text(name));
        }
    }

    /// Notes that a variable is local to the function at hand.
    pub(crate) fn make_local(&mut self, state: &State, name: &str) {
        let Some(locals) = self.locals.last_mut() else { return };
        let certain = state.conditions <= locals.conditions;
        let name = name.to_owned();
        let before = state.own(&name);
        locals.variables.push(Local { name, before, certain });
    }
}

fn is_array(state: &State, name: &str) -> bool {
    state.own(name).is_some_and(|value| matches!(*value, Value::Array(_)))
}

/// Returns the name in front of a subscript.
fn subscripted(text: &str) -> Option<&str> {
    text.split_once('[').map(|(name, _)| name).filter(|name| is_name(name))
}

/// Returns what `printf -v` sets, as far as that is plain.
fn printed_value(known: &[Option<String>]) -> Value {
    match known {
        [Some(format)] if !format.contains(['%', '\\']) => Value::text(format),
        [Some(format), Some(text)] if format == "%s" => Value::text(text),
        _ => Value::unknown("what `printf` has set"),
    }
}
