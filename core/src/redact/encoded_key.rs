//! Private keys whose whole block is encoded once more, as secrets of Kubernetes hold it: one run of
//! base 64, or lines of it.

use crate::redact::announced::Pending;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::run_end;
use crate::redact::bytes::starts_at;
use crate::redact::encoding::decode_base64;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::pem;
use crate::redact::span::Span;

/// `-----BEGIN` in base 64.
pub(crate) const BEGIN: &[u8] = b"LS0tLS1CRUdJTi";
/// A shorter run is a line of a key only where nothing else stands in its line.
const SURE: usize = 16;

/// Takes the run that begins with the BEGIN at `at`, where a private key is in it: also behind
/// certificates.
pub(crate) fn begin(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let Some(done) = line.encoded_done.get_mut(at % 4).filter(|done| **done <= at) else {
        return;
    };
    let mut end = end_of_run(bytes, at);
    *done = end;
    let text = bytes.get(at..end).and_then(decode_base64).unwrap_or_default();
    if !pem::has_private_begin(&text) {
        return;
    }
    // Its line feeds may be written out.
    while let Some(next) = behind_feed(bytes, end) {
        let stop = end_of_run(bytes, next);
        if !goes_on(bytes.get(next..stop).unwrap_or(&[])) {
            break;
        }
        end = stop;
    }
    *done = end;
    line.spans.push(Span::new(at, end, Kind::PrivateKey));
    let rest = bytes.get(end..).unwrap_or(&[]);
    if pem::without_closing(rest).is_empty() && !pem::is_private_end(&text) {
        line.pending = Some(Pending::EncodedKey { column: at });
    }
}

/// Takes the next line of an encoded key, where it is one, and announces that it goes on.
pub(crate) fn next_line(line: &mut Line<'_, '_>, column: usize) {
    let bytes = line.bytes;
    let text = pem::without_closing(bytes);
    let word = text.iter().rev().take_while(|byte| BASE64.has(**byte)).count();
    let start = text.len() - word;
    let body = text.get(start..).unwrap_or(&[]);
    let before = text.get(..start).unwrap_or(&[]);
    let alone = before.iter().all(|byte| b" \t\"'".contains(byte));
    if goes_on(body) && (alone || start == column || word >= SURE) {
        line.spans.push(Span::new(start, text.len(), Kind::KeyBody));
        line.pending = Some(Pending::EncodedKey { column });
    }
}

/// Returns true where `run` is more of an encoded key: text as it stands in PEM, encoded, and not
/// the beginning of the next block.
fn goes_on(run: &[u8]) -> bool {
    let is_text = |byte: &u8| BASE64.has(*byte) || b" :,\r\n".contains(byte);
    let shifts = if run.len() >= SURE { 4 } else { 1 };
    run.len() >= 4
        && !run.starts_with(BEGIN)
        // Lines of any length: a group of four may go over their end.
        && (0..shifts).any(|shift| {
            let text = run.get(shift..).and_then(decode_base64);
            text.is_some_and(|text| !text.is_empty() && text.iter().all(is_text))
        })
}

/// Returns where the run ends that goes on at `at`, its padding included.
fn end_of_run(bytes: &[u8], at: usize) -> usize {
    let end = run_end(bytes, at, |byte| BASE64.has(byte) && byte != b'=');
    run_end(bytes, end, |byte| byte == b'=')
}

/// Returns what follows line feeds that are written out at `at`.
fn behind_feed(bytes: &[u8], at: usize) -> Option<usize> {
    let mut behind = at;
    loop {
        let slashes = run_end(bytes, behind, |byte| byte == b'\\');
        let feed = starts_at(bytes, slashes, b"n") || starts_at(bytes, slashes, b"r");
        if slashes == behind || !feed {
            return (behind > at).then_some(behind);
        }
        behind = slashes + 1;
    }
}
