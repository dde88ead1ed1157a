//! The words of a text without case, marks, disguises and mark-up, each with its place.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::char::decompose_canonical;

use crate::facts::ascii_text;
use crate::facts::is_invisible;
use crate::facts::look_alike;
use crate::lint::unit::LineKind;
use crate::lint::unit::Lines;

/// One word, or one of the signs that mean something: `| : < $ @ ,`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Where its folded letters are.
    letters: (usize, usize),
    /// Where it stands in the text.
    pub(crate) start: usize,
    /// Where it ends in the text.
    pub(crate) end: usize,
    /// Which sentence it belongs to.
    pub(crate) unit: usize,
    /// It is a sign.
    pub(crate) sign: bool,
    /// Letters in it look like ASCII, and are not.
    pub(crate) alike: bool,
}

/// The words of a text.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    letters: String,
    /// In the order of the text.
    pub(crate) words: Vec<Word>,
    /// What each sentence stands in.
    pub(crate) units: Vec<LineKind>,
}

impl Folded {
    /// Reads the words of `text`.
    pub(crate) fn new(text: &str) -> Self {
        let mut reader = Reader { out: Self::default(), from: None, alike: false };
        let mut lines = Lines::default();
        let mut at = 0;
        let mut before = LineKind::Blank;
        for line in text.split_inclusive('\n') {
            let kind = lines.kind(line);
            if kind != LineKind::Text || before != LineKind::Text {
                let goes_on = before == LineKind::Entry && kind == LineKind::Text;
                if !goes_on {
                    reader.out.units.push(kind);
                }
            }
            before =
                if kind == LineKind::Text && before == LineKind::Entry { before } else { kind };
            reader.line(text, at, line);
            at += line.len();
        }
        let mut out = reader.out;
        out.join_spaced_letters(text);
        out
    }

    /// Returns the folded letters of a word.
    pub(crate) fn letters(&self, word: &Word) -> &str {
        self.letters.get(word.letters.0..word.letters.1).unwrap_or_default()
    }

    /// Returns the folded letters of the word at `index`; none beyond the last.
    pub(crate) fn at(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| self.letters(word))
    }

    /// Joins `i g n o r e` to one word: three letters or more, with one character between.
    fn join_spaced_letters(&mut self, text: &str) {
        let words = std::mem::take(&mut self.words);
        let single = |word: &Word| !word.sign && word.letters.1 == word.letters.0 + 1;
        let near = |a: &Word, b: &Word| {
            a.unit == b.unit
                && text.get(a.end..b.start).is_some_and(|between| between.chars().count() == 1)
        };
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let mut end = at + 1;
            while let (Some(last), Some(next)) = (words.get(end - 1), words.get(end)) {
                if !(single(last) && single(next) && near(last, next)) {
                    break;
                }
                end += 1;
            }
            let run = words.get(at..end).unwrap_or_default();
            at = end;
            if run.len() < 3 || !single(first) {
                self.words.extend_from_slice(run);
                continue;
            }
            let from = self.letters.len();
            let joined: String = run.iter().map(|word| self.letters(word)).collect();
            self.letters.push_str(&joined);
            let end = run.last().map_or(first.end, |last| last.end);
            self.words.push(Word { letters: (from, self.letters.len()), end, ..*first });
        }
    }
}

#[derive(Debug)]
struct Reader {
    out: Folded,
    // Where the open word's letters and text start.
    from: Option<(usize, usize, usize)>,
    alike: bool,
}

impl Reader {
    fn line(&mut self, text: &str, offset: usize, line: &str) {
        let mut at = offset;
        let line_end = offset + line.len();
        while let Some(rest) = text.get(at..line_end).filter(|rest| !rest.is_empty()) {
            let Some(c) = rest.chars().next() else {
                break;
            };
            let mut length = c.len_utf8();
            let mut shown = c;
            if c == '&'
                && let Some((decoded, used)) = entity(rest)
            {
                shown = decoded;
                length = used;
            }
            let inside = self.from.is_some();
            let behind = rest.get(length..).unwrap_or_default();
            let goes_on = inside
                && behind.trim_start_matches(['*', '`', '~']).starts_with(char::is_alphanumeric);
            if c == '\u{1b}' {
                self.close();
                at += terminal_sequence(rest);
                continue;
            }
            if c == '<'
                && let Some(used) = bare_inline_tag(rest)
            {
                at += used;
                continue;
            }
            match shown {
                '*' | '`' | '~' | '\'' | '\u{2019}' | '\u{ad}' if goes_on => {}
                _ if is_invisible(shown) => {}
                '.' | '!' | '?' | ';' if behind.is_empty() || behind.starts_with(is_end) => {
                    self.close();
                    if inside || !behind.is_empty() {
                        let kind = self.out.units.last().copied().unwrap_or(LineKind::Text);
                        self.out.units.push(kind);
                    }
                }
                '|' | ':' | '<' | '$' | '@' | ',' => {
                    self.close();
                    self.letter(shown, at, at + length);
                    self.close_as(true);
                }
                _ => self.character(shown, at, at + length),
            }
            at += length;
        }
        self.close();
    }

    fn character(&mut self, c: char, start: usize, end: usize) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.letter(c.to_ascii_lowercase(), start, end);
            } else {
                self.close();
            }
            return;
        }
        if let Some(plain) = ascii_text(c) {
            for c in plain.chars() {
                self.character(c, start, end);
            }
            return;
        }
        if let Some(plain) = look_alike(c) {
            if plain.is_ascii_alphanumeric() {
                self.letter(plain.to_ascii_lowercase(), start, end);
                self.alike = true;
            } else {
                self.close();
            }
            return;
        }
        let mut parts = [None; 4];
        let mut count = 0;
        decompose_canonical(c, |part| {
            if let Some(place) = parts.get_mut(count) {
                *place = Some(part);
            }
            count += 1;
        });
        for part in parts.into_iter().flatten() {
            if canonical_combining_class(part) != 0 {
                continue;
            }
            if part.is_alphanumeric() {
                for lower in part.to_lowercase() {
                    self.letter(lower, start, end);
                }
            } else {
                self.close();
            }
        }
    }

    fn letter(&mut self, c: char, start: usize, end: usize) {
        let from = self.from.map_or((self.out.letters.len(), start), |open| (open.0, open.1));
        self.out.letters.push(c);
        self.from = Some((from.0, from.1, end));
    }

    fn close(&mut self) {
        self.close_as(false);
    }

    fn close_as(&mut self, sign: bool) {
        let alike = std::mem::take(&mut self.alike);
        if let Some((from, start, end)) = self.from.take() {
            let unit = self.out.units.len().saturating_sub(1);
            let letters = (from, self.out.letters.len());
            self.out.words.push(Word { letters, start, end, unit, sign, alike });
        }
    }
}

const fn is_end(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t' | '"' | '\'' | ')' | '*' | '`')
}

/// Returns the character that an HTML entity stands for, and the bytes of the entity.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = text.get(1..)?;
    let end = inner.bytes().take(10).position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => match name {
            "amp" => '&',
            "gt" => '>',
            "lt" => '<',
            "nbsp" => ' ',
            "quot" => '"',
            "shy" | "zwj" | "zwnj" => '\u{200b}',
            _ => return None,
        },
    };
    Some((c, end + 2))
}

/// Returns the bytes of a sequence that colours or moves text in a terminal.
fn terminal_sequence(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else {
        return 1;
    };
    let numbers = rest.bytes().take(20).take_while(|b| matches!(b, b'0'..=b'9' | b';' | b'?'));
    let used = numbers.count();
    let ends = rest.as_bytes().get(used).is_some_and(u8::is_ascii_alphabetic);
    2 + used + usize::from(ends)
}

/// Returns the bytes of a tag such as `<b>` or `</em>` that parts no word.
fn bare_inline_tag(text: &str) -> Option<usize> {
    let inner = text.get(1..)?;
    let end = inner.bytes().take(10).position(|byte| byte == b'>')?;
    let name = inner.get(..end)?.trim_start_matches('/').trim_end_matches('/');
    const INLINE: [&str; 14] = [
        "a", "b", "code", "del", "em", "font", "i", "ins", "mark", "s", "span", "strong", "u",
        "wbr",
    ];
    INLINE.contains(&name.to_ascii_lowercase().as_str()).then_some(end + 2)
}
