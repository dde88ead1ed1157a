//! The journal: one SQLite file, append-only, one hash chain per run.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use bailiwick::AuditEvent;
use bailiwick::RiskTier;
use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::Params;
use rusqlite::Transaction;
use rusqlite::TransactionBehavior;
use rusqlite::params;

use crate::pep::Permit;
use crate::port::payload::DECISION_RECORD;
use crate::port::payload::StoredPayload;
use crate::port::store::Attachments;
use crate::port::store::ChainReport;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::port::store::UnfinishedRun;
use crate::store::append::append;
use crate::store::append::to_sql;
use crate::store::group::Group;
use crate::store::group::Job;
use crate::store::group::Told;
use crate::store::payload;
use crate::store::recovery;
use crate::store::removal;
use crate::store::schema;

/// A journal in one SQLite file (write-ahead log, `synchronous=FULL`).
///
/// Reading the head, hashing and committing happen under one lock: the mutex within the process,
/// `BEGIN IMMEDIATE` between processes. So no two events name the same previous one. Threads that
/// append at once share one transaction, and so one wait for the disk.
pub struct SqliteJournal {
    connection: Mutex<Connection>,
    group: Group,
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
        schema::create(&transaction)?;
        transaction.commit()?;
        Ok(Self { connection: Mutex::new(connection), group: Group::default() })
    }

    /// Appends what all `jobs` say in one transaction; one that is refused undoes no other.
    fn commit(&self, jobs: &[Job]) -> Result<Vec<Told>, StoreError> {
        let mut connection = self.lock();
        let mut transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut told = Vec::with_capacity(jobs.len());
        for job in jobs {
            let savepoint = transaction.savepoint()?;
            let appended = append(&savepoint, job.event.clone(), &job.attachments, &job.salts);
            match appended {
                Ok(_) => savepoint.commit()?,
                // What a full disk ends is the whole transaction, and with it what came before.
                Err(error) if savepoint.is_autocommit() => return Err(error),
                Err(_) => savepoint.finish()?,
            }
            told.push(appended);
        }
        transaction.commit()?;
        Ok(told)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic while the lock was held rolled its transaction back: the file is whole.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for SqliteJournal {
    fn append(&self, event: AuditEvent, attachments: &Attachments) -> Result<Sealed, StoreError> {
        let job = Job::new(event, attachments)?;
        self.group.submit(job, |jobs| match self.commit(jobs) {
            Ok(told) => told,
            Err(error) => jobs.iter().map(|_| Err(again(&error))).collect(),
        })
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
        write_lines(&connection, recovery::LINES, params![run.tenant, run.run_id], out)
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
            "SELECT text FROM payload WHERE tenant = ?1 AND run_id = ?2 AND name = ?3 ORDER BY seq",
        )?;
        let of_run = params![run.tenant, run.run_id, DECISION_RECORD];
        let rows = statement.query_map(of_run, |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<String>, _>>()?)
    }

    fn payloads(&self, run: &RunKey) -> Result<Vec<StoredPayload>, StoreError> {
        removal::payloads(&self.lock(), run)
    }

    fn remove_payload(&self, permit: Permit) -> Result<bool, StoreError> {
        let (key, decision_id) = payload::permitted(permit)?;
        removal::remove(&mut self.lock(), &key, &decision_id)
    }

    fn keep_checkpoint(&self, tenant: &str, size: u64, note: &str) -> Result<(), StoreError> {
        let connection = self.lock();
        let of = params![tenant, to_sql(size)?, note];
        let there = "SELECT note = ?3 FROM checkpoint WHERE tenant = ?1 AND size = ?2";
        let there: Option<bool> = connection.query_row(there, of, |row| row.get(0)).optional()?;
        if there != Some(true) {
            let keep = "INSERT INTO checkpoint (tenant, size, note) VALUES (?1, ?2, ?3)";
            connection.execute(keep, of)?;
        }
        Ok(())
    }

    fn checkpoints(&self, tenant: &str) -> Result<Vec<String>, StoreError> {
        let connection = self.lock();
        let select = "SELECT note FROM checkpoint WHERE tenant = ?1 ORDER BY size";
        let mut statement = connection.prepare(select)?;
        let rows = statement.query_map(params![tenant], |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<String>, _>>()?)
    }

    fn export_log(&self, tenant: &str, from: u64, out: &mut dyn Write) -> Result<u64, StoreError> {
        let connection = self.lock();
        write_lines(&connection, recovery::LOG, params![tenant, to_sql(from)?], out)
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

/// Writes the lines that `query` selects; returns how many.
fn write_lines(
    connection: &Connection,
    query: &str,
    parameters: impl Params,
    out: &mut dyn Write,
) -> Result<u64, StoreError> {
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query(parameters)?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        out.write_all(line.as_bytes())?;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}

/// Returns a number that came out of the database.
pub(super) fn from_sql(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| malformed("number", "it is negative"))
}

/// Returns what is told to each of several whose events failed together.
pub(super) fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Database(why) => StoreError::Database(why.clone()),
        other => StoreError::Database(other.to_string()),
    }
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
