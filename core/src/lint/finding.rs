//! One finding and its place.

use serde::Serialize;

use crate::lint::LintCode;
use crate::lint::LintSeverity;

/// Where a finding stands in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LintSpan {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// The line of the first byte, counted from 1.
    pub line: u32,
    /// The column of the first byte, counted from 1 in characters.
    pub column: u32,
}

/// What was found at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LintFinding {
    /// Where.
    pub span: LintSpan,
    /// What.
    pub code: LintCode,
    /// How bad it is.
    pub severity: LintSeverity,
    /// The finding in words for people.
    pub sentence: String,
}

/// The findings of one text while it is read; their places are counted at the end.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<(usize, usize, LintCode, Option<String>)>,
}

impl Findings {
    /// Adds a finding with the sentence of its code.
    pub(crate) fn add(&mut self, start: usize, end: usize, code: LintCode) {
        self.found.push((start, end, code, None));
    }

    /// Adds a finding with more words behind the sentence of its code.
    pub(crate) fn add_with(&mut self, start: usize, end: usize, code: LintCode, more: String) {
        self.found.push((start, end, code, Some(more)));
    }

    /// Returns the findings with their places, in the order of the text, one of each code where
    /// several overlap.
    pub(crate) fn placed(mut self, text: &str) -> Vec<LintFinding> {
        self.found.sort_unstable_by_key(|found| (found.0, found.2, found.1));
        let mut out: Vec<LintFinding> = Vec::new();
        let mut ends = [0_usize; LintCode::ALL.len()];
        let mut place = LintSpan { start: 0, end: 0, line: 1, column: 1 };
        for (start, end, code, more) in self.found {
            let Some(last) = ends.get_mut(code as usize) else {
                continue;
            };
            if start < *last || out.len() == MOST {
                continue;
            }
            *last = end.max(start + 1);
            for c in text.get(place.start..start).unwrap_or_default().chars() {
                if c == '\n' {
                    place.line += 1;
                    place.column = 1;
                } else {
                    place.column += 1;
                }
            }
            place.start = start;
            let mut sentence = code.sentence().to_owned();
            if let Some(more) = more {
                sentence.push_str(": ");
                sentence.push_str(&more);
            }
            out.push(LintFinding {
                span: LintSpan { end, ..place },
                code,
                severity: code.severity(),
                sentence,
            });
        }
        out
    }
}

/// Findings of one text that are told: enough to judge it.
const MOST: usize = 200;
