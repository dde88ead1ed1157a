//! Findings as wire reports them, printed with paths that can be opened from here.

use std::path::Path;

use bailiwick_wire::WireError;
use serde::Deserialize;

use crate::output::Paint;
use crate::output::printable;

/// One finding.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Finding {
    code: String,
    #[serde(default)]
    help: Option<String>,
    location: Place,
    message: String,
    #[serde(default)]
    related: Vec<Related>,
    severity: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Related {
    location: Place,
    message: String,
}

/// A place in a file.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Place {
    pub(crate) column: u32,
    pub(crate) file: String,
    pub(crate) line: u32,
}

impl Finding {
    /// Returns the findings of an error: its list, or itself where it is but one.
    pub(crate) fn of(error: &WireError) -> Vec<Self> {
        let value = serde_json::to_value(&error.diagnostics).unwrap_or_default();
        let listed: Vec<Self> = serde_json::from_value(value).unwrap_or_default();
        if !listed.is_empty() {
            return listed;
        }
        vec![Self {
            code: error.code.clone(),
            help: error.help.clone(),
            location: Place {
                column: error.column.unwrap_or(0),
                file: error.path.clone().unwrap_or_default(),
                line: error.line.unwrap_or(0),
            },
            message: error.message.clone(),
            related: Vec::new(),
            severity: "error".to_owned(),
        }]
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity == "error"
    }

    /// Returns the finding for people; its files lie below `root`.
    pub(crate) fn to_text(&self, root: &Path, paint: Paint) -> String {
        let place = self.location.to_text(root);
        let head = format!("{}[{}]", self.severity, printable(&self.code));
        let head = if self.is_error() { paint.red(&head) } else { paint.yellow(&head) };
        let message = printable(&self.message);
        let mut text = if place.is_empty() {
            format!("{head}: {message}")
        } else {
            format!("{}: {head}: {message}", paint.bold(&place))
        };
        if let Some(help) = &self.help {
            text.push_str(&format!("\n  help: {}", printable(help)));
        }
        for related in &self.related {
            let place = related.location.to_text(root);
            let message = printable(&related.message);
            text.push_str(&format!("\n  note: {place}: {message}"));
        }
        text
    }
}

impl Place {
    /// Returns `file:line:column`, without what is not known.
    pub(crate) fn to_text(&self, root: &Path) -> String {
        let path = if self.file.is_empty() { root.to_path_buf() } else { root.join(&self.file) };
        let path = printable(&path.to_string_lossy());
        if self.line == 0 { path } else { format!("{path}:{}:{}", self.line, self.column) }
    }
}
