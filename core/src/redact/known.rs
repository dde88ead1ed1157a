//! Finding values that the host named, in the forms in which they travel.
//!
//! All forms are looked for in one pass, each by a few literals. Where one stands, the form is read
//! from there in both directions, whatever of it is escaped and however ([`spelling`]). A piece of a
//! value counts where a line feed cuts it off.

mod form;
mod spelling;

use std::collections::BTreeSet;

use crate::redact::anchors::Anchors;
use crate::redact::anchors::Literal;
use crate::redact::bytes::BASE64;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::run_start;
use crate::redact::clean::cleaned;
use crate::redact::encoding::encode_base64;
use crate::redact::encoding::encode_hex;
use crate::redact::kind::Kind;
use crate::redact::known::form::Anchor;
use crate::redact::known::form::Form;
use crate::redact::known::form::Piece;
use crate::redact::known::spelling::Code;
use crate::redact::line::Line;
use crate::redact::span::Span;

/// A shorter value would mask half of every text.
pub(crate) const SHORTEST: usize = 8;
/// How many bytes of a literal are looked up at once; none is shorter.
const NEAR: usize = 4;
/// A piece of nothing but letters is shorter than this where it is a word like others.
const WORDS: usize = 16;
/// What a line may hold before or behind a piece: quotes, signs of lists and diffs.
const MARGIN: usize = 16;

/// The forms of all named values.
#[derive(Clone, Default)]
pub(crate) struct KnownValues {
    anchors: Anchors<()>,
    forms: Vec<Form>,
    /// In the order of the literals.
    literals: Vec<Anchor>,
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
        let forms: Vec<Form> = forms.into_iter().collect();
        let mut literals = Vec::new();
        for (index, form) in forms.iter().enumerate() {
            form.add_anchors(index, &mut literals);
        }
        literals.sort_unstable();
        literals.dedup();
        let anchors = Anchors::new(literals.iter().map(|anchor| Literal::new(&anchor.literal, ())));
        (Self { anchors, forms, literals }, ignored)
    }

    /// Calls `found` with each place where a form may stand.
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize)) {
        self.anchors.find(bytes, |at, ()| found(at));
    }

    /// Returns the literals that `rest` begins with, and their forms.
    fn at<'a>(&'a self, rest: &'a [u8]) -> impl Iterator<Item = (&'a Anchor, &'a Form)> {
        let near = rest.get(..NEAR).unwrap_or(rest);
        let first = self.literals.partition_point(|anchor| anchor.literal.as_slice() < near);
        let same = self.literals.iter().skip(first);
        let same = same.take_while(move |anchor| anchor.literal.starts_with(near));
        let here = same.filter(move |anchor| rest.starts_with(&anchor.literal));
        here.filter_map(|anchor| Some((anchor, self.forms.get(anchor.form)?)))
    }
}

/// Takes the known value of which a literal stands at `at`.
pub(crate) fn take(line: &mut Line<'_, '_>, at: usize) {
    let bytes = line.bytes;
    let mut taken: Option<(usize, usize)> = None;
    for (anchor, form) in line.known.at(bytes.get(at..).unwrap_or(&[])) {
        let encoded = form.code == Code::Base64;
        if encoded && at < line.known_done {
            continue;
        }
        let piece = form.around(bytes, at, anchor);
        if !form.is_whole(&piece) && !is_cut_off(bytes, form, &piece) {
            continue;
        }
        let (mut start, mut end) = (piece.start, piece.end);
        if encoded {
            // Its neighbours hold the rest of its first and last byte.
            start = run_start(bytes, start, usize::MAX, |byte| BASE64.has(byte));
            start = start.max(line.known_done).min(piece.start);
            end = run_end(bytes, end, |byte| BASE64.has(byte));
            line.known_done = end;
        }
        taken = Some(taken.map_or((start, end), |(from, to)| (from.min(start), to.max(end))));
    }
    if let Some((start, end)) = taken {
        line.spans.push(Span::new(start, end, Kind::KnownValue));
    }
}

/// Returns true where the ends of the line are what cuts the form off.
fn is_cut_off(bytes: &[u8], form: &Form, piece: &Piece) -> bool {
    let signs = form.signs.get(piece.first..piece.last).unwrap_or(&[]);
    let margin = |text: &[u8]| text.len() <= MARGIN && !text.iter().any(u8::is_ascii_alphanumeric);
    let before = bytes.get(..piece.start).unwrap_or(&[]);
    let apart = !byte_before(bytes, piece.start).is_some_and(|byte| BASE64.has(byte));
    // Encoded data is no word of other text.
    let encoded = form.code != Code::Text && apart;
    let begins = piece.first == 0 || encoded || margin(before);
    let ends = piece.last == form.signs.len() || margin(bytes.get(piece.end..).unwrap_or(&[]));
    let word = |sign: &char| sign.is_lowercase() || *sign == ' ';
    let words = signs.len() < WORDS && signs.iter().skip(1).all(word);
    signs.len() >= form.code.least() && begins && ends && !(form.code == Code::Text && words)
}

fn add_forms(value: &[u8], forms: &mut BTreeSet<Form>) {
    let text = String::from_utf8_lossy(value);
    let mut add = |code: Code, signs: Vec<char>| {
        if signs.len() >= SHORTEST || code == Code::Text {
            forms.insert(Form { code, signs });
        }
    };
    let ascii = |text: Vec<u8>| text.into_iter().map(char::from).collect();
    add(Code::Text, text.chars().collect());
    add(Code::Hex, ascii(encode_hex(value)));
    // As PowerShell's encoded commands have it.
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for offset in 0..3 {
        add(Code::Base64, ascii(encode_base64(value, offset)));
        add(Code::Base64, ascii(encode_base64(&wide, offset)));
    }
}

#[cfg(test)]
mod tests;
