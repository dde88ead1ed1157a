//! Diffs that are cut, bent or mixed up: none is read as something else than git wrote.

use bailiwick::ChangeFacts;
use bailiwick::Request;

use crate::case::Tree;
use crate::git::Repository;
use crate::random::Random;

fn facts(diff: &str) -> ChangeFacts {
    ChangeFacts::of(&Request { diff: Some(diff.to_owned()), ..Request::default() })
}

#[test]
fn a_diff_that_is_bent_is_refused_or_names_no_other_files() {
    let repository = Repository::new();
    let mut random = Random::new(77);
    let mut trees = vec![Tree::default()];
    for _ in 0..40 {
        let mut tree = trees[trees.len() - 1].clone();
        tree.change(&mut random);
        trees.push(tree);
    }
    let (mut refused, mut read) = (0, 0);
    for pair in repository.store(&trees).windows(2) {
        let way = ["-M", "--binary"];
        let diff = repository.diff("core.quotePath=true", &way, &pair[0], &pair[1]);
        let names: Vec<_> =
            facts(&diff).files.into_iter().map(|file| (file.from, file.path)).collect();
        let lines: Vec<&str> = diff.split_inclusive('\n').collect();
        for _ in 0..20 {
            if lines.is_empty() {
                continue;
            }
            let mut bent = lines.clone();
            let at = random.below(lines.len());
            match random.below(4) {
                0 => {
                    bent.remove(at);
                }
                1 => bent.insert(at, random.pick(&lines)),
                2 => bent.truncate(at),
                _ => bent.swap(at, 0),
            }
            let found = facts(&bent.concat());
            if found.doubts.is_empty() {
                read += 1;
                // Content may lose or gain a whole file or a line, but no path is made up.
                let known = |file: &bailiwick::FileFacts| {
                    names
                        .iter()
                        .any(|(from, path)| *path == file.path || from.as_ref() == Some(&file.path))
                };
                assert!(found.files.iter().all(known), "{}", bent.concat());
            } else {
                assert_eq!(found.files, []);
                refused += 1;
            }
        }
    }
    assert!(refused > 200, "{refused} of {} refused", refused + read);
}

#[test]
fn what_is_not_gits_is_refused_with_the_line() {
    for (diff, doubt) in [
        ("hello\n", "the diff has a header that is not git's, at line 1"),
        (
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
            "the diff has a header that is not git's, at line 1",
        ),
        ("diff --cc x\n", "the diff has several parents, at line 1"),
        ("diff --combined x\n", "the diff has several parents, at line 1"),
        (
            "diff --git a/x b/x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1 -1 +1 @@@\n",
            "the diff has several parents, at line 2",
        ),
        (
            "diff --git a/x b/y\nindex 1..2 100644\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n",
            "the diff has a path that cannot be read, at line 1",
        ),
        (
            "diff --git a/x b/x\nindex 1..2 100644\n--- a/secret\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
            "the diff contradicts itself, at line 1",
        ),
        (
            "diff --git a/x b/x\nsimilarity index 90%\nrename from y\nrename to x\n",
            "the diff contradicts itself, at line 1",
        ),
        (
            "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n+b\n",
            "the diff ends too early, at line 7",
        ),
        (
            "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n+c\n",
            "the diff has a header that is not git's, at line 8",
        ),
        (
            "diff --git a/x b/x\nold mode 100644\nnew mode 100666\n",
            "the diff has a mode that is not a file's, at line 3",
        ),
        (
            "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
            "the diff contradicts itself, at line 1",
        ),
        (
            "diff --git \"a/\\377\" \"b/\\377\"\n",
            "the diff has a path that cannot be read, at line 1",
        ),
        ("diff --git x x\n", "the diff has a path that cannot be read, at line 1"),
        (
            "diff --git a/x b/x\nindex 1..2\nGIT binary patch\nliteral 3\nzz\n\n",
            "the diff has a binary patch that is malformed, at line 5",
        ),
        ("Z\0x\0", "the diff has a status that is not read, at line 1"),
        ("R100\0x\0", "the diff ends too early, at line 3"),
        ("::100644 100644 100644 1 2 3 MM\0x\0", "the diff has several parents, at line 1"),
        ("U\0x\0", "the diff has a status that is not read, at line 1"),
    ] {
        let found = facts(diff);
        assert_eq!(found.doubts.len(), 1, "{diff}");
        assert_eq!(found.doubts[0].reason, doubt, "{diff}");
        assert_eq!(found.files, [], "{diff}");
    }
}

#[test]
fn lines_that_end_as_on_windows_are_read() {
    let diff = "diff --git a/x y b/x y\r\nindex 1..2 100644\r\n--- a/x y\t\r\n+++ b/x y\t\r\n\
        @@ -1,2 +1,2 @@\r\n-a\r\n+b\r\n \r\n";
    let found = facts(diff);
    assert_eq!(found.doubts, []);
    assert_eq!((found.files[0].path.as_str(), found.files[0].added), ("x y", Some(1)));
}

#[test]
fn a_long_diff_takes_as_long_as_it_is() {
    let mut diff = String::new();
    for number in 0..5000 {
        diff.push_str(&format!("diff --git a/f{number} b/f{number}\nindex 1..2 100644\n"));
        diff.push_str(&format!("--- a/f{number}\n+++ b/f{number}\n@@ -1 +1,30 @@\n-a\n"));
        diff.push_str(&"+line of text\n".repeat(30));
    }
    let start = std::time::Instant::now();
    assert_eq!(facts(&diff).files.len(), 5000);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn hostile_changes_take_time_as_they_are_long() {
    let mut files = Vec::new();
    for number in 0..1500 {
        files.push(
            serde_json::json!({"path": format!("d{number}/Cargo.lock"), "before": "", "after": ""}),
        );
        files.push(
            serde_json::json!({"path": format!("e{number}/Cargo.toml"), "before": "", "after": ""}),
        );
        files.push(serde_json::json!({"path": format!("{}x.pb.go", "a/".repeat(number % 200))}));
    }
    let toml = ["[", &"a".repeat(500), "]\n"].concat() + &keys(5000);
    let pom = [
        "<project>",
        &"<a><dependency><artifactId>x</artifactId></dependency></a>".repeat(2000),
        "</project>",
    ]
    .concat();
    let gradle = "'a:b:1' \"c:d:2\" /* ' */ ".repeat(5000);
    let requirements = "a[b]>=1,<2,!=3 ; c --hash=x\n".repeat(5000);
    for (path, text) in [
        ("Cargo.toml", toml),
        ("pom.xml", pom),
        ("build.gradle", gradle),
        ("requirements.txt", requirements),
    ] {
        files.push(
            serde_json::json!({"path": path, "before": text, "after": text.replace('1', "2")}),
        );
    }
    let start = std::time::Instant::now();
    let found = listed(files);
    assert_eq!(found.files.len(), 4504);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

fn keys(count: usize) -> String {
    (0..count).map(|number| format!("k{number} = '1'\n")).collect()
}

fn listed(files: Vec<serde_json::Value>) -> ChangeFacts {
    let request = serde_json::json!({ "changed_files": files, "change_class": "test_change" });
    ChangeFacts::of(&serde_json::from_value::<Request>(request).unwrap())
}
