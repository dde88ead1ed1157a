//! Archives and compressed files.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Host;
use crate::facts::program::effects::Touch;
use crate::facts::program::notation;
use crate::facts::program::reader::here;
use crate::facts::program::role::apply;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Reads what tar packs, lists or unpacks.
pub(in crate::facts::program) fn tar(call: &mut Call<'_>) {
    if call.words.first().is_some_and(|term| !term.text.starts_with('-')) {
        old_style(call);
    }
    let actions: Vec<Term<'_>> = call.kept('Q').cloned().collect();
    for action in &actions {
        let harmless = ["dot", "echo", "ttyout", "bell", "totals", "sleep", "wait"];
        if let Some(command) = action.without("exec=") {
            call.out.runs_script(command.word());
        } else if !harmless.iter().any(|name| action.text.starts_with(name)) {
            call.out.dynamic("what tar does at a checkpoint is not known:", &action.text);
        }
    }
    let creates = ['c', 'r', 'u', 'A'].into_iter().any(|mode| call.has(mode));
    let extracts = call.has('x');
    let archives: Vec<Term<'_>> = call.kept('F').cloned().collect();
    for archive in &archives {
        if archive.text.contains(':') {
            call.out.has(CommandEffect::RunsRemotely);
            call.out.reaches(archive.word(), Host::Remote);
        }
        // An archive is told from where tar starts, whatever folder it changes to.
        call.out.touch(archive.word(), if creates { Touch::Write } else { Touch::Read });
    }
    let folders: Vec<Term<'_>> = call.kept('D').cloned().collect();
    for folder in &folders {
        let touch = if extracts { Touch::Write } else { Touch::Read };
        call.touch(folder, touch);
    }
    if extracts && !call.has('O') && folders.is_empty() {
        call.out.touch(here(), Touch::Write);
    }
    if let Some(folder) = folders.last() {
        let folder = folder.word();
        call.out.folder = Some(folder);
    }
    let members = call.operands.clone();
    for member in &members {
        if creates || call.has('d') {
            call.touch(member, Touch::Read);
            if call.has('X') {
                call.touch(member, Touch::Delete { recursive: true, forced: true });
            }
        } else if extracts && !call.has('O') {
            call.touch(member, Touch::Write);
        }
    }
    if !creates && !extracts && !call.has('t') && !call.has('d') && !call.has('u') {
        call.out.dynamic("what tar is to do is not known", "");
    }
}

/// Reads options without a dash, whose values follow in their order.
fn old_style(call: &mut Call<'_>) {
    const LONGEST: usize = 24;
    let operands = std::mem::take(&mut call.operands);
    let mut values = operands.into_iter();
    let Some(letters) = values.next() else {
        return;
    };
    if letters.text.len() > LONGEST {
        call.out.dynamic("an option is not known:", &letters.text);
    }
    for letter in letters.text.chars().take(LONGEST) {
        let Some(spec) = notation::short(&call.lists, letter) else {
            call.out.dynamic("an option is not known:", &letters.text);
            continue;
        };
        spec.modes.chars().for_each(|mode| call.set(mode));
        if spec.optional {
            continue;
        }
        for role in spec.roles.chars() {
            if let Some(value) = values.next() {
                apply(call, role, &value);
            }
        }
    }
    call.operands = values.collect();
}

/// Reads the options of zip that have two letters, and what it removes.
pub(in crate::facts::program) fn zip(call: &mut Call<'_>) {
    for (index, term) in call.words.iter().enumerate() {
        let short = term.text.starts_with('-') && !term.text.starts_with("--");
        if short && let Some(at) = term.text.find("TT") {
            let attached = term.after(at + 2);
            let value =
                if attached.is_empty() { call.words.get(index + 1) } else { Some(&attached) };
            if let Some(value) = value {
                call.out.runs_script(value.word());
            }
        }
    }
    if call.has('X') {
        let packed: Vec<Term<'_>> = call.operands.iter().skip(1).cloned().collect();
        for file in &packed {
            call.touch(file, Touch::Delete { recursive: true, forced: true });
        }
    }
}

/// Notes where unzip writes.
pub(in crate::facts::program) fn unzip(call: &mut Call<'_>) {
    if !call.has('D') && !call.has('L') {
        call.out.touch(here(), Touch::Write);
    }
}

/// Reads programs that put a compressed file in the place of a file, or the other way.
pub(in crate::facts::program) fn in_place(call: &mut Call<'_>) {
    let files: Vec<Term<'_>> = call.kept('A').cloned().collect();
    for file in &files {
        call.touch(file, Touch::Read);
        if !call.has('O') {
            call.touch(file, Touch::Write);
        }
    }
}
