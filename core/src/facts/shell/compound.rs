//! Compound commands.

use std::rc::Rc;

use crate::facts::shell::cursor::NotRead;
use crate::facts::shell::cursor::is_name;
use crate::facts::shell::parser::Parser;
use crate::facts::shell::quoted::Place;
use crate::facts::shell::simple::plain;
use crate::facts::shell::tree::Arm;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::List;

impl Parser<'_> {
    /// Reads what a reserved word starts.
    pub(crate) fn compound(&mut self) -> Result<Kind, NotRead> {
        let word = self.bare_word();
        self.cursor.at += word.len();
        match word {
            "{" => {
                let list = self.body()?;
                self.expect_word("}")?;
                Ok(Kind::Group(list))
            }
            "[[" => self.conditional(),
            "if" => self.conditions(),
            "while" | "until" => {
                let condition = self.body()?;
                let body = self.do_done()?;
                Ok(Kind::Loop { condition, body })
            }
            "for" | "select" => self.for_loop(word == "select"),
            "case" => self.case(),
            "function" => {
                self.notes.only_bash = true;
                self.blanks()?;
                let name = self.word(Place::Command)?;
                let Some(name) = plain(&name).map(str::to_owned) else {
                    return Err(NotRead("the name of a function cannot be read"));
                };
                self.blanks()?;
                // Parentheses with something in them are the body.
                let start = self.cursor.at;
                if self.cursor.take("(") {
                    self.blanks()?;
                    if !self.cursor.take(")") {
                        self.cursor.at = start;
                    }
                }
                self.function_body(name)
            }
            "coproc" => self.coproc(),
            _ => Err(NotRead("a word of the grammar stands where no command ends")),
        }
    }

    /// Reads the body of a function behind its name.
    pub(crate) fn function_body(&mut self, name: String) -> Result<Kind, NotRead> {
        self.space()?;
        let starts = matches!(
            self.bare_word(),
            "{" | "if" | "while" | "until" | "for" | "case" | "select" | "[["
        );
        if !starts && self.cursor.peek() != b'(' {
            return Err(NotRead("a function has no body"));
        }
        let body = Rc::new(self.command()?);
        Ok(Kind::Function { name, body })
    }

    fn conditions(&mut self) -> Result<Kind, NotRead> {
        let mut branches = Vec::new();
        loop {
            let condition = self.body()?;
            self.expect_word("then")?;
            branches.push((condition, self.body()?));
            self.space()?;
            match self.bare_word() {
                "elif" => self.cursor.at += 4,
                "else" => {
                    self.cursor.at += 4;
                    let otherwise = Some(self.body()?);
                    self.expect_word("fi")?;
                    return Ok(Kind::If { branches, otherwise });
                }
                _ => {
                    self.expect_word("fi")?;
                    return Ok(Kind::If { branches, otherwise: None });
                }
            }
        }
    }

    fn do_done(&mut self) -> Result<List, NotRead> {
        self.expect_word("do")?;
        let body = self.body()?;
        self.expect_word("done")?;
        Ok(body)
    }

    /// Reads the body of a `for`, which may stand between braces too.
    fn for_body(&mut self) -> Result<List, NotRead> {
        self.blanks()?;
        if self.cursor.peek() == b';' && self.cursor.peek_at(1) != b';' {
            self.cursor.at += 1;
        }
        self.space()?;
        if self.bare_word() == "{" {
            self.cursor.at += 1;
            let body = self.body()?;
            self.expect_word("}")?;
            return Ok(body);
        }
        self.do_done()
    }

    fn for_loop(&mut self, select: bool) -> Result<Kind, NotRead> {
        self.notes.only_bash |= select;
        self.blanks()?;
        if !select && self.cursor.starts_with("((") {
            self.notes.only_bash = true;
            return self.arithmetic_for();
        }
        let name = self.word(Place::Command)?;
        let Some(name) = plain(&name).filter(|name| is_name(name)).map(str::to_owned) else {
            return Err(NotRead("the variable of a loop cannot be read"));
        };
        self.blanks()?;
        if self.cursor.peek() == b'(' {
            return Err(NotRead("a parenthesis stands where no command can start"));
        }
        self.space()?;
        let mut words = None;
        if self.bare_word() == "in" {
            self.cursor.at += 2;
            let mut list = Vec::new();
            loop {
                self.blanks()?;
                let word = self.word(Place::Command)?;
                if word.is_empty() {
                    break;
                }
                list.push(word);
            }
            if !matches!(self.cursor.peek(), b';' | b'\n') {
                return Err(NotRead("the words of a loop do not end"));
            }
            words = Some(list);
        }
        let body = self.for_body()?;
        Ok(Kind::For { name, words, body, select })
    }

    fn arithmetic_for(&mut self) -> Result<Kind, NotRead> {
        self.cursor.at += 2;
        let Some(end) = self.cursor.arithmetic_end()? else {
            return Err(NotRead("arithmetic does not end where it should"));
        };
        let mut head = Vec::new();
        loop {
            let rest = self.cursor.text.get(self.cursor.at..end).unwrap_or_default();
            let next = rest.find(';').map_or(end, |found| self.cursor.at + found);
            head.push(self.expression(next)?);
            if next == end {
                break;
            }
            self.cursor.at = next + 1;
        }
        if head.len() != 3 {
            return Err(NotRead("a loop has not three expressions"));
        }
        self.cursor.at = end + 2;
        let body = self.for_body()?;
        Ok(Kind::ForArithmetic { head, body })
    }

    fn case(&mut self) -> Result<Kind, NotRead> {
        self.blanks()?;
        let subject = self.word(Place::Command)?;
        if subject.is_empty() {
            return Err(NotRead("a case has no subject"));
        }
        self.expect_word("in")?;
        let mut arms = Vec::new();
        loop {
            self.space()?;
            if self.bare_word() == "esac" {
                self.cursor.at += 4;
                return Ok(Kind::Case { subject, arms });
            }
            self.cursor.take("(");
            let mut patterns = Vec::new();
            loop {
                self.blanks()?;
                let pattern = self.word(Place::Command)?;
                if pattern.is_empty() {
                    return Err(NotRead("an arm of a case has no pattern"));
                }
                patterns.push(pattern);
                self.blanks()?;
                if !self.cursor.take("|") {
                    break;
                }
            }
            self.expect(")")?;
            let body = self.list()?;
            self.space()?;
            let mut falls = false;
            if self.cursor.take(";;&") || self.cursor.take(";&") {
                self.notes.only_bash = true;
                falls = true;
            } else if !self.cursor.take(";;") && self.bare_word() != "esac" {
                return Err(NotRead("an arm of a case does not end"));
            }
            arms.push(Arm { patterns, body, falls });
        }
    }

    fn coproc(&mut self) -> Result<Kind, NotRead> {
        self.notes.only_bash = true;
        self.blanks()?;
        let start = self.cursor.at;
        let mut name = None;
        if self.is_compound() {
            let body = Box::new(self.command()?);
            return Ok(Kind::Coproc { name, body });
        }
        let word = self.word(Place::Command)?;
        self.blanks()?;
        if let Some(text) = plain(&word).filter(|word| is_name(word))
            && self.is_compound()
        {
            name = Some(text.to_owned());
        } else {
            self.cursor.at = start;
        }
        let body = Box::new(self.command()?);
        Ok(Kind::Coproc { name, body })
    }

    fn is_compound(&self) -> bool {
        self.cursor.peek() == b'('
            || matches!(
                self.bare_word(),
                "{" | "if" | "while" | "until" | "for" | "case" | "select" | "[["
            )
    }
}
