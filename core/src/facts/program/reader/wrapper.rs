//! Programs that run the command among their words.

use crate::facts::program::call::Call;
use crate::facts::program::call::joined;
use crate::facts::program::effects::Touch;
use crate::facts::program::environment::changes_what_runs;
use crate::facts::program::named::READ;
use crate::facts::program::named::unknown;
use crate::facts::program::reader::builtin::names;
use crate::facts::program::role::variable;
use crate::facts::program::table::lookup;
use crate::facts::program::table::only_reads;
use crate::facts::program::term::Term;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Returns how many operands in front set variables.
fn variables(call: &mut Call<'_>) -> usize {
    let operands = call.operands.clone();
    let mut count = 0;
    for operand in &operands {
        let sets = operand.text.split_once('=').is_some_and(|(name, _)| !name.contains('/'));
        if !sets {
            break;
        }
        variable(call, operand);
        count += 1;
    }
    count
}

/// Reads env: variables, then a command; without one it prints the environment.
pub(in crate::facts::program) fn env(call: &mut Call<'_>) {
    let text = call.kept('S').next().cloned();
    if let Some(text) = text {
        return split_string(call, &text);
    }
    if call.operands.first().is_some_and(|term| term.is("-")) {
        call.operands.remove(0);
        call.set('i');
    }
    let count = variables(call);
    let rest = call.operands.get(count..).unwrap_or_default().to_vec();
    if rest.is_empty() {
        call.out.has(CommandEffect::DumpsEnvironment);
    } else {
        taken_away(call);
    }
    call.runs(&rest, false);
}

/// Notes variables that a command is started without, and that change what it runs.
fn taken_away(call: &mut Call<'_>) {
    const REASON: &str = "a variable is taken away that changes what runs:";
    let names: Vec<Term<'_>> = call.kept('U').cloned().collect();
    for name in &names {
        if changes_what_runs(&name.text) || !name.tail.is_empty() {
            call.out.dynamic(REASON, &name.text);
        }
    }
    // Programs that only read files do so whatever the variables are.
    let command = call.operands.iter().find(|term| !term.text.contains('='));
    let only_reads = command.and_then(Term::literal).is_some_and(only_reads);
    if call.has('i') && !only_reads {
        call.out.dynamic(REASON, "PATH");
    }
}

/// Notes variables that the shell forgets.
pub(in crate::facts::program) fn unset(call: &mut Call<'_>) {
    names(call);
    let kept: Vec<Term<'_>> = call.kept('N').cloned().collect();
    call.kept.extend(kept.into_iter().map(|name| ('U', name)));
    taken_away(call);
}

/// Reads the one word that env parts into several, which are then words of env again.
fn split_string(call: &mut Call<'_>, text: &Term<'_>) {
    let plain = text.literal().filter(|text| !text.contains(['\'', '"', '\\', '$', '#']));
    let Some(plain) = plain else {
        call.out.dynamic("how env parts a word is not read:", &text.text);
        call.out.runs_script(text.word());
        return;
    };
    let mut words = vec![Word::text("env")];
    words.extend(plain.split_ascii_whitespace().map(Word::text));
    words.extend(call.operands.iter().map(Term::word));
    call.out.runs_words(words, false);
}

/// Reads `command`, `exec` and their like.
pub(in crate::facts::program) fn command(call: &mut Call<'_>) {
    // `command -v` only tells what a name stands for.
    if call.has('v') {
        return;
    }
    if call.has('c') {
        call.set('i');
        taken_away(call);
    }
    let rest = call.operands.clone();
    call.runs(&rest, false);
}

/// Notes that how a program takes its options is not known well.
pub(in crate::facts::program) fn unsure(call: &mut Call<'_>) {
    let shown = call.words.first().map(|term| term.text.clone().into_owned()).unwrap_or_default();
    call.out.dynamic("how the program runs what follows is not known:", &shown);
}

/// Reads flock: a lock, then a command or a script.
pub(in crate::facts::program) fn flock(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let Some((lock, rest)) = operands.split_first() else {
        return;
    };
    if lock.text.bytes().any(|b| !b.is_ascii_digit()) || !lock.tail.is_empty() {
        call.touch(lock, Touch::Write);
    }
    match rest {
        [option, script, ..] if option.is("-c") || option.is("--command") => {
            call.out.runs_script(script.word());
        }
        rest => call.runs(rest, false),
    }
}

/// Reads xargs: a command, and words that it reads.
pub(in crate::facts::program) fn xargs(call: &mut Call<'_>) {
    if call.operands.is_empty() {
        call.out.runs_words(vec![Word::text("echo")], true);
        return;
    }
    let replaced = call.kept('I').next().map(|term| term.text.clone().into_owned());
    let replaced = replaced.or_else(|| call.has('I').then(|| "{}".to_owned()));
    let replaced = replaced.filter(|mark| !mark.is_empty());
    let mut words = Vec::new();
    for operand in &call.operands {
        words.push(match &replaced {
            Some(mark) => with_unknown(operand, mark),
            None => operand.word(),
        });
    }
    // What is read stands in the place of the mark, or else behind all other words.
    call.out.runs_words(words, replaced.is_none());
}

/// Returns a word with each `mark` in it not known.
fn with_unknown(term: &Term<'_>, mark: &str) -> Word {
    if !term.text.contains(mark) {
        return term.word();
    }
    let mut pieces = Vec::new();
    for (index, part) in term.text.split(mark).enumerate() {
        if index > 0 {
            pieces.extend(unknown(READ, false).pieces);
        }
        if !part.is_empty() {
            pieces.extend(Word::text(part).pieces);
        }
    }
    pieces.extend_from_slice(term.tail);
    Word { pieces }
}

/// Reads parallel: a command for a shell, and words that it reads or that stand behind `:::`.
pub(in crate::facts::program) fn parallel(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let end = operands.iter().position(|term| term.text.starts_with(":::"));
    let command = operands.get(..end.unwrap_or(operands.len())).unwrap_or_default();
    if command.is_empty() {
        call.input();
    } else {
        call.out.runs_script(joined(command));
        call.runs(command, true);
    }
    for term in operands.get(command.len()..).unwrap_or_default() {
        call.touch(term, Touch::Either);
    }
    call.out.dynamic("what parallel puts into its commands is known only at run time", "");
}

/// Reads the dynamic linker, which runs the program that it is given.
pub(in crate::facts::program) fn linker(call: &mut Call<'_>) {
    let rest = call.operands.clone();
    if let Some(program) = rest.first() {
        call.touch(program, Touch::Execute);
    }
    call.runs(&rest, false);
}

/// Reads sudo.
pub(in crate::facts::program) fn sudo(call: &mut Call<'_>) {
    let count = variables(call);
    let rest = call.operands.get(count..).unwrap_or_default().to_vec();
    if call.has('e') {
        for file in &rest {
            call.touch(file, Touch::Write);
        }
        return;
    }
    if rest.is_empty() && (call.has('i') || call.has('s')) {
        call.input();
    }
    call.runs(&rest, false);
}

/// Reads su, which starts a shell where no command is given.
pub(in crate::facts::program) fn su(call: &mut Call<'_>) {
    if call.out.runs.is_empty() {
        call.input();
    }
    let rest: Vec<Term<'_>> =
        call.operands.iter().skip_while(|term| !term.is("-c")).skip(1).cloned().collect();
    if let Some(script) = rest.first() {
        call.out.runs_script(script.word());
    }
}

/// Finds the command in words whose options are not known well.
pub(in crate::facts::program) fn rest_runs(call: &mut Call<'_>) {
    const TRIED: usize = 12;
    let words = call.words;
    for (index, term) in words.iter().enumerate().take(TRIED) {
        let base = term.literal().map(|text| text.rsplit('/').next().unwrap_or(text));
        if base.is_some_and(|base| !base.starts_with('-') && lookup(base).is_some()) {
            call.runs(words.get(index..).unwrap_or_default(), false);
            return;
        }
        let script = term.literal().is_some_and(|text| text.contains(' '));
        if script {
            call.out.runs_script(term.word());
        }
    }
}

/// Reads script, which starts a shell where no command is given.
pub(in crate::facts::program) fn script(call: &mut Call<'_>) {
    if call.out.runs.is_empty() {
        call.input();
    }
}

/// Notes that a program does what it reads.
pub(in crate::facts::program) fn fed(call: &mut Call<'_>) {
    call.input();
}

/// Notes that an editor types what it reads.
pub(in crate::facts::program) fn typed(call: &mut Call<'_>) {
    let scripts = |term: &Term<'_>| matches!(term.literal(), Some("-s" | "-es" | "-e" | "-Es"));
    let dash = |term: &Term<'_>| matches!(term.literal(), Some("-" | "/dev/stdin"));
    let silent = call.words.iter().any(|term| matches!(term.literal(), Some("-es" | "-Es")));
    if silent || call.words.iter().any(scripts) && call.words.iter().any(dash) {
        call.input();
    }
}

/// Reads programs that take the commands that they run later from their input.
pub(in crate::facts::program) fn jobs(call: &mut Call<'_>) {
    const OTHERS: [&str; 6] = ["-l", "-r", "-d", "-f", "-c", "-q"];
    let takes = match call.called {
        "at" | "batch" => {
            !call.words.iter().any(|term| OTHERS.iter().any(|start| term.text.starts_with(start)))
        }
        "crontab" | "fcrontab" => call.operands.iter().any(|term| term.is("-")),
        _ => false,
    };
    if takes {
        call.input();
    }
}

/// Reads what of the machine a container sees.
pub(in crate::facts::program) fn mounts(call: &mut Call<'_>) {
    let volumes: Vec<Term<'_>> = call.kept('Z').cloned().collect();
    for volume in &volumes {
        for part in volume.text.split([',', ':']) {
            let part = part.rsplit_once('=').map_or(part, |(_, value)| value);
            if part.starts_with(['/', '.', '~']) {
                call.touch(&Term::text(part.to_owned()), Touch::Either);
            }
        }
    }
    let entries: Vec<Term<'_>> = call.kept('T').cloned().collect();
    for entry in &entries {
        call.runs(std::slice::from_ref(entry), true);
    }
}

/// Notes subcommands of containers that are not known.
pub(in crate::facts::program) fn container(call: &mut Call<'_>) {
    if !call.known {
        call.out.has(CommandEffect::StartsContainer);
    }
}
