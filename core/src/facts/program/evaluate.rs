//! The words of one command in, its effects out.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Effects;
use crate::facts::program::effects::Reach;
use crate::facts::program::effects::Run;
use crate::facts::program::effects::Touch;
use crate::facts::program::name::ProgramName;
use crate::facts::program::parse;
use crate::facts::program::row::Row;
use crate::facts::program::row::row;
use crate::facts::program::table::lookup;
use crate::facts::program::term::Term;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Returns what one command would do, from its words; never fails.
pub(crate) fn evaluate(words: &[Word]) -> Effects {
    let terms: Vec<Term<'_>> = words.iter().map(Term::of).collect();
    let Some((first, rest)) = terms.split_first() else {
        return Effects::default();
    };
    let Some(text) = first.literal() else {
        return several(words, &terms, 0).unwrap_or_else(|| {
            let mut out = Effects::default();
            out.dynamic("which program runs is known only at run time", &first.text);
            guess(&mut out, rest);
            out
        });
    };
    let Some(name) = ProgramName::of(text) else {
        let mut out = Effects::default();
        out.unreadable("the program's name has characters that are not read:", text);
        guess(&mut out, rest);
        return out;
    };
    let found = lookup(&name.base);
    // A word that is one of several, and may be an option or a subcommand, is read as each.
    let judged = found.unwrap_or(&UNKNOWN);
    let needs_text = |index: usize, term: &Term<'_>| {
        term.may_be_option() || (index == 0 && !judged.subcommands.is_empty())
    };
    let choice = rest.iter().enumerate().find(|(index, term)| {
        !term.tail.is_empty() && needs_text(*index, term) && term.choices().is_some()
    });
    if let Some((index, _)) = choice
        && let Some(out) = several(words, &terms, index + 1)
    {
        return out;
    }
    let mut call = Call::new(judged, &name.base, rest);
    if name.is_path() {
        call.out.touch(first.word(), Touch::Execute);
    }
    parse::read(&mut call);
    let mut out = call.out;
    direction(&mut out);
    out.program = Some(name);
    out
}

/// Returns true where a table knows a program of that base name.
pub(crate) fn knows(base: &str) -> bool {
    lookup(base).is_some()
}

/// Programs that no table knows: their operands may be paths.
const UNKNOWN: Row = row("", "b*", &[])
    .shape(crate::facts::program::row::LOOSE | crate::facts::program::row::NO_END);

/// Returns the command for each text that one word can be; `None` where they are too many.
fn several(words: &[Word], terms: &[Term<'_>], at: usize) -> Option<Effects> {
    const MOST_WORDS: usize = 4096;
    let choices = terms.get(at)?.choices()?;
    if choices.len().saturating_mul(words.len()) > MOST_WORDS {
        return None;
    }
    let mut out = Effects::default();
    for choice in choices {
        let mut each = words.to_vec();
        *each.get_mut(at)? = Word::text(choice);
        out.runs.push(Run::Argv { words: each, more_words: false });
    }
    Some(out)
}

/// Notes what words may be of a program that is not known.
fn guess(out: &mut Effects, rest: &[Term<'_>]) {
    for term in rest {
        if !term.text.starts_with('-') {
            out.touch(term.word(), Touch::Either);
        }
    }
}

/// Tells the direction of what goes over the network by the effects.
fn direction(out: &mut Effects) {
    let fetches = out.effects.contains(&CommandEffect::FetchesData);
    let sends = out.effects.contains(&CommandEffect::SendsData);
    let listens = out.effects.contains(&CommandEffect::Listens);
    if fetches || sends || listens || out.network.is_some() {
        let reach: &mut Reach = out.network.get_or_insert_default();
        reach.fetches = fetches || !(sends || listens);
        reach.sends = sends;
        reach.listens = listens;
        reach.elsewhere |= reach.hosts.is_empty() && !listens;
    }
}
