//! A level document, compiled.

use std::collections::BTreeMap;

use crate::authority::Authority;
use crate::compile::CompileError;
use crate::compile::CompiledRule;
use crate::compile::PolicyRef;
use crate::compile::Scope;
use crate::compile::matcher::path_matcher;
use crate::document::LevelPolicy;
use crate::document::Located;
use crate::facts::PathCase;
use crate::facts::PathMatcher;
use crate::model::Action;
use crate::model::Effect;
use crate::model::Level;
use crate::model::Limit;
use crate::model::Location;
use crate::model::ordered::sort_by;

/// A compiled level document.
#[derive(Clone, Debug)]
pub struct CompiledLevel {
    /// Paths that may be changed.
    pub allowed_paths: Option<PathMatcher>,
    /// What the document permits by itself.
    pub authority: Authority,
    /// Where each field stands, by its name.
    pub fields: BTreeMap<&'static str, Location>,
    /// Paths that may be neither read nor changed.
    pub forbidden_paths: Option<PathMatcher>,
    /// The forbidden patterns as written, in the order of the matcher.
    pub forbidden_patterns: Vec<Located<String>>,
    /// The level.
    pub level: Level,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// The rules.
    pub rules: Vec<CompiledRule>,
    /// Rules by action: indices into `rules`.
    pub rules_by_action: BTreeMap<Action, Vec<usize>>,
    /// Which requests it applies to.
    pub scope: Scope,
}

impl CompiledLevel {
    /// Compiles `policy`; what is wrong or worth a warning goes to `found`.
    pub fn compile(
        policy: &LevelPolicy,
        reference: PolicyRef,
        found: &mut Vec<CompileError>,
    ) -> Option<Self> {
        let errors = found.len();
        let compiled: Vec<Option<CompiledRule>> =
            policy.rules.iter().map(|rule| CompiledRule::compile(rule, found)).collect();
        let mut matcher = |list: &[Located<String>], case: PathCase| {
            path_matcher(list, case).map_err(|error| found.push(*error)).ok()
        };
        // The order of a list means nothing, so it must not show in a decision either.
        let mut forbidden_patterns = policy.forbidden_paths.clone();
        sort_by(&mut forbidden_patterns, |a, b| a.value.cmp(&b.value));
        let forbidden = (!forbidden_patterns.is_empty())
            .then(|| matcher(&forbidden_patterns, PathCase::Ignore));
        let allowed =
            policy.allowed_paths.as_ref().map(|list| matcher(&list.value, PathCase::Exact));
        let stopped = found
            .get(errors..)
            .unwrap_or_default()
            .iter()
            .any(|error| error.severity(false) == crate::document::Severity::Error);
        if stopped {
            return None;
        }
        let mut rules: Vec<CompiledRule> = compiled.into_iter().flatten().collect();
        sort_by(&mut rules, |a, b| a.id.cmp(&b.id));
        let mut rules_by_action: BTreeMap<Action, Vec<usize>> = BTreeMap::new();
        for (index, rule) in rules.iter().enumerate() {
            for action in &rule.actions {
                rules_by_action.entry(*action).or_default().push(index);
            }
        }
        Some(Self {
            allowed_paths: allowed.flatten(),
            authority: Authority::of(policy),
            fields: fields(policy),
            forbidden_paths: forbidden.flatten(),
            forbidden_patterns,
            level: policy.level,
            policy: reference,
            rules,
            rules_by_action,
            scope: Scope::compile(&policy.scope),
        })
    }

    /// Returns where `field` stands, or the document where it does not.
    pub fn location(&self, field: &str) -> &Location {
        self.fields.get(field).unwrap_or(&self.policy.location)
    }

    /// Returns the rules that speak of `action`.
    pub fn rules(&self, action: Action) -> impl Iterator<Item = &CompiledRule> {
        let indices = self.rules_by_action.get(&action).map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|index| self.rules.get(*index))
    }

    /// Returns true where the document has allow rules for `action`.
    pub fn grants(&self, action: Action) -> bool {
        self.rules(action).any(|rule| rule.effect == Effect::Allow)
    }
}

fn fields(policy: &LevelPolicy) -> BTreeMap<&'static str, Location> {
    let mut fields = BTreeMap::new();
    let mut add = |field: &'static str, location: Option<&Location>| {
        if let Some(location) = location {
            fields.insert(field, location.clone());
        }
    };
    add("allowed_actions", policy.allowed_actions.as_ref().map(|l| &l.location));
    add("allowed_change_classes", policy.allowed_change_classes.as_ref().map(|l| &l.location));
    add("allowed_paths", policy.allowed_paths.as_ref().map(|l| &l.location));
    add("allowed_task_classes", policy.allowed_task_classes.as_ref().map(|l| &l.location));
    add("approval.required_for", policy.approval.required_for.first().map(|l| &l.location));
    add("approval.approvers", policy.approval.approvers.first().map(|l| &l.location));
    add("autonomy_level", policy.autonomy_level.as_ref().map(|l| &l.location));
    add("data_class_max", policy.data_class_max.as_ref().map(|l| &l.location));
    add("network.default", policy.network.default.as_ref().map(|l| &l.location));
    add("network.egress_allowlist", policy.network.egress_allowlist.as_ref().map(|l| &l.location));
    add("required_verifiers", policy.required_verifiers.first().map(|l| &l.location));
    add("risk_tiers", policy.risk_tiers.as_ref().map(|l| &l.location));
    add("obligations.draft_only", policy.obligations.draft_only.as_ref().map(|l| &l.location));
    for (limit, value) in &policy.limits {
        add(limit_field(*limit), Some(&value.location));
    }
    fields
}

/// Returns the field of a limit, such as `limits.max_changed_files`.
pub(crate) const fn limit_field(limit: Limit) -> &'static str {
    match limit {
        Limit::MaxActivePrs => "limits.max_active_prs",
        Limit::MaxChangedFiles => "limits.max_changed_files",
        Limit::MaxChangedLines => "limits.max_changed_lines",
        Limit::MaxCommandOutputBytes => "limits.max_command_output_bytes",
        Limit::MaxCommandSeconds => "limits.max_command_seconds",
        Limit::MaxCostCentsPerRun => "limits.max_cost_cents_per_run",
        Limit::MaxMemoryBytes => "limits.max_memory_bytes",
        Limit::MaxModelCallsPerRun => "limits.max_model_calls_per_run",
        Limit::MaxProcesses => "limits.max_processes",
        Limit::MaxPrsPerWave => "limits.max_prs_per_wave",
        Limit::MaxTargetCount => "limits.max_target_count",
        Limit::MaxTokensPerRun => "limits.max_tokens_per_run",
        Limit::MaxToolCallsPerRun => "limits.max_tool_calls_per_run",
        Limit::StateMaxAgeSeconds => "limits.state_max_age_seconds",
    }
}
