//! Here-documents.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;

/// A here-document whose body has not been reached.
pub(crate) struct Pending {
    delimiter: String,
    /// The body is taken as it stands.
    quoted: bool,
    /// Tabs in front of its lines are dropped.
    strip: bool,
    body: Rc<OnceCell<Parts>>,
}

impl Parser<'_> {
    /// Reads the delimiter behind `<<`, and returns where the body will be.
    pub(crate) fn document(&mut self, strip: bool) -> Result<Rc<OnceCell<Parts>>, NotRead> {
        let mut delimiter = String::new();
        let mut quoted = false;
        loop {
            match self.cursor.peek() {
                0 | b' ' | b'\t' | b'\n' | b'|' | b'&' | b';' | b'(' | b')' | b'<' | b'>' => break,
                b'\r' => break,
                quote @ (b'\'' | b'"') => {
                    quoted = true;
                    self.cursor.at += 1;
                    let text = self.cursor.run(|byte| byte != quote && byte != b'\n');
                    if text.contains(['$', '`', '\\']) || self.cursor.peek() != quote {
                        return Err(NotRead("the end of a here-document is not plain"));
                    }
                    delimiter.push_str(text);
                    self.cursor.at += 1;
                }
                b'\\' => {
                    quoted = true;
                    self.cursor.at += 1;
                    let text = self.character();
                    if text.is_empty() || text == "\n" {
                        return Err(NotRead("the end of a here-document is not plain"));
                    }
                    delimiter.push_str(text);
                }
                b'$' | b'`' => return Err(NotRead("the end of a here-document is not plain")),
                _ => {
                    let text = self.cursor.run(|byte| !b" \t\n\r|&;()<>'\"\\$`".contains(&byte));
                    delimiter.push_str(text);
                }
            }
        }
        if delimiter.is_empty() && !quoted {
            return Err(NotRead("a here-document has no end"));
        }
        let body = Rc::new(OnceCell::new());
        self.pending.push(Pending { delimiter, quoted, strip, body: Rc::clone(&body) });
        Ok(body)
    }

    /// Returns the character here, and moves behind it.
    pub(crate) fn character(&mut self) -> &str {
        let rest = self.cursor.text.get(self.cursor.at..).unwrap_or_default();
        let length = rest.chars().next().map_or(0, char::len_utf8);
        self.cursor.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Reads the bodies that start with this line.
    pub(crate) fn documents(&mut self) -> Result<(), NotRead> {
        for pending in std::mem::take(&mut self.pending) {
            let body = self.document_body(&pending)?;
            let parts = if pending.quoted {
                vec![Part::Text { text: body, quoted: true }]
            } else {
                self.inner(&body, |parser| parser.document_text())?
            };
            // It is set once, as each pending document is taken once.
            let _: Result<(), Parts> = pending.body.set(parts);
        }
        Ok(())
    }

    fn document_body(&mut self, pending: &Pending) -> Result<String, NotRead> {
        let mut body = String::new();
        loop {
            if self.cursor.at >= self.cursor.text.len() {
                return Err(NotRead("a here-document does not end"));
            }
            let start = body.len();
            loop {
                let line = self.cursor.run(|byte| byte != b'\n');
                body.push_str(line);
                let ended = self.cursor.peek() == b'\n';
                self.cursor.at += usize::from(ended);
                let continued = !pending.quoted && is_continued(line);
                if !continued || !ended {
                    break;
                }
                body.pop();
            }
            if pending.strip {
                let line = body.get(start..).unwrap_or_default();
                let kept = line.trim_start_matches('\t').to_owned();
                body.truncate(start);
                body.push_str(&kept);
            }
            let line = body.get(start..).unwrap_or_default();
            let ends = match line.strip_suffix('\r') {
                Some(line) if line == pending.delimiter => {
                    self.notes.doubt("a line ends in a carriage return");
                    true
                }
                Some(_) | None => line == pending.delimiter,
            };
            if ends {
                body.truncate(start);
                return Ok(body);
            }
            body.push('\n');
        }
    }

    /// Reads the whole text as the body of a here-document that is expanded.
    pub(crate) fn document_text(&mut self) -> Result<Parts, NotRead> {
        self.cursor.enter()?;
        let mut parts = Vec::new();
        loop {
            match self.cursor.peek() {
                0 if self.cursor.at >= self.cursor.text.len() => break,
                b'$' => self.dollar(true, &mut parts)?,
                b'`' => self.backquotes(true, &mut parts)?,
                b'\\' => self.escaped_in_double_quotes(false, &mut parts),
                _ => {
                    let text = self.cursor.run(|byte| !b"$`\\".contains(&byte)).to_owned();
                    parts.push(Part::Text { text, quoted: true });
                }
            }
        }
        self.cursor.leave();
        Ok(parts)
    }
}

fn is_continued(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}
