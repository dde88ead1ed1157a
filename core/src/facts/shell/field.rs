//! Words in the making: text that is split and may be a pattern, and pieces that are not known.

use crate::facts::shell::value::HERE;
use crate::facts::shell::value::HOME;
use crate::facts::shell::value::unknown;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// The words that a word becomes.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    done: Vec<Word>,
    open: Option<Field>,
}

/// One word in the making.
#[derive(Debug, Default)]
struct Field {
    bits: Vec<Bit>,
    /// It holds `"$@"` without arguments, which is no word, alone or with what is empty.
    nothing: bool,
    /// It holds quotes with nothing in them, which make a word of it in any case.
    quoted: bool,
}

#[derive(Debug)]
enum Bit {
    /// Text; where it is live, it stands outside of quotes and may be a pattern.
    Text {
        text: String,
        live: bool,
    },
    Piece(Piece),
}

impl Fields {
    /// Adds text to the word at hand.
    pub(crate) fn text(&mut self, more: &str, live: bool) {
        let field = self.open.get_or_insert_default();
        if let Some(Bit::Text { text, live: was }) = field.bits.last_mut()
            && *was == live
        {
            text.push_str(more);
        } else {
            field.bits.push(Bit::Text { text: more.to_owned(), live });
        }
    }

    /// Notes quotes with nothing in them.
    pub(crate) fn quotes(&mut self) {
        self.open.get_or_insert_default().quoted = true;
    }

    /// Adds a piece that is not split.
    pub(crate) fn piece(&mut self, piece: Piece) {
        self.open.get_or_insert_default().bits.push(Bit::Piece(piece));
    }

    /// Notes `"$@"` without arguments.
    pub(crate) fn nothing(&mut self) {
        self.open.get_or_insert_default().nothing = true;
    }

    /// Ends the word at hand.
    pub(crate) fn end(&mut self) {
        if let Some(field) = self.open.take() {
            let empty = field
                .bits
                .iter()
                .all(|bit| matches!(bit, Bit::Text { text, .. } if text.is_empty()));
            if field.quoted || !(field.nothing && empty) {
                self.done.push(field.word());
            }
        }
    }

    /// Adds text that is split at separators; returns how many words have ended.
    pub(crate) fn split(&mut self, text: &str, separators: &str) -> usize {
        let before = self.done.len();
        let mut rest = text;
        while let Some(at) = rest.find(|c| separators.contains(c)) {
            let (part, behind) = (rest.get(..at), rest.get(at..));
            if let Some(part) = part.filter(|part| !part.is_empty()) {
                self.text(part, true);
            }
            self.end();
            let behind = behind.unwrap_or_default();
            let length = behind.chars().next().map_or(1, char::len_utf8);
            rest = behind.get(length..).unwrap_or_default();
        }
        if !rest.is_empty() {
            self.text(rest, true);
        }
        self.done.len() - before
    }

    /// Returns all words.
    pub(crate) fn finish(mut self) -> Vec<Word> {
        self.end();
        self.done
    }
}

impl Field {
    fn word(self) -> Word {
        let live_pattern = self.bits.iter().any(
            |bit| matches!(bit, Bit::Text { text, live: true } if text.contains(['*', '?', '['])),
        );
        let mut pieces = Vec::new();
        let mut run: Vec<(String, bool)> = Vec::new();
        for bit in self.bits {
            match bit {
                Bit::Text { text, live } if live_pattern => run.push((text, live)),
                Bit::Text { text, .. } => push_text(&text, &mut pieces),
                Bit::Piece(piece) => {
                    finish_run(&run, &mut pieces);
                    run.clear();
                    pieces.push(piece);
                }
            }
        }
        finish_run(&run, &mut pieces);
        Word { pieces }
    }
}

fn push_text(more: &str, pieces: &mut Vec<Piece>) {
    if more.is_empty() {
        return;
    }
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.push_str(more);
    } else {
        pieces.push(Piece::Text(more.to_owned()));
    }
}

/// Splits text into what is certain in front of a pattern, and the pattern.
fn finish_run(run: &[(String, bool)], pieces: &mut Vec<Piece>) {
    let Some((index, at)) = first_special(run) else {
        for (text, _) in run {
            push_text(text, pieces);
        }
        return;
    };
    let mut pattern = String::new();
    for (number, (text, live)) in run.iter().enumerate() {
        let mut rest = text.as_str();
        if number < index {
            push_text(rest, pieces);
            continue;
        }
        if number == index {
            push_text(rest.get(..at).unwrap_or_default(), pieces);
            rest = rest.get(at..).unwrap_or_default();
        }
        for c in rest.chars() {
            if !live && matches!(c, '*' | '?' | '[' | ']' | '\\' | '-' | '!' | '^') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
    }
    pieces.push(Piece::Glob(pattern));
}

/// Finds the first character that makes a pattern; `[` does where it is closed.
fn first_special(run: &[(String, bool)]) -> Option<(usize, usize)> {
    let closes = run.iter().rposition(|(text, live)| *live && text.contains(']'));
    for (index, (text, live)) in run.iter().enumerate() {
        if !live {
            continue;
        }
        for (at, c) in text.char_indices() {
            let closed = match closes {
                Some(last) if last == index => text.rfind(']').is_some_and(|end| end > at + 1),
                Some(last) => last > index,
                None => false,
            };
            if matches!(c, '*' | '?') || (c == '[' && closed) {
                return Some((index, at));
            }
        }
    }
    None
}

/// Replaces the marks for the home folder and the working directory by what they mean there.
pub(crate) fn resolved(pieces: Vec<Piece>) -> Vec<Piece> {
    let marked = |piece: &Piece| match piece {
        Piece::Text(text) | Piece::Glob(text) => text.contains([HOME, HERE]),
        Piece::OneOf(_) | Piece::Unknown(_) => false,
    };
    if !pieces.iter().any(marked) {
        return pieces;
    }
    let mut out: Vec<Piece> = Vec::new();
    let last = pieces.len() - 1;
    for (index, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Text(text) => resolve_text(&text, index == last, &mut out),
            Piece::Glob(text) if text.contains([HOME, HERE]) => {
                out.push(unknown("a folder's name inside of a pattern"));
            }
            Piece::Glob(_) | Piece::OneOf(_) | Piece::Unknown(_) => out.push(piece),
        }
    }
    out
}

fn resolve_text(text: &str, last: bool, out: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some(at) = rest.find([HOME, HERE]) {
        push_text(rest.get(..at).unwrap_or_default(), out);
        let mark = rest.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(HOME);
        rest = rest.get(at + mark.len_utf8()..).unwrap_or_default();
        let ends = rest.starts_with(['/', ':', ',']) || (rest.is_empty() && last);
        if ends && starts_path(out) {
            push_text(if mark == HOME { "~" } else { "." }, out);
        } else {
            out.push(unknown("a folder's name inside of a word"));
        }
    }
    push_text(rest, out);
}

/// Returns true where a path may start behind these pieces; drops what only leads to the root.
fn starts_path(out: &mut Vec<Piece>) -> bool {
    match out.as_slice() {
        [] => true,
        [Piece::Text(text)] => {
            if text.starts_with('/') && text.split('/').all(|part| matches!(part, "" | "." | ".."))
            {
                out.clear();
                return true;
            }
            text.ends_with(['=', ':', ',', '@']) || (text.starts_with('-') && text.len() == 2)
        }
        [.., Piece::Text(text)] => text.ends_with(['=', ':', ',', '@']),
        _ => false,
    }
}
