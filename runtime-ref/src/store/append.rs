//! One event on its way into the database, with what comes with it: all of it or nothing.

use bailiwick::AuditEvent;
use bailiwick::AuditRecord;
use bailiwick::Chain;
use bailiwick::Digest;
use bailiwick::RiskTier;
use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;

use crate::port::store::Attachments;
use crate::port::store::DecisionRow;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::store::journal::malformed;
use crate::store::payload::Salt;

/// Appends `event`, which holds the commitments already, in the transaction that is open.
pub(super) fn append(
    connection: &Connection,
    event: AuditEvent,
    attachments: &Attachments,
    salts: &[Salt],
) -> Result<Sealed, StoreError> {
    let run = RunKey { tenant: event.tenant_id.clone(), run_id: event.run_id.clone() };
    let mut chain = chain(connection, &run)?;
    let prev_hash = chain.head().clone();
    let entry = chain.append(event)?;
    let seq = to_sql(entry.seq)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO event (tenant, log_index, run_id, seq, prev_hash, entry_hash, event_type, record)
         SELECT ?1, COALESCE(MAX(log_index) + 1, 0), ?2, ?3, ?4, ?5, ?6, ?7
         FROM event WHERE tenant = ?1",
    )?;
    insert.execute(params![
        run.tenant,
        run.run_id,
        seq,
        prev_hash.as_str(),
        entry.entry_hash.as_str(),
        entry.record.event_type.name(),
        entry.record_json
    ])?;
    if let Some(decision) = &attachments.decision {
        insert_decision(connection, &run, seq, decision)?;
    }
    if let Some(decision_id) = &attachments.outcome_of {
        let insert = "INSERT INTO outcome (decision_id, run_id, seq) VALUES (?1, ?2, ?3)";
        let mut insert = connection.prepare_cached(insert)?;
        insert.execute(params![decision_id, run.run_id, seq])?;
    }
    if let Some(scope) = &attachments.scope {
        insert_scope(connection, &run, seq, scope)?;
    }
    for (key, amount) in &attachments.usage {
        let mut insert = connection.prepare_cached(
            "INSERT INTO usage (tenant, run_id, seq, key, amount) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        insert.execute(params![run.tenant, run.run_id, seq, key, to_sql(*amount)?])?;
    }
    for (payload, salt) in attachments.payloads.iter().zip(salts) {
        let mut insert = connection.prepare_cached(
            "INSERT INTO payload (tenant, run_id, seq, name, class, keep_until, salt, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        insert.execute(params![
            run.tenant,
            run.run_id,
            seq,
            payload.name,
            payload.class.name(),
            payload.keep_until.map(|until| until.to_string()),
            salt.as_slice(),
            payload.text()
        ])?;
    }
    Ok(Sealed { entry_hash: entry.entry_hash, seq: entry.seq })
}

/// Returns the chain of `run` as it stands, resumed from the bytes of its last record.
fn chain(connection: &Connection, run: &RunKey) -> Result<Chain, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT record, entry_hash FROM event WHERE tenant = ?1 AND run_id = ?2
         ORDER BY seq DESC LIMIT 1",
    )?;
    let last: Option<(String, String)> = select
        .query_row(params![run.tenant, run.run_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((record, entry_hash)) = last else {
        return Ok(Chain::new(&run.tenant, &run.run_id));
    };
    if Digest::of_leaf(record.as_bytes()).as_str() != entry_hash {
        return Err(malformed("the last event", "it is not what was hashed"));
    }
    Ok(Chain::resume(&AuditRecord::from_json(record.as_bytes())?)?)
}

fn insert_decision(
    connection: &Connection,
    run: &RunKey,
    seq: i64,
    decision: &DecisionRow,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO decision (decision_id, tenant, run_id, seq, permitted, intent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    insert.execute(params![
        decision.decision_id,
        run.tenant,
        run.run_id,
        seq,
        decision.permitted,
        decision.intent.text()
    ])?;
    Ok(())
}

fn insert_scope(
    connection: &Connection,
    run: &RunKey,
    seq: i64,
    scope: &RunScope,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO run_scope (tenant, run_id, seq, campaign_id, organization, repo, risk_tier,
         task_class, task_id, team) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            run.tenant,
            run.run_id,
            seq,
            scope.campaign_id,
            scope.organization,
            scope.repo,
            scope.risk_tier.map(RiskTier::name),
            scope.task_class,
            scope.task_id,
            scope.team
        ],
    )?;
    Ok(())
}

/// Returns a number as the database keeps it.
pub(super) fn to_sql(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| malformed("number", "it is too large"))
}
