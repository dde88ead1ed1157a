//! What a part of a script may change: for loops, whose bodies run again with what they changed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::facts::shell::counted::variables;
use crate::facts::shell::cursor::is_name;
use crate::facts::shell::simple::DECLARING;
use crate::facts::shell::simple::plain;
use crate::facts::shell::tree::AssignedValue;
use crate::facts::shell::tree::Assignment;
use crate::facts::shell::tree::Command;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::List;
use crate::facts::shell::tree::Operation;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::tree::Redirect;
use crate::facts::shell::tree::RedirectTo;
use crate::facts::shell::tree::Test;
use crate::facts::shell::walk::Function;

/// What may be changed.
pub(crate) struct Assigned {
    known: Rc<BTreeMap<String, Function>>,
    /// The variables.
    pub(crate) names: BTreeSet<String>,
    /// Those of them that are set other than by arithmetic.
    pub(crate) texts: BTreeSet<String>,
    /// For those that are set by arithmetic, the variables in it; a dot where it may be negative.
    pub(crate) sums: Vec<(String, Vec<String>)>,
    /// Any variable.
    pub(crate) everything: bool,
    /// The working directory.
    pub(crate) moves: bool,
    /// A function may be left in the middle.
    pub(crate) returns: bool,
    /// The functions that are defined.
    pub(crate) functions: Vec<(String, Rc<Command>)>,
    visited: BTreeSet<String>,
    pub(crate) steps: usize,
}

impl Assigned {
    /// Starts with nothing, given the functions that are known.
    pub(crate) fn new(known: &Rc<BTreeMap<String, Function>>) -> Self {
        Self {
            known: Rc::clone(known),
            names: BTreeSet::new(),
            texts: BTreeSet::new(),
            sums: Vec::new(),
            everything: false,
            moves: false,
            returns: false,
            functions: Vec::new(),
            visited: BTreeSet::new(),
            steps: 0,
        }
    }

    fn text(&mut self, name: &str) {
        self.names.insert(name.to_owned());
        self.texts.insert(name.to_owned());
    }

    /// Adds what a list may change.
    pub(crate) fn list(&mut self, list: &List) {
        for item in &list.items {
            for pipeline in std::iter::once(&item.first).chain(item.rest.iter().map(|(_, p)| p)) {
                for stage in &pipeline.stages {
                    self.command(stage);
                }
            }
        }
    }

    /// Adds what a command may change.
    pub(crate) fn command(&mut self, command: &Command) {
        self.steps += 1;
        for redirect in &command.redirections {
            self.redirect(redirect);
        }
        match &command.kind {
            Kind::Arithmetic(parts) => self.arithmetic(parts),
            Kind::Case { subject, arms } => {
                self.parts(subject);
                for arm in arms {
                    arm.patterns.iter().for_each(|pattern| self.parts(pattern));
                    self.list(&arm.body);
                }
            }
            Kind::Conditional(tests) => {
                for test in tests {
                    if let Test::Word(parts) = test {
                        self.parts(parts);
                    }
                }
                self.text("BASH_REMATCH");
            }
            Kind::Coproc { name, body } => {
                self.text(name.as_deref().unwrap_or("COPROC"));
                self.command(body);
            }
            Kind::For { name, words, body, select } => {
                self.text(name);
                if *select {
                    self.text("REPLY");
                }
                words.iter().flatten().for_each(|word| self.parts(word));
                self.list(body);
            }
            Kind::ForArithmetic { head, body } => {
                head.iter().for_each(|parts| self.arithmetic(parts));
                self.list(body);
            }
            Kind::Function { name, body } => self.functions.push((name.clone(), Rc::clone(body))),
            Kind::Group(list) => self.list(list),
            // What it changes is gone with it, but for the functions, which are kept to be safe.
            Kind::Subshell(list) => {
                let moves = self.moves;
                self.list(list);
                self.moves = moves;
            }
            Kind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.list(condition);
                    self.list(body);
                }
                if let Some(list) = otherwise {
                    self.list(list);
                }
            }
            Kind::Loop { condition, body } => {
                self.list(condition);
                self.list(body);
            }
            Kind::Simple { assignments, words } => self.simple(assignments, words),
        }
    }

    fn redirect(&mut self, redirect: &Redirect) {
        if let Some(name) = &redirect.variable {
            self.text(name);
        }
        match &redirect.to {
            RedirectTo::Document(body) => {
                if let Some(parts) = body.get() {
                    self.parts(parts);
                }
            }
            RedirectTo::Either(parts) | RedirectTo::File(parts) | RedirectTo::HereString(parts) => {
                self.parts(parts);
            }
        }
    }

    fn simple(&mut self, assignments: &[Assignment], words: &[Parts]) {
        for assignment in assignments {
            let Assignment { name, value, append, subscript } = assignment;
            match value {
                AssignedValue::Scalar(parts) => {
                    self.parts(parts);
                    match parts.as_slice() {
                        [Part::Arithmetic { parts, .. }] if !append && subscript.is_none() => {
                            self.sum(name, parts);
                        }
                        _ => self.text(name),
                    }
                }
                AssignedValue::Array { elements, .. } => {
                    elements.iter().for_each(|element| self.parts(element));
                    self.text(name);
                }
            }
        }
        for word in words {
            self.parts(word);
        }
        let mut texts = words.iter().map(known);
        let Some(first) = texts.next() else { return };
        let mut first = first;
        while matches!(first.as_deref(), Some("command" | "builtin")) {
            first = texts.next().flatten();
        }
        let Some(first) = first else {
            self.everything = !words.is_empty();
            self.moves = true;
            return;
        };
        if let Some(function) = self.known.get(&first) {
            let bodies = function.bodies.clone();
            if self.visited.insert(first.clone()) {
                for body in bodies {
                    self.command(&body);
                }
            }
            return;
        }
        if self.functions.iter().any(|(name, _)| *name == first) {
            self.everything = true;
            self.moves = true;
        }
        match first.as_str() {
            "cd" | "chdir" | "popd" | "pushd" => self.moves = true,
            "." | "eval" | "source" => {
                self.everything = true;
                self.moves = true;
            }
            "return" => self.returns = true,
            "let" => {
                for word in words.iter().skip(1) {
                    self.arithmetic(word);
                }
            }
            "getopts" | "mapfile" | "printf" | "read" | "readarray" | "unset" | "wait" => {
                for name in ["REPLY", "OPTARG", "OPTIND", "MAPFILE"] {
                    self.text(name);
                }
                self.named(texts);
            }
            first if DECLARING.contains(&first) => self.named(texts),
            _ => {}
        }
    }

    fn named(&mut self, words: impl Iterator<Item = Option<String>>) {
        for word in words {
            match word {
                None => self.everything = true,
                Some(word) => {
                    let name = word.split(['=', '[']).next().unwrap_or_default();
                    let name = name.strip_suffix('+').unwrap_or(name);
                    if is_name(name) {
                        self.text(name);
                    }
                }
            }
        }
    }

    /// Arithmetic that may set any of its variables.
    pub(crate) fn arithmetic(&mut self, parts: &Parts) {
        self.parts(parts);
        let (names, sets) = variables(parts);
        if sets {
            for name in &names {
                if is_name(name) {
                    self.names.insert(name.clone());
                    self.sums.push((name.clone(), names.clone()));
                }
            }
        }
    }

    /// `name=$((…))`.
    fn sum(&mut self, name: &str, parts: &Parts) {
        let (names, _) = variables(parts);
        self.names.insert(name.to_owned());
        self.sums.push((name.to_owned(), names));
    }

    fn parts(&mut self, parts: &Parts) {
        self.steps += parts.len();
        for part in parts {
            match part {
                Part::Arithmetic { parts, .. } => self.arithmetic(parts),
                Part::Parameter { parameter, .. } => {
                    if let Some(subscript) = &parameter.subscript {
                        self.arithmetic(subscript);
                    }
                    match &parameter.operation {
                        Operation::Assign { word, .. } => {
                            self.text(&parameter.name);
                            self.parts(word);
                        }
                        Operation::Alternative { word, .. }
                        | Operation::Default { word, .. }
                        | Operation::Fail { word } => self.parts(word),
                        Operation::Remove { pattern, .. } => self.parts(pattern),
                        Operation::Replace { pattern, with, .. } => {
                            self.parts(pattern);
                            self.parts(with);
                        }
                        Operation::Slice { offset, length } => {
                            self.arithmetic(offset);
                            length.iter().for_each(|length| self.arithmetic(length));
                        }
                        Operation::Other { operand, .. } => self.parts(operand),
                        Operation::Length | Operation::None => {}
                    }
                }
                Part::Output { .. }
                | Part::Process { .. }
                | Part::Strange { .. }
                | Part::Text { .. } => {}
            }
        }
    }
}

/// Returns the text of a word that is known before anything is expanded.
fn known(parts: &Parts) -> Option<String> {
    if let Some(text) = plain(parts) {
        return Some(text.to_owned());
    }
    let mut out = String::new();
    for part in parts {
        match part.text() {
            Some((text, _)) => out.push_str(text),
            // The name is known where it is in front of what is expanded.
            None => return out.contains('=').then_some(out),
        }
    }
    Some(out)
}
