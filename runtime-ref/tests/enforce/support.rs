//! An enforcement point over real stores in a folder of its own.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use bailiwick::Action;
use bailiwick::AuditEvent;
use bailiwick::AutonomyLevel;
use bailiwick::ChangeClass;
use bailiwick::CompileOptions;
use bailiwick::DecisionRecord;
use bailiwick::EventType;
use bailiwick::Pdp;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::RiskTier;
use bailiwick::SharedArtifact;
use bailiwick::SourceFile;
use bailiwick::Subject;
use bailiwick::TraceViewer;
use bailiwick::Value;
use bailiwick::compile;
use bailiwick_runtime::git::FilePullRequests;
use bailiwick_runtime::git::Git;
use bailiwick_runtime::pep::Act;
use bailiwick_runtime::pep::Capabilities;
use bailiwick_runtime::pep::EnforceError;
use bailiwick_runtime::pep::Enforced;
use bailiwick_runtime::pep::Failure;
use bailiwick_runtime::pep::Observer;
use bailiwick_runtime::pep::Pep;
use bailiwick_runtime::pip::Snapshot;
use bailiwick_runtime::port::clock::SystemClock;
use bailiwick_runtime::port::id::Ids;
use bailiwick_runtime::port::id::UuidIds;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::port::store::RunKey;
use bailiwick_runtime::run::RunContext;
use bailiwick_runtime::store::FileControls;
use bailiwick_runtime::store::SqliteJournal;

pub(crate) struct World {
    pub(crate) context: RunContext,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) pep: Pep,
}

struct Deaf;

impl Observer for Deaf {
    fn decided(&self, _: u64, _: &Projection<TraceViewer>, _: &DecisionRecord, _: bool) {}
    fn happened(&self, _: u64, _: EventType, _: &BTreeMap<String, Value>) {}
}

pub(crate) const POLICY: &str = "
platform_policy:
  name: base
  version: 1
  autonomy_level: draft_pr
  allowed_actions: [file.read, file.write, shell.exec, model.call]
  forbidden_paths: [secrets/]
  limits:
    max_tool_calls_per_run: 3
  approval:
    required_for: [instruction_change]
    approvers: [{role: Approver}]
";

impl World {
    pub(crate) fn new() -> Self {
        Self::under(POLICY)
    }

    pub(crate) fn under(policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = Arc::new(SqliteJournal::open(&folder.path().join("journal.db")).unwrap());
        Self::with_journal(policy, folder, journal)
    }

    pub(crate) fn with_journal(
        policy: &str,
        folder: tempfile::TempDir,
        journal: Arc<dyn Journal>,
    ) -> Self {
        let root = folder.path();
        let clock = Arc::new(SystemClock::new().unwrap());
        let file = SourceFile::new("policy.yaml", policy);
        let policies = compile(&[file], CompileOptions::default()).unwrap().policies;
        let provider =
            FilePullRequests::open(Git::find().unwrap(), &root.join("prs"), &root.join("remote"));
        let pep = Pep {
            capabilities: Capabilities {
                network_profiles: BTreeSet::from(["no-egress".to_owned()]),
                verifiers: BTreeSet::from(["unit_tests".to_owned()]),
            },
            clock: clock.clone(),
            ids: Arc::new(UuidIds),
            journal: journal.clone(),
            observer: Box::new(Deaf),
            pdp: Pdp::new(Arc::new(policies)),
            redactor: Redactor::builder().known_value("correct-horse-battery").build(),
            snapshot: Snapshot {
                clock,
                controls: Arc::new(FileControls::create(&root.join("controls")).unwrap()),
                journal,
                pull_requests: Arc::new(provider.unwrap()),
            },
        };
        Self { context: context(), folder, pep }
    }

    pub(crate) fn open_run(&self) {
        let request = Request { subject: None, ..self.context.request(Action::RunStart) };
        let opened = EventType::RunOpened;
        self.pep.tell(&self.context.run, &request, opened, BTreeMap::new()).unwrap();
    }

    /// Opens a run without a word about whose it is.
    pub(crate) fn open_run_of_nobody(&self) {
        let opened = EventType::RunOpened;
        let run = &self.context.run;
        let event = AuditEvent {
            action: opened.name().to_owned(),
            actor: "bailiwick-runtime".to_owned(),
            actor_type: "service".to_owned(),
            approval_id: None,
            audit_id: UuidIds.next("aud").into_string(),
            created_at: self.pep.clock.now(),
            decision: None,
            decision_id: None,
            details: BTreeMap::new(),
            event_type: opened,
            matched_rules: Vec::new(),
            payloads: BTreeMap::new(),
            policy_version: None,
            request_hash: None,
            resource_id: run.run_id.clone(),
            resource_type: "run".to_owned(),
            result_hash: None,
            run_id: run.run_id.clone(),
            tenant_id: run.tenant.clone(),
        };
        self.pep.journal.append(event, &Attachments::default()).unwrap();
    }

    pub(crate) fn control(&self, name: &str) -> PathBuf {
        self.folder.path().join("controls").join(name)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    /// Returns a tool call that reads `path`.
    pub(crate) fn read(&self, path: &str) -> Request {
        Request {
            path: Some(path.to_owned()),
            tool_call_id: Some("call_1".to_owned()),
            ..self.context.request(Action::FileRead)
        }
    }

    /// Enforces, and says whether the act was begun.
    pub(crate) fn enforce(&self, request: Request) -> (bool, Result<Enforced<()>, EnforceError>) {
        let mut done = false;
        let enforced = self.pep.enforce(&self.context.run, request, "try", |_permit, _| {
            done = true;
            Ok(Act::new(EventType::ToolCalled, ()))
        });
        (done, enforced)
    }

    pub(crate) fn fail(&self, request: Request, message: &str) -> Enforced<()> {
        let failed = |_permit, _: &_| Err(Failure::new("broke", message));
        self.pep.enforce(&self.context.run, request, "try", failed).unwrap()
    }

    pub(crate) fn export(&self) -> String {
        let mut out = Vec::new();
        self.pep.journal.export(&self.context.run, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

/// Returns `text` as it may be kept.
pub(crate) fn shared(text: &str) -> Projection<SharedArtifact> {
    Redactor::default().project(&Raw::new(text))
}

pub(crate) fn count(journal: &Path, table: &str) -> u64 {
    let connection = rusqlite::Connection::open(journal).unwrap();
    let statement = format!("SELECT COUNT(*) FROM {table}");
    let count: i64 = connection.query_row(&statement, [], |row| row.get(0)).unwrap();
    u64::try_from(count).unwrap()
}

fn context() -> RunContext {
    RunContext {
        autonomy_level: AutonomyLevel::DraftPr,
        base_branch: "main".to_owned(),
        branch: "agent/try".to_owned(),
        campaign_id: None,
        change_class: ChangeClass::SourceChange,
        organization: "acme".to_owned(),
        repo: "service".to_owned(),
        risk_tier: RiskTier::Low,
        run: RunKey { tenant: "ten_test".to_owned(), run_id: "run_1".to_owned() },
        subject: Subject {
            id: "agent-worker-1".to_owned(),
            kind: Some("worker".to_owned()),
            tenant: Some("ten_test".to_owned()),
            ..Subject::default()
        },
        task_class: "try".to_owned(),
        task_id: "task_1".to_owned(),
        task_title: "try".to_owned(),
        team: "payments".to_owned(),
        workspace: "/nowhere/workspace".to_owned(),
    }
}
