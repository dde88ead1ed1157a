//! One error for every host.

use bailiwick::Diagnostic;
use serde::Serialize;
use thiserror::Error;

/// What a host shows where even an error cannot be written.
const INTERNAL_ERROR: &str = concat!(
    r#"{"code":"internal_error","column":null,"help":null,"line":null,"#,
    r#""message":"the error cannot be written as JSON","path":null}"#,
);

/// Why a call failed, in the shape that every host shows.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[error("{message}")]
pub struct WireError {
    /// A stable word, such as `unknown_key`.
    pub code: String,
    /// The column, counted from 1.
    pub column: Option<u32>,
    /// Every diagnostic, where policies were refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// A way out.
    pub help: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// The file, or the operation's input field.
    pub path: Option<String>,
}

impl WireError {
    /// Returns an error with a code and a message.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            column: None,
            diagnostics: Vec::new(),
            help: None,
            line: None,
            message: message.into(),
            path: None,
        }
    }

    /// Returns the error with a way out.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns the error as JSON text: `code, message, help, path, line, column`, and
    /// `diagnostics` where there are several.
    pub fn to_json(&self) -> String {
        // Text and numbers always have JSON; the other branch cannot be.
        serde_json::to_string(self).unwrap_or_else(|_| INTERNAL_ERROR.to_owned())
    }

    pub(crate) fn from_diagnostics(diagnostics: Vec<Diagnostic>) -> Self {
        let first = diagnostics
            .iter()
            .find(|found| found.severity == bailiwick::Severity::Error)
            .or(diagnostics.first())
            .cloned();
        let Some(first) = first else {
            return Self::new("refused", "the input was refused");
        };
        Self {
            code: first.code.to_owned(),
            column: Some(first.location.column),
            diagnostics,
            help: first.help,
            line: Some(first.location.line),
            message: first.message,
            path: Some(first.location.file),
        }
    }

    pub(crate) fn from_json(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
        Self {
            column: u32::try_from(error.column()).ok(),
            line: u32::try_from(error.line()).ok(),
            path: Some("input".to_owned()),
            ..Self::new("input_invalid", message)
        }
        .with_help("`bailiwick schema` shows what each operation takes")
    }
}

#[cfg(test)]
mod tests {
    use super::INTERNAL_ERROR;
    use super::WireError;

    #[test]
    fn the_last_resort_has_the_shape_of_every_error() {
        let message = "the error cannot be written as JSON";
        let written = WireError::new("internal_error", message).to_json();
        let tree = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(tree(INTERNAL_ERROR), tree(&written));
    }
}
