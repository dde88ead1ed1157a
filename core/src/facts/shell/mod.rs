//! What a shell would do with a text: its syntax, expansions and built-ins, and no other program.

mod again;
mod arithmetic;
mod assigned;
mod brace;
mod builtin;
mod call;
mod compound;
mod condition;
mod counted;
mod cursor;
mod cut;
mod declared;
mod document;
mod environment;
mod escape;
mod expand;
mod expression;
mod field;
mod flow;
mod folders;
mod limits;
mod line;
mod lookup;
mod loose;
mod marks;
mod number;
mod options;
mod output;
mod parameter;
mod parser;
mod pattern;
mod quoted;
mod read;
mod redirected;
mod script;
mod seen;
mod simple;
mod state;
mod store;
mod substitute;
mod told;
mod tree;
mod value;
mod walk;

#[cfg(test)]
mod tests;

pub use seen::ShellCommands;
pub use seen::ShellPiece;
pub use seen::shell_commands;

pub(crate) use read::Dialect;
pub(crate) use read::read;
pub(crate) use script::DoubtKind;
pub(crate) use script::Redirection;
pub(crate) use script::RedirectionMode;
pub(crate) use script::RedirectionTarget;
pub(crate) use script::SimpleCommand;
