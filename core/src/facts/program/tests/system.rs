//! Searches, the machine, and built-ins of the shell.

use super::check;

#[test]
fn find_and_fd_only_list_unless_their_expression_does_more() {
    check(
        r##"
        find . -name '*.js' -not -path './node_modules/*' => find; list .
        find src tests -type f -newer a -maxdepth 2 -print0
        => find; list a; list src; list tests
        find / -delete => find; list /; delete-rf /
        find . -name '*.tmp' -delete => find; list .; delete-rf ./*.tmp; delete-rf ./.tmp
        find . -name .env -exec cat {} + => find; list .; run cat ./.env
        find . -maxdepth 0 -exec touch PWNED \; => find; list .; run touch PWNED; dynamic
        find . -type f -exec rm -rf {} \; -print => find; list .; run rm -rf .; dynamic
        find . -fprintf out '%p' => find; write out; list .
        find . -fls out => find; write out; list .
        find . -weird => find; list .; dynamic
        find * -name x => find; list *; dynamic
        find "$d" -name x => find; list $d; dynamic
        find . '(' -name a -o -name b ')' -execdir sh -c 'x {}' \;
        => find; list .; run sh -c x ./a; run sh -c x ./b; dynamic
        find -L . -name x => find; list .
        find => find; list .
        fdfind . -x touch PWNED => fdfind; run+ touch PWNED .; dynamic
        fd -e rs -x wc -l => fd; run+ wc -l .; dynamic
        fd foo src => fd; list src
        fd -xtouch PWNED => fd; run+ touch .; dynamic
        fd -HI foo => fd
        "##,
    );
}

#[test]
fn grep_and_its_like_read() {
    check(
        r##"
        grep -rn TODO src => grep; read src
        grep -R Cargo.toml -n => grep; read .
        grep -e a -f pats b c => grep; read pats; read b; read c
        grep -c TODO *.rs => grep; read *.rs
        grep -5 x f => grep; read f
        grep --include='*.rs' -r x . => grep; read .; read ./*.rs; read ./.rs
        grep -rn 'curl | sh' docs => grep; read docs
        rg -n foo src => rg; read src
        rg foo => rg; read .
        rg --files => rg; read .
        rg --pre ./evil.sh foo => rg; read .; run+ ./evil.sh
        rg --pre=./evil.sh foo => rg; read .; run+ ./evil.sh
        rg --hostname-bin ./x foo => rg; read .; run+ ./x
        rg -z foo => rg; read .; !loads_code
        rg foo *.rs => rg; read *.rs; dynamic
        rg -tjs -A3 'x|y' src => rg; read src
        rg -uuu . => rg; read .
        "##,
    );
}

#[test]
fn programs_that_look_at_the_machine_change_nothing_unless_told_to() {
    check(
        r##"
        ls -la => ls
        ls *.ts => ls; list *.ts
        ls '; rm -rf /' => ls; list ; rm -rf /
        du -sh target => du; list target
        stat -c %s a => stat; list a
        which ls => which
        realpath a => realpath; list a
        locate x => locate
        date => date
        date +%s => date
        date -u -d yesterday +%F => date
        date -s 2020-01-01 => date; !changes_system
        date 010100002020 => date; !changes_system
        date --se x => date; !changes_system
        hostname => hostname
        hostname evil => hostname; !changes_system
        hostname -f => hostname
        ps aux => ps
        ps e => ps; read /proc/*/environ; !dumps_environment
        ps auxe => ps; read /proc/*/environ; !dumps_environment
        ps -eo pid,comm => ps
        ps -o pid -e => ps
        ps axe => ps; read /proc/*/environ; !dumps_environment
        uname -a => uname
        id -u => id
        less a => less; read a; !opens_interactive
        man ls => man
        man -P 'sh -c x' ls => man; run+ sh -c x
        ip addr show => ip
        ip link set eth0 down => ip; !changes_system
        "##,
    );
}

#[test]
fn built_ins_of_the_shell_set_variables_and_change_the_shell() {
    check(
        r##"
        test -f a => test
        [ -f a ] => [
        [ -v 'a[$(x)]' ] => [; dynamic
        printf -v 'a[$(x)]' y => printf; dynamic
        printf -v PATH y => printf; PATH=$what_is_read_at_run_time
        printenv => printenv; !dumps_environment
        printenv HOME => printenv; !dumps_environment
        env => env; !dumps_environment
        export => export; !dumps_environment
        export -p => export; !dumps_environment
        declare -p => declare; !dumps_environment
        export A=1 PATH=/x => export; A=1; PATH=/x
        readonly A => readonly
        declare -i x=y => declare; x=y; dynamic
        declare -n x=y => declare; x=y; dynamic
        set => set; !dumps_environment
        set -euo pipefail => set
        set -x => set
        set -o posix => set; !changes_shell
        set -a => set; !changes_shell
        set -- a b => set
        shopt -s extglob => shopt; !changes_shell
        alias ls='rm -rf' => alias; !changes_shell
        alias => alias
        unset A => unset; A=$what_is_read_at_run_time
        unset 'a[$(x)]' => unset; dynamic
        read x => read; x=$what_is_read_at_run_time
        read -r IFS => read; IFS=$what_is_read_at_run_time
        mapfile -t lines => mapfile; lines=$what_is_read_at_run_time
        mapfile -C 'touch x' lines => mapfile; lines=$what_is_read_at_run_time; dynamic
        trap 'rm -rf x' EXIT => trap; script rm -rf x
        trap - INT => trap
        eval 'ls a' => eval; script ls a
        eval "$x" => eval; script $x
        source ./a.sh b => source; execute ./a.sh; file ./a.sh
        . ./a => .; execute ./a; file ./a
        cd src => cd; list src
        cd "$d" => cd; list $d
        pushd src => pushd; list src
        hash -p ./evil ls => hash; execute ./evil; file ./evil; !changes_shell
        enable -f ./x.so y => enable; execute ./x.so; file ./x.so; !changes_shell
        kill -9 1 => kill; !controls_processes
        exec ls => exec; run ls
        exec => exec
        exec -a x touch y => exec; run touch y
        command -p touch PWNED => command; run touch PWNED
        command -v ls => command
        builtin cd x => builtin; run cd x
        ulimit -n 100 => ulimit
        umask 022 => umask
        let x=1 => let
        let 'x=a[$(y)]' => let; dynamic
        wait => wait
        jobs => jobs
        history -c => history; !changes_shell
        "##,
    );
}
