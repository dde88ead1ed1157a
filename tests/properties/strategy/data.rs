//! Documents about data and models, and what a request says of both.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::sample::subsequence;
use serde_json::Value;
use serde_json::json;

use super::DATA;
use super::MODELS;
use super::NAMES;
use super::Object;
use super::PATHS;
use super::PATTERNS;
use super::PolicyDoc;
use super::TASKS;
use super::object;

const RULES: [&str; 6] = [
    "allowed",
    "allowed_with_tenant_boundary",
    "only_if_needed",
    "redacted_projection_only",
    "blocked",
    "never",
];
const ARTIFACT_RULES: [&str; 4] = ["allowed", "restricted", "protected", "redacted_only"];
const ARTIFACTS: [&str; 4] = ["patch", "raw_log", "redacted_log", "replay_package"];
const SOURCES: [&str; 4] = ["source_code", "build_log", "internal_document", "public_document"];

fn one(of: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(of).prop_map(|name| json!(name)).boxed()
}

/// Returns a `data_classes` document; with `level` at any level below the platform.
pub(crate) fn data_classes(below: bool) -> BoxedStrategy<PolicyDoc> {
    let rules =
        object(vec![(0.7, "artifact", one(&ARTIFACT_RULES)), (0.7, "model_context", one(&RULES))]);
    let rules = rules.prop_map(Value::Object).boxed();
    let of = |class: &'static str| (0.3, class, rules.clone());
    let rules = object(vec![
        of("public"),
        of("internal"),
        of("confidential"),
        of("generated_sensitive"),
        of("regulated"),
    ])
    .prop_map(Value::Object);
    let sources = (select(&SOURCES[..]), select(&DATA[..]))
        .prop_map(|(source, class)| json!({source: class}));
    let paths = (select(&PATTERNS[..]), select(&DATA[..]))
        .prop_map(|(pattern, class)| json!([{"match": pattern, "class": class}]));
    object(vec![
        (0.7, "classes", rules.boxed()),
        (0.5, "sources", sources.boxed()),
        (0.5, "paths", paths.boxed()),
        (0.3, "content", one(&DATA).prop_map(|class| json!({"private_urls": class})).boxed()),
        (if below { 1.0 } else { 0.5 }, "level", one(&["team", "repository", "task"])),
        (0.9, "version", Just(json!(1)).boxed()),
    ])
    .prop_map(|body| PolicyDoc { kind: "data_classes", body })
    .boxed()
}

/// Returns a `model_policy` document; with `below` at any level below the platform.
pub(crate) fn model_policy(below: bool) -> BoxedStrategy<PolicyDoc> {
    let entry = (select(&MODELS[..]), prop::option::weighted(0.5, select(&DATA[..])), 0..5_u8)
        .prop_map(|((provider, model), max, more)| {
            let mut entry = json!({"provider": provider, "model": model});
            if let Some(max) = max {
                entry["data_class_max"] = json!(max);
            }
            if more == 0 {
                entry["use_for"] = json!("summarization");
            }
            if more == 1 {
                entry["region"] = json!(["eu"]);
            }
            if more == 2 {
                entry["max_tokens"] = json!(500);
            }
            entry
        });
    object(vec![
        (1.0, "allowed_models", vec(entry, 1..5).prop_map(Value::Array).boxed()),
        (0.2, "blocked_models", subsequence(vec!["n", "x*"], 1..=2).prop_map(|l| json!(l)).boxed()),
        (0.4, "data_class_max", one(&DATA)),
        (0.3, "task_class", one(&TASKS)),
        (0.2, "regions", Just(json!(["eu", "us"])).boxed()),
        (0.3, "max_tokens_per_run", (0..1500_u32).prop_map(|n| json!(n)).boxed()),
        (0.2, "max_cost_per_run", Just(json!({"amount": "1", "currency": "USD"})).boxed()),
        (0.2, "prompt_logging", Just(json!({"raw": false, "redacted": true})).boxed()),
        (if below { 1.0 } else { 0.3 }, "level", one(&["team", "repository", "task"])),
        (0.9, "version", Just(json!(1)).boxed()),
    ])
    .prop_map(|body| PolicyDoc { kind: "model_policy", body })
    .boxed()
}

/// Returns what a request says of the model and of what it would see.
pub(crate) fn shown() -> BoxedStrategy<Object> {
    let model = (
        select(&MODELS[..]),
        prop::option::weighted(0.7, select(&DATA[..])),
        prop::option::weighted(0.8, 0..1000_u32),
        prop::option::weighted(0.5, select(&["summarization", "planning"][..])),
        prop::option::weighted(0.5, select(&["eu", "us"][..])),
        prop::option::weighted(0.7, select(&[("0.5", "USD"), ("1.1", "USD"), ("0.5", "EUR")][..])),
    )
        .prop_map(|((provider, model), class, tokens, use_for, region, cost)| {
            let mut out = json!({"provider": provider, "model": model});
            if let Some(tokens) = tokens {
                out["tokens"] = json!(tokens);
            }
            if let Some((amount, currency)) = cost {
                out["cost"] = json!({"amount": amount, "currency": currency});
            }
            for (key, value) in [("data_class", class), ("use_for", use_for), ("region", region)] {
                if let Some(value) = value {
                    out[key] = json!(value);
                }
            }
            out
        });
    object(vec![(0.99, "model", model.boxed()), (0.5, "context_items", items())])
}

/// Returns the pieces of what is shown.
pub(crate) fn items() -> BoxedStrategy<Value> {
    let item = object(vec![
        (0.8, "source", one(&SOURCES)),
        (0.3, "data_class", one(&DATA)),
        (0.6, "tenant", one(&NAMES)),
        (0.7, "projection", one(&["raw", "redacted", "redacted"])),
        (0.4, "path", one(&PATHS)),
        (0.4, "needed_because", Just(json!("the task names it")).boxed()),
        (0.2, "found", Just(json!(["private_urls"])).boxed()),
    ]);
    vec(item.prop_map(Value::Object), 1..3).prop_map(Value::Array).boxed()
}

/// Returns an artifact of the tenant `one`.
pub(crate) fn artifact() -> BoxedStrategy<Value> {
    let class = select(&ARTIFACTS[..]);
    class.prop_map(|class| json!({"class": class, "encrypted": true, "tenant": "one"})).boxed()
}
