//! Gathers everything that is known of a request.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::facts::change::ChangeFacts;
use crate::facts::change::ClaimState;
use crate::facts::change::add_classes;

use crate::facts::command::COMMAND;
use crate::facts::command::Command;
use crate::facts::doubt::Doubts;
use crate::facts::host::host_of;
use crate::facts::host::host_of_url;
use crate::facts::item::is_written_as_file;
use crate::facts::link::Links;
use crate::facts::partial::Partial;
use crate::facts::path::Base;
use crate::facts::path::PathFact;
use crate::facts::path::PathTouch;
use crate::facts::place::Places;
use crate::facts::sensitive::SensitiveKind;
use crate::model::Action;
use crate::model::Attribute;
use crate::model::ChangeClass;
use crate::model::CommandEffect;
use crate::model::Request;
use crate::model::Touch;
use crate::model::Unknown;
use crate::model::UnknownKind;
use crate::model::ordered::set_of;

/// What a request would really do.
///
/// # Example
/// ```
/// use bailiwick::{Action, Facts, Request};
///
/// let request: Request =
///     serde_json::from_str(r#"{"tool": "file.write", "path": "src/../infra//prod/main.tf"}"#)?;
/// let facts = Facts::of(&request, Action::FileWrite);
/// assert_eq!(facts.paths.value[0].path, "infra/prod/main.tf");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The paths that would be touched, in every spelling that some system takes for the same:
    /// what is allowed must hold for all of them, what is forbidden for one.
    pub paths: Partial<Vec<PathFact>>,
    /// The words of every command that would run, wrappers and what they run both.
    pub commands: Partial<Vec<Vec<String>>>,
    /// The programs that would run: base names for those in the system's folders, else paths.
    pub programs: Partial<Vec<String>>,
    /// The programs that would run, each with its subcommand where it has one: `git status`.
    pub invocations: Partial<Vec<String>>,
    /// What a command does beyond reading and writing paths.
    pub effects: Partial<Vec<CommandEffect>>,
    /// The paths that a command removes with all below, or without asking.
    pub removals: Partial<Vec<String>>,
    /// The paths that lie outside the workspace: from the root, or from a home folder as `~`.
    pub outside: Partial<Vec<String>>,
    /// What those paths give away.
    pub sensitive: Partial<Vec<SensitiveKind>>,
    /// A command reaches for the network.
    pub network: Partial<bool>,
    /// Something fetched is fed into an interpreter.
    pub pipes_remote_to_shell: Partial<bool>,
    /// The hosts that would be reached: lower case, without port.
    pub hosts: Partial<Vec<String>>,
    /// The class that the change claims, and those that its paths bear out.
    pub classes: Partial<Vec<ChangeClass>>,
    /// How many files change.
    pub changed_files: Partial<u64>,
    /// How many lines are added and removed; where some file does not say, a lower bound.
    /// None where the request names no changed files.
    pub changed_lines: Partial<u64>,
    /// Everything that is not known, in order.
    pub unknowns: Vec<Unknown>,
}

impl Facts {
    /// Returns what `request`, being for `action`, would really do. Never fails: what cannot be
    /// read is an unknown.
    pub fn of(request: &Request, action: Action) -> Self {
        let mut gatherer = Gatherer::new(request, action);
        gatherer.request_paths();
        gatherer.change();
        gatherer.command();
        gatherer.hosts();
        gatherer.required();
        gatherer.finish()
    }
}

struct Gatherer<'r> {
    request: &'r Request,
    action: Action,
    places: Places,
    doubts: Doubts,
    files: u64,
    lines: u64,
    lines_known: bool,
    classes: BTreeSet<ChangeClass>,
    command: Command,
    hosts: BTreeSet<String>,
}

impl<'r> Gatherer<'r> {
    fn new(request: &'r Request, action: Action) -> Self {
        let base = Base::new(request.workspace.as_deref(), request.cwd.as_deref());
        let links = Links::new(&base, &request.links);
        Self {
            request,
            action,
            places: Places::new(base, links),
            doubts: Doubts::default(),
            files: 0,
            lines: 0,
            lines_known: true,
            classes: BTreeSet::new(),
            command: Command::default(),
            hosts: BTreeSet::new(),
        }
    }

    fn touch(&self) -> PathTouch {
        match self.action.touch() {
            Touch::Reads => PathTouch::Read,
            Touch::Changes => PathTouch::Change,
            Touch::Either | Touch::Nothing => PathTouch::Either,
        }
    }

    fn request_paths(&mut self) {
        let touch = self.touch();
        let request = self.request;
        let base = self.places.base.clone();
        for path in request.path.iter().chain(&request.paths) {
            if self.action == Action::ContextRetrieve {
                self.places.add_shown(&base, path, !is_written_as_file(path), &mut self.doubts);
            } else {
                self.places.add_path(&base, path, touch, &mut self.doubts);
            }
            self.files += 1;
        }
        if self.action.touch() != Touch::Changes {
            self.files = 0;
        }
        // What a model is shown has been read, whatever read it.
        let top = base.top();
        for path in request.context_items.iter().filter_map(|item| item.path.as_ref()) {
            self.places.add_path(&top, path, PathTouch::Read, &mut self.doubts);
        }
    }

    fn change(&mut self) {
        let request = self.request;
        if request.changed_files.is_none() && request.diff.is_none() {
            return;
        }
        let change = ChangeFacts::of(request);
        for doubt in &change.doubts {
            self.doubts.unreadable(&Attribute::ChangeFiles, doubt.reason.clone());
        }
        let distinct: BTreeSet<&str> = change.files.iter().map(|file| file.path.as_str()).collect();
        self.files = u64::try_from(distinct.len()).unwrap_or(u64::MAX);
        (self.lines, self.lines_known) = change.lines();
        let top = self.places.base.top();
        for file in &change.files {
            for path in std::iter::once(&file.path).chain(&file.from) {
                self.places.add_path(&top, path, PathTouch::Change, &mut self.doubts);
            }
            if let Some(target) = &file.symlink_target {
                // Where the link itself cannot be placed, that is a doubt already.
                if let Ok(mut folder) = top.place(&[], &file.path) {
                    folder.pop();
                    let folder = top.within(folder);
                    let touch = PathTouch::Change;
                    self.places.add_path(&folder, target, touch, &mut self.doubts);
                }
            }
        }
        self.classes(&change);
    }

    /// The classes that the files bear out. A claim that they refute is what cannot be read of
    /// the change; one that is open asks, where the request tells of content at all.
    fn classes(&mut self, change: &ChangeFacts) {
        self.classes.extend(change.classes.iter().map(|found| found.class));
        let attribute = Attribute::ChangeClasses;
        match &change.claim {
            Some(claim) if claim.state == ClaimState::Refuted => {
                for reason in claim.against() {
                    self.doubts.unreadable(&attribute, reason);
                }
            }
            Some(claim) if self.request.tells_content() => {
                for reason in claim.against() {
                    self.doubts.dynamic(&attribute, reason);
                }
            }
            None if self.request.tells_content() => {
                for found in &change.open {
                    self.doubts.dynamic(&attribute, found.told("may be"));
                }
            }
            Some(_) | None => {}
        }
    }

    fn command(&mut self) {
        let request = self.request;
        if request.argv.is_empty() && request.shell.is_none() {
            return;
        }
        self.command = Command::of(request, &self.places.base, &mut self.doubts);
        self.places.removals.append(&mut self.command.unknown_removals);
        let bases = std::mem::take(&mut self.command.bases);
        for touched in std::mem::take(&mut self.command.touched) {
            if let Some(base) = bases.get(touched.base) {
                self.places.add_touched(base, &touched, &mut self.doubts);
            }
        }
        self.hosts.append(&mut self.command.hosts);
    }

    fn hosts(&mut self) {
        let url = self.request.url.as_deref().map(host_of_url);
        let host = self.request.host.as_deref().map(host_of);
        for read in url.into_iter().chain(host) {
            match read {
                Ok(host) => {
                    self.hosts.insert(host);
                }
                // The text may hold a password: the reason alone is told.
                Err(error) => {
                    let reason = error.to_string();
                    self.doubts.unreadable(&Attribute::NetworkHosts, reason);
                }
            }
        }
    }

    /// What the action cannot be judged without, and the request does not give.
    fn required(&mut self) {
        let request = self.request;
        let given = [
            (Attribute::CommandPrograms, !request.argv.is_empty() || request.shell.is_some()),
            (Attribute::Paths, request.path.is_some() || !request.paths.is_empty()),
            (
                Attribute::ChangeFiles,
                // None listed is none given, whatever `path` says: sizes count the list.
                request.changed_files.as_ref().is_some_and(|files| !files.is_empty())
                    || request.diff.as_ref().is_some_and(|diff| !diff.is_empty()),
            ),
            (Attribute::NetworkHosts, request.url.is_some() || request.host.is_some()),
        ];
        for (attribute, given) in &given {
            if *given || !self.action.required().contains(attribute) {
                continue;
            }
            let reason = format!("{} needs it, and it is not given", self.action.name());
            if *attribute == Attribute::CommandPrograms {
                for other in &COMMAND {
                    self.doubts.unreadable(other, reason.clone());
                }
            } else {
                self.doubts.unreadable(attribute, reason);
            }
        }
    }

    fn finish(mut self) -> Facts {
        let mut classes: BTreeSet<ChangeClass> = set_of(self.request.change_class);
        classes.append(&mut self.classes);
        for fact in &self.places.paths {
            if fact.touch == PathTouch::Change {
                add_classes(&fact.path, &mut classes);
            }
        }
        if !self.lines_known {
            let reason = "not every file says how many lines are added and removed";
            self.doubts.unreadable(&Attribute::ChangeLines, reason);
        }
        let doubts = self.doubts;
        let paths = doubts.about(&Attribute::Paths);
        let files = doubts.about(&Attribute::ChangeFiles);
        let programs = doubts.about(&Attribute::CommandPrograms);
        Facts {
            paths: Partial::with(self.places.paths.into_iter().collect(), paths.max(files)),
            commands: Partial::with(self.command.commands, programs),
            programs: Partial::with(self.command.programs.into_iter().collect(), programs),
            invocations: Partial::with(
                self.command.invocations.into_iter().collect(),
                doubts.about(&Attribute::CommandInvocations),
            ),
            effects: Partial::with(
                self.command.effects.into_iter().collect(),
                doubts.about(&Attribute::CommandEffects),
            ),
            removals: Partial::with(
                self.places.removals.into_iter().collect(),
                doubts.about(&Attribute::CommandRemovals),
            ),
            outside: Partial::with(self.places.outside.into_iter().collect(), paths),
            sensitive: Partial::with(self.places.sensitive.into_iter().collect(), paths),
            network: flag(self.command.network, doubts.about(&Attribute::CommandNetwork)),
            pipes_remote_to_shell: flag(
                self.command.pipes_remote_to_shell,
                doubts.about(&Attribute::CommandPipesRemoteToShell),
            ),
            hosts: Partial::with(
                self.hosts.into_iter().collect(),
                doubts.about(&Attribute::NetworkHosts),
            ),
            classes: Partial::with(
                classes.into_iter().collect(),
                doubts.about(&Attribute::ChangeClasses).max(paths).max(files),
            ),
            changed_files: Partial::with(
                self.files,
                doubts.about(&Attribute::ChangeFileCount).max(files),
            ),
            changed_lines: Partial::with(
                self.lines,
                doubts.about(&Attribute::ChangeLines).max(files),
            ),
            unknowns: doubts.into_list(),
        }
    }
}

/// A flag that is certainly set is known, whatever else is not.
fn flag(set: bool, doubt: Option<UnknownKind>) -> Partial<bool> {
    Partial::with(set, doubt.filter(|_| !set))
}
