//! The journal: one SQLite file, append-only, one hash chain per run.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use bailiwick::AuditEvent;
use bailiwick::AuditRecord;
use bailiwick::Chain;
use bailiwick::Digest;
use bailiwick::RiskTier;
use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::Transaction;
use rusqlite::TransactionBehavior;
use rusqlite::params;

use crate::port::store::Attachments;
use crate::port::store::ChainReport;
use crate::port::store::DecisionRow;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::port::store::UnfinishedRun;
use crate::store::recovery;
use crate::store::schema;

/// A journal in one SQLite file (write-ahead log, `synchronous=FULL`).
///
/// Reading the head, hashing and committing happen under one lock: the mutex within the process,
/// `BEGIN IMMEDIATE` between processes. So no two events name the same previous one.
pub struct SqliteJournal {
    connection: Mutex<Connection>,
}

impl SqliteJournal {
    /// Opens the journal at `path`, making it where there is none.
    ///
    /// # Errors
    /// Where the file is no journal or cannot be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.execute_batch(schema::PRAGMAS)?;
        let transaction = Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
        transaction.execute_batch(schema::TABLES)?;
        transaction.execute_batch(schema::TRIGGERS)?;
        transaction.commit()?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic while the lock was held rolled its transaction back: the file is whole.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for SqliteJournal {
    fn append(&self, event: AuditEvent, attachments: &Attachments) -> Result<Sealed, StoreError> {
        let run = RunKey { tenant: event.tenant_id.clone(), run_id: event.run_id.clone() };
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut chain = chain(&transaction, &run)?;
        let prev_hash = chain.head().clone();
        let entry = chain.append(event)?;
        let seq = to_sql(entry.seq)?;
        transaction.execute(
            "INSERT INTO event (tenant, run_id, seq, prev_hash, entry_hash, event_type, record)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                run.tenant,
                run.run_id,
                seq,
                prev_hash.as_str(),
                entry.entry_hash.as_str(),
                entry.record.event_type.name(),
                entry.record_json
            ],
        )?;
        if let Some(decision) = &attachments.decision {
            insert_decision(&transaction, &run, seq, decision)?;
        }
        if let Some(decision_id) = &attachments.outcome_of {
            transaction.execute(
                "INSERT INTO outcome (decision_id, run_id, seq) VALUES (?1, ?2, ?3)",
                params![decision_id, run.run_id, seq],
            )?;
        }
        if let Some(scope) = &attachments.scope {
            insert_scope(&transaction, &run, seq, scope)?;
        }
        for (key, amount) in &attachments.usage {
            transaction.execute(
                "INSERT INTO usage (tenant, run_id, seq, key, amount) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![run.tenant, run.run_id, seq, key, to_sql(*amount)?],
            )?;
        }
        transaction.commit()?;
        Ok(Sealed { entry_hash: entry.entry_hash, seq: entry.seq })
    }

    fn usage(&self, run: &RunKey) -> Result<BTreeMap<String, u64>, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT key, SUM(amount) FROM usage WHERE tenant = ?1 AND run_id = ?2 GROUP BY key",
        )?;
        let rows = statement.query_map(params![run.tenant, run.run_id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut usage = BTreeMap::new();
        for row in rows {
            let (key, amount) = row?;
            usage.insert(key, u64::try_from(amount).unwrap_or(u64::MAX));
        }
        Ok(usage)
    }

    fn unfinished(&self) -> Result<Vec<UnfinishedRun>, StoreError> {
        recovery::unfinished(&self.lock())
    }

    fn verify(&self, run: &RunKey) -> Result<ChainReport, StoreError> {
        recovery::verify(&self.lock(), run)
    }

    fn export(&self, run: &RunKey, out: &mut dyn Write) -> Result<u64, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare(recovery::LINES)?;
        let mut rows = statement.query(params![run.tenant, run.run_id])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            out.write_all(line.as_bytes())?;
            count += 1;
        }
        out.flush()?;
        Ok(count)
    }

    fn runs(&self, tenant: &str) -> Result<Vec<RunKey>, StoreError> {
        let connection = self.lock();
        let mut statement = connection
            .prepare("SELECT run_id FROM event WHERE tenant = ?1 AND seq = 0 ORDER BY run_id")?;
        let rows = statement.query_map(params![tenant], |row| {
            Ok(RunKey { tenant: tenant.to_owned(), run_id: row.get(0)? })
        })?;
        Ok(rows.collect::<Result<Vec<RunKey>, _>>()?)
    }

    fn decisions(&self, run: &RunKey) -> Result<Vec<String>, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT record FROM decision WHERE tenant = ?1 AND run_id = ?2 ORDER BY seq",
        )?;
        let rows = statement.query_map(params![run.tenant, run.run_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<String>, _>>()?)
    }

    fn scope(&self, run: &RunKey) -> Result<Option<RunScope>, StoreError> {
        let connection = self.lock();
        let row = connection.query_row(
            "SELECT campaign_id, organization, repo, risk_tier, task_class, task_id, team
             FROM run_scope WHERE tenant = ?1 AND run_id = ?2",
            params![run.tenant, run.run_id],
            |row| {
                let scope = RunScope {
                    campaign_id: row.get(0)?,
                    organization: row.get(1)?,
                    repo: row.get(2)?,
                    risk_tier: None,
                    task_class: row.get(4)?,
                    task_id: row.get(5)?,
                    team: row.get(6)?,
                };
                Ok((scope, row.get::<_, Option<String>>(3)?))
            },
        );
        let Some((mut scope, tier)) = row.optional()? else {
            return Ok(None);
        };
        if let Some(tier) = tier {
            let read = RiskTier::from_name(&tier);
            scope.risk_tier = Some(read.ok_or_else(|| malformed("a risk tier", "there is none"))?);
        }
        Ok(Some(scope))
    }
}

/// Returns the chain of `run` as it stands, resumed from the bytes of its last record.
fn chain(transaction: &Transaction<'_>, run: &RunKey) -> Result<Chain, StoreError> {
    let last: Option<(String, String)> = transaction
        .query_row(
            "SELECT record, entry_hash FROM event WHERE tenant = ?1 AND run_id = ?2
             ORDER BY seq DESC LIMIT 1",
            params![run.tenant, run.run_id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
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
    transaction: &Transaction<'_>,
    run: &RunKey,
    seq: i64,
    decision: &DecisionRow,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO decision (decision_id, tenant, run_id, seq, permitted, intent, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            decision.decision_id,
            run.tenant,
            run.run_id,
            seq,
            decision.permitted,
            decision.intent.text(),
            decision.record
        ],
    )?;
    Ok(())
}

fn insert_scope(
    transaction: &Transaction<'_>,
    run: &RunKey,
    seq: i64,
    scope: &RunScope,
) -> Result<(), StoreError> {
    transaction.execute(
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

fn to_sql(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| malformed("number", "it is too large"))
}

/// Returns a number that came out of the database.
pub(super) fn from_sql(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| malformed("number", "it is negative"))
}

/// Returns the error for something that is not of the form it was stored in.
pub(super) fn malformed(what: &str, why: &str) -> StoreError {
    StoreError::Malformed { what: what.to_owned(), why: why.to_owned() }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}
