//! The tables of names.

use serde_json::Value;
use serde_json::json;

use crate::audit::EventType;
use crate::decide::ObligationKind;
use crate::document::DocumentError;
use crate::model::Action;
use crate::model::ActionScope;
use crate::model::Attribute;
use crate::model::AttributeType;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::DataClass;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::Level;
use crate::model::Limit;
use crate::model::LimitSource;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::Touch;
use crate::redact::Sink;
use crate::reference::names::aliases_of;
use crate::reference::names::names_of;
use crate::reference::policy::kinds;

/// The codes of findings across documents; those within one are [`DocumentError::CODES`].
const COMPILE_CODES: &[&str] = &[
    "condition_limit",
    "condition_syntax",
    "condition_type",
    "condition_unknown_attribute",
    "example_mismatch",
    "pattern_invalid",
    "platform_allowed_actions_missing",
    "platform_missing",
    "rego_invalid",
    "rule_never_applies",
    "rule_partly_applies",
    "version_conflict",
    "version_missing",
    "widens",
];

/// Returns every table by its name.
pub(super) fn tables() -> Value {
    json!({
        "actions": Action::ALL.iter().map(|action| row_of_action(*action)).collect::<Vec<_>>(),
        "attributes": Attribute::all().map(row_of_attribute).collect::<Vec<_>>(),
        "autonomy_levels": names_of::<AutonomyLevel>(),
        "capabilities": Capability::names(),
        "change_classes": names_of::<ChangeClass>(),
        "data_classes": names_of::<DataClass>(),
        "decisions": names_of::<DecisionEffect>(),
        "diagnostic_codes": diagnostic_codes(),
        "document_kinds": kinds(),
        "effects": names_of::<Effect>(),
        "event_types": names_of::<EventType>(),
        "kill_switch_flags": names_of::<KillSwitchFlag>(),
        "kill_switch_scopes": names_of::<KillSwitchScope>(),
        "levels": Level::ALL.iter().map(|level| json!({
            "document_kind": level.document_kind(),
            "name": level.name(),
        })).collect::<Vec<_>>(),
        "limits": Limit::ALL.iter().map(|limit| row_of_limit(*limit)).collect::<Vec<_>>(),
        "obligation_kinds": names_of::<ObligationKind>(),
        "risk_tiers": names_of::<RiskTier>(),
        "roles": names_of::<Role>(),
        "sinks": names_of::<Sink>(),
    })
}

fn diagnostic_codes() -> Vec<&'static str> {
    let all = DocumentError::CODES.iter().chain(COMPILE_CODES).copied();
    let mut codes: Vec<&str> = all.collect();
    codes.sort_unstable();
    codes
}

/// An action with what a request for it needs; for a draft pull request the autonomy level
/// differs.
fn row_of_action(action: Action) -> Value {
    let carried = Attribute::all().filter(|(_, attribute)| action.carries(attribute));
    let required = action.required().iter().map(Attribute::name);
    json!({
        "aliases": aliases_of(action),
        "carries": carried.map(|(name, _)| name).collect::<Vec<_>>(),
        "minimum_autonomy": action.minimum_autonomy(false).name(),
        "minimum_autonomy_draft": action.minimum_autonomy(true).name(),
        "name": action.name(),
        "needs_verification": action.needs_verification(),
        "requires": required.collect::<Vec<_>>(),
        "scope": match action.scope() {
            ActionScope::Repository => "repository",
            ActionScope::Tenant => "tenant",
        },
        "touch": match action.touch() {
            Touch::Changes => "changes",
            Touch::Either => "either",
            Touch::Nothing => "nothing",
            Touch::Reads => "reads",
        },
    })
}

fn row_of_attribute((name, attribute): (&'static str, &'static Attribute)) -> Value {
    json!({
        "list": attribute.is_list(),
        "name": name,
        "type": match attribute.kind() {
            AttributeType::Autonomy => "autonomy_level",
            AttributeType::Boolean => "boolean",
            AttributeType::ChangeClass => "change_class",
            AttributeType::DataClass => "data_class",
            AttributeType::Integer => "integer",
            AttributeType::RiskTier => "risk_tier",
            AttributeType::Role => "role",
            AttributeType::Text => "text",
            AttributeType::Untyped => "untyped",
        },
    })
}

fn row_of_limit(limit: Limit) -> Value {
    json!({
        "aliases": aliases_of(limit),
        "name": limit.name(),
        "source": match limit.source() {
            LimitSource::Obligation => "obligation",
            LimitSource::Request => "request",
            LimitSource::State => "state",
            LimitSource::Usage => "usage",
        },
        "unit": limit.unit(),
        "usage_key": limit.usage_key(),
    })
}
