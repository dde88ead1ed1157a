//! One path pattern with the semantics of git's ignore patterns.

use crate::facts::glob::Segment;
use crate::facts::glob::Step;
use crate::facts::glob::covers;
use crate::facts::glob::folded;
use crate::facts::matcher::PathCase;
use crate::facts::pattern_reader::Reader;

/// A path pattern as in gitignore(5): without a slash it matches at any depth, with one from the
/// root; `*`, `?` and `[…]` stay within a folder, `**` crosses them, a slash at the end means
/// folders only; and what matches a folder covers everything below it.
///
/// What git reads as a comment, an exception (`!`) or a pattern that no path can meet is refused:
/// it would protect nothing.
///
/// # Example
/// ```
/// use bailiwick::PathPattern;
///
/// let pattern = PathPattern::new("infra/prod")?;
/// assert!(pattern.matches("infra/prod/main.tf"));
/// assert!(!pattern.matches("docs/infra/prod"));
/// # Ok::<(), bailiwick::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    // More than one only where git's reading of `name**/rest` has two shapes.
    pub(crate) shapes: Vec<Vec<Segment>>,
    pub(crate) folders_only: bool,
    pub(crate) fold: bool,
}

/// Why a path pattern is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It has no characters, or only a slash.
    #[error("path pattern is empty")]
    Empty,
    /// It is longer than any pattern needs to be.
    #[error("path pattern is longer than {limit} characters")]
    TooLong {
        /// The longest that is read.
        limit: usize,
    },
    /// It starts with `!`.
    #[error("path pattern `{pattern}` is an exception, which could open what another one closes")]
    Negated {
        /// The pattern.
        pattern: String,
    },
    /// It starts with `#`.
    #[error("path pattern `{pattern}` is a comment to git")]
    Comment {
        /// The pattern.
        pattern: String,
    },
    /// A bracket expression has no end, or names no class.
    #[error("path pattern `{pattern}` has a bracket expression that cannot be read")]
    Bracket {
        /// The pattern.
        pattern: String,
    },
    /// A backslash stands at the end or before a slash, or a control character anywhere.
    #[error("path pattern `{pattern}` has a backslash or control character that escapes nothing")]
    Escape {
        /// The pattern.
        pattern: String,
    },
    /// It has a part that is empty, `.` or `..`.
    #[error("path pattern `{pattern}` has a part that no normalised path has")]
    Unreachable {
        /// The pattern.
        pattern: String,
    },
}

impl PatternError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "pattern_empty",
            Self::TooLong { .. } => "pattern_too_long",
            Self::Negated { .. } => "pattern_negated",
            Self::Comment { .. } => "pattern_comment",
            Self::Bracket { .. } => "pattern_bracket",
            Self::Escape { .. } => "pattern_escape",
            Self::Unreachable { .. } => "pattern_unreachable",
        }
    }
}

impl PathPattern {
    /// Reads a pattern; case counts.
    ///
    /// # Errors
    /// Where it is empty, too long, malformed, or could match no path at all.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        Self::with_case(pattern, PathCase::Exact)
    }

    /// Reads a pattern of which case counts or not.
    ///
    /// # Errors
    /// As [`PathPattern::new`].
    pub fn with_case(pattern: &str, case: PathCase) -> Result<Self, PatternError> {
        Reader::new(pattern, case)?.read()
    }

    /// Returns true where the pattern covers `path`: relative to the root, parted by `/`, and
    /// with a slash at its end if it is a folder.
    pub fn matches(&self, path: &str) -> bool {
        let (path, folder) = match path.strip_suffix('/') {
            Some(rest) => (rest, true),
            None => (path, false),
        };
        if self.fold { self.covers(&folded(path), folder) } else { self.covers(path, folder) }
    }

    /// Returns true where the pattern covers a path that is folded as the pattern is; `folder`
    /// says that the path is, or may be, a folder.
    pub(crate) fn covers(&self, path: &str, folder: bool) -> bool {
        self.shapes.iter().any(|shape| covers(shape, path, !self.folders_only || folder))
    }

    /// Returns true where the pattern covers everything that could be in `folder`, by covering the
    /// folder itself or by ending in `/**` or `/*`.
    pub(crate) fn covers_all_in(&self, folder: &str) -> bool {
        let all = |segment: &Segment| match segment {
            Segment::Folders => true,
            Segment::Glob(steps) => matches!(steps.as_slice(), [Step::Many]),
            Segment::Literal(_) => false,
        };
        self.shapes.iter().any(|shape| match shape.split_last() {
            Some((last, [])) if all(last) => true,
            Some((last, above)) if all(last) && !folder.is_empty() => covers(above, folder, true),
            Some(_) | None => !folder.is_empty() && covers(shape, folder, true),
        })
    }

    /// Returns the one name that the pattern looks for at any depth, if it is that simple.
    pub(crate) fn name_anywhere(&self) -> Option<&str> {
        match self.shapes.as_slice() {
            [shape] => match shape.as_slice() {
                [Segment::Folders, Segment::Literal(name)] => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the name that the first part of a path must have, if there is one.
    pub(crate) fn first_name(&self) -> Option<&str> {
        match self.shapes.as_slice() {
            [shape] => match shape.first() {
                Some(Segment::Literal(name)) => Some(name),
                Some(Segment::Folders | Segment::Glob(_)) | None => None,
            },
            _ => None,
        }
    }
}
