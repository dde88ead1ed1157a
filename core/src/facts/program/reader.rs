//! Readers of what the table cannot say, one for each kind of program.

pub(super) mod archive;
pub(super) mod awk;
pub(super) mod build;
pub(super) mod builtin;
pub(super) mod code;
pub(super) mod compile;
pub(super) mod file;
mod filter;
pub(super) mod find;
pub(super) mod git;
pub(super) mod jq;
pub(super) mod network;
pub(super) mod process;
pub(super) mod sed;
mod sed_script;
pub(super) mod shell;
pub(super) mod system;
pub(super) mod text;
pub(super) mod wrapper;

use crate::facts::program::term::Term;
use crate::facts::word::Word;

/// Returns the current folder as a word.
pub(super) fn here() -> Word {
    Word::text(".")
}

/// Returns the last name of a path, where that is known.
fn last_name<'t>(term: &'t Term<'_>) -> Option<&'t str> {
    let text = term.literal()?.trim_end_matches('/');
    let name = text.rsplit('/').next().unwrap_or(text);
    (!name.is_empty() && name != "." && name != "..").then_some(name)
}
