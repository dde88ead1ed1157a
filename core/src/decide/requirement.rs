//! What every request must bring before any rule is read: its attributes, its tenant, a platform
//! document, and no more autonomy than it has.

use crate::compile::PolicyChain;
use crate::compile::View;
use crate::compile::required_scope;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::model::Attribute;
use crate::model::AutonomyLevel;
use crate::model::Level;
use crate::model::RiskTier;
use crate::model::Unknown;
use crate::model::UnknownKind;

/// Judges what the request lacks and what of it cannot be read.
pub(crate) fn attributes(
    view: &View<'_>,
    findings: &mut Vec<Finding<'_>>,
    unknowns: &mut Vec<Unknown>,
) {
    let scope = if view.what_if { &[] } else { required_scope(view.action) };
    for attribute in view.action.required().iter().chain(scope) {
        if view.lacks(attribute) {
            let name = attribute.name();
            let message =
                format!("`{}` requires `{name}`, which the request does not state", view.action);
            unknowns.push(Unknown::unreadable(name.clone(), "the request does not state it"));
            findings.push(Finding::deny_until(
                "attribute_missing",
                message,
                None,
                Fix::Attribute(name),
            ));
        }
    }
    let request = view.request;
    let narrower =
        [(Attribute::CampaignId, &request.campaign_id), (Attribute::TaskId, &request.task_id)];
    for (attribute, stated) in narrower {
        // Absent is no campaign; a blank or padded name would slip past the one that it means.
        if stated.as_deref().is_some_and(|text| text.is_empty() || text.trim() != text) {
            let name = attribute.name();
            let reason = "it is blank or padded with spaces";
            unknowns.push(Unknown::unreadable(name.clone(), reason));
            let message = format!("`{name}` cannot be read: {reason}");
            findings.push(Finding::deny("unreadable", message, None));
        }
    }
    for unknown in &view.facts.unknowns {
        unknowns.push(unknown.clone());
        // Sizes are judged where a limit is compared with them.
        let sized = unknown.attribute == "change.lines" || unknown.attribute == "change.file_count";
        if unknown.kind == UnknownKind::Unreadable && !sized {
            let message = format!("`{}` cannot be read: {}", unknown.attribute, unknown.reason);
            findings.push(Finding::deny("unreadable", message, None));
        }
    }
}

/// A run for one tenant never touches another (section 8).
pub(crate) fn tenant(view: &View<'_>, findings: &mut Vec<Finding<'_>>) {
    let subject = view.request.subject.as_ref().and_then(|subject| subject.tenant.as_deref());
    if let (Some(subject), Some(tenant)) = (subject, view.request.tenant.as_deref())
        && subject != tenant
    {
        let message = format!("subject of tenant `{subject}` reaches into tenant `{tenant}`");
        findings.push(Finding::deny("tenant_boundary", message, None));
    }
}

/// Somebody must have said what may be done at all: the platform.
pub(crate) fn platform(chain: &PolicyChain<'_>, findings: &mut Vec<Finding<'_>>) {
    let stated = chain
        .levels
        .iter()
        .any(|doc| doc.level == Level::Platform && doc.authority.allowed_actions.0.is_some());
    if !stated {
        let message = "no platform_policy states `allowed_actions` for this request".to_owned();
        findings.push(Finding::deny("platform_missing", message, None));
    }
}

/// Returns the mode that the request runs in: what it asks for, or the highest it may.
pub(crate) fn mode(chain: &PolicyChain<'_>, view: &View<'_>) -> AutonomyLevel {
    let highest = chain.levels.iter().filter_map(|doc| doc.authority.autonomy_level.0).min();
    let highest = highest.unwrap_or(AutonomyLevel::FleetCampaign);
    view.request.autonomy_level.map_or(highest, |asked| asked.min(highest))
}

/// Judges the mode that is asked for and the one that the action needs.
pub(crate) fn autonomy<'a>(
    chain: &PolicyChain<'a>,
    view: &View<'_>,
    mode: AutonomyLevel,
    findings: &mut Vec<Finding<'a>>,
) {
    let action = view.action;
    let needed = action.minimum_autonomy(view.request.is_draft());
    for doc in &chain.levels {
        let Some(cap) = doc.authority.autonomy_level.0 else {
            continue;
        };
        let source =
            Source::field(doc.level, &doc.policy, "autonomy_level", doc.location("autonomy_level"));
        if let Some(asked) = view.request.autonomy_level.filter(|asked| *asked > cap) {
            let message = format!("autonomy `{asked}` is asked for, and `{cap}` is the most");
            findings.push(Finding::deny("autonomy_exceeded", message, Some(source)));
        }
        if needed > cap {
            let draft_helps = action.minimum_autonomy(true) <= cap;
            let message = format!("`{action}` needs autonomy `{needed}`, and `{cap}` is the most");
            findings.push(if draft_helps {
                Finding::deny_until("autonomy_exceeded", message, Some(source), Fix::Draft)
            } else {
                Finding::deny("autonomy_exceeded", message, Some(source))
            });
        }
    }
    if let Some(asked) = view.request.autonomy_level.filter(|asked| needed > *asked) {
        let message = format!("`{action}` needs autonomy `{needed}`, and the run has `{asked}`");
        findings.push(Finding::deny("autonomy_exceeded", message, None));
    }
    supervision(view, mode, findings);
}

/// What the modes themselves leave to people (sections 31, 34): a pull request that is ready for
/// review in the supervised mode, one of more than low risk in the autonomous one, every merge.
fn supervision(view: &View<'_>, mode: AutonomyLevel, findings: &mut Vec<Finding<'_>>) {
    use crate::model::Action;

    let ready =
        matches!(view.action, Action::PrCreate | Action::PrUpdate) && !view.request.is_draft();
    if view.action == Action::PrMerge {
        let message = "a merge is never autonomous: a person approves it".to_owned();
        findings.push(Finding::ask("merge_needs_approval", message, None));
    } else if ready && mode == AutonomyLevel::SupervisedPr {
        let message = "in mode `supervised_pr` a person approves a pull request".to_owned();
        findings.push(Finding::ask("supervised_mode", message, None));
    } else if ready
        && mode > AutonomyLevel::SupervisedPr
        && view.request.risk_tier != Some(RiskTier::Low)
    {
        let message = format!("mode `{mode}` creates pull requests by itself at low risk only");
        findings.push(Finding::ask("risk_not_low", message, None));
    }
}
