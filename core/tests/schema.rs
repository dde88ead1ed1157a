//! The schemas say what the readers read: the same keys, values that load, and every fixture.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the tests read sources and fixtures from disk, and one that is missing must fail"
)]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::Diagnostic;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::is_suite_path;
use bailiwick::json_schema_of;
use bailiwick::read_documents;
use bailiwick::read_requests;
use bailiwick::read_suites;
use bailiwick::yaml_to_json;
use serde_json::Value;
use serde_json::json;

#[path = "schema/tables.rs"]
mod tables;
#[path = "schema/validator.rs"]
mod validator;

use validator::faults;

/// Every definition of a mapping, and the document around one; `@` stands for the mapping.
const POLICY_PLACES: &[(&str, &str)] = &[
    ("access_rule", "access_rule: @"),
    ("approval", "repo_policy: {approval: @}"),
    ("approver_group", "repo_policy: {approval: {approvers: [@]}}"),
    ("artifact_policy", "artifact_policy: @"),
    ("artifact_rule", "artifact_policy: {patch: @}"),
    ("campaign_policy", "campaign_policy: @"),
    ("campaign_switches", "kill_switch: {campaign: @}"),
    ("capability_switches", "kill_switch: {capability: @}"),
    ("detector", "redaction_pack: {name: a, detectors: [@]}"),
    ("blocked_model", "model_policy: {allowed_models: [], blocked_models: [@]}"),
    ("campaign_policy", "campaign_policy: @"),
    ("campaign_switches", "kill_switch: {campaign: @}"),
    ("capability_switches", "kill_switch: {capability: @}"),
    ("class_rules", "data_classes: {classes: {public: @}}"),
    ("class_table", "data_classes: {classes: @}"),
    ("content_labels", "data_classes: {content: @}"),
    ("cost_cap", "model_policy: {allowed_models: [], max_cost_per_run: @}"),
    ("data_classes", "data_classes: @"),
    ("global_switches", "kill_switch: {global: @}"),
    ("kill_switch", "kill_switch: @"),
    ("model_entry", "model_policy: {allowed_models: [@]}"),
    ("model_policy", "model_policy: @"),
    ("network", "repo_policy: {network: @}"),
    ("obligations", "repo_policy: {obligations: @}"),
    ("organization_policy", "organization_policy: @"),
    ("path_label", "data_classes: {paths: [@]}"),
    ("platform_policy", "platform_policy: @"),
    ("redaction", "redaction: @"),
    ("redaction_allow", "redaction: {name: a, allow: [@]}"),
    ("redaction_pack", "redaction_pack: @"),
    ("prompt_logging", "model_policy: {allowed_models: [], prompt_logging: @}"),
    ("rego_policy", "rego_policy: @"),
    ("repo_policy", "repo_policy: @"),
    ("repository_switches", "kill_switch: {repository: @}"),
    ("retention", "retention: @"),
    ("retention_rule", "retention: {patch: @}"),
    ("rule", "repo_policy: {rules: [@]}"),
    ("rule_examples", "repo_policy: {rules: [{id: a, effect: deny, examples: @}]}"),
    ("rule_match", "repo_policy: {rules: [{id: a, effect: deny, match: @}]}"),
    ("runtime_policy", "runtime_policy: @"),
    ("secret_key", "redaction_pack: {name: a, keys: [@]}"),
    ("source_labels", "data_classes: {sources: @}"),
    ("task_policy", "task_policy: @"),
    ("team_policy", "team_policy: @"),
    ("tenant_switches", "kill_switch: {tenant: @}"),
    ("tool_policy", "tool_policy: @"),
];

const REQUEST_PLACES: &[(&str, &str)] = &[
    ("artifact", "{artifact: @}"),
    ("changed_file", "{changed_files: [@]}"),
    ("context_item", "{context_items: [@]}"),
    ("cost", "{model: {cost: @}}"),
    ("model", "{model: @}"),
    ("pull_request", "{pr: @}"),
    ("request", "@"),
    ("subject", "{subject: @}"),
];

const SUITE_PLACES: &[(&str, &str)] = &[
    ("approval_given", "{cases: [&], state: {approvals: [@]}}"),
    ("case", "[@]"),
    ("expectation", "[{name: a, input: {}, expect: @}]"),
    ("kill_switch_on", "{cases: [&], state: {kill_switches: [@]}}"),
    ("state", "{cases: [&], state: @}"),
    ("suite", "@"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema(name: &str) -> Value {
    json_schema_of(name).unwrap()
}

fn place(template: &str, mapping: &Value) -> String {
    let case = "{name: z, input: {}, expect: {decision: denied}}";
    let text = template.replace('&', case);
    text.replace('@', &mapping.to_string())
}

fn findings(name: &str, text: &str) -> Vec<Diagnostic> {
    let file = SourceFile::new("a.yaml", text);
    match name {
        "policy" => read_documents(&file).diagnostics,
        "request" => read_requests(&file).err().unwrap_or_default(),
        "suite" => read_suites(&file).err().unwrap_or_default(),
        other => panic!("nothing reads {other}"),
    }
}

fn places() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let of = |schema, places: &'static [(&str, &str)]| {
        places.iter().map(move |(definition, text)| (schema, *definition, *text))
    };
    of("policy", POLICY_PLACES)
        .chain(of("request", REQUEST_PLACES))
        .chain(of("suite", SUITE_PLACES))
}

fn keys_of(definition: &Value) -> BTreeSet<String> {
    definition["properties"].as_object().unwrap().keys().cloned().collect()
}

/// The keys that the reader lists when it meets one that it does not know.
fn keys_read(name: &str, template: &str) -> BTreeSet<String> {
    let text = place(template, &json!({"zzzzzzzz": 1}));
    let found = findings(name, &text);
    let unknown = found.iter().find(|found| found.code == "unknown_key");
    let help = unknown.and_then(|found| found.help.clone());
    let help = help.unwrap_or_else(|| panic!("no unknown key in {text}: {found:?}"));
    let listed = help.strip_prefix("known here: ").unwrap_or_else(|| panic!("{help}"));
    listed.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_very_keys_that_the_reader_knows() {
    for (name, definition, template) in places() {
        let mut read = keys_read(name, template);
        if definition.ends_with("_switches") {
            // Flags of other scopes are known and refused: each is tried.
            read.retain(|flag| {
                let text = place(template, &json!({flag.as_str(): true}));
                let found = findings(name, &text);
                !found.iter().any(|found| found.code == "flag_not_allowed")
            });
        }
        let schema = schema(name);
        let keys = keys_of(&schema["$defs"][definition]);
        assert_eq!(keys, read, "{name} {definition}");
    }
}

#[test]
fn no_mapping_of_a_schema_is_left_out_of_these_tests() {
    for name in ["policy", "request", "suite"] {
        let schema = schema(name);
        let mut open = BTreeSet::new();
        for (definition, body) in schema["$defs"].as_object().unwrap() {
            if body.get("properties").is_some() {
                open.insert(definition.as_str());
            }
        }
        for (_, definition, _) in places() {
            open.remove(definition);
        }
        // One key each, which the reader checks in the test of the limits and of reviewers.
        let apart = BTreeSet::from(["limits", "reviewer_team", "reviewer_user"]);
        let left: BTreeSet<&str> = open.difference(&apart).copied().collect();
        assert_eq!(left, BTreeSet::new(), "{name}");
    }
}

#[test]
fn every_example_of_a_key_loads_and_is_valid() {
    let mut places: Vec<_> = places().collect();
    places.push(("policy", "limits", "repo_policy: {limits: @}"));
    places.push(("policy", "reviewer_team", "repo_policy: {required_reviewers: [@]}"));
    places.push(("policy", "reviewer_user", "repo_policy: {required_reviewers: [@]}"));
    for (name, definition, template) in places {
        let schema = schema(name);
        let body = &schema["$defs"][definition];
        let properties = body["properties"].as_object().unwrap();
        let required = body["required"].as_array().unwrap();
        for (key, property) in properties {
            assert!(property["description"].is_string(), "{definition}.{key}");
            let mut mapping = serde_json::Map::new();
            for needed in required {
                let needed = needed.as_str().unwrap();
                let example = properties[needed]["examples"][0].clone();
                mapping.insert(needed.to_owned(), example);
            }
            if definition == "access_rule" && key != "actions" {
                mapping.insert("action".to_owned(), json!("file.read"));
            }
            // A detector finds in one way, and some ways need a second key.
            let beside = match (definition, key.as_str()) {
                ("detector", "patterns") => None,
                ("detector", "regex") => Some(("keywords", json!("acme"))),
                ("detector", "scan") => Some(("digits", json!([9, 9]))),
                ("detector", _) => Some(("patterns", json!("acme"))),
                ("redaction_allow", _) => Some(("rule", json!("jwt"))),
                _ => None,
            };
            mapping.extend(beside.map(|(key, value)| (key.to_owned(), value)));
            mapping.insert(key.clone(), property["examples"][0].clone());
            let text = place(template, &mapping.into());
            let found = findings(name, &text);
            assert_eq!(found, [], "{text}");
            let value = &yaml_to_json(&SourceFile::new("a.yaml", text.as_str())).unwrap()[0];
            assert_eq!(faults(&schema, value), [""; 0], "{text}");
        }
    }
}

#[test]
fn a_state_and_a_request_of_a_host_have_the_same_keys_as_in_yaml() {
    let suite = schema("suite");
    for (name, definitions) in [
        (
            "request",
            ["request", "subject", "model", "changed_file", "context_item", "cost"].as_slice(),
        ),
        ("state", ["state", "approval_given", "kill_switch_on"].as_slice()),
    ] {
        let schema = schema(name);
        for definition in definitions {
            let (one, other) = (&schema["$defs"][definition], &suite["$defs"][definition]);
            assert_eq!(keys_of(one), keys_of(other), "{name} {definition}");
        }
        let example = schema["examples"][0].clone();
        assert_eq!(faults(&schema, &example), [""; 0]);
        match name {
            "request" => drop(serde_json::from_value::<Request>(example).unwrap()),
            _ => drop(serde_json::from_value::<State>(example).unwrap()),
        }
    }
}

#[test]
fn a_state_of_a_host_needs_what_the_schema_requires() {
    let schema = schema("state");
    let example = schema["examples"][0].clone();
    for (key, _) in example.as_object().unwrap() {
        let mut without = example.clone();
        without.as_object_mut().unwrap().remove(key);
        let read = serde_json::from_value::<State>(without.clone());
        assert_eq!(read.is_ok(), faults(&schema, &without).is_empty(), "{key}");
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    for (name, text) in [
        ("policy", "repo_policy: {limits: {max_changed_file: 1}}"),
        ("policy", "repo_policy: {limits: {max_changed_files: -1}}"),
        ("policy", "repo_policy: {forbiden_paths: [a]}"),
        ("policy", "repo_policy: {network: {default: closed}}"),
        ("policy", "repo_policy: {required_reviewers: [{team: a, user: b}]}"),
        ("policy", "repo_policy: {rules: [{id: a, effect: forbid}]}"),
        ("policy", "repo_policy: {rules: [{id: a, effect: deny, match: {paths: []}}]}"),
        ("policy", "repo_policy: {rules: [{id: a, effect: deny, match: {}}]}"),
        ("policy", "repo_policy: {rules: [{id: a, effect: deny, action: a, actions: b}]}"),
        ("policy", "repo_policy: {approval: {approvers: {count: 0}}}"),
        ("policy", "repo_policy: {autonomy_level: draft}"),
        ("policy", "repo_policy: {}\nteam_policy: {}"),
        ("policy", "repo_polcy: {}"),
        ("policy", "access_rule: {allow_if: a}"),
        ("policy", "kill_switch: {tenant: {disable_shell: true}}"),
        ("policy", "kill_switch: {capability: {pause_waves: true}}"),
        ("policy", "rego_policy: {name: a}"),
        ("policy", "retention: {patch: {store_days: 99999}}"),
        ("policy", "retention: {patch: {}}"),
        ("policy", "artifact_policy: {audit_event: {retention_days: 1}}"),
        ("policy", "artifact_policy: {patch: {access: everybody}}"),
        ("request", "{artifact: {class: log}}"),
        ("policy", "redaction: {packs: [personal_data]}"),
        ("policy", "redaction: {name: a, allow: [{reason: b}]}"),
        ("policy", "redaction: {name: a, max_bytes: {model_context: 1}}"),
        ("policy", "redaction: {name: a, sinks: {log_viewer: {email: hide}}}"),
        ("policy", "redaction_pack: {version: 1}"),
        ("policy", "redaction_pack: {name: a, detectors: [{id: b}]}"),
        ("policy", "data_classes: {classes: {public: {model_context: often}}}"),
        ("policy", "data_classes: {paths: [{match: a}]}"),
        ("policy", "data_classes: {sources: {tea_leaves: public}}"),
        ("policy", "model_policy: {allowed_models: [{model: a}]}"),
        ("policy", "model_policy: {blocked_models: [a]}"),
        ("request", "{context_items: [{source: tea_leaves}]}"),
        ("request", "{argv: ls}"),
        ("request", "{tool: file.read, action: file.read}"),
        ("request", "{changed_files: [{added: 1}]}"),
        ("suite", "[]"),
        ("suite", "[{name: a, input: {}, expect: {}}]"),
        ("suite", "[{name: a, input: {}, expect: {decision: maybe}}]"),
    ] {
        assert_ne!(findings(name, text), [], "{text}");
        let value = &yaml_to_json(&SourceFile::new("a.yaml", text)).unwrap()[0];
        assert_ne!(faults(&schema(name), value), [""; 0], "{text}");
    }
}

#[test]
fn every_policy_and_suite_of_the_fixtures_is_valid() {
    let mut files = Vec::new();
    walk(&root().join("../policy-fixtures/policies"), &mut files);
    let mut seen = BTreeMap::new();
    for path in files {
        let shown = path.to_string_lossy().into_owned();
        let name = if is_suite_path(&shown) { "suite" } else { "policy" };
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(findings(name, &text), [], "{shown}");
        for value in yaml_to_json(&SourceFile::new(shown.as_str(), text)).unwrap() {
            assert_eq!(faults(&schema(name), &value), [""; 0], "{shown}");
            *seen.entry(name).or_insert(0) += 1;
        }
    }
    assert!(seen["policy"] >= 10 && seen["suite"] >= 2, "{seen:?}");
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
            files.push(path);
        }
    }
}
