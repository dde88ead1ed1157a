//! Compound commands: which ways there are through them.

use std::rc::Rc;

use crate::facts::shell::assigned::Assigned;
use crate::facts::shell::limits::DEEPEST_CALL;
use crate::facts::shell::limits::MOST_VALUES;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Arm;
use crate::facts::shell::tree::Command;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::List;
use crate::facts::shell::tree::Operation;
use crate::facts::shell::tree::Parameter;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::tree::Test;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Locals;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// The tests of `[[` that take their operands for arithmetic.
const COMPARING: [&str; 6] = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

impl Walk {
    /// Walks through a compound command.
    pub(crate) fn compound(&mut self, state: &mut State, kind: &Kind) {
        match kind {
            Kind::Simple { .. } => {}
            Kind::Arithmetic(parts) => self.each(state, &mut |walk, state| {
                walk.arithmetic(state, parts);
                let text = walk.single(state, parts, false);
                walk.push(state, vec![Word::text("(("), text], Vec::new(), Vec::new());
            }),
            Kind::Case { subject, arms } => self.case(state, subject, arms),
            Kind::Conditional(tests) => {
                self.each(state, &mut |walk, state| walk.conditional(state, tests));
            }
            Kind::Coproc { name, body } => self.coproc(state, name.as_deref(), body),
            Kind::For { name, words, body, select } => {
                self.for_loop(state, name, words.as_deref(), body, *select);
            }
            Kind::ForArithmetic { head, body } => self.arithmetic_for(state, head, body),
            Kind::Function { name, body } => {
                let fresh = state.conditions == 0;
                self.define(state, name, body, fresh);
            }
            Kind::Group(list) => self.list(state, list),
            Kind::If { branches, otherwise } => {
                self.conditions(state, branches, otherwise.as_ref())
            }
            Kind::Loop { condition, body } => {
                let mut assigned = Assigned::new(&self.functions);
                assigned.list(condition);
                assigned.list(body);
                self.spend(assigned.steps);
                self.enter_loop(state, &assigned);
                self.list(state, condition);
                let mut end = state.clone();
                end.conditions += 1;
                self.looped(&mut end, body);
                end.conditions -= 1;
                self.spend(state.size());
                state.or(&end);
            }
            Kind::Subshell(list) => {
                self.subshell(state, list);
            }
        }
    }

    fn conditions(
        &mut self,
        state: &mut State,
        branches: &[(List, List)],
        otherwise: Option<&List>,
    ) {
        let mut after: Option<State> = None;
        let outer = state.conditions;
        for (condition, body) in branches {
            self.list(state, condition);
            state.conditions = outer + 1;
            let mut way = state.clone();
            self.list(&mut way, body);
            self.spend(state.size() + way.size());
            match &mut after {
                Some(after) => after.or(&way),
                None => after = Some(way),
            }
        }
        if let Some(list) = otherwise {
            self.list(state, list);
        }
        if let Some(after) = after {
            state.or(&after);
        }
        state.conditions = outer;
    }

    fn case(&mut self, state: &mut State, subject: &Parts, arms: &[Arm]) {
        let outer = state.conditions;
        self.each(state, &mut |walk, state| {
            walk.single(state, subject, false);
        });
        state.conditions += 1;
        let before = state.clone();
        let mut fallen: Option<State> = None;
        for arm in arms {
            let mut way = before.clone();
            for pattern in &arm.patterns {
                self.each(&mut way, &mut |walk, way| {
                    walk.single(way, pattern, false);
                });
            }
            if let Some(fallen) = fallen.take() {
                way.or(&fallen);
            }
            self.list(&mut way, &arm.body);
            self.spend(state.size() + way.size());
            state.or(&way);
            if arm.falls {
                fallen = Some(way);
            }
        }
        state.conditions = outer;
    }

    fn for_loop(
        &mut self,
        state: &mut State,
        name: &str,
        words: Option<&[Parts]>,
        body: &List,
        select: bool,
    ) {
        let mut values: Vec<Word> = Vec::new();
        let arguments = [vec![Part::Parameter {
            parameter: Box::new(Parameter {
                name: "@".to_owned(),
                braced: true,
                indirect: false,
                subscript: None,
                operation: Operation::None,
            }),
            quoted: true,
        }]];
        let words = words.unwrap_or(&arguments);
        self.each(state, &mut |walk, state| {
            for word in words {
                let found = walk.fields(state, word);
                walk.spend(found.len());
                values.extend(found);
            }
        });
        let before = state.clone();
        let mut assigned = Assigned::new(&self.functions);
        assigned.list(body);
        self.spend(assigned.steps);
        self.enter_loop(state, &assigned);
        let mut value = Value::Scalar(Vec::new());
        let mut all: Vec<Vec<_>> = values.into_iter().map(|word| word.pieces).collect();
        if all.len() > MOST_VALUES {
            value = Value::unknown("a variable with too many values");
        } else if !all.is_empty() {
            if select {
                all.push(Vec::new());
            }
            value = Value::Scalar(all);
        }
        if assigned.everything && select {
            value = Value::unknown("the variable of a loop");
        }
        self.store(state, name, value);
        if select {
            self.store(state, "REPLY", Value::unknown("what is read from the input"));
        }
        state.conditions += 1;
        self.looped(state, body);
        state.conditions -= 1;
        state.or(&before);
        if !assigned.names.is_empty() {
            // Where the loop is left early, they may be anything that they were on the way.
            assigned.forget(state);
        }
    }

    fn arithmetic_for(&mut self, state: &mut State, head: &[Parts], body: &List) {
        let mut assigned = Assigned::new(&self.functions);
        for parts in head.iter().skip(1) {
            assigned.arithmetic(parts);
        }
        assigned.list(body);
        self.spend(assigned.steps);
        let run = |walk: &mut Self, state: &mut State, index: usize| {
            if let Some(parts) = head.get(index) {
                walk.each(state, &mut |walk, state| {
                    if !parts.is_empty() {
                        walk.arithmetic(state, parts);
                    }
                });
            }
        };
        run(self, state, 0);
        self.enter_loop(state, &assigned);
        run(self, state, 1);
        let mut end = state.clone();
        end.conditions += 1;
        self.looped(&mut end, body);
        run(self, &mut end, 2);
        end.conditions -= 1;
        state.or(&end);
    }

    fn looped(&mut self, state: &mut State, body: &List) {
        self.loops += 1;
        self.list(state, body);
        self.loops -= 1;
    }

    fn coproc(&mut self, state: &mut State, name: Option<&str>, body: &Command) {
        let mut inner = state.clone();
        inner.conditions += 1;
        let outer = std::mem::replace(&mut self.background, true);
        let input = std::mem::take(&mut self.input);
        self.command(&mut inner, body);
        self.input = input;
        self.background = outer;
        let name = name.unwrap_or("COPROC");
        self.arrays.insert(name.to_owned());
        self.store(state, name, Value::unknown("the pipes of a coprocess"));
        self.store(state, &[name, "_PID"].concat(), Value::Scalar(vec![vec![natural()]]));
    }

    fn conditional(&mut self, state: &mut State, tests: &[Test]) {
        // What stands behind `&&` and `||` may be left out.
        let joined = |test: &Test| matches!(test, Test::Operator("&&" | "||"));
        let before = tests.iter().any(joined).then(|| state.clone());
        let mut words = vec![Word::text("[[")];
        let mut arithmetic = Vec::new();
        for (index, test) in tests.iter().enumerate() {
            match test {
                Test::Operator(operator) => words.push(Word::text(*operator)),
                Test::Word(parts) => {
                    let word = self.single(state, parts, false);
                    let literal = word.literal();
                    match literal.as_deref() {
                        Some(operator) if COMPARING.contains(&operator) => {
                            arithmetic.extend([index, index + 2]);
                        }
                        Some("-v" | "-R") => arithmetic.push(usize::MAX - index),
                        Some("=~") => {
                            self.store(
                                state,
                                "BASH_REMATCH",
                                Value::unknown("what a pattern has found"),
                            );
                        }
                        Some(_) | None => {}
                    }
                    words.push(word);
                }
            }
        }
        for index in arithmetic {
            // `-v` takes a name, which may have a subscript.
            let name = index > usize::MAX / 2;
            let at = if name { usize::MAX - index + 2 } else { index };
            let Some(word) = words.get(at).cloned() else { continue };
            if name {
                self.subscripts(state, &word);
            } else {
                self.arithmetic_word(state, &word);
            }
        }
        if let Some(before) = before {
            self.spend(before.size());
            state.or(&before);
        }
        words.push(Word::text("]]"));
        self.push(state, words, Vec::new(), Vec::new());
    }

    /// Calls a function.
    pub(crate) fn call(&mut self, state: &mut State, name: &str, arguments: &[Word]) {
        let functions = Rc::make_mut(&mut self.functions);
        let Some(function) = functions.get_mut(name) else { return };
        function.called = true;
        let bodies = function.bodies.clone();
        let certain = function.certain;
        if self.calls.iter().any(|call| call == name) {
            self.dynamic("a function calls itself");
            if self.calls.iter().filter(|call| *call == name).count() > 2 {
                state.forget_all();
                return;
            }
        }
        if self.calls.len() >= DEEPEST_CALL {
            self.stop("functions call each other too deeply");
            return;
        }
        let before = state.clone();
        let outer = state.arguments.replace(Rc::new(arguments.to_vec()));
        self.calls.push(name.to_owned());
        let loops = std::mem::take(&mut self.loops);
        let mut after: Option<State> = if certain { None } else { Some(before) };
        for body in bodies {
            let mut assigned = Assigned::new(&self.functions);
            assigned.command(&body);
            self.spend(assigned.steps);
            let mut way = state.clone();
            let locals = Locals { conditions: state.conditions, variables: Vec::new() };
            self.locals.push(locals);
            self.command(&mut way, &body);
            way.dead = state.dead || (way.dead && !assigned.returns);
            if assigned.returns {
                // It may have been left anywhere.
                for name in &assigned.names {
                    let before = state.own(name).filter(|value| !value.is_outer());
                    let before = before.and_then(|_| way.own(name));
                    way.unsure(name, before, "a variable that is set on some way");
                }
                if assigned.moves {
                    let all: Vec<usize> = (0..self.script.folders.len()).collect();
                    way.add_folders(&all);
                }
            }
            for local in self.locals.pop().unwrap_or_default().variables.into_iter().rev() {
                if local.certain {
                    way.restore(&local.name, local.before);
                } else {
                    way.unsure(&local.name, local.before, "a variable that may be local");
                }
            }
            way.settle();
            match &mut after {
                Some(after) => after.or(&way),
                None => after = Some(way),
            }
        }
        self.calls.pop();
        self.loops = loops;
        if let Some(mut after) = after {
            after.arguments = outer;
            *state = after;
        }
    }

    /// Reads the functions that nothing has called: something else may.
    pub(crate) fn uncalled(&mut self, state: &State) {
        loop {
            let waiting: Vec<(String, Vec<Rc<Command>>)> = self
                .functions
                .iter()
                .filter(|(_, function)| !function.called)
                .map(|(name, function)| (name.clone(), function.bodies.clone()))
                .collect();
            if waiting.is_empty() || self.stopped {
                return;
            }
            let mut fresh = state.clone();
            fresh.forget_values();
            fresh.zero = None;
            fresh.conditions += 1;
            self.spend(fresh.count());
            for (name, bodies) in waiting {
                if let Some(function) = Rc::make_mut(&mut self.functions).get_mut(&name) {
                    function.called = true;
                }
                for body in bodies {
                    let mut inner = fresh.clone();
                    self.calls.push(name.clone());
                    self.locals.push(Locals::default());
                    self.command(&mut inner, &body);
                    self.locals.pop();
                    self.calls.pop();
                }
            }
        }
    }

    /// Returns an unknown value that comes from the input of the commands here.
    pub(crate) fn read_value(&self) -> Value {
        let mut piece = unknown("what is read from the input");
        if let Piece::Unknown(doubt) = &mut piece {
            doubt.output_of = self.input.first().cloned();
        }
        Value::Scalar(vec![vec![piece]])
    }
}
