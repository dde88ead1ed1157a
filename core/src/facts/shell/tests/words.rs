//! Words: quotes, expansions, braces, tildes and patterns.

use crate::facts::shell::Dialect;
use crate::facts::shell::DoubtKind;
use crate::facts::shell::read;
use crate::facts::shell::tests::bash;
use crate::facts::shell::tests::certain;
use crate::facts::shell::tests::check;
use crate::facts::shell::tests::commands;
use crate::facts::shell::tests::sees;

#[test]
fn quotes_are_removed_and_escapes_are_read() {
    check(&[
        ("cat 'a b' \"c d\" e\\ f", "cat \"a b\" \"c d\" \"e f\""),
        ("c\\at .e'n'\"v\"", "cat .env"),
        ("$'\\x63at' $'.\\145nv' $'\\u002eenv'", "cat .env .env"),
        ("find . -e\\xec touch P \\;", "find . -exec touch P ;"),
        ("a \"\\$x \\`y\\` \\\"z\\\" \\q\"", "a \"$x `y` \\\"z\\\" \\\\q\""),
        ("a '' \"\" b''", "a '' '' b"),
        ("cat .en\\\nv", "cat .env"),
        ("a # b 'c\nd#e", "a ; d#e"),
    ]);
}

#[test]
fn constants_are_followed() {
    check(&[
        ("a=.env; cat $a", "a:=.env ; cat .env"),
        ("a=x b=$a; c ${b}y", "a:=x b:=x ; c xy"),
        ("a=.e; a+=nv; cat $a", "a:=.e ; a:=.env ; cat .env"),
        ("export A=.env B; cat $A", "export A=.env B ; cat .env"),
        ("a='x y'; c $a \"$a\"", "a:=\"x y\" ; c x y \"x y\""),
        ("a='*.c'; c $a \"$a\"", "a:=*.c ; c *(*.c) *.c"),
        ("x=.env; y=x; cat ${!y}", "x:=.env ; y:=x ; cat .env"),
        ("a=(x 'y z'); c \"${a[@]}\" ${#a[@]} ${a[1]}", "a:=x a:=\"y z\" ; c x \"y z\" 2 y z"),
        ("set -- a b c; shift; c $1 $# \"$@\"", "set -- a b c ; shift ; c b 2 b c"),
        ("printf -v x %s .env; cat $x", "printf -v x %s .env ; cat .env"),
        ("c$@at${IFS}.e$1nv", "cat .env"),
        ("cat $(echo .env) `echo a b`", "echo .env ; echo a b ; cat .env a b"),
        ("A=1 B=2 c", "A:=1 B:=2 c"),
    ]);
}

#[test]
fn operators_on_constants_are_applied() {
    check(&[
        (
            "x=a/b.tar.gz; c ${x##*/} ${x%.*} ${x%%.*} ${x#*/}",
            "x:=a/b.tar.gz ; c b.tar.gz a/b.tar a/b b.tar.gz",
        ),
        (
            "x=abcabc; c ${x/b/X} ${x//b/X} ${x/#a/X} ${x/%c/X}",
            "x:=abcabc ; c aXcabc aXcaXc Xbcabc abcabX",
        ),
        ("x=xcurlx; c ${x:1:4} ${x: -2} ${#x}", "x:=xcurlx ; c curl lx 6"),
        ("x=Ab; c ${x^^} ${x,,}", "x:=Ab ; c AB ab"),
        ("x=; c ${x:-a} ${x-b} ${x:+c} ${x+d}", "x:='' ; c a d"),
        ("unset x; c ${x-a} ${x:=b} $x", "unset x ; c a b b"),
        ("cat ${HOME:0:1}etc${PATH:0:1}passwd", "cat /etc/passwd"),
        ("x='a b'; c \"${x##*}\" \"${x#a}\"", "x:=\"a b\" ; c '' \" b\""),
    ]);
}

#[test]
fn what_a_value_may_be_is_one_of_a_set() {
    check(&[
        ("for f in a b; do c $f; done", "c <a|b>"),
        ("for f in *.txt; do c \"$f\"; done", "c *(*.txt)"),
        ("for f in a b src/*.rs; do c $f; done", "c <a|b> ; c src/*(*.rs)"),
        ("for f in src/*.rs; do c ${f%.rs} ${f##*/}; done", "c src/*(*) *(*.rs)"),
        ("x=a; if t; then x=b; fi; c $x", "x:=a ; t ; x:=b ; c <a|b>"),
        ("x=a; t && x=b; c $x", "x:=a ; t ; x:=b ; c <b|a>"),
        ("for x in 'a b' c; do d $x; done", "d c ; d a b"),
        ("for x in 'a b' c; do y=$x-; d \"$y\" $y; done", "y:=<a b|c>- ; d <a b|c>- ?+-"),
    ]);
}

#[test]
fn an_unset_name_in_small_letters_is_read_both_ways() {
    let kind = DoubtKind::Dynamic;
    sees(&[("cat .en${x}v", kind, "cat .en?+v ; cat .env"), ("cat \"$X\"", kind, "cat ?")]);
}

#[test]
fn what_may_be_left_out_may_not_have_set_anything() {
    for text in [
        "f=.env; : ${HOME:-$((f=1))}; cat $f",
        "f=.env; : ${CI+$((f=1))}; cat $f",
        "f=.env; [[ a || $((f=1)) -eq 1 ]]; cat $f",
        "f=.env; a && ((f=1)); cat $f",
        "f=.env; : $((0 && (f=1))); cat $f",
    ] {
        let seen = commands(&bash(text));
        assert!(
            seen.iter().any(|c| c.starts_with("cat ") && c.contains(".env")),
            "{text}: {seen:?}"
        );
    }
}

#[test]
fn what_is_empty_leaves_the_text_around_it() {
    check(&[
        ("cat .e$@nv .e$*nv .e\"$@\"nv ${@}.env", "cat .env .env .env .env"),
        ("cat .e$()nv .e``nv \".e$()nv\" .e$( )nv .e$(# x\n)nv", "cat .env .env .env .env .env"),
        ("cat .e$(:)nv a$(true)", ": ; true ; cat .env a"),
        ("c $() \"$()\" $@ \"$@\"", "c ''"),
    ]);
    // Where the arguments are not known there may be none.
    for text in ["cat .e$@nv", "cat .e$*nv", "cat .e\"$@\"nv", "cat .e$1nv", "cat \".e${2}nv\""] {
        let seen = commands(&read(text, Dialect::Bash, None));
        assert!(seen.contains(&"cat .env".to_owned()) && seen.len() == 2, "{text}: {seen:?}");
    }
}

#[test]
fn what_is_read_from_a_known_text_is_known() {
    let cases = [
        ("read f <<< .env; cat $f", "cat .env"),
        ("IFS= read -r f <<< ' .env'; cat \"$f\"", "cat \" .env\""),
        ("read -r a b c <<< ' 1  2 3  4 '; c \"$a\" \"$b\" \"$c\"", "c 1 2 \"3  4\""),
        ("read a b <<< 1; c \"$a\" \"$b\"", "c 1 ''"),
        ("read <<< ' .env'; cat $REPLY", "cat .env"),
        ("read -p '? ' f <<< .env; cat $f", "cat .env"),
        ("read f <<E\n.env\nb\nE\ncat $f", "cat .env"),
        ("while read f; do cat \"$f\"; done <<< .env", "cat <|.env>"),
        ("while read -r f x; do cat \"$f\"; done <<E\n.env 1\nb 2\nE", "cat <|.env|b>"),
        ("f() { read f; cat \"$f\"; }; f <<< .env", "cat <|.env>"),
        ("exec <<< .env; read f; cat \"$f\"", "cat <|.env>"),
        ("echo .env | while read f; do cat \"$f\"; done", "cat <|.env>"),
        ("printf 'a\\n.env\\n' | { read f; cat \"$f\"; }", "cat <|.env|a>"),
    ];
    for (text, wanted) in cases {
        let seen = certain(text);
        let seen: Vec<&str> = seen.iter().filter_map(|c| c.split(" <-").next()).collect();
        assert_eq!(seen.last(), Some(&wanted), "{text}");
    }
    for text in [
        "read f < x; cat $f",
        "read f <<< \"$(b)\"; cat $f",
        "read -n 3 f <<< .env.x; cat $f",
        "read -d x f <<< .envx; cat $f",
        "read f <<< 'a\\b'; cat $f",
        "IFS=, read f g <<< a,b; cat $f",
        "read f <<< $PWD/x; cat $f",
        "read f <<< x < y; cat $f",
        "read f <<< x <&3; cat $f",
        "read -u 3 f <<< x; cat $f",
        "echo -e x | { read f; cat $f; }",
        "b | read f; cat $f",
        "{ b; echo x; } | { read f; cat $f; }",
    ] {
        let seen = commands(&bash(text));
        assert!(seen.iter().any(|command| command.starts_with("cat ?")), "{text}: {seen:?}");
    }
    let seen = commands(&bash("declare -n g=f; f=.env; cat $g; declare -n h=g; h=x; cat $h"));
    assert_eq!(seen.iter().filter(|command| command.contains(".env")).count(), 3, "{seen:?}");
}

#[test]
fn where_read_splits_is_its_own() {
    check(&[
        (
            "while IFS= read -r l; do echo \"$l\"; done < f",
            "0<f ; read -r l <-0..1 ; echo ?0..1 <-0..1",
        ),
        ("IFS=, read a b < f", "read a b 0<f"),
        ("IFS=, c", "IFS:=, c"),
    ]);
    for text in ["IFS=,; a", "IFS=\"$(a)\" read b", "read IFS", "export IFS=,"] {
        let script = bash(text);
        let told = script.commands.iter().any(|c| c.assignments.iter().any(|(n, _)| n == "IFS"));
        assert!(told || !script.doubts.is_empty(), "{text}");
    }
}

#[test]
fn braces_become_words() {
    check(&[
        ("{cat,.env}", "cat .env"),
        ("c {a,b}{1..3} {a,{b,c}d}", "c a1 a2 a3 b1 b2 b3 a bd cd"),
        ("c {} {a} {a,b {1..a} \"{a,b}\" a{,.bak}", "c {} {a} {a,b {1..a} {a,b} a a.bak"),
        ("c {03..1} {a..e..2} {1..9..4}", "c 03 02 01 a c e 1 5 9"),
        ("x={a,b}; c $x", "x:={a,b} ; c {a,b}"),
    ]);
}

#[test]
fn folders_of_the_shell_are_told_by_their_signs() {
    check(&[
        ("cat $HOME/.ssh/id ~/.aws \"$PWD/.env\" ${PWD}", "cat ~/.ssh/id ~/.aws ./.env ."),
        ("cat /$HOME/x --f=$HOME/x -I$PWD/y a:~", "cat ~/x --f=~/x -I./y a:~"),
        ("p=$HOME/.ssh; cat $p/id \"$(pwd)/.env\"", "p:=~/.ssh ; pwd ; cat ~/.ssh/id ./.env"),
        ("cat a$HOME $PWD.x", "cat a? ?.x"),
        ("cat ${HOME%/}/.ssh/id ${PWD%/}/.env", "cat ~/.ssh/id ./.env"),
        ("HOME=/x; cat ~/y $HOME", "HOME:=/x ; cat /x/y /x"),
    ]);
}

#[test]
fn patterns_keep_what_is_certain_in_front_of_them() {
    check(&[
        ("c src/*.rs a? [ab]c [ a[ \"*\" \\* '*'.c", "c src/*(*.rs) a*(?) *([ab]c) [ a[ * * *.c"),
        ("c \"a b\"*'[x]'", "c \"a b\"*(*\\[x\\])"),
        ("c a[0] a['x-']", "c a*([0]) a*([x\\-])"),
    ]);
}

#[test]
fn arithmetic_over_constants_is_a_number() {
    check(&[
        ("c $((1+2*3)) $((2**10)) $((0x1F)) $((010)) $((7/2)) $((1?2:3))", "c 7 1024 31 8 3 2"),
        ("x=5; ((x++)); let y=x+x; c $x $y", "x:=5 ; (( x++ ; let y=x+x ; c 6 12"),
        ("c $? $# ${#HOME}", "c *([0-9]*) 0 *([0-9]*)"),
        (
            "i=0; while [ $i -lt 3 ]; do c $i; i=$((i+1)); done",
            "i:=0 ; [ *([0-9]*) -lt 3 ] ; c *([0-9]*) ; i:=*([0-9]*)",
        ),
        ("for ((i=0;i<3;i++)); do c $i; done", "c *([0-9]*)"),
        (
            "i=3; while [ $i -gt 0 ]; do c $i; i=$((i-1)); done; c $i",
            "i:=3 ; [ ? -gt 0 ] ; c ? ; i:=? ; c ?",
        ),
        (
            "i=3; until [ $i -eq 0 ]; do ((i -= 1)); c $((i * -2)) $((2 - i)); done",
            "i:=3 ; [ ? -eq 0 ] ; (( \"i -= 1\" ; c ? ?",
        ),
        ("for ((i=3;i>0;i--)); do c \"$i\" a$i; done", "c ? a?"),
        ("i=-3; while a; do i=$(($i+1)); [[ $i -lt 0 ]]; done", "i:=-3 ; a ; i:=? ; [[ ? -lt 0 ]]"),
    ]);
}
