//! What the command of a request would do: the shell's reading of its text and the programs'
//! reading of their words, joined.

mod code;
mod known;
mod line;
mod names;
mod pipe;
mod reached;
mod reader;
mod touched;
mod variable;

pub(crate) use line::COMMAND;
pub(crate) use line::Command;
pub(crate) use line::Touched;
