//! The command of a request, read whole.

use std::collections::BTreeSet;

use crate::facts::command::reader::Reader;
use crate::facts::doubt::Doubts;
use crate::facts::path::Base;
use crate::facts::path::PathTouch;
use crate::model::Attribute;
use crate::model::CommandEffect;
use crate::model::Request;

/// What is not known where it is not known what a command runs.
pub(crate) const COMMAND: [Attribute; 8] = [
    Attribute::CommandEffects,
    Attribute::CommandInvocations,
    Attribute::CommandNetwork,
    Attribute::CommandPipesRemoteToShell,
    Attribute::CommandPrograms,
    Attribute::CommandRemovals,
    Attribute::NetworkHosts,
    Attribute::Paths,
];

/// What is definitely there in a command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Command {
    /// The words of each simple command, in order; what is not known of one is `…`.
    pub(crate) commands: Vec<Vec<String>>,
    /// The programs.
    pub(crate) programs: BTreeSet<String>,
    /// The programs, each with its subcommand where it has one.
    pub(crate) invocations: BTreeSet<String>,
    /// What it does beyond reading and writing paths.
    pub(crate) effects: BTreeSet<CommandEffect>,
    /// It reaches for the network.
    pub(crate) network: bool,
    /// Something fetched is fed into an interpreter.
    pub(crate) pipes_remote_to_shell: bool,
    /// The hosts it names.
    pub(crate) hosts: BTreeSet<String>,
    /// The paths among its words.
    pub(crate) touched: BTreeSet<Touched>,
    /// What is removed by force, or with all below, and is known only at run time, as rules see it.
    pub(crate) unknown_removals: BTreeSet<String>,
    /// The working directories that paths are relative to.
    pub(crate) bases: Vec<Base>,
}

/// A path among the words of a command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Touched {
    /// The path as it is written.
    pub(crate) text: String,
    /// It has wildcards that the shell expands.
    pub(crate) glob: bool,
    /// What is done to it.
    pub(crate) touch: PathTouch,
    /// Only what a listing tells is read of it, or it is run.
    pub(crate) listed: bool,
    /// It is removed with all below, or without asking.
    pub(crate) removed: bool,
    /// It is removed or moved, in whatever way.
    pub(crate) gone: bool,
    /// The working directory that it is relative to, by number.
    pub(crate) base: usize,
}

impl Command {
    /// Reads the command of a request.
    pub(crate) fn of(request: &Request, base: &Base, doubts: &mut Doubts) -> Self {
        let mut reader = Reader::new(base, doubts);
        if !request.argv.is_empty() && request.shell.is_some() {
            reader.unreadable("both `argv` and `shell` are given");
        }
        reader.environment(&request.env);
        if !request.argv.is_empty() {
            reader.argv(&request.argv);
        }
        if let Some(text) = &request.shell {
            if text.trim().is_empty() {
                reader.unreadable("there is no command in the text");
            }
            reader.shell(text);
        }
        reader.finish()
    }
}
