//! Policies, requests and states over a universe so small that they meet.

mod data;
mod policy;
mod request;
mod state;

use proptest::option::weighted;
use proptest::prelude::*;
use serde_json::Map;
use serde_json::Value;

pub(crate) use data::artifact;
pub(crate) use data::data_classes;
pub(crate) use data::model_policy;
pub(crate) use data::shown;
pub(crate) use policy::Files;
pub(crate) use policy::PolicyDoc;
pub(crate) use policy::compiled;
pub(crate) use policy::decision_rule;
pub(crate) use policy::documents;
pub(crate) use policy::level_document;
pub(crate) use policy::lower_document;
pub(crate) use request::request;
pub(crate) use state::approval;
pub(crate) use state::kill_switch;
pub(crate) use state::now;
pub(crate) use state::state;

/// The names that scopes and requests use.
pub(crate) const NAMES: [&str; 2] = ["one", "two"];
/// The actions that documents and requests name.
pub(crate) const ACTIONS: [&str; 12] = [
    "campaign.create",
    "change.propose",
    "context.retrieve",
    "file.read",
    "file.write",
    "git.push",
    "model.call",
    "net.connect",
    "pr.create",
    "pr.merge",
    "run.start",
    "shell.exec",
];
/// Path patterns.
pub(crate) const PATTERNS: [&str; 7] =
    ["src/**", "/src/a.rs", "*.md", "infra/prod", "secrets/", ".github/workflows/**", "**"];
/// Paths.
pub(crate) const PATHS: [&str; 8] = [
    "src/a.rs",
    "src/b.rs",
    "SRC/A.rs",
    "docs/x.md",
    "infra/prod/main.tf",
    "secrets/key",
    ".github/workflows/b.yml",
    "./src//c/../a.rs",
];
/// Hosts, and patterns for them.
pub(crate) const HOSTS: [&str; 3] = ["a.example.org", "b.example.org", "evil.example.net"];
/// Modes.
pub(crate) const MODES: [&str; 7] = [
    "analysis_only",
    "dry_run_patch",
    "local_branch",
    "draft_pr",
    "supervised_pr",
    "autonomous_pr",
    "fleet_campaign",
];
/// Change classes.
pub(crate) const CLASSES: [&str; 4] =
    ["ci_workflow_change", "documentation_change", "source_change", "test_change"];
/// Risk tiers.
pub(crate) const TIERS: [&str; 3] = ["low", "regulated", "critical"];
/// Data classes.
pub(crate) const DATA: [&str; 4] = ["public", "internal", "confidential", "regulated"];
/// Models, as provider and name.
pub(crate) const MODELS: [(&str, &str); 3] = [("p", "m"), ("p", "n"), ("local", "m")];
/// Task classes.
pub(crate) const TASKS: [&str; 2] = ["config_migration", "cleanup"];

pub(crate) type Object = Map<String, Value>;

/// A field of an object: how often it stands there, its name, and what it may be.
pub(crate) type Field = (f64, &'static str, BoxedStrategy<Value>);

/// Returns objects of `fields`; a probability of 1 means that the field always stands there.
pub(crate) fn object(fields: Vec<Field>) -> BoxedStrategy<Object> {
    let strategies: Vec<BoxedStrategy<Option<(String, Value)>>> = fields
        .into_iter()
        .map(|(often, name, strategy)| {
            let entry = strategy.prop_map(move |value| (name.to_owned(), value));
            if often < 1.0 { weighted(often, entry).boxed() } else { entry.prop_map(Some).boxed() }
        })
        .collect();
    strategies.prop_map(|fields| fields.into_iter().flatten().collect()).boxed()
}
