//! Lines and what they would do, as tables: `line => effects`.
//!
//! What starts with `=>` or `;` goes on with the line before it.

mod build;
mod chosen;
mod every_option;
mod fed;
mod files;
mod git;
mod injection;
mod limits;
mod network;
mod system;
mod text;
mod wrapper;

use crate::facts::program::effects::Effects;
use crate::facts::program::effects::Run;
use crate::facts::program::effects::Touch;
use crate::facts::program::evaluate::evaluate;
use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::UnknownKind;

/// Checks every line of a table.
fn check(table: &str) {
    let mut wrong = String::new();
    let mut count = 0;
    let mut cases: Vec<String> = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match cases.last_mut() {
            Some(case) if line.starts_with("=>") => *case = format!("{case} {line}"),
            Some(case) if line.starts_with(';') => case.push_str(line),
            Some(_) | None => cases.push(line.to_owned()),
        }
    }
    for case in &cases {
        let (command, expected) = case.split_once(" => ").expect(case);
        count += 1;
        let found = summary(&evaluate(&words(command)));
        if found != expected.trim() {
            wrong.push_str(&format!("{command}\n  expected {expected}\n  found    {found}\n"));
        }
    }
    assert!(count > 0 && wrong.is_empty(), "\n{wrong}");
}

/// Reads a line as a shell would, with `$x` not known and `<a|b>` one of two.
fn words(line: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        if c == ' ' {
            out.extend(word.take());
            continue;
        }
        let pieces = &mut word.get_or_insert_default().pieces;
        match c {
            '\'' => {
                let text: String = rest.by_ref().take_while(|c| *c != '\'').collect();
                pieces.push(Piece::Text(text));
            }
            '"' => {
                let text: String = rest.by_ref().take_while(|c| *c != '"').collect();
                match text.strip_prefix('$') {
                    Some(name) => pieces.push(unknown(name, false)),
                    None => pieces.push(Piece::Text(text)),
                }
            }
            '\\' => pieces.push(Piece::Text(rest.next().into_iter().collect())),
            '$' => {
                let mut name = String::new();
                while let Some(c) = rest.next_if(char::is_ascii_alphanumeric) {
                    name.push(c);
                }
                pieces.push(unknown(&name, true));
            }
            '<' => {
                let text: String = rest.by_ref().take_while(|c| *c != '>').collect();
                pieces.push(Piece::OneOf(text.split('|').map(str::to_owned).collect()));
            }
            '*' | '?' => match pieces.last_mut() {
                Some(Piece::Glob(pattern)) => pattern.push(c),
                _ => pieces.push(Piece::Glob(c.to_string())),
            },
            _ => match pieces.last_mut() {
                Some(Piece::Text(text)) => text.push(c),
                _ => pieces.push(Piece::Text(c.to_string())),
            },
        }
    }
    out.extend(word);
    out
}

fn unknown(name: &str, splits: bool) -> Piece {
    Piece::Unknown(Doubt { reason: name.to_owned(), splits, output_of: None })
}

/// Returns a word as it is written in the tables.
fn shown(word: &Word) -> String {
    let pieces = word.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Glob(pattern) => pattern.clone(),
        Piece::OneOf(texts) => format!("<{}>", texts.join("|")),
        Piece::Unknown(doubt) => format!("${}", doubt.reason.replace(' ', "_")),
    });
    pieces.collect()
}

fn shown_all(words: &[Word]) -> String {
    words.iter().map(shown).collect::<Vec<_>>().join(" ")
}

/// Returns effects as they are written in the tables.
fn summary(effects: &Effects) -> String {
    let mut parts: Vec<String> = Vec::new();
    let program = effects.program.as_ref().map(|name| name.name.clone());
    let mut name = program.unwrap_or_else(|| "?".to_owned());
    if let Some(subcommand) = &effects.subcommand {
        name.push(' ');
        name.push_str(subcommand);
    }
    parts.push(name);
    for (word, touch) in &effects.paths {
        let touch = match touch {
            Touch::List => "list",
            Touch::Read => "read",
            Touch::Write => "write",
            Touch::Delete { recursive: false, forced: false } => "delete",
            Touch::Delete { recursive: true, forced: false } => "delete-r",
            Touch::Delete { recursive: false, forced: true } => "delete-f",
            Touch::Delete { recursive: true, forced: true } => "delete-rf",
            Touch::Execute => "execute",
            Touch::Either => "either",
        };
        parts.push(format!("{touch} {}", shown(word)));
    }
    for run in &effects.runs {
        parts.push(match run {
            Run::Argv { words, more_words: false } => format!("run {}", shown_all(words)),
            Run::Argv { words, more_words: true } => format!("run+ {}", shown_all(words)),
            Run::Script { text, arguments } if arguments.is_empty() => {
                format!("script {}", shown(text))
            }
            Run::Script { text, arguments } => {
                format!("script {} [{}]", shown(text), shown_all(arguments))
            }
            Run::Code { language, text } => format!("code {language} {}", shown(text)),
            Run::File(word) => format!("file {}", shown(word)),
            Run::Input => "input".to_owned(),
        });
    }
    if let Some(folder) = &effects.folder {
        parts.push(format!("in {}", shown(folder)));
    }
    for (name, value) in &effects.environment {
        parts.push(format!("{name}={}", shown(value)));
    }
    if let Some(reach) = &effects.network {
        for (word, host) in &reach.hosts {
            parts.push(format!("{host:?} {}", shown(word)).to_lowercase());
        }
        if reach.elsewhere {
            parts.push("elsewhere".to_owned());
        }
    }
    for effect in &effects.effects {
        parts.push(format!("!{}", effect.name()));
    }
    for doubt in &effects.doubts {
        parts.push(match doubt.kind {
            UnknownKind::Dynamic => "dynamic".to_owned(),
            UnknownKind::Unreadable => "unreadable".to_owned(),
        });
    }
    parts.join("; ")
}
