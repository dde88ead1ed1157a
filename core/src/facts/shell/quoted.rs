//! Words: quotes, escapes, and what a dollar or a backtick starts.

use std::rc::Rc;

use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::cursor::in_name;
use crate::facts::shell::cursor::starts_name;
use crate::facts::shell::escape::decoded;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::tree::Operation;
use crate::facts::shell::tree::Parameter;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Among the words of a command.
    Command,
    /// To the right of `==` between `[[` and `]]`.
    Pattern,
    /// To the right of `=~`.
    Regex,
}

/// What ends a run of plain text.
const SPECIAL: &[u8] = b" \t\n\r|&;()<>'\"$`\\";

impl Parser<'_> {
    /// Reads a word; nothing where none starts here.
    pub(crate) fn word(&mut self, place: Place) -> Result<Parts, NotRead> {
        let mut parts = Vec::new();
        let mut open = 0_usize;
        let mut extended = false;
        loop {
            let byte = self.cursor.peek();
            match byte {
                0 => break,
                b'\'' | b'"' | b'$' | b'`' | b'\\' => self.quoted_part(&mut parts)?,
                b'(' if place == Place::Regex || open > 0 || self.starts_pattern(place, &parts) => {
                    open += 1;
                    extended |= place == Place::Command;
                    self.mark("(", &mut parts);
                }
                b')' if open > 0 => {
                    open -= 1;
                    self.mark(")", &mut parts);
                }
                b'|' if open > 0 || place == Place::Regex => self.mark("|", &mut parts),
                b' ' | b'<' | b'>' | b'&' | b';' if open > 0 => {
                    let text = self.character().to_owned();
                    parts.push(Part::Text { text, quoted: false });
                }
                b'<' | b'>' if self.cursor.peek_at(1) == b'(' => {
                    self.cursor.at += 2;
                    self.notes.only_bash = true;
                    let list = self.substituted()?;
                    parts.push(Part::Process { list, read: byte == b'<' });
                }
                b'\r' if matches!(self.cursor.peek_at(1), 0 | b'\n') => break,
                b'\r' => return Err(NotRead("the script holds a carriage return")),
                byte if SPECIAL.contains(&byte) => break,
                _ => {
                    let text = self.cursor.run(|byte| !SPECIAL.contains(&byte)).to_owned();
                    parts.push(Part::Text { text, quoted: false });
                }
            }
        }
        if open > 0 {
            return Err(NotRead("a pattern does not end"));
        }
        if parts.len() > 1 && matches!(self.cursor.peek(), b'<' | b'>') && is_descriptor(&parts) {
            return Err(NotRead("a line is continued inside of a word"));
        }
        if extended {
            parts.push(Part::Strange { reason: "an extended pattern", quoted: false });
        }
        Ok(parts)
    }

    /// Reads a part that starts with a quote, a backslash, a dollar or a backtick.
    pub(crate) fn quoted_part(&mut self, parts: &mut Parts) -> Result<(), NotRead> {
        match self.cursor.peek() {
            b'\'' => {
                self.cursor.at += 1;
                let text = self.cursor.run(|byte| byte != b'\'').to_owned();
                if !self.cursor.take("'") {
                    return Err(NotRead("a quote does not end"));
                }
                parts.push(Part::Text { text, quoted: true });
                Ok(())
            }
            b'"' => self.double_quotes(parts),
            b'$' => self.dollar(false, parts),
            b'`' => self.backquotes(false, parts),
            _ => self.backslash(parts),
        }
    }

    fn mark(&mut self, text: &str, parts: &mut Parts) {
        self.cursor.at += 1;
        parts.push(Part::Text { text: text.to_owned(), quoted: false });
    }

    fn starts_pattern(&self, place: Place, parts: &Parts) -> bool {
        (self.extended || place == Place::Pattern)
            && matches!(parts.last(), Some(Part::Text { text, quoted: false })
                if text.ends_with(['?', '*', '+', '@', '!']))
    }

    /// A backslash outside of quotes.
    pub(crate) fn backslash(&mut self, parts: &mut Parts) -> Result<(), NotRead> {
        self.cursor.at += 1;
        match self.cursor.peek() {
            0 => {
                // A backslash at the very end stands for itself.
                parts.push(Part::Text { text: "\\".to_owned(), quoted: true });
            }
            b'\n' => {
                self.check_name_ends(parts)?;
                self.cursor.at += 1;
                // What goes on there could be read otherwise with what was before.
                let glues = matches!(self.cursor.peek(), b'<' | b'>');
                if !parts.is_empty() && glues {
                    return Err(NotRead("a line is continued inside of a word"));
                }
            }
            b'\r' => return Err(NotRead("a line is continued behind a carriage return")),
            _ => {
                let text = self.character().to_owned();
                parts.push(Part::Text { text, quoted: true });
            }
        }
        Ok(())
    }

    /// A variable's name goes on where its line is continued, if what follows fits into a name.
    fn check_name_ends(&self, parts: &Parts) -> Result<(), NotRead> {
        let before = self.cursor.text.as_bytes().get(self.cursor.at.saturating_sub(2));
        if matches!(parts.last(), Some(Part::Parameter { .. }))
            && before != Some(&b'}')
            && (in_name(self.cursor.peek_at(1)) || self.cursor.peek_at(1) == b'\\')
        {
            return Err(NotRead("a line is continued inside of a name"));
        }
        Ok(())
    }

    /// `"…"`.
    pub(crate) fn double_quotes(&mut self, parts: &mut Parts) -> Result<(), NotRead> {
        self.cursor.at += 1;
        // Even where nothing is in it, there is a word.
        parts.push(Part::Text { text: String::new(), quoted: true });
        loop {
            match self.cursor.peek() {
                b'"' => {
                    self.cursor.at += 1;
                    return Ok(());
                }
                0 => return Err(NotRead("a quote does not end")),
                b'$' => self.dollar(true, parts)?,
                b'`' => self.backquotes(true, parts)?,
                b'\\' => {
                    if self.cursor.peek_at(1) == b'\n' {
                        self.cursor.at += 1;
                        self.check_name_ends(parts)?;
                        self.cursor.at -= 1;
                    }
                    self.escaped_in_double_quotes(true, parts);
                }
                _ => {
                    let text = self.cursor.run(|byte| !b"\"$`\\".contains(&byte));
                    push_quoted(text, parts);
                }
            }
        }
    }

    /// A backslash where only some characters can be escaped.
    pub(crate) fn escaped_in_double_quotes(&mut self, quote: bool, parts: &mut Parts) {
        let next = self.cursor.peek_at(1);
        match next {
            b'\n' => self.cursor.at += 2,
            b'$' | b'`' | b'\\' | b'"' if quote || next != b'"' => {
                self.cursor.at += 1;
                let text = self.character().to_owned();
                push_quoted(&text, parts);
            }
            _ => {
                self.cursor.at += 1;
                push_quoted("\\", parts);
            }
        }
    }

    /// What a dollar starts.
    pub(crate) fn dollar(&mut self, quoted: bool, parts: &mut Parts) -> Result<(), NotRead> {
        self.cursor.at += 1;
        match self.cursor.peek() {
            b'(' => return self.dollar_parenthesis(quoted, parts),
            b'{' => {
                self.cursor.at += 1;
                self.cursor.enter()?;
                let parameter = Box::new(self.braced(quoted)?);
                self.cursor.leave();
                parts.push(Part::Parameter { parameter, quoted });
            }
            b'[' => return Err(NotRead("old arithmetic in `$[ ]`")),
            b'\\' if self.cursor.peek_at(1) == b'\n' => {
                return Err(NotRead("a line is continued behind a dollar"));
            }
            b'\'' if !quoted => {
                self.notes.only_bash = true;
                self.cursor.at += 1;
                let start = self.cursor.at;
                while !matches!(self.cursor.peek(), 0 | b'\'') {
                    self.cursor.at += 1 + usize::from(self.cursor.peek() == b'\\');
                }
                let text = self.cursor.since(start);
                if !self.cursor.take("'") {
                    return Err(NotRead("a quote does not end"));
                }
                parts.push(match decoded(text) {
                    Some(text) => Part::Text { text, quoted: true },
                    None => Part::Strange { reason: "bytes that are not text", quoted: true },
                });
            }
            b'"' if !quoted => {
                self.notes.only_bash = true;
                self.notes.doubt("a text is translated");
                self.double_quotes(parts)?;
            }
            byte if starts_name(byte) => {
                let name = self.cursor.run(in_name).to_owned();
                parts.push(plain_parameter(name, quoted));
            }
            byte @ (b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => {
                self.cursor.at += 1;
                parts.push(plain_parameter(char::from(byte).to_string(), quoted));
            }
            byte @ (b'=' | b'~' | b'^' | b'+') if !quoted => {
                if starts_name(self.cursor.peek_at(1)) || self.cursor.peek_at(1) == byte {
                    self.notes.doubt("some shells expand a dollar and a mark");
                }
                parts.push(Part::Text { text: "$".to_owned(), quoted: true });
            }
            _ => parts.push(Part::Text { text: "$".to_owned(), quoted: true }),
        }
        Ok(())
    }

    fn dollar_parenthesis(&mut self, quoted: bool, parts: &mut Parts) -> Result<(), NotRead> {
        if let Some(parts_inside) = self.double_parenthesis()? {
            parts.push(Part::Arithmetic { parts: parts_inside, quoted });
            return Ok(());
        }
        self.cursor.at += 1;
        if self.cursor.starts_with("\\\n(") {
            return Err(NotRead("a line is continued inside of an operator"));
        }
        let list = self.substituted()?;
        parts.push(Part::Output { list, quoted });
        Ok(())
    }

    /// Text between backticks, which is unescaped before it is read.
    pub(crate) fn backquotes(&mut self, quoted: bool, parts: &mut Parts) -> Result<(), NotRead> {
        self.cursor.at += 1;
        let mut text = String::new();
        loop {
            match self.cursor.peek() {
                b'`' => break,
                0 => return Err(NotRead("a backtick does not end")),
                b'\\' => {
                    let next = self.cursor.peek_at(1);
                    if !(matches!(next, b'`' | b'\\' | b'$') || (quoted && next == b'"')) {
                        text.push('\\');
                    }
                    self.cursor.at += 1;
                    text.push_str(self.character());
                }
                _ => text.push_str(self.cursor.run(|byte| byte != b'`' && byte != b'\\')),
            }
        }
        self.cursor.at += 1;
        let list = self.inner(&text, |parser| parser.script())?;
        parts.push(Part::Output { list: Rc::new(list), quoted });
        Ok(())
    }

    /// Reads arithmetic up to `end`, as text in which things are expanded.
    pub(crate) fn expression(&mut self, end: usize) -> Result<Parts, NotRead> {
        self.cursor.enter()?;
        let mut parts = Vec::new();
        while self.cursor.at < end {
            match self.cursor.peek() {
                b'$' => self.dollar(true, &mut parts)?,
                b'`' => self.backquotes(true, &mut parts)?,
                b'"' => self.cursor.at += 1,
                b'\\' => self.escaped_in_double_quotes(true, &mut parts),
                _ => {
                    let start = self.cursor.at;
                    while self.cursor.at < end && !b"$`\"\\".contains(&self.cursor.peek()) {
                        self.cursor.at += 1;
                    }
                    push_quoted(self.cursor.since(start), &mut parts);
                }
            }
        }
        if self.cursor.at != end {
            return Err(NotRead("arithmetic does not end where it should"));
        }
        self.cursor.leave();
        Ok(parts)
    }
}

/// Returns true where several parts together could be the descriptor of a redirection.
fn is_descriptor(parts: &Parts) -> bool {
    let plain = |(text, quoted): (&str, bool)| {
        !quoted && text.bytes().all(|byte| in_name(byte) || matches!(byte, b'{' | b'}'))
    };
    parts.iter().all(|part| part.text().is_some_and(plain))
}

fn plain_parameter(name: String, quoted: bool) -> Part {
    let parameter = Parameter {
        name,
        braced: false,
        indirect: false,
        subscript: None,
        operation: Operation::None,
    };
    Part::Parameter { parameter: Box::new(parameter), quoted }
}

/// Adds quoted text to the quoted text before it, if there is some.
pub(crate) fn push_quoted(more: &str, parts: &mut Parts) {
    if let Some(Part::Text { text, quoted: true }) = parts.last_mut() {
        text.push_str(more);
    } else {
        parts.push(Part::Text { text: more.to_owned(), quoted: true });
    }
}
