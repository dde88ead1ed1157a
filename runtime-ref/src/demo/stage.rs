//! Sets the stage: every adapter that one run needs.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use bailiwick::AutonomyLevel;
use bailiwick::Digest;
use bailiwick::Pdp;
use bailiwick::PolicySet;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Role;
use bailiwick::SigningKey;
use bailiwick::Sink;
use bailiwick::Subject;
use bailiwick::Timestamp;
use bailiwick::canonical_json;
use bailiwick::public_key_text;

use crate::demo::DemoError;
use crate::demo::guard::read_or_make;
use crate::demo::layout::Layout;
use crate::demo::sample;
use crate::demo::timeline::Timeline;
use crate::git::FilePullRequests;
use crate::git::Git;
use crate::git::GitAnchor;
use crate::git::create_bare_remote;
use crate::pep::Capabilities;
use crate::pep::Pep;
use crate::pip::Snapshot;
use crate::port::clock::SystemClock;
use crate::port::id::Ids;
use crate::port::id::UuidIds;
use crate::port::sandbox::FeatureState;
use crate::port::sandbox::Sandbox;
use crate::port::store::RunKey;
use crate::port::store::StoreError;
use crate::run::Builder;
use crate::run::NO_EGRESS;
use crate::run::RunContext;
use crate::run::SECRET_SCAN_DELTA;
use crate::run::SandboxEvidence;
use crate::sandbox::toolchain::Toolchain;
use crate::scripted::Scenario;
use crate::store::CheckpointedJournal;
use crate::store::FileAnchor;
use crate::store::FileControls;
use crate::store::Signing;
use crate::store::SqliteJournal;
use crate::workspace::SandboxCommands;

/// Makes the bare remote where there is none yet; returns the branch that changes are for.
pub(crate) fn remote(
    git: &Git,
    layout: &Layout,
    repository: Option<&Path>,
) -> Result<String, DemoError> {
    let remote = layout.remote();
    let source = match repository {
        Some(path) => Some(path.canonicalize().map_err(|source| io(path, source))?),
        None => None,
    };
    let named = source.as_ref().map_or("the sample".to_owned(), |path| path.display().to_string());
    let note = layout.root().join("remote.source");
    if remote.exists() {
        let made_of = std::fs::read_to_string(&note).map_err(|source| io(&note, source))?;
        if made_of != named {
            return Err(DemoError::OtherRepository { made_of });
        }
    } else {
        // A remote that was only begun is never taken for one.
        let scratch = layout.root().join("remote.new");
        let _ = std::fs::remove_dir_all(&scratch);
        std::fs::create_dir_all(&scratch).map_err(|source| io(&scratch, source))?;
        let begun = scratch.join("remote.git");
        match source {
            Some(source) => create_bare_remote(git, &source, &begun).map(drop)?,
            None => sample::create_remote(git, &scratch.join("source"), &begun)?,
        }
        std::fs::write(&note, named).map_err(|source| io(&note, source))?;
        std::fs::rename(&begun, &remote).map_err(|source| io(&remote, source))?;
        std::fs::remove_dir_all(&scratch).map_err(|source| io(&scratch, source))?;
    }
    let head = git.call(&remote).bare(&remote).args(["symbolic-ref", "--short", "HEAD"]);
    Ok(head.text()?)
}

/// The enforcement point, and those of its stores that more than it needs.
pub(crate) struct Stores {
    pub(crate) controls: Arc<FileControls>,
    pub(crate) journal: Arc<CheckpointedJournal>,
    pub(crate) pep: Pep,
    pub(crate) pull_requests: Arc<FilePullRequests>,
}

/// Returns the enforcement point with its stores.
pub(crate) fn pep(
    layout: &Layout,
    git: &Git,
    policies: PolicySet,
    scenario: &Scenario,
    timeline: &Timeline,
    redactor: Redactor,
) -> Result<Stores, DemoError> {
    let clock = Arc::new(SystemClock::new()?);
    let journal = Arc::new(journal(layout, git)?);
    let provider = FilePullRequests::open(git.clone(), &layout.pull_requests(), &layout.remote());
    let pull_requests = Arc::new(provider?);
    let controls = Arc::new(FileControls::create(&layout.controls())?);
    let pep = Pep {
        capabilities: Capabilities {
            network_profiles: BTreeSet::from([NO_EGRESS.to_owned()]),
            verifiers: verifiers(scenario),
        },
        clock: clock.clone(),
        ids: Arc::new(UuidIds),
        journal: journal.clone(),
        observer: Box::new(timeline.clone()),
        pdp: Pdp::new(Arc::new(policies)),
        redactor,
        snapshot: Snapshot {
            clock,
            controls: controls.clone(),
            journal: journal.clone(),
            pull_requests: pull_requests.clone(),
        },
    };
    Ok(Stores { controls, journal, pep, pull_requests })
}

/// Opens the journal, signed as it grows, and holds it against the checkpoints that there are.
pub(crate) fn journal(layout: &Layout, git: &Git) -> Result<CheckpointedJournal, DemoError> {
    let path = layout.log_key();
    let seed = read_or_make(&path)?.try_into();
    let seed = seed.map_err(|_| io(&path, std::io::Error::other("it is no key")))?;
    let git = GitAnchor::open(git.clone(), &layout.anchors_git()).map_err(StoreError::from)?;
    let signing = Signing {
        anchors: vec![Arc::new(FileAnchor::new(&layout.anchors())), Arc::new(git)],
        every: 1_000,
        origin: ORIGIN.to_owned(),
        retired: Vec::new(),
        seeds: vec![seed],
    };
    let journal = Arc::new(SqliteJournal::open(&layout.journal())?);
    let journal = CheckpointedJournal::new(journal, signing);
    journal.check(TENANT)?;
    let path = layout.log_public_key();
    let keys: Vec<String> =
        journal.trust(TENANT)?.keys.iter().map(|key| format!("{key}\n")).collect();
    std::fs::write(&path, keys.concat()).map_err(|source| io(&path, source))?;
    Ok(journal)
}

/// Returns the verifiers at hand: those of the script, and the runtime's own.
fn verifiers(scenario: &Scenario) -> BTreeSet<String> {
    let own = std::iter::once(SECRET_SCAN_DELTA.to_owned());
    scenario.verifiers.keys().cloned().chain(own).collect()
}

/// Checks that no name which goes into branches, records and files holds a secret: there it could
/// be neither left out nor replaced.
pub(crate) fn check_names(
    context: &RunContext,
    scenario: &Scenario,
    redactor: &Redactor,
) -> Result<(), DemoError> {
    let named = |what: &str, name: &str| (what.to_owned(), name.to_owned());
    let mut names = vec![
        named("the base branch", &context.base_branch),
        named("the branch", &context.branch),
        named("the campaign", context.campaign_id.as_deref().unwrap_or_default()),
        named("the model", &scenario.model.name),
        named("the provider", &scenario.model.provider),
        named("the repository", &context.repo),
        named("the task class", &context.task_class),
    ];
    let people = &scenario.people;
    names.push(named("the submitter", &people.submitter));
    if let Some(approver) = &people.approver {
        names.push(named("the approver", &approver.id));
        names.push(named("the approver's team", &approver.team));
    }
    names.extend(scenario.verifiers.keys().map(|name| named("a verifier", name)));
    for (what, name) in names {
        let tree = redactor.project_tree(&name.into(), Sink::TraceViewer);
        if tree.summary().secret_like_tokens > 0 {
            return Err(DemoError::SecretName { what });
        }
    }
    Ok(())
}

/// Returns the scope of everything that is done in the demonstration, whatever the task.
pub(crate) fn scope() -> Request {
    Request {
        organization: Some(ORGANIZATION.to_owned()),
        team: Some(TEAM.to_owned()),
        tenant: Some(TENANT.to_owned()),
        ..Request::default()
    }
}

/// Returns what all requests of a new run have in common.
pub(crate) fn context(
    scenario: &Scenario,
    repository: Option<&Path>,
    base_branch: String,
    workspace: &Path,
    run_id: String,
) -> RunContext {
    let task = &scenario.task;
    let name = repository
        .and_then(|path| path.canonicalize().ok())
        .and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
    let short = run_id.get(run_id.len().saturating_sub(8)..).unwrap_or(&run_id);
    RunContext {
        autonomy_level: AutonomyLevel::DraftPr,
        base_branch,
        branch: format!("{}-{short}", task.branch),
        campaign_id: task.campaign_id.clone(),
        change_class: task.change_class,
        organization: ORGANIZATION.to_owned(),
        repo: name.unwrap_or_else(|| "payment-service".to_owned()),
        risk_tier: task.risk,
        subject: subject("agent-worker-1", "worker"),
        task_class: task.class.clone(),
        task_id: UuidIds.next("task").into_string(),
        task_title: task.title.clone(),
        team: TEAM.to_owned(),
        workspace: workspace.display().to_string(),
        run: RunKey { tenant: TENANT.to_owned(), run_id },
    }
}

/// Returns somebody of the demonstration's tenant and team.
pub(crate) fn subject(id: &str, kind: &str) -> Subject {
    Subject {
        id: id.to_owned(),
        kind: Some(kind.to_owned()),
        roles: vec![Role::Operator],
        team: Some(TEAM.to_owned()),
        tenant: Some(TENANT.to_owned()),
    }
}

/// Returns what runs commands in `workspace`, whose git folder is `git_dir`.
pub(crate) fn commands(
    sandbox: Box<dyn Sandbox>,
    toolchain: &Toolchain,
    workspace: &Path,
    git_dir: &Path,
) -> SandboxCommands {
    let mut env = toolchain.env.clone();
    for (name, value) in ENVIRONMENT {
        env.insert((*name).to_owned(), (*value).to_owned());
    }
    let mut extra_read_only = toolchain.read_only.clone();
    extra_read_only.push(git_dir.to_path_buf());
    SandboxCommands {
        env,
        extra_read_only,
        protected: PROTECTED.iter().map(PathBuf::from).collect(),
        sandbox,
        workspace: workspace.to_path_buf(),
    }
}

/// Returns who answers for the changes of the demonstration, with the key that is in its folder; it
/// is made once, and what checks its signatures lies beside it.
pub(crate) fn builder(layout: &Layout, started_at: Timestamp) -> Result<Builder, DemoError> {
    let path = layout.provenance_key();
    let refused = || io(&path, std::io::Error::other("it is no key"));
    let key = SigningKey::from_seed(&read_or_make(&path)?).ok_or_else(refused)?;
    let public = layout.provenance_public_key();
    let text = format!("{}\n", public_key_text(&key.public()));
    std::fs::write(&public, text).map_err(|source| io(&public, source))?;
    Ok(Builder { id: BUILDER.to_owned(), key, started_at })
}

/// Returns what the sandbox enforces, for provenance and journal.
pub(crate) fn evidence(sandbox: &dyn Sandbox) -> (SandboxEvidence, BTreeMap<String, String>) {
    let profile = sandbox.profile();
    let digest = canonical_json(profile).map(|text| Digest::of(text.as_bytes()));
    let features = profile.features.iter().map(|feature| {
        let state = match feature.state {
            FeatureState::Enforced => "enforced",
            FeatureState::Degraded => "degraded",
            FeatureState::Missing => "missing",
        };
        (feature.name.clone(), state.to_owned())
    });
    let evidence = SandboxEvidence {
        adapter: profile.adapter.clone(),
        degraded: profile.weak().map(|feature| feature.name.clone()).collect(),
        profile_digest: digest.map(|digest| digest.as_str().to_owned()).unwrap_or_default(),
    };
    (evidence, features.collect())
}

fn io(path: &Path, source: std::io::Error) -> DemoError {
    DemoError::Io { path: path.to_path_buf(), source }
}

/// Who runs agents here, in the mode in which a script speaks for the model.
const BUILDER: &str = "urn:bailiwick:runtime:demo";
const ORGANIZATION: &str = "acme";
/// How the origins of the demonstration's logs begin.
const ORIGIN: &str = "demo.bailiwick.example";
const TEAM: &str = "payments";
/// The tenant of the demonstration.
pub(crate) const TENANT: &str = "ten_acme";

/// What stays read-only in the workspace for every command, whatever it does by itself.
const PROTECTED: &[&str] = &[".git", ".github", ".gitattributes", ".gitmodules", "AGENTS.md"];

/// git inside the sandbox obeys nobody's settings either.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("GIT_CONFIG_COUNT", "3"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_KEY_0", "core.fsmonitor"),
    ("GIT_CONFIG_KEY_1", "core.hooksPath"),
    ("GIT_CONFIG_KEY_2", "safe.directory"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_VALUE_0", "false"),
    ("GIT_CONFIG_VALUE_1", "/dev/null"),
    ("GIT_CONFIG_VALUE_2", "*"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_PAGER", "cat"),
    ("GIT_TERMINAL_PROMPT", "0"),
];
