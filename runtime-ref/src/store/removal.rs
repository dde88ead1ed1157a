//! Payloads in the database, and how one goes: by a decision that permits it, with its salt.

use bailiwick::RetentionClass;
use rusqlite::Connection;
use rusqlite::TransactionBehavior;
use rusqlite::params;

use crate::port::payload::PayloadKey;
use crate::port::payload::StoredPayload;
use crate::port::store::RunKey;
use crate::port::store::StoreError;
use crate::store::append::to_sql;
use crate::store::journal::from_sql;
use crate::store::journal::malformed;

/// Returns the payloads of `run`, in the order of their events.
pub(super) fn payloads(
    connection: &Connection,
    run: &RunKey,
) -> Result<Vec<StoredPayload>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT class, keep_until, name, salt, seq, text FROM payload
         WHERE tenant = ?1 AND run_id = ?2 ORDER BY seq, name",
    )?;
    let mut rows = statement.query(params![run.tenant, run.run_id])?;
    let mut payloads = Vec::new();
    while let Some(row) = rows.next()? {
        let (class, until): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let until = until.map(|until| until.parse()).transpose();
        payloads.push(StoredPayload {
            class: RetentionClass::from_name(&class)
                .ok_or_else(|| malformed("the class of a payload", "there is none"))?,
            keep_until: until.map_err(|_| malformed("the end of a payload", "it is no instant"))?,
            name: row.get(2)?,
            run: run.clone(),
            salt: row.get(3)?,
            seq: from_sql(row.get(4)?)?,
            text: row.get(5)?,
        });
    }
    Ok(payloads)
}

/// Removes a payload and its salt; returns false where it was gone already.
pub(super) fn remove(
    connection: &mut Connection,
    key: &PayloadKey,
    decision_id: &str,
) -> Result<bool, StoreError> {
    let of = params![key.run.tenant, key.run.run_id, to_sql(key.seq)?, key.name];
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let there = transaction.query_row(
        "SELECT COUNT(*) FROM payload
         WHERE tenant = ?1 AND run_id = ?2 AND seq = ?3 AND name = ?4",
        of,
        |row| row.get::<_, i64>(0),
    )?;
    if there == 0 {
        return Ok(false);
    }
    transaction.execute(
        "INSERT INTO payload_removed (tenant, run_id, seq, name, decision_id)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![key.run.tenant, key.run.run_id, to_sql(key.seq)?, key.name, decision_id],
    )?;
    transaction.execute(
        "DELETE FROM payload WHERE tenant = ?1 AND run_id = ?2 AND seq = ?3 AND name = ?4",
        of,
    )?;
    transaction.commit()?;
    // What was written stands in the write-ahead log too, until that is written over. Where another
    // process reads right now, the next checkpoint does it.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(true)
}
