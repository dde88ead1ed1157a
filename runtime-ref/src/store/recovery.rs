//! What a start after a crash finds: whether the chains hold, and what was cut off.

use bailiwick::EventType;
use bailiwick::Verifier;
use bailiwick::VerifyOptions;
use rusqlite::Connection;
use rusqlite::params;

use crate::port::store::ChainReport;
use crate::port::store::LostAct;
use crate::port::store::RunKey;
use crate::port::store::StoreError;
use crate::port::store::UnfinishedRun;
use crate::store::journal::from_sql;

/// Returns the runs that were opened and never closed, each with the acts whose end is unknown.
pub(super) fn unfinished(connection: &Connection) -> Result<Vec<UnfinishedRun>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT last.tenant, last.run_id, last.seq, last.event_type FROM event AS last
         WHERE last.seq = (SELECT MAX(seq) FROM event WHERE run_id = last.run_id)
         AND last.event_type <> ?1 ORDER BY last.run_id",
    )?;
    let rows = statement.query_map(params![EventType::RunClosed.name()], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, String>(3)?,
        ))
    })?;
    let mut runs = Vec::new();
    for row in rows {
        let (tenant, run_id, seq, last_action) = row?;
        let run = RunKey { tenant, run_id };
        runs.push(UnfinishedRun {
            lost: lost_acts(connection, &run)?,
            last_action,
            last_seq: from_sql(seq)?,
            run,
        });
    }
    Ok(runs)
}

fn lost_acts(connection: &Connection, run: &RunKey) -> Result<Vec<LostAct>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT decision_id, intent, seq FROM decision
         WHERE tenant = ?1 AND run_id = ?2 AND permitted = 1
         AND decision_id NOT IN (SELECT decision_id FROM outcome) ORDER BY seq",
    )?;
    let rows = statement.query_map(params![run.tenant, run.run_id], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
    })?;
    let mut lost = Vec::new();
    for row in rows {
        let (decision_id, intent, seq) = row?;
        lost.push(LostAct { decision_id, intent, seq: from_sql(seq)? });
    }
    Ok(lost)
}

/// Reads the chain of `run` again from its bytes and checks every link.
pub(super) fn verify(connection: &Connection, run: &RunKey) -> Result<ChainReport, StoreError> {
    let mut statement = connection.prepare(LINES)?;
    let mut rows = statement.query(params![run.tenant, run.run_id])?;
    let mut verifier = verifier(run);
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        verifier.line(line.as_bytes());
    }
    chain_report(verifier, run)
}

/// Returns what reads the chain of `run`, which may still be open.
pub(super) fn verifier(run: &RunKey) -> Verifier {
    Verifier::new(VerifyOptions {
        allow_open: true,
        tenant_id: Some(run.tenant.clone()),
        ..VerifyOptions::default()
    })
}

/// Returns what was found of `run`.
pub(super) fn chain_report(verifier: Verifier, run: &RunKey) -> Result<ChainReport, StoreError> {
    let report = verifier.finish();
    if let Some(bad) = report.first_bad {
        return Err(StoreError::Broken {
            run_id: run.run_id.clone(),
            seq: bad.seq.unwrap_or_default(),
            why: bad.message,
        });
    }
    let found = report.runs.into_iter().find(|found| found.run_id == run.run_id);
    Ok(ChainReport {
        closed: found.as_ref().is_some_and(|found| found.closed),
        count: report.events,
        head: found.map(|found| found.head),
    })
}

/// The stored lines of one run, line feeds included.
pub(super) const LINES: &str = "
    SELECT '{\"entry_hash\":\"' || entry_hash || '\",\"record\":' || record || '}' || char(10)
    FROM event WHERE tenant = ?1 AND run_id = ?2 ORDER BY seq";

/// The stored lines of a tenant's log from one place on, line feeds included.
pub(super) const LOG: &str = "
    SELECT '{\"entry_hash\":\"' || entry_hash || '\",\"record\":' || record || '}' || char(10)
    FROM event WHERE tenant = ?1 AND log_index >= ?2 ORDER BY log_index";
