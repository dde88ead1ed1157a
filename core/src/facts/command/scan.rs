//! The loose reading: what can be seen anywhere in words that are not plain. It finds reasons to
//! deny and never one to allow, so it takes every word for what it could be.

use crate::facts::command::operand::looks_like_path_in_text;
use crate::facts::command::operand::option_values;
use crate::facts::command::program::ProgramName;
use crate::facts::command::programs::program;
use crate::facts::command::reader::Reader;
use crate::facts::command::reader::Role;
use crate::facts::command::script::LONGEST;
use crate::facts::command::table::Network;
use crate::facts::command::table::Operands;
use crate::facts::command::table::Program;
use crate::facts::command::table::Runs;
use crate::facts::path::PathTouch;

/// What language a scanned text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// A shell's: the first word of a command is a program, whatever its name.
    Shell,
    /// Some other: only known programs are seen.
    Other,
}

/// What has been seen so far of one text.
struct Seen {
    language: Language,
    /// The next word is a command's first.
    first: bool,
    /// The next word is the target of a redirection.
    target: Option<PathTouch>,
    /// The words of the command at hand may all be paths.
    operands: bool,
    fetched: bool,
    fed: bool,
    interpreter: bool,
    feeds: bool,
    nested: usize,
    role: Role,
}

impl Reader<'_> {
    /// Scans words that some program may run.
    pub(crate) fn scan_words(&mut self, words: &[String]) -> Role {
        let mut role = Role::default();
        for word in words {
            let seen = self.scan(word, Language::Other);
            role.fetches |= seen.fetches;
            role.interprets |= seen.interprets;
        }
        role
    }

    /// Scans one text.
    pub(crate) fn scan(&mut self, text: &str, language: Language) -> Role {
        if text.len() > LONGEST {
            // Denied in any case: there is nothing to look for.
            self.unreadable("a script or a word of code is longer than 16 KiB");
            return Role { fetches: true, interprets: true };
        }
        let mut seen = Seen::new(language);
        let mut word = String::new();
        let mut left = text.chars().peekable();
        while let Some(c) = left.next() {
            match c {
                // Quotes and backslashes only hide what a word is.
                '\'' | '"' | '\\' => {}
                // A variable stays in its word, for the home folder may be in it.
                '$' if word.is_empty() && left.peek().is_some_and(|c| is_name(*c) || *c == '{') => {
                    word.push('$');
                    let braced = left.next_if_eq(&'{').is_some();
                    while let Some(c) = left.next_if(|c| is_name(*c)) {
                        word.push(c);
                    }
                    if braced {
                        left.next_if_eq(&'}');
                    }
                }
                '|' | ';' | '&' | '\n' | '(' | ')' | '{' | '}' | '`' | '<' | '>' | '$' => {
                    self.scanned(&mut word, &mut seen);
                    seen.sees(c);
                }
                c if c.is_whitespace() || matches!(c, ',' | '[' | ']') => {
                    self.scanned(&mut word, &mut seen);
                }
                c => word.push(c),
            }
        }
        self.scanned(&mut word, &mut seen);
        seen.role
    }

    fn scanned(&mut self, word: &mut String, seen: &mut Seen) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(word);
        let target = seen.target.take();
        let first = target.is_none() && std::mem::replace(&mut seen.first, false);
        if let Some(name) = ProgramName::of(&word) {
            self.scanned_program(&word, name, first, seen);
        }
        if word.starts_with("/dev/tcp/") || word.starts_with("/dev/udp/") {
            self.out.network = true;
        }
        if let Some(touch) = target {
            self.scanned_path(&word, touch);
        } else if !first && seen.operands && !word.starts_with('-') {
            self.scanned_path(&word, PathTouch::Either);
        } else {
            for part in std::iter::once(word.as_str()).chain(option_values(&word)) {
                if looks_like_path_in_text(part) || part.starts_with("$HOME") {
                    self.scanned_path(part, PathTouch::Either);
                }
            }
        }
        self.urls(&[word]);
    }

    fn scanned_program(&mut self, word: &str, name: ProgramName, first: bool, seen: &mut Seen) {
        let known = program(&name.base);
        let fetches = known.is_some_and(|known| fetches(&known));
        let interprets = known.is_some_and(|known| interprets(&known))
            || (first && matches!(word, "." | "source" | "eval"));
        if first {
            seen.operands = known.is_none_or(|known| takes_paths(&known));
        }
        let keyword = word.contains('=') || word.starts_with('$') || KEYWORDS.contains(&word);
        if fetches || (known.is_some() && (interprets || name.certain)) {
            self.out.programs.insert(name.base);
        } else if first && !keyword && seen.language == Language::Shell && is_program_like(word) {
            self.out.programs.insert(name.name);
        }
        self.out.network |= fetches;
        let piped = (interprets && seen.fed) || (fetches && seen.interpreter && seen.feeds);
        self.out.pipes_remote_to_shell |= piped;
        seen.fetched |= fetches;
        seen.interpreter |= interprets;
        seen.role.fetches |= fetches;
        seen.role.interprets |= interprets;
        // A keyword or an assignment in front leaves the next word in its place.
        seen.first = first && keyword;
    }

    fn scanned_path(&mut self, word: &str, touch: PathTouch) {
        let word = match word.strip_prefix("$PWD") {
            Some(rest) => rest.trim_start_matches('/'),
            None => word,
        };
        let plain = !word.is_empty() && !word.starts_with('&');
        let other_variable = word.starts_with('$') && !word.starts_with("$HOME");
        let known_root = !word.starts_with('/') || looks_like_path_in_text(word);
        if plain && !other_variable && known_root && word.parse::<u64>().is_err() {
            self.path(word, touch);
        } else if let Some((_, rest)) = word.split_once('/')
            && other_variable
            && !rest.is_empty()
        {
            self.path(rest, touch);
        }
    }
}

/// Returns true for words that are neither options nor keywords that name something.
fn is_program_like(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_'))
        && !matches!(
            word,
            "break" | "case" | "continue" | "esac" | "for" | "function" | "in" | "select"
        )
}

const KEYWORDS: [&str; 16] = [
    "!", "builtin", "command", "coproc", "do", "done", "elif", "else", "eval", "exec", "fi", "if",
    "then", "time", "until", "while",
];

impl Seen {
    fn new(language: Language) -> Self {
        Self {
            language,
            first: true,
            target: None,
            operands: false,
            fetched: false,
            fed: false,
            interpreter: false,
            feeds: false,
            nested: 0,
            role: Role::default(),
        }
    }

    fn sees(&mut self, c: char) {
        match c {
            '>' => self.target = Some(PathTouch::Change),
            '<' => {
                self.target = Some(PathTouch::Read);
                self.feeds = true;
            }
            '&' if self.target.is_some() => {}
            '$' => {}
            _ => {
                self.target = None;
                self.first = true;
                self.operands = false;
            }
        }
        match c {
            '|' => self.fed |= self.fetched,
            '(' | '`' => {
                self.feeds = true;
                self.nested += usize::from(c == '(');
            }
            '{' => self.nested += 1,
            ')' | '}' => self.nested = self.nested.saturating_sub(1),
            ';' | '&' | '\n' if self.nested == 0 => {
                self.fetched = false;
                self.fed = false;
                self.interpreter = false;
                self.feeds = false;
            }
            _ => {}
        }
    }
}

const fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn fetches(known: &Program) -> bool {
    match known.network {
        Network::Hosts | Network::Remotes | Network::Somewhere => true,
        Network::Never | Network::With(_) => false,
    }
}

fn interprets(known: &Program) -> bool {
    matches!(known.runs, Runs::Script | Runs::Code)
}

fn takes_paths(known: &Program) -> bool {
    match known.operands {
        Operands::Paths(_) | Operands::Revisions | Operands::Sources => true,
        Operands::PatternThenPaths(_) | Operands::Text | Operands::Words => false,
    }
}
