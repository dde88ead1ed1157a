//! What a real bash runs.

use bailiwick_tests::sandbox;

/// What bash ran of some lines: for each the words of every command, in the order of their start.
pub(crate) fn run(lines: &[String]) -> Vec<Vec<Vec<String>>> {
    let input = sandbox::with_nul(lines.iter().map(String::as_str));
    let output = sandbox::bash(SCRIPT, &input, 40);
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
        let words = (0..count).map(|_| fields.next().unwrap().replace('\u{1}', "\n")).collect();
        ran[id].push(words);
    }
    assert!(ended, "bash did not come to the last line");
    ran
}

/// Runs each line in a subshell where no program exists and most built-ins are switched off, so
/// that what a line would run comes to the handler, which tells the line, how many words, and the
/// words. `false` and `no…` fail, everything else succeeds and prints nothing.
const SCRIPT: &str = r#"
enable -n [ alias bg bind caller compgen complete compopt dirs disown echo false fc fg
enable -n hash help history jobs kill logout printf pwd suspend test times true type ulimit umask
command_not_found_handle() {
    enable printf
    # One write for one command: a line feed would part it.
    printf '%s\0' "$LINE_ID" "$#" "${@//$'\n'/$'\1'}" >&9
    case $1 in false | no*) return 1 ;; esac
    return 0
}
exec 9>&1
FUNCNEST=4
: > a.txt > b.txt > c.rs > .env > d/x.txt
LINE_ID=0
while IFS= read -r -d '' LINE; do
    (
        eval "$LINE"
        wait
    ) < /dev/null > /dev/null 2>&1
    ((LINE_ID += 1))
done
enable printf
printf 'end\0' >&9
"#;
