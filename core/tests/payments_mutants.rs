//! Every rule of the worked hierarchy is covered: what is taken out of it fails a case.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test reads the fixtures, and says what is wrong by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::SourceFile;
use bailiwick::Suite;
use bailiwick::compile;
use bailiwick::read_suites;
use bailiwick::run_suite;
use bailiwick::yaml_to_json;
use serde_json::Value;

/// What can be taken out without any case noticing, each with the reason. Obligations are no part
/// of what a case expects; the conformance cases hold them.
const SURVIVORS: &[(&str, &str)] = &[
    ("kill_switch.yaml: kill_switch.capability.disable_shell_network", "a switch that is off"),
    ("kill_switch.yaml: kill_switch.global.cancel_running_runs", "a switch that is off"),
    ("kill_switch.yaml: kill_switch.global.disable_new_runs", "a switch that is off"),
    ("kill_switch.yaml: kill_switch.global.disable_pr_creation", "a switch that is off"),
    (
        "organization.yaml: organization_policy.limits.max_changed_files",
        "a hundred files make no readable case",
    ),
    (
        "platform.yaml: platform_policy.approval.approvers",
        "says what holds where nobody says anything",
    ),
    (
        "platform.yaml: platform_policy.approval.expires_after",
        "needs an approval, which binds to hashes: a property",
    ),
    (
        "platform.yaml: platform_policy.autonomy_level",
        "the highest mode, as where nobody says anything",
    ),
    (
        "platform.yaml: platform_policy.limits.max_changed_files",
        "two hundred files make no readable case",
    ),
    ("platform.yaml: platform_policy.limits.max_command_seconds", "an obligation"),
    ("platform.yaml: platform_policy.limits.max_memory_bytes", "an obligation"),
    ("platform.yaml: platform_policy.limits.max_processes", "an obligation"),
    ("platform.yaml: platform_policy.obligations.labels", "an obligation"),
    ("platform.yaml: platform_policy.obligations.redact", "an obligation"),
    ("repository.yaml: repo_policy.autonomy_level", "the organization says the same"),
    ("runtime.yaml: runtime_policy.obligations.network_profile", "an obligation"),
    ("team.yaml: team_policy.approval.separation_of_duty", "false, as where nobody says anything"),
    ("team.yaml: team_policy.autonomy_level", "the organization says the same"),
    ("team.yaml: team_policy.obligations.labels", "an obligation"),
    ("team.yaml: team_policy.required_reviewers", "an obligation"),
];

#[test]
fn taking_anything_out_of_the_payments_hierarchy_fails_a_case() {
    let (files, suites) = fixtures();
    assert!(passes(&files, &suites), "the hierarchy itself must pass");
    let mut survived = BTreeSet::new();
    let mut tried = 0;
    for (at, file) in files.iter().enumerate() {
        let documents = yaml_to_json(file).unwrap();
        for (document, value) in documents.iter().enumerate() {
            for (path, mutant) in mutants(value) {
                let mut changed: Vec<Value> = documents.clone();
                *changed.get_mut(document).unwrap() = mutant;
                let mut others = files.clone();
                others.get_mut(at).unwrap().text = text(&changed);
                tried += 1;
                if passes(&others, &suites) {
                    survived.insert(format!("{}: {path}", file.path));
                }
            }
        }
    }
    let expected: BTreeSet<String> = SURVIVORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert!(tried > 60, "only {tried} mutants were made");
    assert_eq!(survived, expected);
}

/// What stands in the document with one thing taken out: a rule, or a field that restricts.
fn mutants(document: &Value) -> Vec<(String, Value)> {
    const KEPT: [&str; 12] = [
        "action",
        "campaign",
        "id",
        "level",
        "name",
        "organization",
        "repo",
        "task",
        "team",
        "tool",
        "version",
        "effect",
    ];
    let mut out = Vec::new();
    let Some((kind, body)) = document.as_object().and_then(|object| object.iter().next()) else {
        return out;
    };
    for (key, value) in body.as_object().into_iter().flatten() {
        if KEPT.contains(&key.as_str()) {
            continue;
        }
        let whole = value.as_array().is_none_or(|items| items.len() < 2);
        if whole && !value.is_object() {
            out.push((format!("{kind}.{key}"), without(document, kind, key, None)));
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            let name =
                item.get("id").and_then(Value::as_str).map_or(index.to_string(), str::to_owned);
            if !whole {
                let mutant = without(document, kind, key, Some(index));
                out.push((format!("{kind}.{key}.{name}"), mutant));
            }
        }
        for inner in value.as_object().into_iter().flat_map(|object| object.keys()) {
            let mut mutant = document.clone();
            let section = mutant.get_mut(kind).and_then(|body| body.get_mut(key)).unwrap();
            section.as_object_mut().unwrap().remove(inner);
            if section.as_object().unwrap().is_empty() {
                mutant = without(document, kind, key, None);
            }
            out.push((format!("{kind}.{key}.{inner}"), mutant));
        }
    }
    out
}

fn without(document: &Value, kind: &str, key: &str, index: Option<usize>) -> Value {
    let mut mutant = document.clone();
    let body = mutant.get_mut(kind).and_then(Value::as_object_mut).unwrap();
    match index {
        Some(index) => {
            body.get_mut(key).and_then(Value::as_array_mut).unwrap().remove(index);
        }
        None => {
            body.remove(key);
        }
    }
    mutant
}

fn text(documents: &[Value]) -> String {
    let parts: Vec<String> = documents.iter().map(Value::to_string).collect();
    parts.join("\n---\n")
}

fn passes(files: &[SourceFile], suites: &[Suite]) -> bool {
    let Ok(compiled) = compile(files, CompileOptions { strict: false }) else {
        return false;
    };
    let policies = Arc::new(compiled.policies);
    suites.iter().all(|suite| run_suite(suite, &policies, "").failed == 0)
}

fn fixtures() -> (Vec<SourceFile>, Vec<Suite>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy-fixtures/policies/payments");
    let read = |folder: &Path| -> Vec<SourceFile> {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("the fixtures are there")
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap();
                SourceFile::new(name, std::fs::read_to_string(path).unwrap())
            })
            .collect()
    };
    let suites =
        read(&root.join("cases")).iter().flat_map(|file| read_suites(file).unwrap()).collect();
    (read(&root), suites)
}
