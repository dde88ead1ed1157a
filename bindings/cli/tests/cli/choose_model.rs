//! `choose-model`, and `decide` for calls of models, under the fixtures of section 22.

use crate::support::bailiwick;
use crate::support::feed;
use crate::support::fixtures;

const POLICIES: &str = "policies/section-22-model-governance";

#[test]
fn the_first_allowed_model_is_chosen_and_each_refusal_tells_why() {
    let root = fixtures("");
    let need = ["choose-model", "--policies", POLICIES, "--task-class", "config_migration"];
    let ran = bailiwick(&root, &[&need[..], &["--data-class", "regulated"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("chosen  local/code-small"), "{}", ran.out);
    assert!(ran.out.contains("model_data_class_exceeded: "), "{}", ran.out);
    assert!(ran.out.contains("regulated.yaml:8:7"), "{}", ran.out);
    let json = [&need[..], &["--data-class", "internal", "--use-for", "planning_and_repair"]];
    let json = [&json.concat()[..], &["--region", "eu", "--format", "json"]].concat();
    let choice = bailiwick(&root, &json).json();
    assert_eq!(choice["chosen"]["model"], "code-reasoner-large");
    assert_eq!(choice["fallbacks"][0]["model"], "code-small");
    assert_eq!(choice["refused"][0]["reasons"][0]["code"], "model_blocked");
}

#[test]
fn no_model_is_a_denial_and_an_unavailable_one_is_not_chosen() {
    let root = fixtures("");
    let need = ["choose-model", "--policies", POLICIES, "--data-class", "internal"];
    let ran = bailiwick(&root, &[&need[..], &["--task-class", "cleanup"]].concat());
    assert_eq!(ran.code, Some(4), "{}", ran.out);
    assert!(ran.out.contains("model_task_class_not_allowed"), "{}", ran.out);
    let args =
        ["--task-class", "config_migration", "--candidate", "local/code-small,region=eu", "-"];
    let request = b"model: {use_for: planning_and_repair, region: eu}";
    let ran = feed(&root, &[&need[..], &args].concat(), request);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("model_unavailable"), "{}", ran.out);
    assert!(ran.out.starts_with("chosen  local/code-small in eu"), "{}", ran.out);
    let args = ["--task-class", "config_migration", "--candidate", "local/code-small", "-"];
    let ran = feed(&root, &[&need[..], &args].concat(), request);
    assert_eq!(ran.code, Some(4), "{}", ran.out);
    assert!(ran.out.contains("where it runs is not known, and `eu` is asked for"), "{}", ran.out);
    let ran = bailiwick(&root, &[&need[..], &["--candidate", "code-small"]].concat());
    assert_eq!(ran.code, Some(2));
}

#[test]
fn regulated_data_for_an_external_provider_is_denied_with_rule_class_and_remedy() {
    let root = fixtures("");
    let request =
        b"{tool: model.call, task_class: config_migration, data_class: regulated, model: \
        {provider: openai, model: code-reasoner-large, use_for: planning_and_repair, region: eu}}";
    let ran = feed(&root, &["decide", "--policies", POLICIES], request);
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    let record = ran.json();
    assert_eq!(record["matched_rules"][0]["rule"], "classes.regulated.model_context");
    assert!(record["explanation"].as_str().unwrap().contains("class `regulated`"));
    let remedy = "allowed once `local/code-small` is called instead, which \
                  models-for-migrations@1 allows up to `regulated`";
    assert_eq!(record["remedy"]["text"], remedy);
}
