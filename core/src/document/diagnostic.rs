//! What is wrong with a document, where, and what to do about it.

use serde::Serialize;

use crate::model::Location;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The document is used all the same.
    Warning,
    /// The document is refused, and policies that hold an error deny everything.
    Error,
}

impl Severity {
    /// Returns the printed name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding about a document.
///
/// Prints as `file:line:column: error[code]: message`, with lines for the help and for related
/// places below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The stable code, in snake case.
    pub code: &'static str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where it is.
    pub location: Location,
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// Other places that bear on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// How bad it is.
    pub severity: Severity,
}

/// Another place that bears on a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Where it is.
    pub location: Location,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// Returns an error with this code and message at `location`.
    pub fn error(code: &'static str, message: impl Into<String>, location: Location) -> Self {
        Self {
            code,
            help: None,
            location,
            message: message.into(),
            related: Vec::new(),
            severity: Severity::Error,
        }
    }

    /// Returns a warning with this code and message at `location`.
    pub fn warning(code: &'static str, message: impl Into<String>, location: Location) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, location) }
    }

    /// Returns the finding with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns the finding with another place that bears on it.
    #[must_use]
    pub fn with_related(mut self, message: impl Into<String>, location: Location) -> Self {
        self.related.push(Related { location, message: message.into() });
        self
    }

    /// Returns true for an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let severity = self.severity.name();
        // What is missing altogether has no place.
        if !self.location.file.is_empty() {
            write!(f, "{}: ", self.location)?;
        }
        write!(f, "{severity}[{}]: {}", self.code, self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        for related in &self.related {
            write!(f, "\n  note: {}: {}", related.location, related.message)?;
        }
        Ok(())
    }
}

/// User input as it stands in messages: in backticks, shortened, on one line, and without
/// characters that a terminal would act upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted(String);

impl Quoted {
    const LIMIT: usize = 60;
}

impl From<&str> for Quoted {
    fn from(text: &str) -> Self {
        let mut shown = String::new();
        for (count, c) in text.chars().enumerate() {
            if count == Self::LIMIT {
                shown.push('…');
                break;
            }
            if is_unprintable(c) {
                shown.extend(c.escape_unicode());
            } else {
                shown.push(c);
            }
        }
        Self(shown)
    }
}

impl std::fmt::Display for Quoted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// Returns true for control characters and for those that reorder the text around them, so that
/// what a reviewer reads is not what is there.
pub(crate) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::Diagnostic;
    use super::Quoted;
    use crate::model::Location;

    #[test]
    fn prints_place_code_message_help_and_related_places() {
        let place =
            |line| Location { column: 3, file: "a.yaml".to_owned(), line, path: String::new() };
        let finding = Diagnostic::error("repeated_key", "key `a` stands twice", place(2))
            .with_help("keep one")
            .with_related("first here", place(1));
        assert_eq!(
            finding.to_string(),
            "a.yaml:2:3: error[repeated_key]: key `a` stands twice\n  help: keep one\n  \
             note: a.yaml:1:3: first here"
        );
    }

    #[test]
    fn quotes_user_input_short_and_without_terminal_controls() {
        let long = "x".repeat(200);
        assert_eq!(
            Quoted::from("a\u{1b}[31m\n\u{202e}").to_string(),
            "`a\\u{1b}[31m\\u{a}\\u{202e}`"
        );
        assert_eq!(Quoted::from(long.as_str()).to_string().chars().count(), 63);
    }
}
