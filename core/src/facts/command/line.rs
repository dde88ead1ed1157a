//! The command of a request, read whole.

use std::collections::BTreeSet;

use crate::facts::command::operand::Operand;
use crate::facts::command::reader::Reader;
use crate::facts::doubt::Doubts;
use crate::facts::path::Base;
use crate::model::Attribute;
use crate::model::Request;

/// What is not known where it is not known what a command runs.
pub(crate) const COMMAND: [Attribute; 5] = [
    Attribute::CommandPrograms,
    Attribute::CommandNetwork,
    Attribute::CommandPipesRemoteToShell,
    Attribute::NetworkHosts,
    Attribute::Paths,
];

/// What is definitely there in a command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Command {
    /// The words of each simple command, in order.
    pub(crate) commands: Vec<Vec<String>>,
    /// The programs.
    pub(crate) programs: BTreeSet<String>,
    /// It reaches for the network.
    pub(crate) network: bool,
    /// Something fetched is fed into an interpreter.
    pub(crate) pipes_remote_to_shell: bool,
    /// The hosts it names.
    pub(crate) hosts: BTreeSet<String>,
    /// What may be paths among its words.
    pub(crate) operands: BTreeSet<Operand>,
    /// The working directories that operands are relative to.
    pub(crate) bases: Vec<Base>,
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
            reader.words(&request.argv);
        }
        if let Some(text) = &request.shell {
            reader.script(text);
        }
        reader.finish()
    }
}
