//! Shells: a script among the words, a file, or the standard input.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Run;
use crate::facts::program::named::is_fed;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Letters of options that change nothing about which commands a script runs.
const QUIET: &str = "eulxvnfhbBmCETPHD";

/// Settings that change nothing about which commands a script runs.
const QUIET_SETTINGS: [&str; 12] = [
    "braceexpand",
    "errexit",
    "errtrace",
    "functrace",
    "ignoreeof",
    "monitor",
    "noclobber",
    "noexec",
    "noglob",
    "nounset",
    "pipefail",
    "xtrace",
];

/// Reads the words of a shell.
pub(in crate::facts::program) fn read(call: &mut Call<'_>) {
    let words = call.words;
    if let [only] = words
        && matches!(only.literal(), Some("--version" | "--help"))
    {
        return;
    }
    let mut at = 0;
    let mut script = false;
    let mut input = false;
    while let Some(term) = words.get(at) {
        let text = &*term.text;
        if term.is("--") || term.is("-") {
            at += 1;
            break;
        }
        if !text.starts_with(['-', '+']) || text.len() < 2 && term.tail.is_empty() {
            break;
        }
        at += 1;
        if !term.tail.is_empty() {
            call.out.dynamic("an option of a shell is not known:", text);
            continue;
        }
        if text.starts_with("--") {
            at = long(call, text, words, at);
            continue;
        }
        for letter in text.chars().skip(1) {
            match letter {
                'c' => script = true,
                's' => input = true,
                'i' => {
                    call.out.has(CommandEffect::OpensInteractive);
                    call.out.has(CommandEffect::LoadsCode);
                }
                'o' => {
                    let name = words.get(at).and_then(Term::literal);
                    at += 1;
                    if !name.is_some_and(is_quiet) {
                        call.out.has(CommandEffect::ChangesShell);
                    }
                }
                'O' => {
                    at += 1;
                    call.out.has(CommandEffect::ChangesShell);
                }
                letter if QUIET.contains(letter) => {}
                _ => call.out.dynamic("an option of a shell is not known:", text),
            }
        }
    }
    let rest = words.get(at..).unwrap_or_default();
    match rest.split_first() {
        Some((text, arguments)) if script => {
            if text.may_be_several() {
                call.out.dynamic("the script of a shell is known only at run time", &text.text);
            }
            let script = text.word();
            if is_fed(&script, true) {
                call.out.has(CommandEffect::FeedsInterpreter);
            }
            let arguments = arguments.iter().map(Term::word).collect();
            call.out.runs.push(Run::Script { text: script, arguments });
        }
        None if script => call.out.dynamic("the script of a shell is missing", ""),
        Some((file, _)) if !input => call.file(file),
        Some(_) | None => call.input(),
    }
}

fn is_quiet(name: &str) -> bool {
    QUIET_SETTINGS.contains(&name)
}

/// Reads a long option; returns where the next word stands.
fn long(call: &mut Call<'_>, text: &str, words: &[Term<'_>], at: usize) -> usize {
    match text {
        "--norc" | "--noprofile" | "--posix" | "--login" | "--noediting" | "--no-rcs"
        | "--verbose" | "--restricted" | "--emulate" => at,
        "--rcfile" | "--init-file" => {
            if let Some(file) = words.get(at) {
                call.file(file);
            }
            at + 1
        }
        "--version" | "--help" | "--dump-strings" | "--dump-po-strings" | "--pretty-print" => at,
        _ => {
            call.out.dynamic("an option of a shell is not known:", text);
            at
        }
    }
}

/// Reads the settings of the built-in `set`.
pub(in crate::facts::program) fn set(call: &mut Call<'_>) {
    let words = call.words;
    if words.is_empty() {
        call.out.has(CommandEffect::DumpsEnvironment);
    }
    let mut at = 0;
    while let Some(term) = words.get(at) {
        at += 1;
        let text = &*term.text;
        if term.is("--") || term.is("-") || !text.starts_with(['-', '+']) {
            return;
        }
        for letter in text.chars().skip(1) {
            match letter {
                'o' => {
                    let name = words.get(at).and_then(Term::literal);
                    at += 1;
                    if name.is_some_and(|name| !is_quiet(name)) {
                        call.out.has(CommandEffect::ChangesShell);
                    }
                }
                letter if QUIET.contains(letter) => {}
                _ => call.out.has(CommandEffect::ChangesShell),
            }
        }
    }
}
