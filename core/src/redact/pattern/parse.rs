//! Text to pieces.

use crate::model::closest;
use crate::redact::bytes::ByteSet;
use crate::redact::pattern::PatternError;
use crate::redact::pattern::Piece;
use crate::redact::pattern::class::NAMES;

/// The longest pattern.
const LONGEST: usize = 1_024;
/// The largest number in braces.
const LARGEST: usize = 4_096;

/// The pieces of a pattern, and before which of them the secret begins and ends.
pub(super) struct Parsed {
    pub(super) pieces: Vec<Piece>,
    pub(super) secret: (usize, usize),
}

/// Returns the pieces that `text` spells.
pub(super) fn parse(text: &str) -> Result<Parsed, PatternError> {
    let mut reader = Reader {
        at: 0,
        chars: text.chars().collect(),
        begins: None,
        ends: None,
        literal: Vec::new(),
        pieces: Vec::new(),
    };
    if reader.chars.len() > LONGEST {
        let help = "write it shorter: classes take counts, such as `[alnum]{36}`";
        return Err(PatternError::new(LONGEST, "a pattern is too long", help));
    }
    while let Some(next) = reader.next() {
        reader.accept(next)?;
    }
    reader.finish()
}

struct Reader {
    at: usize,
    chars: Vec<char>,
    /// Before which pieces `<` and `>` stand.
    begins: Option<usize>,
    ends: Option<usize>,
    /// Bytes of a literal that may go on.
    literal: Vec<u8>,
    pieces: Vec<Piece>,
}

impl Reader {
    fn next(&mut self) -> Option<char> {
        let next = self.chars.get(self.at).copied();
        self.at += usize::from(next.is_some());
        next
    }

    fn wrong(&self, reason: &'static str, help: impl Into<String>) -> PatternError {
        PatternError::new(self.at, reason, help)
    }

    fn accept(&mut self, next: char) -> Result<(), PatternError> {
        match next {
            '[' => {
                let class = self.class()?;
                self.flush();
                let (min, max) = self.count()?.unwrap_or((1, 1));
                self.pieces.push(Piece::Run { class, min, max });
            }
            '{' => {
                let help = "write it after a class or a character, or `\\{` for the brace";
                return Err(self.wrong("a count has nothing before it", help));
            }
            '<' => {
                if self.begins.is_some() {
                    let help = "mark one part of the pattern, or write `\\<` for the sign";
                    return Err(self.wrong("a second secret begins", help));
                }
                self.flush();
                self.begins = Some(self.pieces.len());
            }
            '>' => {
                self.flush();
                if self.begins.is_none_or(|begin| begin == self.pieces.len()) || self.ends.is_some()
                {
                    let help = "write `<` before the secret, or `\\>` for the sign";
                    return Err(self.wrong("a secret ends that has not begun", help));
                }
                self.ends = Some(self.pieces.len());
            }
            '\\' => {
                let Some(next) = self.next() else {
                    let help = "write `\\\\` for a backslash";
                    return Err(self.wrong("nothing follows the backslash", help));
                };
                self.character(next)?;
            }
            other => self.character(other)?,
        }
        Ok(())
    }

    fn character(&mut self, c: char) -> Result<(), PatternError> {
        if c.is_control() {
            let help = "a pattern stays within one line: remove it";
            return Err(self.wrong("a control character stands", help));
        }
        if self.chars.get(self.at) != Some(&'{') {
            let mut buffer = [0; 4];
            self.literal.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            return Ok(());
        }
        let Some(byte) = u8::try_from(c).ok().filter(u8::is_ascii) else {
            let help = "counts stand after classes and ASCII characters";
            return Err(self.wrong("a character beyond ASCII is counted", help));
        };
        self.flush();
        let (min, max) = self.count()?.unwrap_or((1, 1));
        self.pieces.push(Piece::Run { class: ByteSet::NONE.with(byte), min, max });
        Ok(())
    }

    /// Closes the literal that was being read.
    fn flush(&mut self) {
        if !self.literal.is_empty() {
            let literal = std::mem::take(&mut self.literal);
            self.pieces.push(Piece::Literal(literal.into()));
        }
    }

    fn class(&mut self) -> Result<ByteSet, PatternError> {
        if self.chars.get(self.at) == Some(&'=') {
            self.at += 1;
            return self.written_out();
        }
        let begin = self.at;
        let mut name = String::new();
        loop {
            match self.next() {
                Some(']') => break,
                Some(c) => name.push(c),
                None => {
                    let help = "write `]` after the class, or `\\[` for the bracket";
                    return Err(PatternError::new(begin, "a class does not end", help));
                }
            }
        }
        ByteSet::named(&name).ok_or_else(|| {
            let help = closest(&name, NAMES.iter().copied()).map_or_else(
                || format!("classes are {}; one of your own is `[=a-f0-9]`", NAMES.join(", ")),
                |near| format!("did you mean `[{near}]`? one of your own is `[=a-f0-9]`"),
            );
            PatternError::new(begin, "a class is not known", help)
        })
    }

    /// Reads `A-Za-z0-9_.-]`.
    fn written_out(&mut self) -> Result<ByteSet, PatternError> {
        let begin = self.at;
        let mut class = ByteSet::NONE;
        loop {
            let first = match self.next() {
                Some(']') if class.is_empty() => {
                    let help = "name its bytes, such as `[=a-f0-9]`; `\\]` is the bracket";
                    return Err(PatternError::new(begin, "a class is empty", help));
                }
                Some(']') => return Ok(class),
                first => self.member(first, begin)?,
            };
            let range = self.chars.get(self.at) == Some(&'-')
                && !matches!(self.chars.get(self.at + 1), None | Some(']'));
            if !range {
                class = class.with(first);
                continue;
            }
            self.at += 1;
            let last = self.next();
            let last = self.member(last, begin)?;
            if first > last {
                let help = "write the smaller one first, or `\\-` for the sign";
                return Err(self.wrong("a range goes backwards", help));
            }
            class = class.with_range(first, last);
        }
    }

    fn member(&mut self, c: Option<char>, begin: usize) -> Result<u8, PatternError> {
        let c = if c == Some('\\') { self.next() } else { c };
        let Some(c) = c else {
            let help = "write `]` after the class";
            return Err(PatternError::new(begin, "a class does not end", help));
        };
        u8::try_from(c).ok().filter(|byte| (0x20..0x7f).contains(byte)).ok_or_else(|| {
            self.wrong("a class holds more than visible ASCII", "leave the character out")
        })
    }

    /// Reads `{n}`, `{n,m}` or `{n,}`, where a brace stands here.
    fn count(&mut self) -> Result<Option<(usize, usize)>, PatternError> {
        if self.chars.get(self.at) != Some(&'{') {
            return Ok(None);
        }
        self.at += 1;
        let help = "write `{20}`, `{20,40}` or `{20,}`, or `\\{` for the brace";
        let min = self.number()?;
        let max = match self.next() {
            Some('}') => min,
            Some(',') if self.chars.get(self.at) == Some(&'}') => {
                self.at += 1;
                Some(usize::MAX)
            }
            Some(',') => {
                let max = self.number()?;
                if self.next() != Some('}') {
                    return Err(self.wrong("a count does not end", help));
                }
                max
            }
            Some(_) | None => return Err(self.wrong("a count cannot be read", help)),
        };
        match (min, max) {
            (Some(min), Some(max)) if min <= max && max > 0 => Ok(Some((min, max))),
            (Some(_) | None, Some(_) | None) => Err(self.wrong("a count cannot be read", help)),
        }
    }

    fn number(&mut self) -> Result<Option<usize>, PatternError> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.chars.get(self.at).and_then(|c| c.to_digit(10)) {
            self.at += 1;
            let digit = usize::try_from(digit).unwrap_or_default();
            number = number.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(digit));
            if number.is_none_or(|number| number > LARGEST) {
                return Err(self.wrong("a count is too large", "write at most 4096, or `{n,}`"));
            }
        }
        Ok(number)
    }

    fn finish(mut self) -> Result<Parsed, PatternError> {
        self.flush();
        let end = self.pieces.len();
        let secret = match (self.begins, self.ends) {
            (None, None) => (0, end),
            (Some(begin), Some(end)) => (begin, end),
            (Some(_), None) | (None, Some(_)) => {
                let help = "write `>` after the secret, or `\\<` for the sign";
                return Err(self.wrong("a secret begins that does not end", help));
            }
        };
        if self.pieces.is_empty() {
            return Err(self.wrong("a pattern is empty", "write what the secret begins with"));
        }
        Ok(Parsed { pieces: self.pieces, secret })
    }
}
