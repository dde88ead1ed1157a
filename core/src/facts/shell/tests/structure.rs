//! What runs, in which order, from where and fed by what.

use crate::facts::shell::DoubtKind;
use crate::facts::shell::tests::check;
use crate::facts::shell::tests::sees;

#[test]
fn lists_and_compound_commands_are_walked() {
    check(&[
        ("a && b || c; d & e\nf", "a ; b ; c ; d & ; e ; f"),
        ("(a; b); { c; }", "a ; b ; c"),
        ("if a; then b; elif c; then d; else e; fi", "a ; b ; c ; d ; e"),
        ("while a; do b; done; until c; do d; done", "a ; b ; c ; d"),
        ("case x in a|b) c;; *) d;& e) f;;& esac", "c ; d ; f"),
        ("! a; time b; time -p c; ! ! d", "a ; b ; c ; d"),
        ("[[ a == b* && ! -f c ]]; [ -f d ]", "[[ a == b* && ! -f c ]] ; [ -f d ]"),
        ("[[ ( a || -z b ) && ! ( c < d ) ]]", "[[ ( a || -z b ) && ! ( c < d ) ]]"),
        ("[[ ! ! -a b && x =~ ^(a|b)$ ]]", "[[ ! ! -a b && x =~ ^(a|b)$ ]]"),
        ("[[ -f \"-z\" && -n -b && \"-z\" ]]", "[[ -f -z && -n -b && -z ]]"),
        ("((a) | b)", "a ; b <-0..1"),
        ("coproc touch P", "touch P &"),
        ("if a; then b; fi >x <y", "1>x 0<y ; a <-0..1 ; b <-0..1"),
    ]);
}

#[test]
fn pipes_tell_what_is_read() {
    check(&[
        ("curl u | sh", "curl u ; sh <-0..1"),
        ("a | b |& c", "a ; b <-0..1 ; c <-1..2"),
        ("{ a; b; } | c", "a ; b ; c <-0..2"),
        ("a | { b; c; }", "a ; b <-0..1 ; c <-0..1"),
        ("bash <(curl u)", "curl u ; bash /dev/fd/?0..1"),
        ("curl u | tee >(sh)", "curl u ; sh <-2..3 ; tee /dev/fd/?1..2 <-0..1"),
        ("{ sh; } < <(curl u)", "curl u ; 0</dev/fd/?0..1 ; sh <-1..2 <-0..1"),
        ("sh <<< \"$(curl u)\"", "curl u ; sh 0<text ?0..1\"\\n\""),
        ("x=$(curl u); bash -c \"$x\"", "curl u ; x:=?0..1 ; bash -c ?0..1"),
        ("exec < f; sh", "exec 0<f ; sh <-0..1"),
        ("sh /dev/fd/3 3< <(curl u)", "curl u ; sh /dev/fd/?0..1 3</dev/fd/?0..1"),
        ("exec 3< <(curl u); sh /dev/fd/3", "curl u ; exec 3</dev/fd/?0..1 ; sh /dev/fd/?0..1"),
        ("sh /dev/fd/3 3<<< \"$(a)\"", "a ; sh /dev/fd/?0..1 3<text ?0..1\"\\n\""),
        ("cat /dev/fd/0 < <(a)", "a ; cat /dev/fd/0 0</dev/fd/?0..1"),
    ]);
}

#[test]
fn redirections_are_told_with_their_modes() {
    check(&[
        ("a >b 2>&1 >>c <d <>e", "a 1>b 2>&1 1>>c 0<d 0<>e"),
        ("a &>b &>>c >|d >&e 3<&-", "a 1>b 1>>c 1>d 1>e 3<&-"),
        ("a {f}>b", "a >b"),
        (">a", "1>a"),
        ("while a; do b; done <f >g", "0<f 1>g ; a <-0..1 ; b <-0..1"),
        ("f() { a; } >b; f", "1>b ; a"),
    ]);
}

#[test]
fn here_documents_are_texts() {
    check(&[
        ("cat <<'E' >f\n$x `y`\nE\nls", "cat 0<text \"$x `y`\\n\" 1>f ; ls"),
        ("cat <<E\na $(b)\nE", "b ; cat 0<text \"a \"?0..1\"\\n\""),
        ("a <<A <<B\n1\nA\n2\nB", "a 0<text \"1\\n\" 0<text \"2\\n\""),
        ("a <<-E\n\t\tx\n\tE", "a 0<text \"x\\n\""),
        ("a <<E'O'F\n$v\nEOF", "a 0<text \"$v\\n\""),
        ("a $(b <<E\nx\nE\n) c", "b 0<text \"x\\n\" ; a ?0..1+ c"),
    ]);
}

#[test]
fn substitutions_run_before_what_they_stand_in() {
    check(&[
        ("a \"$(b `c`)\"", "c ; b ?0..1+ ; a ?0..2"),
        ("a $(case x in x) b;; esac)", "b ; a ?0..1+"),
        ("a $( # comment ' )\nb )", "b ; a ?0..1+"),
        ("a `b \\`c\\``", "c ; b ?0..1+ ; a ?0..2+"),
        ("a ${X:-$(b)}", "b ; a ?0..1+ ; b ; a ?+"),
        ("a $((b) | c)", "b ; c <-0..1 ; a ?0..2+"),
    ]);
}

#[test]
fn folders_are_followed() {
    check(&[
        ("cd a && b; c", "cd a ; b in[a] ; c in[a][]"),
        ("cd a || exit; b", "cd a ; exit ; b in[a]"),
        ("(cd a; b); c", "cd a ; b in[a][] ; c"),
        ("cd a && cd ../b && c", "cd a ; cd ../b in[a] ; c in[a+../b]"),
        ("cd /x && a; cd && b", "cd /x ; a in[/x] ; cd in[/x][] ; b in[~]"),
        ("cd - && a", "cd - ; a in[?]"),
        ("cd a && cat $PWD/x", "cd a ; cat ./x in[a]"),
        ("p=$PWD; cd a && cat $p/x", "p:=. ; cd a ; cat ?+/x in[a]"),
        ("for d in */; do (cd \"$d\" && a); done", "cd *(*/) ; a in[*(*/)]"),
        ("CDPATH=/etc cd a && b", "CDPATH:=/etc cd a ; b in[?]"),
    ]);
}

#[test]
fn functions_are_what_their_bodies_are() {
    check(&[
        ("ls() { rm -rf /; }; ls", "rm -rf /"),
        ("f() { c \"$1\" $#; }; f .env x", "c .env 2"),
        ("function f ( c ); f; function g () ( d ); g", "c ; d"),
        ("function f { c; }; f; command f", "c ; command f"),
        ("x=a; f() { local x=b; c $x; }; f; c $x", "x:=a ; local x=b ; c b ; c a"),
        ("f() { x=b; }; x=a; f; c $x", "x:=a ; x:=b ; c b"),
        ("f() { c; }", "c"),
        ("f() { c $1; }", "c ?+ ; c"),
        ("if a; then f() { c; }; fi; f", "a ; f ; c"),
    ]);
}

#[test]
fn texts_that_are_run_are_read() {
    check(&[
        ("eval 'cat .en'v", "cat .env"),
        ("eval \"x=1; c \\$x\"; d $x", "x:=1 ; c 1 ; d 1"),
        ("trap 'rm -rf x' EXIT; a", "trap \"rm -rf x\" EXIT ; a ; rm -rf x"),
        ("alias l='curl u'", "alias \"l=curl u\" ; curl u"),
    ]);
    sees(&[
        ("eval \"$X\"", DoubtKind::Dynamic, "eval ?"),
        (
            "curl u | while read l; do eval \"$l\"; done",
            DoubtKind::Dynamic,
            "curl u ; read l <-0..1 in[][?] ; eval ?0..1 <-0..1 in[][?]",
        ),
    ]);
}

#[test]
fn what_a_subshell_sets_stays_in_it() {
    check(&[
        ("x=a; (x=b); c $x", "x:=a ; x:=b ; c a"),
        ("x=a; echo b | read x; c $x", "x:=a ; echo b ; read x <-1..2 ; c a"),
        ("x=a; x=b c $x; d $x", "x:=a ; x:=b c a ; d a"),
        ("x=1; while a; do x=2; break; x=3; done; c $x", "x:=1 ; a ; x:=2 ; break ; x:=3 ; c ?+"),
        ("f() { x=1; a && return; x=2; }; f; c $x", "x:=1 ; a ; return ; x:=2 ; c ?+"),
    ]);
}
