//! Finding values that the host named, in the forms in which they travel.

use std::collections::BTreeSet;

use crate::redact::anchors::Anchors;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::clean::cleaned;
use crate::redact::encoding::encode_base64;
use crate::redact::encoding::encode_hex;
use crate::redact::encoding::encode_percent;
use crate::redact::kind::Kind;
use crate::redact::line::Line;
use crate::redact::span::Span;

/// A shorter value would mask half of every text.
pub(crate) const SHORTEST: usize = 8;
/// How many forms may begin with the same bytes that are looked up.
const NEAR: usize = 4;

/// The forms of all named values.
#[derive(Clone, Default)]
pub(crate) struct KnownValues {
    anchors: Anchors,
    /// In order; true for one in base 64, whose neighbours hold the rest of its first and last byte.
    forms: Vec<(Vec<u8>, bool)>,
}

impl KnownValues {
    /// Returns the forms of `values`, and how many of these are too short to be looked for.
    pub(crate) fn new(values: &[Vec<u8>]) -> (Self, usize) {
        let mut forms = BTreeSet::new();
        let mut ignored = 0;
        for value in values {
            let value = cleaned(value);
            let whole = value.trim_ascii();
            if whole.len() < SHORTEST {
                ignored += 1;
                continue;
            }
            let lines = whole.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
            let lines = lines.filter(|line| line.len() >= SHORTEST && !line.starts_with(b"-----"));
            for line in lines {
                add_forms(line, &mut forms);
            }
            add_forms(whole, &mut forms);
        }
        let forms: Vec<(Vec<u8>, bool)> = forms.into_iter().collect();
        let anchors = Anchors::new(forms.iter().map(|(form, _)| form.as_slice()));
        (Self { anchors, forms }, ignored)
    }

    /// Calls `found` with each place where a form stands.
    pub(crate) fn find(&self, bytes: &[u8], found: impl FnMut(usize)) {
        self.anchors.find(bytes, found);
    }

    /// Returns the longest form that `rest` begins with.
    fn longest(&self, rest: &[u8]) -> Option<(usize, bool)> {
        let near = rest.get(..NEAR)?;
        let first = self.forms.partition_point(|(form, _)| form.as_slice() < near);
        let same = self.forms.iter().skip(first).take_while(|(form, _)| form.starts_with(near));
        let here = same.filter(|(form, _)| rest.starts_with(form));
        here.map(|(form, base64)| (form.len(), *base64)).max()
    }
}

/// Takes the known value that stands at `at`.
pub(crate) fn take(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let Some((length, base64)) = line.known.longest(bytes.get(at..).unwrap_or(&[])) else {
        return;
    };
    let (start, end) = if base64 {
        if at < line.known_done {
            return;
        }
        let start = run_start(bytes, at, usize::MAX, |byte| BASE64.has(byte));
        (start.max(line.known_done), run_end(bytes, at + length, |byte| BASE64.has(byte)))
    } else {
        (at, at + length)
    };
    if base64 {
        line.known_done = end;
    }
    line.spans.push(Span { origin: at, ..Span::new(start, end, Kind::KnownValue) });
}

fn add_forms(value: &[u8], forms: &mut BTreeSet<(Vec<u8>, bool)>) {
    let mut plain = vec![value.to_vec(), encode_hex(value), encode_hex(value).to_ascii_uppercase()];
    if let Ok(text) = std::str::from_utf8(value)
        && let Ok(quoted) = serde_json::to_string(text)
    {
        let inner = quoted.as_bytes().get(1..quoted.len() - 1).unwrap_or(&[]);
        plain.push(inner.to_vec());
        // JSON in JSON.
        if let Ok(twice) = serde_json::to_string(std::str::from_utf8(inner).unwrap_or("")) {
            plain.push(twice.as_bytes().get(1..twice.len() - 1).unwrap_or(&[]).to_vec());
        }
        let html = text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e");
        plain.push(html.into_bytes());
    }
    let percent = encode_percent(value);
    plain.push(replace(&percent, b"%20", b"+"));
    plain.push(lower_codes(&percent));
    plain.push(percent);
    forms.extend(plain.into_iter().filter(|form| form.len() >= SHORTEST).map(|form| (form, false)));
    for offset in 0..3 {
        let text = encode_base64(value, offset);
        if text.len() >= SHORTEST {
            let url = |byte: &u8| match byte {
                b'+' => b'-',
                b'/' => b'_',
                other => *other,
            };
            forms.insert((text.iter().map(url).collect(), true));
            forms.insert((text, true));
        }
    }
}

fn replace(text: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut done = 0;
    for at in memchr::memmem::find_iter(text, what) {
        out.extend_from_slice(text.get(done..at).unwrap_or(&[]));
        out.extend_from_slice(with);
        done = at + what.len();
    }
    out.extend_from_slice(text.get(done..).unwrap_or(&[]));
    out
}

/// Writes the digits of percent codes in small letters.
fn lower_codes(text: &[u8]) -> Vec<u8> {
    let mut digits = 0_u8;
    let lower = |byte: &u8| {
        if *byte == b'%' {
            digits = 2;
            return *byte;
        }
        let code = digits > 0;
        digits = digits.saturating_sub(1);
        if code { byte.to_ascii_lowercase() } else { *byte }
    };
    text.iter().map(lower).collect()
}
