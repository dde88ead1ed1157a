//! The loose reading: what can be seen anywhere in words that are not plain. It finds reasons to
//! deny and never one to allow, so it takes every word for what it could be.

use crate::facts::command::operand::looks_like_path;
use crate::facts::command::operand::option_values;
use crate::facts::command::program::ProgramName;
use crate::facts::command::reader::Reader;
use crate::facts::command::reader::Role;
use crate::facts::command::table::Network;
use crate::facts::command::table::Program;
use crate::facts::command::table::Runs;
use crate::facts::command::table::program;
use crate::facts::path::PathTouch;

/// What has been seen so far of one text.
#[derive(Default)]
struct Seen {
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
            let seen = self.scan(word);
            role.fetches |= seen.fetches;
            role.interprets |= seen.interprets;
        }
        role
    }

    /// Scans one text.
    pub(crate) fn scan(&mut self, text: &str) -> Role {
        let mut seen = Seen::default();
        let mut word = String::new();
        let mut at_start = true;
        for c in text.chars() {
            match c {
                // Quotes and backslashes only hide what a word is.
                '\'' | '"' | '\\' => {}
                '|' | ';' | '&' | '\n' | '(' | ')' | '{' | '}' | '`' | '<' | '>' | '$' => {
                    self.scanned(&mut word, &mut at_start, &mut seen);
                    seen.sees(c);
                    at_start = !matches!(c, '<' | '>' | '$');
                }
                c if c.is_whitespace() || c == ',' || c == '[' || c == ']' => {
                    self.scanned(&mut word, &mut at_start, &mut seen);
                }
                c => word.push(c),
            }
        }
        self.scanned(&mut word, &mut at_start, &mut seen);
        seen.role
    }

    fn scanned(&mut self, word: &mut String, at_start: &mut bool, seen: &mut Seen) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(word);
        let first = std::mem::replace(at_start, false);
        if let Some(name) = ProgramName::of(&word) {
            let known = program(&name.base);
            let fetches = known.is_some_and(|known| fetches(&known));
            let interprets = known.is_some_and(|known| interprets(&known))
                || (first && matches!(word.as_str(), "." | "source" | "eval"));
            if fetches || interprets || (known.is_some() && name.certain) {
                self.out.programs.insert(name.base);
            } else if first && !word.contains('=') {
                self.out.programs.insert(name.name);
            }
            self.out.network |= fetches;
            let piped = (interprets && seen.fed) || (fetches && seen.interpreter && seen.feeds);
            self.out.pipes_remote_to_shell |= piped;
            seen.fetched |= fetches;
            seen.interpreter |= interprets;
            seen.role.fetches |= fetches;
            seen.role.interprets |= interprets;
            // A keyword or a variable in front leaves the next word in its place.
            *at_start = first && (word.contains('=') || KEYWORDS.contains(&word.as_str()));
        }
        if word.starts_with("/dev/tcp/") || word.starts_with("/dev/udp/") {
            self.out.network = true;
        }
        for part in std::iter::once(word.as_str()).chain(option_values(&word)) {
            if looks_like_path(part) && !crate::facts::host::looks_like_url(part) {
                self.path(part, PathTouch::Either);
            }
        }
        self.urls(&[word]);
    }
}

const KEYWORDS: [&str; 11] = [
    "!", "do", "elif", "else", "exec", "if", "then", "time", "until", "while", "command",
];

impl Seen {
    fn sees(&mut self, c: char) {
        match c {
            '|' => self.fed |= self.fetched,
            '(' | '`' | '<' => {
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

fn fetches(known: &Program) -> bool {
    matches!(
        known.network,
        Network::Hosts | Network::Remotes | Network::Somewhere
    )
}

fn interprets(known: &Program) -> bool {
    matches!(known.runs, Runs::Script | Runs::Code)
}
