//! What the environment holds is shown only where it holds no secret.

use crate::facts::shell::tests::bash;
use crate::facts::shell::tests::certain;

fn is_shown(text: &str) -> bool {
    bash(text).doubts.iter().any(|doubt| doubt.reason.ends_with("may hold a secret"))
}

#[test]
fn a_variable_that_is_not_set_may_hold_a_secret_wherever_it_is_used() {
    for text in [
        "c $V",
        "c \"a ${V} b\"",
        "c ${#V}",
        "c ${V:0:2}",
        "c ${V%x}",
        "c ${V/a/b}",
        "c ${V^^}",
        "c ${V@Q}",
        "c ${V:-x}",
        "c ${V:+x}",
        "c ${V:?}",
        "c ${V[0]}",
        "c ${V[@]}",
        "x=V; c ${!x}",
        "for x in V; do c ${!x}; done",
        "c <<< $V",
        "c <<E\n$V\nE",
        "[[ $V == a ]]",
        "case $V in a) b;; esac",
        "for x in $V; do b; done",
        "x=$V",
        "x+=(\"$V\")",
        "V+=x; c",
        "c > $V",
        "declare -p V",
        "export -p V",
        "local -p V",
        "builtin declare -p V",
        "f() { c $V; }",
        "f() { c $V; }; f",
        "eval 'c $V'",
        "trap 'c $V' EXIT",
        "a && V=1; c $V",
        "for i in 1 2; do c $V; V=1; done",
        "while a; do c $V; V=1; done",
        "V=1 f; c $V; f() { :; }",
        "f() { :; }; V=1 f; c $V",
        "V=1 eval a; c $V",
        "f() { unset V; c $V; }; V=1; f",
        "f() { a && local V; V=1; }; f; c $V",
        "(V=1); c $V",
        "V=1 a; c $V",
        "a && V=(1); c $V",
        "V[1]=x; c $V",
        "V+=(x); c ${V[0]}",
        "read V[1]; c $V",
        "read -t 0 V; c $V",
        "mapfile V; c $V",
        "f() { return; V=1; }; f; c $V",
        "local V=1; c $V",
        "[[ a && V=1 -eq 1 ]]; c $V",
        ": ${x:+$((V=1))}; c $V",
        "for V in; do a; done; c $V",
        "case a in b) V=1;; esac; c $V",
        "V=1 & c $V",
        "V=1 | a; c $V",
    ] {
        for name in ["GITHUB_TOKEN", "DATABASE_URL", "MY_THING", "APIKEY"] {
            let text = text.replace('V', name);
            assert!(is_shown(&text), "{text}: {:?}", bash(&text).doubts);
        }
    }
    let many: String = (0..40).map(|at| format!("a && MY_THING={at}; ")).collect();
    assert!(is_shown(&format!("{many} c $MY_THING")));
}

#[test]
fn what_a_script_sets_or_what_holds_no_secret_is_shown() {
    for text in [
        "c $HOME $PWD \"$USER\" ${LC_ALL} $CI ${#PATH} $? $$ $# \"$@\" ${BASH_VERSION}",
        "MY_THING=1; c $MY_THING ${MY_THING:-x}",
        "for MY_THING in a b; do c $MY_THING; done",
        "read thing; c $thing",
        "c ${count=1}; c $count",
        "c ${FOO:-x} ${UNSET-x} ${VERSION:+x}",
        "f() { local MY_THING=1; c $MY_THING; }; f",
        "if a; then FOUND=1; fi; c $FOUND",
        "if a; then MY_THING=1; else MY_THING=2; fi; c $MY_THING",
        "MY_THING=1; declare -p MY_THING",
    ] {
        assert!(!is_shown(text), "{text}: {:?}", bash(text).doubts);
    }
    certain("MY_THING=1; c $MY_THING");
}
