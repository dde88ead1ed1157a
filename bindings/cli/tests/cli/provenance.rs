//! `provenance sign`, `verify` and `show`.

use std::path::Path;

use crate::support::Ran;
use crate::support::bailiwick;

/// The seed of RFC 8032, section 7.1, test 1, and its public key.
const SIGNER: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n";
const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const HEAD: &str = "89abcdef89abcdef89abcdef89abcdef89abcdef";

/// A folder with a key, a patch, a record that names it, and the statements.
fn signed() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    put("key", SIGNER);
    put("key.pub", PUBLIC);
    put("patch.diff", "--- a\n+++ b\n");
    put("record.yaml", &record(dir.path()));
    let ran = bailiwick(dir.path(), &["provenance", "sign", "--key", "key", "record.yaml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 2);
    put("bundle.intoto.jsonl", &ran.out);
    dir
}

fn record(dir: &Path) -> String {
    let patch = bailiwick_wire::digest_of(&std::fs::read(dir.join("patch.diff")).unwrap());
    let none = "'none: not in this test'";
    format!(
        "agent_provenance:
  task_id: task_1
  run_id: run_1
  builder_id: urn:example:runtime
  agent_version: 1.0.0
  model_policy: {{router: {none}}}
  sandbox: {{image_digest: {none}}}
  repository: {{name: payments, base_sha: '{base}', head_sha: '{HEAD}'}}
  policy: {{effective_policy_hash: policy@1, redaction_policy_version: redaction-2}}
  versions:
    context_manifest_hash: {none}
    judge_rubric: {none}
    prompt_contract: {none}
    system_prompt: {none}
    tool_schema: {none}
    verifier_profile: {none}
  artifacts: {{patch: {{uri: 'artifact://run_1/patch.diff', digest: '{patch}'}}}}
",
        base = HEAD.replace('8', "0"),
    )
}

fn verify(dir: &Path, more: &[&str]) -> Ran {
    let args =
        [&["provenance", "verify", "--key", PUBLIC], more, &["bundle.intoto.jsonl"]].concat();
    bailiwick(dir, &args)
}

#[test]
fn what_is_signed_is_verified_against_patch_commit_and_record() {
    let dir = signed();
    let asked =
        ["--strict", "--patch", "patch.diff", "--commit", HEAD, "--document", "record.yaml"];
    let ran = verify(dir.path(), &asked);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.ends_with("ok: 2 statements verified\n"), "{}", ran.out);
    let args = ["provenance", "verify", "--key", "key.pub", "bundle.intoto.jsonl"];
    assert_eq!(bailiwick(dir.path(), &args).code, Some(0));
}

#[test]
fn every_problem_is_told_with_line_code_and_path() {
    let dir = signed();
    std::fs::write(dir.path().join("patch.diff"), "another").unwrap();
    let ran = verify(dir.path(), &["--patch", "patch.diff"]);
    assert_eq!(ran.code, Some(1));
    let first = "bundle.intoto.jsonl: patch_mismatch: $.payload.subject: no signed statement is";
    assert!(ran.out.starts_with(first), "{}", ran.out);
    let path = dir.path().join("bundle.intoto.jsonl");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[40] = 0xff;
    std::fs::write(&path, bytes).unwrap();
    let ran = verify(dir.path(), &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("bundle.intoto.jsonl:1: not_json: $: "), "{}", ran.out);
    let ran = verify(dir.path(), &["--format", "json"]);
    assert_eq!(ran.json()["verified"], false);
}

#[test]
fn missing_versions_are_all_named() {
    let dir = signed();
    let less = record(dir.path()).replace("    judge_rubric: 'none: not in this test'\n", "");
    let less = less.replace("agent_version: 1.0.0", "agent_version: unknown");
    std::fs::write(dir.path().join("record.yaml"), less).unwrap();
    let ran = bailiwick(dir.path(), &["provenance", "sign", "--key", "key", "record.yaml"]);
    assert_eq!(ran.code, Some(2));
    let told = "does not state `agent_version`, `versions.judge_rubric`";
    assert!(ran.err.contains(told), "{}", ran.err);
}

#[test]
fn a_misspelt_key_is_told_at_its_place_in_the_file() {
    let dir = signed();
    let wrong = record(dir.path()).replace("task_id", "taskid");
    std::fs::write(dir.path().join("record.yaml"), wrong).unwrap();
    for args in [
        &["provenance", "sign", "--key", "key", "record.yaml"][..],
        &["provenance", "show", "record.yaml"],
    ] {
        let ran = bailiwick(dir.path(), args);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.starts_with("record.yaml:2:3: error[unknown_key]"), "{}", ran.err);
    }
}

#[test]
fn what_is_no_key_is_a_usage_error_that_shows_nothing_of_it() {
    let dir = signed();
    std::fs::write(dir.path().join("key"), "hunter2").unwrap();
    let ran = bailiwick(dir.path(), &["provenance", "sign", "--key", "key", "record.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(!ran.err.contains("hunter2") && ran.err.contains("is no secret key"), "{}", ran.err);
    let args = ["provenance", "verify", "--key", "nokey", "bundle.intoto.jsonl"];
    assert_eq!(bailiwick(dir.path(), &args).code, Some(2));
}

#[test]
fn a_bundle_and_a_record_are_shown_for_people() {
    let dir = signed();
    let ran = bailiwick(dir.path(), &["provenance", "show", "bundle.intoto.jsonl"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for told in ["run           run_1\n", "version       judge_rubric none: not in this test\n"] {
        assert_eq!(ran.out.matches(told).count(), 2, "{}", ran.out);
    }
    let ran = bailiwick(dir.path(), &["provenance", "show", "record.yaml"]);
    assert!(ran.out.starts_with("agent_provenance:\n  task_id: \"task_1\"\n"), "{}", ran.out);
}
