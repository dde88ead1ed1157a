//! Data classes and models: a decision for each reason, and choices among models.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::NOW;
use super::decide::live;
use super::state;
use super::with;

const MODELS: &str = "model_policy:
  name: models
  version: 1
  task_class: upgrade
  data_class_max: regulated
  allowed_models:
    - {provider: openai, model: large, use_for: planning, data_class_max: internal, region: [eu]}
    - {provider: local, model: small, data_class_max: regulated, max_tokens: 1000}
    - {provider: local, model: experimental}
  blocked_models: [experimental*]
  prompt_logging: {raw: false, redacted: true}
  max_tokens_per_run: 2000
  max_cost_per_run: {amount: '1.50', currency: USD}
---
data_classes:
  name: data
  version: 1
  paths: [{match: customers/, class: regulated}]
";

fn under(request: Value) -> Value {
    let platform = "platform_policy:\n  name: platform\n  version: 1\n  allowed_actions: ['*']\n";
    json!({
        "policies": {"models.yaml": MODELS, "platform.yaml": platform},
        "request": with(json!({"task_class": "upgrade"}), live(request)), "state": state(),
    })
}

fn decide(name: &'static str, request: Value) -> Case {
    Case::new(name, "decide", with(under(request), json!({"decision_id": "pdec_1"})))
}

fn call(model: Value, more: Value) -> Value {
    let model = with(json!({"cost": {"amount": "0.01", "currency": "USD"}}), model);
    with(json!({"tool": "model.call", "data_class": "internal", "model": model}), more)
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = data();
    cases.extend(models());
    cases.extend(choices());
    cases
}

fn data() -> Vec<Case> {
    let small = json!({"provider": "local", "model": "small", "tokens": 10});
    let patch = json!({"class": "patch", "tenant": "ten_1"});
    let items = |item: Value| {
        with(call(small.clone(), json!({"context_items": [item]})), json!({"data_class": null}))
    };
    vec![
        decide("a call that does not say what the model sees", {
            call(small.clone(), json!({"data_class": null}))
        }),
        decide("code of the tenant", items(json!({"source": "source_code", "tenant": "ten_1"}))),
        decide("code of another tenant", {
            items(json!({"source": "source_code", "tenant": "ten_2"}))
        }),
        decide("code of nobody knows whom", items(json!({"source": "source_code"}))),
        decide("a roadmap without a reason", {
            items(json!({"source": "internal_document", "tenant": "ten_1"}))
        }),
        decide("a raw build log", {
            items(json!({"source": "build_log", "projection": "raw", "tenant": "ten_1"}))
        }),
        decide("a redacted build log", {
            items(json!({"source": "build_log", "projection": "redacted", "tenant": "ten_1"}))
        }),
        decide("a redacted build log of nobody knows whom", {
            items(json!({"source": "build_log", "projection": "redacted"}))
        }),
        decide("a secret for a model", items(json!({"data_class": "secret"}))),
        decide("a customer's file retrieved", {
            json!({"tool": "context.retrieve", "path": "Customers/a.csv", "data_class": "internal"})
        }),
        decide("every file of the workspace retrieved", {
            json!({"tool": "context.retrieve", "path": ".", "data_class": "internal"})
        }),
        decide("an export of what is restricted", {
            json!({"tool": "artifact.export", "data_class": "confidential", "artifact": patch})
        }),
        decide("an export of a raw log that is called public", {
            let raw = json!({"class": "raw_log", "encrypted": true, "tenant": "ten_1"});
            json!({"tool": "artifact.export", "data_class": "public", "artifact": raw})
        }),
    ]
}

fn models() -> Vec<Case> {
    let large = json!({
        "provider": "openai", "model": "large", "use_for": "planning", "region": "eu", "tokens": 10,
    });
    let small = json!({"provider": "local", "model": "small", "tokens": 10});
    let none = json!({});
    let used = |name, usage: Value| {
        let usage = json!({"state": with(state(), json!({"usage": usage}))});
        let input = with(under(call(small.clone(), json!({}))), usage);
        Case::new(name, "decide", with(input, json!({"decision_id": "pdec_1"})))
    };
    vec![
        decide("regulated data for an external provider", {
            call(large.clone(), json!({"data_class": "regulated"}))
        }),
        decide("regulated data for a model of the house", {
            call(small.clone(), json!({"data_class": "regulated"}))
        }),
        decide("a blocked model", {
            call(json!({"provider": "local", "model": "experimental", "tokens": 1}), none.clone())
        }),
        decide("a model that is not listed", {
            call(json!({"provider": "local", "model": "huge", "tokens": 1}), none.clone())
        }),
        decide("a model of another provider", {
            call(json!({"provider": "other", "model": "small", "tokens": 1}), none.clone())
        }),
        decide("a model for another use", {
            call(with(large.clone(), json!({"use_for": "chat"})), none.clone())
        }),
        decide("a model in another region", {
            call(with(large.clone(), json!({"region": "us"})), none.clone())
        }),
        decide("a model for another task class", {
            call(small.clone(), json!({"task_class": "cleanup"}))
        }),
        decide("more tokens than one call may take", {
            call(with(small.clone(), json!({"tokens": 1001})), none.clone())
        }),
        decide("a call that does not say how many tokens it takes", {
            call(json!({"provider": "local", "model": "small"}), none.clone())
        }),
        decide("a call that does not say what it costs", {
            call(with(small.clone(), json!({"cost": null})), none.clone())
        }),
        decide("a blocked model for another task class", {
            let model = json!({"provider": "local", "model": "experimental", "tokens": 1});
            call(model, json!({"task_class": "cleanup"}))
        }),
        decide("a cost in another currency", {
            let cost = json!({"cost": {"amount": "0.1", "currency": "EUR"}});
            call(with(small.clone(), cost), none.clone())
        }),
        used("more cost than the run may have", json!({"cost_micros_usd": 1_500_001})),
        used("more tokens than the run's models may use", json!({"tokens": 1991})),
    ]
}

fn choices() -> Vec<Case> {
    let cost = json!({"amount": "0.01", "currency": "USD"});
    let need = |more: Value| {
        let need = json!({"model": {"use_for": "planning", "tokens": 10, "cost": cost}, "data_class": "internal"});
        under(with(need, more))
    };
    let choose = |name, input| Case::new(name, "choose_model", input);
    vec![
        choose("the first model in order", need(json!({}))),
        choose("the model for regulated data", need(json!({"data_class": "regulated"}))),
        choose("no model for a secret", need(json!({"data_class": "secret"}))),
        choose("no model for another task class", need(json!({"task_class": "cleanup"}))),
        choose("the model that answers", {
            let candidates = json!([
                {"provider": "openai", "model": "large", "available": false, "region": "eu"},
                {"provider": "local", "model": "small"}, {"provider": "x", "model": "y"},
            ]);
            with(need(json!({})), json!({"candidates": candidates}))
        }),
        choose("a model that runs nobody knows where", {
            let candidates = json!([{"provider": "openai", "model": "large"}]);
            with(need(json!({})), json!({"candidates": candidates}))
        }),
        choose("a question about models", {
            with(need(json!({})), json!({"state": null, "what_if": true, "now": NOW}))
        }),
        choose("a choice without a state", with(need(json!({})), json!({"state": null}))),
    ]
}
