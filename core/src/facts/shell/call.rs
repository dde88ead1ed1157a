//! Simple commands: assignments, redirections, and the command itself.

use std::ops::Range;

use crate::facts::shell::cursor::is_name;
use crate::facts::shell::field::resolved;
use crate::facts::shell::limits::LARGEST_VALUE;
use crate::facts::shell::limits::MOST_ELEMENTS;
use crate::facts::shell::read::Dialect;
use crate::facts::shell::script::DoubtKind;
use crate::facts::shell::script::Redirection;
use crate::facts::shell::script::RedirectionTarget;
use crate::facts::shell::script::SimpleCommand;
use crate::facts::shell::simple::DECLARING;
use crate::facts::shell::simple::plain;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::AssignedValue;
use crate::facts::shell::tree::Assignment;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::tree::Redirect;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::is_mark;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::size;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Word;

/// What a simple command comes with, beside its words.
pub(crate) struct Around {
    pub(crate) assignments: Vec<(String, Word)>,
    pub(crate) redirections: Vec<Redirection>,
}

impl Walk {
    /// Expands and runs a simple command.
    pub(crate) fn simple(
        &mut self,
        state: &mut State,
        assignments: &[Assignment],
        parts: &[Parts],
        redirections: &[Redirect],
    ) {
        let readers = std::mem::take(&mut self.readers);
        let declares = parts.first().and_then(plain).is_some_and(|name| DECLARING.contains(&name));
        let mut words = Vec::new();
        for (index, word) in parts.iter().enumerate() {
            if declares && index > 0 && is_assignment(word) {
                words.push(self.single(state, word, true));
            } else {
                words.append(&mut self.fields(state, word));
            }
            if self.stopped {
                break;
            }
        }
        let shell = words.is_empty() || declares;
        let mut set = Vec::new();
        if declares
            && parts
                .first()
                .and_then(plain)
                .is_some_and(|name| !matches!(name, "export" | "readonly"))
        {
            for assignment in assignments {
                self.make_local(state, &assignment.name);
            }
        }
        let before: Vec<_> = if shell {
            Vec::new()
        } else {
            assignments.iter().map(|found| (&found.name, state.own(&found.name))).collect()
        };
        for assignment in assignments {
            self.assign(state, assignment, &mut set);
        }
        let posix = self.dialect != Dialect::Bash;
        if posix && declares && parts.iter().skip(1).any(|word| !is_text(word)) {
            self.dynamic("some shells split what is declared");
        }
        let redirections = self.redirections(state, redirections);
        // What stands in front of a command is set for it alone.
        for (name, value) in before.into_iter().rev() {
            state.restore(name, value);
        }
        let around = Around { assignments: set, redirections };
        let first = self.script.commands.len();
        if words.is_empty() {
            if !around.assignments.is_empty() || !around.redirections.is_empty() {
                self.push(state, words, around.assignments, around.redirections);
            }
        } else {
            self.run(state, words, around);
        }
        // What `>( )` runs reads what this command writes.
        let last = self.script.commands.len();
        for range in std::mem::replace(&mut self.readers, readers) {
            self.feed(range, first..last);
        }
    }

    /// Notes that commands read the output of others.
    pub(crate) fn feed(&mut self, readers: Range<usize>, from: Range<usize>) {
        for index in readers {
            if let Some(command) = self.script.commands.get_mut(index)
                && command.input.is_empty()
            {
                command.input.push(from.clone());
            }
        }
    }

    /// Runs a command: a function, a built-in that matters here, or anything else.
    fn run(&mut self, state: &mut State, words: Vec<Word>, around: Around) {
        let Some(name) = words.first().and_then(|word| literal(&word.pieces)) else {
            self.dynamic("the name of a command is known only at run time");
            self.push(state, words, around.assignments, around.redirections);
            return;
        };
        if name.chars().any(|c| !c.is_ascii() && !is_mark(c)) {
            self.doubt(DoubtKind::Unreadable, "the name of a command has foreign letters");
        }
        let Some(function) = self.functions.get(&name) else {
            self.built_in(state, words, around);
            return;
        };
        let certain = function.certain;
        let arguments = words.get(1..).unwrap_or_default().to_vec();
        let before: Vec<_> =
            around.assignments.iter().map(|(name, _)| (name.clone(), state.own(name))).collect();
        for (name, word) in &around.assignments {
            state.set(name, Value::Scalar(vec![word.pieces.clone()]));
        }
        let input = self.input.clone();
        if !around.assignments.is_empty() || !around.redirections.is_empty() {
            let index = self.push(
                state,
                Vec::new(),
                around.assignments.clone(),
                around.redirections.clone(),
            );
            self.redirect_input(index);
        }
        if !certain {
            // It may not be the function that runs.
            let mut other = state.clone();
            self.built_in(&mut other, words, Around { redirections: Vec::new(), ..around });
            self.call(state, &name, &arguments);
            state.or(&other);
        } else {
            self.call(state, &name, &arguments);
        }
        self.input = input;
        for (name, value) in before {
            state.unsure(&name, value, "a variable that was set for a function");
        }
    }

    /// Adds a command to the answer; returns its number.
    pub(crate) fn push(
        &mut self,
        state: &State,
        words: Vec<Word>,
        assignments: Vec<(String, Word)>,
        redirections: Vec<Redirection>,
    ) -> usize {
        let index = self.script.commands.len();
        if self.stopped {
            return index;
        }
        if words.iter().any(|word| word.pieces.len() > LARGEST_VALUE) {
            self.doubt(DoubtKind::Unreadable, "a word has too many parts");
        }
        let mut room = 2;
        let words: Vec<Word> = words
            .into_iter()
            .map(|word| {
                room += size(&word.pieces);
                let word = if self.pipes.is_empty() { word } else { self.followed(word) };
                Word { pieces: resolved(word.pieces) }
            })
            .collect();
        let assignments = assignments
            .into_iter()
            .map(|(name, word)| (name, Word { pieces: resolved(word.pieces) }))
            .collect();
        let redirections = redirections
            .into_iter()
            .map(|redirection| Redirection {
                target: match redirection.target {
                    RedirectionTarget::Path(word) => {
                        RedirectionTarget::Path(Word { pieces: resolved(word.pieces) })
                    }
                    RedirectionTarget::Text(word) => {
                        RedirectionTarget::Text(Word { pieces: resolved(word.pieces) })
                    }
                    RedirectionTarget::Descriptor(text) => RedirectionTarget::Descriptor(text),
                },
                ..redirection
            })
            .collect();
        self.script.commands.push(SimpleCommand {
            words,
            assignments,
            redirections,
            input: self.input.clone(),
            folders: state.folders.to_vec(),
            background: self.background,
        });
        self.spend(room);
        index
    }

    fn assign(
        &mut self,
        state: &mut State,
        assignment: &Assignment,
        set: &mut Vec<(String, Word)>,
    ) {
        let name = &assignment.name;
        if let Some(subscript) = &assignment.subscript {
            self.arrays.insert(name.clone());
            let word = self.single(state, subscript, false);
            self.subscript_word(state, &word);
        }
        let value = match &assignment.value {
            AssignedValue::Scalar(parts) => {
                let mut word = self.single(state, parts, true);
                if assignment.append {
                    self.shows(state, name, false);
                    let before = match state.value(name).scalars().as_slice() {
                        [value] => value.clone(),
                        _ => vec![unknown("what was there before")],
                    };
                    word.pieces = [before, word.pieces].concat();
                }
                if size(&word.pieces) > LARGEST_VALUE {
                    self.doubt(DoubtKind::Unreadable, "a value is too long");
                    word.pieces = vec![unknown("a value that is too long")];
                }
                set.push((name.clone(), word.clone()));
                Value::Scalar(vec![word.pieces])
            }
            AssignedValue::Array { elements, keyed } => {
                self.arrays.insert(name.clone());
                let mut words = Vec::new();
                if assignment.append {
                    match &*state.value(name) {
                        Value::Array(before) => words.extend(before.iter().cloned()),
                        Value::Scalar(_) => {
                            self.shows(state, name, false);
                            words.push(Word { pieces: vec![unknown("what was there before")] });
                        }
                    }
                    self.spend(words.len());
                }
                for element in elements {
                    words.append(&mut self.fields(state, element));
                    if words.len() > MOST_ELEMENTS {
                        words.truncate(MOST_ELEMENTS);
                        self.dynamic("an array has too many elements");
                        break;
                    }
                }
                for word in &words {
                    set.push((name.clone(), word.clone()));
                }
                if words.is_empty() {
                    set.push((name.clone(), Word::default()));
                }
                if *keyed {
                    for word in &words {
                        self.subscripts(state, word);
                    }
                    Value::unknown("an array with subscripts")
                } else {
                    Value::Array(words)
                }
            }
        };
        let before = assignment.subscript.as_ref().map(|_| state.own(name));
        self.assign_value(state, name, value);
        if let Some(before) = before {
            // The other elements stay what they were.
            state.unsure(name, before, "an array with subscripts");
        }
    }
}

fn is_text(parts: &Parts) -> bool {
    parts.iter().all(|part| matches!(part, Part::Text { .. }))
}

/// Returns true for `name=…` and `name+=…` among the words of a declaration.
fn is_assignment(parts: &Parts) -> bool {
    match parts.first() {
        Some(Part::Text { text, quoted: false }) => text
            .split_once('=')
            .is_some_and(|(name, _)| is_name(name.strip_suffix('+').unwrap_or(name))),
        Some(_) | None => false,
    }
}
