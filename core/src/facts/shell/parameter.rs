//! `${…}` in all its forms.

use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::cursor::in_name;
use crate::facts::shell::cursor::starts_name;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::quoted::push_quoted;
use crate::facts::shell::tree::Operation;
use crate::facts::shell::tree::Parameter;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;

/// How quotes are read in what follows an operator.
#[derive(Clone, Copy)]
struct Operand<'s> {
    /// It stands between double quotes.
    quoted: bool,
    /// Single quotes are plain text, as they are for `:-` between double quotes.
    literal: bool,
    /// The bytes that end it.
    ends: &'s [u8],
}

impl Parser<'_> {
    /// Reads what follows `${`, and the `}`.
    pub(crate) fn braced(&mut self, quoted: bool) -> Result<Parameter, NotRead> {
        let mut indirect = false;
        let mut length = false;
        match (self.cursor.peek(), self.cursor.peek_at(1)) {
            (b'#', b'}') => {}
            (b'#', next) if starts_name(next) || b"0123456789@*".contains(&next) => {
                length = true;
                self.cursor.at += 1;
            }
            (b'#', b'?' | b'-' | b'$' | b'!' | b'#') if self.cursor.peek_at(2) == b'}' => {
                length = true;
                self.cursor.at += 1;
            }
            (b'!', next) if starts_name(next) || b"0123456789@*".contains(&next) => {
                indirect = true;
                self.notes.only_bash = true;
                self.cursor.at += 1;
            }
            _ => {}
        }
        let name = self.parameter_name()?;
        let mut subscript = None;
        if self.cursor.peek() == b'[' {
            self.cursor.at += 1;
            subscript = Some(self.subscript()?);
        }
        let mut operation = self.operation(quoted)?;
        if !self.cursor.take("}") {
            return Err(NotRead("a `${` does not close"));
        }
        if length {
            if !matches!(operation, Operation::None) {
                return Err(NotRead("a bad substitution"));
            }
            operation = Operation::Length;
        }
        Ok(Parameter { name, braced: true, indirect, subscript, operation })
    }

    fn parameter_name(&mut self) -> Result<String, NotRead> {
        let byte = self.cursor.peek();
        if starts_name(byte) {
            return Ok(self.cursor.run(in_name).to_owned());
        }
        if byte.is_ascii_digit() {
            return Ok(self.cursor.run(|byte| byte.is_ascii_digit()).to_owned());
        }
        if b"@*#?-$!".contains(&byte) {
            self.cursor.at += 1;
            return Ok(char::from(byte).to_string());
        }
        Err(NotRead("a bad substitution"))
    }

    /// Reads a subscript behind its `[`, and the `]`.
    pub(crate) fn subscript(&mut self) -> Result<Parts, NotRead> {
        self.notes.only_bash = true;
        let Some(end) = self.cursor.subscript_end()? else {
            return Err(NotRead("a subscript does not end"));
        };
        let parts = self.expression(end)?;
        self.cursor.at = end + 1;
        Ok(parts)
    }

    fn operation(&mut self, quoted: bool) -> Result<Operation, NotRead> {
        let byte = self.cursor.peek();
        if byte == b'}' {
            return Ok(Operation::None);
        }
        let word = Operand { quoted, literal: true, ends: b"}" };
        // A pattern is one between double quotes too.
        let pattern = Operand { quoted: false, literal: false, ends: b"}" };
        let colon = byte == b':';
        let operator = if colon { self.cursor.peek_at(1) } else { byte };
        if matches!(operator, b'-' | b'=' | b'?' | b'+') {
            self.cursor.at += 1 + usize::from(colon);
            let word = self.operand(word)?;
            return Ok(match operator {
                b'-' => Operation::Default { colon, word },
                b'=' => Operation::Assign { colon, word },
                b'+' => Operation::Alternative { colon, word },
                _ => Operation::Fail { word },
            });
        }
        self.cursor.at += 1;
        match byte {
            b'#' | b'%' => {
                let longest = self.cursor.peek() == byte;
                self.cursor.at += usize::from(longest);
                let pattern = self.operand(pattern)?;
                Ok(Operation::Remove { prefix: byte == b'#', longest, pattern })
            }
            b'/' => {
                self.notes.only_bash = true;
                let kind = match self.cursor.peek() {
                    kind @ (b'/' | b'#' | b'%') => {
                        self.cursor.at += 1;
                        kind
                    }
                    _ => 0,
                };
                let pattern = self.operand(Operand { ends: b"}/", ..pattern })?;
                let with = if self.cursor.take("/") {
                    self.operand(Operand { quoted, literal: false, ends: b"}" })?
                } else {
                    Parts::new()
                };
                Ok(Operation::Replace { kind, pattern, with })
            }
            b':' => {
                self.notes.only_bash = true;
                let offset = self.operand(Operand { ends: b"}:", ..pattern })?;
                let length =
                    if self.cursor.take(":") { Some(self.operand(pattern)?) } else { None };
                Ok(Operation::Slice { offset, length })
            }
            b'^' | b',' | b'~' | b'@' | b'*' => {
                self.notes.only_bash = true;
                let twice = self.cursor.peek() == byte;
                let operand = self.operand(pattern)?;
                let operator = if twice && operand.len() == 1 { byte } else { 0 };
                Ok(Operation::Other { operator, operand })
            }
            _ => Err(NotRead("a bad substitution")),
        }
    }

    fn operand(&mut self, how: Operand<'_>) -> Result<Parts, NotRead> {
        let Operand { quoted, literal, ends } = how;
        let mut parts = Vec::new();
        loop {
            let byte = self.cursor.peek();
            match byte {
                0 => return Err(NotRead("a `${` does not close")),
                byte if ends.contains(&byte) => return Ok(parts),
                b'\'' if quoted && literal => {
                    // Shells differ in whether it quotes here; where nothing depends on it, it is
                    // a part of the text.
                    let start = self.cursor.at;
                    self.cursor.at += 1;
                    self.cursor.run(|byte| !b"'\"\\$`{}".contains(&byte));
                    if !self.cursor.take("'") {
                        return Err(NotRead("quotes that shells read in different ways"));
                    }
                    push_quoted(self.cursor.since(start), &mut parts);
                }
                b'\\' if quoted => {
                    if self.cursor.peek_at(1) == b'}' {
                        self.cursor.at += 2;
                        push_quoted("}", &mut parts);
                    } else {
                        self.escaped_in_double_quotes(true, &mut parts);
                    }
                }
                b'$' if quoted && matches!(self.cursor.peek_at(1), b'\'' | b'"') => {
                    return Err(NotRead("quotes that shells read in different ways"));
                }
                b'$' => self.dollar(quoted, &mut parts)?,
                b'`' => self.backquotes(quoted, &mut parts)?,
                b'\'' | b'"' | b'\\' => self.quoted_part(&mut parts)?,
                b'<' | b'>' if self.cursor.peek_at(1) == b'(' && !quoted => {
                    self.cursor.at += 2;
                    let list = self.substituted()?;
                    parts.push(Part::Process { list, read: byte == b'<' });
                }
                _ => {
                    let text = self.character().to_owned();
                    if let Some(Part::Text { text: before, quoted: was }) = parts.last_mut()
                        && *was == quoted
                    {
                        before.push_str(&text);
                    } else {
                        parts.push(Part::Text { text, quoted });
                    }
                }
            }
        }
    }
}
