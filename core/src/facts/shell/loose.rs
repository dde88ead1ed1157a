//! The loose reading of what cannot be parsed: it is there to find reasons to deny.

use crate::facts::shell::cursor::is_name;
use crate::facts::shell::limits::LONGEST;
use crate::facts::shell::limits::MOST_COMMANDS;
use crate::facts::shell::script::Redirection;
use crate::facts::shell::script::RedirectionMode;
use crate::facts::shell::script::RedirectionTarget;
use crate::facts::shell::script::Script;
use crate::facts::shell::script::SimpleCommand;
use crate::facts::word::Word;

/// Words that stand in front of a command.
const IN_FRONT: [&str; 12] =
    ["!", "do", "elif", "else", "eval", "exec", "if", "then", "time", "until", "while", "coproc"];

/// Returns the commands that may be in a text, split at operators and with quotes removed.
pub(crate) fn loosely(text: &str) -> Script {
    let mut reader = Loose::default();
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut chars = text.get(..end).unwrap_or_default().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' | '\0' | '\r' => reader.started = true,
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some(c) => reader.push(c),
            },
            '|' => {
                let pipe = chars.next_if_eq(&'|').is_none();
                chars.next_if_eq(&'&');
                reader.command(pipe);
            }
            ';' | '\n' | '&' if !(c == '&' && reader.target.is_some()) => reader.command(false),
            '&' => {}
            '(' | ')' | '`' | '{' | '}' => {
                let pipe = reader.feeds;
                reader.command(pipe);
            }
            '$' if chars.peek() == Some(&'(') => {}
            '>' => {
                reader.redirect(RedirectionMode::Write);
                if chars.next_if_eq(&'>').is_some() {
                    reader.target = Some(RedirectionMode::Append);
                }
                chars.next_if_eq(&'|');
            }
            '<' => {
                reader.redirect(RedirectionMode::Read);
                while chars.next_if_eq(&'<').is_some() {}
            }
            c if c.is_whitespace() => reader.word(),
            c => reader.push(c),
        }
        if reader.script.commands.len() >= MOST_COMMANDS {
            break;
        }
    }
    reader.command(false);
    let mut script = reader.script;
    script.folders.push(Vec::new());
    script
}

#[derive(Default)]
struct Loose {
    script: Script,
    command: SimpleCommand,
    word: String,
    started: bool,
    target: Option<RedirectionMode>,
    /// The command before is piped into the one at hand.
    feeds: bool,
}

impl Loose {
    fn push(&mut self, c: char) {
        self.started = true;
        self.word.push(c);
    }

    fn word(&mut self) {
        if !std::mem::take(&mut self.started) {
            return;
        }
        let text = std::mem::take(&mut self.word);
        if let Some(mode) = self.target.take() {
            let target = RedirectionTarget::Path(Word::text(text));
            self.command.redirections.push(Redirection { descriptor: None, mode, target });
            return;
        }
        if self.command.words.is_empty() {
            if text.is_empty() || IN_FRONT.contains(&text.as_str()) {
                return;
            }
            if let Some((name, value)) = text.split_once('=')
                && is_name(name)
            {
                self.command.assignments.push((name.to_owned(), Word::text(value)));
                return;
            }
        }
        self.command.words.push(Word::text(text));
    }

    fn redirect(&mut self, mode: RedirectionMode) {
        // A number in front of it is the descriptor.
        if self.word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.word.clear();
            self.started = false;
        }
        self.word();
        self.target = Some(mode);
    }

    fn command(&mut self, pipes: bool) {
        self.word();
        self.target = None;
        let mut command = std::mem::take(&mut self.command);
        let nothing = command.words.is_empty()
            && command.redirections.is_empty()
            && command.assignments.is_empty();
        if nothing {
            self.feeds = pipes && self.feeds;
            return;
        }
        let index = self.script.commands.len();
        if std::mem::replace(&mut self.feeds, pipes) && index > 0 {
            // Anything before it may be a part of the pipeline.
            command.input.push(0..index);
        }
        command.folders.push(0);
        self.script.commands.push(command);
    }
}
