//! Runs the command and reads what it leaves.

use std::path::Path;
use std::process::Command;
use std::process::Output;

use serde_json::Value;

pub(crate) fn demo(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bailiwick-runtime"))
        .args(["demo", "--dir"])
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap()
}

pub(crate) fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    })
}

pub(crate) fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Every file below `folder`, whose path does not hold `without`.
pub(crate) fn files(folder: &Path, without: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with(without) {
            found.extend(files(&path, without));
        } else if path.is_file() {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

pub(crate) const SHORT: &str = "
model: {provider: scripted, name: code-repair-small}
people: {approver: {id: user:ben, team: platform}}
task:
  title: do nothing
  class: config_migration
  change_class: documentation_change
  risk: low
  campaign_id: cmp_retry_policy_v2
  branch: agent/short
  text: Do nothing.
verifiers:
  unit_tests: ['true']
turns:
  - say: Well then.
    calls: []
  - say: Done.
";

pub(crate) const COMMIT: &str = "calls:
      - {id: call_1, tool: file.write, input: {path: docs/a.md, content: \"hello\\n\"}, expect: allowed}
      - {id: call_2, tool: git.commit, input: {message: Add a document}, expect: allowed}
      - {id: call_3, tool: git.push, expect: allowed}";
