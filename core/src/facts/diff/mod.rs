//! Diffs: git's unified format and its listings, read strictly.

mod apply;
mod error;
mod file;
mod header;
mod hunk;
mod listing;
mod quoted;
mod reader;

pub(crate) use apply::applied;
pub(crate) use error::DiffError;
pub(crate) use file::Content;
pub(crate) use file::DiffFile;
pub(crate) use hunk::LineKind;
pub(crate) use listing::read_listing;
pub(crate) use reader::read_diff;
