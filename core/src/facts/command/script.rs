//! The plain grammar: words and simple quotes, joined by `|`, `&&`, `||`, `;` and line ends.

use crate::facts::command::programs::EVALUATING;
use crate::facts::command::reader::Reader;
use crate::facts::command::reader::Role;
use crate::facts::command::scan::Language;
use crate::facts::path::is_bidi;

/// The longest script that is read.
pub(crate) const LONGEST: usize = 16 * 1024;

/// What stands behind a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Pipe,
    And,
    Or,
    Next,
}

/// Why a script is not plain.
#[derive(Clone, Debug, PartialEq, Eq)]
enum NotPlain {
    /// It cannot be read at all.
    Broken(&'static str),
    /// It does more than plain scripts do.
    Shell(&'static str),
}

type Commands = Vec<(Vec<String>, Joint)>;

impl Reader<'_> {
    /// Reads a script; returns what it is to a pipeline that it stands in.
    pub(crate) fn shell(&mut self, text: &str, depth: usize) -> Role {
        match plain(text) {
            Ok(commands) => self.commands(&commands, depth),
            Err(why) => {
                match why {
                    NotPlain::Broken(reason) => self.unreadable(reason),
                    NotPlain::Shell(reason) => self.dynamic(reason),
                }
                let mut role = self.scan(text, Language::Shell);
                // It may read its input with anything that it runs.
                role.interprets = true;
                role
            }
        }
    }

    fn commands(&mut self, commands: &Commands, depth: usize) -> Role {
        let outer = self.here.clone();
        let mut all = Role::default();
        let mut fetched = false;
        for (words, joint) in commands {
            let role = self.command(words, depth + 1);
            self.out.pipes_remote_to_shell |= fetched && role.interprets;
            all.fetches |= role.fetches;
            all.interprets |= role.interprets;
            fetched |= role.fetches;
            if *joint != Joint::Pipe {
                fetched = false;
            }
            self.change_folder(words, *joint);
        }
        // A script of its own does not move the shell around it.
        self.here = outer;
        all
    }

    /// Follows `cd`: what comes next is there, or, where it may not have worked, also here.
    fn change_folder(&mut self, words: &[String], joint: Joint) {
        const MOST: usize = 8;
        let (Some("cd"), Some(folder)) = (words.first().map(String::as_str), words.get(1)) else {
            if words.first().is_some_and(|word| word == "cd") {
                self.dynamic("`cd` without a folder goes home");
            }
            return;
        };
        if folder.starts_with('-') || words.len() != 2 {
            self.dynamic("where `cd` goes is known only at run time");
            return;
        }
        let moved: Vec<_> = self
            .here
            .iter()
            .filter_map(|base| self.out.bases.get(*base))
            .map(|base| base.moved(folder))
            .collect();
        if self.here.len() + moved.len() > MOST {
            self.unreadable("too many working directories are possible");
            return;
        }
        if joint == Joint::And {
            self.here.clear();
        }
        for base in moved {
            self.here.push(self.out.bases.len());
            self.out.bases.push(base);
        }
    }
}

/// Takes a script apart.
fn plain(text: &str) -> Result<Commands, NotPlain> {
    if text.len() > LONGEST {
        return Err(NotPlain::Broken("the script is longer than 16 KiB"));
    }
    if text.contains('\0') {
        return Err(NotPlain::Broken("the script holds a NUL character"));
    }
    if text.chars().any(hides_text) {
        return Err(NotPlain::Broken("the script holds marks that hide text"));
    }
    let mut lexer =
        Lexer { left: text.chars().peekable(), commands: Vec::new(), words: Vec::new() };
    lexer.read()?;
    Ok(lexer.commands)
}

struct Lexer<'t> {
    left: std::iter::Peekable<std::str::Chars<'t>>,
    commands: Commands,
    words: Vec<String>,
}

impl Lexer<'_> {
    fn read(&mut self) -> Result<(), NotPlain> {
        let mut last = Joint::Next;
        while let Some(c) = self.left.peek().copied() {
            match c {
                ' ' | '\t' => {
                    self.left.next();
                }
                '\n' | ';' => {
                    self.left.next();
                    if !self.words.is_empty() {
                        last = self.join(Joint::Next);
                    } else if c == ';' {
                        // A line may end behind an operator; `;` always ends a command.
                        return Err(NotPlain::Broken("a command is missing"));
                    }
                }
                '|' | '&' => {
                    self.left.next();
                    let double = self.left.next_if_eq(&c).is_some();
                    if self.words.is_empty() {
                        return Err(NotPlain::Broken("a command is missing"));
                    }
                    last = match (c, double) {
                        ('|', true) => self.join(Joint::Or),
                        ('|', false) if self.left.peek() == Some(&'&') => {
                            return Err(NotPlain::Shell("`|&` is not plain"));
                        }
                        ('|', false) => self.join(Joint::Pipe),
                        (_, true) => self.join(Joint::And),
                        (_, false) => {
                            return Err(NotPlain::Shell("`&` is not plain"));
                        }
                    };
                }
                _ => {
                    let word = self.word()?;
                    self.words.push(word);
                }
            }
        }
        if !self.words.is_empty() {
            self.join(Joint::Next);
        } else if last != Joint::Next {
            return Err(NotPlain::Broken("a command is missing"));
        }
        if self.commands.is_empty() {
            return Err(NotPlain::Broken("the script is empty"));
        }
        Ok(())
    }

    fn join(&mut self, joint: Joint) -> Joint {
        self.commands.push((std::mem::take(&mut self.words), joint));
        joint
    }

    fn word(&mut self) -> Result<String, NotPlain> {
        let first = self.words.is_empty();
        let mut word = String::new();
        let mut quoted = false;
        while let Some(c) = self.left.peek().copied() {
            match c {
                ' ' | '\t' | '\n' | ';' | '|' | '&' => break,
                '\'' | '"' => {
                    self.left.next();
                    quoted = true;
                    self.quoted(c, &mut word)?;
                }
                c if first && !c.is_ascii() => {
                    return Err(NotPlain::Broken("a program's name has foreign letters"));
                }
                c if is_plain(c) || (c == '~' && is_plain_before_tilde(&word)) => {
                    self.left.next();
                    word.push(c);
                }
                c if c.is_control() => return Err(NotPlain::Broken("a control character")),
                _ => return Err(NotPlain::Shell("the script is more than plain words")),
            }
        }
        if !quoted && word.starts_with(['=', '%']) {
            return Err(NotPlain::Shell("a word that some shells expand"));
        }
        if first {
            if word.contains('=') {
                return Err(NotPlain::Shell("a variable is set"));
            }
            if EVALUATING.contains(&word.as_str()) || word.is_empty() {
                return Err(NotPlain::Shell("a keyword or a built-in that evaluates words"));
            }
        }
        Ok(word)
    }

    fn quoted(&mut self, quote: char, word: &mut String) -> Result<(), NotPlain> {
        for c in self.left.by_ref() {
            match c {
                c if c == quote => return Ok(()),
                '$' | '`' | '\\' | '!' if quote == '"' => {
                    return Err(NotPlain::Shell("a quoted word is expanded"));
                }
                c => word.push(c),
            }
        }
        Err(NotPlain::Broken("a quote does not end"))
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '=' | ',' | '@' | '%' | '+')
}

/// A tilde is plain only where no shell takes it for a home folder.
fn is_plain_before_tilde(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Returns true for characters that turn text around or do not show, and that no language needs.
const fn hides_text(c: char) -> bool {
    is_bidi(c) || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
