//! Tells options from operands, as the row of a program says.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::named;
use crate::facts::program::notation;
use crate::facts::program::notation::Found;
use crate::facts::program::notation::Spec;
use crate::facts::program::reader::here;
use crate::facts::program::role::apply;
use crate::facts::program::role::apply_operands;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::LOOSE;
use crate::facts::program::row::NAMED;
use crate::facts::program::row::NO_END;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::STOPS;
use crate::facts::program::subcommand::add_name;
use crate::facts::program::subcommand::enter;
use crate::facts::program::subcommand::enter_alone;
use crate::facts::program::subcommand::only_tells;
use crate::facts::program::subcommand::tells_version;
use crate::facts::program::term::Term;

/// Reads the words of a call whose row is known.
pub(super) fn read(call: &mut Call<'_>) {
    // One round for each subcommand of a subcommand.
    for _ in 0..DEEPEST {
        if only_tells(call) {
            tells_version(call);
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
                if let Some(end) = end {
                    call.touch(&term.after(end + 1), Touch::Either);
                }
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
            // Only GNU's way takes the mark for a part of the value.
            let bare = if call.row.is(ABBREVIATES) { None } else { rest.without("=") };
            let value = (!rest.is_empty()).then_some(bare.unwrap_or(rest));
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
    if spec.modes.contains('<') {
        named::names(call);
    }
    if spec.optional {
        match attached {
            Some(term) => spec.roles.chars().for_each(|role| apply(call, role, &term)),
            None => by_default(call, spec.roles),
        }
        return at;
    }
    if spec.roles.is_empty()
        && let Some(term) = &attached
        && !call.row.is(ONE_DASH)
    {
        // It may turn the option off, or do what is not thought of here.
        call.out.dynamic("an option is given a value that it does not take:", &term.text);
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

/// Notes what an option does that is given without the value that it can have.
fn by_default(call: &mut Call<'_>, roles: &str) {
    for role in roles.chars() {
        match role {
            'w' => call.out.touch(here(), Touch::Write),
            'c' | 'p' | 'x' | 'y' => call.out.dynamic("what an option runs has no name here", ""),
            _ => {}
        }
    }
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
