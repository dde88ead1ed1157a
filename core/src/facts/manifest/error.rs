//! Why a manifest is not read.

/// Why a manifest is not read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ManifestError {
    /// Its text does not follow the rules of its format, or has what is not read.
    #[error("is not read at line {0}")]
    Syntax(usize),
    /// It says the same thing twice.
    #[error("says something twice, at line {0}")]
    Twice(usize),
    /// It goes too deep.
    #[error("is nested too deep, at line {0}")]
    Deep(usize),
    /// A part of it is not of the shape that its tool expects.
    #[error("has a part of a shape that its tool does not expect")]
    Shape,
    /// It is of a kind that is known and not read.
    #[error("is of a kind that is not read")]
    NotRead,
}
