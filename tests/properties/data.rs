//! Documents about data and models only restrict, among requests of which many are allowed; and
//! what is chosen is what a call is allowed with.

use std::collections::BTreeMap;

use bailiwick::DecisionEffect;
use bailiwick::Pdp;
use bailiwick::Request;
use bailiwick::choose_model;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use serde_json::json;

use crate::config;
use crate::decision::decide;
use crate::strategy::PolicyDoc;
use crate::strategy::TASKS;
use crate::strategy::artifact;
use crate::strategy::compiled;
use crate::strategy::data_classes;
use crate::strategy::model_policy;
use crate::strategy::shown;
use crate::strategy::state;

/// A platform that permits everything, with some documents about data and models.
fn documents() -> impl Strategy<Value = Vec<PolicyDoc>> {
    vec(prop_oneof![data_classes(false), model_policy(false)], 0..4).prop_map(|others| {
        let body = json!({"version": 1, "allowed_actions": ["*"]}).as_object().unwrap().clone();
        let mut all = vec![PolicyDoc { kind: "platform_policy", body }];
        all.extend(others);
        for (index, doc) in all.iter_mut().enumerate() {
            doc.body.insert("name".to_owned(), json!(format!("p{index}")));
        }
        all
    })
}

/// A document about data or models below the platform.
fn added() -> impl Strategy<Value = PolicyDoc> {
    prop_oneof![data_classes(true), model_policy(true)].prop_map(|mut doc| {
        doc.body.insert("name".to_owned(), json!("added"));
        doc
    })
}

const TOOLS: [&str; 4] = ["artifact.export", "artifact.read", "context.retrieve", "model.call"];

/// A complete request that shows data.
fn showing() -> impl Strategy<Value = Request> {
    let tool = prop_oneof![2 => select(&TOOLS[..]), 1 => Just("model.call")];
    let more = (select(&TASKS[..]), artifact(), weighted(0.3, select(&["docs", "src/*", "."][..])));
    (tool, shown(), more).prop_map(|(tool, mut shown, (task, artifact, path))| {
        if tool != "model.call" {
            let model = shown.remove("model");
            let class = model.as_ref().and_then(|model| model.get("data_class"));
            if let Some(class) = class {
                shown.insert("data_class".to_owned(), class.clone());
            }
        }
        if tool.starts_with("artifact.") {
            shown.insert("artifact".to_owned(), artifact);
        }
        if let Some(path) = path.filter(|_| tool == "context.retrieve") {
            shown.insert("path".to_owned(), json!(path));
        }
        for (key, value) in [
            ("tool", json!(tool)),
            ("tenant", json!("one")),
            ("organization", json!("one")),
            ("team", json!("one")),
            ("repo", json!("one")),
            ("task_id", json!("one")),
            ("task_class", json!(task)),
            ("subject", json!({"id": "worker", "roles": ["PlatformAdmin"]})),
        ] {
            shown.insert(key.to_owned(), value);
        }
        serde_json::from_value(Value::Object(shown)).unwrap()
    })
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_document_about_data_or_models_below_the_platform_never_loosens(
        mut documents in documents(), added in added(), request in showing(), state in state(),
        what_if: bool,
    ) {
        let Some(before) = compiled(&documents) else { return Ok(()) };
        documents.push(added);
        let Some(after) = compiled(&documents) else { return Ok(()) };
        let before = decide(&before, &request, &state, what_if);
        let after = decide(&after, &request, &state, what_if);
        prop_assert!(
            before.decision <= after.decision, "{}\n{}", before.to_text(), after.to_text()
        );
    }

    #[test]
    fn what_is_chosen_is_what_a_call_is_allowed_with(
        documents in documents(), request in showing(), state in state(),
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let choice = choose_model(&Pdp::new(policies.clone()), &request, None, &state);
        let call = |provider: &str, model: &str, region: &Option<String>| {
            let mut call = Request { tool: Some("model.call".to_owned()), ..request.clone() };
            let mut named = call.model.unwrap_or_default();
            named.provider = Some(provider.to_owned());
            named.model = Some(model.to_owned());
            named.region.clone_from(region);
            call.model = Some(named);
            decide(&policies, &call, &state, false).decision
        };
        for chosen in choice.chosen.iter().chain(&choice.fallbacks) {
            let decision = call(&chosen.provider, &chosen.model, &chosen.region);
            prop_assert_eq!(decision, DecisionEffect::Allowed);
        }
        for refused in &choice.refused {
            let decision = call(&refused.provider, &refused.model, &refused.region);
            prop_assert_ne!(decision, DecisionEffect::Allowed);
        }
    }
}

#[test]
fn many_of_the_requests_are_allowed_and_many_documents_matter() {
    let mut runner = TestRunner::new(config(1));
    let strategy = (documents(), added(), showing(), state());
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for _ in 0..3000 {
        let (mut documents, added, request, state) =
            strategy.new_tree(&mut runner).unwrap().current();
        let Some(before) = compiled(&documents) else { continue };
        documents.push(added);
        let Some(after) = compiled(&documents) else { continue };
        let before = decide(&before, &request, &state, false).decision;
        let after = decide(&after, &request, &state, false).decision;
        let tool = TOOLS.iter().find(|tool| request.tool.as_deref() == Some(**tool)).unwrap();
        let (allowed, stricter) = counts.entry(tool).or_default();
        *allowed += usize::from(before == DecisionEffect::Allowed);
        *stricter += usize::from(before < after);
    }
    for tool in TOOLS {
        let (allowed, stricter) = counts[tool];
        assert!(allowed > 25 && stricter > 5, "{tool}: {allowed} allowed, {stricter} stricter");
    }
}
