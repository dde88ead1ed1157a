//! Finding values that the host named, in the forms in which they travel.

use std::collections::BTreeSet;

use crate::redact::RedactedKind;
use crate::redact::clean::clean;
use crate::redact::scan::Class;
use crate::redact::scan::run_end;
use crate::redact::span::Span;

/// A shorter value would mask half of every text.
pub(crate) const SHORTEST: usize = 8;

/// The forms of all named values, sorted.
#[derive(Clone, Default)]
pub(crate) struct KnownValues {
    plain: BTreeSet<String>,
    base64: BTreeSet<String>,
}

impl KnownValues {
    /// Adds a value, and each line of one that has several; false where it is too short.
    pub(crate) fn add(&mut self, value: &str) -> bool {
        let value = clean(value);
        let whole = value.trim();
        if whole.len() < SHORTEST {
            return false;
        }
        self.add_forms(whole);
        for line in whole.lines().map(str::trim) {
            if line.len() >= SHORTEST && line != whole && !line.starts_with("-----") {
                self.add_forms(line);
            }
        }
        true
    }

    fn add_forms(&mut self, value: &str) {
        self.plain.insert(value.to_owned());
        if let Ok(quoted) = serde_json::to_string(value) {
            let inner = quoted.get(1..quoted.len() - 1).unwrap_or("");
            self.plain.insert(inner.to_owned());
        }
        self.plain.insert(hex(value.as_bytes()));
        self.plain.insert(hex(value.as_bytes()).to_ascii_uppercase());
        let form = percent(value);
        self.plain.insert(form.replace("%20", "+"));
        self.plain.insert(form.to_ascii_lowercase().replace(&value.to_ascii_lowercase(), value));
        self.plain.insert(form);
        for offset in 0..3 {
            let text = base64(value.as_bytes(), offset);
            if text.len() >= SHORTEST {
                self.base64.insert(text.replace('+', "-").replace('/', "_"));
                self.base64.insert(text);
            }
        }
    }

    /// Adds the places where a value stands in `text` to `spans`.
    pub(crate) fn find(&self, text: &str, spans: &mut Vec<Span>) {
        for value in &self.plain {
            let found = text.match_indices(value.as_str());
            spans.extend(
                found.map(|(at, _)| Span::new(at, at + value.len(), RedactedKind::KnownValue)),
            );
        }
        let bytes = text.as_bytes();
        for value in &self.base64 {
            let mut done = 0;
            for (at, _) in text.match_indices(value.as_str()) {
                if at < done {
                    continue;
                }
                // The neighbours hold the rest of the first and last byte: the whole run goes.
                let before = bytes.get(done..at).unwrap_or(&[]);
                let back = before.iter().rev().take_while(|byte| Class::Base64.has(**byte));
                let start = at - back.count();
                done = run_end(bytes, at, |byte| Class::Base64.has(byte));
                spans.push(Span::new(start, done, RedactedKind::KnownValue));
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn percent(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Returns the part of the encoding that only the value decides, where it begins `offset` bytes
/// into a group of three.
fn base64(value: &[u8], offset: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = vec![0u8; offset];
    bytes.extend_from_slice(value);
    let whole = bytes.len() * 8 / 6;
    let mut out = String::with_capacity(whole);
    for group in bytes.chunks(3) {
        let number = group.iter().fold(0u32, |number, byte| (number << 8) | u32::from(*byte));
        let number = number << (8 * (3 - group.len()));
        for place in (0..4).rev() {
            let digit = usize::try_from((number >> (place * 6)) & 63).unwrap_or(0);
            out.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'A')));
        }
    }
    let first = (offset * 8).div_ceil(6);
    out.get(first..whole).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn encodes_what_the_value_alone_decides() {
        assert_eq!(base64(b"hunter2hunter2", 0), "aHVudGVyMmh1bnRlcj");
        // base64("u:hunter2hunter2") is dTpodW50ZXIyaHVudGVyMg==
        assert!("dTpodW50ZXIyaHVudGVyMg==".contains(&base64(b"hunter2hunter2", 2)));
        // base64("x:y:hunter2hunter2") begins another way again.
        assert!("eDp5Omh1bnRlcjJodW50ZXIy".contains(&base64(b"hunter2hunter2", 1)));
    }
}
