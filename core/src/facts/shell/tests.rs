//! What scripts become, in a short form: a command a line, unknown parts as `?`.

mod doubts;
mod environment;
mod limits;
mod stores;
mod structure;
mod words;

use crate::facts::shell::Dialect;
use crate::facts::shell::DoubtKind;
use crate::facts::shell::RedirectionMode;
use crate::facts::shell::RedirectionTarget;
use crate::facts::shell::SimpleCommand;
use crate::facts::shell::read;
use crate::facts::shell::script::Script;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Reads a text as behind `bash -c`, without arguments.
fn bash(text: &str) -> Script {
    read(text, Dialect::Bash, Some(&[]))
}

/// Returns the commands of a script that leaves no doubt.
fn certain(text: &str) -> Vec<String> {
    let script = bash(text);
    assert_eq!(script.doubts, [], "{text}");
    commands(&script)
}

/// Returns the commands, each in a short form.
fn commands(script: &Script) -> Vec<String> {
    script.commands.iter().map(|command| shown(script, command)).collect()
}

/// Checks scripts that leave no doubt, each with its commands joined by ` ; `.
fn check(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(certain(text).join(" ; "), *wanted, "{text}");
    }
}

/// Checks what is seen in scripts, whatever is in doubt about them.
fn sees(cases: &[(&str, DoubtKind, &str)]) {
    for (text, kind, wanted) in cases {
        let script = bash(text);
        let seen = commands(&script).join(" ; ");
        assert!(script.doubts.iter().any(|doubt| doubt.kind == *kind), "{text}: {script:?}");
        assert_eq!(seen, *wanted, "{text}");
    }
}

fn shown(script: &Script, command: &SimpleCommand) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (name, value) in &command.assignments {
        parts.push(format!("{name}:={}", word(value)));
    }
    parts.extend(command.words.iter().map(word));
    for redirection in &command.redirections {
        let mode = match redirection.mode {
            RedirectionMode::Append => ">>",
            RedirectionMode::Read => "<",
            RedirectionMode::ReadWrite => "<>",
            RedirectionMode::Write => ">",
        };
        let descriptor = redirection.descriptor.map(|d| d.to_string()).unwrap_or_default();
        let target = match &redirection.target {
            RedirectionTarget::Descriptor(text) => format!("&{text}"),
            RedirectionTarget::Path(path) => word(path),
            RedirectionTarget::Text(text) => format!("text {}", word(text)),
        };
        parts.push(format!("{descriptor}{mode}{target}"));
    }
    for range in &command.input {
        parts.push(format!("<-{range:?}"));
    }
    if command.folders != [0] {
        let folders: Vec<String> = command
            .folders
            .iter()
            .map(|folder| {
                let steps: Vec<String> = script.folders[*folder].iter().map(word).collect();
                format!("[{}]", steps.join("+"))
            })
            .collect();
        parts.push(format!("in{}", folders.concat()));
    }
    if command.background {
        parts.push("&".to_owned());
    }
    parts.join(" ")
}

fn word(word: &Word) -> String {
    let mut out = String::new();
    for piece in &word.pieces {
        match piece {
            Piece::Text(text) if text.contains(char::is_whitespace) => {
                out.push_str(&format!("{text:?}"));
            }
            Piece::Text(text) => out.push_str(text),
            Piece::OneOf(texts) => out.push_str(&format!("<{}>", texts.join("|"))),
            Piece::Glob(pattern) => out.push_str(&format!("*({pattern})")),
            Piece::Unknown(doubt) => {
                out.push('?');
                if let Some(range) = &doubt.output_of {
                    out.push_str(&format!("{range:?}"));
                }
                if doubt.splits {
                    out.push('+');
                }
            }
        }
    }
    if word.pieces.is_empty() { "''".to_owned() } else { out }
}
