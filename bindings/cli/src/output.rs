//! What is printed where: results on standard output, everything else on standard error.

use std::io::ErrorKind;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;

use bailiwick_wire::WireError;
use clap::ValueEnum;

use crate::exit::Failure;
use crate::finding::Finding;

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs; errors are JSON on standard error.
    Json,
    /// For test dashboards: JUnit XML (`test` only).
    Junit,
}

/// The two streams of a command.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) format: Format,
    /// Colours of standard output.
    pub(crate) paint: Paint,
    paint_errors: Paint,
    /// A person watches standard error.
    watched: bool,
}

impl Output {
    pub(crate) fn new(format: Format) -> Self {
        let watched = std::io::stderr().is_terminal();
        Self {
            format,
            paint: Paint::for_stream(std::io::stdout().is_terminal()),
            paint_errors: Paint::for_stream(watched),
            watched,
        }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Prints a line of the result.
    pub(crate) fn line(&self, text: &str) -> Result<(), Failure> {
        self.raw(text)?;
        self.raw("\n")
    }

    /// Prints a part of the result as it stands.
    pub(crate) fn raw(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Prints bytes of the result as they stand.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let written = std::io::stdout().lock().write_all(bytes);
        self.written(written)
    }

    /// Sees to it that everything printed has left.
    pub(crate) fn flush(&self) -> Result<(), Failure> {
        let written = std::io::stdout().lock().flush();
        self.written(written)
    }

    fn written(&self, result: std::io::Result<()>) -> Result<(), Failure> {
        result.map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failure::Closed,
            _ => WireError::new(
                "output_failed",
                format!("standard output cannot be written: {error}"),
            )
            .into(),
        })
    }

    /// Prints an error; nothing can be done where even that fails.
    pub(crate) fn error(&self, error: &WireError) {
        self.findings(error, Path::new(""));
    }

    /// Prints the findings of an error, their files below `root`.
    pub(crate) fn findings(&self, error: &WireError, root: &Path) {
        if self.is_json() {
            self.complain(&error.to_json());
            return;
        }
        for finding in Finding::of(error) {
            self.complain(&finding.to_text(root, self.paint_errors));
        }
    }

    /// Prints a remark to a person; a program is not bothered with it.
    pub(crate) fn note(&self, text: &str) {
        if self.watched && !self.is_json() {
            self.complain(&format!("note: {text}"));
        }
    }

    /// Prints a remark that a program hears too.
    pub(crate) fn remark(&self, text: &str) {
        self.complain(&format!("note: {text}"));
    }

    /// Shows how far a long job is, where a person watches.
    pub(crate) fn progress(&self, text: &str) {
        if self.watched {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[K{text}");
        }
    }

    /// Takes away what [`Self::progress`] showed.
    pub(crate) fn clear_progress(&self) {
        self.progress("");
    }

    fn complain(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint(bool);

impl Paint {
    pub(crate) const fn none() -> Self {
        Self(false)
    }

    fn for_stream(terminal: bool) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self(terminal && !refused && !dumb)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub(crate) fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }

    pub(crate) fn green(self, text: &str) -> String {
        self.with("32", text)
    }
}

/// Returns a number with its word, in the plural where it takes one.
pub(crate) fn count(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// Returns text without what a terminal would act upon: policies, requests and file names come
/// from others.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if reorders || (c.is_control() && !matches!(c, '\n' | '\t')) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_a_terminal_would_act_upon_is_spelled_out() {
        assert_eq!(printable("a\u{1b}[2J\u{202e}b\tc\nd"), "a\\u{1b}[2J\\u{202e}b\tc\nd");
    }
}
