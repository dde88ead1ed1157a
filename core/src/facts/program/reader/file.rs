//! Programs that copy, move, link and change files.

use crate::facts::program::call::Call;
use crate::facts::program::call::below;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::here;
use crate::facts::program::reader::last_name;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;

const GONE: Touch = Touch::Delete { recursive: false, forced: false };

/// Notes what copies are called where the last operand is a folder.
pub(in crate::facts::program) fn into_folder(call: &mut Call<'_>) {
    let mut sources = call.operands.clone();
    let target = if call.has('T') { None } else { sources.pop() };
    named_in(call, &sources, target.as_ref());
}

/// Notes the names that sources get in a folder; it may be one whatever its name is.
fn named_in(call: &mut Call<'_>, sources: &[Term<'_>], target: Option<&Term<'_>>) {
    let folder = match target {
        Some(target) => call.placed(target),
        None => match call.out.paths.iter().find(|(_, touch)| *touch == Touch::Write) {
            Some((word, _)) => word.clone(),
            None => return,
        },
    };
    for source in sources {
        if let Some(name) = last_name(source) {
            call.out.touch(below(&folder, Word::text(name)), Touch::Write);
        } else if !source.tail.is_empty() {
            call.out.touch(below(&folder, last_part(source)), Touch::Write);
        }
    }
}

/// Returns the last part of a path that is not wholly known.
fn last_part(term: &Term<'_>) -> Word {
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in term.word().pieces {
        let slash = match &piece {
            Piece::Text(text) | Piece::Glob(text) => text.rfind('/'),
            Piece::OneOf(_) | Piece::Unknown(_) => None,
        };
        let Some(slash) = slash else {
            pieces.push(piece);
            continue;
        };
        pieces.clear();
        match piece {
            Piece::Text(text) => {
                pieces.push(Piece::Text(text.get(slash + 1..).unwrap_or_default().to_owned()));
            }
            Piece::Glob(text) => {
                pieces.push(Piece::Glob(text.get(slash + 1..).unwrap_or_default().to_owned()));
            }
            Piece::OneOf(_) | Piece::Unknown(_) => {}
        }
    }
    Word { pieces }
}

/// Notes what is moved: it is read, and gone from where it was.
pub(in crate::facts::program) fn moved(call: &mut Call<'_>) {
    let sources: Vec<Term<'_>> = call.kept('A').cloned().collect();
    for source in &sources {
        call.touch(source, Touch::Read);
        call.touch(source, GONE);
    }
    let target = if call.has('T') { None } else { call.operands.last().cloned() };
    if call.operands.len() > 1 || call.has('T') {
        named_in(call, &sources, target.as_ref());
    }
}

/// Notes what links lead to: it can be read and written through them.
pub(in crate::facts::program) fn linked(call: &mut Call<'_>) {
    let mut sources: Vec<Term<'_>> = call.kept('A').cloned().collect();
    if sources.is_empty() && call.operands.len() == 1 {
        sources = call.operands.clone();
        call.out.touch(here(), Touch::Write);
    }
    let folder = call.operands.last().and_then(|term| term.literal()).map(|text| {
        let folder = text.rsplit_once('/').map_or(".", |(folder, _)| folder);
        Word::text(if folder.is_empty() { "/" } else { folder })
    });
    for source in &sources {
        call.touch(source, Touch::Either);
        // A symbolic link is told from the folder that it stands in.
        if let Some(folder) = &folder
            && folder.known_start() != "."
        {
            call.out.touch(below(folder, source.word()), Touch::Either);
        }
    }
    let target = call.operands.last().cloned();
    if call.operands.len() > 1 {
        named_in(call, &sources, target.as_ref());
    }
}

/// Notes folders that install makes, and modes that raise privilege.
pub(in crate::facts::program) fn install(call: &mut Call<'_>) {
    privileged(call);
    if call.has('D') {
        let folders = call.operands.clone();
        for folder in &folders {
            call.touch(folder, Touch::Write);
        }
    } else {
        into_folder(call);
    }
}

/// Notes modes that raise privilege.
pub(in crate::facts::program) fn chmod(call: &mut Call<'_>) {
    privileged(call);
}

fn privileged(call: &mut Call<'_>) {
    let raises = call.kept('U').any(|mode| {
        let text = &*mode.text;
        let digits = text.trim_start_matches(['=', '+', '-']);
        let octal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let special = if octal {
            let digits = digits.trim_start_matches('0');
            digits.len() > 3 && !digits.starts_with('1')
        } else {
            text.split(',').any(|part| {
                part.find(['+', '='])
                    .and_then(|at| part.get(at..))
                    .is_some_and(|set| set.contains('s'))
            })
        };
        special || !mode.tail.is_empty()
    });
    if raises {
        call.out.has(CommandEffect::RaisesPrivilege);
    }
}

/// Reads the operands of dd.
pub(in crate::facts::program) fn dd(call: &mut Call<'_>) {
    for term in call.words {
        match term.split('=') {
            Some(("if", value)) => call.touch(&value, Touch::Read),
            Some(("of", value)) => call.touch(&value, Touch::Write),
            Some((
                "bs" | "ibs" | "obs" | "cbs" | "count" | "skip" | "seek" | "iseek" | "oseek"
                | "conv" | "status" | "iflag" | "oflag",
                _,
            )) => {}
            Some(_) | None if term.is("--") || term.is("--help") || term.is("--version") => {}
            Some(_) | None => call.out.dynamic("an operand of dd is not known:", &term.text),
        }
    }
}

/// Notes that shred also removes.
pub(in crate::facts::program) fn shred(call: &mut Call<'_>) {
    if call.has('U') {
        let files = call.operands.clone();
        for file in &files {
            call.touch(file, Touch::Delete { recursive: false, forced: true });
        }
    }
}

/// Notes that a patch names the files that it changes.
pub(in crate::facts::program) fn patch(call: &mut Call<'_>) {
    let folders: Vec<Term<'_>> = call.kept('D').cloned().collect();
    for folder in &folders {
        call.touch(folder, Touch::Write);
    }
    if call.operands.is_empty() {
        call.out.dynamic("which files are changed, the patch tells", "");
        call.out.touch(here(), Touch::Write);
    }
    if call.has('E') {
        call.out.has(CommandEffect::FeedsInterpreter);
    }
}

/// Notes what rsync removes.
pub(in crate::facts::program) fn rsync(call: &mut Call<'_>) {
    if !call.has('X') {
        return;
    }
    let written = call.out.paths.iter().filter(|(_, touch)| *touch == Touch::Write);
    let touched: Vec<_> = written.map(|(word, _)| word.clone()).collect();
    for word in touched {
        call.out.touch(word, Touch::Delete { recursive: true, forced: true });
    }
}
