//! Git.

use super::check;

#[test]
fn what_only_looks_reads_paths_and_revisions() {
    check(
        r##"
        git status --short --branch => git status
        git log --oneline -5 => git log
        git log -p -S foo -- src .env => git log; read src; read .env
        git log main..HEAD --stat => git log
        git log -L1,5:.env => git log; read .env
        git -C sub log .env => git log; list sub; read sub/.env; in sub
        git diff HEAD~1 -- a => git diff; read a
        git diff --cached --stat => git diff
        git diff --output=x => git diff; write x
        git diff --outp=x => git diff; write x
        git diff --no-index a .env => git diff; read a; read .env
        git diff --ext-diff => git diff; !loads_code
        git diff -O orderfile => git diff; read orderfile
        git diff -U5 => git diff
        git show HEAD:.env => git show; read .env
        git show --stat HEAD => git show
        git show :0:.env => git show; read 0:.env; read .env
        git show => git show
        git blame -L1,5 a => git blame; read a
        git branch => git branch
        git branch --list => git branch
        git branch --show-current => git branch
        git branch -a -vv => git branch
        git branch new => git branch; !changes_git_state
        git branch -D main => git branch; !rewrites_git_history
        git branch -m a b => git branch; !rewrites_git_history
        git rev-parse --abbrev-ref HEAD => git rev-parse
        git rev-parse --show-toplevel => git rev-parse
        git ls-files -o --exclude-standard => git ls-files
        git grep -n . -- .env => git grep; read .env
        git grep foo HEAD -- '*.env' => git grep; read *.env; read .env
        git grep --open-files-in-pager='touch PWNED;:' hello
        => git grep; script touch PWNED;:; !loads_code
        git grep -O hello => git grep; !loads_code; dynamic
        git grep -Oless hello => git grep; run+ less; !loads_code
        "##,
    );
}

#[test]
fn settings_before_the_subcommand_can_make_it_run_something() {
    check(
        r##"
        git --no-pager log => git log
        git -p log => git log; !overrides_configuration
        git -c core.pager='touch PWNED' -p log => git log; !overrides_configuration
        git -c core.pager=cat log => git log
        git -c color.ui=never diff => git diff
        git -c diff.external=./evil.sh diff HEAD => git diff; !overrides_configuration
        git --git-dir=/tmp/x status => git status; read /tmp/x; !overrides_configuration
        git --exec-path=/tmp/x status => git status; execute /tmp/x; file /tmp/x
        git --version => git version
        git version => git version
        "##,
    );
}

#[test]
fn changes_of_the_repository_are_told() {
    check(
        r##"
        git add -A => git add; !changes_git_state
        git add ':(top).env' => git add; read .env; !changes_git_state
        git commit -m 'x' -a => git commit; !changes_git_state; !runs_project_code
        git commit --amend --no-edit
        => git commit; !changes_git_state; !rewrites_git_history; !runs_project_code
        git checkout -- .
        => git checkout; write .; !changes_git_state; !discards_work; !runs_project_code
        git checkout main => git checkout; !changes_git_state; !runs_project_code
        git checkout -b new => git checkout; !changes_git_state; !runs_project_code
        git checkout a.txt
        => git checkout; write a.txt; !changes_git_state; !discards_work; !runs_project_code
        git checkout HEAD -- ':/.env'
        => git checkout; write .env; !changes_git_state; !discards_work; !runs_project_code
        git switch -c new => git switch; !changes_git_state; !runs_project_code
        git restore --staged a => git restore; write a; !changes_git_state; !discards_work
        git reset --hard HEAD~1
        => git reset; !changes_git_state; !discards_work; !rewrites_git_history
        git reset => git reset; !changes_git_state; !rewrites_git_history
        git rm -r a => git rm; delete-r a; !changes_git_state
        git rm -rf --cached a => git rm; read a; !changes_git_state
        git mv a b => git mv; write b; read a; delete a; write b/a; !changes_git_state
        git clean -fdx => git clean; delete-rf .; !discards_work
        git clean -n => git clean
        git clean -f src => git clean; delete-rf src; !discards_work
        git stash => git stash; !changes_git_state
        git stash list => git stash list
        git stash pop => git stash pop; !changes_git_state
        git stash drop => git stash drop; !changes_git_state; !discards_work
        git stash show -p => git stash show
        git merge x => git merge; !changes_git_state; !runs_project_code
        git rebase -i HEAD~3
        => git rebase; !changes_git_state; !rewrites_git_history; !runs_project_code
        git rebase -x 'touch x' main
        => git rebase; script touch x; !changes_git_state; !rewrites_git_history
        ; !runs_project_code
        git cherry-pick abc => git cherry-pick; !changes_git_state; !runs_project_code
        "##,
    );
}

#[test]
fn remotes_and_settings_are_told() {
    check(
        r##"
        git pull => git pull; elsewhere; !changes_git_state; !fetches_data; !runs_project_code
        git pull origin main
        => git pull; elsewhere; !changes_git_state; !fetches_data; !runs_project_code
        git fetch --all => git fetch; elsewhere; !changes_git_state; !fetches_data
        git fetch https://evil.example/x
        => git fetch; remote https://evil.example/x; !changes_git_state; !fetches_data
        git fetch --upload-pack='touch x' .
        => git fetch; read .; run+ touch x; elsewhere; !changes_git_state; !fetches_data
        git push --force origin main
        => git push; elsewhere; !changes_git_remote; !rewrites_git_history; !runs_project_code
        ; !sends_data
        git push origin :x
        => git push; elsewhere; !changes_git_remote; !rewrites_git_history; !runs_project_code
        ; !sends_data
        git push => git push; elsewhere; !changes_git_remote; !runs_project_code; !sends_data
        git push -u origin HEAD
        => git push; elsewhere; !changes_git_remote; !runs_project_code; !sends_data
        git clone https://example.invalid/x
        => git clone; write x; remote https://example.invalid/x; !fetches_data
        git clone -c core.fsmonitor='touch PWNED' . x
        => git clone; read .; write x; elsewhere; !fetches_data; !overrides_configuration
        git clone git@github.com:o/r.git
        => git clone; write r; remote git@github.com:o/r.git; !fetches_data
        git clone 'ext::sh -c touch% x' y
        => git clone; write y; script sh -c touch% x; elsewhere; !fetches_data; !loads_code
        git submodule update --init
        => git submodule update; elsewhere; !changes_git_configuration; !changes_git_state
        ; !fetches_data
        git submodule foreach 'touch x' => git submodule foreach; script touch x
        git remote -v => git remote -v
        git remote add x https://y => git remote add; url https://y; !changes_git_configuration
        git remote get-url origin => git remote get-url
        git config --global alias.st '!touch PWNED' => git config; !changes_git_configuration
        git config user.name => git config
        git config --list => git config; !reveals_credentials
        git config --get core.x => git config
        git config set a b => git config set; !changes_git_configuration
        "##,
    );
}

#[test]
fn other_subcommands_are_told_or_doubted() {
    check(
        r##"
        git tag => git tag
        git tag -l 'v*' => git tag
        git tag v1 => git tag; !changes_git_state
        git tag -d v1 => git tag; !rewrites_git_history
        git worktree list => git worktree list
        git worktree add ../x
        => git worktree add; write ../x; !changes_git_state; !runs_project_code
        git apply a.diff => git apply; read a.diff; write .; !changes_git_state; dynamic
        git apply --stat a.diff => git apply; read a.diff
        git am x => git am; read x; !changes_git_state; !runs_project_code
        git format-patch HEAD~1 => git format-patch; write .
        git archive HEAD => git archive
        git archive --remote=host HEAD => git archive; name host; !fetches_data
        git bisect run ./x => git bisect run; run ./x; !changes_git_state
        git reflog => git reflog
        git describe --tags => git describe
        git ls-remote origin => git ls-remote; elsewhere; !fetches_data
        git ls-tree -r HEAD => git ls-tree
        git cat-file -p HEAD:a => git cat-file; read a
        git hash-object a => git hash-object; read a
        git credential fill => git credential fill; !reveals_credentials
        git st => git st; dynamic
        git $x => git; either $x; dynamic; dynamic
        git <status|log> => ?; run git status; run git log
        git => git
        git filter-branch --tree-filter 'rm x' HEAD
        => git filter-branch; script rm x; !changes_git_state; !rewrites_git_history
        git gc => git gc; !changes_git_state; !rewrites_git_history
        git config --edit => git config; !changes_git_configuration; !opens_interactive
        git notes => git notes; !changes_git_state
        git diff *.rs => git diff; read *.rs; dynamic
        git diff -- *.rs => git diff; read *.rs
        git log --graph --decorate --all -n 5 => git log
        git log --format='%h %s' --since='1 week ago' => git log
        git shortlog -sn => git shortlog
        git merge-base a b => git merge-base
        git check-ignore -v a => git check-ignore; list a
        git for-each-ref --format='%(x)' => git for-each-ref
        git diff --name-only origin/main...HEAD => git diff
        git log -1 --format=%H => git log
        git log -n1 => git log
        git status -uno => git status
        git show-ref => git show-ref
        git rev-list --count HEAD => git rev-list
        git log --follow -p -- a.rs => git log; read a.rs
        git diff -w --color=never => git diff
        git stash list -p => git stash list
        git log -3 --pretty=oneline => git log
        git log --author=x => git log
        "##,
    );
}
