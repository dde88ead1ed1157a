//! What the demonstration left behind: what is due, and its deletion.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use bailiwick::DecisionRecord;
use bailiwick::EventType;
use bailiwick::LogViewer;
use bailiwick::Pdp;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::RetentionHold;
use bailiwick::RetentionItem;
use bailiwick::RetentionPlan;
use bailiwick::Role;
use bailiwick::Sink;
use bailiwick::Subject;
use bailiwick::Timestamp;
use bailiwick::TraceViewer;
use bailiwick::Value;
use bailiwick::retention_plan;
use serde::Serialize;

use crate::demo::DemoError;
use crate::demo::Stopped;
use crate::demo::guard::Guard;
use crate::demo::layout::Layout;
use crate::demo::policies;
use crate::demo::recover;
use crate::demo::stage;
use crate::demo::steps::export;
use crate::git::FilePullRequests;
use crate::git::Git;
use crate::pep::Capabilities;
use crate::pep::Observer;
use crate::pep::Pep;
use crate::pip::Snapshot;
use crate::port::clock::Clock;
use crate::port::clock::SystemClock;
use crate::port::id::UuidIds;
use crate::port::store::RunKey;
use crate::retain::Applied;
use crate::retain::Outcome;
use crate::retain::apply;
use crate::retain::items;
use crate::store::ArtifactStore;
use crate::store::FileControls;

/// What is to be planned or done.
#[derive(Clone, Debug, Default)]
pub struct RetentionOptions {
    /// What is asked to be deleted now, by name or class: refused where something keeps it.
    pub delete: Vec<String>,
    /// Really delete what is due.
    pub execute: bool,
    /// The folder of a demonstration.
    pub folder: PathBuf,
    /// Legal holds and open incidents beside those of the folder, a JSON list.
    pub holds: Option<PathBuf>,
    /// The instant that it is planned for; the clock's where absent. Nothing is deleted for a later
    /// one than the clock's.
    pub now: Option<Timestamp>,
    /// Policies instead of the embedded ones.
    pub policies: Option<PathBuf>,
}

/// What is due, and what became of it.
#[derive(Debug, Serialize)]
pub struct RetentionReport {
    /// What became of what is due; empty where nothing was to be done.
    pub applied: Vec<Applied>,
    /// The plan.
    pub plan: RetentionPlan,
    /// Says what of this may be told.
    #[serde(skip)]
    redactor: Redactor,
    /// The run of the deletion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
}

impl RetentionReport {
    /// Returns true where there are no findings and everything that was to be deleted is.
    pub fn is_ok(&self) -> bool {
        let undone =
            |applied: &Applied| matches!(applied.outcome, Outcome::Failed | Outcome::NotPermitted);
        self.plan.findings == 0 && !self.applied.iter().any(undone)
    }

    /// Returns the report for people.
    pub fn to_text(&self) -> Projection<LogViewer> {
        self.redactor.project(&Raw::new(self.text()))
    }

    /// Returns the report for programs.
    ///
    /// # Errors
    /// Never in practice: all of it has a form in JSON.
    pub fn to_json(&self) -> Result<ProjectedTree, serde_json::Error> {
        let tree = serde_json::to_value(self)?;
        Ok(self.redactor.project_tree(&tree, Sink::LogViewer))
    }

    fn text(&self) -> String {
        let mut text = self.plan.to_text();
        if let Some(run_id) = &self.run_id {
            text.push_str(&format!("deletion {run_id}\n"));
        }
        for applied in &self.applied {
            let why = applied.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            text.push_str(&format!("  {:<13}  {}{why}\n", applied.outcome.name(), applied.id));
        }
        text
    }
}

/// Plans what is to become of everything that a demonstration left, and does it where it is asked.
///
/// # Errors
/// Where the folder is none of a demonstration, or its evidence cannot be read or kept.
pub fn retain(options: &RetentionOptions) -> Result<RetentionReport, Stopped> {
    let guard = Guard::of_environment();
    guarded(options, &guard).map_err(|error| Stopped::new(&error, &guard.redactor()))
}

fn guarded(options: &RetentionOptions, guard: &Guard) -> Result<RetentionReport, DemoError> {
    let compiled = policies::load(options.policies.as_deref())?;
    let folder = options.folder.join("journal.db");
    // Opening makes what is missing, and an empty folder would look like one with nothing due.
    std::fs::metadata(&folder).map_err(|source| io(&folder, source))?;
    let layout = Layout::open(Some(&options.folder))?;
    let _lock = layout.lock()?;
    let redactor = guard.redactor_of(&layout, &compiled.policies, &stage::scope())?;
    let clock = Arc::new(SystemClock::new()?);
    let now = options.now.unwrap_or_else(|| clock.now());
    if options.execute && now > clock.now() {
        // What must still be kept would be taken for something whose days are over.
        let why = format!("nothing is deleted as of {now}, which is later than the clock");
        return Err(DemoError::Refused { step: "retention", why });
    }
    let git = Git::find()?;
    let journal = Arc::new(stage::journal(&layout, &git)?);
    let artifacts = ArtifactStore::open(&layout.artifacts(), clock.clone())?;
    let controls = Arc::new(FileControls::open(&layout.controls())?);
    let mut holds = controls.holds()?;
    if let Some(path) = &options.holds {
        holds.extend(read_holds(path)?);
    }
    let mut items = items(journal.as_ref(), &artifacts, stage::TENANT)?;
    ask(&mut items, &options.delete)?;
    let plan = retention_plan(&compiled.policies, &items, &holds, now);
    if !options.execute || !plan.entries.iter().any(bailiwick::RetentionEntry::is_due) {
        return Ok(RetentionReport { applied: Vec::new(), plan, redactor, run_id: None });
    }

    let pull_requests = FilePullRequests::open(git, &layout.pull_requests(), &layout.remote())?;
    let pep = Pep {
        capabilities: Capabilities::default(),
        clock: clock.clone(),
        ids: Arc::new(UuidIds),
        journal: journal.clone(),
        observer: Box::new(Unobserved),
        pdp: Pdp::new(Arc::new(compiled.policies)),
        redactor: redactor.clone(),
        snapshot: Snapshot {
            // Whatever instant it is planned for, it is decided on as of the clock.
            clock,
            controls,
            journal: journal.clone(),
            pull_requests: Arc::new(pull_requests),
        },
    };
    recover::recover(&pep)?;
    let run =
        RunKey { tenant: stage::TENANT.to_owned(), run_id: pep.ids.next("run").into_string() };
    let scope = stage::scope();
    let nobody = Request::default();
    let details = BTreeMap::from([
        ("as_of".to_owned(), Value::Text(now.to_string())),
        ("policy_set_hash".to_owned(), Value::Text(plan.policy_set_hash.clone())),
        ("task".to_owned(), Value::Text("retention".to_owned())),
    ]);
    pep.tell(&run, &scope, EventType::RunOpened, details)?;
    let applied = apply(&pep, &artifacts, &run, &subject(), &plan, &items)?;
    pep.tell(&run, &nobody, EventType::RunClosed, BTreeMap::new())?;
    export(journal.as_ref(), &layout)?;
    Ok(RetentionReport { applied, plan, redactor, run_id: Some(run.run_id) })
}

/// Marks what is asked to be deleted.
fn ask(items: &mut [RetentionItem], asked: &[String]) -> Result<(), DemoError> {
    for name in asked {
        let mut found = false;
        for item in items.iter_mut().filter(|item| item.id == *name || item.class == *name) {
            item.delete = true;
            found = true;
        }
        if !found {
            let why = format!("nothing here has the name or class `{name}`");
            return Err(DemoError::Refused { step: "retention", why });
        }
    }
    Ok(())
}

/// Who deletes.
fn subject() -> Subject {
    Subject { roles: vec![Role::PlatformAdmin], ..stage::subject("bailiwick-runtime", "service") }
}

fn read_holds(path: &Path) -> Result<Vec<RetentionHold>, DemoError> {
    let text = std::fs::read_to_string(path).map_err(|source| io(path, source))?;
    serde_json::from_str(&text).map_err(|error| io(path, std::io::Error::other(error)))
}

fn io(path: &Path, source: std::io::Error) -> DemoError {
    DemoError::Io { path: path.to_path_buf(), source }
}

/// Nobody watches.
struct Unobserved;

impl Observer for Unobserved {
    fn decided(&self, _: u64, _: &Projection<TraceViewer>, _: &DecisionRecord, _: bool) {}

    fn happened(&self, _: u64, _: EventType, _: &BTreeMap<String, Value>) {}
}
