//! Both stores, by one name each, and events for them.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use bailiwick::AuditEvent;
use bailiwick::EventType;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::RetentionClass;
use bailiwick::Sink;
use bailiwick_runtime::port::clock::SystemClock;
use bailiwick_runtime::port::id::Ids;
use bailiwick_runtime::port::id::UuidIds;
use bailiwick_runtime::port::payload::DECISION_RECORD;
use bailiwick_runtime::port::payload::Payload;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::DecisionRow;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::port::store::RunKey;
use bailiwick_runtime::port::store::RunScope;
use bailiwick_runtime::port::store::StoreError;
use bailiwick_runtime::store::JsonlJournal;
use bailiwick_runtime::store::SqliteJournal;

/// A kind of journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    Jsonl,
    Sqlite,
}

impl Store {
    /// Opens the journal that lies in `folder`.
    pub(crate) fn open(self, folder: &Path) -> Arc<dyn Journal> {
        self.try_open(folder).unwrap()
    }

    pub(crate) fn try_open(self, folder: &Path) -> Result<Arc<dyn Journal>, StoreError> {
        Ok(match self {
            Self::Jsonl => {
                let clock = Arc::new(SystemClock::new().unwrap());
                Arc::new(JsonlJournal::open(&folder.join("journal"), clock)?)
            }
            Self::Sqlite => Arc::new(SqliteJournal::open(&folder.join("journal.db"))?),
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Sqlite => "sqlite",
        }
    }

    pub(crate) fn from_name(name: &str) -> Self {
        match name {
            "jsonl" => Self::Jsonl,
            _ => Self::Sqlite,
        }
    }
}

/// Returns the log of the tests' tenant, where the journal is one of plain files.
pub(crate) fn log_file(folder: &Path) -> PathBuf {
    folder.join("journal/ten_test/log.jsonl")
}

pub(crate) fn run(run_id: &str) -> RunKey {
    RunKey { tenant: "ten_test".to_owned(), run_id: run_id.to_owned() }
}

pub(crate) fn event(run: &RunKey, event_type: EventType) -> AuditEvent {
    AuditEvent {
        action: "shell.exec".to_owned(),
        actor: "agent-worker-1".to_owned(),
        actor_type: "worker".to_owned(),
        approval_id: None,
        audit_id: UuidIds.next("aud").into_string(),
        created_at: "2026-07-04T10:00:00Z".parse().unwrap(),
        decision: None,
        decision_id: None,
        details: BTreeMap::new(),
        event_type,
        matched_rules: Vec::new(),
        payloads: BTreeMap::new(),
        policy_version: None,
        request_hash: None,
        resource_id: run.run_id.clone(),
        resource_type: "run".to_owned(),
        result_hash: None,
        run_id: run.run_id.clone(),
        tenant_id: run.tenant.clone(),
    }
}

pub(crate) fn decided(decision_id: &str) -> Attachments {
    Attachments {
        decision: Some(DecisionRow {
            decision_id: decision_id.to_owned(),
            intent: Redactor::default().project(&Raw::new("shell.exec: cargo test")),
            permitted: true,
        }),
        payloads: vec![record()],
        usage: BTreeMap::from([("tool_calls".to_owned(), 1)]),
        ..Attachments::default()
    }
}

fn record() -> Payload {
    let tree = serde_json::json!({"decision": "allowed"});
    let tree = Redactor::default().project_tree(&tree, Sink::TraceViewer);
    let until = "2033-07-03T10:00:00Z".parse().ok();
    Payload::of_tree(DECISION_RECORD, RetentionClass::AuditEvent, until, &tree).unwrap()
}

pub(crate) fn opened(repo: &str) -> Attachments {
    let scope = RunScope {
        repo: Some(repo.to_owned()),
        risk_tier: Some(bailiwick::RiskTier::Low),
        ..RunScope::default()
    };
    Attachments { scope: Some(scope), ..Attachments::default() }
}

pub(crate) fn came_to(decision_id: &str) -> Attachments {
    Attachments { outcome_of: Some(decision_id.to_owned()), ..Attachments::default() }
}
