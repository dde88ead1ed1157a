//! `read`: what its variables hold where its input is known.

use std::collections::BTreeSet;

use crate::facts::shell::call::Around;
use crate::facts::shell::cursor::is_name;
use crate::facts::shell::limits::MOST_VALUES;
use crate::facts::shell::script::Redirection;
use crate::facts::shell::script::RedirectionTarget;
use crate::facts::shell::state::State;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::literal;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

impl Walk {
    /// Returns where `read` splits, if that is known. What is set in front of it for that is for
    /// it alone, and no variable that anything else reads.
    pub(crate) fn separators(&self, state: &State, around: &mut Around) -> Option<String> {
        let own = around.assignments.iter().rev().find(|(name, _)| name == "IFS");
        let Some((_, word)) = own else {
            return state.value("IFS").literal();
        };
        let separators = literal(&word.pieces)?;
        around.assignments.retain(|(name, _)| name != "IFS");
        Some(separators)
    }

    /// Runs `read`, which is the command of this number.
    pub(crate) fn read_line(
        &mut self,
        state: &mut State,
        index: usize,
        words: &[Word],
        known: &[Option<String>],
        separators: Option<&str>,
    ) {
        if let Some(values) = self.line_values(index, known, separators) {
            for (name, value) in values {
                self.store(state, &name, value);
            }
            return;
        }
        let reply = self.read_value();
        self.store(state, "REPLY", reply);
        self.names(state, words);
    }

    /// Returns the variables that `read` sets, with what they hold.
    fn line_values(
        &mut self,
        index: usize,
        known: &[Option<String>],
        separators: Option<&str>,
    ) -> Option<Vec<(String, Value)>> {
        let separators = separators?;
        let (mut names, raw) = names(known)?;
        let (text, once) = self.input_text(index)?;
        self.spend(text.len());
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let mut lines: Vec<&str> = text.split('\n').collect();
        if once {
            lines.truncate(1);
        }
        if lines.len() > MOST_VALUES {
            return None;
        }
        let count = names.len();
        let mut values: Vec<Vec<String>> = vec![Vec::new(); count.max(1)];
        for line in &lines {
            let fields = fields(line, separators, count, raw)?;
            for (all, field) in values.iter_mut().zip(fields) {
                all.push(field);
            }
        }
        if !once {
            // Behind the last line there is nothing.
            values.iter_mut().for_each(|all| all.push(String::new()));
        }
        if names.is_empty() {
            names.push("REPLY".to_owned());
        }
        let values = values.into_iter().map(|all| {
            let mut seen = BTreeSet::new();
            for text in all {
                seen.insert(text);
            }
            Value::Scalar(seen.into_iter().map(|text| vec![Piece::Text(text)]).collect())
        });
        Some(names.into_iter().zip(values).collect())
    }

    /// Returns the text that a command reads, and whether it reads it from the start.
    fn input_text(&self, index: usize) -> Option<(String, bool)> {
        let command = self.script.commands.get(index)?;
        if let Some(own) = redirected(&command.redirections) {
            return Some((text_of(own)?, true));
        }
        let [range] = command.input.as_slice() else { return None };
        if range.len() != 1 {
            return None;
        }
        let source = self.script.commands.get(range.start)?;
        let only = |word: &Word| word.literal().is_some_and(|name| name == "exec");
        let text = if source.words.iter().all(only) {
            text_of(redirected(&source.redirections)?)?
        } else {
            self.told_text(source)?
        };
        Some((text, false))
    }
}

/// Returns what the standard input is redirected to.
fn redirected(redirections: &[Redirection]) -> Option<&Redirection> {
    redirections.iter().rev().find(|redirection| redirection.descriptor == Some(0))
}

/// Returns a text that is read, where all of it is known. What could be a folder's name may have
/// been a mark for one.
fn text_of(redirection: &Redirection) -> Option<String> {
    match &redirection.target {
        RedirectionTarget::Text(word) => word.literal().filter(|text| !holds_folder(text)),
        RedirectionTarget::Descriptor(_) | RedirectionTarget::Path(_) => None,
    }
}

/// Returns true where a text may hold the home folder or the working directory.
pub(crate) fn holds_folder(text: &str) -> bool {
    text.contains('~') || text.starts_with('.') && text.contains("./")
}

/// Returns the names that `read` is given, and whether backslashes are characters like others.
fn names(known: &[Option<String>]) -> Option<(Vec<String>, bool)> {
    let mut raw = false;
    let mut names = Vec::new();
    let mut words = known.iter();
    while let Some(word) = words.next() {
        let word = word.as_deref()?;
        match word.strip_prefix('-') {
            Some("-") if names.is_empty() => {}
            Some("p") if names.is_empty() => {
                words.next();
            }
            Some(options) if names.is_empty() && options.bytes().all(|b| b"ers".contains(&b)) => {
                raw |= options.contains('r');
            }
            Some(_) => return None,
            None => names.push(Some(word.to_owned()).filter(|name| is_name(name))?),
        }
    }
    Some((names, raw))
}

/// Splits a line for so many names, or for none.
fn fields(line: &str, separators: &str, names: usize, raw: bool) -> Option<Vec<String>> {
    if !raw && line.contains('\\') {
        return None;
    }
    if names == 0 {
        return Some(vec![line.to_owned()]);
    }
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
    if line.contains(|c: char| separators.contains(c) && !blank(c)) {
        return None;
    }
    let separates = |c: char| separators.contains(c);
    let mut rest = line.trim_matches(separates);
    let mut fields = Vec::new();
    while fields.len() + 1 < names {
        let (field, behind) = rest.split_once(separates).unwrap_or((rest, ""));
        fields.push(field.to_owned());
        rest = behind.trim_start_matches(separates);
    }
    fields.push(rest.to_owned());
    Some(fields)
}
