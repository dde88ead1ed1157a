//! The shell's own commands that change what comes after them, or what text means.

use std::rc::Rc;

use crate::facts::shell::call::Around;
use crate::facts::shell::cursor::is_name;
use crate::facts::shell::limits::MOST_FOLDERS;
use crate::facts::shell::script::DoubtKind;
use crate::facts::shell::simple::DECLARING;
use crate::facts::shell::state::State;
use crate::facts::shell::substitute::is_many;
use crate::facts::shell::value::HOME;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Local;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Options of `set` that change nothing about what runs with which words.
const SETTINGS: &str = "abehmuvxCEHPT";

/// Commands that change how a shell reads what follows.
const CHANGING: [&str; 11] = [
    "autoload", "disable", "emulate", "enable", "noglob", "nocorrect", "setopt", "unsetopt", "vared",
    "zle", "zmodload",
];

impl Walk {
    /// Runs a command that no function stands for.
    pub(crate) fn built_in(&mut self, state: &mut State, words: Vec<Word>, around: Around) {
        let texts: Vec<Option<String>> =
            words.iter().map(|word| literal(&word.pieces)).collect();
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
        let in_front: Vec<String> = around.assignments.iter().map(|(name, _)| name.clone()).collect();
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
            "compgen" | "complete" | "mapfile" | "readarray" => {
                self.callback(state, &known);
                self.names(state, &arguments);
            }
            "getopts" | "read" | "wait" | "printf" | "unset" => {
                self.setting(state, &name, &arguments, &known);
            }
            "hash" if known.iter().any(|word| word.as_deref().is_none_or(|w| w.starts_with('-'))) => {
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
            "." | ":" | "exec" | "exit" | "export" | "readonly" | "return" | "set" | "shift" | "source"
                | "trap" | "unset"
        ) {
            for name in in_front {
                state.set(&name, Value::unknown("a variable that may stay set"));
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

    fn evaluate(&mut self, state: &mut State, words: Vec<Word>, arguments: &[Word], around: Around) {
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
                state.set(name, Value::Scalar(vec![word.pieces.clone()]));
                set.push(name.clone());
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
        for name in set {
            state.set(&name, Value::unknown("a variable that may stay set"));
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
        if self.dialect != crate::facts::shell::read::Dialect::Bash && !known.is_empty() {
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

    fn change_folder(&mut self, state: &mut State, words: &[Word], known: &[Option<String>]) {
        let mut at = 0;
        while let Some(Some(option)) = known.get(at) {
            let options = option.strip_prefix('-').filter(|options| !options.is_empty());
            let Some(options) = options else { break };
            at += 1;
            if options == "-" {
                break;
            }
            if !options.bytes().all(|byte| b"LPe@".contains(&byte)) {
                return self.enter(state, Word { pieces: vec![unknown("where `cd` goes")] });
            }
        }
        let step = match (words.get(at), known.get(at).cloned().flatten().as_deref()) {
            (None, _) => Word { pieces: state.value("HOME").scalars().pop().unwrap_or_default() },
            (Some(_), Some("-")) => Word { pieces: vec![unknown("the working directory before")] },
            (Some(_), Some("")) => return,
            (Some(word), _) => word.clone(),
        };
        let one = words.len() <= at + 1;
        if !one || is_many(&step) || state.is_set("CDPATH") {
            let step = if one && !state.is_set("CDPATH") {
                step
            } else {
                Word { pieces: vec![unknown("where `cd` goes")] }
            };
            return self.enter(state, step);
        }
        self.enter(state, step);
    }

    fn stack_folder(
        &mut self,
        state: &mut State,
        name: &str,
        words: &[Word],
        known: &[Option<String>],
    ) {
        let step = match (words, known) {
            ([word], [text]) if name == "pushd" => {
                let plain = text.as_deref().is_none_or(|text| !text.starts_with(['+', '-']));
                plain.then(|| word.clone())
            }
            _ => None,
        };
        let unknown_step = || Word { pieces: vec![unknown("where the stack of folders leads")] };
        self.enter(state, step.unwrap_or_else(unknown_step));
    }

    /// Goes to a folder; where that fails, stays.
    fn enter(&mut self, state: &mut State, step: Word) {
        let here = step.literal().is_some_and(|text| {
            text.strip_prefix(crate::facts::shell::value::HERE).is_some_and(str::is_empty)
        });
        if here {
            return;
        }
        let step = Word { pieces: crate::facts::shell::field::resolved(step.pieces) };
        let absolute = step.known_start().starts_with(['/', '~', HOME]);
        let before = Rc::clone(&state.folders);
        let mut after = Vec::new();
        for folder in before.iter() {
            let mut steps = match self.script.folders.get(*folder) {
                Some(steps) if !absolute => steps.clone(),
                Some(_) | None => Vec::new(),
            };
            if steps.len() > 24 {
                self.stop("the script goes too deep into folders");
                return;
            }
            steps.push(step.clone());
            let folder = self.folder(steps);
            if !after.contains(&folder) {
                after.push(folder);
            }
        }
        if before.len() + after.len() > MOST_FOLDERS * 2 {
            self.doubt(DoubtKind::Dynamic, "many working directories are possible");
            let step = Word { pieces: vec![unknown("one of many working directories")] };
            after = vec![self.folder(vec![step])];
        }
        state.folders = Rc::new(after);
        state.otherwise = Some(before);
        state.moved();
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

    /// Commands that set the variables that they name to what is not known.
    fn names(&mut self, state: &mut State, words: &[Word]) {
        for word in words {
            self.subscripts(state, word);
            match word.literal() {
                Some(name) if is_name(&name) => {
                    let value = self.from_input();
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

    fn setting(
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
                            state.set(&name, value);
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
                            let value = if name == "IFS" {
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
                    state.set(name, Value::unknown("what an option has given"));
                }
                self.names(state, words.get(1..2).unwrap_or_default());
            }
            "wait" => {
                if known.iter().any(|word| word.as_deref().is_none_or(|word| word.starts_with("-p"))) {
                    self.names(state, words);
                }
            }
            _ => {
                let reply = self.from_input();
                state.set("REPLY", reply);
                self.names(state, words);
            }
        }
    }

    fn set_options(&mut self, state: &mut State, words: &[Word], known: &[Option<String>]) {
        const FINE: [&str; 14] = [
            "allexport", "braceexpand", "emacs", "errexit", "errtrace", "functrace", "hashall",
            "monitor", "noclobber", "nounset", "pipefail", "verbose", "vi", "xtrace",
        ];
        let mut at = 0;
        while let Some(word) = known.get(at) {
            let Some(word) = word.as_deref() else {
                self.dynamic("the options of `set` are known only at run time");
                state.arguments = None;
                return;
            };
            if matches!(word, "--" | "-") {
                at += 1;
                if word == "--" || known.len() > at {
                    state.arguments =
                        Some(Rc::new(words.get(at..).unwrap_or_default().to_vec()));
                }
                return;
            }
            let Some(options) = word.strip_prefix(['-', '+']).filter(|rest| !rest.is_empty()) else {
                state.arguments = Some(Rc::new(words.get(at..).unwrap_or_default().to_vec()));
                return;
            };
            at += 1;
            for option in options.chars() {
                if option == 'o' {
                    match known.get(at).cloned().flatten() {
                        Some(name) if FINE.contains(&name.as_str()) && (name != "braceexpand" || word.starts_with('-')) => {}
                        None if known.len() <= at => {}
                        Some(_) | None => self.dynamic("`set` changes how words are read"),
                    }
                    at += 1;
                } else if !SETTINGS.contains(option) && !(option == 'B' && word.starts_with('-')) {
                    self.dynamic("`set` changes how words are read");
                }
            }
        }
    }

    fn shell_options(&mut self, known: &[Option<String>]) {
        const FINE: [&str; 9] = [
            "-q", "-s", "-u", "-p", "failglob", "globstar", "inherit_errexit", "nullglob", "checkwinsize",
        ];
        let sets = known.iter().any(|word| {
            word.as_deref().is_none_or(|word| word.starts_with('-') && word.contains(['s', 'u', 'o']))
        });
        let fine = known.iter().all(|word| {
            word.as_deref().is_some_and(|word| FINE.contains(&word))
        });
        if sets && !fine {
            self.dynamic("`shopt` changes how words are read");
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

    fn declare(
        &mut self,
        state: &mut State,
        name: &str,
        words: &[Word],
        known: &[Option<String>],
    ) {
        let mut arrays = false;
        let mut global = false;
        let mut functions = false;
        for (word, text) in words.iter().zip(known) {
            let start = word.known_start();
            if let Some(options) = text.as_deref().and_then(|text| text.strip_prefix(['-', '+'])) {
                for option in options.chars() {
                    match option {
                        'a' | 'A' => arrays = true,
                        'g' => global = true,
                        'f' | 'F' => functions = true,
                        'p' | 'r' | 'x' | '-' => {}
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
            if !global && matches!(name, "local" | "declare" | "typeset") {
                self.make_local(state, &variable);
            }
            match value {
                Some(_) if append || arrays => {
                    state.set(&variable, Value::unknown("a variable that is declared with more"));
                }
                Some(_) if name == "local" && self.calls.is_empty() => {
                    state.set(&variable, Value::unknown("a variable that is local to nothing"));
                }
                Some(rest) => {
                    let mut pieces = word.pieces.clone();
                    if let Some(Piece::Text(text)) = pieces.first_mut() {
                        *text = rest;
                    }
                    state.set(&variable, Value::Scalar(vec![pieces]));
                }
                None if name == "local" && !arrays && !is_array(state, &variable) => {
                    let before = state.value(&variable);
                    let unset = Value::Scalar(vec![Vec::new()]);
                    state.set(&variable, before.or(&unset, crate::facts::shell::limits::MOST_WAYS));
                }
                None => {}
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

fn shift(state: &mut State, known: &[Option<String>]) {
    let count = match known {
        [] => Some(1),
        [Some(text)] => text.parse::<usize>().ok(),
        _ => None,
    };
    let Some(words) = state.arguments.take() else { return };
    let Some(count) = count else { return };
    let first = words.get(..count.min(words.len())).unwrap_or_default();
    state.arguments = if Walk::are_many(first) {
        Some(words)
    } else if count > words.len() {
        // It fails, and nothing is shifted.
        Some(words)
    } else {
        Some(Rc::new(words.get(count..).unwrap_or_default().to_vec()))
    };
}

/// Returns what `printf -v` sets, as far as that is plain.
fn printed_value(known: &[Option<String>]) -> Value {
    match known {
        [Some(format)] if !format.contains(['%', '\\']) => Value::text(format),
        [Some(format), Some(text)] if format == "%s" => Value::text(text),
        _ => Value::unknown("what `printf` has set"),
    }
}
