//! Built-ins of the shell.

use crate::facts::program::call::Call;
use crate::facts::program::named::unknown;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

pub(in crate::facts::program) use super::shell::set;

const SUBSCRIPT: &str = "a name has a subscript, which is evaluated:";

/// Reads `test` and `[`, which evaluate the subscript of a name.
pub(in crate::facts::program) fn test(call: &mut Call<'_>) {
    let mut before = "";
    for term in call.words {
        if matches!(before, "-v" | "-R") && (term.text.contains('[') || !term.tail.is_empty()) {
            call.out.dynamic(SUBSCRIPT, &term.text);
        }
        before = term.literal().unwrap_or_default();
    }
}

/// Reads the names of variables that are set to what only a run would tell.
pub(in crate::facts::program) fn names(call: &mut Call<'_>) {
    let kept: Vec<Term<'_>> = call.kept('N').cloned().collect();
    for name in &kept {
        if name.text.contains('[') || !name.tail.is_empty() {
            call.out.dynamic(SUBSCRIPT, &name.text);
        } else {
            let value = unknown("what is read at run time", false);
            call.out.environment.push((name.text.clone().into_owned(), value));
        }
    }
}

/// Reads arithmetic.
pub(in crate::facts::program) fn arithmetic(call: &mut Call<'_>) {
    for term in call.words {
        if term.text.contains(['[', '$', '`']) || !term.tail.is_empty() {
            call.out.dynamic("arithmetic evaluates what only a run would tell:", &term.text);
        }
    }
}

/// Reads declarations.
pub(in crate::facts::program) fn declare(call: &mut Call<'_>) {
    if call.operands.is_empty() {
        call.out.has(CommandEffect::DumpsEnvironment);
    }
    let operands = call.operands.clone();
    for operand in &operands {
        let (name, value) = match operand.split('=') {
            Some((name, value)) => (name, Some(value)),
            None => (&*operand.text, None),
        };
        if name.contains('[') {
            call.out.dynamic(SUBSCRIPT, name);
        }
        let number = value.as_ref().is_none_or(|value| {
            value.literal().is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()))
        });
        if call.has('n') || call.has('i') && !number {
            call.out.dynamic("a variable is evaluated where it is set:", name);
        }
    }
}

/// Notes that later words may mean something else.
pub(in crate::facts::program) fn alias(call: &mut Call<'_>) {
    let sets = call.kept('A').any(|term| term.text.contains('=') || !term.tail.is_empty());
    if sets {
        call.out.has(CommandEffect::ChangesShell);
    }
}

/// Reads what is run when a signal comes.
pub(in crate::facts::program) fn trap(call: &mut Call<'_>) {
    if call.operands.len() < 2 {
        return;
    }
    if let Some(action) = call.operands.first()
        && !action.is("-")
        && !action.is_empty()
    {
        let word = action.word();
        call.out.runs_script(word);
    }
}
