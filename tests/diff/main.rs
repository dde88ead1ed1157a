//! Git's diffs of generated changes, read and compared with what git itself counts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test says what is wrong")]
#![expect(clippy::indexing_slicing, reason = "a panic is how a test says what is wrong")]

mod broken;
mod case;
mod git;
mod manifests;
mod random;

use std::collections::BTreeMap;

use bailiwick::ChangeFacts;
use bailiwick::ChangeStatus;
use bailiwick::ChangedFile;
use bailiwick::Request;

use case::Tree;
use git::Row;
use random::Random;

/// Changes that are made; each is read in one of the ways below.
const CASES: usize = 300;

/// How git is asked: options, and settings.
const WAYS: &[&[&str]] = &[
    &["-M", "--binary"],
    &["-M", "--binary", "-U0"],
    &["-M", "-C", "--find-copies-harder", "--binary"],
    &["--no-renames", "-U10"],
    &["-M10%", "--full-index"],
    &["-M", "--binary", "--inter-hunk-context=5", "--patience"],
];

#[test]
fn every_file_of_a_real_diff_is_what_git_says_that_it_is() {
    let repository = git::Repository::new();
    let mut random = Random::new(0x5eed);
    let mut trees = vec![Tree::default()];
    for _ in 0..CASES {
        let mut tree = trees[trees.len() - 1].clone();
        tree.change(&mut random);
        trees.push(tree);
    }
    let names = repository.store(&trees);
    let mut files = 0;
    for (number, (trees, names)) in trees.windows(2).zip(names.windows(2)).enumerate() {
        let (before, after) = (&names[0], &names[1]);
        let quote = if number % 2 == 0 { "core.quotePath=true" } else { "core.quotePath=false" };
        let way = WAYS[number % WAYS.len()];
        let diff = repository.diff(quote, way, before, after);
        let raw = repository.listing("--raw", way, before, after);
        let rows = repository.rows(&raw, way, before, after);
        files += rows.len();
        compare(&diff, &rows, number, way);
        texts(&diff, &rows, &trees[0], &trees[1], number);
        listing(&raw, &rows, true);
        listing(&repository.listing("--name-status", way, before, after), &rows, false);
    }
    assert!(files > 1000, "only {files} files changed");
}

/// Every file with its counts.
fn compare(diff: &str, rows: &[Row], number: usize, way: &[&str]) {
    let facts = ChangeFacts::of(&Request { diff: Some(diff.to_owned()), ..Request::default() });
    assert_eq!(facts.doubts, [], "case {number} {way:?}\n{diff}");
    let mut found: BTreeMap<String, Row> = BTreeMap::new();
    for file in &facts.files {
        let added = if file.binary { None } else { file.added };
        let removed = if file.binary { None } else { file.removed };
        let row = Row {
            added,
            executable: file.executable,
            from: file.from.clone(),
            path: file.path.clone(),
            removed,
            status: file.status.unwrap(),
            submodule: file.submodule,
            type_changed: false,
        };
        // Where a file becomes a link, a diff removes the one and adds the other.
        match found.get_mut(&file.path) {
            None => {
                found.insert(file.path.clone(), row);
            }
            Some(gone) => {
                assert_eq!((gone.status, row.status), (ChangeStatus::Deleted, ChangeStatus::Added));
                gone.status = ChangeStatus::Modified;
                gone.type_changed = true;
                gone.executable = row.executable;
                gone.submodule |= row.submodule;
                gone.added = both(gone.added, row.added);
                gone.removed = both(gone.removed, row.removed);
            }
        }
    }
    let mut expected: BTreeMap<String, Row> =
        rows.iter().map(|row| (row.path.clone(), row.clone())).collect();
    for row in expected.values_mut() {
        // Of what only moves, a diff does not tell the mode.
        row.submodule &= row.from.is_none() || (row.added, row.removed) != (Some(0), Some(0));
    }
    assert_eq!(found, expected, "case {number} {way:?}\n{diff}");
}

fn both(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    Some(one? + other?)
}

/// The diff must lead from every text before to the text after, and to no other.
fn texts(diff: &str, rows: &[Row], old: &Tree, new: &Tree, number: usize) {
    let mut changed = Vec::new();
    let mut spoilt = None;
    for row in rows.iter().filter(|row| !row.type_changed) {
        let before = row.from.as_ref().unwrap_or(&row.path);
        let mut file = ChangedFile { path: row.path.clone(), ..ChangedFile::default() };
        let texts = row.added.is_some() && !row.submodule;
        if let (true, Some(text)) = (texts, old.text(before)) {
            file.before = Some(text).filter(|_| row.status != ChangeStatus::Added);
        }
        if let (true, Some(text)) = (texts, new.text(&row.path)) {
            file.after = Some(text).filter(|_| row.status != ChangeStatus::Deleted);
        }
        if file.before.is_some() && file.after.is_some() {
            spoilt = Some(changed.len());
        }
        changed.push(file);
    }
    if rows.iter().any(|row| row.type_changed) {
        return;
    }
    let mut request =
        Request { changed_files: Some(changed), diff: Some(diff.to_owned()), ..Request::default() };
    let facts = ChangeFacts::of(&request);
    assert_eq!(facts.doubts, [], "case {number}\n{diff}");
    if let (Some(index), Some(files)) = (spoilt, &mut request.changed_files) {
        files[index].after.as_mut().unwrap().push_str("more\n");
        assert_eq!(ChangeFacts::of(&request).doubts.len(), 1, "case {number}");
    }
}

/// A listing names the same files.
fn listing(listing: &str, rows: &[Row], modes: bool) {
    let facts = ChangeFacts::of(&Request { diff: Some(listing.to_owned()), ..Request::default() });
    assert_eq!(facts.doubts, [], "{listing:?}");
    let found: Vec<_> =
        facts.files.iter().map(|file| (file.status.unwrap(), &file.from, &file.path)).collect();
    let expected: Vec<_> = rows.iter().map(|row| (row.status, &row.from, &row.path)).collect();
    assert_eq!(found, expected, "{listing:?}");
    if modes {
        let found: Vec<_> =
            facts.files.iter().map(|file| (file.executable, file.submodule)).collect();
        let expected: Vec<_> = rows.iter().map(|row| (row.executable, row.submodule)).collect();
        assert_eq!(found, expected, "{listing:?}");
    }
}
