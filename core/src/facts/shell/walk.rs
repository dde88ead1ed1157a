//! The walk through a script: what runs where, with what is known by then.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use crate::facts::shell::assigned::Assigned;
use crate::facts::shell::limits::MOST_BODIES;
use crate::facts::shell::limits::MOST_READINGS;
use crate::facts::shell::read::Dialect;
use crate::facts::shell::script::Script;
use crate::facts::shell::simple::plain;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::AndOr;
use crate::facts::shell::tree::AssignedValue;
use crate::facts::shell::tree::Assignment;
use crate::facts::shell::tree::Command;
use crate::facts::shell::tree::Joint;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::List;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::tree::Pipeline;
use crate::facts::shell::tree::Redirect;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::unknown;
use crate::facts::word::Word;

/// How deep what runs may be nested, counted over functions and texts that are evaluated too.
const DEEPEST_WALK: usize = 64;

/// Walks through a script and gathers its commands.
pub(crate) struct Walk {
    pub(crate) script: Script,
    pub(crate) dialect: Dialect,
    pub(crate) steps: usize,
    /// How far the parser has looked ahead.
    pub(crate) ahead: usize,
    pub(crate) depth: usize,
    /// It is over a limit: nothing more is gathered.
    pub(crate) stopped: bool,
    /// Substitutions of nothing that have been read: few people write them.
    pub(crate) blanks: usize,
    /// Where variables have values that fit into no single word: which of them is read now, how
    /// many there are, and whether a command that is around this one goes through them.
    pub(crate) reading: usize,
    pub(crate) readings: usize,
    pub(crate) reads_each: bool,
    /// The variables of this command that have several values.
    pub(crate) several: BTreeSet<String>,
    pub(crate) functions: Rc<BTreeMap<String, Function>>,
    pub(crate) calls: Vec<String>,
    /// How many loops there are around, within the function.
    pub(crate) loops: usize,
    /// The variables that are local to each call, with what they were before.
    pub(crate) locals: Vec<Locals>,
    pub(crate) traps: Vec<Rc<List>>,
    /// The variables that cannot be set any more, so that setting them may fail.
    pub(crate) fixed: BTreeSet<String>,
    /// The variables that stand for others, with those.
    pub(crate) references: Vec<(String, String)>,
    /// The descriptors that lead to what commands put out.
    pub(crate) pipes: Vec<(u32, Range<usize>)>,
    /// The variables that may be arrays.
    pub(crate) arrays: BTreeSet<String>,
    /// What the commands here read from.
    pub(crate) input: Vec<Range<usize>>,
    pub(crate) background: bool,
    /// The commands that read what the command at hand writes.
    pub(crate) readers: Vec<Range<usize>>,
    pub(crate) extended: bool,
}

/// A function of the script.
#[derive(Clone, Debug, Default)]
pub(crate) struct Function {
    /// All that it has been defined as.
    pub(crate) bodies: Vec<Rc<Command>>,
    /// It is certainly defined, and only once.
    pub(crate) certain: bool,
    pub(crate) called: bool,
}

/// The variables that are local to a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locals {
    /// How many conditions there were around the call.
    pub(crate) conditions: usize,
    pub(crate) variables: Vec<Local>,
}

/// A local variable.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) name: String,
    pub(crate) before: Option<Rc<Value>>,
    /// It is local on every way through the function.
    pub(crate) certain: bool,
}

impl Walk {
    /// Starts with nothing seen.
    pub(crate) fn new(dialect: Dialect, extended: bool) -> Self {
        let mut script = Script::default();
        script.folders.push(Vec::new());
        Self {
            script,
            dialect,
            steps: 0,
            ahead: 0,
            depth: 0,
            stopped: false,
            reading: 0,
            blanks: 0,
            readings: 1,
            reads_each: false,
            several: BTreeSet::new(),
            functions: Rc::default(),
            calls: Vec::new(),
            loops: 0,
            locals: Vec::new(),
            traps: Vec::new(),
            fixed: BTreeSet::new(),
            references: Vec::new(),
            pipes: Vec::new(),
            arrays: BTreeSet::new(),
            input: Vec::new(),
            background: false,
            readers: Vec::new(),
            extended,
        }
    }

    /// Does something for each way to read the variables in it.
    pub(crate) fn each(&mut self, state: &mut State, run: &mut dyn FnMut(&mut Self, &mut State)) {
        if self.reads_each {
            run(self, state);
            return;
        }
        self.reads_each = true;
        self.readings = 1;
        let before = state.clone();
        run(self, state);
        let mut next = 1;
        while next < self.readings.min(MOST_READINGS) && !self.stopped {
            self.reading = next;
            let mut other = before.clone();
            run(self, &mut other);
            self.spend(state.size() + other.size());
            state.or(&other);
            next += 1;
        }
        if self.several.len() > 1 {
            self.dynamic("several variables of a command have several values");
        }
        self.several.clear();
        self.reading = 0;
        self.readings = 1;
        self.reads_each = false;
    }

    /// Walks through a list.
    pub(crate) fn list(&mut self, state: &mut State, list: &List) {
        if self.depth >= DEEPEST_WALK {
            self.stop("the script is nested too deeply");
            return;
        }
        self.depth += 1;
        for item in &list.items {
            if self.stopped {
                break;
            }
            self.spend(1);
            if item.background {
                let mut inner = state.clone();
                inner.conditions += 1;
                let outer = std::mem::replace(&mut self.background, true);
                self.and_or(&mut inner, item);
                self.background = outer;
            } else {
                self.and_or(state, item);
            }
        }
        self.depth -= 1;
    }

    fn and_or(&mut self, state: &mut State, item: &AndOr) {
        self.pipeline(state, &item.first);
        if item.rest.is_empty() {
            state.settle();
            return;
        }
        let (mut good, mut bad) = ways(state, item.first.negated);
        for (joint, pipeline) in &item.rest {
            let from = match joint {
                Joint::And => &good,
                Joint::Or => &bad,
            };
            let mut ran = from.clone();
            ran.conditions += 1;
            self.pipeline(&mut ran, pipeline);
            ran.conditions -= 1;
            self.spend(ran.size());
            let (ran_well, ran_badly) = ways(&ran, pipeline.negated);
            match joint {
                Joint::And => {
                    good = ran_well;
                    bad.or(&ran_badly);
                }
                Joint::Or => {
                    good.or(&ran_well);
                    bad = ran_badly;
                }
            }
        }
        good.or(&bad);
        *state = good;
    }

    fn pipeline(&mut self, state: &mut State, pipeline: &Pipeline) {
        let [stage] = pipeline.stages.as_slice() else {
            let outer = self.input.clone();
            let mut last = None;
            for stage in &pipeline.stages {
                if self.stopped {
                    break;
                }
                let start = self.script.commands.len();
                let mut inner = state.clone();
                inner.conditions += 1;
                self.command(&mut inner, stage);
                let stage = start..self.script.commands.len();
                self.input = Vec::from([stage]);
                inner.conditions -= 1;
                last = Some(inner);
            }
            self.input = outer;
            // Some shells run the last one themselves.
            if let Some(last) = last.filter(|_| self.dialect != Dialect::Bash) {
                state.or(&last);
            }
            return;
        };
        self.command(state, stage);
    }

    /// Walks through a command.
    pub(crate) fn command(&mut self, state: &mut State, command: &Command) {
        if self.stopped {
            return;
        }
        if let Kind::Simple { assignments, words } = &command.kind {
            if self.functions.is_empty() && is_constant(assignments, words, &command.redirections) {
                self.simple(state, assignments, words, &command.redirections);
                return;
            }
            self.each(state, &mut |walk, state| {
                walk.simple(state, assignments, words, &command.redirections);
            });
            return;
        }
        let outer = self.input.clone();
        if !command.redirections.is_empty() {
            self.each(state, &mut |walk, state| {
                walk.redirect_group(state, &command.redirections);
            });
        }
        let start = self.script.commands.len();
        let readers = std::mem::take(&mut self.readers);
        self.compound(state, &command.kind);
        for range in readers {
            self.feed(range, start..self.script.commands.len());
        }
        self.input = outer;
    }

    /// Runs something in a shell of its own; returns its commands.
    pub(crate) fn subshell(&mut self, state: &State, list: &List) -> Range<usize> {
        let start = self.script.commands.len();
        let mut inner = state.clone();
        inner.conditions += 1;
        let readers = std::mem::take(&mut self.readers);
        self.list(&mut inner, list);
        self.readers = readers;
        start..self.script.commands.len()
    }

    /// Makes ready for a loop: what its body changes is not known at its start.
    pub(crate) fn enter_loop(&mut self, state: &mut State, assigned: &Assigned) {
        for (name, body) in &assigned.functions {
            self.define(state, name, body, false);
        }
        if assigned.everything {
            state.forget_all();
        }
        assigned.forget(state);
        if assigned.moves {
            let step = Word { pieces: vec![unknown("the working directory in a loop")] };
            let folder = self.folder(vec![step]);
            state.moved();
            state.add_folders(&[folder]);
        }
        self.spend(state.size() + assigned.names.len());
    }

    /// Returns the number of a working directory.
    pub(crate) fn folder(&mut self, steps: Vec<Word>) -> usize {
        let folders = &mut self.script.folders;
        if let Some(found) = folders.iter().position(|folder| *folder == steps) {
            return found;
        }
        if folders.len() >= 256 {
            self.stop("the script goes to too many working directories");
            return 0;
        }
        folders.push(steps);
        folders.len() - 1
    }

    /// Defines a function.
    pub(crate) fn define(&mut self, state: &State, name: &str, body: &Rc<Command>, here: bool) {
        let functions = Rc::make_mut(&mut self.functions);
        let function = functions.entry(name.to_owned()).or_default();
        if function.bodies.iter().any(|known| Rc::ptr_eq(known, body)) {
            return;
        }
        if function.bodies.len() >= MOST_BODIES {
            self.stop("a function is defined too often");
            return;
        }
        function.certain = here && state.conditions == 0 && function.bodies.is_empty();
        function.bodies.push(Rc::clone(body));
    }
}

/// Returns true where there is nothing to expand that could have several values.
fn is_constant(assignments: &[Assignment], words: &[Parts], redirections: &[Redirect]) -> bool {
    let text = |parts: &Parts| parts.iter().all(|part| matches!(part, Part::Text { .. }));
    // `eval` reads its text as a script.
    redirections.is_empty()
        && words.iter().all(text)
        && words.first().is_none_or(|word| plain(word).is_some_and(|name| name != "eval"))
        && assignments.iter().all(|assignment| match &assignment.value {
            AssignedValue::Scalar(parts) => text(parts) && assignment.subscript.is_none(),
            AssignedValue::Array { .. } => false,
        })
}

/// Returns what is known where a command went well, and where it did not.
fn ways(state: &State, negated: bool) -> (State, State) {
    let mut good = state.clone();
    let mut bad = state.clone();
    good.otherwise = None;
    if let Some(folders) = bad.otherwise.take() {
        bad.folders = folders;
    }
    if negated { (bad, good) } else { (good, bad) }
}
