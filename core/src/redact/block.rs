//! Finding what is long and says nothing: encoded blocks, and lines that repeat.

use crate::redact::RedactedKind;
use crate::redact::scan::Class;
use crate::redact::span::Span;

/// An encoded run longer than this goes.
const LONGEST_RUN: usize = 2048;
/// A line of a wrapped block is at least this long.
const WRAPPED: usize = 40;
/// More equal lines than this in a row go, but for the first.
const MOST_EQUAL: usize = 50;

/// Adds the large blocks of `text` to `spans`.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    runs(text, spans);
    wrapped(text, spans);
    repeated(text, spans);
}

fn runs(text: &str, spans: &mut Vec<Span>) {
    let mut start = 0;
    for (at, byte) in text.bytes().chain(Some(b' ')).enumerate() {
        if Class::Base64.has(byte) {
            continue;
        }
        if at - start > LONGEST_RUN {
            spans.push(Span::new(start, at, RedactedKind::LargeBlock));
        }
        start = at + 1;
    }
}

/// Base 64 as it is usually printed: line under line.
fn wrapped(text: &str, spans: &mut Vec<Span>) {
    let mut at = 0;
    let mut block: Option<(usize, usize)> = None;
    let mut size = 0;
    let mut close = |block: &mut Option<(usize, usize)>, size: &mut usize| {
        if let Some((start, end)) = block.take()
            && *size > LONGEST_RUN
        {
            spans.push(Span::new(start, end, RedactedKind::LargeBlock));
        }
        *size = 0;
    };
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let encoded = body.bytes().all(|byte| Class::Base64.has(byte));
        if encoded && body.len() >= WRAPPED {
            let first = block.map_or(start, |(first, _)| first);
            block = Some((first, start + body.len()));
            size += body.len();
        } else {
            close(&mut block, &mut size);
        }
    }
    close(&mut block, &mut size);
}

fn repeated(text: &str, spans: &mut Vec<Span>) {
    let mut at = 0_usize;
    let mut line_before = "";
    let mut second = 0;
    let mut count = 0;
    let mut close = |count: usize, start: usize, end: usize| {
        if count > MOST_EQUAL {
            spans.push(Span::new(start, end, RedactedKind::RepeatedLines));
        }
    };
    for line in text.split('\n') {
        let end_before = at.saturating_sub(1);
        if line == line_before && !line.trim().is_empty() {
            if count == 1 {
                second = at;
            }
            count += 1;
        } else {
            close(count, second, end_before);
            line_before = line;
            count = 1;
        }
        at += line.len() + 1;
    }
    close(count, second, text.len());
}
