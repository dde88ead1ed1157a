//! Which rule made the difference between two decisions on one request.

use serde::Deserialize;
use serde::Serialize;

use crate::decide::Decision;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::Location;
use crate::replay::redecide::Told;
use crate::replay::redecide::ToldReason;
use crate::replay::redecide::ToldRule;

/// What made the difference: a rule, or where no rule did (such as a default), the reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedBy {
    /// The code of the reason, where there is no rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Where the rule stands: in the policies that decided where it no longer decides, in the new
    /// ones where it newly does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// It decides now, and did not before; false where it no longer decides.
    pub newly: bool,
    /// The rule, as `policy@version#rule`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// What one side of a comparison says.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) effect: DecisionEffect,
    pub(super) obligations: Vec<serde_json::Value>,
    reasons: Vec<ToldReason>,
    rules: Vec<ToldRule>,
}

impl Side {
    pub(super) fn of_record(told: &Told) -> Self {
        Self {
            effect: told.decision,
            obligations: told.obligations.clone(),
            reasons: told.reasons.clone(),
            rules: told.matched_rules.clone(),
        }
    }

    pub(super) fn of_decision(decision: &Decision) -> Result<Self, serde_json::Error> {
        let obligations = decision.obligations.iter().map(crate::model::json_tree);
        Ok(Self {
            effect: decision.decision,
            obligations: obligations.collect::<Result<_, _>>()?,
            reasons: decision
                .reasons
                .iter()
                .map(|reason| ToldReason { code: reason.code.to_owned(), effect: reason.effect })
                .collect(),
            rules: decision
                .matched_rules
                .iter()
                .map(|rule| ToldRule {
                    effect: rule.effect,
                    location: rule.location.clone(),
                    policy: rule.policy.clone(),
                    rule: rule.rule.clone(),
                })
                .collect(),
        })
    }
}

/// Returns what made `after` of `before`: of the rules that held the request back further before,
/// those that no longer do; where it is held back further now, those that newly do.
pub(super) fn changed_by(before: &Side, after: &Side) -> Vec<ChangedBy> {
    let newly = after.effect > before.effect;
    let (from, other) = if newly { (after, before) } else { (before, after) };
    let least = match from.effect {
        DecisionEffect::Denied => Effect::Deny,
        DecisionEffect::AskApproval | DecisionEffect::Allowed => Effect::AskApproval,
    };
    let mut out: Vec<ChangedBy> = from
        .rules
        .iter()
        .filter(|rule| rule.effect >= least && !other.rules.iter().any(|it| is_same(it, rule)))
        .map(|rule| ChangedBy {
            code: None,
            location: Some(rule.location.clone()).filter(|at| !at.file.is_empty()),
            newly,
            rule: Some(format!("{}#{}", rule.policy, rule.rule)),
        })
        .collect();
    if out.is_empty() {
        let gone = from
            .reasons
            .iter()
            .filter(|reason| reason.effect >= least && !other.reasons.contains(reason));
        out.extend(gone.map(|reason| ChangedBy {
            code: Some(reason.code.clone()),
            location: None,
            newly,
            rule: None,
        }));
    }
    out.sort();
    out.dedup();
    out
}

/// A policy has another version where it was changed, and rules stand on other lines.
fn is_same(left: &ToldRule, right: &ToldRule) -> bool {
    left.effect == right.effect
        && left.rule == right.rule
        && name_of(&left.policy) == name_of(&right.policy)
}

fn name_of(policy: &str) -> &str {
    policy.rsplit_once('@').map_or(policy, |(name, _)| name)
}
