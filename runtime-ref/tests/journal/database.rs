//! What the database refuses by itself, and what it finds when somebody went around it.

use bailiwick::EventType;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::store::SqliteJournal;

use crate::support::came_to;
use crate::support::decided;
use crate::support::event;
use crate::support::opened;
use crate::support::run;

#[test]
fn the_database_itself_refuses_to_change_or_forget() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let run = run("run_1");
    let journal = SqliteJournal::open(&path).unwrap();
    journal.append(event(&run, EventType::RunOpened), &opened("service")).unwrap();
    journal.append(event(&run, EventType::PolicyEvaluated), &decided("pdec_1")).unwrap();
    journal.append(event(&run, EventType::CommandExecuted), &came_to("pdec_1")).unwrap();

    journal.keep_checkpoint("ten_test", 1, "one").unwrap();

    let stranger = rusqlite::Connection::open(&path).unwrap();
    for statement in [
        "UPDATE event SET record = '{}'",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 2",
        "INSERT OR REPLACE INTO event SELECT tenant, log_index, run_id, seq, prev_hash, entry_hash,
         event_type, '{}' FROM event WHERE seq = 2",
        "INSERT INTO event SELECT tenant, 3, run_id, 1, 'x', 'y', event_type, record FROM event
         WHERE seq = 1",
        "INSERT INTO event SELECT tenant, 3, run_id, 7, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "INSERT INTO event SELECT 'ten_other', 0, run_id, 3, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "INSERT INTO event SELECT tenant, 4, run_id, 3, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "INSERT INTO event SELECT tenant, 2, run_id, 3, entry_hash, 'y', event_type, record
         FROM event WHERE seq = 2",
        "UPDATE decision SET permitted = 0",
        "DELETE FROM decision",
        "INSERT OR REPLACE INTO decision SELECT decision_id, tenant, run_id, seq, 0, intent
         FROM decision",
        "UPDATE checkpoint SET note = 'x'",
        "DELETE FROM checkpoint",
        "INSERT OR REPLACE INTO checkpoint VALUES ('ten_test', 1, 'x')",
        "INSERT INTO checkpoint VALUES ('ten_test', 9, 'x')",
        "UPDATE payload SET text = 'x'",
        "DELETE FROM payload",
        "INSERT OR REPLACE INTO payload SELECT tenant, run_id, seq, name, class, NULL, salt, 'x'
         FROM payload",
        "INSERT INTO payload_removed SELECT tenant, run_id, seq, name, 'pdec_none' FROM payload",
        "UPDATE outcome SET seq = 0",
        "DELETE FROM outcome",
        "UPDATE run_scope SET repo = 'other'",
        "DELETE FROM run_scope",
        "INSERT OR REPLACE INTO run_scope (tenant, run_id, seq, repo)
         SELECT tenant, run_id, 0, 'other' FROM run_scope",
        "UPDATE usage SET amount = 0",
        "DELETE FROM usage",
        "INSERT OR REPLACE INTO usage SELECT tenant, run_id, seq, key, 0 FROM usage",
    ] {
        let error = stranger.execute(statement, []).expect_err(statement).to_string();
        assert!(error.contains("append-only") || error.contains("follow"), "{statement}: {error}");
    }
    assert_eq!(journal.verify(&run).unwrap().count, 3);
    assert_eq!(journal.usage(&run).unwrap()["tool_calls"], 1);
}

#[test]
fn what_was_edited_behind_its_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let run = run("run_1");
    let journal = SqliteJournal::open(&path).unwrap();
    let none = Attachments::default();
    journal.append(event(&run, EventType::RunOpened), &none).unwrap();
    journal.append(event(&run, EventType::ToolCalled), &none).unwrap();
    journal.append(event(&run, EventType::ToolCalled), &none).unwrap();

    let stranger = rusqlite::Connection::open(&path).unwrap();
    stranger.execute("DROP TRIGGER event_no_update", []).unwrap();
    let edit = "UPDATE event SET record = replace(record, 'agent-worker-1', 'someone-else-1')
                WHERE seq = 1";
    assert_eq!(stranger.execute(edit, []).unwrap(), 1);
    let error = journal.verify(&run).unwrap_err();
    assert_eq!(error.code(), "chain_broken");
    assert!(error.to_string().contains("seq 1"), "{error}");
}

#[test]
fn an_append_takes_no_longer_where_the_run_is_long() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    drop(SqliteJournal::open(&path).unwrap());
    let mut stranger = rusqlite::Connection::open(&path).unwrap();
    let transaction = stranger.transaction().unwrap();
    let mut insert = transaction
        .prepare("INSERT INTO event VALUES ('ten_a', ?1, 'run_1', ?1, ?2, ?3, 'tool.called', '{}')")
        .unwrap();
    // What the triggers look up takes as long for rows that hold nothing.
    let mut rows = 0..40_000_u32;
    let mut quarter = || {
        let begun = std::time::Instant::now();
        for row in rows.by_ref().take(10_000) {
            let (prev, hash) = (format!("hash {row}"), format!("hash {}", row + 1));
            insert.execute(rusqlite::params![row, prev, hash]).unwrap();
        }
        begun.elapsed()
    };
    let (first, _, _, last) = (quarter(), quarter(), quarter(), quarter());
    // Looked through from its beginning, the run would take the last quarter seven times as long.
    assert!(last < first * 4, "{first:?}, {last:?}");
}
