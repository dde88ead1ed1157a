//! The fixtures of sections 18 and 22: their cases hold, and every part of their policies is
//! noticed by one of them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads the fixtures, and says what is wrong by panicking"
)]

use std::path::Path;
use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::Document;
use bailiwick::SourceFile;
use bailiwick::Suite;
use bailiwick::compile;
use bailiwick::read_documents;
use bailiwick::read_suites;
use bailiwick::run_suite;
use bailiwick::yaml_to_json;
use serde_json::Value;

const FOLDERS: [&str; 2] = ["section-18-data-classes", "section-22-model-governance"];

/// What can be taken out without any case noticing, and why.
const SURVIVORS: &[(&str, &str)] = &[
    ("data.yaml: data_classes.classes", "says what holds without a document"),
    ("regulated.yaml: model_policy.data_class_max", "the models' own caps say as much"),
    ("regulated.yaml: model_policy.fallback", "an order, which no decision rests on"),
    ("regulated.yaml: model_policy.level", "a higher level would restrict as much"),
    ("regulated.yaml: model_policy.prompt_logging", "an obligation"),
    ("regulated.yaml: model_policy.providers", "the models' own providers"),
    ("source.yaml: model_policy.prompt_logging", "an obligation"),
];

fn read(folder: &Path) -> Vec<SourceFile> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    paths.sort();
    let file = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        SourceFile::new(name, std::fs::read_to_string(path).unwrap())
    };
    paths.iter().map(file).collect()
}

fn fixtures(folder: &str) -> (Vec<SourceFile>, Vec<Suite>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy-fixtures/policies");
    let root = root.join(folder);
    let cases = read(&root.join("cases"));
    let suites = cases.iter().flat_map(|file| read_suites(file).unwrap()).collect();
    (read(&root), suites)
}

fn failures(files: &[SourceFile], suites: &[Suite]) -> Vec<String> {
    let policies = match compile(files, CompileOptions { strict: false }) {
        Ok(compiled) => Arc::new(compiled.policies),
        Err(refused) => return vec![refused.to_string()],
    };
    let mut failures = Vec::new();
    for suite in suites {
        let report = run_suite(suite, &policies, "");
        let failed = report.cases.iter().filter(|case| !case.failures.is_empty());
        failures.extend(failed.map(|case| format!("{}: {:?}", case.name, case.failures)));
    }
    failures
}

#[test]
fn every_case_holds() {
    for folder in FOLDERS {
        let (files, suites) = fixtures(folder);
        assert_eq!(failures(&files, &suites), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn what_is_taken_out_of_a_policy_fails_a_case() {
    let mut unnoticed = Vec::new();
    for folder in FOLDERS {
        let (files, suites) = fixtures(folder);
        for (index, file) in files.iter().enumerate() {
            let documents = yaml_to_json(file).unwrap();
            for (number, document) in documents.iter().enumerate() {
                let (kind, body) = document.as_object().unwrap().iter().next().unwrap();
                for key in body.as_object().unwrap().keys() {
                    let place = format!("{}: {kind}.{key}", file.path);
                    let named = ["name", "version", "allowed_models"].contains(&key.as_str());
                    if named || SURVIVORS.iter().any(|(survivor, _)| *survivor == place) {
                        continue;
                    }
                    let mut documents = documents.clone();
                    without(&mut documents, number, kind, key);
                    let texts: Vec<String> = documents.iter().map(Value::to_string).collect();
                    let mut files = files.clone();
                    let text = texts.join("\n---\n");
                    files.splice(index..=index, [SourceFile::new(file.path.as_str(), text)]);
                    if failures(&files, &suites).is_empty() {
                        unnoticed.push(format!("{place} of document {number}"));
                    }
                }
            }
        }
    }
    assert_eq!(unnoticed, Vec::<String>::new());
}

fn without(documents: &mut [Value], number: usize, kind: &str, key: &str) {
    let body = documents.get_mut(number).and_then(|document| document.get_mut(kind)).unwrap();
    body.as_object_mut().unwrap().remove(key);
}

#[test]
fn the_example_of_section_22_is_read_as_it_stands() {
    let (files, _) = fixtures("section-22-model-governance");
    let source = files.iter().find(|file| file.path == "source.yaml").unwrap();
    let read = read_documents(source);
    assert_eq!(read.diagnostics, []);
    let Some(Document::Model(policy)) = read.documents.first() else {
        unreachable!("a model policy");
    };
    let models: Vec<&str> = policy.allowed_models.iter().map(|m| m.model.as_str()).collect();
    assert_eq!(models, ["code-reasoner-large", "code-small"]);
    assert_eq!(policy.prompt_logging.raw.as_ref().map(|flag| flag.value), Some(false));
}

#[test]
fn what_is_laxer_than_the_built_in_table_or_a_higher_level_is_reported() {
    let text = "
data_classes:
  version: 1
  classes: {regulated: {model_context: allowed}, internal: {artifact: restricted}}
  sources: {build_log: public}
  content: {secret_like_tokens: internal}
---
data_classes:
  version: 2
  level: team
  classes: {internal: {artifact: allowed}}
---
model_policy:
  version: 1
  data_class_max: internal
  allowed_models: [{provider: a, model: b}]
  max_tokens_per_run: 5
---
model_policy:
  version: 2
  level: team
  data_class_max: regulated
  allowed_models: [{provider: a, model: c}]
  max_tokens_per_run: 9
";
    let file = SourceFile::new("a.yaml", text);
    let compiled = compile(std::slice::from_ref(&file), CompileOptions::default()).unwrap();
    let widens = compiled.diagnostics.iter().filter(|found| found.code == "widens");
    let mut lines: Vec<u32> = widens.map(|found| found.location.line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [4, 5, 6, 11, 22, 23, 24]);
    assert!(compile(&[file], CompileOptions { strict: true }).is_err());
}
