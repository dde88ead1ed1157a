//! What is not followed is told, and never taken for fine.

use crate::facts::shell::Dialect;
use crate::facts::shell::DoubtKind;
use crate::facts::shell::read;
use crate::facts::shell::tests::bash;
use crate::facts::shell::tests::commands;
use crate::facts::shell::tests::sees;

#[test]
fn what_evaluates_text_once_more_shows_what_is_in_it() {
    for text in [
        "[[ -v 'a[$(touch P)]' ]]",
        "test -v 'a[$(touch P)]'",
        "[ -v 'a[`touch P`]' ]",
        "printf -v 'a[$(touch P)]' x",
        "unset 'a[$(touch P)]'",
        "read 'a[$(touch P)]'",
        "declare 'a[$(touch P)]=1'",
        "let 'a[$(touch P)]=1'",
        "c $((a[$(touch P)]))",
        "x='a[$(touch P)]'; c $((x))",
        "x='a[$(touch P)]'; [[ $x -eq 1 ]]",
        "x='a[$(touch P)]'; ((x))",
        "a[$(touch P)]=1",
        "mapfile -C 'touch P' -c 1 a",
        "compgen -W '$(touch P)'",
        "x='$(touch P)'; c ${x@P}; touch P",
        "declare -a 'a=($(touch P))'",
        "declare -a \"a=(`touch P`)\"",
        "declare -A 'a=([$(touch P)]=1)'",
        "declare \"a=([\\$(touch P)]=1)\"",
        "declare -ga 'a=(x $(touch P))'",
        "declare -a 'a+=($(touch P))'",
        "declare -a 'a=(${x:-$(touch P)})'",
        "declare -a 'a=(<(touch P))'",
        "declare -a a='($(touch P))'",
        "declare -a a; declare 'a=($(touch P))'",
        "a=(x); typeset 'a=( $(touch P) )'",
        "f() { local -a 'a=($(touch P))'; }; f",
        "readonly -a 'a=($(touch P))'",
        "builtin declare -a 'a=($(touch P))'",
        "command declare -a 'a=($(touch P))'",
        "x='($(touch P))'; declare -a a=$x",
        "x='a=($(touch P))'; declare -a \"$x\"",
        "for x in '($(touch P))' y; do declare -a a=$x; done",
        "bash -c 1; declare -a $'a=($(touch P))'",
    ] {
        let script = bash(text);
        let seen = commands(&script);
        assert!(seen.iter().any(|command| command.starts_with("touch P")), "{text}: {seen:?}");
        assert_ne!(script.doubts, [], "{text}");
    }
}

#[test]
fn what_changes_the_reading_is_a_doubt() {
    for text in [
        "set -f; cat *",
        "set -k; a",
        "set -o posix; a",
        "set $X",
        "shopt -s dotglob; cat *",
        "shopt -s extglob; a",
        "shopt -s expand_aliases; alias a=b",
        "enable -n cd",
        "hash -p /x ls; ls",
        ". ./x",
        "source x",
        "GLOBIGNORE=x; cat *",
        "POSIXLY_CORRECT=1; a",
        "declare -n r=x; c $r",
        "declare -i n; n=1",
        "zmodload zsh/system",
        "setopt x",
        "=ls",
        "c >&$X",
        "X=a; $Y",
        "for c in cd ls; do $c x; done",
        "f() { f; }; f",
        "c $HOME{a,b}",
        "c ${!X}",
        "c $\"x\"",
        "trap \"$X\" EXIT",
        "a\r\nb",
        "X=(a b); Y=(c d); c $((X + Z))",
        "declare -a a=$(b)",
        "declare -a a; declare a=$(b)",
        "read -a a; declare a=$(b)",
        "mapfile -t a; declare a=$(b)",
        "a[0]=x; declare a=\"$(b)\"",
        "declare -a a=\"(x $(b))\"",
        "declare BASH_ALIASES=$(b)",
        "BASH_CMDS[ls]=/x; ls",
    ] {
        let script = bash(text);
        assert!(script.doubts.iter().any(|d| d.kind == DoubtKind::Dynamic), "{text}: {script:?}");
    }
}

#[test]
fn values_of_plain_variables_are_read_once() {
    for text in [
        "declare a='(x y)'",
        "local a=$(b)",
        "export a=\"$(b)\" c=$(b)",
        "declare -a a=(x y); c ${a[0]}",
        "declare -a 'a=(x y)'",
        "declare -r a=(x)",
        "declare -a a=\"x $(b)\"",
        "local a=\"($(b))\"",
        "readonly a=$(b)",
    ] {
        assert_eq!(bash(text).doubts, [], "{text}");
    }
}

#[test]
fn what_cannot_be_parsed_is_unreadable_and_read_loosely() {
    let unreadable = DoubtKind::Unreadable;
    sees(&[
        ("echo 'x", unreadable, "echo x"),
        ("curl u | sh; echo \"x", unreadable, "curl u ; sh <-0..1 ; echo x"),
        ("cat .env )", unreadable, "cat .env"),
        ("if a; then b", unreadable, "a ; b"),
        ("a <<E\nx", unreadable, "a <E ; x"),
        ("x=$(curl u", unreadable, "x:= ; curl u"),
        ("a ;; b", unreadable, "a ; b"),
        ("eval 'a \"'", unreadable, "a "),
        ("a \u{202e}b", unreadable, "a \u{202e}b"),
    ]);
    for text in [
        "((((((((((((((((((((((((",
        "a ${x",
        "a `b",
        "a \"b",
        "a $(b",
        "a <(b",
        "a && ",
        "| a",
        "a |",
        "{ a",
        "( a",
        "a )",
        "fi",
        "done",
        "}",
        "a ; ; b",
        "for x",
        "case x in",
        "f()",
        "a >",
        "a <<",
        "a\0b",
        "a\u{7}b",
        "a \u{200b}b",
        "\u{441}at x",
        "a $[1]",
        "ls *(e:'x':)",
        "a\rb",
        "a $\\\n(b)",
        "a $X\\\nb",
        "\"${x:-'}\"",
        "a `b <<E`\nE",
        "c &&& d",
        "f() a",
        "echo \"${x:-$'a'}\"",
        "[[ ]]",
        "[[ ! ]]",
        "[[ -z ]]",
        "[[ a == ]]",
        "[[ == a ]]",
        "[[ a b ]]",
        "[[ a b c ]]",
        "[[ ( a ]]",
        "[[ a ) ]]",
        "[[ a && ]]",
        "[[ && a ]]",
        "[[ -z == a ]]",
        "[[ a < ]]",
        "[[ ( ) ]]",
    ] {
        let script = bash(text);
        assert!(
            script.doubts.iter().any(|d| d.kind == DoubtKind::Unreadable),
            "{text:?}: {script:?}"
        );
    }
}

#[test]
fn other_shells_are_believed_only_where_all_read_alike() {
    for text in ["ls -la src", "a && b | c; d > e", "cat 'a b' \"c\""] {
        assert_eq!(read(text, Dialect::Zsh, Some(&[])).doubts, [], "{text}");
        assert_eq!(read(text, Dialect::Posix, Some(&[])).doubts, [], "{text}");
    }
    for text in ["c *", "c $X", "c ~", "x=1", "a <(b)", "c {a,b}"] {
        assert_ne!(read(text, Dialect::Zsh, Some(&[])).doubts, [], "{text}");
    }
    for text in [
        "c {a,b}",
        "[[ a ]]",
        "c <<< x",
        "((x))",
        "a &> b",
        "c $'x'",
        "export A=$X",
        "a+=b",
        "a |& b",
    ] {
        assert_ne!(read(text, Dialect::Posix, Some(&[])).doubts, [], "{text}");
    }
}
