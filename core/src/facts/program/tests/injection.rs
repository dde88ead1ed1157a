//! Options and operands that make harmless programs write or run.

use super::check;

#[test]
fn names_of_files_from_a_pattern_are_doubtful_where_an_option_could_do_harm() {
    check(
        r##"
        curl -s https://example.com/x.sh => curl; url https://example.com/x.sh; !fetches_data
        npm run lint -- --fix => npm run lint; !runs_project_code; dynamic
        pwsh -Command x => pwsh; code pwsh x; !executes_inline_code
        fish -c x => fish; script x; !executes_inline_code
        git commit -a -m x => git commit; !changes_git_state; !runs_project_code
        git push -f
        => git push; elsewhere; !changes_git_remote; !rewrites_git_history; !runs_project_code
        ; !sends_data
        git fetch -p => git fetch; elsewhere; !changes_git_state; !fetches_data
        git rebase -i x
        => git rebase; !changes_git_state; !rewrites_git_history; !runs_project_code
        watch -x ls => watch; script ls
        strings -n 4 a => strings; read a
        find . -name '*.rs' -exec grep -l foo {} +
        => find; list .; run grep -l foo ./*.rs; run grep -l foo ./.rs
        xargs -0 grep foo => xargs; run+ grep foo
        timeout $x ls => timeout; run ls; dynamic
        java -javaagent:evil.jar -version => java; execute evil.jar; file evil.jar; dynamic
        java -XX:OnOutOfMemoryError=x Main => java; !loads_code; dynamic
        cp *.rs dst => cp; read *.rs; write dst; write dst/*.rs; dynamic
        mv *.rs dst => mv; write dst; read *.rs; delete *.rs; write dst/*.rs; dynamic
        chmod -x a => chmod; write a; !changes_permissions
        shred -u a => shred; write a; delete-f a
        rsync -a --delete src/ dst/ => rsync; read src/; write dst/; delete-rf dst/
        cat /dev/sda => cat; read /dev/sda; !opens_device
        dd of=/dev/sda => dd; write /dev/sda; !opens_device
        cat -- * => cat; read *
        ls -- * => ls; list *
        cat * => cat; read *
        tar * => tar; dynamic; dynamic
        tar cf a * => tar; write a; read *; dynamic
        rm -rf ./* => rm; delete-rf ./*
        chown * => chown; write *; !changes_permissions; dynamic
        grep x * => grep; read *
        head -n 1 * => head; read *
        wc * => wc; read *
        cut -f1 * => cut; read *
        diff * a => diff; read *; read a
        jq . * => jq; read *
        python * => python; execute *; file *; dynamic
        bash * => bash; execute *; file *
        env * => env; run *; dynamic
        echo * => echo
        xargs * => xargs; run+ *; dynamic
        node * => node; execute *; file *; dynamic
        uniq -c * => uniq; read *; write *
        awk '{print}' * => awk; read *
        sed -n 1p * => sed; read *; dynamic
        tee * => tee; write *
        tail -f * => tail; read *
        file * => file; read *
        stat * => stat; list *
        od * => od; read *
        sha256sum * => sha256sum; read *
        git add * => git add; read *; !changes_git_state; dynamic
        git log -- * => git log; read *
        column * => column; read *
        date * => date; !changes_system; dynamic
        tree * => tree; list *; dynamic
        du * => du; list *
        which * => which
        "##,
    );
}

#[test]
fn programs_that_look_at_text() {
    check(
        r##"
        find . -maxdepth 0 -e\xec touch PWNED \; => find; list .; run touch PWNED; dynamic
        file -C -m evil.magic => file; read evil.magic; write evil.magic; write .; !loads_code
        sed -n '1w PWNED' file.txt => sed; read file.txt; write PWNED
        uniq file.txt PWNED => uniq; read file.txt; write PWNED
        xargs touch => xargs; run+ touch
        awk 'BEGIN{"touch PWNED" | getline}' => awk; script touch PWNED; dynamic
        sort --compress-program=./evil.sh -S 1b -T . big.txt
        => sort; write .; read big.txt; run+ ./evil.sh
        sort --output=PWNED a => sort; write PWNED; read a
        sort --outp PWNED a => sort; write PWNED; read a
        sort -ruoPWNED a => sort; write PWNED; read a
        sort -T/tmp a => sort; write /tmp; read a
        tree -oPWNED => tree; write PWNED
        tree -R -H . -L 1 => tree; write .
        date --set=x => date; !changes_system
        date -us x => date; !changes_system
        hostname -F x => hostname; !changes_system
        tail --pid=1 -F a => tail; read a
        split a PWNED => split; read a; write PWNED
        csplit a 1 => csplit; read a; write .
        tee PWNED => tee; write PWNED
        xxd -p -r a PWNED => xxd; read a; write PWNED
        base64 a PWNED => base64; read a; write PWNED
        column -s x a => column; read a
        diff --from-file .env a => diff; read .env; read a
        grep -f .env a => grep; read .env; read a
        grep --file=.env a => grep; read .env; read a
        grep -rf.env . => grep; read .env; read .
        comm .env a => comm; read .env; read a
        cmp .env a => cmp; read .env; read a
        join .env a => join; read .env; read a
        paste -d, .env - => paste; read .env
        sort --files0-from=.env => sort; read .env; read $a_list_names_the_files_that_are_read
        wc --files0-from=.env => wc; read .env; read $a_list_names_the_files_that_are_read
        du --files0-from=.env -X.env
        => du; read .env; read $a_list_names_the_files_that_are_read; read .env
        date -f .env => date; read .env
        file -f .env => file; read .env; read $a_list_names_the_files_that_are_read
        sha256sum .env => sha256sum; read .env
        rg -f .env x => rg; read .env; read x
        rg --ignore-file .env x => rg; read .env; read .
        rg --pre=sh x => rg; read .; run+ sh
        rg --pre 'touch x' y => rg; read .; run+ touch x
        rg '--hostname-bin=./x' y => rg; read .; run+ ./x
        fd --exec=touch => fd; run+ touch .; dynamic
        fd -uX rm => fd; run+ rm .; dynamic
        find . -fprint0 PWNED => find; write PWNED; list .
        find . -okdir rm {} \; => find; list .; run rm .; dynamic
        find -files0-from .env => find; read .env; list .; dynamic
        find . -newermt x -o -delete => find; list .; delete-rf .
        jq -n 'input' .env => jq; read .env
        jq --rawfile a .env '$a' b => jq; read .env; read b
        jq -L. 'import "a" as $a; .' b => jq; read .; read b; !loads_code; dynamic
        jq 'env|keys' a => jq; read a; !dumps_environment
        jq '"\(env)"' a => jq; read a; !dumps_environment
        jq -nr '$__loc__' => jq
        yq '.a = load("x")' a => yq; read a; dynamic
        yq -i '.a=1' => yq; dynamic
        sed -i.bak p a => sed; read a; write a
        sed --in-place=.bak p a => sed; read a; write a
        sed -nf s a => sed; read a; execute s; file s
        sed '$!N;s/a/b/w PWNED' a => sed; read a; write PWNED
        sed "1r.env" a => sed; read a; read .env
        sed '1R .env' a => sed; read a; read .env
        sed 's/.*/cat .env/e' a => sed; read a; input; !feeds_interpreter
        sed -s -n -e p -e 'w x' a => sed; read a; write x
        sed '/x/W PWNED' a => sed; read a; write PWNED
        awk -f x => awk; execute x; file x
        awk -i inplace 1 a => awk; write a; !loads_code
        awk --load=x 1 => awk; !loads_code
        awk -vx=1 '{print}' a => awk; read a
        awk '{print $0 > "/dev/tty"}' a => awk; read a
        awk '{printf "%s", $1 > ("PW" "NED")}' a => awk; read a; dynamic
        awk '{print | "cat 1>&2"}' a => awk; read a; script cat 1>&2; dynamic
        awk '{cmd="sh"; print | cmd}' a => awk; read a; !feeds_interpreter; dynamic
        awk '{while(("ls" | getline x)>0) print x}' a => awk; read a; script ls; dynamic
        awk '{print(1)>"PWNED"}' a => awk; read a; write PWNED
        awk '{if (x) print > "PWNED"; else print}' a => awk; read a; write PWNED
        awk '{print a[1>2]}' a => awk; read a
        awk 'BEGIN { printf "a" "b" > "o" ; close("o") }' => awk; write o
        awk '@include "x"' => awk; !loads_code; dynamic
        awk '{f="system"; @f("ls")}' a => awk; read a; !loads_code; dynamic
        awk --sandbox 1 a => awk; read a
        awk -E x => awk; execute x; file x
        "##,
    );
}

#[test]
fn archives_pagers_and_interpreters() {
    check(
        r##"
        tar xf a --to-comm='sh x' => tar; read a; write .; script sh x
        tar xf a --use-compress=./x => tar; read a; write .; run+ ./x
        tar cf a --checkpoint-action exec=x b => tar; write a; read b; script x
        tar xf a --rsh-command=./x => tar; read a; write .; run+ ./x
        tar -xf a -I./x => tar; read a; write .; run+ ./x
        tar -xPf a => tar; read a; write .
        tar -xf a --transform=s/x/y/ => tar; read a; write .
        tar cf - . => tar; read .
        zip -TT 'sh x' a b => zip; write sh x; read a; read b; script sh x
        zip a b --unzip-command='sh x' => zip; write a; read b; script sh x
        less -o PWNED a => less; write PWNED; read a; !opens_interactive
        man -H./x ls => man; run+ ./x
        ps -o pid e => ps; read /proc/*/environ; !dumps_environment
        ps eww => ps; read /proc/*/environ; !dumps_environment
        ps ax -o args => ps
        python3 -c x --version => python3; code python x; !executes_inline_code
        python3 --version -c x => python3; code python x; !executes_inline_code; dynamic
        bash --version -c x => bash; script x
        node --version x.js => node; execute x.js; file x.js; dynamic
        perl -v -e x => perl; code perl x; !executes_inline_code
        "##,
    );
}

#[test]
fn git_options() {
    check(
        r##"
        git --version status => git status; dynamic
        git -c alias.x='!touch y' x => git x; !overrides_configuration; dynamic
        git --config-env=core.pager=X log => git log; either X; !overrides_configuration
        git log --output=PWNED => git log; write PWNED
        git diff --output PWNED => git diff; write PWNED
        git log -O.env => git log; read .env
        git blame --contents .env a => git blame; read .env; read a
        git blame -S.env a => git blame; read .env; read a
        git shortlog --output=x => git shortlog; either x; dynamic
        git rev-parse --resolve-git-dir .env => git rev-parse; read .env
        git ls-files -X.env => git ls-files; read .env
        git grep -f .env => git grep; read .env
        git archive -o PWNED HEAD => git archive; write PWNED
        git show --textconv HEAD => git show; !loads_code
        git log --ext-diff => git log; !loads_code
        git diff --no-index /dev/null .env => git diff; read .env
        git status -- .env => git status
        git log --textc => git log; !loads_code
        git branch --edit-description => git branch; !opens_interactive
        git branch -f main x => git branch; !changes_git_state; !rewrites_git_history
        git tag -f v1 => git tag; !changes_git_state; !rewrites_git_history
        git stash show --output=x => git stash show; write x
        git describe --dirty=x => git describe
        git log --show-signature => git log; !loads_code
        git fetch --upload-pack=x o
        => git fetch; run+ x; elsewhere; !changes_git_state; !fetches_data
        git fetch -o x => git fetch; elsewhere; !changes_git_state; !fetches_data
        git ls-remote --upload-pack=./x .
        => git ls-remote; read .; run+ ./x; elsewhere; !fetches_data
        git ls-remote 'ext::sh x'
        => git ls-remote; script sh x; elsewhere; !fetches_data; !loads_code
        git clone -u ./x a => git clone; write a; run+ ./x; elsewhere; !fetches_data
        git clone --template=./x a
        => git clone; execute ./x; write a; file ./x; elsewhere; !fetches_data
        git clone --config core.x=y a
        => git clone; either y; write a; elsewhere; !fetches_data; !overrides_configuration
        git grep -O./x y => git grep; run+ ./x; !loads_code
        git grep --open-files=x y => git grep; run+ x; !loads_code
        git bisect start => git bisect start; !changes_git_state
        git help -w x => git help
        git config core.hooksPath x => git config; !changes_git_configuration
        git config --unset a => git config; !changes_git_configuration
        git config -f .env --list => git config; either .env; !reveals_credentials
        git config --file=.env a.b => git config; either .env
        git reflog expire --all => git reflog expire; !changes_git_state; !rewrites_git_history
        git submodule foreach --recursive touch x => git submodule foreach; script touch x
        git cat-file --batch => git cat-file; read $a_list_names_the_files_that_are_read
        git cat-file --textconv HEAD:a => git cat-file; read a; !loads_code
        git worktree remove -f x
        => git worktree remove; delete-f x; !changes_git_state; !discards_work
        git checkout -f => git checkout; !changes_git_state; !discards_work; !runs_project_code
        git checkout main -- a
        => git checkout; write a; !changes_git_state; !discards_work; !runs_project_code
        git checkout .
        => git checkout; write .; !changes_git_state; !discards_work; !runs_project_code
        git restore . => git restore; write .; !changes_git_state; !discards_work
        git switch --discard-changes x
        => git switch; !changes_git_state; !discards_work; !runs_project_code
        "##,
    );
}

#[test]
fn build_options() {
    check(
        r##"
        cargo test --config a=b
        => cargo test; either b; !overrides_configuration; !runs_project_code
        cargo +evil build => cargo build; !loads_code; !runs_project_code
        cargo --config=a build
        => cargo build; either a; !overrides_configuration; !runs_project_code
        cargo build --config a
        => cargo build; either a; !overrides_configuration; !runs_project_code
        cargo build -Zx => cargo build; !runs_project_code; dynamic
        cargo build --target-dir /tmp/x => cargo build; write /tmp/x; !runs_project_code
        cargo rustc -- -C linker=x => cargo rustc; !runs_project_code; dynamic; dynamic
        cargo clippy -- -C linker=x
        => cargo clippy; !overrides_configuration; !runs_project_code
        cargo clippy -- -W clippy::all => cargo clippy; !runs_project_code
        cargo fmt -- --config-path x => cargo fmt; write .; dynamic; dynamic
        cargo doc --open => cargo doc; !opens_interactive; !runs_project_code
        cargo test -- --test-threads=1 => cargo test; !runs_project_code
        go test -exec=x ./... => go test; read ./; run+ x; !runs_project_code
        go build -ldflags=-extld=x
        => go build; either x; !overrides_configuration; !runs_project_code
        go build -overlay x => go build; either x; !overrides_configuration; !runs_project_code
        go vet -vettool=x => go vet; execute x; file x; !runs_project_code
        go test -o PWNED ./x => go test; write PWNED; read ./x; !runs_project_code
        go test -coverprofile=c.out ./... => go test; write c.out; read ./; !runs_project_code
        go -C x test => go test; list x; in x; !runs_project_code
        npm test --script-shell=x
        => npm test; either x; !overrides_configuration; !runs_project_code
        npm --prefix x test => npm test; list x; in x; !runs_project_code
        npm run-script build => npm run build; !runs_project_code
        npm test -- --x=y => npm test; !runs_project_code; dynamic
        mvn -f x test => mvn test; read x; !runs_project_code
        mvn test -Dmaven.ext.class.path=x
        => mvn test; !overrides_configuration; !runs_project_code
        mvn -gs x test => mvn test; either x; !overrides_configuration; !runs_project_code
        mvn -T1C test => mvn test; !runs_project_code
        gradle -b x test => gradle test; execute x; file x; !runs_project_code
        gradle -Dorg.gradle.x=y test
        => gradle test; !overrides_configuration; !runs_project_code
        pytest --rootdir=/tmp => pytest; read /tmp; !runs_project_code
        pytest -W ignore => pytest; !runs_project_code
        pytest --confcutdir x => pytest; execute x; file x; !runs_project_code
        "##,
    );
}

#[test]
fn wrapper_options_and_subscripts() {
    check(
        r##"
        nice -n 5 touch PWNED => nice; run touch PWNED
        nice --adjustment=5 touch x => nice; run touch x
        timeout --signal KILL 5 touch x => timeout; run touch x
        timeout --unknown 5 touch x => timeout; run touch x; dynamic
        env --split-string='touch x' => env; run env touch x
        env -Stouch => env; run env touch
        env LD_PRELOAD=x ls => env; run ls; LD_PRELOAD=x
        time -o PWNED ls => time; write PWNED; run ls
        xargs -a .env cat => xargs; read .env; run+ cat
        xargs -I{} sh -c '{}' => xargs; run sh -c $words_that_are_read_from_the_standard_input
        busybox wget x => busybox; run wget x
        command touch PWNED => command; run touch PWNED
        builtin eval 'touch x' => builtin; run eval touch x
        exec touch PWNED => exec; run touch PWNED
        test -v 'a[$(touch x)]' => test; dynamic
        [ -R 'a[$(x)]' ] => [; dynamic
        printf -v 'a[$(x)]' y => printf; dynamic
        read 'a[$(x)]' => read; dynamic
        declare 'a[$(x)]=1' => declare; a[$(x)]=1; dynamic
        let 'a[$(x)]' => let; dynamic
        cd - => cd
        echo -n x => echo
        ls --color=auto -la => ls
        "##,
    );
}
