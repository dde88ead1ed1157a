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
use bailiwick::Decision;
use bailiwick::DecisionEffect;
use bailiwick::Document;
use bailiwick::ModelCandidate;
use bailiwick::Pdp;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::Suite;
use bailiwick::choose_model;
use bailiwick::compile;
use bailiwick::read_documents;
use bailiwick::read_suites;
use bailiwick::run_suite;
use bailiwick::yaml_to_json;
use serde_json::Value;
use serde_json::json;

const FOLDERS: [&str; 2] = ["section-18-data-classes", "section-22-model-governance"];

/// What can be taken out without any case noticing, and why.
const SURVIVORS: &[(&str, &str)] = &[
    ("checkout.yaml: data_classes.level", "a higher level would restrict as much"),
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

fn pdp(models: &str, what_if: bool) -> Pdp {
    let platform = "platform_policy: {version: 1, allowed_actions: [model.call]}\n---\n";
    let file = SourceFile::new("a.yaml", format!("{platform}{models}"));
    let policies = compile(&[file], CompileOptions::default()).unwrap().policies;
    Pdp { what_if, ..Pdp::new(Arc::new(policies)) }
}

fn call(model: Value) -> Request {
    let request = json!({
        "tool": "model.call", "tenant": "t", "organization": "o", "team": "a", "repo": "r",
        "subject": {"id": "worker"}, "task_class": "upgrade", "data_class": "public",
        "model": model,
    });
    serde_json::from_value(request).unwrap()
}

fn state() -> State {
    State::fresh_empty("2026-07-04T10:00:00Z".parse().unwrap())
}

fn decide(models: &str, what_if: bool, model: Value) -> Decision {
    pdp(models, what_if).decide(&call(model), &state())
}

fn codes(decision: &Decision) -> Vec<&'static str> {
    decision.reasons.iter().map(|reason| reason.code).collect()
}

const CAPPED: &str = "model_policy:
  version: 1
  allowed_models: [{provider: p, model: m, max_tokens: 10, region: [eu]}]
  max_cost_per_run: {amount: '1', currency: USD}
";

#[test]
fn a_question_may_leave_out_what_a_live_call_must_state() {
    let bare = json!({"provider": "p", "model": "m"});
    let live = decide(CAPPED, false, bare.clone());
    assert_eq!(codes(&live), ["limit_unknown", "model_region_not_allowed", "limit_unknown"]);
    assert_eq!(
        live.remedy.text,
        "allowed once the request states `model.cost`, and the request states `model.region`, \
         and the request states `model.tokens`"
    );
    assert!(decide(CAPPED, true, bare).is_allowed());
    let over = json!({"provider": "p", "model": "m", "tokens": 11});
    assert_eq!(codes(&decide(CAPPED, true, over)), ["model_tokens_exceeded"]);
}

#[test]
fn a_task_class_that_documents_below_the_platform_leave_out_is_denied() {
    let team = |class: &str, name: &str| {
        format!(
            "model_policy: {{version: 1, name: {name}, level: team, task_class: {class}, \
             allowed_models: [{{provider: p, model: m}}]}}\n---\n"
        )
    };
    let decide = |models: &str| {
        let decision = decide(models, false, json!({"provider": "p", "model": "m", "tokens": 1}));
        (decision.decision, codes(&decision), decision.remedy.text)
    };
    let denied = ["model_task_class_not_allowed"];
    let (cleanup, upgrade) = (team("cleanup", "c"), team("upgrade", "u"));
    let (_, found, remedy) = decide(&cleanup);
    assert_eq!(found, denied);
    assert_eq!(remedy, "allowed once a model_policy of the platform is for `upgrade`");
    assert_eq!(decide(&upgrade).0, DecisionEffect::Allowed);
    // One more document of a team opens nothing; one of the platform says what there is.
    assert_eq!(decide(&format!("{cleanup}{upgrade}")).1, denied);
    let platform = "model_policy: {version: 1, name: p, allowed_models: [{provider: p, model: m}]}";
    assert_eq!(decide(&format!("{cleanup}{platform}")).0, DecisionEffect::Allowed);
}

#[test]
fn a_candidate_of_which_no_region_is_known_runs_in_none() {
    let candidate = |region: Option<&str>| ModelCandidate {
        available: true,
        model: "m".to_owned(),
        provider: "p".to_owned(),
        region: region.map(str::to_owned),
    };
    let cost = json!({"amount": "0.1", "currency": "USD"});
    let free = CAPPED.replace(", region: [eu]", "");
    for (models, what_if, wanted, known, chosen) in [
        (CAPPED, false, None, Some("eu"), true),
        (CAPPED, false, None, None, false),
        (CAPPED, true, None, None, false),
        (CAPPED, false, Some("eu"), None, false),
        (&free, false, None, None, true),
        (&free, true, Some("eu"), None, false),
        (&free, true, Some("eu"), Some("eu"), true),
    ] {
        let need = call(json!({"tokens": 1, "cost": cost, "region": wanted}));
        let candidates = [candidate(known)];
        let choice = choose_model(&pdp(models, what_if), &need, Some(&candidates), &state());
        assert_eq!(choice.chosen.is_some(), chosen, "{wanted:?} {known:?} {}", choice.explanation);
        let refused = choice.refused.iter().flat_map(|refusal| &refusal.reasons);
        assert!(refused.clone().all(|reason| reason.code == "model_region_not_allowed"));
    }
}
