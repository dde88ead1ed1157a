//! Every name that the real git takes for `.git` on some system is one that a rule on `.git` meets.
#![expect(
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "a test compares with the real git, and fails by a panic"
)]

use std::collections::BTreeSet;
use std::process::Command;

use bailiwick::Facts;
use bailiwick::PathCase;
use bailiwick::PathMatcher;
use bailiwick::Request;

/// What HFS+ leaves out of names.
const LEFT_OUT: [char; 16] = [
    '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}',
    '\u{202e}', '\u{206a}', '\u{206b}', '\u{206c}', '\u{206d}', '\u{206e}', '\u{206f}', '\u{feff}',
];

/// Names that are `.git` on some system, and some that are not.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for stem in [".git", ".GIT", ".gIt", "git~1", "GIT~1", "git~2", "git", ".gitx", ".gi", "xgit~1"]
    {
        for ending in [
            "",
            ".",
            " ",
            "..",
            ". ",
            " . .",
            ":",
            "::$INDEX_ALLOCATION",
            ":x",
            " :x",
            ".:x",
            ".x",
            "x",
            "\\x",
            ".\\x",
            " \\x",
            "~1",
        ] {
            names.insert(format!("{stem}{ending}"));
        }
    }
    for c in LEFT_OUT {
        for at in 0..=4 {
            let (start, end) = ".git".split_at(at);
            names.insert(format!("{start}{c}{end}"));
            names.insert(format!("{start}{c}{c}{end}").to_uppercase());
        }
    }
    names
}

fn refused_by_git(folder: &std::path::Path, name: &str) -> bool {
    let out = Command::new("git")
        .current_dir(folder)
        .args(["-c", "core.protectNTFS=true", "-c", "core.protectHFS=true"])
        .args(["update-index", "--add", "--cacheinfo"])
        .arg(format!("100644,e69de29bb2d1d6434b8b29ae775ad8c2e48c5391,a/{name}/b"))
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    String::from_utf8_lossy(&out.stderr).contains("Invalid path")
}

fn met_by_rule(matcher: &PathMatcher, name: &str) -> bool {
    let request = serde_json::json!({
        "tool": "file.write", "workspace": "/ws/repo", "path": format!("a/{name}/b"),
    });
    let request: Request = serde_json::from_value(request).unwrap();
    let facts = Facts::of(&request, request.action().unwrap());
    // What cannot be read is denied too.
    facts.paths.unknown.is_some()
        || facts.paths.value.iter().any(|fact| !matcher.matching(&fact.path).is_empty())
}

#[test]
fn every_name_that_git_takes_for_its_own_folder_is_met() {
    let folder = std::env::temp_dir().join(format!("bailiwick-names-{}", std::process::id()));
    let made = Command::new("git").args(["init", "-q"]).arg(&folder).status().unwrap();
    assert!(made.success());
    let matcher = PathMatcher::new([".git"].into_iter(), PathCase::Ignore).unwrap();
    let refused: Vec<String> =
        names().into_iter().filter(|name| refused_by_git(&folder, name)).collect();
    let missed: Vec<&String> = refused.iter().filter(|name| !met_by_rule(&matcher, name)).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(refused.len() > 100, "git refused {} names only", refused.len());
    assert_eq!(missed, Vec::<&String>::new());
    for name in ["git", "gitx", "legit", ".gitignore", ".github", "x.git"] {
        assert!(!met_by_rule(&matcher, name), "{name}");
    }
}
