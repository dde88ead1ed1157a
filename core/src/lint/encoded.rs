//! Long runs of encoded data, and words in base64 or hexadecimal.

use crate::lint::LintCode;
use crate::lint::finding::Findings;
use crate::lint::instruction::says_something;
use crate::lint::phrase::Phrases;

/// Adds each run of encoded data that is long, or says something.
pub(crate) fn scan(text: &str, phrases: &Phrases, findings: &mut Findings) {
    let mut block: Option<(usize, usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        words(line, at, phrases, findings);
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let whole = body.len() >= BLOCK_LINE && body.bytes().all(is_base64) && is_mixed(body);
        // The last line of a block may be short.
        let tail = !body.is_empty() && body.bytes().all(is_base64);
        block = match block {
            Some((from, _, lines)) if whole => Some((from, start + body.len(), lines + 1)),
            Some((from, end, lines)) => {
                let end = if tail { start + body.len() } else { end };
                if lines >= BLOCK_LINES {
                    findings.add(from, end, LintCode::EncodedText);
                }
                None
            }
            None if whole => Some((start, start + body.len(), 1)),
            None => None,
        };
        at += line.len();
    }
    if let Some((from, end, _)) = block.filter(|(_, _, lines)| *lines >= BLOCK_LINES) {
        findings.add(from, end, LintCode::EncodedText);
    }
}

/// Looks at each run of letters of base64 in a line.
fn words(line: &str, offset: usize, phrases: &Phrases, findings: &mut Findings) {
    let mut at = 0;
    for run in line.split(|c: char| !(c.is_ascii() && is_base64(c as u8))) {
        let start = offset + at;
        at += run.len() + line.get(at + run.len()..).map_or(0, first_length);
        if run.len() < SHORTEST {
            continue;
        }
        let end = start + run.len();
        let hex = run.bytes().all(|byte| byte.is_ascii_hexdigit());
        let decoded = if hex { from_hex(run) } else { from_base64(run) };
        if let Some(said) = readable(&decoded) {
            if says_something(said, phrases) {
                findings.add(start, end, LintCode::HiddenInstruction);
            } else if said.split_ascii_whitespace().nth(FEW_WORDS).is_none() {
                continue;
            }
            let mut more = String::from("it says `");
            more.extend(said.chars().take(60).filter(|c| !c.is_control()));
            more.push('`');
            findings.add_with(start, end, LintCode::EncodedText, more);
        } else if run.len() >= if hex { LONG_HEX } else { LONG } && (hex || is_mixed(run)) {
            findings.add(start, end, LintCode::EncodedText);
        }
    }
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Returns what was decoded where it is a sentence: text with spaces, and little else.
fn readable(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let letters = text.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation()).count();
    let spaces = text.chars().filter(|c| c.is_ascii_whitespace()).count();
    let controls = text.chars().filter(|c| c.is_control() && !c.is_ascii_whitespace()).count();
    let sentence = spaces > 1 && controls == 0 && spaces * 2 < letters;
    (sentence && letters + spaces == text.chars().count()).then_some(text)
}

fn from_hex(text: &str) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    pairs.iter().filter_map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bits: u32 = 0;
    let mut count = 0;
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.extend(u8::try_from(bits >> count & 0xff));
        }
    }
    out
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// Returns true where capitals, small letters and digits stand mixed, as in no path or name.
fn is_mixed(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().filter(|byte| is(byte)).count() > 3;
    let changes = text.as_bytes().windows(2).filter(|pair| match pair {
        [a, b] => a.is_ascii_uppercase() != b.is_ascii_uppercase(),
        _ => false,
    });
    has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && changes.count() * 5 > text.len()
}

/// Letters that say enough to be looked at.
const SHORTEST: usize = 24;
/// Words that an example or a password has at most.
const FEW_WORDS: usize = 5;
/// Letters of base64 that no digest has.
const LONG: usize = 160;
/// Digits that no digest has.
const LONG_HEX: usize = 256;
/// Lines, and letters in each, of a block.
const BLOCK_LINES: usize = 3;
const BLOCK_LINE: usize = 48;
