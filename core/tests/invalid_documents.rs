//! Every document of `policy-fixtures/invalid` is refused with the very code, place and words
//! that stand beside it, every code is covered, and no text makes the reader panic.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the tests read fixtures from disk, and a fixture that is not there must fail them"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use bailiwick::Diagnostic;
use bailiwick::DocumentError;
use bailiwick::SourceFile;
use bailiwick::read_documents;
use bailiwick::read_requests;
use bailiwick::read_suites;
use bailiwick::yaml_to_json;
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../policy-fixtures/invalid")
}

fn documents() -> Vec<Value> {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let list: Value = serde_json::from_str(&text).unwrap();
    list["documents"].as_array().unwrap().clone()
}

fn source(document: &Value) -> SourceFile {
    let name = document["file"].as_str().unwrap();
    let Some(pieces) = document["text"].as_array() else {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        return SourceFile::new(name, text);
    };
    let repeat = |piece: &Value| {
        let times = usize::try_from(piece[1].as_u64().unwrap()).unwrap();
        piece[0].as_str().unwrap().repeat(times)
    };
    SourceFile::new(name, pieces.iter().map(repeat).collect::<String>())
}

fn findings(file: &SourceFile, read_as: &str) -> Vec<Diagnostic> {
    match read_as {
        "policies" => read_documents(file).diagnostics,
        "request" => read_requests(file).err().unwrap_or_default(),
        "suite" => read_suites(file).err().unwrap_or_default(),
        other => panic!("nothing is read as {other}"),
    }
}

#[test]
fn every_invalid_document_is_refused_at_its_place() {
    for document in documents() {
        let file = source(&document);
        let found = findings(&file, document["read_as"].as_str().unwrap());
        let found = serde_json::to_value(&found).unwrap();
        let printed = serde_json::to_string_pretty(&found).unwrap();
        assert_eq!(found, document["expected"], "{}: found {printed}", file.path);
    }
}

#[test]
fn every_code_of_a_document_error_has_an_invalid_document() {
    let mut covered = BTreeSet::new();
    for document in documents() {
        for finding in document["expected"].as_array().unwrap() {
            covered.insert(finding["code"].as_str().unwrap().to_owned());
        }
    }
    let codes = DocumentError::CODES.iter().map(|code| (*code).to_owned());
    assert_eq!(covered, codes.collect());
}

#[test]
fn every_file_of_the_folder_is_expected_to_be_invalid() {
    let listed = documents().into_iter().filter(|d| d.get("text").is_none());
    let listed: BTreeSet<String> = listed.map(|d| d["file"].as_str().unwrap().to_owned()).collect();
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let present = names
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".yaml"));
    assert_eq!(present.collect::<BTreeSet<_>>(), listed);
}

#[test]
fn no_mutation_of_a_text_makes_the_reader_panic() {
    let seeds: Vec<String> = documents()
        .iter()
        .filter(|document| document.get("text").is_none())
        .map(|document| source(document).text)
        .chain([VALID.to_owned()])
        .collect();
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let mut refused = 0;
    for round in 0..10_000 {
        // Half of the rounds start from the text in which most is at stake.
        let seed = if round % 2 == 0 { VALID } else { random.pick(&seeds) };
        let file = SourceFile::new("a.yaml", random.mutate(seed));
        let result = read_documents(&file);
        refused += usize::from(!result.diagnostics.is_empty());
        for finding in &result.diagnostics {
            assert!(!finding.message.contains('\n'), "{finding}");
            let lines = u32::try_from(file.text.split(['\n', '\r']).count()).unwrap();
            assert!((1..=lines + 1).contains(&finding.location.line), "{finding}");
        }
        let _ = match round % 3 {
            0 => read_suites(&file).is_ok(),
            1 => read_requests(&file).is_ok(),
            _ => yaml_to_json(&file).is_ok(),
        };
    }
    assert!((1_000..10_000).contains(&refused), "{refused} of 10000 were refused");
}

/// A generator that gives the same numbers on every host.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn pick<'a>(&mut self, from: &'a [String]) -> &'a str {
        &from[self.below(from.len())]
    }

    /// Deletes, repeats, swaps and inserts pieces of the text, a few times over.
    fn mutate(&mut self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(4) {
            let start = self.below(chars.len());
            let end = (start + self.below(12)).min(chars.len());
            match self.below(5) {
                0 => drop(chars.drain(start..end)),
                1 => {
                    let piece = chars[start..end].to_vec();
                    let at = self.below(chars.len());
                    chars.splice(at..at, piece);
                }
                2 if !chars.is_empty() => {
                    let other = self.below(chars.len());
                    chars.swap(start, other);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    chars.splice(start..start, piece.chars());
                }
            }
        }
        chars.into_iter().collect()
    }
}

const PIECES: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ":",
    ": ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "*a ",
    "!x ",
    "!!int ",
    "|\n",
    ">-\n",
    "\"",
    "'",
    "\n",
    "\r\n",
    "\t",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "# ",
    "<<: ",
    "~",
    "é",
    "\u{feff}",
    "\u{0}",
    "\u{2028}",
    "🦀",
    "@",
    "`",
    ",",
    "9999999999999999999",
    "-1",
    "\\",
    "\\u{d800}",
];

const VALID: &str = "# every kind, most keys
platform_policy: &base
  name: platform
  version: 2026-07-04
  allowed_actions: [file.*, shell.exec, 'pr.*']
  forbidden_paths: &paths [.github/workflows/**, \"secrets/\"]
  limits: {max_changed_files: 40, max_changed_lines: 800}
  network: {default: disabled, egress_allowlist: ['*.crates.io']}
---
repo_policy:
  repo: payment-service
  autonomy_level: supervised_pr
  approval:
    required_for: [shell_network]
    approvers: [{role: Approver, team: payments-platform, count: 2}]
    expires_after: 4h
  rules:
    - id: no-push
      effect: deny
      action: shell.exec
      match: {argv: [git, [push, fetch]]}
      when: >
        target_count > 50
      examples: {match: [[git, push]], not_match: [{tool: file.read, path: a}]}
---
access_rule:
  action: campaign.create
  allow_if:
    - subject.role in [CampaignOwner, PlatformAdmin]
---
kill_switch: {global: {disable_new_runs: true}, tenant: [{tenant_id: a, disable_shell: false}]}
---
rego_policy:
  name: extra
  module: |
    package bailiwick
    deny contains \"no\" if input.action == \"x\"
";
