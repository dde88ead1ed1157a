//! What a command would run: from plain words, and from shell text as far as it is plain.

mod environment;
mod line;
mod network;
mod operand;
mod program;
mod programs;
mod reader;
mod scan;
mod script;
mod table;
mod wrapper;

pub(crate) use line::COMMAND;
pub(crate) use line::Command;
