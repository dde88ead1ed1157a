//! The shell's own commands that change what comes after them, or what text means.

use std::rc::Rc;

use crate::facts::shell::call::Around;
use crate::facts::shell::cursor::is_name;
use crate::facts::shell::options::shift;
use crate::facts::shell::read::Dialect;
use crate::facts::shell::simple::DECLARING;
use crate::facts::shell::state::State;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Commands that change how a shell reads what follows.
const CHANGING: [&str; 11] = [
    "autoload",
    "disable",
    "emulate",
    "enable",
    "noglob",
    "nocorrect",
    "setopt",
    "unsetopt",
    "vared",
    "zle",
    "zmodload",
];

impl Walk {
    /// Runs a command that no function stands for.
    pub(crate) fn built_in(&mut self, state: &mut State, words: Vec<Word>, mut around: Around) {
        let texts: Vec<Option<String>> = words.iter().map(|word| literal(&word.pieces)).collect();
        let mut at = 0;
        // `command` and `builtin` only stand in front of another.
        while let Some(Some("command" | "builtin")) = texts.get(at).map(Option::as_deref) {
            at += 1;
            while let Some(Some("-p" | "--")) = texts.get(at).map(Option::as_deref) {
                at += 1;
            }
        }
        let name = texts.get(at).cloned().flatten().unwrap_or_default();
        let arguments = words.get(at + 1..).unwrap_or_default().to_vec();
        let known = texts.get(at + 1..).unwrap_or_default().to_vec();
        if name == "eval" {
            self.evaluate(state, words, &arguments, around);
            return;
        }
        let in_front: Vec<String> =
            around.assignments.iter().map(|(name, _)| name.clone()).collect();
        let separators = if name == "read" { self.separators(state, &mut around) } else { None };
        let no_command = matches!(known.first(), None | Some(None));
        let index = self.push(state, words, around.assignments, around.redirections);
        match name.as_str() {
            "." | "source" => {
                self.dynamic("what a sourced file changes is known only at run time");
                state.forget_all();
            }
            "alias" => self.alias(state, &known),
            // Where there is nothing to leave, the script goes on.
            "break" | "continue" => state.dead |= self.loops > 0 && known.is_empty(),
            "return" => state.dead |= !self.calls.is_empty(),
            "exit" => state.dead = true,
            "exec" if no_command => self.redirect_input(index),
            "exec" => state.dead = true,
            "cd" | "chdir" | "pushd"
                if in_front.iter().any(|name| matches!(name.as_str(), "CDPATH" | "HOME")) =>
            {
                self.enter(state, Word { pieces: vec![unknown("where `cd` goes")] });
            }
            "cd" | "chdir" => self.change_folder(state, &arguments, &known),
            "pushd" | "popd" => self.stack_folder(state, &name, &arguments, &known),
            "jobs"
                if known.iter().any(|word| word.as_deref().is_none_or(|w| w.starts_with("-x"))) =>
            {
                self.dynamic("`jobs` runs a command");
            }
            "compgen" | "complete" | "mapfile" | "readarray" => {
                self.store(state, "MAPFILE", Value::unknown("what is read from the input"));
                self.callback(state, &known);
                self.arrays.extend(known.iter().flatten().filter(|name| is_name(name)).cloned());
                self.names(state, &arguments);
            }
            "read" => self.read_line(state, index, &arguments, &known, separators.as_deref()),
            "getopts" | "wait" | "printf" | "unset" => {
                self.setting(state, &name, &arguments, &known);
            }
            "hash"
                if known.iter().any(|word| word.as_deref().is_none_or(|w| w.starts_with('-'))) =>
            {
                self.dynamic("`hash` may change what a name runs");
            }
            "let" => {
                for word in &arguments {
                    self.arithmetic_word(state, word);
                }
            }
            "set" => self.set_options(state, &arguments, &known),
            "shift" => shift(state, &known),
            "shopt" => self.shell_options(&known),
            "test" | "[" => self.tests(state, &arguments, &known),
            "trap" => self.trap(&known),
            "unalias" => {}
            name if DECLARING.contains(&name) => self.declare(state, name, &arguments, &known),
            name if CHANGING.contains(&name) => {
                self.dynamic("a command changes how the shell reads what follows");
            }
            _ => {}
        }
        // In front of some commands, a variable stays set.
        if matches!(
            name.as_str(),
            "." | ":"
                | "exec"
                | "exit"
                | "export"
                | "readonly"
                | "return"
                | "set"
                | "shift"
                | "source"
                | "trap"
                | "unset"
        ) {
            for name in in_front {
                state.unsure(&name, state.own(&name), "a variable that may stay set");
            }
        }
    }

    /// Reads a text as a script that runs here.
    pub(crate) fn script_text(&mut self, state: &mut State, text: &str) {
        match self.parsed(text) {
            Some(list) => self.list(state, &list),
            None => state.forget_all(),
        }
    }

    fn evaluate(
        &mut self,
        state: &mut State,
        words: Vec<Word>,
        arguments: &[Word],
        around: Around,
    ) {
        let arguments = match arguments.first().and_then(|word| literal(&word.pieces)).as_deref() {
            Some("--") => arguments.get(1..).unwrap_or_default(),
            Some(_) | None => arguments,
        };
        let mut texts = vec![String::new()];
        for (index, word) in arguments.iter().enumerate() {
            let values: Option<Vec<String>> = match word.pieces.as_slice() {
                [Piece::OneOf(values)] if texts.len() * values.len() <= 16 => Some(values.clone()),
                pieces => literal(pieces).map(|text| vec![text]),
            };
            let Some(values) = values else {
                self.dynamic("`eval` of a text that is known only at run time");
                self.push(state, words, around.assignments, around.redirections);
                state.forget_all();
                return;
            };
            let mut all = Vec::new();
            for text in &texts {
                for value in &values {
                    let mut text = text.clone();
                    if index > 0 {
                        text.push(' ');
                    }
                    text.push_str(value);
                    all.push(text);
                }
            }
            texts = all;
        }
        let input = self.input.clone();
        let mut set = Vec::new();
        if !around.assignments.is_empty() || !around.redirections.is_empty() {
            for (name, word) in &around.assignments {
                set.push((name.clone(), state.own(name)));
                state.set(name, Value::Scalar(vec![word.pieces.clone()]));
            }
            let index = self.push(state, Vec::new(), around.assignments, around.redirections);
            self.redirect_input(index);
        }
        let before = state.clone();
        for (index, text) in texts.iter().enumerate() {
            self.spend(text.len());
            let mut way = before.clone();
            self.script_text(&mut way, text);
            if index == 0 { *state = way } else { state.or(&way) }
        }
        for (name, before) in set {
            state.unsure(&name, before, "a variable that may stay set");
        }
        self.input = input;
    }

    fn alias(&mut self, state: &State, known: &[Option<String>]) {
        for word in known {
            match word.as_deref().map(|word| word.split_once('=')) {
                Some(Some((_, text))) => {
                    let mut inner = state.clone();
                    inner.conditions += 1;
                    self.script_text(&mut inner, text);
                }
                Some(None) => {}
                None => self.dynamic("an alias is known only at run time"),
            }
        }
        if self.dialect != Dialect::Bash && !known.is_empty() {
            self.dynamic("an alias changes what a name runs");
        }
    }

    fn trap(&mut self, known: &[Option<String>]) {
        let mut words = known.iter().skip_while(|word| word.as_deref() == Some("--"));
        match words.next() {
            Some(None) => self.dynamic("what a trap runs is known only at run time"),
            Some(Some(text)) if known.len() > 1 && text != "-" => {
                if text.contains(['$', '`']) {
                    self.dynamic("a trap runs with what is known only then");
                }
                if let Some(list) = self.parsed(text) {
                    self.traps.push(Rc::new(list));
                }
            }
            Some(Some(_)) | None => {}
        }
    }

    /// Commands that run their arguments: what can be read of them is.
    fn callback(&mut self, state: &State, known: &[Option<String>]) {
        let mut words = known.iter();
        while let Some(word) = words.next() {
            match word.as_deref() {
                Some("-C") => {
                    self.dynamic("a command is called back");
                    if let Some(Some(text)) = words.next() {
                        let mut inner = state.clone();
                        self.script_text(&mut inner, text);
                    }
                }
                Some(text) if text.contains(['$', '`']) => {
                    let mut inner = state.clone();
                    self.hidden(&mut inner, text);
                    self.dynamic("a text is expanded once more");
                }
                Some(_) | None => {}
            }
        }
    }

    /// `test -v name` evaluates a subscript.
    fn tests(&mut self, state: &mut State, words: &[Word], known: &[Option<String>]) {
        for (index, word) in known.iter().enumerate() {
            let Some("-v" | "-R") = word.as_deref() else { continue };
            if let Some(word) = words.get(index + 1) {
                self.subscripts(state, word);
            }
        }
    }
}
