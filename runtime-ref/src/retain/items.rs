//! What is kept for a tenant: artifacts, and the events of the audit log.

use std::collections::BTreeMap;

use bailiwick::AuditRecord;
use bailiwick::Request;
use bailiwick::RetentionClass;
use bailiwick::RetentionItem;
use bailiwick::RiskTier;
use serde::Deserialize;
use serde_json::Value;

use crate::port::store::Artifacts;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::StoreError;

/// Returns everything that is kept for `tenant`.
///
/// Whose a run is, the records of its decisions tell.
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
        let scope = of_run(&run, &scope(journal, &run)?);
        let mut lines = Vec::new();
        journal.export(&run, &mut lines)?;
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            items.push(event(line, &scope)?);
        }
        scopes.insert(run.run_id, scope);
    }
    for stored in artifacts.list(tenant)? {
        let known = scopes.get(&stored.run.run_id).cloned();
        let of_run = known.unwrap_or_else(|| of_run(&stored.run, &Request::default()));
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

/// Returns a request that says whose the run is and what it was for, as its decisions tell.
///
/// # Errors
/// Where the journal cannot be read.
pub(super) fn scope(journal: &dyn Journal, run: &RunKey) -> Result<Request, StoreError> {
    let malformed = |error: serde_json::Error| StoreError::Malformed {
        what: "a decision record".to_owned(),
        why: error.to_string(),
    };
    let mut scope = Request { tenant: Some(run.tenant.clone()), ..Request::default() };
    for record in journal.decisions(run)? {
        #[derive(Deserialize)]
        struct Record {
            requested: Value,
        }
        let Record { requested } = serde_json::from_str(&record).map_err(malformed)?;
        let said = |name: &str| requested.get(name).and_then(Value::as_str).map(str::to_owned);
        scope.campaign_id = scope.campaign_id.or_else(|| said("campaign_id"));
        scope.organization = scope.organization.or_else(|| said("organization"));
        scope.repo = scope.repo.or_else(|| said("repo"));
        let tier = || said("risk_tier").and_then(|name| RiskTier::from_name(&name));
        scope.risk_tier = scope.risk_tier.or_else(tier);
        scope.task_class = scope.task_class.or_else(|| said("task_class"));
        scope.task_id = scope.task_id.or_else(|| said("task_id"));
        scope.team = scope.team.or_else(|| said("team"));
        if scope.repo.is_some() && scope.task_id.is_some() {
            break;
        }
    }
    Ok(scope)
}

/// Returns an item of that run which says nothing else yet.
fn of_run(run: &RunKey, scope: &Request) -> RetentionItem {
    RetentionItem {
        campaign_id: scope.campaign_id.clone(),
        organization: scope.organization.clone(),
        repo: scope.repo.clone(),
        run_id: Some(run.run_id.clone()),
        task_id: scope.task_id.clone(),
        team: scope.team.clone(),
        tenant: Some(run.tenant.clone()),
        ..RetentionItem::default()
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
