//! What a program is told to do by its first words.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::notation;
use crate::facts::program::row::ALIASES;
use crate::facts::program::row::ALONE;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::OPEN;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::term::Term;

/// Returns true where the only word asks the program for its version or help.
pub(super) fn only_tells(call: &Call<'_>) -> bool {
    let [term] = call.words else {
        return false;
    };
    let Some(text) = term.literal() else {
        return false;
    };
    if matches!(text, "--version" | "--help") {
        return !call.row.is(RAW);
    }
    let spec = match text.strip_prefix('-') {
        Some(rest) if !call.row.is(ONE_DASH) && rest.len() == 1 => {
            rest.chars().next().and_then(|letter| notation::short(&call.lists, letter))
        }
        Some(_) => notation::whole(&call.lists, text),
        None => None,
    };
    spec.is_some_and(|spec| spec.modes.contains('V'))
}

/// Gives `--version` the name of the subcommand that does the same, where there is one.
pub(super) fn tells_version(call: &mut Call<'_>) {
    let row = call.row.subcommands.iter().find(|row| row.named("--version").is_some());
    let asked = call.words.first().is_some_and(|term| !term.is("--help"));
    if let Some(row) = row.filter(|_| asked) {
        add_name(call, row.first_name());
    }
}

/// Goes on with the subcommand that stands at a place; returns false where there is none.
pub(super) fn enter(call: &mut Call<'_>, at: usize) -> bool {
    let words = call.words;
    let rest = words.get(at..).unwrap_or_default();
    let Some(first) = rest.first().and_then(Term::literal) else {
        call.out.dynamic("what the program is told to do is not known", "");
        return unknown_subcommand(call, rest);
    };
    let second = rest.get(1).and_then(Term::literal);
    let mut found: Option<(&'static Row, usize)> = None;
    for row in call.row.subcommands.iter().flat_map(unfolded) {
        let both = second.is_some_and(|second| {
            row.names.contains(second)
                && row.names.split(',').any(|name| name.split_once(' ') == Some((first, second)))
        });
        if both {
            found = Some((row, 2));
        } else if found.is_none() && row.named(first).is_some() {
            found = Some((row, 1));
        }
    }
    let reader = call.row.reader;
    call.known = found.is_some();
    if let Some(reader) = reader {
        reader(call);
    }
    let Some((row, taken)) = found else {
        if !call.row.is(OPEN) {
            call.out.dynamic("the subcommand is not known:", first);
        }
        let first = first.to_owned();
        add_name(call, &first);
        return unknown_subcommand(call, rest.get(1..).unwrap_or_default());
    };
    if row.is(ALIASES) {
        add_name(call, row.first_name());
    } else {
        for term in rest.iter().take(taken) {
            add_name(call, &term.text);
        }
    }
    call.words = rest.get(taken..).unwrap_or_default();
    descend(call, row);
    true
}

/// Returns a row, or those that it only stands for.
fn unfolded(row: &'static Row) -> &'static [Row] {
    if row.names == " " { row.subcommands } else { std::slice::from_ref(row) }
}

fn unknown_subcommand(call: &mut Call<'_>, rest: &[Term<'_>]) -> bool {
    for term in rest {
        if term.text.starts_with('-') {
            if let Some((_, value)) = term.split('=') {
                call.touch(&value, Touch::Either);
            }
        } else {
            call.touch(term, Touch::Either);
        }
    }
    false
}

/// Goes on where no subcommand stands; returns false where the program then only tells about
/// itself.
pub(super) fn enter_alone(call: &mut Call<'_>) -> bool {
    let alone = call.row.subcommands.iter().find(|row| row.names.ends_with(','));
    match alone {
        Some(row) => {
            for effect in notation::always(row.options) {
                call.effect(effect);
            }
            add_name(call, row.first_name());
            call.row = row;
            true
        }
        None => call.row.is(ALONE),
    }
}

fn descend(call: &mut Call<'_>, row: &'static Row) {
    let mut lists = row.options.to_vec();
    if row.is(SHARED) {
        lists.append(&mut call.lists);
    }
    call.lists = lists;
    call.row = row;
    call.before_end = None;
}

pub(super) fn add_name(call: &mut Call<'_>, name: &str) {
    let all = call.out.subcommand.get_or_insert_default();
    if !all.is_empty() {
        all.push(' ');
    }
    all.push_str(name);
}
