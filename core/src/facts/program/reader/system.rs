//! Programs that look at the machine, or change it.

use crate::facts::program::call::Call;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Notes that a date which is no format sets the clock.
pub(in crate::facts::program) fn date(call: &mut Call<'_>) {
    if call.kept('D').any(|term| !term.text.starts_with('+')) {
        call.out.has(CommandEffect::ChangesSystem);
    }
}

/// Notes that a name becomes the name of the machine.
pub(in crate::facts::program) fn hostname(call: &mut Call<'_>) {
    if call.kept('H').next().is_some() {
        call.out.has(CommandEffect::ChangesSystem);
    }
}

/// Notes what changes interfaces, routes and filters.
pub(in crate::facts::program) fn interface(call: &mut Call<'_>) {
    const LOOKS: [&str; 4] = ["lsof", "ss", "netstat", "ifconfig"];
    const VERBS: [&str; 10] =
        ["show", "list", "ls", "get", "-a", "-n", "-L", "-S", "status", "addr"];
    if call.called == "ifconfig" && call.operands.len() > 1 {
        call.out.has(CommandEffect::ChangesSystem);
    }
    if LOOKS.contains(&call.called) || call.words.is_empty() {
        return;
    }
    let looks = call.words.iter().all(|term| {
        term.literal().is_some_and(|text| {
            text.starts_with('-') && text.len() < 4
                || VERBS.contains(&text)
                || ["link", "a", "route", "r", "neigh", "address"].contains(&text)
        })
    });
    if !looks {
        call.out.has(CommandEffect::ChangesSystem);
    }
    if call.words.iter().any(|term| term.is("netns")) {
        let rest: Vec<Term<'_>> = call.operands.iter().skip(3).cloned().collect();
        call.out.has(CommandEffect::RaisesPrivilege);
        call.runs(&rest, false);
    }
}
