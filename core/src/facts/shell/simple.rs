//! Simple commands, assignments and redirections.

use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::cursor::in_name;
use crate::facts::shell::cursor::is_name;
use crate::facts::shell::cursor::starts_name;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::quoted::Place;
use crate::facts::shell::script::RedirectionMode;
use crate::facts::shell::tree::AssignedValue;
use crate::facts::shell::tree::Assignment;
use crate::facts::shell::tree::Command;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::tree::Redirect;
use crate::facts::shell::tree::RedirectTo;

/// The commands whose arguments are read as assignments.
pub(crate) const DECLARING: [&str; 5] = ["declare", "export", "local", "readonly", "typeset"];

/// What stands among the words of a command.
#[derive(Default)]
struct Rest {
    assignments: Vec<Assignment>,
    words: Vec<Parts>,
    redirections: Vec<Redirect>,
}

impl Parser<'_> {
    /// Reads a simple command, or a function that starts as one.
    pub(crate) fn simple(&mut self) -> Result<Command, NotRead> {
        let start = self.cursor.at;
        let mut assignments = Vec::new();
        let mut words: Vec<Parts> = Vec::new();
        let mut redirections = Vec::new();
        loop {
            self.blanks()?;
            if let Some(redirection) = self.redirection()? {
                redirections.push(redirection);
                continue;
            }
            if words.is_empty() {
                if let Some(assignment) = self.assignment()? {
                    assignments.push(assignment);
                    continue;
                }
            } else if self.cursor.peek() == b'(' {
                return self.function_or_array(words, assignments, redirections);
            }
            let word_start = self.cursor.at;
            let word = self.word(Place::Command)?;
            if word.is_empty() {
                break;
            }
            if words.is_empty() {
                self.check_continued(word_start, &word)?;
            }
            words.push(word);
        }
        if self.cursor.at == start {
            return Err(NotRead("a command is missing"));
        }
        Ok(Command { kind: Kind::Simple { assignments, words }, redirections })
    }

    /// A command word that is continued on the next line could be more than a word.
    fn check_continued(&self, start: usize, word: &Parts) -> Result<(), NotRead> {
        if word.len() > 1 && self.cursor.since(start).contains("\\\n") {
            return Err(NotRead("the name of a command is continued on the next line"));
        }
        Ok(())
    }

    /// A parenthesis behind a word: `name()`, or `name=(…)` among words.
    fn function_or_array(
        &mut self,
        mut words: Vec<Parts>,
        mut assignments: Vec<Assignment>,
        redirections: Vec<Redirect>,
    ) -> Result<Command, NotRead> {
        const UNEXPECTED: NotRead = NotRead("a parenthesis stands where no command can start");
        let declares = words.first().and_then(plain).is_some_and(|name| DECLARING.contains(&name));
        if declares && words.len() > 1 {
            let name = words.last().and_then(plain).and_then(|word| word.strip_suffix('='));
            let append = name.is_some_and(|name| name.ends_with('+'));
            let name = name.map(|name| name.strip_suffix('+').unwrap_or(name));
            let glued = self.cursor.at > 0 && {
                let before = self.cursor.text.as_bytes().get(self.cursor.at - 1);
                before == Some(&b'=')
            };
            let Some(name) = name.filter(|name| glued && is_name(name)).map(str::to_owned) else {
                return Err(UNEXPECTED);
            };
            let value = self.array()?;
            words.pop();
            words.push(vec![Part::Text { text: name.clone(), quoted: false }]);
            assignments.push(Assignment { name, subscript: None, append, value });
            let mut rest = self.simple_rest()?;
            words.append(&mut rest.words);
            assignments.append(&mut rest.assignments);
            let mut redirections = redirections;
            redirections.append(&mut rest.redirections);
            return Ok(Command { kind: Kind::Simple { assignments, words }, redirections });
        }
        if words.len() != 1 || !assignments.is_empty() || !redirections.is_empty() {
            return Err(UNEXPECTED);
        }
        let Some(name) = words.first().and_then(plain).map(str::to_owned) else {
            return Err(UNEXPECTED);
        };
        self.cursor.at += 1;
        self.blanks()?;
        self.expect(")")?;
        let kind = self.function_body(name)?;
        Ok(Command { kind, redirections: Vec::new() })
    }

    /// What follows an array among the words of a declaration.
    fn simple_rest(&mut self) -> Result<Rest, NotRead> {
        let mut found = Rest::default();
        loop {
            self.blanks()?;
            if let Some(redirection) = self.redirection()? {
                found.redirections.push(redirection);
                continue;
            }
            if starts_name(self.cursor.peek()) {
                let start = self.cursor.at;
                let name = self.cursor.run(in_name).to_owned();
                if self.cursor.starts_with("=(") {
                    self.cursor.at += 1;
                    let value = self.array()?;
                    found.words.push(vec![Part::Text { text: name.clone(), quoted: false }]);
                    found.assignments.push(Assignment {
                        name,
                        subscript: None,
                        append: false,
                        value,
                    });
                    continue;
                }
                self.cursor.at = start;
            }
            let word = self.word(Place::Command)?;
            if word.is_empty() {
                return Ok(found);
            }
            found.words.push(word);
        }
    }

    /// Reads `name=value` where it starts here.
    fn assignment(&mut self) -> Result<Option<Assignment>, NotRead> {
        let start = self.cursor.at;
        if !starts_name(self.cursor.peek()) {
            return Ok(None);
        }
        let name = self.cursor.run(in_name).to_owned();
        let mut subscript = None;
        if self.cursor.peek() == b'[' {
            self.cursor.at += 1;
            let inside = self.cursor.at;
            let end = self.cursor.subscript_end()?;
            let assigns = end.is_some_and(|end| {
                let rest = self.cursor.text.get(end + 1..).unwrap_or_default();
                rest.starts_with('=') || rest.starts_with("+=")
            });
            if assigns {
                self.cursor.at = inside;
                subscript = Some(self.subscript()?);
            }
        }
        let append = self.cursor.starts_with("+=");
        if !append && self.cursor.peek() != b'=' {
            if self.cursor.starts_with("\\\n") {
                return Err(NotRead("the name of a command is continued on the next line"));
            }
            self.cursor.at = start;
            return Ok(None);
        }
        self.cursor.at += 1 + usize::from(append);
        self.notes.only_bash |= append;
        let value = if self.cursor.peek() == b'(' && subscript.is_none() {
            self.array()?
        } else {
            AssignedValue::Scalar(self.word(Place::Command)?)
        };
        Ok(Some(Assignment { name, subscript, append, value }))
    }

    fn array(&mut self) -> Result<AssignedValue, NotRead> {
        self.notes.only_bash = true;
        self.cursor.at += 1;
        let mut elements = Vec::new();
        let mut keyed = false;
        loop {
            self.space()?;
            if self.cursor.take(")") {
                return Ok(AssignedValue::Array { elements, keyed });
            }
            let start = self.cursor.at;
            let word = self.word(Place::Command)?;
            if word.is_empty() {
                return Err(NotRead("an array does not end"));
            }
            let text = self.cursor.since(start);
            keyed |= text.starts_with('[') && text.contains("]=") || text.contains("]+=");
            elements.push(word);
        }
    }

    /// Reads a redirection where one starts here.
    pub(crate) fn redirection(&mut self) -> Result<Option<Redirect>, NotRead> {
        let start = self.cursor.at;
        let mut descriptor = None;
        let mut variable = None;
        match self.cursor.peek() {
            b'0'..=b'9' => {
                let digits = self.cursor.run(|byte| byte.is_ascii_digit());
                descriptor = Some(digits.parse().unwrap_or(u32::MAX));
            }
            b'{' if starts_name(self.cursor.peek_at(1)) => {
                self.cursor.at += 1;
                let name = self.cursor.run(in_name).to_owned();
                if self.cursor.peek() == b'[' {
                    self.cursor.run(|byte| !b" \t\n}".contains(&byte));
                }
                if self.cursor.take("}") && matches!(self.cursor.peek(), b'<' | b'>') {
                    self.notes.only_bash = true;
                    variable = Some(name);
                } else {
                    self.cursor.at = start;
                    return Ok(None);
                }
            }
            b'&' if self.cursor.peek_at(1) == b'>' => {
                self.notes.only_bash = true;
                self.cursor.at += 2;
                let append = self.cursor.take(">");
                let mode = if append { RedirectionMode::Append } else { RedirectionMode::Write };
                let to = RedirectTo::File(self.target()?);
                return Ok(Some(Redirect { descriptor: Some(1), variable, mode, to }));
            }
            b'<' | b'>' => {}
            _ => return Ok(None),
        }
        let process = self.cursor.peek_at(1) == b'(';
        if !matches!(self.cursor.peek(), b'<' | b'>') || process {
            if process && self.cursor.at > start && b"<>".contains(&self.cursor.peek()) {
                return Err(NotRead("a number stands before a process substitution"));
            }
            self.cursor.at = start;
            return Ok(None);
        }
        let reads = self.cursor.peek() == b'<';
        if variable.is_none() && descriptor.is_none() {
            descriptor = Some(u32::from(!reads));
        }
        let (mode, to) = self.redirected()?;
        Ok(Some(Redirect { descriptor, variable, mode, to }))
    }

    fn redirected(&mut self) -> Result<(RedirectionMode, RedirectTo), NotRead> {
        for (operator, mode) in OPERATORS {
            if !self.cursor.take(operator) {
                continue;
            }
            let to = match operator {
                "<<-" | "<<" => {
                    self.no_continuation()?;
                    self.blanks()?;
                    RedirectTo::Document(self.document(operator == "<<-")?)
                }
                "<<<" => {
                    self.notes.only_bash = true;
                    RedirectTo::HereString(self.target()?)
                }
                "<&" | ">&" => RedirectTo::Either(self.target()?),
                _ => RedirectTo::File(self.target()?),
            };
            return Ok((mode, to));
        }
        Err(NotRead("a redirection leads nowhere"))
    }

    fn target(&mut self) -> Result<Parts, NotRead> {
        self.no_continuation()?;
        self.blanks()?;
        if self.cursor.peek() == b'!' {
            self.notes.doubt("some shells take `!` for a part of the redirection");
        }
        let word = self.word(Place::Command)?;
        if word.is_empty() {
            return Err(NotRead("a redirection leads nowhere"));
        }
        Ok(word)
    }
}

const OPERATORS: [(&str, RedirectionMode); 10] = [
    ("<<<", RedirectionMode::Read),
    ("<<-", RedirectionMode::Read),
    ("<<", RedirectionMode::Read),
    ("<&", RedirectionMode::Read),
    ("<>", RedirectionMode::ReadWrite),
    ("<", RedirectionMode::Read),
    (">>", RedirectionMode::Append),
    (">&", RedirectionMode::Write),
    (">|", RedirectionMode::Write),
    (">", RedirectionMode::Write),
];

/// Returns the text of a word that is neither quoted nor expanded.
pub(crate) fn plain(parts: &Parts) -> Option<&str> {
    match parts.as_slice() {
        [Part::Text { text, quoted: false }] => Some(text),
        _ => None,
    }
}

/// Returns true where quotes with nothing in them stand: the reader leaves an empty text in front
/// of all that is between double quotes.
pub(crate) fn is_empty_quotes(parts: &Parts, index: usize) -> bool {
    let quoted = |part: &Part| match part {
        Part::Text { text, quoted } => *quoted && !text.is_empty(),
        Part::Arithmetic { quoted, .. }
        | Part::Output { quoted, .. }
        | Part::Parameter { quoted, .. }
        | Part::Strange { quoted, .. } => *quoted,
        Part::Process { .. } => false,
    };
    matches!(parts.get(index), Some(Part::Text { text, quoted: true }) if text.is_empty())
        && !parts.get(index + 1).is_some_and(quoted)
}

/// Returns true for `$name` without braces.
pub(crate) fn is_named(part: &Part) -> bool {
    match part {
        Part::Parameter { parameter, quoted } => {
            !quoted
                && !parameter.braced
                && parameter.name.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
        }
        Part::Arithmetic { .. }
        | Part::Output { .. }
        | Part::Process { .. }
        | Part::Strange { .. }
        | Part::Text { .. } => false,
    }
}
