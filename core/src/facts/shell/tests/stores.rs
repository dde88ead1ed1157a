//! Whichever way a variable is set, what follows is in the same doubt.

use crate::facts::shell::DoubtKind;
use crate::facts::shell::tests::bash;
use crate::facts::shell::tests::certain;
use crate::facts::shell::tests::commands;

/// Ways to set a variable; `V` is its name.
const WAYS: [&str; 32] = [
    "for V in x; do ls; done",
    "for V; do ls; done",
    "for V in x; { ls; }",
    "select V in x; do ls; done",
    "coproc V { ls; }",
    ": ${V:=x}; ls",
    "c \"${V=x}\"",
    "((V=1)); ls",
    "((V+=1))",
    "((1 ? V=1 : 2))",
    "((++V))",
    "((V--))",
    "c $((V=1))",
    "c $((a = (V = 2)))",
    "let V=1",
    "let 'V = 1'",
    "[[ V=1 -eq 1 ]]",
    "a[V=1]=2",
    "c ${a[V=1]}",
    "c ${HOME:V=1}",
    "c ${HOME:0:V=1}",
    "c ${@:V=1}",
    "for ((V=0; 1; 1)); do ls; done",
    "for ((; V=1; )); do ls; done",
    "{V}>/dev/null ls",
    "exec {V}</dev/null",
    "wait -p V",
    "read V",
    "printf -v V x",
    "mapfile V",
    "getopts a V",
    "unset V",
];

#[test]
fn a_variable_that_changes_what_runs_is_a_doubt_however_it_is_set() {
    for name in ["PATH", "LD_PRELOAD", "BASH_ENV", "HOME", "NODE_OPTIONS", "PS4", "https_proxy"] {
        for way in WAYS {
            let text = way.replace('V', name);
            let script = bash(&text);
            let told = |doubt: &str| doubt.starts_with(&format!("variable `{name}` changes wh"));
            let doubts = &script.doubts;
            assert!(doubts.iter().any(|d| told(&d.reason)), "{text}: {doubts:?}");
        }
    }
}

#[test]
fn other_variables_are_set_without_a_doubt() {
    for way in WAYS {
        // What is not known at first cannot be counted on, and elements are not followed.
        let others = ["V--", "++V", "+=", "?", "getopts", "read", "mapfile", "a["];
        if others.iter().any(|other| way.contains(other)) {
            continue;
        }
        for name in ["f", "path", "env", "count"] {
            certain(&way.replace('V', name));
        }
    }
    certain("unset IFS; a b");
}

#[test]
fn what_the_shell_reads_itself_is_a_doubt() {
    for text in [
        "PWD=/x; a",
        "for OLDPWD in /x; do cd -; done",
        "((SHELLOPTS=1)); a",
        "read EXECIGNORE; a",
        "declare GLOBIGNORE=x; a",
    ] {
        assert!(bash(text).doubts.iter().any(|d| d.kind == DoubtKind::Dynamic), "{text}");
    }
    for text in ["for PS4 in '$(b)'; do set -x; a; done", "for PROMPT_COMMAND in b; do a; done"] {
        assert!(commands(&bash(text)).contains(&"b".to_owned()), "{text}");
    }
}
