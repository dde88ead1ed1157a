//! Sed.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::sed_script;
use crate::facts::program::term::Term;

/// Reads the scripts of sed, and what it edits in place.
pub(in crate::facts::program) fn read(call: &mut Call<'_>) {
    let mut script = String::new();
    let parts: Vec<Term<'_>> = call.kept('S').cloned().collect();
    for part in &parts {
        let Some(text) = part.literal() else {
            return call.out.dynamic("the script of sed is not known:", &part.text);
        };
        script.push_str(text);
        script.push('\n');
    }
    let files: Vec<Term<'_>> = call.kept('F').cloned().collect();
    for file in &files {
        call.file(file);
    }
    if call.has('I') {
        let skipped = usize::from(!call.has('P'));
        let operands: Vec<Term<'_>> = call.operands.iter().skip(skipped).cloned().collect();
        for operand in &operands {
            call.touch(operand, Touch::Write);
        }
    }
    if call.has('B') {
        // The sandbox refuses what follows.
        return;
    }
    let readings = [sed_script::read(&script, true), sed_script::read(&script, false)];
    if readings.iter().all(Option::is_none) {
        call.out.dynamic("the script of sed is not understood:", script.trim_end());
    }
    let [first, second] = readings;
    let same = first == second;
    for found in [first, second.filter(|_| !same)].into_iter().flatten() {
        for name in found.reads {
            call.touch(&Term::text(name), Touch::Read);
        }
        for name in found.writes {
            call.touch(&Term::text(name), Touch::Write);
        }
        for command in found.runs {
            call.out.runs_script(crate::facts::word::Word::text(command));
        }
        if found.runs_input {
            call.input();
        }
    }
}
