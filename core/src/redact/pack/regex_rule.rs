//! A regular expression behind keywords: only near one of them is it tried.

use crate::redact::pack::expression::Expression;
use crate::redact::pattern::Matched;

/// The shortest keyword: shorter ones stand everywhere.
pub(crate) const SHORTEST_KEYWORD: usize = 3;
/// How far around a keyword a match may reach, on each side.
const REACH: usize = 2_048;

/// An expression, and where it is tried.
#[derive(Clone, Debug)]
pub(crate) struct RegexRule {
    pub(crate) allow: Vec<AllowedMatch>,
    pub(crate) expression: Expression,
    /// Literals in small letters.
    pub(crate) keywords: Vec<Box<[u8]>>,
    /// The group that is the secret.
    pub(crate) secret_group: Option<usize>,
}

/// What an allow-list of a pack looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AllowTarget {
    Line,
    Match,
    Secret,
}

/// Matches that are no secrets.
#[derive(Clone, Debug)]
pub(crate) struct AllowedMatch {
    /// Expressions and words must both fit.
    pub(crate) all: bool,
    pub(crate) expressions: Vec<Expression>,
    /// Words in small letters that a secret may hold.
    pub(crate) stop_words: Vec<Box<[u8]>>,
    pub(crate) target: AllowTarget,
}

impl RegexRule {
    /// Returns the first match in the line around `at` that ends behind it.
    pub(crate) fn find(
        &self,
        text: &[u8],
        at: usize,
        accept: impl Fn(Matched) -> bool,
    ) -> Option<Matched> {
        let (start, end) = window(text, at);
        let line = text.get(start..end)?;
        let moved = |it: Matched| Matched {
            start: it.start + start,
            end: it.end + start,
            secret_start: it.secret_start + start,
            secret_end: it.secret_end + start,
        };
        let found = self.expression.find(line, self.secret_group, |it| {
            let behind = it.end.saturating_add(start) > at;
            behind && !self.is_allowed(line, it) && accept(moved(it))
        });
        found.map(moved)
    }

    fn is_allowed(&self, line: &[u8], it: Matched) -> bool {
        let secret = line.get(it.secret_start..it.secret_end).unwrap_or_default();
        let whole = line.get(it.start..it.end).unwrap_or_default();
        self.allow.iter().any(|allowed| allowed.fits(line, whole, secret))
    }
}

impl AllowedMatch {
    fn fits(&self, line: &[u8], whole: &[u8], secret: &[u8]) -> bool {
        let target = match self.target {
            AllowTarget::Line => line,
            AllowTarget::Match => whole,
            AllowTarget::Secret => secret,
        };
        let expression = self.expressions.iter().any(|expression| expression.is_in(target));
        let word = self.stop_words.iter().any(|word| {
            secret.windows(word.len().max(1)).any(|window| window.eq_ignore_ascii_case(word))
        });
        if self.all {
            let expression = expression || self.expressions.is_empty();
            let word = word || self.stop_words.is_empty();
            let any = !self.expressions.is_empty() || !self.stop_words.is_empty();
            return any && expression && word;
        }
        expression || word
    }
}

/// Returns the line around `at`, cut where it is long.
fn window(text: &[u8], at: usize) -> (usize, usize) {
    let at = at.min(text.len());
    let first = at.saturating_sub(REACH);
    let last = at.saturating_add(REACH).min(text.len());
    let before = text.get(first..at).unwrap_or_default();
    let after = text.get(at..last).unwrap_or_default();
    let start =
        before.iter().rposition(|byte| *byte == b'\n').map_or(first, |feed| first + feed + 1);
    let end = after.iter().position(|byte| *byte == b'\n').map_or(last, |feed| at + feed);
    (start, end)
}
