//! Stores to variables: all ways to set one come through here.

use crate::facts::program::changes_what_runs;
use crate::facts::program::changes_where_to;
use crate::facts::shell::limits::MOST_VARIABLES;
use crate::facts::shell::limits::MOST_WAYS;
use crate::facts::shell::state::State;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::literal;
use crate::facts::shell::walk::Walk;

/// Variables that change how bash itself reads what follows, finds commands or tells folders.
const CHANGING: [&str; 11] = [
    "BASHOPTS",
    "BASH_ALIASES",
    "BASH_ARGV0",
    "BASH_CMDS",
    "BASH_COMPAT",
    "EXECIGNORE",
    "GLOBIGNORE",
    "OLDPWD",
    "POSIXLY_CORRECT",
    "PWD",
    "SHELLOPTS",
];

/// Variables that bash expands once more when it prints them.
const PROMPTS: [&str; 5] = ["PS0", "PS1", "PS2", "PS3", "PS4"];

/// Variables that the shell sets itself, whatever is assigned to them.
const OWN: [&str; 16] = [
    "BASHPID",
    "BASH_COMMAND",
    "BASH_LINENO",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "FUNCNAME",
    "GROUPS",
    "HISTCMD",
    "LINENO",
    "PIPESTATUS",
    "RANDOM",
    "SECONDS",
    "SRANDOM",
];

impl Walk {
    /// Sets a variable by an assignment, which is told with its command.
    pub(crate) fn assign_value(&mut self, state: &mut State, name: &str, value: Value) {
        if CHANGING.contains(&name) {
            self.dynamic("a variable changes how words are read");
        }
        self.prompt(state, name, &value);
        if state.count() > MOST_VARIABLES {
            self.stop("the script sets too many variables");
        }
        let value = if self.fixed.contains(name) {
            state.value(name).or(&value, MOST_WAYS)
        } else if OWN.contains(&name) {
            Value::unknown("a variable that the shell itself sets")
        } else {
            value
        };
        for (_, target) in self.references.iter().filter(|(from, _)| from == name) {
            let either = state.value(target).or(&value, MOST_WAYS);
            state.set(target, either);
        }
        state.set(name, value);
    }

    /// Sets a variable by anything else: no command tells of it.
    pub(crate) fn store(&mut self, state: &mut State, name: &str, value: Value) {
        self.stored(name);
        self.assign_value(state, name, value);
    }

    /// Sets an element of an array: the others stay what they were.
    pub(crate) fn store_element(&mut self, state: &mut State, name: &str) {
        self.arrays.insert(name.to_owned());
        let before = state.own(name);
        self.store(state, name, Value::unknown("an array with subscripts"));
        state.unsure(name, before, "an array with subscripts");
    }

    /// Doubts what follows where a variable is set, or is not any more, that others read.
    pub(crate) fn stored(&mut self, name: &str) {
        let what = if changes_what_runs(name) {
            "` changes what runs"
        } else if changes_where_to(name) {
            "` changes which host is reached"
        } else {
            return;
        };
        self.dynamic(&["variable `", name, what].concat());
    }

    /// Reads what the shell expands or runs on its own, between the commands.
    fn prompt(&mut self, state: &State, name: &str, value: &Value) {
        let runs = name == "PROMPT_COMMAND";
        if !runs && !PROMPTS.contains(&name) {
            return;
        }
        let values = value.scalars();
        let texts: Vec<String> = values.iter().filter_map(|value| literal(value)).collect();
        let plain = |text: &String| !text.contains(['$', '`', '\\']);
        if !runs && texts.len() == values.len() && texts.iter().all(plain) {
            return;
        }
        self.dynamic("a prompt is expanded between the commands");
        for text in &texts {
            let mut inner = state.clone();
            inner.conditions += 1;
            if runs {
                self.script_text(&mut inner, text);
            } else {
                self.hidden(&mut inner, text);
            }
        }
    }
}
