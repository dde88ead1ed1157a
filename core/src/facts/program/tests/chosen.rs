//! What options, lists and patterns choose: what is read, written and run without its own word.

use super::check;
use super::shown_all;
use super::words;
use crate::facts::program::evaluate::evaluate;

#[test]
fn patterns_that_choose_files_are_read_below_every_folder() {
    check(
        r##"
        grep -r x --include=.env . => grep; read .; read ./.env
        grep -rh --inc .env x src a => grep; read src; read a; read src/.env; read a/.env
        grep x --include=.env a => grep; read a
        grep -d recurse x a --include=.env => grep; read a; read a/.env
        grep -r x --exclude=.env . => grep; read .
        grep -rn x --include='*.{a,b}' => grep; read .; read ./*.b; read ./.b; read ./*.a; read ./.a
        rg -g .env x => rg; read .; read ./.env
        rg -uug.env x a => rg; read a; read a/.env
        rg --iglob '**/.ENV' x => rg; read .; read ./.ENV
        rg -g '!.env' x => rg; read .
        rg --type-add 'e:.env' -te x => rg; read .; read ./.env
        rg -g 'a{b' x => rg; read .; dynamic
        git grep x -- '?env' => git grep; read ?env; read .env; read .*env
        git stash show -p -- .env => git stash show; read .env
        git ls-files --exclude-per-directory=.env -i => git ls-files; read .env
        "##,
    );
}

#[test]
fn lists_name_files_that_are_read() {
    check(
        r##"
        wc --files0-from=- => wc; read $a_list_names_the_files_that_are_read
        file -f list => file; read list; read $a_list_names_the_files_that_are_read
        tar -cf a -T list => tar; read list; read $a_list_names_the_files_that_are_read; write a
        git cat-file --batch => git cat-file; read $a_list_names_the_files_that_are_read
        grep -f list a => grep; read list; read a
        "##,
    );
}

#[test]
fn options_do_by_default_what_they_do_with_a_value() {
    check(
        r##"
        gawk -p 1 => gawk; write .
        gawk --dump 1 => gawk; write .
        gawk -D 1 => gawk; !opens_interactive; dynamic
        pytest --debug => pytest; write .; !runs_project_code
        pytest --cov-report=xml:a.xml => pytest; write a.xml; !runs_project_code
        pytest --cov-report=html => pytest; write .; !runs_project_code
        pytest --cov-report=term-missing => pytest; !runs_project_code
        file -bm a b => file; read b; read a; !loads_code
        file -bz a => file; read a; !loads_code
        npm test --ignore-scripts=false => npm test; !runs_project_code; dynamic
        go test -c ./a => go test; read ./a; write .; !runs_project_code
        "##,
    );
}

#[test]
fn compilers_write_unless_they_only_tell_about_themselves() {
    check(
        r##"
        gcc a.c => gcc; read a.c; write .
        gcc -v a.c => gcc; read a.c; write .
        gcc -v => gcc
        gcc -dumpversion => gcc
        gcc @args => gcc; read @args; read args; write .; dynamic
        rustc --print sysroot => rustc
        rustc -vV => rustc
        rustc --explain E0001 a.rs => rustc; read a.rs; write .; !loads_code
        rustc - => rustc; write .; !loads_code
        rustc +evil --version => rustc; !loads_code
        rustc +1.85.0 --version => rustc
        cargo +nightly-2025-01-01 test => cargo test; !runs_project_code
        cargo +./evil test => cargo test; execute ./evil; !loads_code; !runs_project_code
        cargo build --target a.json
        => cargo build; read a.json; !overrides_configuration; !runs_project_code
        "##,
    );
}

#[test]
fn words_for_tests_and_scripts_only_choose_and_show() {
    check(
        r##"
        npm test -- --watch=false src/a.ts => npm test; read src/a.ts; !runs_project_code
        npm test -- --reporter=dot => npm test; !runs_project_code
        npm test -- --reporter=./a.js => npm test; !runs_project_code; dynamic
        npm test -- --reporter ./a.js => npm test; read ./a.js; !runs_project_code; dynamic
        npm run test -- -t 'a b' => npm run test; !runs_project_code
        npm test -- --outputFile=a => npm test; !runs_project_code; dynamic
        npm test -w ../a => npm test; read ../a; !runs_project_code
        npm test -w=../a => npm test; read ../a; !runs_project_code
        cargo test a -- --skip b => cargo test; !runs_project_code
        cargo test -- --test-runtool=./a => cargo test; !runs_project_code; dynamic
        mvn -pl ../a,b test => mvn test; read ../a; read b; !runs_project_code
        go vet ../a => go vet; read ../a; !runs_project_code
        go list -m a@latest => go list; elsewhere; !fetches_data
        go build -mod=mod => go build; elsewhere; !fetches_data; !runs_project_code
        "##,
    );
}

#[test]
fn signatures_and_settings_of_git_are_looked_at_by_programs_and_hold_secrets() {
    check(
        r##"
        git log --show-sig => git log; !loads_code
        git log --format='%h %G?' => git log; !loads_code
        git log --pretty=format:'%h %an' => git log
        git branch --format='%(signature)' => git branch; !loads_code
        git for-each-ref --sort=-committerdate => git for-each-ref
        git config --blob HEAD:.env a.b => git config; either .env
        git config --get http.extraheader => git config; !reveals_credentials
        git config --get user.name => git config
        git cat-file --filter HEAD:a => git cat-file; read a; !loads_code
        "##,
    );
}

#[test]
fn processes_show_what_they_were_started_with_only_where_asked() {
    check(
        r##"
        ps aux --sort=-%cpu => ps
        ps -eo pid,ppid,cmd => ps
        ps -u root => ps
        ps 1234 => ps
        ps axo environ => ps; read /proc/*/environ; !dumps_environment
        ps --format environ => ps; read /proc/*/environ; !dumps_environment
        ps -p 1 e => ps; read /proc/*/environ; !dumps_environment
        ps --evil => ps; dynamic
        "##,
    );
}

#[test]
fn variables_that_are_taken_away_change_what_runs() {
    check(
        r##"
        env -u PATH ls => env; run ls; dynamic
        env -u FOO cargo test => env; run cargo test
        env -i LANG=C ls => env; run ls; LANG=C
        env -i git status => env; run git status; dynamic
        exec -c git status => exec; run git status; dynamic
        unset GIT_CONFIG_COUNT => unset; GIT_CONFIG_COUNT=$what_is_read_at_run_time; dynamic
        unset FOO => unset; FOO=$what_is_read_at_run_time
        "##,
    );
}

#[test]
fn constants_of_awk_name_files() {
    check(
        r##"
        awk -v f=.env '{print > f}' a => awk; read a; write .env; dynamic
        awk '{print > f}' f=.env a => awk; read a; write .env; dynamic
        awk 'BEGIN{f=".env"; while ((getline x < f) > 0) print x}' => awk; read .env; dynamic
        awk 'BEGIN{c="id"; system(c)}' => awk; script id; !feeds_interpreter; dynamic
        "##,
    );
}

#[test]
fn find_tells_which_names_it_prints() {
    for (line, expected) in [
        ("find . -type f", "anything"),
        ("find src -name .env", "src/.env"),
        ("find a b -name c", "a/c b/c"),
        ("find . -name a -o -type f", "anything"),
        ("find . -name '*.env'", "./*.env ./.env"),
    ] {
        let lists = evaluate(&words(line)).lists;
        let lists = lists.map_or("anything".to_owned(), |lists| shown_all(&lists));
        assert_eq!(lists, expected, "{line}");
    }
}

#[test]
fn names_in_an_expression_of_find_tell_what_commands_are_run_on() {
    check(
        r##"
        find . \( -name a -o -name b \) -exec cat {} + => find; list .; run cat ./a; run cat ./b
        find . \( -name a -o -type f \) -exec cat {} +
        => find; list .; run cat ./a; dynamic
        find . -name a -o -exec cat {} + => find; list .; run cat ./a; dynamic
        find . ! \( -name a \) -exec cat {} + => find; list .; run cat ./a; dynamic
        find . -name '*' -exec cat {} + => find; list .; run cat ./*; dynamic
        find . -name a -execdir cat {} + => find; list .; run cat ./a; dynamic
        find . -name a -exec sh -c 'wc {} {}' \; => find; list .; run sh -c wc ./a ./a
        "##,
    );
}
