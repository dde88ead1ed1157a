//! Small readers for programs that read text or look at files.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::filter::chosen;
use crate::facts::program::reader::here;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Notes the folder that a search goes through where no path is named, and what it is told to
/// read there.
pub(in crate::facts::program) fn grep(call: &mut Call<'_>) {
    let taken = usize::from(!call.has('P'));
    let deep = call.has('R')
        || call.name == "rg"
        || call.kept('U').any(|action| !matches!(action.literal(), Some("read" | "skip")));
    if call.operands.len() <= taken && deep {
        call.touch(&Term::text("."), Touch::Read);
    }
    let mut patterns: Vec<Term<'_>> = call.kept('G').cloned().collect();
    for kind in call.kept('H') {
        if let Some((_, pattern)) = kind.split(':') {
            patterns.push(pattern);
        }
    }
    if patterns.is_empty() || !deep {
        return;
    }
    let mut folders: Vec<Term<'_>> = call.operands.iter().skip(taken).cloned().collect();
    if folders.is_empty() {
        folders.push(Term::text("."));
    }
    chosen(call, &patterns, &folders);
}

/// Notes the files that split writes beside its input.
pub(in crate::facts::program) fn split(call: &mut Call<'_>) {
    if call.operands.len() < 2 && call.out.runs.is_empty() {
        call.out.touch(here(), Touch::Write);
    }
}

/// Notes the files that csplit writes.
pub(in crate::facts::program) fn csplit(call: &mut Call<'_>) {
    call.out.touch(here(), Touch::Write);
}

/// Notes the listings that tree writes into every folder.
pub(in crate::facts::program) fn tree(call: &mut Call<'_>) {
    let html = call.words.iter().any(|term| term.text.starts_with("-H"));
    if call.has('R') && html {
        call.out.touch(here(), Touch::Write);
    }
}

/// Notes files that say what is what, and those that they are compiled to.
pub(in crate::facts::program) fn magic(call: &mut Call<'_>) {
    let compiles = call.has('C');
    if call.has('Z') {
        // Programs that unpack what is looked at, or no guard against what it holds.
        call.out.has(CommandEffect::LoadsCode);
    }
    let files: Vec<Term<'_>> = call.kept('U').cloned().collect();
    for file in &files {
        call.out.has(CommandEffect::LoadsCode);
        for part in file.text.split(':') {
            call.touch(&Term::text(part.to_owned()), Touch::Read);
        }
        if !file.tail.is_empty() || compiles {
            call.touch(file, if compiles { Touch::Write } else { Touch::Read });
        }
    }
    if compiles {
        call.out.touch(here(), Touch::Write);
    }
}

/// Reads yq, whose two kinds share a name: jq's language, or one much like it.
pub(in crate::facts::program) fn yq(call: &mut Call<'_>) {
    // One of them takes a first word that says what to do.
    let first = call.operands.first().and_then(Term::literal);
    if matches!(first, Some("e" | "eval" | "ea" | "eval-all")) {
        call.operands.remove(0);
    }
    super::jq::read(call);
    if call.has('I') && call.operands.len() < 2 {
        call.out.dynamic("which files are changed in place is not known", "");
    }
}
