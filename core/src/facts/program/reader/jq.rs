//! The language of jq, as far as it reads files or the environment.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::model::CommandEffect;

/// Reads the filter of jq and its operands.
pub(in crate::facts::program) fn read(call: &mut Call<'_>) {
    if call.has('Q') {
        call.out.dynamic("the filter is in a file", "");
    }
    let mut operands = call.operands.clone().into_iter();
    if !call.has('P')
        && let Some(filter) = operands.next()
    {
        match filter.literal() {
            Some(text) => look_through(call, text),
            None => call.out.dynamic("the filter is not known:", &filter.text),
        }
    }
    for operand in operands {
        if call.has('I') {
            call.touch(&operand, Touch::Write);
        }
        if !call.has('A') {
            call.touch(&operand, Touch::Read);
        }
    }
}

/// Notes names in a filter that reach beyond its input.
fn look_through(call: &mut Call<'_>, text: &str) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        if !(c.is_ascii_alphabetic() || c == '_') {
            before = c;
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        // A field, a string's first word and a format are names of data.
        let data = matches!(before, '.' | '"' | '@')
            || behind.starts_with('"') && before != '('
            || before != '$' && behind.trim_start().starts_with(':');
        match name {
            "env" | "ENV" | "strenv" | "envsubst" | "get_search_list" if !data => {
                call.out.has(CommandEffect::DumpsEnvironment);
            }
            "import" | "include" | "modulemeta" if before != '.' => {
                call.out.has(CommandEffect::LoadsCode);
                call.out.dynamic("the filter loads a module", "");
            }
            "load" | "load_str" | "load_xml" | "load_props" | "load_base64" | "eval" | "system"
            | "exec"
                if !data =>
            {
                call.out.dynamic("the filter reads a file, or runs what it reads:", name);
            }
            _ => {}
        }
        before = 'x';
        rest = behind;
    }
}
