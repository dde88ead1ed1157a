//! Path patterns against the real git: what `git check-ignore` says of generated patterns and
//! paths, [`PathPattern`] says too.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that asks the real git, which needs files and a process"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use bailiwick::PathCase;
use bailiwick::PathMatcher;
use bailiwick::PathPattern;

/// A small deterministic generator (SplitMix64), so that a failure can be run again.
struct Generator(u64);

impl Generator {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const NAMES: &[&str] = &[
    "a", "b", "ab", "ba", "aa", "aab", "abc", "a.b", ".a", ".env", "x", "b.c", "a b", "é", "-",
    "]", "a]", "^", "!", "#a", "a*", "1", "12", "a1", "+", "\\a", "A", "AB", "Ab", "aB1",
];

fn path(generator: &mut Generator, upper: bool) -> String {
    let mut names = Vec::new();
    for _ in 0..=generator.below(4) {
        let mut name = generator.pick(NAMES).to_owned();
        // A backslash is a separator to us and a letter to git; paths never have one here.
        name = name.replace('\\', "");
        if !upper {
            name = name.to_lowercase();
        }
        names.push(name);
    }
    let mut path = names.join("/");
    if generator.below(4) == 0 {
        path.push('/');
    }
    path
}

const PIECES: &[&str] = &[
    "a",
    "b",
    "ab",
    "aa",
    ".",
    ".env",
    "x",
    "c",
    "é",
    " b",
    "-",
    "1",
    "*",
    "*",
    "*",
    "**",
    "***",
    "?",
    "?",
    "[ab]",
    "[!a]",
    "[^ab]",
    "[a-c]",
    "[]a]",
    "[!]]",
    "[]-a]",
    "[a-]",
    "[--1]",
    "[\\]]",
    "[\\a-c]",
    "[a-\\c]",
    "[[:alpha:]]",
    "[[:digit:]b]",
    "[![:alnum:]]",
    "[[:punct:]]",
    "[[:upper:]]",
    "[[:lower:]]",
    "[[:space:]]",
    "[[:nope:]]",
    "[[:alpha:",
    "[a",
    "[",
    "]",
    "[[]",
    "[:a]",
    "[[a]",
    "[a[:digit:]-z]",
    "\\a",
    "\\*",
    "\\?",
    "\\[",
    "\\ ",
    "\\!",
    "\\#",
    "+",
    "A",
    "[A-B]",
];

fn pattern(generator: &mut Generator, upper: bool) -> String {
    let mut pattern = String::new();
    if generator.below(3) == 0 {
        pattern.push('/');
    }
    let parts = 1 + generator.below(4);
    for part in 0..parts {
        if part > 0 {
            pattern.push('/');
        }
        if generator.below(4) == 0 {
            pattern.push_str("**");
            continue;
        }
        for _ in 0..=generator.below(3) {
            pattern.push_str(generator.pick(PIECES));
        }
    }
    if generator.below(4) == 0 {
        pattern.push('/');
    }
    if generator.below(16) == 0 {
        pattern.push_str("  ");
    }
    if upper { pattern } else { pattern.replace("[:upper:]", "[:lower:]").replace(['A', 'B'], "a") }
}

/// A folder of its own for one repository, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("git-patterns-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Asks git which of the paths each pattern ignores. Every pattern is alone in the `.gitignore`
/// of two folders, one for files and one for folders, so that one process answers for all.
fn git_says(patterns: &[String], cases: &[(usize, String)], ignore_case: bool) -> Vec<bool> {
    let folder = Folder::new();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command
            .current_dir(&folder.0)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .args(arguments);
        command
    };
    assert!(git(&["init", "-q"]).status().unwrap().success());
    for (index, pattern) in patterns.iter().enumerate() {
        for kind in ["file", "folder"] {
            let own = folder.0.join(format!("{kind}{index}"));
            fs::create_dir(&own).unwrap();
            fs::write(own.join(".gitignore"), format!("{pattern}\n")).unwrap();
        }
    }
    let ignore_case = format!("core.ignorecase={ignore_case}");
    let mut child = git(&["-c", &ignore_case, "-c", "core.excludesFile=/dev/null"])
        .args(["check-ignore", "--no-index", "-v", "-n", "-z", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = Vec::new();
    for (index, path) in cases {
        // Folders are really there, files are not: git looks only where it must know.
        let path = match path.strip_suffix('/') {
            Some(path) => {
                let path = format!("folder{index}/{path}");
                fs::create_dir_all(folder.0.join(&path)).unwrap();
                path
            }
            None => format!("file{index}/{path}"),
        };
        input.extend_from_slice(path.as_bytes());
        input.push(0);
    }
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let fields: Vec<&str> = text.split('\0').collect();
    let answers: Vec<bool> =
        fields.chunks_exact(4).map(|row| !row[2].is_empty() && !row[2].starts_with('!')).collect();
    assert_eq!(answers.len(), cases.len());
    answers
}

fn compare(seed: u64, case: PathCase) {
    let mut generator = Generator(seed);
    let upper = case == PathCase::Exact;
    let mut patterns: Vec<String> = (0..1000).map(|_| pattern(&mut generator, upper)).collect();
    patterns.extend(WRITTEN.iter().map(|text| (*text).to_owned()));
    let mut cases = Vec::new();
    for (index, pattern) in patterns.iter().enumerate() {
        for _ in 0..16 {
            let path = path(&mut generator, true);
            // To git `?` and `[…]` are one byte, to us one character.
            if path.is_ascii() || !pattern.contains(['?', '[']) {
                cases.push((index, path));
            }
        }
    }
    let answers = git_says(&patterns, &cases, case == PathCase::Ignore);
    let mut matched = 0;
    let mut refused = BTreeMap::new();
    let mut wrong = Vec::new();
    for ((index, path), git) in cases.iter().zip(answers) {
        let text = &patterns[*index];
        let ours = match PathPattern::with_case(text, case) {
            Ok(pattern) => pattern.matches(path),
            Err(error) => {
                *refused.entry(error.code()).or_insert(0) += 1;
                // An exception or a comment matches nothing by itself either.
                false
            }
        };
        matched += usize::from(git);
        if ours != git {
            wrong.push(format!("{text:?} on {path:?}: git {git}, ours {ours}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), cases.len());
    // The generator must not have drifted into patterns that never match.
    assert!(matched * 10 > cases.len(), "{matched} of {}", cases.len());
    assert!(refused.values().sum::<usize>() * 3 < cases.len(), "{refused:?}");
}

/// Patterns as people write them, and the corners of git's own reading.
const WRITTEN: &[&str] = &[
    "infra/prod",
    "secrets/",
    "/a",
    "/a/",
    "a/",
    "*",
    "**",
    "/**",
    "/*",
    "*/",
    "**/",
    "a/**",
    "**/a",
    "a/**/b",
    "a/**/**/b",
    "**/a/**",
    "*.b",
    ".env",
    ".env.*",
    "/a*/b",
    "a**/b",
    "/a**/b",
    "a**b/c",
    "ab**/**/b",
    "a/b**/**",
    "a/***/b",
    "***/a",
    "a/b***",
    "a*/**/b",
    "[ab]**/b",
    "a?**/b",
    "a/*",
    "a/*/",
    "a/**/",
    "**/**",
    "**/**/a",
    "a**",
    "/a**",
    "a/**b",
    "a/b**",
    "**a/b",
    "**a",
    "?",
    "a b",
    "a\\ ",
    "a ",
    "\\a",
    "\\\\",
    "a\\",
    "a//b",
    "./a",
    "a/.",
    "a/..",
    "..",
    "",
    "/",
    "//",
    "#a",
    "!a",
];

#[test]
fn path_patterns_match_exactly_what_git_matches() {
    for seed in [1, 2] {
        compare(seed, PathCase::Exact);
    }
}

#[test]
fn path_patterns_that_ignore_case_match_what_git_matches_with_ignorecase() {
    compare(3, PathCase::Ignore);
}

#[test]
fn a_matcher_of_many_finds_what_each_pattern_finds_alone() {
    let mut generator = Generator(4);
    let texts: Vec<String> = (0..600)
        .map(|_| pattern(&mut generator, true))
        .filter(|text| PathPattern::new(text).is_ok())
        .collect();
    for case in [PathCase::Exact, PathCase::Ignore] {
        let matcher = PathMatcher::new(texts.iter().map(String::as_str), case).unwrap();
        for _ in 0..400 {
            let path = path(&mut generator, true);
            let path = path.trim_end_matches('/');
            let alone: Vec<usize> = (0..texts.len())
                .filter(|index| {
                    // The matcher takes every path for a possible folder.
                    PathPattern::with_case(&texts[*index], case)
                        .unwrap()
                        .matches(&format!("{path}/"))
                })
                .collect();
            assert_eq!(matcher.matching(path), alone, "{path}");
            assert_eq!(matcher.first(path), alone.first().copied(), "{path}");
            assert_eq!(matcher.is_match(path), !alone.is_empty(), "{path}");
        }
    }
}

#[test]
fn git_is_the_one_that_answers() {
    let patterns = ["a/".to_owned(), "/b".to_owned()];
    let cases = [(0, "x/a/y"), (0, "a"), (1, "b"), (1, "c/b")];
    let cases: Vec<(usize, String)> =
        cases.iter().map(|(index, path)| (*index, (*path).to_owned())).collect();
    assert_eq!(git_says(&patterns, &cases, false), [true, false, true, false]);
}
