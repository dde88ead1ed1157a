//! From text to what it would run.

use crate::facts::shell::limits::LONGEST;
use crate::facts::shell::loose::loosely;
use crate::facts::shell::marks::hidden;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::script::DoubtKind;
use crate::facts::shell::script::Script;
use crate::facts::shell::script::ScriptDoubt;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::List;
use crate::facts::shell::value::Value;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Word;

/// Which shell reads a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// bash.
    #[default]
    Bash,
    /// `sh` and `dash`, which may be bash or know much less.
    Posix,
    /// zsh and ksh, whose expansions are others.
    Zsh,
}

/// Returns what a shell would do with `text`; never fails.
///
/// `arguments` are `$0` and what follows it, as behind `bash -c text`: none at all where they are
/// not known; with an empty list there are no arguments.
pub(crate) fn read(text: &str, dialect: Dialect, arguments: Option<&[Word]>) -> Script {
    if let Some(reason) = hidden(text) {
        return unreadable(text, reason);
    }
    if text.len() > LONGEST {
        return unreadable(text, "the script is too long");
    }
    let extended = text.contains("extglob");
    let mut walk = Walk::new(dialect, extended);
    let mut state = State::new(arguments);
    let Some(list) = walk.parsed(text) else {
        let mut script = loosely(text);
        script.doubts.splice(0..0, walk.script.doubts);
        return script;
    };
    if dialect != Dialect::Bash {
        for name in ["EUID", "LINENO", "PPID", "RANDOM", "SECONDS", "UID"] {
            state.set(name, Value::unknown("a variable of another shell"));
        }
    }
    walk.list(&mut state, &list);
    walk.finish(&mut state);
    let mut script = walk.script;
    if dialect == Dialect::Zsh && !is_plain(text) {
        script.doubts.push(ScriptDoubt {
            kind: DoubtKind::Dynamic,
            reason: "this shell expands words in ways of its own".to_owned(),
        });
    }
    if walk.stopped {
        // What it has seen so far is kept; the rest is read loosely.
        script.commands.append(&mut loosely(text).commands);
    }
    script
}

fn unreadable(text: &str, reason: &str) -> Script {
    let mut script = loosely(text);
    script.doubts.push(ScriptDoubt { kind: DoubtKind::Unreadable, reason: reason.to_owned() });
    script
}

/// Returns true where all shells read a text alike.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b" \t\n'\"_-./:,@%+;|&><".contains(&byte))
        && !text.contains("<(")
        && !text.contains(">(")
}

impl Walk {
    /// Parses a text; where that fails, tells so and gathers what can be seen in it.
    pub(crate) fn parsed(&mut self, text: &str) -> Option<List> {
        let mut parser = Parser::new(text, self.depth, self.ahead, self.extended);
        let result = parser.script();
        self.ahead = parser.cursor.steps;
        let notes = parser.notes;
        for doubt in notes.doubts {
            self.dynamic(doubt);
        }
        if notes.only_bash && self.dialect == Dialect::Posix {
            self.dynamic("not every shell reads this as bash does");
        }
        match result {
            Ok(list) => Some(list),
            Err(reason) => {
                self.doubt(DoubtKind::Unreadable, reason.0);
                if self.depth > 0 {
                    let offset = self.script.commands.len();
                    for mut command in loosely(text).commands {
                        for range in &mut command.input {
                            *range = range.start + offset..range.end + offset;
                        }
                        self.script.commands.push(command);
                    }
                    self.spend(text.len());
                }
                None
            }
        }
    }

    /// Gathers what is expanded in a text that a command evaluates.
    pub(crate) fn hidden(&mut self, state: &mut State, text: &str) {
        if !text.contains(['$', '`']) || self.depth > 48 {
            return;
        }
        self.spend(text.len());
        let mut parser = Parser::new(text, self.depth, self.ahead, self.extended);
        let result = parser.document_text();
        self.ahead = parser.cursor.steps;
        match result {
            Ok(parts) => {
                self.depth += 1;
                self.single(state, &parts, false);
                self.depth -= 1;
            }
            Err(reason) => self.doubt(DoubtKind::Unreadable, reason.0),
        }
    }

    /// Gathers what runs at the end, and what something else may run.
    fn finish(&mut self, state: &mut State) {
        let mut traps = std::mem::take(&mut self.traps);
        while let Some(list) = traps.pop() {
            let mut inner = state.clone();
            let all: Vec<usize> = (0..self.script.folders.len()).collect();
            inner.add_folders(&all);
            inner.dead = false;
            self.list(&mut inner, &list);
        }
        self.uncalled(state);
    }
}
