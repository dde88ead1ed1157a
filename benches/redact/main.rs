//! How fast the redactor goes over logs, beside passes that do far less, and how its time grows with
//! texts that are made to be slow. `cargo bench -p bailiwick-benches --bench redact`; `-- growth` or
//! `-- throughput` takes one of the two, `-- file PATH` prints the rate for a file and the false
//! alarms in a megabyte of it, `-- write FOLDER` writes the texts to files; the README says what was
//! seen.

mod hostile;
mod write;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use aho_corasick::packed::Searcher;
use anyhow::Context;
use bailiwick::Raw;
use bailiwick_benches::best_of;
use bailiwick_benches::redaction::Random;
use bailiwick_benches::redaction::Subject;
use bailiwick_benches::redaction::alarms;
use bailiwick_benches::redaction::clean_log;
use bailiwick_benches::redaction::noisy_log;

fn main() -> anyhow::Result<()> {
    let only: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    match only.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["file", path] => return file(path),
        ["write", folder] => return write::texts(Path::new(folder)),
        _ => {}
    }
    let takes = |part: &str| only.is_empty() || only.iter().any(|word| word == part);
    if takes("throughput") {
        throughput()?;
    }
    if takes("growth") {
        hostile::growth();
    }
    Ok(())
}

/// Prints the rate of each pass over each log.
fn throughput() -> anyhow::Result<()> {
    let searcher = Searcher::new(ANCHORS).context("no packed search on this machine")?;
    let subject = Subject::new();
    println!("MB/s of one thread, best of {RUNS}, by the time it had the processor");
    println!("{:<26} {:>9} {:>9} {:>9} {:>7} {:>7}", "", "memchr", "teddy", "redactor", "of", "of");
    println!("{:<26} {:>9} {:>9} {:>9} {:>7} {:>7}", "log", "newlines", "", "", "memchr", "teddy");
    for (name, texts) in logs().into_iter().chain(outputs()?) {
        let raws: Vec<Raw> = texts.iter().map(|text| Subject::raw(text)).collect();
        let bytes: usize = texts.iter().map(String::len).sum();
        let newlines = best_of(RUNS, || {
            let count = |text: &String| memchr::memchr_iter(b'\n', text.as_bytes()).count();
            texts.iter().map(count).sum::<usize>()
        });
        let teddy = best_of(RUNS, || {
            texts.iter().map(|text| searcher.find_iter(text).count()).sum::<usize>()
        });
        // One projection at a time is kept, as a pipe would.
        let redactor =
            raws.iter().map(|raw| best_of(RUNS, || subject.project(raw))).sum::<Duration>();
        let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{name:<26} {:>9.0} {:>9.0} {:>9.1} {:>7.3} {:>7.3}",
            rate(newlines),
            rate(teddy),
            rate(redactor),
            rate(redactor) / rate(newlines),
            rate(redactor) / rate(teddy),
        );
    }
    Ok(())
}

/// Prints MB/s for a file, and how much of it is taken for secrets.
fn file(path: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    let subject = Subject::new();
    let raw = Subject::raw(&text);
    let time = best_of(RUNS, || subject.project(&raw));
    let megabytes = text.len() as f64 / 1e6;
    let found = alarms(&subject.text(&text)).len();
    println!("{:.2} {:.2}", megabytes / time.as_secs_f64(), found as f64 / megabytes);
    Ok(())
}

/// Returns the logs by name, in pieces.
fn logs() -> Vec<(&'static str, Vec<String>)> {
    let clean = |bytes: usize| move |seed| clean_log(seed, bytes);
    vec![
        ("clean, 4 of 16 MB", (1..5).map(clean(16_000_000)).collect()),
        ("clean, 4000 of 4 kB", (1..4001).map(clean(4_000)).collect()),
        ("clean, few words of keys", vec![quiet(&clean_log(5, 24_000_000))]),
        ("a secret in few lines", vec![noisy_log(1, 8_000_000)]),
        ("clean in colours", vec![coloured(&clean_log(9, 8_000_000))]),
    ]
}

/// Returns what git says of this repository, as agents ask it; none of it was made for the bench.
fn outputs() -> anyhow::Result<Vec<(&'static str, Vec<String>)>> {
    let git = |args: &[&str]| -> anyhow::Result<Vec<String>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let output = Command::new("git").current_dir(root).args(args).output();
        let output = output.context("git does not run")?;
        anyhow::ensure!(output.status.success(), "git {args:?}: {}", output.status);
        Ok(vec![String::from_utf8_lossy(&output.stdout).into_owned()])
    };
    Ok(vec![
        ("git log --stat", git(&["log", "--stat"])?),
        ("git log -p -200", git(&["log", "-p", "-200"])?),
        ("git grep -n self", git(&["grep", "-n", "self"])?),
    ])
}

/// Returns `text` without most lines that speak of passwords, tokens and keys: in the texts for the
/// scores they are more frequent than in most logs.
fn quiet(text: &str) -> String {
    let mut random = Random::new(2);
    let words = ["assword", "oken", "ecret", "uthorization", "api_key", "key"];
    text.split_inclusive('\n')
        .filter(|line| !words.iter().any(|word| line.contains(word)) || random.below(8) == 0)
        .collect()
}

/// Returns `text` as tools print it on a terminal: about every third word in a colour.
fn coloured(text: &str) -> String {
    let mut random = Random::new(1);
    let mut out = String::with_capacity(text.len() * 2);
    for word in text.split_inclusive(' ') {
        if random.below(3) == 0 {
            let colour = 31 + random.below(6);
            out.push_str(&format!("\u{1b}[{colour}m{word}\u{1b}[0m"));
        } else {
            out.push_str(word);
        }
    }
    out
}

const RUNS: usize = 7;

/// What a search for secrets may look for first; this pass finds and does nothing more.
const ANCHORS: &[&str] = &[
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "AKIA",
    "ASIA",
    "AIza",
    "ya29.",
    "GOCSPX-",
    "dop_v1_",
    "npm_",
    "pypi-",
    "rubygems_",
    "dckr_pat_",
    "sk-ant-",
    "sk-proj-",
    "T3BlbkFJ",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "hooks.slack.com",
    "sk_live_",
    "rk_live_",
    "whsec_",
    "shpat_",
    "glsa_",
    "lin_api_",
    "figd_",
    "ATATT3",
    "dapi",
    "hvs.",
    "tskey-",
    "eyJh",
    "eyJ0",
    "-----BEGIN ",
    "password",
    "Authorization",
    "api_key",
    "secret",
];
