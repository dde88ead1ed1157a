//! What is kept for a tenant: artifacts, and the events of the audit log.

use std::collections::BTreeMap;

use bailiwick::AuditRecord;
use bailiwick::RetentionClass;
use bailiwick::RetentionItem;
use bailiwick::RiskTier;
use serde::Deserialize;
use serde_json::Value;

use crate::port::store::Artifacts;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::StoreError;

/// Returns everything that is kept for `tenant`.
///
/// What is of a run of which it is not known whose it is has no tenant here: it is never due.
///
/// # Errors
/// Where the journal or the store cannot be read: half of what is kept is no answer.
pub fn items(
    journal: &dyn Journal,
    artifacts: &dyn Artifacts,
    tenant: &str,
) -> Result<Vec<RetentionItem>, StoreError> {
    let mut items = Vec::new();
    let mut scopes: BTreeMap<String, RetentionItem> = BTreeMap::new();
    for run in journal.runs(tenant)? {
        let scope = of_run(&run, scope(journal, &run)?);
        let mut lines = Vec::new();
        journal.export(&run, &mut lines)?;
        let first = items.len();
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            items.push(event(line, &scope)?);
        }
        for stored in journal.payloads(&run)? {
            let at = usize::try_from(stored.seq).ok().and_then(|seq| first.checked_add(seq));
            let event = at.and_then(|at| items.get(at));
            items.push(RetentionItem {
                class: stored.class.name().to_owned(),
                created_at: event.and_then(|event| event.created_at.clone()),
                encrypted: Some(false),
                id: stored.uri(),
                size: u64::try_from(stored.text.len()).ok(),
                ..scope.clone()
            });
        }
        scopes.insert(run.run_id, scope);
    }
    for stored in artifacts.list(tenant)? {
        let known = scopes.get(&stored.run.run_id).cloned();
        let of_run = known.unwrap_or_else(|| of_run(&stored.run, None));
        items.push(RetentionItem {
            class: stored.class.map_or(String::new(), |class| class.name().to_owned()),
            created_at: stored.created_at.map(|created| created.to_string()),
            // The files of this store are plain.
            encrypted: Some(false),
            id: stored.uri,
            size: Some(stored.size),
            ..of_run
        });
    }
    Ok(items)
}

/// Returns whose the run is and what it was for: as it was opened, and for one that was opened
/// without a word by the records of its decisions. None where neither tells it for certain.
///
/// # Errors
/// Where the journal cannot be read.
pub(super) fn scope(journal: &dyn Journal, run: &RunKey) -> Result<Option<RunScope>, StoreError> {
    if let Some(scope) = journal.scope(run)? {
        return Ok(Some(scope));
    }
    let malformed = |error: serde_json::Error| StoreError::Malformed {
        what: "a decision record".to_owned(),
        why: error.to_string(),
    };
    let mut scope = None;
    for record in journal.decisions(run)? {
        #[derive(Deserialize)]
        struct Recorded {
            record: Record,
        }
        #[derive(Deserialize)]
        struct Record {
            requested: Value,
        }
        let Recorded { record } = serde_json::from_str(&record).map_err(malformed)?;
        let Some(recorded) = recorded(&record.requested) else {
            return Ok(None);
        };
        scope = scope.or(Some(recorded));
    }
    // What a record leaves out may be of any team's and any repository.
    Ok(scope.filter(|scope| {
        scope.organization.is_some() && scope.team.is_some() && scope.repo.is_some()
    }))
}

/// Returns the scope that a record tells; none where something was taken out of one of its names.
fn recorded(requested: &Value) -> Option<RunScope> {
    let said = |name: &str| match requested.get(name) {
        Some(Value::String(text)) if text.contains(MARKER) => Err(()),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(()),
        None => Ok(None),
    };
    let tier = said("risk_tier").ok()?;
    Some(RunScope {
        campaign_id: said("campaign_id").ok()?,
        organization: said("organization").ok()?,
        repo: said("repo").ok()?,
        risk_tier: tier.and_then(|name| RiskTier::from_name(&name)),
        task_class: said("task_class").ok()?,
        task_id: said("task_id").ok()?,
        team: said("team").ok()?,
    })
}

/// Returns an item of that run which says nothing else yet. Where it is not known whose the run
/// is, the item says of no tenant either: so the plan reports it, and never takes it for due.
fn of_run(run: &RunKey, scope: Option<RunScope>) -> RetentionItem {
    let item = RetentionItem { run_id: Some(run.run_id.clone()), ..RetentionItem::default() };
    match scope {
        Some(scope) => RetentionItem {
            campaign_id: scope.campaign_id,
            organization: scope.organization,
            repo: scope.repo,
            task_id: scope.task_id,
            team: scope.team,
            tenant: Some(run.tenant.clone()),
            ..item
        },
        None => item,
    }
}

fn event(line: &[u8], scope: &RetentionItem) -> Result<RetentionItem, StoreError> {
    let malformed = |why: String| StoreError::Malformed { what: "an event".to_owned(), why };
    let entry: BTreeMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_slice(line).map_err(|error| malformed(error.to_string()))?;
    let record = entry.get("record").ok_or_else(|| malformed("it has no record".to_owned()))?;
    let text = record.get();
    let record = AuditRecord::from_json(text.as_bytes())?;
    Ok(RetentionItem {
        class: RetentionClass::AuditEvent.name().to_owned(),
        created_at: Some(record.created_at.to_string()),
        id: record.audit_id,
        size: u64::try_from(text.len()).ok(),
        ..scope.clone()
    })
}

/// How the markers of every redactor begin.
const MARKER: &str = "[REDACTED";
