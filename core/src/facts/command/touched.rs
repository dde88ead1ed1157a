//! Which paths the words of a command name.

use crate::facts::command::known::spoken;
use crate::facts::command::line::Touched;
use crate::facts::command::reader::Reader;
use crate::facts::path::PathTouch;
use crate::facts::program::Touch;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::Attribute;

impl Reader<'_> {
    /// Notes a path that a program touches, from every working directory that it may be in.
    pub(super) fn touch(&mut self, word: &Word, touch: Touch, at: &[usize]) {
        let listed = matches!(touch, Touch::List | Touch::Execute);
        let gone = matches!(touch, Touch::Delete { .. });
        let (touch, removed) = match touch {
            Touch::Read | Touch::List | Touch::Execute => (PathTouch::Read, false),
            Touch::Write => (PathTouch::Change, false),
            Touch::Delete { recursive, forced } => (PathTouch::Change, recursive || forced),
            Touch::Either => (PathTouch::Either, false),
        };
        let mut add = |text: String, glob: bool| {
            if text.is_empty() || is_stream(&text) {
                return;
            }
            for base in at {
                let text = text.clone();
                self.out.touched.insert(Touched {
                    text,
                    glob,
                    touch,
                    listed,
                    removed,
                    gone,
                    base: *base,
                });
            }
        };
        if let Some(texts) = word.choices() {
            texts.into_iter().for_each(|text| add(text, false));
            return;
        }
        if let Some(texts) = globs(word) {
            texts.into_iter().for_each(|text| add(text, true));
            return;
        }
        if removed {
            self.out.unknown_removals.insert(spoken(word));
        }
        // What is known of it may be enough to forbid it.
        for text in known_parts(word) {
            add(text, false);
        }
        let reason = format!("which path is touched is known only at run time: {}", why(word));
        self.doubts.dynamic(&Attribute::Paths, reason.clone());
        if removed {
            self.doubts.dynamic(&Attribute::CommandRemovals, reason);
        }
    }
}

/// Returns why a word is not known.
pub(super) fn why(word: &Word) -> &str {
    word.pieces
        .iter()
        .find_map(|piece| match piece {
            Piece::Unknown(doubt) => Some(doubt.reason.as_str()),
            Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => None,
        })
        .unwrap_or("it may be too many")
}

/// Returns every text of a word whose wildcards are all that is not known of it.
fn globs(word: &Word) -> Option<Vec<String>> {
    let plain = word
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Glob(pattern) => Piece::Text(pattern.clone()),
            // A wildcard that is quoted is a character like any other: the shell keeps it apart.
            Piece::Text(text) => Piece::Text(escaped(text)),
            Piece::OneOf(texts) => Piece::OneOf(texts.iter().map(|text| escaped(text)).collect()),
            Piece::Unknown(doubt) => Piece::Unknown(doubt.clone()),
        })
        .collect();
    Word { pieces: plain }.choices()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns what is known of a path: the folder that it certainly starts in, and what stands behind
/// the last part that is not known.
fn known_parts(word: &Word) -> Vec<String> {
    let mut out = Vec::new();
    let start = word.known_start();
    if let Some((folder, _)) = start.rsplit_once('/')
        && !folder.is_empty()
    {
        out.push(folder.to_owned());
    }
    if let Some(Piece::Text(end)) = word.pieces.last()
        && word.pieces.len() > 1
        && let Some(rest) = end.strip_prefix('/')
    {
        out.push(rest.to_owned());
    }
    out
}

/// Devices that neither hold nor lose anything.
fn is_stream(text: &str) -> bool {
    matches!(text, "-" | "/dev/null" | "/dev/stdin" | "/dev/stdout" | "/dev/stderr" | "/dev/tty")
        || text.strip_prefix("/dev/fd/").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}
