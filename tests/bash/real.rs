//! What a real bash runs.

use bailiwick_tests::sandbox;

/// What bash ran of some lines: for each the words of every command, in the order of their start.
pub(crate) fn run(lines: &[String]) -> Vec<Vec<Vec<String>>> {
    let input = sandbox::with_nul(lines.iter().map(String::as_str));
    let output = sandbox::bash(SCRIPT, &input, 100);
    let mut ran = vec![Vec::new(); lines.len()];
    let text = String::from_utf8_lossy(&output);
    let mut fields = text.split('\0');
    let mut ended = false;
    while let Some(id) = fields.next().filter(|id| !id.is_empty()) {
        if id == "end" {
            ended = true;
            continue;
        }
        let id: usize = id.parse().unwrap();
        let count: usize = fields.next().unwrap().parse().unwrap();
        let words = (0..count).map(|_| fields.next().unwrap().replace('\u{2}', "\n")).collect();
        ran[id].push(words);
    }
    assert!(ended, "bash did not come to the last line");
    ran
}

/// Runs each line in a subshell where no program exists and most built-ins are switched off, so
/// that what a line would run comes to the handler, which tells the line, how many words, and the
/// words. `false` and `no…` fail, everything else succeeds and prints nothing; `echo`, `printf` and
/// `pwd` tell and do their work.
const SCRIPT: &str = r#"
enable -n [ alias bg bind caller compgen complete compopt dirs disown false fc fg help
enable -n hash history jobs kill logout suspend test times true type ulimit umask
tell() {
    # One write for one command: a line feed would part it.
    builtin printf '%s\0' "$LINE_ID" "$#" "${@//$'\n'/$'\2'}" >&9
}
echo() { tell echo "$@"; builtin echo "$@"; }
printf() { tell printf "$@"; builtin printf "$@"; }
pwd() { tell pwd "$@"; builtin pwd "$@"; }
command_not_found_handle() {
    tell "$@"
    case $1 in false | no*) return 1 ;; esac
    return 0
}
exec 9>&1
FUNCNEST=6
: > a.txt > b.txt > c.rs > .env > d/x.txt
LINE_ID=0
while IFS= read -r -d '' LINE; do
    (
        eval "$LINE"
        wait
    ) < /dev/null > /dev/null 2>&1
    ((LINE_ID += 1))
done
builtin printf 'end\0' >&9
"#;
