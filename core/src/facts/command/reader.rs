//! Reads commands: scripts by the shell's reading, words by the programs'.

use std::collections::BTreeSet;

use crate::facts::command::COMMAND;
use crate::facts::command::Command;
use crate::facts::command::known::KEEPS;
use crate::facts::command::known::PASSES_OUTPUT;
use crate::facts::command::known::RUNS_OTHERS;
use crate::facts::command::known::apart;
use crate::facts::command::known::appended;
use crate::facts::command::known::builds;
use crate::facts::command::known::exports;
use crate::facts::command::known::reads_otherwise;
use crate::facts::command::known::spoken;
use crate::facts::command::known::with_gaps;
use crate::facts::command::names::filled;
use crate::facts::command::names::prints;
use crate::facts::command::pipe::Fed;
use crate::facts::command::pipe::Role;
use crate::facts::command::pipe::fetched;
use crate::facts::command::pipe::is_output;
use crate::facts::command::touched::why;
use crate::facts::doubt::Doubts;
use crate::facts::doubt::shown;
use crate::facts::path::Base;
use crate::facts::program::Effects;
use crate::facts::program::Run;
use crate::facts::program::Touch;
use crate::facts::program::evaluate;
use crate::facts::program::knows;
use crate::facts::shell::Dialect;
use crate::facts::shell::DoubtKind;
use crate::facts::shell::RedirectionMode;
use crate::facts::shell::RedirectionTarget;
use crate::facts::shell::SimpleCommand;
use crate::facts::shell::read;
use crate::facts::word::Word;
use crate::model::CommandEffect;
use crate::model::UnknownKind;

/// How deep commands and scripts may run each other.
const DEEPEST: usize = 16;
/// Commands that are read of one request.
const MOST: usize = 2048;
/// Working directories that are followed.
const MOST_BASES: usize = 64;

/// Reads the commands of one request.
pub(crate) struct Reader<'d> {
    pub(super) doubts: &'d mut Doubts,
    pub(super) out: Command,
    /// Files that were written by what fetches.
    downloads: BTreeSet<String>,
    read: usize,
    depth: usize,
}

/// Where a command stands in its script.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The working directories that it may be in, by number.
    at: &'p [usize],
    fed: &'p Fed,
    /// What the commands before it are.
    roles: &'p [Role],
}

impl<'d> Reader<'d> {
    pub(crate) fn new(base: &Base, doubts: &'d mut Doubts) -> Self {
        let out = Command { bases: vec![base.clone()], ..Command::default() };
        Self { doubts, out, downloads: BTreeSet::new(), read: 0, depth: 0 }
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

    /// Reads the words of a command that no shell touches.
    pub(crate) fn argv(&mut self, words: &[String]) {
        if words.iter().any(|word| word.contains('\0')) {
            self.unreadable("a word holds a NUL character");
        }
        let words: Vec<Word> = words.iter().map(Word::text).collect();
        let place = Place { at: &[0], fed: &Fed::default(), roles: &[] };
        self.words(&words, place);
    }

    /// Reads shell text.
    pub(crate) fn shell(&mut self, text: &str) {
        self.script(text, Dialect::default(), None, &[0], &Fed::default());
    }

    fn script(
        &mut self,
        text: &str,
        dialect: Dialect,
        arguments: Option<&[Word]>,
        at: &[usize],
        fed: &Fed,
    ) -> Role {
        if !self.deeper() {
            return Role::fetching(true);
        }
        let script = read(text, dialect, arguments);
        for doubt in &script.doubts {
            match doubt.kind {
                DoubtKind::Dynamic => self.dynamic(&doubt.reason),
                DoubtKind::Unreadable => self.unreadable(&doubt.reason),
            }
        }
        let folders: Vec<Vec<usize>> =
            script.folders.iter().map(|steps| self.moved(at, steps)).collect();
        let mut roles: Vec<Role> = Vec::with_capacity(script.commands.len());
        for command in &script.commands {
            let mut at: Vec<usize> = Vec::new();
            for folder in &command.folders {
                for base in folders.get(*folder).into_iter().flatten() {
                    if !at.contains(base) {
                        at.push(*base);
                    }
                }
            }
            let mut own = Fed::of(command, &roles);
            if command.input.is_empty() && own.text.is_none() {
                own = fed.clone();
            }
            let role = self.simple(command, Place { at: &at, fed: &own, roles: &roles });
            roles.push(role);
        }
        self.depth -= 1;
        Role::fetching(roles.iter().any(|role| role.fetches))
    }

    /// Reads one simple command; returns what it is to those behind it.
    fn simple(&mut self, command: &SimpleCommand, place: Place<'_>) -> Role {
        for redirection in &command.redirections {
            let RedirectionTarget::Path(path) = &redirection.target else {
                continue;
            };
            self.socket(path);
            match redirection.mode {
                RedirectionMode::Read => self.touch(path, Touch::Read, place.at),
                RedirectionMode::Append | RedirectionMode::Write | RedirectionMode::ReadWrite => {
                    self.touch(path, Touch::Write, place.at);
                }
            }
        }
        if command.words.is_empty() {
            self.assigned(&command.assignments);
            return Role::fetching(place.fed.fetched);
        }
        self.given(&command.assignments);
        let role = self.words(&command.words, place);
        if role.fetches {
            let written = command.redirections.iter().filter(|redirection| {
                matches!(redirection.mode, RedirectionMode::Append | RedirectionMode::Write)
            });
            for redirection in written {
                if let RedirectionTarget::Path(path) = &redirection.target {
                    self.downloads.extend(path.literal());
                }
            }
        }
        role
    }

    /// Reads the words of one command; returns what it is to those behind it.
    fn words(&mut self, words: &[Word], place: Place<'_>) -> Role {
        self.read += 1;
        if self.read > MOST {
            self.unreadable("it runs too many commands");
            return Role::fetching(true);
        }
        if !self.deeper() {
            return Role::fetching(true);
        }
        if place.at.iter().filter_map(|at| self.out.bases.get(*at)).any(Base::is_elsewhere) {
            self.dynamic("the working directory is not in the workspace");
        }
        let effects = evaluate(words);
        self.told(words, &effects);
        for (path, touch) in &effects.paths {
            self.touch(path, *touch, place.at);
        }
        let name = effects.program.as_ref().map_or("", |program| program.base.as_str());
        if KEEPS.contains(&name) && !words.iter().any(exports) {
            self.assigned(&effects.environment);
        } else {
            self.given(&effects.environment);
        }
        if name == "export" || KEEPS.contains(&name) && words.iter().any(exports) {
            self.exported(words);
        }
        let mut role =
            Role { fetches: place.fed.fetched, prints: prints(words, &effects, place.fed) };
        if let Some(reach) = &effects.network {
            self.reach(reach, name);
            role.fetches |= reach.fetches || !reach.sends;
        }
        if role.fetches {
            let written = effects.paths.iter().filter(|(_, touch)| *touch == Touch::Write);
            self.downloads.extend(written.filter_map(|(path, _)| path.literal()));
        }
        if effects.effects.contains(&CommandEffect::ChangesGitConfiguration) {
            self.touch(&Word::text(".git/config"), Touch::Write, place.at);
        }
        let unknown_code = effects.effects.contains(&CommandEffect::RunsProjectCode)
            && !builds(name, effects.subcommand.as_deref());
        if unknown_code || effects.effects.iter().any(|effect| RUNS_OTHERS.contains(effect)) {
            let reason = format!("what `{}` would run is known only at run time", shown(name));
            self.dynamic(&reason);
        }
        let moved;
        let place = match &effects.folder {
            Some(folder) => {
                moved = self.moved(place.at, std::slice::from_ref(folder));
                Place { at: &moved, ..place }
            }
            None => place,
        };
        let dialect = match name {
            "zsh" | "ksh" | "mksh" => Dialect::Zsh,
            "sh" | "dash" | "ash" => Dialect::Posix,
            _ => Dialect::Bash,
        };
        let unread = Fed { items: None, ..place.fed.clone() };
        let place = match name {
            "xargs" if reads_otherwise(words) => Place { fed: &unread, ..place },
            _ => place,
        };
        for run in &effects.runs {
            role = self.run(run, dialect, place, role);
        }
        // Only these put out what they run puts out, and nothing else.
        if !effects.runs.is_empty() && !PASSES_OUTPUT.contains(&name) {
            role.prints = None;
        }
        self.depth -= 1;
        role
    }

    fn run(&mut self, run: &Run, dialect: Dialect, place: Place<'_>, role: Role) -> Role {
        match run {
            Run::Argv { words, more_words } => {
                let mut open = words.clone();
                if *more_words {
                    open.push(appended());
                }
                // What is put in is no longer to be seen as what was read.
                if evaluate(&open).effects.contains(&CommandEffect::FeedsInterpreter) {
                    self.out.effects.insert(CommandEffect::FeedsInterpreter);
                }
                let items = place.fed.items.as_deref();
                let commands = items.and_then(|items| filled(words, items, *more_words));
                if let Some(commands) = commands {
                    let fetches = commands
                        .iter()
                        .fold(role.fetches, |any, words| self.words(words, place).fetches || any);
                    return Role::fetching(fetches);
                }
                let nested = self.words(&open, place);
                Role { fetches: role.fetches || nested.fetches, ..nested }
            }
            Run::Script { text, arguments } => {
                self.fed_by(text, place.roles);
                let known = text.literal();
                if known.is_none() {
                    let reason = format!("a script is known only at run time: {}", why(text));
                    self.dynamic(&reason);
                }
                let text = known.unwrap_or_else(|| with_gaps(text));
                let arguments: Vec<Word> = arguments.iter().map(apart).collect();
                let nested = self.script(&text, dialect, Some(&arguments), place.at, place.fed);
                Role { fetches: role.fetches || nested.fetches, ..nested }
            }
            Run::Code { text, .. } => {
                self.fed_by(text, place.roles);
                self.code(text, place.at);
                role
            }
            Run::File(path) => {
                let downloaded = path.literal().is_some_and(|path| self.downloads.contains(&path));
                self.remote(downloaded);
                self.fed_by(path, place.roles);
                let reason = "what a file would run is known only at run time";
                self.dynamic(reason);
                role
            }
            Run::Input => {
                self.remote(place.fed.fetched);
                if let Some(text) = &place.fed.text {
                    let text = text.literal().unwrap_or_else(|| with_gaps(text));
                    let nested = self.script(&text, dialect, None, place.at, &Fed::default());
                    return Role::fetching(role.fetches || nested.fetches);
                }
                role
            }
        }
    }

    /// Notes what the words and their program tell of themselves.
    fn told(&mut self, words: &[Word], effects: &Effects) {
        self.out.commands.push(words.iter().map(spoken).collect());
        self.out.effects.extend(&effects.effects);
        for doubt in &effects.doubts {
            match doubt.kind {
                UnknownKind::Dynamic => self.dynamic(&doubt.reason),
                UnknownKind::Unreadable => self.unreadable(&doubt.reason),
            }
        }
        let Some(program) = &effects.program else {
            return;
        };
        self.out.programs.insert(program.name.clone());
        let mut invocation = program.name.clone();
        if let Some(subcommand) = &effects.subcommand {
            invocation.push(' ');
            invocation.push_str(subcommand);
        }
        self.out.invocations.insert(invocation);
        let known = knows(&program.base);
        if !program.certain && known {
            // It may be the program that it is called like, or anything else.
            self.out.programs.insert(program.base.clone());
            let reason =
                format!("program `{}` may be another than its name says", shown(&program.name));
            self.dynamic(&reason);
        }
    }

    /// Notes what is run of what another command puts out.
    fn fed_by(&mut self, word: &Word, roles: &[Role]) {
        self.remote(fetched(word, roles));
        if is_output(word) {
            self.out.effects.insert(CommandEffect::FeedsInterpreter);
        }
    }

    fn remote(&mut self, found: bool) {
        self.out.pipes_remote_to_shell |= found;
    }

    /// Returns false, and says so, where commands run each other too deeply.
    fn deeper(&mut self) -> bool {
        if self.depth >= DEEPEST {
            self.unreadable("commands run each other too deeply");
            return false;
        }
        self.depth += 1;
        true
    }

    /// Returns the working directories after some steps.
    fn moved(&mut self, at: &[usize], steps: &[Word]) -> Vec<usize> {
        let mut at = at.to_vec();
        for step in steps {
            let Some(folders) = step.choices() else {
                self.dynamic("the working directory is known only at run time");
                continue;
            };
            let mut next = Vec::new();
            for folder in &folders {
                for from in &at {
                    let Some(base) = self.out.bases.get(*from).map(|base| base.moved(folder))
                    else {
                        continue;
                    };
                    if self.out.bases.len() >= MOST_BASES {
                        self.unreadable("too many working directories are possible");
                        return at;
                    }
                    next.push(self.out.bases.len());
                    self.out.bases.push(base);
                }
            }
            at = next;
        }
        at
    }
}
