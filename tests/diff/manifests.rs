//! Realistic changes of manifests, configuration and code, given as git's real diff of them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::ChangeClass;
use bailiwick::ChangeFacts;
use bailiwick::ChangedFile;
use bailiwick::Request;
use serde_json::Value;
use serde_json::json;

use crate::case::Entry;
use crate::case::Tree;
use crate::git::Repository;
use crate::random::Random;

#[test]
fn every_change_is_of_the_classes_that_its_manifests_bear_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy-fixtures/facts/manifests");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 50, "{}", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(folder.join("expect.json")).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        let found = found(&folder, &expected);
        if found != expected {
            wrong.push(format!("{name}: {found:#}\nexpected {expected:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names of manifests in the fixtures; locks say more than anyone compares.
const MANIFESTS: &[&str] = &[
    "Cargo.toml",
    "package.json",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "libs.versions.toml",
    "go.mod",
    "requirements.txt",
    "pyproject.toml",
    "setup.cfg",
    "Pipfile",
];

#[test]
fn nothing_that_is_put_into_a_manifest_goes_unseen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy-fixtures/facts/manifests");
    let mut random = Random::new(4711);
    let (mut tried, mut unseen) = (0, Vec::new());
    for folder in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        let (before, after) = (tree(&folder.join("before")), tree(&folder.join("after")));
        for path in after.entries.keys() {
            let name = path.rsplit('/').next().unwrap();
            let (Some(old), Some(new)) = (before.text(path), after.text(path)) else {
                continue;
            };
            if !MANIFESTS.contains(&name) || claim(path, &old, &new) != "borne_out" {
                continue;
            }
            for _ in 0..200 {
                let at = random.below(new.len());
                let word = random.pick(&["zz", "\nzz\n", " zz ", ".zz", "\"zz\"", "zz = \"zz\"\n"]);
                let Some((start, end)) = new.split_at_checked(at) else {
                    continue;
                };
                // What stands in a comment is read by nobody.
                let line = start.rsplit('\n').next().unwrap();
                let comment = line.contains('#') || line.contains("//") || line.contains("<!");
                if comment || (word.starts_with('\n') && start.ends_with("\\")) {
                    continue;
                }
                let spoilt = [start, word, end].concat();
                if claim(path, &old, &spoilt) == "borne_out" {
                    let around = spoilt.get(at.saturating_sub(60)..).unwrap_or(&spoilt);
                    unseen.push(format!("{path} {word:?}: …{}", &around[..around.len().min(100)]));
                }
                tried += 1;
            }
        }
    }
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
    assert!(tried > 1500, "{tried}");
}

/// Returns what becomes of the claim that a manifest's change is of patches and minor versions.
fn claim(path: &str, before: &str, after: &str) -> &'static str {
    let file = ChangedFile {
        after: Some(after.to_owned()),
        before: Some(before.to_owned()),
        path: path.to_owned(),
        ..ChangedFile::default()
    };
    let request = Request {
        change_class: Some(ChangeClass::DependencyPatchMinor),
        changed_files: Some(vec![file]),
        ..Request::default()
    };
    ChangeFacts::of(&request).claim.unwrap().state.name()
}

/// Returns what is found, in the form of `expect.json`.
fn found(folder: &Path, expected: &Value) -> Value {
    let (before, after) = (tree(&folder.join("before")), tree(&folder.join("after")));
    let repository = Repository::new();
    let names = repository.store(&[before.clone(), after]);
    let diff = repository.diff("core.quotePath=true", &["-M"], &names[0], &names[1]);
    let rows = ChangeFacts::of(&Request { diff: Some(diff.clone()), ..Request::default() });
    let files = rows.files.iter().map(|file| ChangedFile {
        before: before.text(&file.path),
        path: file.path.clone(),
        ..ChangedFile::default()
    });
    let mut request =
        Request { changed_files: Some(files.collect()), diff: Some(diff), ..Request::default() };
    let facts = ChangeFacts::of(&request);
    assert_eq!(facts.doubts, [], "{folder:?}");
    let classes: BTreeSet<&str> = facts.classes.iter().map(|found| found.class.name()).collect();
    let mut changes: Vec<String> = facts
        .dependencies
        .iter()
        .map(|part| {
            format!("{}: {} {}", part.path, part.name.replace(['"', '\\'], ""), part.change)
        })
        .collect();
    changes.sort();
    let mut claims = BTreeMap::new();
    for claimed in expected["claims"].as_object().unwrap().keys() {
        request.change_class = ChangeClass::from_name(claimed);
        let claim = ChangeFacts::of(&request).claim.unwrap();
        assert_eq!(claim.evidence.is_empty(), claim.state.name() == "borne_out", "{folder:?}");
        claims.insert(claimed.clone(), claim.state.name());
    }
    let mut found = json!({"changes": changes, "claims": claims, "classes": classes});
    if expected.get("stale").is_some() {
        let stale: Vec<&String> = facts.stale.iter().map(|stale| &stale.path).collect();
        found["stale"] = json!(stale);
    }
    found
}

/// Reads the files below a folder.
fn tree(root: &Path) -> Tree {
    let mut tree = Tree::default();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                let bytes = std::fs::read(&path).unwrap();
                tree.entries.insert(name, Entry::File { bytes, executable: false });
            }
        }
    }
    tree
}
