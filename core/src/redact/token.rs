//! Finding provider tokens, JSON web tokens and bearer credentials by their shape.

use crate::redact::RedactedKind;
use crate::redact::scan::Class;
use crate::redact::scan::Run;
use crate::redact::scan::byte_before;
use crate::redact::span::Span;
use crate::redact::token_table::Left;
use crate::redact::token_table::TOKENS;
use crate::redact::token_table::TokenShape;

/// The shapes of tokens by their first byte.
#[derive(Clone, Debug)]
pub(crate) struct TokenIndex {
    by_first: Vec<Vec<&'static TokenShape>>,
}

impl TokenIndex {
    pub(crate) fn new() -> Self {
        let by_first = (0..=u8::MAX)
            .map(|byte| {
                let begins = |shape: &&TokenShape| shape.prefix.as_bytes().first() == Some(&byte);
                TOKENS.iter().filter(begins).collect()
            })
            .collect();
        Self { by_first }
    }

    /// Adds the tokens of `text` to `spans`.
    ///
    /// Every place is tried, also inside a token that was found: a token that another one's prefix
    /// runs into is found too.
    pub(crate) fn find(&self, text: &str, spans: &mut Vec<Span>) {
        let bytes = text.as_bytes();
        let mut runs = Class::ALL.map(Run::new);
        let mut jwt = JwtRuns::new();
        let mut bearer = Run::new(Class::Base64);
        for (at, byte) in bytes.iter().enumerate() {
            for shape in self.by_first.get(usize::from(*byte)).into_iter().flatten() {
                let Some(run) = runs.get_mut(shape.class as usize) else {
                    continue;
                };
                if let Some(end) = shape_end(shape, bytes, at, run) {
                    push(spans, Span::new(at, end, shape.kind));
                }
            }
            if *byte == b'e'
                && let Some(end) = jwt.end(bytes, at)
            {
                push(spans, Span::new(at, end, RedactedKind::Jwt));
            }
            if matches!(byte, b'B' | b'b')
                && let Some((start, end)) = bearer_value(bytes, at, &mut bearer)
            {
                push(spans, Span::new(start, end, RedactedKind::Authorization));
            }
        }
    }
}

/// A span inside the one before adds nothing.
fn push(spans: &mut Vec<Span>, span: Span) {
    let inside = spans.last().is_some_and(|last| last.start <= span.start && span.end <= last.end);
    if !inside {
        spans.push(span);
    }
}

fn shape_end(shape: &TokenShape, bytes: &[u8], at: usize, run: &mut Run) -> Option<usize> {
    let prefix = shape.prefix.as_bytes();
    if !bytes.get(at..)?.starts_with(prefix) {
        return None;
    }
    let word_before = byte_before(bytes, at)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if shape.left == Left::Word && word_before {
        return None;
    }
    let body = at + prefix.len();
    let end = run.end(bytes, body);
    (end.saturating_sub(body) >= shape.least).then_some(end)
}

/// The parts of a JSON web token, each measured once.
struct JwtRuns {
    parts: [Run; 5],
}

impl JwtRuns {
    fn new() -> Self {
        Self { parts: [Run::new(Class::Base64Url); 5] }
    }

    /// Returns the end of the token that begins at `at`: three parts, or five if encrypted; the
    /// last may be empty.
    fn end(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if !bytes.get(at..)?.starts_with(b"eyJ") {
            return None;
        }
        let mut end = at;
        let mut start = at;
        for (number, run) in self.parts.iter_mut().enumerate() {
            end = run.end(bytes, start);
            if number < 2 && end.saturating_sub(start) < 8 {
                return None;
            }
            if bytes.get(end) != Some(&b'.') {
                return (number >= 2).then_some(end);
            }
            start = end + 1;
        }
        Some(end)
    }
}

/// Returns where the credentials after a bare `Bearer ` lie.
fn bearer_value(bytes: &[u8], at: usize, run: &mut Run) -> Option<(usize, usize)> {
    let word = bytes.get(at..at + 7)?;
    if !word.eq_ignore_ascii_case(b"bearer ")
        || byte_before(bytes, at).is_some_and(|byte| byte.is_ascii_alphanumeric())
    {
        return None;
    }
    let start = at + 7;
    let end = run.end(bytes, start);
    let value = bytes.get(start..end)?;
    let digit = value.iter().take(64).any(u8::is_ascii_digit);
    (value.len() >= 16 && digit).then_some((start, end))
}
