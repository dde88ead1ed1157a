//! Deletes what a plan says is due: each by a decision, each told in the journal.

use bailiwick::Action;
use bailiwick::ArtifactUse;
use bailiwick::EventType;
use bailiwick::Request;
use bailiwick::RetentionClass;
use bailiwick::RetentionEntry;
use bailiwick::RetentionItem;
use bailiwick::RetentionPlan;
use bailiwick::Subject;
use serde::Serialize;

use crate::pep;
use crate::pep::Act;
use crate::pep::EnforceError;
use crate::pep::Failure;
use crate::pep::Pep;
use crate::port::store::Artifacts;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::retain::items::scope;

/// What became of one thing that was due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// Its class.
    pub class: String,
    /// The decision on it; none where it was not even asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_id: Option<String>,
    /// Its name.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where it is still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What became of something that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was there and is deleted.
    Deleted,
    /// It was gone already; the index says so now.
    Gone,
    /// It stays: this runtime cannot delete it.
    Kept,
    /// It stays: policy does not permit it.
    NotPermitted,
    /// It was permitted and did not succeed.
    Failed,
}

impl Outcome {
    /// Returns the word for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Gone => "gone",
            Self::Kept => "kept",
            Self::NotPermitted => "not_permitted",
            Self::Failed => "failed",
        }
    }
}

/// Deletes what is due by `plan`, which was made of `items`, as acts of the run `run`.
///
/// The record of each decision is durable before anything is deleted, and the event of the deletion
/// follows. Cut off between the two, the thing is still due: doing it again finishes it.
///
/// # Errors
/// Where evidence could not be kept: then nothing more is deleted.
pub fn apply(
    pep: &Pep,
    artifacts: &dyn Artifacts,
    run: &RunKey,
    subject: &Subject,
    plan: &RetentionPlan,
    items: &[RetentionItem],
) -> Result<Vec<Applied>, EnforceError> {
    let mut applied = Vec::new();
    for entry in plan.entries.iter().filter(|entry| entry.is_due()) {
        let of_entry = |item: &&RetentionItem| {
            item.id == entry.id && item.run_id == entry.run_id && item.tenant == entry.tenant
        };
        let class = RetentionClass::from_name(&entry.class);
        let item = items.iter().find(of_entry);
        let is_payload = entry.id.starts_with(PAYLOAD);
        let class = class.filter(|class| is_payload || class.artifact().is_some());
        let (Some(class), Some(item)) = (class, item) else {
            let why = "the journal only ever grows: move it to an archive as a whole".to_owned();
            applied.push(told(entry, None, Outcome::Kept, Some(why)));
            continue;
        };
        let of =
            RunKey { tenant: run.tenant.clone(), run_id: item.run_id.clone().unwrap_or_default() };
        let Some(scope) = scope(pep.journal.as_ref(), &of)? else {
            let why = "whose it is is not known".to_owned();
            applied.push(told(entry, None, Outcome::NotPermitted, Some(why)));
            continue;
        };
        let request = request(run, subject, class, item, scope);
        let intent = format!("delete {}: {}", entry.id, entry.why);
        let enforced = pep.enforce(run, request, &intent, |permit, _| {
            let removed = match is_payload {
                true => pep.journal.remove_payload(permit),
                false => artifacts.remove(permit),
            };
            let there = removed.map_err(|error| Failure::new(error.code(), error))?;
            let state = if there { "deleted" } else { "gone before" };
            Ok(Act::new(EventType::ArtifactDeleted, there)
                .text("artifact", entry.id.clone())
                .text("class", class.name())
                .text("rule", entry.why.clone())
                .text("state", state))
        })?;
        let id = Some(enforced.record.decision_id.clone());
        applied.push(match enforced.outcome {
            pep::Outcome::Done(true) => told(entry, id, Outcome::Deleted, None),
            pep::Outcome::Done(false) => told(entry, id, Outcome::Gone, None),
            pep::Outcome::AskApproval | pep::Outcome::Denied => {
                let why = enforced.record.explanation.clone();
                told(entry, id, Outcome::NotPermitted, Some(why))
            }
            pep::Outcome::Unfulfilled { why } => told(entry, id, Outcome::NotPermitted, Some(why)),
            pep::Outcome::Failed { message, .. } => {
                told(entry, id, Outcome::Failed, Some(message.into_text()))
            }
        });
    }
    Ok(applied)
}

fn told(
    entry: &RetentionEntry,
    decision_id: Option<String>,
    outcome: Outcome,
    why: Option<String>,
) -> Applied {
    Applied { class: entry.class.clone(), decision_id, id: entry.id.clone(), outcome, why }
}

/// Returns the request to delete `item`, in the scope of the run that made it.
fn request(
    run: &RunKey,
    subject: &Subject,
    class: RetentionClass,
    item: &RetentionItem,
    scope: RunScope,
) -> Request {
    Request {
        artifact: Some(ArtifactUse {
            class: Some(class),
            created_at: item.created_at.as_ref().and_then(|created| created.parse().ok()),
            encrypted: item.encrypted,
            // What is due is not held: the plan says so.
            held: Some(false),
            id: Some(item.id.clone()),
            run: item.run_id.clone(),
            tenant: item.tenant.clone(),
        }),
        campaign_id: scope.campaign_id,
        organization: scope.organization,
        repo: scope.repo,
        risk_tier: scope.risk_tier,
        run_id: Some(run.run_id.clone()),
        subject: Some(subject.clone()),
        task_class: scope.task_class,
        task_id: scope.task_id,
        team: scope.team,
        tenant: Some(run.tenant.clone()),
        tool: Some(Action::ArtifactDelete.name().to_owned()),
        ..Request::default()
    }
}

/// How the names of what stands behind events begin; those of events do not.
const PAYLOAD: &str = "payload://";
