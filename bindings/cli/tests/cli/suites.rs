//! `test`.

use std::path::Path;

use crate::support::bailiwick;
use crate::support::edit;
use crate::support::fixtures;
use crate::support::initialised;
use crate::support::write;

const SUITE: &str = "- name: reading\n  input: {tool: file.read, path: a}\n  \
                     expect: {decision: allowed}\n";

#[test]
fn the_fixtures_pass_and_fail_without_a_rule_that_they_cover() {
    let dir = initialised();
    let policies = fixtures("policies");
    let ran = bailiwick(dir.path(), &["test", policies.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(" passed, 0 failed, 0 skipped\n"), "{}", ran.out);

    copy(&policies.join("payments"), &dir.path().join("copy"));
    edit(&dir.path().join("copy/repository.yaml"), "    - .github/workflows/**\n", "");
    let ran = bailiwick(dir.path(), &["test", "copy"]);
    assert_eq!(ran.code, Some(1));
    let failed = "copy/cases/section_42.cases.yaml:1:3: failed: deny workflow change for normal \
                  task: no reason contains `forbidden path`";
    assert!(ran.out.contains(failed), "{}", ran.out);
}

#[test]
fn a_removed_rule_fails_the_cases_of_init() {
    let dir = initialised();
    edit(&dir.path().join("p/repository.yaml"), "    - .github/workflows/**\n", "");
    let ran = bailiwick(dir.path(), &["test", "p"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("failed: workflows stay as they are"), "{}", ran.out);
    assert!(ran.out.ends_with("8 passed, 1 failed, 0 skipped\n"), "{}", ran.out);
}

#[test]
fn a_suite_finds_its_policies_from_wherever_it_is_named() {
    let dir = initialised();
    std::fs::create_dir(dir.path().join("q")).unwrap();
    for (from, path) in [
        (".", "p"),
        (".", "p/cases"),
        (".", "p/cases/first.cases.yaml"),
        ("p", "."),
        ("p/cases", "first.cases.yaml"),
        ("p/cases", "."),
        ("p/cases", ".."),
        ("p/cases", "../cases/first.cases.yaml"),
        ("q", "../p/cases"),
        ("q", ".."),
        (".", "."),
    ] {
        let ran = bailiwick(&dir.path().join(from), &["test", path]);
        assert_eq!(ran.code, Some(0), "{from} {path}: {}{}", ran.out, ran.err);
        assert_eq!(ran.out, "9 passed, 0 failed, 0 skipped\n");
    }
}

#[test]
fn the_policies_come_from_the_option_then_the_suite_then_the_folder() {
    let dir = initialised();
    write(&dir.path().join("strict/p.yaml"), "platform_policy: {version: 1, allowed_actions: []}");
    write(&dir.path().join("far/a.cases.yaml"), &format!("policies: ../p\ncases:\n{SUITE}"));
    write(&dir.path().join("lone/cases/sub/b.yaml"), SUITE);
    assert_eq!(bailiwick(dir.path(), &["test", "far"]).code, Some(0));
    let forced = bailiwick(dir.path(), &["test", "far", "--policies", "strict"]);
    assert_eq!(forced.code, Some(1));
    assert!(forced.out.contains("expected `allowed`, and it is `denied`"), "{}", forced.out);
    let lone = bailiwick(&dir.path().join("lone"), &["test", "cases/sub/b.yaml"]);
    assert_eq!(lone.code, Some(1));
    assert!(lone.out.contains("error[policies_missing]"), "{}", lone.out);
    write(&dir.path().join("off/a.cases.yaml"), &format!("policies: nowhere\ncases:\n{SUITE}"));
    let off = bailiwick(dir.path(), &["test", "off", "p", "p/cases"]);
    assert_eq!(off.code, Some(1));
    let told = "off/nowhere: error[unreadable]: ";
    assert!(off.out.starts_with(told), "{}", off.out);
    let sums = "9 passed, 0 failed, 0 skipped, 1 suite not run\n";
    assert!(off.out.ends_with(sums), "{}", off.out);
    let missing = bailiwick(dir.path(), &["test", "far", "--policies", "nowhere"]);
    assert_eq!(missing.code, Some(2));
}

#[test]
fn nothing_to_test_is_a_finding() {
    let dir = initialised();
    write(&dir.path().join("none/a.yaml"), "platform_policy: {version: 1}");
    let none = bailiwick(dir.path(), &["test", "none"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("no suite was found"), "{}", none.err);
    let filtered = bailiwick(dir.path(), &["test", "p", "--filter", "no such case"]);
    assert_eq!(filtered.code, Some(1));
    assert!(filtered.err.contains("no case contains `no such case`"), "{}", filtered.err);
    let some = bailiwick(dir.path(), &["test", "p", "--filter", "secret", "--verbose"]);
    assert_eq!(some.code, Some(0));
    assert!(some.out.contains("passed: nobody reads a secret"), "{}", some.out);
    assert_eq!(bailiwick(dir.path(), &["test", "nowhere"]).code, Some(2));
}

#[test]
fn a_suite_or_its_policies_with_a_fault_are_named_and_the_rest_runs() {
    let dir = initialised();
    write(&dir.path().join("p/cases/a.yaml"), "- name: x\n  inptu: {}\n");
    let ran = bailiwick(dir.path(), &["test", "p"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("p/cases/a.yaml:2:3: error[unknown_key]"), "{}", ran.out);
    assert!(ran.out.ends_with("9 passed, 0 failed, 0 skipped, 1 suite not run\n"), "{}", ran.out);
    edit(&dir.path().join("p/team.yaml"), "version", "vresion");
    let ran = bailiwick(dir.path(), &["test", "p/cases/first.cases.yaml"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("p/team.yaml:5:3: error[unknown_key]"), "{}", ran.out);
}

#[test]
fn results_come_as_json_and_junit() {
    let dir = initialised();
    let suite = "- name: a <b> & \"c\"\n  input: {tool: file.read, path: a}\n  \
                 expect: {decision: denied}\n- name: d\n  skip: later\n  \
                 input: {tool: file.read, path: a}\n  expect: {decision: denied}\n";
    write(&dir.path().join("p/cases/z.yaml"), suite);
    let json = bailiwick(dir.path(), &["--format", "json", "test", "p"]).json();
    assert_eq!(
        (&json["passed"], &json["failed"], &json["skipped"]),
        (&9.into(), &1.into(), &1.into())
    );
    assert_eq!(json["suites"][1]["path"], "p/cases/z.yaml");
    assert_eq!(json["suites"][1]["cases"][0]["decision"], "allowed");
    let junit = bailiwick(dir.path(), &["--format", "junit", "test", "p"]);
    assert_eq!(junit.code, Some(1));
    assert!(junit.out.contains("tests=\"11\" failures=\"1\" errors=\"0\" skipped=\"1\""));
    assert!(junit.out.contains("name=\"a &lt;b&gt; &amp; &quot;c&quot;\""), "{}", junit.out);
    let fast = bailiwick(dir.path(), &["test", "p/cases/z.yaml", "p", "--fail-fast"]);
    assert_eq!(fast.code, Some(1));
    assert!(fast.out.ends_with("0 passed, 1 failed, 1 skipped\n"), "{}", fast.out);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
