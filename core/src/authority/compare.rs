//! Comparing authorities: which fields widen, which narrow; and documents that try to widen what
//! a level above them set.

use serde::Serialize;

use crate::authority::Authority;
use crate::authority::Meet;
use crate::authority::network_access;
use crate::document::LevelPolicy;
use crate::document::Located;
use crate::document::ScopeSelector;
use crate::model::Location;

/// How a new authority stands to an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// It permits the same.
    Equal,
    /// It permits less and nothing more.
    Narrows,
    /// It permits more and nothing less.
    Widens,
    /// It permits more here and less there.
    Both,
}

/// One field in which two authorities differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// How the new value stands to the old one.
    pub change: Comparison,
    /// The field, such as `forbidden_paths`.
    pub field: &'static str,
}

/// Returns how `new` stands to `old`, with each field that differs.
///
/// # Example
/// ```
/// use bailiwick::authority::{compare, Authority, Cap, Comparison};
/// let old = Authority::default();
/// let new = Authority { approval_expires_after: Cap(Some(60)), ..Authority::default() };
/// assert_eq!(compare(&old, &new).0, Comparison::Narrows);
/// ```
pub fn compare(old: &Authority, new: &Authority) -> (Comparison, Vec<FieldChange>) {
    let mut changes = Vec::new();
    macro_rules! fields {
        ($($field:ident),+ $(,)?) => {
            $( field(stringify!($field), &old.$field, &new.$field, &mut changes); )+
        };
    }
    fields!(
        allowed_actions,
        allowed_change_classes,
        allowed_paths,
        allowed_task_classes,
        approval_expires_after,
        approval_required_for,
        approvers,
        ask_rules,
        autonomy_level,
        data_class_max,
        deny_rules,
        draft_only,
        egress_allowlist,
        forbidden_paths,
        grants,
        labels,
        limits,
        network,
        network_profiles,
        redact,
        required_reviewers,
        required_verifiers,
        risk_tiers,
        separation_of_duty,
    );
    let widens = changes.iter().any(|c| matches!(c.change, Comparison::Widens | Comparison::Both));
    let narrows =
        changes.iter().any(|c| matches!(c.change, Comparison::Narrows | Comparison::Both));
    (verdict(widens, narrows), changes)
}

fn field<T: Meet>(name: &'static str, old: &T, new: &T, changes: &mut Vec<FieldChange>) {
    let change = verdict(!new.within(old), !old.within(new));
    if change != Comparison::Equal {
        changes.push(FieldChange { change, field: name });
    }
}

fn verdict(widens: bool, narrows: bool) -> Comparison {
    match (widens, narrows) {
        (false, false) => Comparison::Equal,
        (false, true) => Comparison::Narrows,
        (true, false) => Comparison::Widens,
        (true, true) => Comparison::Both,
    }
}

/// A document that tries to permit what a level above it does not. The meet holds in any case:
/// the attempt has no effect, and is reported with both places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Widening {
    /// Where the lower document says it.
    pub at: Location,
    /// The field.
    pub field: &'static str,
    /// Where the higher document set it.
    pub set_at: Location,
    /// What the lower document says and the higher one does not permit.
    pub what: String,
}

/// Returns the places in which `lower` tries to permit more than `higher` does, where both could
/// apply to the same request.
pub fn widenings(higher: &LevelPolicy, lower: &LevelPolicy) -> Vec<Widening> {
    let mut found = Vec::new();
    if higher.level >= lower.level || !overlap(&higher.scope, &lower.scope) {
        return found;
    }
    cap(
        "autonomy_level",
        higher.autonomy_level.as_ref(),
        lower.autonomy_level.as_ref(),
        &mut found,
    );
    cap(
        "data_class_max",
        higher.data_class_max.as_ref(),
        lower.data_class_max.as_ref(),
        &mut found,
    );
    for (limit, low) in &lower.limits {
        let what = |value: u64| format!("limits.{limit}: {value}");
        if let Some(high) = higher.limits.get(limit).filter(|high| high.value < low.value) {
            found.push(Widening {
                at: low.location.clone(),
                field: "limits",
                set_at: high.location.clone(),
                what: format!("{} over {}", what(low.value), high.value),
            });
        }
    }
    if let (Some(high), Some(low)) = (&higher.approval.expires_after, &lower.approval.expires_after)
        && low.value > high.value
    {
        found.push(Widening {
            at: low.location.clone(),
            field: "approval.expires_after",
            set_at: high.location.clone(),
            what: format!("{} seconds over {}", low.value, high.value),
        });
    }
    list(
        "allowed_actions",
        higher.allowed_actions.as_ref(),
        lower.allowed_actions.as_ref(),
        &mut found,
    );
    list(
        "allowed_change_classes",
        higher.allowed_change_classes.as_ref(),
        lower.allowed_change_classes.as_ref(),
        &mut found,
    );
    list(
        "allowed_task_classes",
        higher.allowed_task_classes.as_ref(),
        lower.allowed_task_classes.as_ref(),
        &mut found,
    );
    list("risk_tiers", higher.risk_tiers.as_ref(), lower.risk_tiers.as_ref(), &mut found);
    network(higher, lower, &mut found);
    found
}

fn cap<T: Ord + std::fmt::Display>(
    field: &'static str,
    higher: Option<&Located<T>>,
    lower: Option<&Located<T>>,
    found: &mut Vec<Widening>,
) {
    if let (Some(high), Some(low)) = (higher, lower)
        && low.value > high.value
    {
        found.push(Widening {
            at: low.location.clone(),
            field,
            set_at: high.location.clone(),
            what: format!("{} over {}", low.value, high.value),
        });
    }
}

fn list<T: Ord + std::fmt::Display>(
    field: &'static str,
    higher: Option<&Located<std::collections::BTreeMap<T, Location>>>,
    lower: Option<&Located<std::collections::BTreeMap<T, Location>>>,
    found: &mut Vec<Widening>,
) {
    let (Some(high), Some(low)) = (higher, lower) else {
        return;
    };
    for (entry, location) in &low.value {
        if !high.value.contains_key(entry) {
            found.push(Widening {
                at: location.clone(),
                field,
                set_at: high.location.clone(),
                what: format!("{entry}"),
            });
        }
    }
}

fn network(higher: &LevelPolicy, lower: &LevelPolicy, found: &mut Vec<Widening>) {
    let (Some(high), Some(low)) = (network_access(higher), network_access(lower)) else {
        return;
    };
    if low <= high {
        return;
    }
    let place = |policy: &LevelPolicy| {
        let default = policy.network.default.as_ref().map(|d| d.location.clone());
        let listed = policy.network.egress_allowlist.as_ref().map(|l| l.location.clone());
        default.or(listed).unwrap_or_else(|| policy.location.clone())
    };
    found.push(Widening {
        at: place(lower),
        field: "network",
        set_at: place(higher),
        what: "a wider network access".to_owned(),
    });
}

/// Returns true where one request could be in both scopes.
pub(crate) fn overlap(one: &ScopeSelector, two: &ScopeSelector) -> bool {
    let names = |a: &Option<Vec<Located<String>>>, b: &Option<Vec<Located<String>>>| match (a, b) {
        (Some(a), Some(b)) => a.iter().any(|x| b.iter().any(|y| could_meet(&x.value, &y.value))),
        (None, _) | (_, None) => true,
    };
    let tools = match (&one.tool, &two.tool) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        (None, _) | (_, None) => true,
    };
    tools
        && names(&one.tenant, &two.tenant)
        && names(&one.organization, &two.organization)
        && names(&one.team, &two.team)
        && names(&one.repo, &two.repo)
        && names(&one.campaign, &two.campaign)
        && names(&one.task, &two.task)
}

/// Returns true where one name could match both patterns. Two globs are taken to meet.
pub(crate) fn could_meet(one: &str, two: &str) -> bool {
    let is_glob = |text: &str| text.contains(['*', '?']);
    match (is_glob(one), is_glob(two)) {
        (false, false) => one == two,
        (true, true) => true,
        (true, false) => crate::model::wildcard_matches(one, two),
        (false, true) => crate::model::wildcard_matches(two, one),
    }
}
