//! What agents really run, as it stands and in the usual company.

use super::case::Call;
use super::case::Case;
use super::case::Must;
use super::case::Syntax;
use super::data::decoded;
use super::data::lines;
use super::random::Random;
use super::random::Turns;

/// What agents put around a command: {X} is the command, {T} stands for a program that runs it.
const AROUND: &[&str] = &[
    "{X} | head -20",
    "{X} | tail -n 5",
    "{X} | wc -l",
    "{X} | sort | uniq -c",
    "{X} | grep -n foo",
    "{X} 2>/dev/null",
    "{X} 2>/dev/null | head -50",
    "{X} 2>&1",
    "{X} 2>&1 | tail -40",
    "{X} >/dev/null 2>&1",
    "{X} || true",
    "{X} || echo failed",
    "{X} && echo ok",
    "{X}; echo done",
    "echo start; {X}",
    "echo '== status' && {X}",
    "pwd && {X}",
    "{X}␤ls",
    "cd src && {X}",
    "cd /ws/repo && {X}",
    "(cd docs && {X})",
    "({X})",
    "{ {X}; }",
    "if {X}; then echo yes; fi",
    "if {X} >/dev/null 2>&1; then echo yes; else echo no; fi",
    "if [ -d src ]; then {X}; fi",
    "[ -f README.md ] && {X}",
    "test -d src && {X}",
    "for i in 1 2 3; do {X}; done",
    "for d in src docs; do echo \"$d\"; {X}; done",
    "{X} # look",
    "# look around␤{X}",
    "time {X}",
    "bash -c {Q}",
    "bash -lc {Q}",
    "timeout 60 {T}",
    "timeout 30s {T}",
    "nice {T}",
    "nice -n 10 {T}",
    "env LC_ALL=C {T}",
    "LC_ALL=C {T}",
    "NO_COLOR=1 {T}",
    "timeout 60 {T} 2>&1 | tail -20",
];

/// Returns the cases: every shape as it stands, and some of them in company.
pub(crate) fn cases(random: &mut Random) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut around = Turns::new(AROUND.len(), random);
    let (mut section, mut flags) = ("", "");
    for line in lines(include_str!("../data/harmless.txt")) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && let Some((name, marks)) = name.split_once(':')
        {
            (section, flags) = (name, marks);
            continue;
        }
        let text = decoded(line);
        cases.push(case(section, Call::Shell { text: text.clone(), tool: None }));
        if flags != "o" {
            let words = ["bash", "-lc", &text].map(str::to_owned);
            cases.push(case(section, Call::Argv(words.into())));
        }
        if flags == "w" {
            for _ in 0..2 {
                let found = around.find(|index| in_company(&text, AROUND[index]));
                cases.extend(found.map(|text| case(section, Call::Shell { text, tool: None })));
            }
        }
    }
    cases
}

/// Returns `text` in the company that `template` says; `None` where it does not belong there.
fn in_company(text: &str, template: &str) -> Option<String> {
    let is_open = text.contains(['\n', '#']);
    let leaves = text.contains("..") || text.contains("/ws/");
    // What only a shell knows can be run by no program.
    let is_shell = ["[", "true", "false", "echo", "test", "printf"];
    let is_shell = is_shell.iter().any(|name| text.starts_with(name));
    if is_open || template.contains("cd ") && leaves || template.contains("{T}") && is_shell {
        return None;
    }
    let quoted = super::text::single_quoted(text);
    Some(decoded(template).replace("{X}", text).replace("{T}", text).replace("{Q}", &quoted))
}

fn case(section: &str, call: Call) -> Case {
    let text = match &call {
        Call::Argv(words) => words.join(" "),
        Call::Shell { text, .. } => text.clone(),
        Call::File { path, .. } => path.clone(),
    };
    Case {
        category: format!("benign-{section}"),
        call,
        must: Must::Allow,
        hardened: text.contains("git"),
        why: "must stay usable".to_owned(),
        syntax: Syntax::Valid,
    }
}
