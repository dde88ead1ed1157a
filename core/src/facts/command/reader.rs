//! Reads commands: each word list by the table of programs, each script by its plain grammar.

use std::collections::BTreeMap;

use crate::facts::command::COMMAND;
use crate::facts::command::Command;
use crate::facts::command::environment::changes_what_runs;
use crate::facts::command::environment::changes_where_to;
use crate::facts::command::operand::Operand;
use crate::facts::command::operand::paths;
use crate::facts::command::program::ProgramName;
use crate::facts::command::programs::program;
use crate::facts::command::table::Operands;
use crate::facts::command::table::Program;
use crate::facts::command::table::Runs;
use crate::facts::command::wrapper::ShellRuns;
use crate::facts::command::wrapper::only_tells;
use crate::facts::command::wrapper::reads_code;
use crate::facts::command::wrapper::shell_runs;
use crate::facts::command::wrapper::wrapped;
use crate::facts::doubt::Doubts;
use crate::facts::doubt::shown;
use crate::facts::path::Base;
use crate::facts::path::PathTouch;
use crate::model::Attribute;

/// What a command is to the others in its pipeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Role {
    /// It fetches from the network.
    pub(crate) fetches: bool,
    /// It runs what it reads.
    pub(crate) interprets: bool,
}

/// How deep wrappers and shells may run each other.
const DEEPEST: usize = 16;

/// Reads the commands of one request.
pub(crate) struct Reader<'d> {
    pub(crate) doubts: &'d mut Doubts,
    pub(crate) out: Command,
    /// The working directories that commands may be in by now, by number.
    pub(crate) here: Vec<usize>,
}

impl<'d> Reader<'d> {
    pub(crate) fn new(base: &Base, doubts: &'d mut Doubts) -> Self {
        let out = Command { bases: vec![base.clone()], ..Command::default() };
        Self { doubts, out, here: vec![0] }
    }

    pub(crate) fn finish(self) -> Command {
        self.out
    }

    /// Notes that nothing about the command is known for certain, as it cannot be read.
    pub(crate) fn unreadable(&mut self, reason: &str) {
        for attribute in &COMMAND {
            self.doubts.unreadable(attribute, reason);
        }
    }

    /// Notes that only a run would tell what the command does.
    pub(crate) fn dynamic(&mut self, reason: &str) {
        for attribute in &COMMAND {
            self.doubts.dynamic(attribute, reason);
        }
    }

    /// Reads the variables set for the command.
    pub(crate) fn environment(&mut self, env: &BTreeMap<String, String>) {
        for name in env.keys() {
            if changes_what_runs(name) {
                let reason = format!("variable `{}` changes what runs", shown(name));
                self.dynamic(&reason);
            } else if changes_where_to(name) {
                let reason = format!("variable `{}` changes which host is reached", shown(name));
                self.doubts.dynamic(&Attribute::NetworkHosts, reason);
            }
        }
    }

    /// Reads the words of a command that no shell touches.
    pub(crate) fn words(&mut self, words: &[String]) {
        self.command(words, 0);
    }

    /// Reads shell text.
    pub(crate) fn script(&mut self, text: &str) {
        self.shell(text, 0);
    }

    /// Reads one simple command; returns what it is to its pipeline.
    pub(crate) fn command(&mut self, words: &[String], depth: usize) -> Role {
        let Some((word, rest)) = words.split_first() else {
            return Role::default();
        };
        self.out.commands.push(words.to_vec());
        if depth > DEEPEST {
            self.unreadable("commands run each other too deeply");
            return self.scan_words(words);
        }
        if words.iter().any(|word| word.contains('\0')) {
            self.unreadable("a word holds a NUL character");
            return self.scan_words(words);
        }
        let Some(name) = ProgramName::of(word) else {
            let reason = format!("the name of program `{}` cannot be read", shown(word));
            self.unreadable(&reason);
            return self.scan_words(words);
        };
        self.out.programs.insert(name.name.clone());
        let known = program(&name.base);
        if !name.certain && known.is_some() {
            // It may be the program that it is called like, or anything else.
            self.out.programs.insert(name.base.clone());
            let reason = format!("program `{}` is only called like a known one", shown(word));
            self.dynamic(&reason);
        }
        let Some(known) = known else {
            self.operands(rest, Operands::Paths(PathTouch::Either));
            let reaches = self.urls(rest);
            self.out.network |= reaches;
            return Role { fetches: reaches, interprets: false };
        };
        if known.name == "git" && writes_configuration(rest) {
            self.path(".git/config", PathTouch::Change);
        }
        let mut role = self.runs(&known, rest, depth);
        role.fetches |= self.network(&known, rest);
        role
    }

    fn runs(&mut self, known: &Program, rest: &[String], depth: usize) -> Role {
        let mut role = Role::default();
        match known.runs {
            Runs::Nothing => self.operands(rest, known.operands),
            Runs::Script => match shell_runs(rest) {
                ShellRuns::Nothing => {}
                ShellRuns::Script(text) => return self.shell(text, depth + 1),
                ShellRuns::Input => {
                    role.interprets = true;
                    self.evaluates(known, rest);
                }
                ShellRuns::Other => {
                    role = self.evaluates(known, rest);
                }
            },
            Runs::Code => {
                if !only_tells(rest) {
                    role = self.evaluates(known, rest);
                    role.interprets |= reads_code(rest);
                }
            }
            Runs::Command(options) => match wrapped(rest, &options) {
                Some(at) => {
                    return self.command(rest.get(at..).unwrap_or_default(), depth + 1);
                }
                None => role = self.evaluates(known, rest),
            },
            Runs::Anything => role = self.evaluates(known, rest),
            Runs::AnythingWith(starts) => {
                if starts_as(rest, starts) {
                    role = self.evaluates(known, rest);
                } else {
                    self.operands(rest, known.operands);
                }
            }
            Runs::AnythingBut { fine, with } => {
                if is_fine(rest, fine) && !starts_as(rest, with) {
                    self.operands(rest, known.operands);
                } else {
                    role = self.evaluates(known, rest);
                }
            }
        }
        role
    }

    /// A program that runs something that its words do not tell plainly.
    fn evaluates(&mut self, known: &Program, rest: &[String]) -> Role {
        let reason = format!("what `{}` would run is known only at run time", known.name);
        self.dynamic(&reason);
        // Code among the words is scanned; the rest may be names of files.
        let names: Vec<String> = rest
            .iter()
            .filter(|word| !word.contains(|c: char| c.is_whitespace() || CODE.contains(c)))
            .cloned()
            .collect();
        self.operands(&names, known.operands);
        self.scan_words(rest)
    }

    /// Notes the operands that are paths.
    fn operands(&mut self, rest: &[String], operands: Operands) {
        for (text, touch) in paths(rest, operands) {
            self.path(&text, touch);
        }
    }

    /// Notes a path, from every working directory that it may be relative to.
    pub(crate) fn path(&mut self, text: &str, touch: PathTouch) {
        for base in &self.here {
            let text = text.to_owned();
            let base = *base;
            self.out.operands.insert(Operand { text, touch, base });
        }
    }
}

/// Characters that names of files hardly have, and code has.
const CODE: &str = "(){}<>;|$`'\"*^";

/// Returns true where git, given these words, may write to its configuration.
fn writes_configuration(words: &[String]) -> bool {
    const READING: [&str; 6] = ["--get", "--list", "-l", "get", "list", "--show"];
    let reads = |word: &String| READING.iter().any(|option| word.starts_with(option));
    words.iter().any(|word| word == "config") && !words.iter().any(reads)
}

fn starts_as(words: &[String], starts: &[&str]) -> bool {
    words.iter().any(|word| starts.iter().any(|start| word.starts_with(start)))
}

/// Returns true where the first operand, or the first two, are among the fine ones.
fn is_fine(words: &[String], fine: &[&str]) -> bool {
    let mut words = words.iter().skip_while(|word| *word == "--no-pager");
    let (Some(first), second) = (words.next(), words.next()) else {
        return false;
    };
    fine.contains(&first.as_str())
        || second.is_some_and(|second| {
            let both = format!("{first} {second}");
            fine.contains(&both.as_str())
        })
}
