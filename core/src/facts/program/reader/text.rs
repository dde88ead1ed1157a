//! Small readers for programs that read text or look at files.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::here;
use crate::facts::program::term::Term;

/// Notes the folder that a search goes through where no path is named.
pub(in crate::facts::program) fn grep(call: &mut Call<'_>) {
    let taken = usize::from(!call.has('P'));
    if call.operands.len() <= taken && (call.has('R') || call.name == "rg") {
        call.touch(&Term::text("."), Touch::Read);
    }
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

/// Notes compiled magic files.
pub(in crate::facts::program) fn magic(call: &mut Call<'_>) {
    if call.has('C') {
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
