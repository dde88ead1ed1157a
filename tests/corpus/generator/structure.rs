//! Shapes that a line may take around a payload.

use super::data::encoded;
use super::data::rows;
use super::text::base64;
use super::text::for_double_quotes;
use super::text::hex;
use super::text::reversed;
use super::text::single_quoted;

/// A line that does something, disguised or not.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) category: &'static str,
    pub(crate) text: String,
    pub(crate) denied: bool,
    pub(crate) why: String,
    /// It is one command without redirections.
    pub(crate) is_simple: bool,
    /// A program with more words behind it does the same.
    pub(crate) takes_more_words: bool,
    /// Its first word is one that only a shell knows.
    pub(crate) is_builtin: bool,
}

/// A row of `data/structures.txt`.
pub(crate) struct Shape {
    section: &'static str,
    kind: &'static str,
    flags: &'static str,
    template: String,
}

impl Shape {
    /// Returns every shape, in the order of the table.
    pub(crate) fn all() -> Vec<Self> {
        rows(include_str!("../data/structures.txt"))
            .into_iter()
            .map(|row| Self {
                section: row.section,
                kind: row.kind,
                flags: row.flags,
                template: row.text,
            })
            .collect()
    }

    /// Returns true for a program that runs the program behind it.
    pub(crate) fn is_wrapper(&self) -> bool {
        self.section == "wrappers"
    }

    /// Returns `line` in this shape; `None` where it does not fit.
    pub(crate) fn around(&self, line: &Line) -> Option<Line> {
        if !self.fits(line) {
            return None;
        }
        let denied = match self.kind {
            "deny" => true,
            "keep" => line.denied && self.keeps_meaning(line),
            _ => false,
        };
        Some(Line {
            category: self.section,
            text: self.filled(&line.text),
            denied,
            why: format!("{} in ‹{}›", line.why, encoded(&self.template)),
            is_simple: false,
            takes_more_words: false,
            is_builtin: false,
        })
    }

    fn fits(&self, line: &Line) -> bool {
        let text = &line.text;
        let inlines = self.template.contains("{X}");
        // Behind a here-document or `&` the rest of the template would not be a shell's language.
        let open = text.contains('\n') || text.ends_with('&');
        let arithmetic = text.starts_with('(') && self.template.contains("({X}");
        let behind_pipe = ["| {X}", "|& {X}"].iter().any(|pipe| self.template.contains(pipe));
        let not_there = behind_pipe && (text.starts_with("! ") || text.starts_with("time "));
        let fits_flag = |flag: char| match flag {
            's' => line.is_simple,
            'p' => !text.contains(['\'', '"', '\\', '$', '`', '*', '?', '[']),
            'q' => !text.contains('\''),
            'l' => !text.contains('\n'),
            'x' => !text.contains("';'") && !text.contains("\\;") && !text.contains("{}"),
            _ => true,
        };
        !(inlines && (open || arithmetic || not_there)) && self.flags.chars().all(fits_flag)
    }

    /// Returns true where what denies the line denies it in this shape too.
    fn keeps_meaning(&self, line: &Line) -> bool {
        let appends = self.flags.contains('a');
        !(self.is_wrapper() && line.is_builtin) && (line.takes_more_words || !appends)
    }

    fn filled(&self, text: &str) -> String {
        let quoted = single_quoted(text);
        let mut out = String::new();
        let mut rest = self.template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (mark, behind) = after.split_once('}').unwrap_or((after, ""));
            let value = match mark {
                "X" => text.to_owned(),
                "Q" => quoted.clone(),
                "Q2" => for_double_quotes(&quoted),
                "D" => for_double_quotes(text),
                "B" => base64(&format!("{text}\n")),
                "H" => hex(text),
                "R" => single_quoted(&reversed(text)),
                _ => {
                    out.push('{');
                    rest = after;
                    continue;
                }
            };
            out.push_str(&value);
            rest = behind;
        }
        out.push_str(rest);
        out
    }
}
