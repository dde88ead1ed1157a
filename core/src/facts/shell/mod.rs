//! What a shell would do with a text: its syntax, expansions and built-ins, and no other program.

mod arithmetic;
mod assigned;
mod brace;
mod builtin;
mod call;
mod compound;
mod cursor;
mod document;
mod escape;
mod expand;
mod field;
mod flow;
mod limits;
mod loose;
mod marks;
mod parameter;
mod parser;
mod pattern;
mod quoted;
mod read;
mod script;
mod simple;
mod state;
mod substitute;
mod tree;
mod value;
mod walk;

pub(crate) use read::Dialect;
pub(crate) use read::read;
pub(crate) use script::DoubtKind;
pub(crate) use script::Redirection;
pub(crate) use script::RedirectionMode;
pub(crate) use script::RedirectionTarget;
pub(crate) use script::Script;
pub(crate) use script::ScriptDoubt;
pub(crate) use script::SimpleCommand;
