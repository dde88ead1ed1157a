//! The definitions that every schema shares: names of tables and texts of a certain shape.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::model::Action;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::ChangeStatus;
use crate::model::DataClass;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::Level;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::VerifierResult;
use crate::reference::field::any_of;
use crate::reference::names::Table;
use crate::reference::names::readable_names;

/// How something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As JSON, by a host.
    Json,
    /// As YAML, by people: numbers are read as text where text is wanted, and in requests and
    /// states a key may be empty.
    Yaml,
}

/// Returns the definitions that the schemas refer to.
pub(super) fn definitions(form: Form) -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: &str, schema: Value| all.insert(name.to_owned(), schema);
    add("autonomy_level", names::<AutonomyLevel>("A rollout mode"));
    add("change_class", names::<ChangeClass>("A change class"));
    add("change_status", names::<ChangeStatus>("A change status"));
    add("data_class", names::<DataClass>("A data class"));
    add("decision", names::<DecisionEffect>("A decision"));
    add("effect", names::<Effect>("What a rule says"));
    add("kill_switch_flag", names::<KillSwitchFlag>("What a kill switch switches off"));
    add("kill_switch_scope", names::<KillSwitchScope>("How far a kill switch reaches"));
    add("level", names::<Level>("A level"));
    add("risk_tier", names::<RiskTier>("A risk tier"));
    add("role", names::<Role>("A role"));
    add("verifier_result", names::<VerifierResult>("What a verifier said"));
    add("text", text(form));
    add(
        "instant",
        json!({"format": "date-time", "title": "An instant, RFC 3339", "type": "string"}),
    );
    if form == Form::Yaml {
        for (name, schema) in shaped_texts() {
            add(name, schema);
        }
    }
    all
}

fn text(form: Form) -> Value {
    match form {
        Form::Json => json!({"title": "Text", "type": "string"}),
        Form::Yaml => json!({"title": "Text", "type": ["string", "number"]}),
    }
}

fn names<T: Table>(title: &str) -> Value {
    json!({"enum": readable_names::<T>(), "title": title})
}

fn shaped_texts() -> [(&'static str, Value); 7] {
    let glob = json!({"pattern": r"^[a-z._]*\*[a-z._*]*$", "type": "string"});
    let action = any_of([names::<Action>("An action"), glob]);
    let mut capabilities: Vec<String> = readable_names::<Action>();
    for name in Capability::names() {
        if !capabilities.iter().any(|known| known == name) {
            capabilities.push(name.to_owned());
        }
    }
    let duration = r"^\s*0*[1-9][0-9]*\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)?\s*$";
    let control = r"\u0000-\u001f\u007f-\u009f";
    [
        ("action", action),
        (
            "capability",
            json!({"enum": capabilities, "title": "What an approval can be required for"}),
        ),
        (
            "duration",
            json!({
                "minimum": 1,
                "pattern": duration,
                "title": "A duration: whole seconds, or such as `30m`, `8 hours`",
                "type": ["string", "integer"],
            }),
        ),
        (
            "host",
            json!({
                "pattern": r"^[^\s/@]+$",
                "title": "A host or host glob, without scheme and path",
                "type": ["string", "number"],
            }),
        ),
        (
            "name",
            json!({
                "maxLength": 200,
                "pattern": format!(r"^(?=.*\S)[^@{control}]+$"),
                "title": "A name",
                "type": ["string", "number"],
            }),
        ),
        (
            "pattern",
            json!({
                "pattern": format!(r"^(?!!)(?![A-Za-z]:($|[/\\]))(?=.*\S)[^{control}]+$"),
                "title": "A path pattern, as in .gitignore, without `!`",
                "type": ["string", "number"],
            }),
        ),
        (
            "some_text",
            json!({
                "pattern": r"\S",
                "title": "Text that is not empty",
                "type": ["string", "number"],
            }),
        ),
    ]
}
