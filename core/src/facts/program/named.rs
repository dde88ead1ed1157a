//! Words that only name what is used: a toolchain, a target, a format, a list of files.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::term::Term;
use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Why words are not known that a program like xargs reads and puts among those of its command.
pub(crate) const READ: &str = "words that are read from the standard input";

/// Returns a word that only a run would tell.
pub(super) fn unknown(reason: &str, splits: bool) -> Word {
    let doubt = Doubt { reason: reason.to_owned(), splits, output_of: None };
    Word { pieces: vec![Piece::Unknown(doubt)] }
}

/// Returns true for what is read from the standard input.
pub(super) fn is_read(piece: &Piece) -> bool {
    matches!(piece, Piece::Unknown(doubt) if doubt.reason == READ)
}

/// Returns true where code, or a command in it, is what is read from the standard input.
pub(super) fn is_fed(code: &Word, shell: bool) -> bool {
    let mut before = String::new();
    for piece in &code.pieces {
        match piece {
            Piece::Text(text) | Piece::Glob(text) => before.push_str(text),
            Piece::OneOf(_) => before.push('_'),
            Piece::Unknown(_) => {
                // An argument of a command is data, as far as the shell lets it be.
                let start = before.trim_end_matches([' ', '\t', '"', '\'']);
                let start = start.strip_suffix("./").unwrap_or(start);
                let starts = start.is_empty() || start.ends_with(COMMAND_FOLLOWS);
                if is_read(piece) && (starts || !shell) {
                    return true;
                }
                before.push('_');
            }
        }
    }
    false
}

/// Marks of a shell behind which a command stands.
const COMMAND_FOLLOWS: [char; 8] = [';', '&', '|', '(', '{', '\n', '`', '!'];

/// Notes that a toolchain runs that is no release: a folder, or what somebody has linked.
pub(super) fn toolchain(call: &mut Call<'_>, term: &Term<'_>) {
    let released = term.literal().is_some_and(|text| {
        let (name, date) = text.split_once('-').unwrap_or((text, ""));
        let numbers = |text: &str, mark: char| {
            text.split(mark)
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        };
        let named = matches!(name, "stable" | "beta" | "nightly") || numbers(name, '.');
        named && (date.is_empty() && !text.ends_with('-') || numbers(date, '-'))
    });
    if !released {
        call.out.has(CommandEffect::LoadsCode);
        if term.text.contains('/') {
            call.touch(term, Touch::Execute);
        }
    }
}

/// Notes that a target is a file, which names the programs that build for it.
pub(super) fn target(call: &mut Call<'_>, term: &Term<'_>) {
    if !term.tail.is_empty() || term.text.contains('/') || term.text.ends_with(".json") {
        call.out.has(CommandEffect::OverridesConfiguration);
        call.touch(term, Touch::Read);
    }
}

/// Notes that a format of git's asks for signatures, which a program of the settings checks.
pub(super) fn format(call: &mut Call<'_>, term: &Term<'_>) {
    let text = &*term.text;
    let mut signs = text.contains("signature");
    for part in text.split('%').skip(1) {
        signs |= part.trim_start_matches(['-', '+', ' ']).starts_with('G');
    }
    if signs {
        call.out.has(CommandEffect::LoadsCode);
    } else if !term.tail.is_empty() {
        call.out.dynamic("the format is known only at run time", text);
    }
}

/// Notes that a file, or the standard input, names files that are read.
pub(super) fn list(call: &mut Call<'_>, term: &Term<'_>) {
    call.touch(term, Touch::Read);
    names(call);
}

/// Notes that files are read whose names are known only at run time.
pub(super) fn names(call: &mut Call<'_>) {
    call.out.touch(unknown("a list names the files that are read", true), Touch::Read);
}
