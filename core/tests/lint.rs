//! Fixtures of the linter: `policy-fixtures/lint`, each a text with the codes that it must give.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads its fixtures, and fails by a panic"
)]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::PathBuf;

use bailiwick::LintKind;
use bailiwick::lint;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    codes: Vec<String>,
    kind: LintKind,
    scope: Option<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../policy-fixtures/lint")
}

fn expected() -> BTreeMap<String, Expected> {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_fixture_gives_the_codes_that_it_should() {
    let mut wrong = Vec::new();
    for (name, expected) in expected() {
        let text = std::fs::read_to_string(folder().join(&name)).unwrap();
        let report = lint(&text, expected.kind, expected.scope.as_deref());
        let codes: BTreeSet<&str> = report.findings.iter().map(|found| found.code.name()).collect();
        if codes != expected.codes.iter().map(String::as_str).collect() {
            wrong.push(format!("{name}: {:?}, not {:#?}", expected.codes, report.findings));
        }
        for found in &report.findings {
            let span = found.span;
            let before = text.get(..span.start).unwrap();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            assert!(text.get(span.start..span.end).is_some(), "{name}: {span:?}");
            assert_eq!((span.line as usize, span.column as usize), (line, column), "{name}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_is_expected_and_there_are_enough() {
    let expected = expected();
    let mut found = BTreeSet::new();
    for part in ["benign", "hostile", "prompts"] {
        for entry in std::fs::read_dir(folder().join(part)).unwrap() {
            let name = entry.unwrap().file_name();
            found.insert(format!("{part}/{}", name.to_str().unwrap()));
        }
    }
    assert_eq!(found, expected.keys().cloned().collect());
    let count = |part: &str| found.iter().filter(|name| name.starts_with(part)).count();
    assert!(count("benign/") >= 20 && count("hostile/") >= 40, "{found:?}");
}

#[test]
fn every_code_has_a_fixture() {
    let expected = expected();
    let told: BTreeSet<&str> =
        expected.values().flat_map(|expected| &expected.codes).map(String::as_str).collect();
    let missing: Vec<&str> = bailiwick::LintCode::ALL
        .iter()
        .map(|code| code.name())
        .filter(|code| !told.contains(code) && *code != "text_too_long")
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    let long = "x".repeat((4 << 20) + 1);
    let report = lint(&long, LintKind::Untrusted, None);
    assert_eq!(report.findings[0].code, bailiwick::LintCode::TextTooLong);
}
