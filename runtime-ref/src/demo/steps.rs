//! The steps before the agent begins and after it ends, each by the enforcement point.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;

use bailiwick::Action;
use bailiwick::Approval;
use bailiwick::CheckpointTrust;
use bailiwick::DecisionRecord;
use bailiwick::EventType;
use bailiwick::LogError;
use bailiwick::NoteKey;
use bailiwick::Request;
use bailiwick::Role;
use bailiwick::Subject;
use bailiwick::Timestamp;
use bailiwick::Value;
use bailiwick::Verifier;
use bailiwick::VerifyOptions;
use bailiwick::VerifyReport;

use crate::demo::DemoError;
use crate::demo::layout::Layout;
use crate::demo::stage;
use crate::pep::Act;
use crate::pep::Enforced;
use crate::pep::Failure;
use crate::pep::Outcome;
use crate::pep::Pep;
use crate::port::repository::RepositoryError;
use crate::port::store::Journal;
use crate::run::RunContext;
use crate::run::Tools;
use crate::scripted::People;
use crate::scripted::Person;
use crate::store::FileControls;

/// Opens the chain of the run.
pub(crate) fn open(pep: &Pep, context: &RunContext) -> Result<(), DemoError> {
    let mut scopes = vec!["global".to_owned(), format!("tenant {}", context.run.tenant)];
    scopes.extend(context.campaign_id.iter().map(|campaign| format!("campaign {campaign}")));
    scopes.push(format!("repository {}", context.repo));
    let switches = format!("{} (in controls/kill-switches.json)", scopes.join(", "));
    let set = pep.pdp.policies.digest().as_str().to_owned();
    let details = [
        ("kill_switches", switches),
        ("policy_set_hash", set),
        ("redaction", pep.redactor.version()),
        ("runtime", env!("CARGO_PKG_VERSION").to_owned()),
        ("task_id", context.task_id.clone()),
    ];
    // It is the runtime that opens it.
    let scope = Request { subject: None, ..context.request(Action::RunStart) };
    pep.tell(&context.run, &scope, EventType::RunOpened, texts(details))?;
    Ok(())
}

/// Submits the task, starts the run, tells of the sandbox, clones and branches.
pub(crate) fn prepare(
    tools: &mut Tools,
    features: BTreeMap<String, String>,
    people: &People,
    controls: &FileControls,
) -> Result<(), DemoError> {
    let (pep, context) = (tools.pep.clone(), tools.context.clone());
    let run = &context.run;

    let mut request = context.request(Action::TaskSubmit);
    request.subject = Some(stage::subject(&people.submitter, "human"));
    let intent = format!("submit the task: {}", context.task_title);
    let submitted = pep.enforce(run, request, &intent, |_permit, _| {
        Ok(Act::new(EventType::TaskSubmitted, ())
            .text("task_id", context.task_id.clone())
            .text("title", context.task_title.clone()))
    })?;
    done("task.submit", submitted)?;

    let mut request = context.request(Action::RunStart);
    request.subject = Some(stage::subject("bailiwick-runtime", "service"));
    let start = || {
        pep.enforce(run, request.clone(), "start the run", |_permit, _| {
            Ok(Act::new(EventType::RunScheduled, ()))
        })
    };
    let mut started = start()?;
    if let (Outcome::AskApproval, Some(approver)) = (&started.outcome, &people.approver) {
        let approval = approval(&pep, approver, &started.record)?;
        controls.approve(&approval)?;
        pep.granted(run, &request, &approval, "start the run")?;
        started = start()?;
    }
    done("run.start", started)?;

    let mut details = texts([
        ("adapter", tools.sandbox.adapter.clone()),
        (
            "credential",
            "none: commands get an environment of their own, without secrets".to_owned(),
        ),
    ]);
    let degraded = tools.sandbox.degraded.iter().cloned().map(Value::Text);
    details.insert("degraded".to_owned(), Value::List(degraded.collect()));
    let features = features.into_iter().map(|(name, state)| (name, Value::Text(state)));
    details.insert("features".to_owned(), Value::Map(features.collect()));
    let digest = Value::Text(tools.sandbox.profile_digest.clone());
    details.insert("profile_digest".to_owned(), digest);
    pep.tell(run, &context.request(Action::RunStart), EventType::SandboxCreated, details)?;

    let mut request = context.request(Action::GitClone);
    request.branch = Some(context.base_branch.clone());
    let cloned = pep.enforce(run, request, "clone into the workspace", |permit, _| {
        let checkout = tools.repository.check_out(permit).map_err(failure)?;
        Ok(Act::new(EventType::RepositoryCloned, checkout.clone())
            .text("branch", checkout.branch)
            .text("commit", checkout.base_sha)
            .text("credential", tools.repository.credential())
            .number("files", i64::try_from(checkout.files).unwrap_or(i64::MAX)))
    })?;
    tools.checkout = done("git.clone", cloned)?;

    let request = context.request(Action::GitBranch);
    let intent = format!("create branch {}", context.branch);
    let branched = pep.enforce(run, request, &intent, |permit, _| {
        tools.repository.create_branch(permit).map_err(failure)?;
        Ok(Act::new(EventType::ToolCalled, ()).text("branch", context.branch.clone()))
    })?;
    done("git.branch", branched)
}

/// Returns the approval of exactly what `record` asks for, as `person` gives it.
fn approval(pep: &Pep, person: &Person, record: &DecisionRecord) -> Result<Approval, DemoError> {
    let now = pep.clock.now();
    let until = Timestamp::from_unix_millis(now.unix_millis() + APPROVED_MILLIS);
    let approver = Subject {
        roles: vec![Role::Approver],
        team: Some(person.team.clone()),
        ..stage::subject(&person.id, "human")
    };
    Ok(Approval {
        approval_id: pep.ids.next("appr").into_string(),
        approver,
        effective_policy_hash: record.effective_policy_hash.clone(),
        expires_at: until.unwrap_or(now),
        granted_at: now,
        request_hash: record.request_hash.clone(),
    })
}

/// Ends the chain of the run, with the reason where it failed.
pub(crate) fn close(
    pep: &Pep,
    context: &RunContext,
    failed: Option<&DemoError>,
) -> Result<(), DemoError> {
    let request = Request::default();
    if let Some(error) = failed {
        let details = texts([
            ("failed", error.code().to_owned()),
            ("reason", trace_text(pep, &error.to_string())),
        ]);
        pep.tell(&context.run, &request, EventType::RunFailed, details)?;
    }
    pep.tell(&context.run, &request, EventType::RunClosed, BTreeMap::new())?;
    Ok(())
}

/// Writes the log of all runs and its newest checkpoint, and checks the files as a stranger would:
/// by reading them, with the public key.
pub(crate) fn export(journal: &dyn Journal, layout: &Layout) -> Result<VerifyReport, DemoError> {
    let (path, keys) = (layout.audit(), layout.log_public_key());
    let io = |source| DemoError::Io { path: path.clone(), source };
    let mut file = File::create(&path).map_err(io)?;
    journal.export_log(stage::TENANT, 0, &mut file)?;
    file.sync_all().map_err(io)?;
    let checkpoints: Vec<String> = journal.checkpoints(stage::TENANT)?.pop().into_iter().collect();
    std::fs::write(layout.checkpoint(), checkpoints.concat()).map_err(io)?;

    let keys = std::fs::read_to_string(keys).map_err(io)?;
    let keys: Result<Vec<NoteKey>, LogError> = keys.lines().map(str::parse).collect();
    let keys = keys.map_err(|error| io(std::io::Error::other(error)))?;
    let mut verifier = Verifier::new(VerifyOptions {
        checkpoints,
        tenant_id: Some(stage::TENANT.to_owned()),
        trust: CheckpointTrust { keys, ..CheckpointTrust::default() },
        ..VerifyOptions::default()
    });
    let mut lines = BufReader::new(File::open(&path).map_err(io)?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).map_err(io)? > 0 {
        verifier.line(&line);
        line.clear();
    }
    Ok(verifier.finish())
}

fn done<T>(step: &'static str, enforced: Enforced<T>) -> Result<T, DemoError> {
    let why = match enforced.outcome {
        Outcome::Done(value) => return Ok(value),
        Outcome::AskApproval | Outcome::Denied => enforced.record.explanation,
        Outcome::Failed { message, .. } => message.into_text(),
        Outcome::Unfulfilled { why } => why,
    };
    Err(DemoError::Refused { step, why })
}

fn texts<const N: usize>(entries: [(&str, String); N]) -> BTreeMap<String, Value> {
    entries.into_iter().map(|(name, text)| (name.to_owned(), Value::Text(text))).collect()
}

fn trace_text(pep: &Pep, text: &str) -> String {
    let raw = bailiwick::Raw::new(text);
    pep.redactor.project::<bailiwick::TraceViewer>(&raw).into_text()
}

fn failure(error: RepositoryError) -> Failure {
    Failure::new(error.code(), error)
}

/// For how long the approval of a start counts: an hour.
const APPROVED_MILLIS: i64 = 3_600_000;
