//! The journal's tables. The database itself refuses what would break a chain.

use rusqlite::Connection;

use crate::port::store::StoreError;
use crate::store::journal::malformed;

/// The version of the journal's tables.
const VERSION: i64 = 2;

/// Makes the tables of the journal where there are none, in the transaction that is open.
pub(super) fn create(connection: &Connection) -> Result<(), StoreError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'";
    let tables: i64 = connection.query_row(tables, [], |row| row.get(0))?;
    if tables > 0 && version != VERSION {
        return Err(malformed("the journal", "its tables are those of another version"));
    }
    connection.execute_batch(TABLES)?;
    connection.execute_batch(TRIGGERS)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Settings of every connection: a commit that returned survives a power cut.
pub(super) const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
";

/// The tables. `WITHOUT ROWID`, so that no row has a second, hidden key to be replaced by.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS event (
        tenant     TEXT NOT NULL,
        log_index  INTEGER NOT NULL CHECK (log_index >= 0),
        run_id     TEXT NOT NULL,
        seq        INTEGER NOT NULL CHECK (seq >= 0),
        prev_hash  TEXT NOT NULL,
        entry_hash TEXT NOT NULL UNIQUE,
        event_type TEXT NOT NULL,
        record     TEXT NOT NULL,
        PRIMARY KEY (run_id, seq),
        UNIQUE (run_id, prev_hash),
        UNIQUE (tenant, log_index)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS decision (
        decision_id TEXT NOT NULL PRIMARY KEY,
        tenant      TEXT NOT NULL,
        run_id      TEXT NOT NULL,
        seq         INTEGER NOT NULL,
        permitted   INTEGER NOT NULL CHECK (permitted IN (0, 1)),
        intent      TEXT NOT NULL,
        FOREIGN KEY (run_id, seq) REFERENCES event (run_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS outcome (
        decision_id TEXT NOT NULL PRIMARY KEY REFERENCES decision (decision_id),
        run_id      TEXT NOT NULL,
        seq         INTEGER NOT NULL,
        FOREIGN KEY (run_id, seq) REFERENCES event (run_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS checkpoint (
        tenant TEXT NOT NULL,
        size   INTEGER NOT NULL CHECK (size >= 0),
        note   TEXT NOT NULL,
        PRIMARY KEY (tenant, size)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS payload (
        tenant     TEXT NOT NULL,
        run_id     TEXT NOT NULL,
        seq        INTEGER NOT NULL,
        name       TEXT NOT NULL,
        class      TEXT NOT NULL,
        keep_until TEXT,
        salt       BLOB NOT NULL CHECK (length(salt) = 32),
        text       TEXT NOT NULL,
        PRIMARY KEY (run_id, seq, name),
        FOREIGN KEY (run_id, seq) REFERENCES event (run_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS payload_removed (
        tenant      TEXT NOT NULL,
        run_id      TEXT NOT NULL,
        seq         INTEGER NOT NULL,
        name        TEXT NOT NULL,
        decision_id TEXT NOT NULL REFERENCES decision (decision_id),
        PRIMARY KEY (run_id, seq, name),
        FOREIGN KEY (run_id, seq) REFERENCES event (run_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS run_scope (
        tenant       TEXT NOT NULL,
        run_id       TEXT NOT NULL,
        seq          INTEGER NOT NULL CHECK (seq = 0),
        campaign_id  TEXT,
        organization TEXT,
        repo         TEXT,
        risk_tier    TEXT,
        task_class   TEXT,
        task_id      TEXT,
        team         TEXT,
        PRIMARY KEY (tenant, run_id),
        FOREIGN KEY (run_id, seq) REFERENCES event (run_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS usage (
        tenant TEXT NOT NULL,
        run_id TEXT NOT NULL,
        seq    INTEGER NOT NULL,
        key    TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount >= 0),
        PRIMARY KEY (run_id, seq, key),
        FOREIGN KEY (run_id, seq) REFERENCES event (run_id, seq)
    ) STRICT, WITHOUT ROWID;
";

/// Triggers that keep the tables append-only and the chains whole, whoever writes. A row that is
/// there already is refused before SQLite could replace it; each look-up is by an index of its own, or an
/// append would take longer the longer its run is.
const TRIGGERS: &str = "
    CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS event_no_replace BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE entry_hash = NEW.entry_hash)
      OR EXISTS (SELECT 1 FROM event WHERE run_id = NEW.run_id AND seq = NEW.seq)
      OR EXISTS (SELECT 1 FROM event WHERE run_id = NEW.run_id AND prev_hash = NEW.prev_hash)
      OR EXISTS (SELECT 1 FROM event WHERE tenant = NEW.tenant AND log_index = NEW.log_index)
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS event_follows_head BEFORE INSERT ON event
    WHEN NEW.seq > 0 AND NOT EXISTS (
        SELECT 1 FROM event WHERE run_id = NEW.run_id AND tenant = NEW.tenant
        AND seq = NEW.seq - 1 AND entry_hash = NEW.prev_hash AND event_type <> 'run.closed')
    BEGIN SELECT RAISE(ABORT, 'event does not follow the head of its run'); END;
    CREATE TRIGGER IF NOT EXISTS event_follows_log BEFORE INSERT ON event
    WHEN NEW.log_index <> COALESCE(
        (SELECT MAX(log_index) + 1 FROM event WHERE tenant = NEW.tenant), 0)
    BEGIN SELECT RAISE(ABORT, 'event does not follow the log of its tenant'); END;

    CREATE TRIGGER IF NOT EXISTS decision_no_update BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS decision_no_delete BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS decision_no_replace BEFORE INSERT ON decision
    WHEN EXISTS (SELECT 1 FROM decision WHERE decision_id = NEW.decision_id)
    BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;

    CREATE TRIGGER IF NOT EXISTS outcome_no_update BEFORE UPDATE ON outcome
    BEGIN SELECT RAISE(ABORT, 'outcome is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS outcome_no_delete BEFORE DELETE ON outcome
    BEGIN SELECT RAISE(ABORT, 'outcome is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS outcome_no_replace BEFORE INSERT ON outcome
    WHEN EXISTS (SELECT 1 FROM outcome WHERE decision_id = NEW.decision_id)
    BEGIN SELECT RAISE(ABORT, 'outcome is append-only'); END;

    CREATE TRIGGER IF NOT EXISTS checkpoint_no_update BEFORE UPDATE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS checkpoint_no_delete BEFORE DELETE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS checkpoint_no_replace BEFORE INSERT ON checkpoint
    WHEN EXISTS (SELECT 1 FROM checkpoint WHERE tenant = NEW.tenant AND size = NEW.size)
    BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS checkpoint_within_log BEFORE INSERT ON checkpoint
    WHEN NEW.size > COALESCE(
        (SELECT MAX(log_index) + 1 FROM event WHERE tenant = NEW.tenant), 0)
    BEGIN SELECT RAISE(ABORT, 'checkpoint is of more events than the log has: append-only'); END;

    CREATE TRIGGER IF NOT EXISTS payload_no_update BEFORE UPDATE ON payload
    BEGIN SELECT RAISE(ABORT, 'payload is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS payload_no_delete BEFORE DELETE ON payload
    WHEN NOT EXISTS (SELECT 1 FROM payload_removed AS removed WHERE removed.tenant = OLD.tenant
                     AND removed.run_id = OLD.run_id AND removed.seq = OLD.seq
                     AND removed.name = OLD.name)
    BEGIN SELECT RAISE(ABORT, 'payload is append-only but for removals by a decision'); END;
    CREATE TRIGGER IF NOT EXISTS payload_no_replace BEFORE INSERT ON payload
    WHEN EXISTS (SELECT 1 FROM payload WHERE run_id = NEW.run_id AND seq = NEW.seq
                 AND name = NEW.name)
      OR EXISTS (SELECT 1 FROM payload_removed WHERE run_id = NEW.run_id AND seq = NEW.seq
                 AND name = NEW.name)
    BEGIN SELECT RAISE(ABORT, 'payload is append-only'); END;

    CREATE TRIGGER IF NOT EXISTS payload_removed_no_update BEFORE UPDATE ON payload_removed
    BEGIN SELECT RAISE(ABORT, 'payload_removed is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS payload_removed_no_delete BEFORE DELETE ON payload_removed
    BEGIN SELECT RAISE(ABORT, 'payload_removed is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS payload_removed_by_decision BEFORE INSERT ON payload_removed
    WHEN EXISTS (SELECT 1 FROM payload_removed WHERE run_id = NEW.run_id AND seq = NEW.seq
                 AND name = NEW.name)
      OR NOT EXISTS (SELECT 1 FROM decision WHERE decision_id = NEW.decision_id AND permitted = 1)
    BEGIN SELECT RAISE(ABORT, 'payload_removed is append-only, by a decision that permits'); END;

    CREATE TRIGGER IF NOT EXISTS run_scope_no_update BEFORE UPDATE ON run_scope
    BEGIN SELECT RAISE(ABORT, 'run_scope is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS run_scope_no_delete BEFORE DELETE ON run_scope
    BEGIN SELECT RAISE(ABORT, 'run_scope is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS run_scope_no_replace BEFORE INSERT ON run_scope
    WHEN EXISTS (SELECT 1 FROM run_scope WHERE tenant = NEW.tenant AND run_id = NEW.run_id)
    BEGIN SELECT RAISE(ABORT, 'run_scope is append-only'); END;

    CREATE TRIGGER IF NOT EXISTS usage_no_update BEFORE UPDATE ON usage
    BEGIN SELECT RAISE(ABORT, 'usage is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS usage_no_delete BEFORE DELETE ON usage
    BEGIN SELECT RAISE(ABORT, 'usage is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS usage_no_replace BEFORE INSERT ON usage
    WHEN EXISTS (SELECT 1 FROM usage WHERE run_id = NEW.run_id AND seq = NEW.seq
                 AND key = NEW.key)
    BEGIN SELECT RAISE(ABORT, 'usage is append-only'); END;
";

/// The index of artifacts: what was kept, and what was removed by which decision. Both only grow.
pub(super) const ARTIFACTS: &str = "
    CREATE TABLE IF NOT EXISTS artifact (
        tenant     TEXT NOT NULL,
        run_id     TEXT NOT NULL,
        name       TEXT NOT NULL,
        class      TEXT NOT NULL,
        created_at TEXT NOT NULL,
        digest     TEXT NOT NULL,
        size       INTEGER NOT NULL CHECK (size >= 0),
        PRIMARY KEY (tenant, run_id, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS artifact_removed (
        tenant      TEXT NOT NULL,
        run_id      TEXT NOT NULL,
        name        TEXT NOT NULL,
        decision_id TEXT NOT NULL,
        removed_at  TEXT NOT NULL,
        PRIMARY KEY (tenant, run_id, name),
        FOREIGN KEY (tenant, run_id, name) REFERENCES artifact (tenant, run_id, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER IF NOT EXISTS artifact_no_update BEFORE UPDATE ON artifact
    BEGIN SELECT RAISE(ABORT, 'artifact is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS artifact_no_delete BEFORE DELETE ON artifact
    BEGIN SELECT RAISE(ABORT, 'artifact is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS artifact_removed_no_update BEFORE UPDATE ON artifact_removed
    BEGIN SELECT RAISE(ABORT, 'artifact_removed is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS artifact_removed_no_delete BEFORE DELETE ON artifact_removed
    BEGIN SELECT RAISE(ABORT, 'artifact_removed is append-only'); END;
";
