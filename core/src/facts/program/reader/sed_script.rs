//! The language of sed, as far as it reads files, writes them or runs commands.

/// What a script of sed does beyond editing text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Script {
    /// Files that it reads.
    pub(super) reads: Vec<String>,
    /// Files that it writes.
    pub(super) writes: Vec<String>,
    /// Commands that it runs.
    pub(super) runs: Vec<String>,
    /// It runs the text that it edits.
    pub(super) runs_input: bool,
}

/// Reads a script; `None` where it is not understood.
///
/// Seds disagree on whether a delimiter inside brackets ends an expression: `brackets` says which
/// reading is taken.
pub(super) fn read(text: &str, brackets: bool) -> Option<Script> {
    let mut reader = Reader { rest: text, brackets, found: Script::default() };
    // Each round takes at least one character.
    while !reader.rest.is_empty() {
        reader.command()?;
    }
    Some(reader.found)
}

struct Reader<'t> {
    rest: &'t str,
    brackets: bool,
    found: Script,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        Some(c)
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.next();
        }
    }

    /// Takes the rest of the line, and its end.
    fn line(&mut self) -> &'t str {
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        line
    }

    /// Takes the name of a file: the rest of the line.
    fn name(&mut self) -> Option<String> {
        let name = self.line().trim_start();
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn command(&mut self) -> Option<()> {
        self.skip(|c| c.is_ascii_whitespace() || c == ';');
        if self.address()? {
            self.skip(is_blank);
            if self.peek() == Some(',') {
                self.next();
                self.skip(is_blank);
                if matches!(self.peek(), Some('+' | '~')) {
                    self.next();
                }
                if !self.address()? {
                    return None;
                }
            }
        }
        self.skip(|c| is_blank(c) || c == '!');
        let Some(command) = self.next() else {
            return Some(());
        };
        match command {
            '{' | '}' => return Some(()),
            '#' => {
                self.line();
                return Some(());
            }
            '=' | 'd' | 'D' | 'g' | 'G' | 'h' | 'H' | 'n' | 'N' | 'p' | 'P' | 'x' | 'z' | 'F' => {}
            'l' | 'L' | 'q' | 'Q' => {
                self.skip(is_blank);
                self.skip(|c| c.is_ascii_digit());
            }
            'a' | 'i' | 'c' => {
                self.text();
                return Some(());
            }
            ':' | 'b' | 't' | 'T' | 'v' => {
                self.skip(is_blank);
                self.skip(|c| !c.is_ascii_whitespace() && c != ';' && c != '}');
            }
            'r' | 'R' => {
                let name = self.name()?;
                self.found.reads.push(name);
                return Some(());
            }
            'w' | 'W' => {
                let name = self.name()?;
                self.found.writes.push(name);
                return Some(());
            }
            'e' => {
                let command = self.line().trim().to_owned();
                if command.is_empty() {
                    self.found.runs_input = true;
                } else {
                    self.found.runs.push(command);
                }
                return Some(());
            }
            's' => {
                let mark = self.delimiter()?;
                self.part(mark, self.brackets)?;
                self.part(mark, false)?;
                return self.flags();
            }
            'y' => {
                let mark = self.delimiter()?;
                self.part(mark, false)?;
                self.part(mark, false)?;
            }
            _ => return None,
        }
        self.end()
    }

    /// Takes what may stand behind a command.
    fn end(&mut self) -> Option<()> {
        self.skip(is_blank);
        match self.peek() {
            None | Some('}' | '#') => Some(()),
            Some(';' | '\n' | '\r') => {
                self.next();
                Some(())
            }
            Some(_) => None,
        }
    }

    fn address(&mut self) -> Option<bool> {
        match self.peek() {
            Some('$') => {
                self.next();
            }
            Some(c) if c.is_ascii_digit() => {
                self.skip(|c| c.is_ascii_digit());
                self.skip(is_blank);
                if self.peek() == Some('~') {
                    self.next();
                    self.skip(is_blank);
                    self.skip(|c| c.is_ascii_digit());
                }
            }
            Some('/' | '\\') => {
                let mut mark = self.next()?;
                if mark == '\\' {
                    mark = self.delimiter()?;
                }
                self.part(mark, self.brackets)?;
                self.skip(|c| matches!(c, 'I' | 'M'));
            }
            Some(_) | None => return Some(false),
        }
        Some(true)
    }

    fn delimiter(&mut self) -> Option<char> {
        self.next().filter(|c| !matches!(c, '\n' | '\\'))
    }

    /// Takes text up to a delimiter.
    fn part(&mut self, mark: char, brackets: bool) -> Option<()> {
        loop {
            let c = self.next()?;
            if c == mark {
                return Some(());
            }
            match c {
                '\\' => {
                    self.next()?;
                }
                '[' if brackets => self.bracket()?,
                _ => {}
            }
        }
    }

    fn bracket(&mut self) -> Option<()> {
        if self.peek() == Some('^') {
            self.next();
        }
        if self.peek() == Some(']') {
            self.next();
        }
        loop {
            match self.next()? {
                ']' => return Some(()),
                '\n' => return None,
                '[' if matches!(self.peek(), Some(':' | '.' | '=')) => {
                    let kind = self.next()?;
                    while !(self.next()? == kind && self.peek() == Some(']')) {}
                    self.next();
                }
                _ => {}
            }
        }
    }

    fn flags(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some('g' | 'p' | 'i' | 'I' | 'm' | 'M' | '0'..='9') => {
                    self.next();
                }
                Some('e') => {
                    self.next();
                    self.found.runs_input = true;
                }
                Some('w') => {
                    self.next();
                    let name = self.name()?;
                    self.found.writes.push(name);
                    return Some(());
                }
                Some(_) | None => return self.end(),
            }
        }
    }

    /// Takes the text of `a`, `i` and `c`: lines, as long as each ends in a backslash.
    fn text(&mut self) {
        self.skip(is_blank);
        loop {
            let line = self.line();
            let slashes = line.bytes().rev().take_while(|b| *b == b'\\').count();
            if slashes % 2 == 0 {
                return;
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{b}' | '\u{c}')
}
