//! What the tools check beside the policies: each by a script that only that check stops.

use std::path::Path;

use serde_json::Value;

use crate::support::SHORT;
use crate::support::demo;
use crate::support::files;
use crate::support::report;

/// Runs a script with these calls and this verifier, under the embedded policies and `more`.
fn scripted(verifier: &str, calls: &str, more: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script.yaml");
    // The class that the change claims must be borne out by its files.
    let class = if verifier == CHECK { "source_change" } else { "documentation_change" };
    let turns = SHORT
        .replace("documentation_change", class)
        .replace("calls: []", calls)
        .replace("unit_tests: ['true']", &format!("unit_tests: {verifier}"));
    std::fs::write(&script, turns).unwrap();
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    let embedded = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/policies");
    for entry in embedded.read_dir().unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), policies.join(entry.file_name())).unwrap();
    }
    std::fs::write(policies.join("more.yaml"), more).unwrap();
    let (script, policies) = (script.to_str().unwrap(), policies.to_str().unwrap());
    let arguments = ["--format", "json", "--script", script, "--policies", policies];
    let output = demo(&folder.path().join("demo"), &arguments);
    let mut report = report(&output);
    assert_eq!(report["mismatches"], serde_json::json!([]));
    assert_eq!(report["failed"], Value::Null);
    let reports = files(&folder.path().join("demo/artifacts"), "none");
    let of_verifier = |(path, bytes): &(String, Vec<u8>)| {
        let report = String::from_utf8_lossy(bytes).into_owned();
        path.contains("verification-").then_some(report)
    };
    report["verification"] = reports.iter().filter_map(of_verifier).collect::<String>().into();
    report
}

const WRITE: &str = "
      - {id: write, tool: file.write, input: {path: docs/a.md, content: \"a\\n\"}, expect: allowed}";
const VERIFY: &str = "
      - {id: verify, tool: verifier.run, input: {name: unit_tests}, expect: allowed}";
const PUBLISH: &str = "
      - {id: commit, tool: git.commit, input: {message: Try}, expect: allowed}
      - {id: push, tool: git.push, expect: allowed}";
const CREATE: &str = "
      - {id: create, tool: pr.create, input: {draft: true}, expect: allowed}";

#[test]
fn verification_counts_for_the_tree_that_was_verified() {
    let report = scripted("['true']", &format!("calls:{WRITE}{VERIFY}{PUBLISH}{CREATE}"), "");
    assert_eq!(report["pull_request"]["number"], 1);

    let again = WRITE.replace("id: write", "id: again").replace("a\\n", "b\\n");
    let refused = CREATE.replace("allowed}", "denied, expect_text: has not run}");
    scripted("['true']", &format!("calls:{WRITE}{VERIFY}{again}{PUBLISH}{refused}"), "");
}

#[test]
fn a_verifier_that_fails_or_changes_what_it_judges_does_not_pass() {
    let refuse = |why: &str| CREATE.replace("allowed}", &format!("denied, expect_text: {why}}}"));
    for (line, why) in [("exit 1", "failed"), ("echo x > docs/more.md", "has not run")] {
        let (check, refused) = (check(line), refuse(why));
        let report = scripted(CHECK, &format!("calls:{check}{VERIFY}{PUBLISH}{refused}"), "");
        assert!(report["pull_request"].is_null(), "{line}");
    }
    // Put back to what it was, the tree is the one that was judged, and what was said of it stands.
    let back = "
      - {id: back, tool: file.delete, input: {path: docs/more.md}, expect: allowed}";
    let (check, refused) = (check("echo x > docs/more.md"), refuse("is flaky"));
    scripted(CHECK, &format!("calls:{check}{VERIFY}{back}{PUBLISH}{refused}"), "");
}

#[test]
fn commands_cannot_write_what_is_protected() {
    let paths = ".github/workflows/build.yml .git AGENTS.md .gitmodules /etc/passwd";
    let line = format!(
        "for path in {paths}; do (echo x >> $path) 2>/dev/null && echo WRITTEN $path; done; \
         echo x > docs/free && echo all were tried"
    );
    let tried = VERIFY.replace("allowed}", "allowed, expect_text: all were tried}");
    let report = scripted(CHECK, &format!("calls:{}{tried}", check(&line)), "");
    let output = report["verification"].as_str().unwrap();
    assert!(!output.contains("WRITTEN"), "{output}");
}

#[test]
fn limits_of_the_policies_hold_for_commands() {
    let limit = "tool_policy:\n  name: short\n  version: 1\n  tool: verifier.run\n  limits:\n    ";
    for (cap, command, ending) in [
        ("max_command_seconds: 1", "sleep 20", "killed at its time limit"),
        ("max_command_output_bytes: 100", "yes | head -c 5000", "was not kept"),
    ] {
        let verifier = format!("[sh, -c, '{command}']");
        let cut = VERIFY.replace("allowed}", &format!("allowed, expect_text: {ending}}}"));
        scripted(&verifier, &format!("calls:{cut}"), &format!("{limit}{cap}\n"));
    }
}

#[test]
fn a_link_that_a_command_made_leads_nowhere() {
    let secret = "secrets/payment-gateway.env";
    let check = check(&format!("ln -s ../{secret} docs/link && ln {secret} docs/hard"));
    let made = VERIFY.replace("allowed}", "allowed, expect_text: '[exit 0]'}");
    let calls = "
      - {id: read, tool: file.read, input: {path: docs/link}, expect: denied}
      - {id: cat, tool: shell.exec, input: {argv: [cat, docs/link]}, expect: denied}
      - {id: hard, tool: file.read, input: {path: docs/hard}, expect: denied}";
    scripted(CHECK, &format!("calls:{check}{made}{calls}"), "");
}

/// Returns the calls that write a source and the test that [`CHECK`] runs: what it does is not to
/// be seen from the command, as with any build script.
fn check(line: &str) -> String {
    format!(
        "
      - {{id: source, tool: file.write, input: {{path: src/noted.rs, content: \"//! Noted.\"}}, expect: allowed}}
      - id: check
        tool: file.write
        expect: allowed
        input:
          path: tests/check.rs
          content: |
            #[test]
            fn check() {{
                let line = \"{line}\";
                let mut sh = std::process::Command::new(\"sh\");
                assert!(sh.args([\"-c\", line]).status().unwrap().success());
            }}"
    )
}

const CHECK: &str = "[cargo, test, --offline, --test, check, --, --nocapture]";
