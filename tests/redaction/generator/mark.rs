//! Texts that know which of their bytes must vanish.

use std::collections::BTreeSet;
use std::ops::Range;

/// Stands before a secret while a text is made.
pub(crate) const BEGIN: char = '\u{e000}';

/// Stands behind a secret while a text is made.
pub(crate) const END: char = '\u{e001}';

/// How many bytes of a secret in a row are too many.
const WINDOW: usize = 8;

/// A text with the byte ranges of its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What a redactor gets.
    pub text: String,
    /// Where its secrets stand; a key of several lines has a range for each.
    pub secrets: Vec<Range<usize>>,
}

/// How much of the secrets of a text is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// Nothing.
    Missed,
    /// A part: some eight bytes in a row still stand there.
    Partial,
    /// No eight bytes of a secret in a row stand there any more.
    Full,
}

impl Marked {
    /// Returns the text whose secrets stand between marks.
    pub(crate) fn from_marks(marked: &str) -> Self {
        let mut text = String::new();
        let mut secrets = Vec::new();
        let mut start = None;
        for c in marked.chars() {
            match c {
                BEGIN => start = Some(text.len()),
                END => secrets.extend(start.take().map(|start| start..text.len())),
                other => text.push(other),
            }
        }
        assert!(start.is_none(), "a mark without its end");
        Self { text, secrets }
    }

    /// Returns how much of the secrets is gone in `shown`. Codes of colour and invisible characters
    /// are looked through on both sides, since a reader does.
    pub fn cover(&self, shown: &str) -> Cover {
        let shown = visible(shown);
        let mut rest = String::new();
        let mut end = 0;
        for range in &self.secrets {
            rest.push_str(&self.text[end..range.start]);
            rest.push('\n');
            end = range.end;
        }
        rest.push_str(&self.text[end..]);
        let rest = visible(&rest);
        let harmless: BTreeSet<&[u8]> = rest.as_bytes().windows(WINDOW).collect();
        let standing: BTreeSet<&[u8]> = shown.as_bytes().windows(WINDOW).collect();
        let (mut kept, mut gone) = (0, 0);
        for range in &self.secrets {
            let secret = visible(&self.text[range.clone()]);
            if secret.len() < WINDOW {
                let stands = shown.contains(&secret) && !rest.contains(&secret);
                kept += usize::from(stands);
                gone += usize::from(!stands);
                continue;
            }
            for window in secret.as_bytes().windows(WINDOW) {
                let stands = standing.contains(window);
                // What also stands outside of the secrets says nothing.
                if !harmless.contains(window) {
                    kept += usize::from(stands);
                    gone += usize::from(!stands);
                }
            }
        }
        match (kept, gone) {
            (0, _) => Cover::Full,
            (_, 0) => Cover::Missed,
            _ => Cover::Partial,
        }
    }
}

/// Returns `text` without codes of colour and invisible characters.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' if chars.peek() == Some(&'[') => {
                chars.next();
                while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {}
            }
            '\u{200b}' | '\u{ad}' | '\u{2060}' | '\u{feff}' => {}
            other => out.push(other),
        }
    }
    out
}
