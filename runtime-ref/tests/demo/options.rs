//! A repository, a script and policies of one's own.

use std::process::Command;

use crate::support::COMMIT;
use crate::support::SHORT;
use crate::support::demo;
use crate::support::report;
use crate::support::text;

#[test]
fn a_local_repository_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("payment-service");
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-C"])
            .arg(&repository)
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    std::fs::create_dir(&repository).unwrap();
    std::fs::write(repository.join("README.md"), "# Mine\n").unwrap();
    git(&["init", "-q", "-b", "trunk"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "Begin"]);
    let before = git(&["for-each-ref"]);
    let script = folder.path().join("short.yaml");
    std::fs::write(&script, SHORT.replace("calls: []", COMMIT)).unwrap();
    let (dir, script) = (folder.path().join("demo"), script.to_str().unwrap());
    let arguments =
        ["--repo", repository.to_str().unwrap(), "--script", script, "--format", "json"];
    let output = demo(&dir, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(git(&["for-each-ref"]), before);
    let shown = Command::new("git")
        .args(["-c", "safe.directory=*", "--git-dir"])
        .arg(dir.join("remote.git"))
        .args(["for-each-ref", "--format=%(refname)"])
        .output()
        .unwrap();
    let branches = String::from_utf8(shown.stdout).unwrap();
    assert!(branches.contains("refs/heads/trunk"), "{branches}");
    assert!(branches.contains("refs/heads/agent/short-"), "{branches}");
    // The same folder is not taken for the sample's.
    let output = demo(&dir, &["--script", script]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("made of"), "{}", text(&output));
}

#[test]
fn a_decision_that_the_script_did_not_expect_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("short.yaml");
    let call = "calls: [{id: call_1, tool: file.read, input: {path: secrets/x}, expect: allowed}]";
    std::fs::write(&script, SHORT.replace("calls: []", call)).unwrap();
    let dir = folder.path().join("demo");
    let output = demo(&dir, &["--format", "json", "--script", script.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let mismatches = &report(&output)["mismatches"];
    assert_eq!(mismatches[0], "call_1 (file.read): expected allowed, got denied");
}

#[test]
fn policies_of_ones_own_decide() {
    let folder = tempfile::tempdir().unwrap();
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    let policy = "platform_policy:\n  name: none\n  version: 1\n  allowed_actions: [task.submit]\n";
    std::fs::write(policies.join("a.yaml"), policy).unwrap();
    let dir = folder.path().join("demo");
    let output = demo(&dir, &["--format", "json", "--policies", policies.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let report = report(&output);
    assert!(report["failed"].as_str().unwrap().starts_with("run.start:"), "{report}");
    // It failed, and its chain is whole and closed.
    assert_eq!(report["chain"]["verdict"], "ok");
    assert_eq!(report["decisions"]["denied"], 1);
}
