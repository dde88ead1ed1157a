//! The journal as plain files, for where there is to be no database: the same promises.

mod files;
mod index;
mod journal;
mod side;
mod tail;
mod tenant;

pub use journal::JsonlJournal;
