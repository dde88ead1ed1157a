//! What is read from the standard input and becomes a word of a command.

use super::check;
use super::summary;
use super::unknown;
use super::words;
use crate::facts::program::effects::Run;
use crate::facts::program::evaluate::evaluate;
use crate::facts::program::named::READ;
use crate::facts::word::Word;

/// Returns what the commands that a line runs do, with what they are given behind their words.
fn inner(line: &str) -> String {
    let mut out = Vec::new();
    for run in evaluate(&words(line)).runs {
        if let Run::Argv { mut words, more_words } = run {
            if more_words {
                words.push(Word { pieces: vec![unknown(READ, true)] });
            }
            out.push(summary(&evaluate(&words)).replace(&READ.replace(' ', "_"), "read"));
        }
    }
    out.join(" + ")
}

fn check_inner(table: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = table.iter().map(|(line, _)| (*line, inner(line))).collect();
    let expected: Vec<(&str, String)> =
        table.iter().map(|(line, expected)| (*line, (*expected).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn code_that_is_read_feeds_an_interpreter() {
    check_inner(&[
        ("xargs sh -c", "sh; script $read; !feeds_interpreter; dynamic"),
        ("xargs -I{} sh -c {}", "sh; script $read; !feeds_interpreter"),
        ("xargs -I{} bash -c 'cd x && {}'", "bash; script cd x && $read; !feeds_interpreter"),
        (
            "xargs -I{} python3 -c 'x = {}'",
            "python3; code python x = $read; !executes_inline_code; !feeds_interpreter",
        ),
        (
            "xargs -n1 perl -e",
            "perl; code perl $read; !executes_inline_code; !feeds_interpreter; dynamic",
        ),
        ("xargs bash", "bash; execute $read; file $read; !feeds_interpreter"),
    ]);
}

#[test]
fn arguments_of_a_script_that_are_read_are_data() {
    check_inner(&[
        ("xargs -I{} sh -c 'wc -l {}'", "sh; script wc -l $read"),
        ("xargs sh -c 'wc -l \"$1\"' _", "sh; script wc -l \"$1\" [_ $read]"),
        ("find . -name a.rs -exec sh -c 'wc -l $1' _ {} +", "sh; script wc -l $1 [_ ./a.rs]"),
    ]);
}

#[test]
fn known_operands_keep_their_roles_beside_those_that_are_read() {
    check_inner(&[
        (
            "xargs -I{} cp {} .git/config",
            "cp; read $read; write .git/config; write .git/config/$read; dynamic",
        ),
        (
            "xargs -I{} cp a {}/.git/config",
            "cp; read a; write $read/.git/config; write $read/.git/config/a; dynamic",
        ),
        (
            "xargs cp a .git/config",
            "cp; read a; read .git/config; write .git/config; write $read; read $read; write $read/a\
             ; write $read/config; dynamic",
        ),
        ("find x -exec cp {} .git/config ;", "cp; read x; write .git/config; write .git/config/x"),
        (
            "find . -type d -exec cp a {}/.git/config ;",
            "cp; read a; write ./.git/config; write ./.git/config/a",
        ),
        ("xargs uniq a", "uniq; read a; write $read"),
    ]);
}

#[test]
fn programs_that_do_what_they_read_are_interpreters() {
    check(
        r##"
        at now => at; read now; input; !feeds_interpreter; !schedules_jobs
        at -l => at; !schedules_jobs
        crontab - => crontab; input; !feeds_interpreter; !schedules_jobs
        Rscript - => Rscript; input; !feeds_interpreter
        deno run - => deno; either run; input; !executes_inline_code; !feeds_interpreter
        bun run a.ts => bun; either run; either a.ts; !executes_inline_code
        pwsh -Command - => pwsh; input; !feeds_interpreter
        sqlite3 a.db => sqlite3; either a.db; input; !executes_inline_code; !feeds_interpreter
        sqlite3 a.db .tables => sqlite3; either a.db; either .tables; !executes_inline_code
        gdb -batch -ex 'shell id' x
        => gdb; code gdb shell id; run x; input; !executes_inline_code; !feeds_interpreter
        ; !inspects_processes
        vim -s - a => vim; either a; input; !feeds_interpreter; !opens_interactive; dynamic
        ldapsearch -h 198.51.100.1
        => ldapsearch; name 198.51.100.1; !fetches_data; !sends_data
        "##,
    );
}
