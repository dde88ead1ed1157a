//! The reader of shell text against a real bash: whatever bash runs of a line, the analyser has
//! seen with the same words.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

mod analysis;
mod compare;
mod lines;
mod real;

use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;
use std::time::Instant;

use bailiwick_tests::corpus::Call;
use bailiwick_tests::corpus::Must;
use bailiwick_tests::corpus::SEED;
use bailiwick_tests::corpus::Syntax;
use bailiwick_tests::corpus::generate;

use crate::analysis::Part;
use crate::analysis::Word;
use crate::analysis::analyse;

/// How many random lines there are.
const RANDOM: usize = 1_200;
/// Every how many-th line of the corpus is run too: of the harmless ones, and of the hostile ones.
const EVERY: (usize, usize) = (2, 20);

/// Returns all lines of the test.
fn all_lines() -> Vec<String> {
    let mut lines = lines::tricky();
    lines.extend(lines::random(number("BASH_SEED", SEED), RANDOM));
    let cases = generate(SEED).into_iter().filter(|case| case.syntax == Syntax::Valid);
    let texts = cases.filter_map(|case| match case.call {
        Call::Shell { text, .. } => Some((case.must, text)),
        Call::Argv(_) | Call::File { .. } => None,
    });
    let (harmless, hostile): (Vec<_>, Vec<_>) = texts.partition(|(must, _)| *must == Must::Allow);
    lines.extend(harmless.into_iter().step_by(EVERY.0).map(|(_, text)| text));
    lines.extend(hostile.into_iter().step_by(EVERY.1).map(|(_, text)| text));
    lines
}

/// What bash did with all lines.
struct Ran {
    lines: Vec<String>,
    /// For each line the words of every command.
    commands: Vec<Vec<Vec<String>>>,
    took: Duration,
}

/// All lines, run once for all tests, in two processes at once.
static RAN: LazyLock<Ran> = LazyLock::new(|| {
    let lines = all_lines();
    let start = Instant::now();
    let (first, second) = lines.split_at(lines.len() / 2);
    let commands = std::thread::scope(|scope| {
        let first = scope.spawn(|| real::run(first));
        let mut second = real::run(second);
        let mut all = first.join().unwrap();
        all.append(&mut second);
        all
    });
    Ran { lines, commands, took: start.elapsed() }
});

#[test]
fn whatever_bash_runs_the_analyser_has_seen() {
    let Ran { lines, commands: ran, .. } = &*RAN;
    let (mut unreadable, mut dynamic, mut commands) = (0, 0, 0);
    // What ran unseen, and what did where the analyser said that there may be more.
    let (mut unseen, mut told) = (Vec::new(), Vec::new());
    // What bash runs and the analyser cannot read.
    let mut refused = Vec::new();
    for (line, ran) in lines.iter().zip(ran) {
        let analysis = analyse(line);
        if analysis.is_unreadable {
            unreadable += 1;
            refused.extend((!ran.is_empty()).then(|| format!("{line:?}")));
            continue;
        }
        dynamic += usize::from(analysis.is_dynamic);
        commands += ran.len();
        for argv in ran {
            if !analysis.commands.iter().any(|command| compare::covers(command, argv)) {
                let near: Vec<_> = analysis.commands.iter().filter(|it| names(it, argv)).collect();
                let missed = format!("{argv:?} of {line:?}: {near:?}");
                if analysis.is_dynamic { told.push(missed) } else { unseen.push(missed) }
            }
        }
    }
    println!(
        "{} lines: {unreadable} unreadable, {dynamic} with more that only a run tells; bash ran \
         {commands} commands of the others: {} were not seen, {} as told",
        lines.len(),
        unseen.len(),
        told.len(),
    );
    println!("{} unreadable lines run something:\n{}", refused.len(), shown(&refused));
    assert!(unseen.is_empty(), "{} unseen:\n{}", unseen.len(), shown(&unseen));
    // A reader that refuses or doubts most would pass otherwise.
    let percent = |part: usize, all: usize| part * 100 / all.max(1);
    assert!(percent(unreadable, lines.len()) < 20, "{unreadable} unreadable");
    assert!(percent(dynamic, lines.len()) < 40, "{dynamic} dynamic");
    assert!(percent(told.len(), commands) < 3, "{} unseen:\n{}", told.len(), shown(&told));
}

/// Returns true where `command` is of the same name as `argv`.
fn names(command: &[Word], argv: &[String]) -> bool {
    command.first().is_some_and(|word| compare::covers(std::slice::from_ref(word), &argv[..1]))
}

/// Returns the first of `lines`, or as many as `BASH_SHOWN` says.
fn shown(lines: &[String]) -> String {
    let lines = lines.iter().take(number("BASH_SHOWN", 40));
    lines.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// Returns the number that the environment gives by `name`.
fn number<T: FromStr>(name: &str, default: T) -> T {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn bash_runs_in_a_sandbox_and_tells_every_word() {
    let start = Instant::now();
    let lines: Vec<String> = [
        "alpha 'a b' \"\" $(beta x) *.txt; gamma | delta",
        "echo a > out; [ -f out ]; printf '%s' b; false || no || test c",
        "if",
        "/bin/sh; exec nothing; exec 3<>/dev/tcp/198.51.100.1/80 && alpha",
        "while :; do alpha; break; done & wait",
        "ls $'a\\nb' ü; echo $PWD ~ $HOSTNAME",
    ]
    .map(str::to_owned)
    .into();
    let ran: Vec<Vec<String>> = real::run(&lines)
        .iter()
        .map(|commands| {
            let mut commands: Vec<String> = commands.iter().map(|words| words.join("|")).collect();
            commands.sort();
            commands
        })
        .collect();
    assert_eq!(
        ran,
        [
            vec!["alpha|a b||a.txt|b.txt", "beta|x", "delta", "gamma"],
            vec!["[|-f|out|]", "echo|a", "false", "no", "printf|%s|b", "test|c"],
            vec![],
            vec![],
            vec!["alpha"],
            vec!["echo|/here|/home/me|sandbox", "ls|a\nb|ü"],
        ]
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn lines_are_many_and_mostly_run_something() {
    let Ran { lines, commands: ran, took } = &*RAN;
    let silent = ran.iter().filter(|commands| commands.is_empty()).count();
    println!("{} lines, {silent} ran nothing, {took:?}", lines.len());
    assert!(lines.len() > 3_000, "{}", lines.len());
    assert!(silent * 4 < lines.len(), "{silent} of {} ran nothing", lines.len());
}

#[test]
fn comparison_takes_what_may_be_and_nothing_else() {
    let text = |text: &str| vec![Part::Text(text.to_owned())];
    let argv = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let unknown = |splits| Part::Unknown { splits };
    let one_of = Part::OneOf(argv(&["a", "b"]));
    for (command, words, expected) in [
        (vec![text("ls"), text("a b")], vec!["ls", "a b"], true),
        (vec![text("ls"), text("a b")], vec!["ls", "a", "b"], false),
        (vec![text("ls")], vec!["ls", "a"], false),
        (vec![text("ls"), text("a")], vec!["ls"], false),
        (vec![text("ls"), vec![one_of.clone()]], vec!["ls", "b"], true),
        (vec![text("ls"), vec![one_of]], vec!["ls", "c"], false),
        (vec![text("ls"), vec![Part::Glob("*.txt".into())]], vec!["ls", "a.txt", "b.txt"], true),
        (vec![text("ls"), vec![Part::Glob("*.txt".into())]], vec!["ls", "*.txt"], true),
        (vec![text("ls"), vec![Part::Glob("*.txt".into())]], vec!["ls", "a.rs"], false),
        (vec![text("ls"), vec![Part::Glob("*\\*.t".into())]], vec!["ls", "a*.t"], true),
        (vec![text("ls"), vec![Part::Glob("*\\*.t".into())]], vec!["ls", "**.t"], true),
        (vec![text("ls"), vec![Part::Glob("*\\*.t".into())]], vec!["ls", "ab.t"], false),
        (vec![text("command"), text("-p"), text("ls")], vec!["ls"], true),
        (vec![text("command"), text("ls")], vec!["cat"], false),
        (vec![text("ls"), vec![Part::Glob("*.txt".into())]], vec!["ls"], false),
        (vec![text("ls"), vec![unknown(true)], text("b")], vec!["ls", "b"], true),
        (vec![text("ls"), vec![unknown(true)], text("b")], vec!["ls", "x", "y", "b"], true),
        (vec![text("ls"), vec![unknown(false)]], vec!["ls"], false),
        (vec![text("ls"), vec![unknown(false)]], vec!["ls", "x y"], true),
        (vec![text("ls"), vec![unknown(false), Part::Text("c".into())]], vec!["ls", "xc"], true),
        (vec![text("ls"), vec![unknown(false), Part::Text("c".into())]], vec!["ls", "xd"], false),
        (vec![text("ls"), text("./a")], vec!["ls", "/here/a"], true),
        (vec![text("ls"), text("~/a")], vec!["ls", "/home/me/a"], true),
        (vec![text("ls"), text("~/a")], vec!["ls", "/home/you/a"], false),
    ] {
        assert_eq!(compare::covers(&command, &argv(&words)), expected, "{command:?} {words:?}");
    }
}
