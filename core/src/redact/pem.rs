//! Finding private keys in their blocks, also cut off at either end.

use crate::redact::RedactedKind;
use crate::redact::span::Span;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const RULE: &str = "-----";
const LABEL: &str = "PRIVATE KEY";

/// Adds the private keys of `text` to `spans`: from BEGIN to END, to the end of the text where
/// END is missing, and the lines before an END whose BEGIN is missing.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(start) = next(text, at, BEGIN) {
        let Some(body) = after_label(text, start + BEGIN.len()) else {
            at = start + BEGIN.len();
            continue;
        };
        headless(text, at, start, spans);
        let end = private_end(text, body).map_or(text.len(), |(_, end)| end);
        spans.push(Span::new(start, end, RedactedKind::PrivateKey));
        at = end;
    }
    headless(text, at, text.len(), spans);
}

/// Returns where a private key's END begins and ends.
fn private_end(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(start) = next(text, at, END) {
        at = start + END.len();
        if let Some(end) = after_label(text, at) {
            return Some((start, end));
        }
    }
    None
}

/// A log that begins in the middle of a key: the encoded lines before END go.
fn headless(text: &str, from: usize, to: usize, spans: &mut Vec<Span>) {
    let mut at = from;
    while let Some((start, end)) = private_end(text.get(..to).unwrap_or(""), at) {
        let before = text.get(at..start).unwrap_or("");
        let mut first = start;
        for line in before.split_inclusive('\n').rev() {
            let body = line.trim();
            let encoded = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\\".contains(&byte);
            if body.is_empty() || !body.bytes().all(encoded) {
                break;
            }
            first -= line.len();
        }
        spans.push(Span::new(first, end, RedactedKind::PrivateKey));
        at = end;
    }
}

/// Returns what follows `LABEL-----` near `at`.
fn after_label(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let near = rest.get(..64).unwrap_or(rest);
    let label = near.windows(RULE.len()).position(|window| window == RULE.as_bytes())?;
    let named = near.get(..label)?.windows(LABEL.len()).any(|window| window == LABEL.as_bytes());
    named.then_some(at + label + RULE.len())
}

fn next(text: &str, at: usize, what: &str) -> Option<usize> {
    text.get(at..)?.find(what).map(|found| at + found)
}
