//! The tables of names.

use serde_json::Map;
use serde_json::Value;

use crate::document::DocumentError;
use crate::document::OTHER_KINDS;
use crate::model::Action;
use crate::model::ActionScope;
use crate::model::Attribute;
use crate::model::AttributeType;
use crate::model::Capability;
use crate::model::Level;
use crate::model::Limit;
use crate::model::LimitSource;
use crate::model::Touch;
use crate::reference::names::Table;
use crate::reference::names::table;
use crate::reference::rows::put;

/// The codes of findings across documents; those within one are [`DocumentError::CODES`].
const COMPILE_CODES: &[&str] = &[
    "condition_limit",
    "condition_syntax",
    "condition_type",
    "condition_unknown_attribute",
    "example_mismatch",
    "keyword_too_short",
    "not_imported",
    "not_one_pack",
    "pack_name_taken",
    "pattern_invalid",
    "platform_allowed_actions_missing",
    "platform_missing",
    "redaction_widens",
    "regex_invalid",
    "rego_invalid",
    "retention_conflict",
    "retention_widens",
    "rule_never_applies",
    "rule_partly_applies",
    "toml_syntax",
    "version_conflict",
    "version_missing",
    "widens",
];

/// The tables that are lists of names: what they are called, and one entry of them.
const LISTS: &[(&str, &str)] = &[
    ("artifact_accesses", "access"),
    ("artifact_classes", "artifact_class"),
    ("artifact_handlings", "artifact_handling"),
    ("autonomy_levels", "autonomy_level"),
    ("change_classes", "change_class"),
    ("command_effects", "command_effect"),
    ("content_kinds", "content_kind"),
    ("data_classes", "data_class"),
    ("data_sources", "data_source"),
    ("decisions", "decision"),
    ("effects", "effect"),
    ("event_types", "event_type"),
    ("hold_kinds", "hold_kind"),
    ("kill_switch_flags", "kill_switch_flag"),
    ("kill_switch_scopes", "kill_switch_scope"),
    ("model_context_rules", "model_context_rule"),
    ("obligation_kinds", "obligation_kind"),
    ("retention_classes", "retention_class"),
    ("retention_statuses", "retention_status"),
    ("projections", "projection"),
    ("risk_tiers", "risk_tier"),
    ("roles", "role"),
    ("sensitive_kinds", "sensitive_kind"),
    ("sinks", "sink"),
];

type Object = Map<String, Value>;

/// Returns every table by its name.
pub(super) fn tables() -> Object {
    let mut all = Map::new();
    for (list, entry) in LISTS {
        put(&mut all, list, table(entry).map(Table::names).into());
    }
    put(&mut all, "actions", Action::ALL.iter().map(|action| row_of_action(*action)).collect());
    put(&mut all, "attributes", Attribute::all().map(row_of_attribute).collect());
    put(&mut all, "capabilities", Capability::names().into());
    put(&mut all, "diagnostic_codes", diagnostic_codes());
    put(&mut all, "document_kinds", kinds().into());
    put(&mut all, "levels", Level::ALL.iter().map(|level| row_of_level(*level)).collect());
    put(&mut all, "limits", Limit::ALL.iter().map(|limit| row_of_limit(*limit)).collect());
    all
}

/// Returns every kind of document.
pub(super) fn kinds() -> Vec<&'static str> {
    let mut kinds: Vec<&str> = Level::ALL.iter().map(|level| level.document_kind()).collect();
    kinds.extend(OTHER_KINDS);
    kinds
}

fn diagnostic_codes() -> Value {
    let mut codes = DocumentError::CODES.to_vec();
    codes.extend(COMPILE_CODES);
    codes.sort_unstable();
    codes.dedup();
    codes.into()
}

/// An action with what a request for it needs; for a draft pull request the autonomy level
/// differs.
fn row_of_action(action: Action) -> Value {
    let scope = match action.scope() {
        ActionScope::Repository => "repository",
        ActionScope::Tenant => "tenant",
    };
    let touch = match action.touch() {
        Touch::Changes => "changes",
        Touch::Either => "either",
        Touch::Nothing => "nothing",
        Touch::Reads => "reads",
    };
    let carried = Attribute::all().filter(|(_, attribute)| action.carries(attribute));
    let mut row = named("action", action.name());
    put(&mut row, "carries", carried.map(|(name, _)| name).collect());
    put(&mut row, "minimum_autonomy", action.minimum_autonomy(false).name().into());
    put(&mut row, "minimum_autonomy_draft", action.minimum_autonomy(true).name().into());
    put(&mut row, "needs_verification", action.needs_verification().into());
    put(&mut row, "requires", action.required().iter().map(Attribute::name).collect());
    put(&mut row, "scope", scope.into());
    put(&mut row, "touch", touch.into());
    row.into()
}

/// Returns a row with the name of an entry and the other names that are read as it.
fn named(entry: &str, name: &str) -> Object {
    let mut row = Map::new();
    put(&mut row, "aliases", table(entry).map(|table| table.aliases_of(name)).into());
    put(&mut row, "name", name.into());
    row
}

fn row_of_attribute((name, attribute): (&'static str, &'static Attribute)) -> Value {
    let kind = match attribute.kind() {
        AttributeType::Autonomy => "autonomy_level",
        AttributeType::Boolean => "boolean",
        AttributeType::ChangeClass => "change_class",
        AttributeType::CommandEffect => "command_effect",
        AttributeType::DataClass => "data_class",
        AttributeType::DataSource => "data_source",
        AttributeType::Integer => "integer",
        AttributeType::RetentionClass => "retention_class",
        AttributeType::RiskTier => "risk_tier",
        AttributeType::Role => "role",
        AttributeType::SensitiveKind => "sensitive_kind",
        AttributeType::Text => "text",
        AttributeType::Untyped => "untyped",
    };
    let mut row = Map::new();
    put(&mut row, "list", attribute.is_list().into());
    put(&mut row, "name", name.into());
    put(&mut row, "type", kind.into());
    row.into()
}

fn row_of_level(level: Level) -> Value {
    let mut row = Map::new();
    put(&mut row, "document_kind", level.document_kind().into());
    put(&mut row, "name", level.name().into());
    row.into()
}

fn row_of_limit(limit: Limit) -> Value {
    let source = match limit.source() {
        LimitSource::Obligation => "obligation",
        LimitSource::Request => "request",
        LimitSource::State => "state",
        LimitSource::Usage => "usage",
    };
    let mut row = named("limit", limit.name());
    put(&mut row, "source", source.into());
    put(&mut row, "unit", limit.unit().into());
    put(&mut row, "usage_key", limit.usage_key().into());
    row.into()
}
