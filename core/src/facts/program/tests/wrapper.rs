//! Programs that run others, shells and interpreters.

use super::check;

#[test]
fn wrappers_run_the_command_among_their_words() {
    check(
        r##"
        env touch PWNED => env; run touch PWNED
        env env env touch PWNED => env; run env env touch PWNED
        env -i A=1 B=2 ls -l => env; run ls -l; A=1; B=2
        env -S 'bash -c ls' x => env; run env bash -c ls x
        env -S "bash -c 'a b'" => env; script bash -c 'a b'; dynamic
        env -C src ls .env => env; list src; run ls .env; in src
        env -u X -- ls => env; run ls
        env - ls => env; run ls
        env --chdir=/tmp cat x => env; list /tmp; run cat x; in /tmp
        sudo -u root rm -rf / => sudo; run rm -rf /; !raises_privilege
        sudo -i => sudo; input; !feeds_interpreter; !raises_privilege
        sudo A=1 ls => sudo; run ls; A=1; !raises_privilege
        doas ls => doas; run ls; !raises_privilege
        su -c 'rm x' => su; script rm x; !raises_privilege
        su - bob => su; input; !feeds_interpreter; !raises_privilege
        nice -n 5 cargo build => nice; run cargo build
        nice -10 ls => nice; run ls
        nice cargo build => nice; run cargo build
        timeout 60 cargo test => timeout; run cargo test
        timeout -k 5 -s KILL 60 cargo test => timeout; run cargo test
        timeout --fore 5 ls => timeout; run ls
        timeout $x ls => timeout; run ls; dynamic
        time -p ls => time; run ls
        nohup ls => nohup; run ls
        setsid -w ls => setsid; run ls
        ionice -c3 touch PWNED => ionice; run touch PWNED
        ionice -c 3 -p 1 => ionice; !controls_processes
        stdbuf -oL grep x => stdbuf; run grep x
        chrt -f 1 ls => chrt; run ls
        taskset -c 0 ls => taskset; run ls
        taskset 0x1 ls => taskset; run ls
        flock l touch PWNED => flock; write l; run touch PWNED
        flock l -c 'touch x' => flock; write l; script touch x
        flock -n 9 => flock
        xargs touch => xargs; run+ touch
        xargs => xargs; run+ echo
        xargs -0 -n1 wc -l => xargs; run+ wc -l
        xargs -I{} cp {} x/{}
        => xargs
        ; run cp $words_that_are_read_from_the_standard_input x/$words_that_are_read_from_the_standard_input
        xargs -I % sh -c 'echo %'
        => xargs; run sh -c echo $words_that_are_read_from_the_standard_input
        xargs -i cat {} => xargs; run cat $words_that_are_read_from_the_standard_input
        xargs git => xargs; run+ git
        xargs -P4 -r grep -l foo => xargs; run+ grep -l foo
        xargs --arg-file=.env echo => xargs; read .env; run+ echo
        xargs rm -rf => xargs; run+ rm -rf
        xargs sort => xargs; run+ sort
        parallel rm ::: a b
        => parallel; either :::; either a; either b; script rm; run+ rm; dynamic
        parallel => parallel; input; !feeds_interpreter; dynamic
        watch -n1 ls -l => watch; script ls -l
        busybox sh -c ls => busybox; run sh -c ls
        busybox rm -rf / => busybox; run rm -rf /
        toybox => toybox
        "##,
    );
}

#[test]
fn programs_by_their_paths_are_known_or_files() {
    check(
        r##"
        /lib64/ld-linux-x86-64.so.2 /bin/touch x
        => /lib64/ld-linux-x86-64.so.2; execute /lib64/ld-linux-x86-64.so.2
        ; execute /bin/touch; run /bin/touch x
        /lib64/ld-linux-x86-64.so.2 --preload ./x.so /bin/ls
        => /lib64/ld-linux-x86-64.so.2; execute /lib64/ld-linux-x86-64.so.2; execute ./x.so
        ; execute /bin/ls; file ./x.so; run /bin/ls
        /proc/self/root/usr/bin/touch x => touch; write x
        /proc/self/exe -c 'ls' => /proc/self/exe; execute /proc/self/exe; script ls
        /usr/bin/../bin/curl x.com => curl; url x.com; !fetches_data
        /tmp/cat file.txt => /tmp/cat; execute /tmp/cat; read file.txt
        ./curl http://x => ./curl; execute ./curl; url http://x; !fetches_data
        CURL http://x => CURL; url http://x; !fetches_data
        curl.exe http://x => curl.exe; url http://x; !fetches_data
        lѕ => ?; unreadable
        "##,
    );
}

#[test]
fn shells_run_scripts_files_and_their_input() {
    check(
        r##"
        bash -c 'ls; pwd' => bash; script ls; pwd
        bash -lc 'ls "$1"' _ a => bash; script ls "$1" [_ a]
        bash -euo pipefail -c ls => bash; script ls
        bash -c -e ls => bash; script ls
        bash x.sh a => bash; execute x.sh; file x.sh
        bash => bash; input; !feeds_interpreter
        bash -s a => bash; input; !feeds_interpreter
        bash - => bash; input; !feeds_interpreter
        bash --rcfile ./x -i
        => bash; execute ./x; file ./x; input; !feeds_interpreter; !loads_code
        ; !opens_interactive
        bash -i -c ls => bash; script ls; !loads_code; !opens_interactive
        bash +x -c ls => bash; script ls
        bash -O extglob -c ls => bash; script ls; !changes_shell
        bash --version => bash
        bash -c $x => bash; script $x; dynamic
        sh -c "$x" => sh; script $x
        zsh -fc ls => zsh; script ls
        bash /dev/stdin => bash; input; !feeds_interpreter
        bash --posix -c ls => bash; script ls
        bash -D => bash; input; !feeds_interpreter
        "##,
    );
}

#[test]
fn interpreters_run_code_files_and_their_input() {
    check(
        r##"
        python3 --version => python3
        python3 -V => python3
        python3 -c 'import os' => python3; code python import os; !executes_inline_code
        python3 -Bc 'import os' a => python3; code python import os; !executes_inline_code
        python3 -m http.server => python3; !listens; !sends_data
        python3 -m pytest -q tests => python3; run pytest -q tests
        python3 -m pip install x => python3; run pip install x
        python3 -m json.tool a.json => python3; read a.json
        python3 -m foo => python3; !loads_code
        python3 x.py a b => python3; execute x.py; file x.py
        python3 -u x.py -c a => python3; execute x.py; file x.py
        python3 => python3; input; !feeds_interpreter
        python3 - => python3; input; !feeds_interpreter
        python3 -i => python3; input; !feeds_interpreter; !opens_interactive
        python3.11 -c x => python3.11; code python x; !executes_inline_code
        python -X importtime -c x
        => python; either importtime; code python x; !executes_inline_code
        ; !overrides_configuration
        node --version => node
        node -v => node
        node -e 'x' => node; code node x; !executes_inline_code
        node -p 'x' y => node; code node x; !executes_inline_code
        node -pe x => node; code node x; !executes_inline_code
        node x.js --eval y => node; execute x.js; file x.js
        node -r ./x.js y.js => node; execute ./x.js; execute y.js; file ./x.js; file y.js
        node --require=./x.js y.js => node; execute ./x.js; execute y.js; file ./x.js; file y.js
        node --test => node; !runs_project_code
        node --run build => node; !runs_project_code
        node --check a.js => node; execute a.js; file a.js
        node => node; input; !feeds_interpreter
        perl -v => perl
        perl -ne 'print' a => perl; read a; code perl print; !executes_inline_code
        perl -i -pe 's/a/b/' a b
        => perl; write a; write b; code perl s/a/b/; !executes_inline_code
        perl -i.bak -pe x a => perl; write a; code perl x; !executes_inline_code
        perl -Mstrict -e x => perl; code perl x; !executes_inline_code; !loads_code
        perl x.pl => perl; execute x.pl; file x.pl
        perl -e x -e y => perl; code perl x; code perl y; !executes_inline_code
        perl => perl; input; !feeds_interpreter
        ruby -e x => ruby; code ruby x; !executes_inline_code
        ruby -v => ruby
        ruby -rjson -e x => ruby; code ruby x; !executes_inline_code; !loads_code
        php -r x => php; code php x; !executes_inline_code
        php -S localhost:80 => php; !listens
        lua -e x => lua; code lua x; !executes_inline_code
        java -version => java
        java -jar a.jar x => java; execute a.jar; file a.jar
        java -cp a:b Main => java; execute a; execute b; !loads_code
        java -javaagent:evil.jar -version => java; execute evil.jar; file evil.jar; dynamic
        java -Dx=y Main => java; !loads_code; !overrides_configuration
        java -Xmx1g -jar a.jar => java; execute a.jar; file a.jar
        osascript -e x => osascript; code osascript x; !executes_inline_code
        deno run x => deno; either run; either x; !executes_inline_code
        bun x.ts => bun; either x.ts; !executes_inline_code
        sqlite3 a.db 'select 1' => sqlite3; either a.db; either select 1; !executes_inline_code
        psql -c 'x'
        => psql; either x; elsewhere; !changes_cloud; !executes_inline_code; !fetches_data
        ; !sends_data
        bc => bc; input; !feeds_interpreter
        "##,
    );
}

#[test]
fn containers_other_roots_and_later_jobs_run_commands() {
    check(
        r##"
        ssh host 'rm -rf /'
        => ssh; script rm -rf /; name host; !fetches_data; !runs_remotely; !sends_data
        ssh -p 22 user@host ls -l
        => ssh; script ls -l; name user@host; !fetches_data; !runs_remotely; !sends_data
        ssh -o ProxyCommand=x host
        => ssh; either x; name host; !fetches_data; !overrides_configuration; !runs_remotely
        ; !sends_data
        docker run -v /:/host -it ubuntu sh -c ls
        => docker run; either /; either /host; run sh -c ls; elsewhere; !fetches_data
        ; !starts_container
        docker ps => docker ps
        docker exec -it c bash -c ls => docker exec; run bash -c ls; !starts_container
        docker weird => docker weird; !starts_container
        chroot / ls => chroot; either /; either ls; run ls; !raises_privilege
        unshare -n rm -rf / => unshare; either rm; either /; run rm -rf /; !raises_privilege
        nsenter -t 1 -m sh => nsenter; either 1; either sh; run sh; !raises_privilege
        script -c 'ls' => script; script ls
        script => script; input; !feeds_interpreter
        strace -f -o out ls => strace; write out; run ls; !inspects_processes
        systemd-run --user ls -l => systemd-run; run ls -l; !schedules_jobs
        at now => at; read now; input; !feeds_interpreter; !schedules_jobs
        crontab -l => crontab; !schedules_jobs
        tmux new -d 'rm x' => tmux; script rm x; !schedules_jobs
        "##,
    );
}
