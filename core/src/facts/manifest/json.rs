//! Reads JSON into a tree: keys must differ, and numbers stay as they are written.

use std::collections::BTreeMap;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::tree::DEEPEST;
use crate::facts::manifest::tree::LONGEST_KEY;
use crate::facts::manifest::tree::Tree;

/// Reads one JSON value that fills `text`.
pub(crate) fn read_json(text: &str) -> Result<Tree, ManifestError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { rest: text, line: 1 };
    let value = reader.value(0)?;
    reader.space();
    if reader.rest.is_empty() { Ok(value) } else { Err(reader.wrong()) }
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Reader<'t> {
    const fn wrong(&self) -> ManifestError {
        ManifestError::Syntax(self.line)
    }

    fn space(&mut self) {
        loop {
            let Some((first, rest)) = self.rest.split_at_checked(1) else {
                return;
            };
            match first {
                "\n" => self.line += 1,
                " " | "\t" | "\r" => {}
                _ => return,
            }
            self.rest = rest;
        }
    }

    /// Takes `sign` with the space before it.
    fn takes(&mut self, sign: char) -> bool {
        self.space();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Result<Tree, ManifestError> {
        if depth > DEEPEST {
            return Err(ManifestError::Deep(self.line));
        }
        if self.takes('{') {
            return self.map(depth);
        }
        if self.takes('[') {
            return self.list(depth);
        }
        if self.takes('"') {
            return self.text().map(Tree::Text);
        }
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
        let (word, rest) =
            self.rest.split_at_checked(end.unwrap_or(self.rest.len())).unwrap_or_default();
        if !matches!(word, "true" | "false" | "null") && !is_number(word) {
            return Err(self.wrong());
        }
        self.rest = rest;
        Ok(Tree::Plain(word.to_owned()))
    }

    fn map(&mut self, depth: usize) -> Result<Tree, ManifestError> {
        let mut map = BTreeMap::new();
        if self.takes('}') {
            return Ok(Tree::Map(map));
        }
        loop {
            if !self.takes('"') {
                return Err(self.wrong());
            }
            let key = self.text()?;
            if key.len() > LONGEST_KEY || !self.takes(':') {
                return Err(self.wrong());
            }
            let value = self.value(depth + 1)?;
            if map.insert(key, value).is_some() {
                return Err(ManifestError::Twice(self.line));
            }
            if self.takes('}') {
                return Ok(Tree::Map(map));
            }
            if !self.takes(',') {
                return Err(self.wrong());
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Tree, ManifestError> {
        let mut items = Vec::new();
        if self.takes(']') {
            return Ok(Tree::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes(']') {
                return Ok(Tree::List(items));
            }
            if !self.takes(',') {
                return Err(self.wrong());
            }
        }
    }

    /// Reads text after its opening quote.
    fn text(&mut self) -> Result<String, ManifestError> {
        let mut out = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next() {
                Some('"') => break,
                Some('\\') => {
                    let c = match chars.next() {
                        Some(c @ ('"' | '\\' | '/')) => c,
                        Some('b') => '\u{8}',
                        Some('f') => '\u{c}',
                        Some('n') => '\n',
                        Some('r') => '\r',
                        Some('t') => '\t',
                        Some('u') => escaped(&mut chars).ok_or(self.wrong())?,
                        Some(_) | None => return Err(self.wrong()),
                    };
                    out.push(c);
                }
                Some(c) if c >= ' ' => out.push(c),
                Some(_) | None => return Err(self.wrong()),
            }
        }
        self.rest = chars.as_str();
        Ok(out)
    }
}

/// Reads what follows `\u`, both halves where it takes two.
fn escaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let high = hex(chars, 4)?;
    if !(0xd800..0xdc00).contains(&high) {
        return char::from_u32(high);
    }
    if (chars.next(), chars.next()) != (Some('\\'), Some('u')) {
        return None;
    }
    let low = hex(chars, 4)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)
}

/// Reads that many hexadecimal digits.
pub(crate) fn hex(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<u32> {
    let mut value = 0_u32;
    for _ in 0..digits {
        value = value.checked_mul(16)?.checked_add(chars.next()?.to_digit(16)?)?;
    }
    Some(value)
}

/// Returns true for `-1.5e+3` and the like.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
        }
        None => (word, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}
