//! Why a rule pack is refused.

use thiserror::Error;

use crate::document::Diagnostic;
use crate::model::Location;
use crate::redact::pattern::PatternError;

/// One thing that is wrong with a pack. Examples are never printed: they look like secrets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum PackError {
    /// An example does not do what it shows.
    #[error("detector `{detector}`: this example {found}")]
    Example { detector: String, found: &'static str },
    /// A rule without what it needs.
    #[error("a rule needs `{key}`")]
    MissingKey { key: &'static str },
    /// A file that holds no pack, or something beside it.
    #[error("file holds {count} documents, where one rule pack is expected")]
    NotOnePack { count: usize },
    /// A pattern that cannot be read.
    #[error("pattern of `{detector}`: {error}")]
    Pattern { detector: String, error: PatternError },
    /// A regular expression that cannot be read.
    #[error("regular expression of `{detector}`: {reason}")]
    Regex { detector: String, reason: String },
    /// A keyword that is too short to be looked for.
    #[error("keyword of `{detector}` is under {least} bytes long")]
    ShortKeyword { detector: String, least: usize },
    /// A text that is not the TOML that is expected.
    #[error("file {reason}")]
    Toml { reason: String },
}

impl PackError {
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Example { .. } => "example_mismatch",
            Self::MissingKey { .. } => "missing_key",
            Self::NotOnePack { .. } => "not_one_pack",
            Self::Pattern { .. } => "pattern_invalid",
            Self::Regex { .. } => "regex_invalid",
            Self::ShortKeyword { .. } => "keyword_too_short",
            Self::Toml { .. } => "toml_syntax",
        }
    }

    pub(crate) fn help(&self) -> String {
        match self {
            Self::Example { .. } => "mend the detector or the example".to_owned(),
            Self::MissingKey { key } => format!("add `{key}`"),
            Self::NotOnePack { .. } => "keep one `redaction_pack` in the file".to_owned(),
            Self::Pattern { error, .. } => error.help.clone(),
            Self::Regex { .. } => {
                "write it without look-around and back-references, within the size that is allowed"
                    .to_owned()
            }
            Self::Toml { .. } => "write it as TOML, and split what is too large".to_owned(),
            Self::ShortKeyword { .. } => {
                "name what stands in each such text as it is; the longer, the faster".to_owned()
            }
        }
    }

    pub(crate) fn at(&self, location: Location) -> Diagnostic {
        Diagnostic::error(self.code(), self.to_string(), location).with_help(self.help())
    }
}

/// A rule pack cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .diagnostics.first().map_or_else(|| "the pack was refused".to_owned(), ToString::to_string))]
pub struct PackRefused {
    /// Everything that was found, errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}
