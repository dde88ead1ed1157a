//! Why a diff is refused.

/// Why a diff is refused, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the diff {problem}, at line {line}")]
pub(crate) struct DiffError {
    /// The line of the text, from 1; in a listing the number of the field.
    pub(crate) line: usize,
    /// What is wrong with it.
    pub(crate) problem: DiffProblem,
}

/// What is wrong with a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DiffProblem {
    #[error("has a binary patch that is malformed")]
    Binary,
    #[error("has several parents")]
    Combined,
    #[error("contradicts itself")]
    Contradiction,
    #[error("does not say how many lines it says")]
    Counts,
    #[error("ends too early")]
    Ends,
    #[error("has a header that is not git's")]
    Header,
    #[error("has a mode that is not a file's")]
    Mode,
    #[error("has a path that cannot be read")]
    Path,
    #[error("changes too many files")]
    TooMany,
    #[error("has a status that is not read")]
    Status,
    #[error("does not fit the text it changes")]
    Unfit,
}

impl DiffError {
    /// Returns the problem at that line.
    pub(crate) const fn at(line: usize, problem: DiffProblem) -> Self {
        Self { line, problem }
    }

    /// Returns the stable name of the problem.
    pub(crate) const fn code(&self) -> &'static str {
        match self.problem {
            DiffProblem::Binary => "diff_binary",
            DiffProblem::Combined => "diff_combined",
            DiffProblem::Contradiction => "diff_contradiction",
            DiffProblem::Counts => "diff_counts",
            DiffProblem::Ends => "diff_ends",
            DiffProblem::Header => "diff_header",
            DiffProblem::Mode => "diff_mode",
            DiffProblem::Path => "diff_path",
            DiffProblem::TooMany => "diff_too_many",
            DiffProblem::Status => "diff_status",
            DiffProblem::Unfit => "diff_unfit",
        }
    }
}
