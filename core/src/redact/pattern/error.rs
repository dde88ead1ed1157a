//! Why a text is no pattern, where, and what to write.

use thiserror::Error;

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason} at character {position}")]
pub(crate) struct PatternError {
    /// What to write.
    pub(crate) help: String,
    /// The character, counted from 1.
    pub(crate) position: usize,
    /// What is wrong.
    pub(crate) reason: &'static str,
}

impl PatternError {
    pub(super) fn new(position: usize, reason: &'static str, help: impl Into<String>) -> Self {
        Self { help: help.into(), position, reason }
    }

    pub(super) fn no_anchor(text: &str) -> Self {
        let help = "write at least three characters that stand in each such secret as they are; \
                    the more, the faster";
        let end = text.chars().count();
        Self::new(end, "no piece of plain text is long enough to be looked for", help)
    }
}
