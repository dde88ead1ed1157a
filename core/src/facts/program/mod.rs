//! What programs do with their words: the words of one command in, its effects out.
//!
//! The tables are data: one row for programs that are alike, with every option that is known, how
//! many words it takes and what is done with them. What a table cannot say (the languages of sed
//! and awk, the expression of find, revisions of git) has a small reader of its own. An option
//! that no row knows makes the command doubtful: it is never taken for harmless.

mod call;
mod effects;
mod environment;
mod evaluate;
mod name;
mod named;
mod notation;
mod parse;
mod reader;
mod role;
mod row;
mod subcommand;
mod table;
mod term;
#[cfg(test)]
mod tests;

pub(crate) use effects::Effects;
pub(crate) use effects::Host;
pub(crate) use effects::Reach;
pub(crate) use effects::Run;
pub(crate) use effects::Touch;
pub(crate) use environment::changes_what_runs;
pub(crate) use environment::changes_where_to;
pub(crate) use evaluate::evaluate;
pub(crate) use evaluate::knows;
pub(crate) use named::READ;
