//! The lines of a text: where sentences may go on, and what an introduction says of its list.

/// What a line is, as far as sentences are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Nothing, or only white space.
    Blank,
    /// A heading.
    Heading,
    /// An entry of a list.
    Entry,
    /// A line of code, or of a table: a sentence by itself.
    Alone,
    /// A line of a paragraph, which goes on.
    Text,
}

/// Tells the kind of each line in turn.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lines {
    fence: Option<char>,
}

impl Lines {
    /// Returns the kind of the next line.
    pub(crate) fn kind(&mut self, line: &str) -> LineKind {
        let line = line.trim();
        let fence = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        let opens = fence.is_some_and(|c| line.chars().take_while(|other| *other == c).count() > 2);
        if opens && (self.fence.is_none() || self.fence == fence) {
            self.fence = if self.fence.is_none() { fence } else { None };
            return LineKind::Blank;
        }
        if line.is_empty() {
            return LineKind::Blank;
        }
        if self.fence.is_some() || line.starts_with(['|', '$']) {
            return LineKind::Alone;
        }
        // Quotes may hold lists and headings.
        let line = line.trim_start_matches(['>', ' ']);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let behind = line.get(digits..).unwrap_or_default();
        if digits > 0 && digits < 4 && behind.starts_with(['.', ')']) {
            return LineKind::Entry;
        }
        match line.chars().next() {
            Some('#') => LineKind::Heading,
            Some('-' | '*' | '+' | '\u{2022}') if line.get(1..2) == Some(" ") => LineKind::Entry,
            Some('\u{2022}') => LineKind::Entry,
            Some('-' | '=') if line.chars().all(|c| matches!(c, '-' | '=')) => LineKind::Blank,
            Some(_) | None => LineKind::Text,
        }
    }
}
