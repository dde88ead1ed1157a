//! The tables of names hold every name and code that the sources hold.

use std::collections::BTreeSet;

use bailiwick::SCHEMA_NAMES;
use bailiwick::canonical_json;
use bailiwick::json_schema;
use serde_json::Value;
use serde_json::json;

use super::root;
use super::schema;

fn source(path: &str) -> String {
    std::fs::read_to_string(root().join("src").join(path)).unwrap()
}

/// The texts in double quotes of `line`.
fn quoted(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

/// Adds the names of every `enum` and the keys of every mapping in `schema`.
fn name_sets<'s>(schema: &'s Value, sets: &mut Vec<BTreeSet<&'s str>>) {
    if let Some(names) = schema.get("enum").and_then(Value::as_array) {
        sets.push(names.iter().filter_map(Value::as_str).collect());
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        sets.push(properties.keys().map(String::as_str).collect());
    }
    let inner = schema.as_object().into_iter().flat_map(|map| map.values());
    for value in inner.chain(schema.as_array().into_iter().flatten()) {
        name_sets(value, sets);
    }
}

#[test]
fn every_other_name_that_a_table_reads_stands_beside_the_printed_one() {
    let schemas = [schema("policy"), schema("suite")];
    let mut sets = Vec::new();
    for schema in &schemas {
        name_sets(schema, &mut sets);
    }
    let mut rows = 0;
    for path in std::fs::read_dir(root().join("src/model")).unwrap() {
        let path = path.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines() {
            if line.contains("\" | \"") && line.contains(" = \"") {
                rows += 1;
                let names: BTreeSet<&str> = quoted(line).into_iter().collect();
                assert!(sets.iter().any(|set| names.is_subset(set)), "{line}");
            }
        }
    }
    assert!(rows > 35, "{rows}");
}

#[test]
fn every_code_of_a_finding_is_listed() {
    let all = json_schema();
    let listed: Vec<&str> =
        all["diagnostic_codes"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    let mut codes = BTreeSet::new();
    for path in ["compile/redaction.rs", "redact/pack/gitleaks.rs"] {
        let text = source(path);
        for made in ["Diagnostic::error(\"", "Diagnostic::warning(\""] {
            let rest = text.split(made).skip(1);
            codes.extend(rest.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    for path in
        ["compile/error.rs", "compile/expression.rs", "document/error.rs", "redact/pack/error.rs"]
    {
        let text = source(path).replace("pub(crate) const", "pub const");
        let body = text.split("pub const fn code(&self)").nth(1).unwrap();
        let body = body.split("\n    }\n").next().unwrap();
        codes.extend(body.lines().flat_map(quoted).map(str::to_owned));
    }
    assert_eq!(listed, codes.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_answer_is_canonical_and_names_every_schema() {
    let all = json_schema();
    assert!(canonical_json(&all).is_ok());
    for name in SCHEMA_NAMES {
        let schema = &all["schemas"][name];
        assert_eq!(schema["$id"], format!("urn:bailiwick:schema:{name}"));
        assert!(schema["title"].is_string() && schema["description"].is_string());
    }
}

#[test]
fn an_action_says_what_a_request_for_it_carries() {
    let all = json_schema();
    let rows = all["actions"].as_array().unwrap();
    let row = rows.iter().find(|row| row["name"] == "shell.exec").unwrap();
    assert_eq!(row["aliases"], json!(["tool.shell.exec"]));
    assert_eq!(row["requires"], json!(["command.programs"]));
    assert_eq!(row["minimum_autonomy"], "analysis_only");
    assert!(row["carries"].as_array().unwrap().contains(&json!("command.network")));
    assert!(!row["carries"].as_array().unwrap().contains(&json!("pr.draft")));
}
