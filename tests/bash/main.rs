//! The reader of shell text against a real bash: whatever bash runs of a line, the analyser has
//! seen with the same words.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is how a test fails")]

mod analysis;
mod compare;
mod lines;
mod real;

use std::sync::LazyLock;
use std::time::Duration;
use std::time::Instant;

use bailiwick_tests::corpus::Call;
use bailiwick_tests::corpus::Must;
use bailiwick_tests::corpus::SEED;
use bailiwick_tests::corpus::Syntax;
use bailiwick_tests::corpus::generate;

use crate::analysis::Part;
use crate::analysis::analyse;

/// How many random lines there are.
const RANDOM: usize = 2_000;
/// Every how many-th line of the corpus is run too.
const EVERY: usize = 12;

/// Returns all lines of the test.
fn all_lines() -> Vec<String> {
    let mut lines = lines::tricky();
    lines.extend(lines::random(SEED, RANDOM));
    let cases = generate(SEED);
    let texts = cases.into_iter().filter(|case| case.syntax == Syntax::Valid);
    let texts = texts.filter_map(|case| match case.call {
        // Harmless lines all; of the disguises some.
        Call::Shell { text, .. } => Some((case.must, text)),
        Call::Argv(_) | Call::File { .. } => None,
    });
    let chosen =
        texts.enumerate().filter(|(at, (must, _))| *must == Must::Allow || at % EVERY == 0);
    lines.extend(chosen.map(|(_, (_, text))| text));
    lines
}

/// The lines, what bash ran of each, and how long that took in two processes at once.
static RAN: LazyLock<(Vec<String>, Vec<Vec<Vec<String>>>, Duration)> = LazyLock::new(|| {
    let lines = all_lines();
    let start = Instant::now();
    let (first, second) = lines.split_at(lines.len() / 2);
    let ran = std::thread::scope(|scope| {
        let first = scope.spawn(|| real::run(first));
        let mut ran = real::run(second);
        let mut all = first.join().unwrap();
        all.append(&mut ran);
        all
    });
    (lines, ran, start.elapsed())
});

#[test]
fn whatever_bash_runs_the_analyser_has_seen() {
    let (lines, ran, _) = &*RAN;
    let (mut unreadable, mut doubtful, mut commands, mut missed) = (0, 0, 0, Vec::new());
    for (line, ran) in lines.iter().zip(ran) {
        let analysis = analyse(line);
        unreadable += usize::from(analysis.is_unreadable);
        doubtful += usize::from(analysis.is_doubtful && !analysis.is_unreadable);
        commands += ran.len();
        if analysis.is_unreadable {
            continue;
        }
        for argv in ran {
            if !analysis.commands.iter().any(|command| compare::covers(command, argv)) {
                missed.push(format!("{argv:?} of {line:?}"));
            }
        }
    }
    println!(
        "{} lines: {unreadable} unreadable, {doubtful} with doubts; bash ran {commands} commands, \
         {} were not seen",
        lines.len(),
        missed.len(),
    );
    assert!(missed.is_empty(), "{}\n{}", missed.len(), missed[..missed.len().min(60)].join("\n"));
    // A reader that refuses most would pass otherwise.
    assert!(unreadable * 100 < lines.len() * 20, "{unreadable} of {} unreadable", lines.len());
    assert!(doubtful * 100 < lines.len() * 60, "{doubtful} of {} with doubts", lines.len());
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
            vec!["echo|/work|/home/me|sandbox", "ls|a\nb|ü"],
        ]
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn lines_are_many_and_mostly_run_something() {
    let (lines, ran, took) = &*RAN;
    let silent = ran.iter().filter(|commands| commands.is_empty()).count();
    println!("{} lines, {silent} ran nothing, {took:?}", lines.len());
    assert!(lines.len() > 4_000, "{}", lines.len());
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
        (vec![text("ls"), vec![Part::Glob("*.txt".into())]], vec!["ls"], false),
        (vec![text("ls"), vec![unknown(true)], text("b")], vec!["ls", "b"], true),
        (vec![text("ls"), vec![unknown(true)], text("b")], vec!["ls", "x", "y", "b"], true),
        (vec![text("ls"), vec![unknown(false)]], vec!["ls"], false),
        (vec![text("ls"), vec![unknown(false)]], vec!["ls", "x y"], true),
        (vec![text("ls"), vec![unknown(false), Part::Text("c".into())]], vec!["ls", "xc"], true),
        (vec![text("ls"), vec![unknown(false), Part::Text("c".into())]], vec!["ls", "xd"], false),
        (vec![text("ls"), text("./a")], vec!["ls", "/work/a"], true),
        (vec![text("ls"), text("~/a")], vec!["ls", "/home/me/a"], true),
        (vec![text("ls"), text("~/a")], vec!["ls", "/home/you/a"], false),
    ] {
        assert_eq!(compare::covers(&command, &argv(&words)), expected, "{command:?} {words:?}");
    }
}
