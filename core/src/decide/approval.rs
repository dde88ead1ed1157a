//! Step 5: do the approvals at hand satisfy what asks?

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::compile::CompiledLevel;
use crate::decide::finding::Finding;
use crate::document::Approvers;
use crate::model::Approval;
use crate::model::Digest;
use crate::model::Effect;
use crate::model::Level;
use crate::model::Request;
use crate::model::Role;
use crate::model::State;
use crate::model::Subject;
use crate::model::ordered::map_of;
use crate::model::ordered::set_of;

/// Which approvals satisfied what asks, or who is still missing.
pub(crate) struct Quorum {
    /// The ids of the approvals that counted; empty unless all groups are satisfied.
    pub(crate) approval_ids: Vec<String>,
    /// The groups that are not satisfied.
    pub(crate) missing: Vec<String>,
}

/// Counts the approvals that bind to this request under this effective policy.
///
/// An approval counts where both hashes are equal, it is neither expired nor older than the
/// documents allow, and its approver is somebody else than the requester, of the same tenant (and,
/// with separation of duty, of another team). Within a group the people differ.
///
/// Where nobody at its own level or above names approvers, an ask needs somebody with the role
/// Approver: naming others further down adds them, and does not take that one away.
pub(crate) fn quorum(
    docs: &[&CompiledLevel],
    findings: &[Finding<'_>],
    request: &Request,
    state: &State,
    (request_hash, policy_hash): (&Digest, &Digest),
) -> Quorum {
    let separate = docs.iter().any(|doc| doc.authority.separation_of_duty.0);
    let max_age = docs.iter().filter_map(|doc| doc.authority.approval_expires_after.0).min();
    let counting: Vec<&Approval> = state
        .approvals
        .iter()
        .filter(|approval| {
            approval.request_hash == *request_hash
                && approval.effective_policy_hash == *policy_hash
                && in_time(approval, state, max_age)
                && is_other(approval, request, separate)
        })
        .collect();
    let mut groups: BTreeSet<&Approvers> =
        set_of(docs.iter().flat_map(|doc| doc.authority.approvers.0.iter()));
    let default = Approvers { count: 1, role: Some(Role::Approver), team: None };
    let highest =
        docs.iter().filter(|doc| !doc.authority.approvers.0.is_empty()).map(|doc| doc.level).min();
    let unnamed = findings
        .iter()
        .filter(|finding| finding.effect == Effect::AskApproval)
        .map(|finding| finding.source.and_then(|source| source.level))
        .any(|level| highest.is_none_or(|highest| level.unwrap_or(Level::Platform) < highest));
    if groups.is_empty() || unnamed {
        groups.insert(&default);
    }
    let mut ids = BTreeSet::new();
    let mut missing = Vec::new();
    for group in groups {
        let members: BTreeMap<String, &str> = map_of(
            counting
                .iter()
                .filter(|approval| approval.has_role(group.role) && in_team(approval, group))
                .map(|approval| (person(&approval.approver), approval.approval_id.as_str())),
        );
        if members.len() < usize::try_from(group.count).unwrap_or(usize::MAX).max(1) {
            missing.push(sentence(group));
        } else {
            ids.extend(members.values().map(|id| (*id).to_owned()));
        }
    }
    if missing.is_empty() {
        return Quorum { approval_ids: ids.into_iter().collect(), missing };
    }
    Quorum { approval_ids: Vec::new(), missing }
}

fn in_time(approval: &Approval, state: &State, max_age: Option<u64>) -> bool {
    let age = state.now.seconds_since(approval.granted_at);
    let fresh = u64::try_from(age).is_ok_and(|age| max_age.is_none_or(|max| age <= max));
    fresh && state.now < approval.expires_at
}

fn is_other(approval: &Approval, request: &Request, separate: bool) -> bool {
    let approver = &approval.approver;
    let Some(subject) = &request.subject else {
        return false;
    };
    let same_tenant = request.tenant.is_none() || approver.tenant == request.tenant;
    let unsure = approver.team.is_none() || subject.team.is_none();
    let same_team = unsure || approver.team == subject.team;
    let is_person = approver.kind.as_deref().is_none_or(|kind| kind == "human");
    let (id, asks) = (person(approver), person(subject));
    is_person && !id.is_empty() && id != asks && same_tenant && !(separate && same_team)
}

/// Returns what tells people apart: two spellings of one id are one person.
fn person(subject: &Subject) -> String {
    subject.id.trim().to_lowercase()
}

fn in_team(approval: &Approval, group: &Approvers) -> bool {
    group.team.is_none() || approval.approver.team == group.team
}

fn sentence(group: &Approvers) -> String {
    let who =
        if group.count > 1 { format!("{} members", group.count) } else { "a member".to_owned() };
    let verb = if group.count > 1 { "approve" } else { "approves" };
    match (&group.team, group.role) {
        (Some(team), Some(role)) => format!("{who} of {team} with role {role} {verb}"),
        (Some(team), None) => format!("{who} of {team} {verb}"),
        (None, Some(role)) if group.count > 1 => {
            format!("{} people with role {role} {verb}", group.count)
        }
        (None, Some(role)) => format!("someone with role {role} {verb}"),
        (None, None) if group.count > 1 => format!("{} people {verb}", group.count),
        (None, None) => format!("someone else {verb}"),
    }
}
