//! The parser: lists and pipelines.

use std::rc::Rc;

use crate::facts::shell::cursor::Cursor;
use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::document::Pending;
use crate::facts::shell::tree::AndOr;
use crate::facts::shell::tree::Command;
use crate::facts::shell::tree::Joint;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::List;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Pipeline;

/// Reads text by bash's grammar.
pub(crate) struct Parser<'t> {
    pub(crate) cursor: Cursor<'t>,
    /// Here-documents whose bodies come with the next line.
    pub(crate) pending: Vec<Pending>,
    pub(crate) notes: Notes,
    /// Extended patterns may be on.
    pub(crate) extended: bool,
}

/// What the parser saw that a shell may read in another way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    /// Something that only bash and its kin know.
    pub(crate) only_bash: bool,
    /// Reasons for doubt.
    pub(crate) doubts: Vec<&'static str>,
}

impl Notes {
    /// Adds a reason for doubt, once.
    pub(crate) fn doubt(&mut self, reason: &'static str) {
        if !self.doubts.contains(&reason) {
            self.doubts.push(reason);
        }
    }
}

/// Words that end a list.
const CLOSING: [&str; 8] = ["then", "do", "done", "fi", "else", "elif", "esac", "}"];

/// Words that mean something where a command starts.
const RESERVED: [&str; 22] = [
    "!", "[[", "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function",
    "if", "in", "select", "then", "until", "while", "{", "}", "foreach", "repeat",
];

impl<'t> Parser<'t> {
    /// Starts at the front of a text.
    pub(crate) fn new(text: &'t str, depth: usize, steps: usize, extended: bool) -> Self {
        Self {
            cursor: Cursor::new(text, depth, steps),
            pending: Vec::new(),
            notes: Notes::default(),
            extended,
        }
    }

    /// Reads the whole text.
    pub(crate) fn script(&mut self) -> Result<List, NotRead> {
        self.cursor.enter()?;
        let list = self.list()?;
        if self.cursor.at < self.cursor.text.len() {
            return Err(NotRead("the script ends something that it did not start"));
        }
        if !self.pending.is_empty() {
            return Err(NotRead("a here-document does not end"));
        }
        self.cursor.leave();
        Ok(list)
    }

    /// Reads another text by the same rules, one level deeper.
    pub(crate) fn inner<R>(
        &mut self,
        text: &str,
        read: impl Fn(&mut Parser<'_>) -> Result<R, NotRead>,
    ) -> Result<R, NotRead> {
        let mut parser = Parser::new(text, self.cursor.depth + 1, self.cursor.steps, self.extended);
        let result = read(&mut parser);
        self.cursor.steps = parser.cursor.steps;
        self.notes.only_bash |= parser.notes.only_bash;
        for doubt in parser.notes.doubts {
            self.notes.doubt(doubt);
        }
        result
    }

    /// Reads commands up to a word or a mark that ends a list.
    pub(crate) fn list(&mut self) -> Result<List, NotRead> {
        let mut list = List::default();
        loop {
            self.space()?;
            if self.closes() {
                return Ok(list);
            }
            let mut item = self.and_or()?;
            self.blanks()?;
            match (self.cursor.peek(), self.cursor.peek_at(1)) {
                (b';', b';' | b'&') => {
                    list.items.push(item);
                    return Ok(list);
                }
                (b';', _) => self.cursor.at += 1,
                (b'&', b'&') => return Err(NotRead("a command is missing")),
                (b'&', _) => {
                    item.background = true;
                    self.cursor.at += 1;
                    self.no_continuation()?;
                }
                (b'\n' | 0 | b')', _) => {}
                _ if self.closes() => {}
                _ => return Err(NotRead("something stands where a command should end")),
            }
            list.items.push(item);
        }
    }

    /// Reads a list that must hold something.
    pub(crate) fn body(&mut self) -> Result<List, NotRead> {
        let list = self.list()?;
        if list.items.is_empty() {
            return Err(NotRead("a command is missing"));
        }
        Ok(list)
    }

    fn closes(&self) -> bool {
        match self.cursor.peek() {
            0 | b')' => true,
            b';' => matches!(self.cursor.peek_at(1), b';' | b'&'),
            b'a'..=b'z' | b'}' => CLOSING.contains(&self.bare_word()),
            _ => false,
        }
    }

    fn and_or(&mut self) -> Result<AndOr, NotRead> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.blanks()?;
            let joint = if self.cursor.take("&&") {
                Joint::And
            } else if self.cursor.take("||") {
                Joint::Or
            } else {
                return Ok(AndOr { first, rest, background: false });
            };
            self.no_continuation()?;
            self.space()?;
            rest.push((joint, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline, NotRead> {
        let mut negated = false;
        loop {
            match self.bare_word() {
                "!" => {
                    self.cursor.at += 1;
                    negated = !negated;
                }
                "time" if self.is_keyword_time() => self.cursor.at += 4,
                _ => break,
            }
            self.blanks()?;
            if self.bare_word() == "-p" {
                self.cursor.at += 2;
                self.blanks()?;
            }
            if self.bare_word() == "--" {
                self.cursor.at += 2;
                self.blanks()?;
            }
        }
        let mut stages = vec![self.command()?];
        loop {
            self.blanks()?;
            if self.cursor.peek() != b'|' || self.cursor.peek_at(1) == b'|' {
                return Ok(Pipeline { stages, negated });
            }
            self.cursor.at += 1;
            if self.cursor.peek() == b'&' {
                self.cursor.at += 1;
                self.notes.only_bash = true;
            }
            self.no_continuation()?;
            self.space()?;
            stages.push(self.command()?);
        }
    }

    /// `time` is a word of the shell, but in front of an option that it does not know.
    fn is_keyword_time(&self) -> bool {
        let rest = self.cursor.text.get(self.cursor.at + 4..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\t']);
        !rest.starts_with('-') || rest.starts_with("-p ") || rest.starts_with("-- ")
    }

    /// Reads one command with its redirections.
    pub(crate) fn command(&mut self) -> Result<Command, NotRead> {
        self.cursor.enter()?;
        let kind = match self.cursor.peek() {
            b'(' => self.parenthesis()?,
            _ if RESERVED.contains(&self.bare_word()) => self.compound()?,
            _ => {
                let command = self.simple()?;
                self.cursor.leave();
                return Ok(command);
            }
        };
        let mut redirections = Vec::new();
        self.blanks()?;
        while let Some(redirection) = self.redirection()? {
            redirections.push(redirection);
            self.blanks()?;
        }
        self.cursor.leave();
        Ok(Command { kind, redirections })
    }

    fn parenthesis(&mut self) -> Result<Kind, NotRead> {
        if let Some(parts) = self.double_parenthesis()? {
            self.notes.only_bash = true;
            return Ok(Kind::Arithmetic(parts));
        }
        self.cursor.at += 1;
        let list = self.body()?;
        self.expect(")")?;
        Ok(Kind::Subshell(list))
    }

    /// Reads `(( … ))` where both ends are there; `((` may also start two subshells.
    pub(crate) fn double_parenthesis(&mut self) -> Result<Option<Vec<Part>>, NotRead> {
        if !self.cursor.starts_with("((") {
            return Ok(None);
        }
        self.cursor.at += 2;
        let Some(end) = self.cursor.arithmetic_end()? else {
            self.cursor.at -= 2;
            return Ok(None);
        };
        let parts = self.expression(end)?;
        self.cursor.at = end + 2;
        Ok(Some(parts))
    }

    /// Reads what stands between the parentheses of a substitution, and the closing one.
    pub(crate) fn substituted(&mut self) -> Result<Rc<List>, NotRead> {
        self.cursor.enter()?;
        let outer = std::mem::take(&mut self.pending);
        let start = self.cursor.at;
        let list = self.list()?;
        self.expect(")")?;
        if !self.pending.is_empty() {
            return Err(NotRead("a here-document does not end"));
        }
        if !outer.is_empty() {
            let text = self.cursor.since(start);
            self.cursor.spend(text.len())?;
            if text.contains('\n') {
                return Err(NotRead("a here-document starts around a substitution"));
            }
        }
        self.pending = outer;
        self.cursor.leave();
        Ok(Rc::new(list))
    }

    /// Reads a mark that must stand here.
    pub(crate) fn expect(&mut self, text: &str) -> Result<(), NotRead> {
        if self.cursor.take(text) {
            return Ok(());
        }
        Err(NotRead(match text {
            ")" => "a parenthesis does not close",
            _ => "a compound command does not end as it should",
        }))
    }

    /// Reads a word of the grammar that must come next.
    pub(crate) fn expect_word(&mut self, word: &'static str) -> Result<(), NotRead> {
        self.space()?;
        if self.bare_word() != word {
            return Err(NotRead("a compound command does not end as it should"));
        }
        self.cursor.at += word.len();
        Ok(())
    }

    /// Returns the word that stands here, where it has no quotes and nothing to expand.
    pub(crate) fn bare_word(&self) -> &'t str {
        let rest = self.cursor.text.get(self.cursor.at..).unwrap_or_default();
        // The longest reserved word has eight bytes.
        let bytes = rest.as_bytes();
        for length in 0..9 {
            match bytes.get(length) {
                None
                | Some(b' ' | b'\t' | b'\n' | b'|' | b'&' | b';' | b'(' | b')' | b'<' | b'>') => {
                    return rest.get(..length).unwrap_or_default();
                }
                Some(b'\r') if matches!(bytes.get(length + 1), None | Some(b'\n')) => {
                    return rest.get(..length).unwrap_or_default();
                }
                Some(b'\'' | b'"' | b'$' | b'`' | b'\\') => return "",
                Some(_) => {}
            }
        }
        ""
    }

    /// Skips blanks, continued lines and a comment.
    pub(crate) fn blanks(&mut self) -> Result<(), NotRead> {
        loop {
            match self.cursor.peek() {
                b' ' | b'\t' => self.cursor.at += 1,
                b'\\' if self.cursor.peek_at(1) == b'\n' => self.cursor.at += 2,
                b'\\' if self.cursor.starts_with("\\\r\n") => {
                    return Err(NotRead("a line is continued behind a carriage return"));
                }
                b'\r' => {
                    if !matches!(self.cursor.peek_at(1), 0 | b'\n') {
                        return Err(NotRead("the script holds a carriage return"));
                    }
                    self.notes.doubt("a line ends in a carriage return");
                    self.cursor.at += 1;
                }
                b'#' => {
                    self.cursor.run(|byte| byte != b'\n');
                    return Ok(());
                }
                _ => return Ok(()),
            }
        }
    }

    /// Skips blanks and line ends, and reads the here-documents that wait for them.
    pub(crate) fn space(&mut self) -> Result<(), NotRead> {
        loop {
            self.blanks()?;
            if self.cursor.peek() != b'\n' {
                return Ok(());
            }
            self.cursor.at += 1;
            self.documents()?;
        }
    }

    /// A line that is continued in the middle of an operator could make it another one.
    pub(crate) fn no_continuation(&self) -> Result<(), NotRead> {
        if self.cursor.starts_with("\\\n") {
            return Err(NotRead("a line is continued inside of an operator"));
        }
        Ok(())
    }
}
