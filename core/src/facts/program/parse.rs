//! Tells options from operands, as the row of a program says.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::notation;
use crate::facts::program::notation::Found;
use crate::facts::program::notation::Spec;
use crate::facts::program::role::apply;
use crate::facts::program::role::apply_operands;
use crate::facts::program::row::ALIASES;
use crate::facts::program::row::ALONE;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NAMED;
use crate::facts::program::row::NO_END;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::OPEN;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::row::STOPS;
use crate::facts::program::term::Term;

/// Reads the words of a call whose row is known.
pub(super) fn read(call: &mut Call<'_>) {
    // One round for each subcommand of a subcommand.
    for _ in 0..DEEPEST {
        if only_tells(call) {
            return;
        }
        for effect in notation::always(call.row.options) {
            call.effect(effect);
        }
        let behind = if call.row.is(RAW) { None } else { told_apart(call) };
        match behind {
            Some(at) if !call.row.subcommands.is_empty() => {
                if !enter(call, at) {
                    return;
                }
            }
            Some(_) | None => {
                if !call.row.subcommands.is_empty() && !enter_alone(call) {
                    return;
                }
                finish(call);
                return;
            }
        }
    }
}

const DEEPEST: usize = 4;

fn finish(call: &mut Call<'_>) {
    if call.row.is(NAMED)
        && let Some(name) = call.operands.first().and_then(Term::literal)
    {
        let name = name.to_owned();
        add_name(call, &name);
    }
    apply_operands(call);
    if let Some(reader) = call.row.reader {
        reader(call);
    }
}

/// Returns true where the only word asks the program for its version or help.
fn only_tells(call: &Call<'_>) -> bool {
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

/// Reads options; returns where the first operand stands, where a subcommand is looked for.
fn told_apart(call: &mut Call<'_>) -> Option<usize> {
    let words = call.words;
    let names_subcommand = !call.row.subcommands.is_empty();
    let stops = names_subcommand || call.row.is(STOPS);
    let mut only_operands = false;
    let mut options = 0_usize;
    let mut at = 0;
    while let Some(term) = words.get(at) {
        at += 1;
        if only_operands {
            call.operands.push(term.clone());
            continue;
        }
        if term.is("--") && !call.row.is(NO_END) {
            only_operands = true;
            call.before_end = Some(call.operands.len());
            if names_subcommand {
                return words.get(at).map(|_| at);
            }
            continue;
        }
        let text = &*term.text;
        let is_option = text.starts_with('-') && (text.len() > 1 || !term.tail.is_empty())
            || call.row.is(PLUS) && text.starts_with('+');
        if is_option {
            options += 1;
            if options > MOST_OPTIONS {
                call.out.unreadable("the command has too many options", "");
                return None;
            }
            at = option(call, term, words, at);
            if call.has('.') {
                only_operands = true;
                call.before_end = Some(call.operands.len());
            }
            continue;
        }
        if term.may_be_option() && harmful(call) {
            let shown = term.text.clone();
            call.out.dynamic("a name of a file, or a value, could become an option", &shown);
        }
        if names_subcommand {
            return Some(at - 1);
        }
        call.operands.push(term.clone());
        only_operands = stops;
    }
    None
}

/// Options that are read of one command: each is looked for in the whole row.
const MOST_OPTIONS: usize = 512;

fn harmful(call: &Call<'_>) -> bool {
    notation::has_harm(&call.lists)
}

/// Reads one option; returns where the next word stands.
fn option<'w>(call: &mut Call<'w>, term: &Term<'w>, words: &'w [Term<'w>], at: usize) -> usize {
    let text = &*term.text;
    let end = text.find('=');
    let name = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let whole = term.tail.is_empty() || end.is_some();
    if call.row.is(ONE_DASH) || !text.starts_with("--") && text.starts_with('+') {
        let bare = if name.starts_with("--") { name.get(1..).unwrap_or(name) } else { name };
        let spec =
            notation::whole(&call.lists, name).or_else(|| notation::whole(&call.lists, bare));
        return match spec {
            Some(spec) if whole => {
                valued(call, spec, end.map(|end| term.after(end + 1)), words, at)
            }
            Some(_) | None => glued(call, term, words, at),
        };
    }
    if text.starts_with("--") {
        let found = if whole { call.long(name) } else { Found::Nothing };
        return match found {
            Found::One(spec) => valued(call, spec, end.map(|end| term.after(end + 1)), words, at),
            Found::Several => {
                call.out.dynamic("the option is short for several", text);
                at
            }
            Found::Nothing => {
                unknown(call, term);
                at
            }
        };
    }
    cluster(call, term, words, at)
}

/// Reads an option of the one-dash kind that is not in the table as it stands: `-Dname=value`.
fn glued<'w>(call: &mut Call<'w>, term: &Term<'w>, words: &'w [Term<'w>], at: usize) -> usize {
    let mut end = term.text.len().min(LONGEST_NAME);
    while end > 0 {
        if let Some(name) = term.text.get(..end)
            && let Some(spec) = notation::whole(&call.lists, name)
            && spec.modes.contains('g')
        {
            return valued(call, spec, Some(term.after(end)), words, at);
        }
        end -= 1;
    }
    unknown(call, term);
    at
}

/// The longest name of an option whose value follows at once, and the longest cluster.
const LONGEST_NAME: usize = 24;

fn cluster<'w>(call: &mut Call<'w>, term: &Term<'w>, words: &'w [Term<'w>], at: usize) -> usize {
    let text = term.text.clone();
    let numbers = call.row.is(NUMBERS) && text.bytes().skip(1).any(|b| b.is_ascii_digit());
    if numbers && term.tail.is_empty() && text.bytes().skip(1).all(|b| b.is_ascii_digit()) {
        return at;
    }
    if text.len() > LONGEST_NAME {
        unknown(call, term);
    }
    for (index, letter) in text.char_indices().skip(1).take(LONGEST_NAME) {
        if call.row.is(NUMBERS) && letter.is_ascii_digit() && index == 1 {
            continue;
        }
        let Some(spec) = notation::short(&call.lists, letter) else {
            unknown(call, term);
            return at;
        };
        let rest = term.after(index + letter.len_utf8());
        if !spec.roles.is_empty() {
            let value = (!rest.is_empty()).then_some(rest);
            return valued(call, spec, value, words, at);
        }
        valued(call, spec, None, words, at);
    }
    if !term.tail.is_empty() {
        unknown(call, term);
    }
    at
}

/// Gives an option the words that it takes; returns where the next word stands.
fn valued<'w>(
    call: &mut Call<'w>,
    spec: Spec,
    attached: Option<Term<'w>>,
    words: &'w [Term<'w>],
    mut at: usize,
) -> usize {
    for mode in spec.modes.chars() {
        call.set(mode);
    }
    if !spec.effect.is_empty() {
        call.effect(spec.effect);
    }
    if spec.optional {
        if let Some(term) = attached {
            spec.roles.chars().for_each(|role| apply(call, role, &term));
        }
        return at;
    }
    let mut attached = attached;
    for role in spec.roles.chars() {
        let term = match attached.take() {
            Some(term) => term,
            None => {
                let Some(term) = words.get(at) else {
                    return at;
                };
                at += 1;
                if term.may_be_several() {
                    let shown = term.text.clone();
                    call.out.dynamic("how many words an option is given cannot be told", &shown);
                }
                term.clone()
            }
        };
        apply(call, role, &term);
    }
    at
}

fn unknown(call: &mut Call<'_>, term: &Term<'_>) {
    if !call.row.is(LOOSE) {
        call.out.dynamic("an option is not known:", &term.text);
    }
    // Whatever it is, a path may stand in it.
    if let Some((_, value)) = term.split('=') {
        call.touch(&value, Touch::Either);
    } else if !term.text.starts_with("--") && (term.text.contains(['/', '.', '~'])) {
        call.touch(&term.after(2), Touch::Either);
    }
}

/// Goes on with the subcommand that stands at a place; returns false where there is none.
fn enter(call: &mut Call<'_>, at: usize) -> bool {
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
fn enter_alone(call: &mut Call<'_>) -> bool {
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

fn add_name(call: &mut Call<'_>, name: &str) {
    let all = call.out.subcommand.get_or_insert_default();
    if !all.is_empty() {
        all.push(' ');
    }
    all.push_str(name);
}
