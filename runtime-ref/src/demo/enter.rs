//! The demonstration from its first event to its last.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use bailiwick::Action;
use bailiwick::ArtifactClass;
use bailiwick::Raw;
use bailiwick::SharedArtifact;
use bailiwick::SourceFile;

use crate::demo::DemoError;
use crate::demo::Report;
use crate::demo::Stopped;
use crate::demo::guard::Guard;
use crate::demo::inputs;
use crate::demo::layout::Layout;
use crate::demo::layout::make;
use crate::demo::package::Maker;
use crate::demo::policies;
use crate::demo::recover;
use crate::demo::report::places;
use crate::demo::stage;
use crate::demo::stage::Stores;
use crate::demo::steps::close;
use crate::demo::steps::export;
use crate::demo::steps::open;
use crate::demo::steps::prepare;
use crate::demo::timeline::Timeline;
use crate::demo::timeline::Witness;
use crate::git::Git;
use crate::git::GitRepository;
use crate::port::id::Ids;
use crate::port::id::UuidIds;
use crate::port::repository::Checkout;
use crate::port::store::Artifacts;
use crate::run::Agent;
use crate::run::Tools;
use crate::sandbox;
use crate::sandbox::toolchain;
use crate::scripted::Scenario;
use crate::scripted::ScriptedModel;
use crate::store::ArtifactStore;
use crate::workspace::WorkspaceFiles;

/// What a demonstration is made of.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where everything goes; a fresh folder where absent.
    pub folder: Option<PathBuf>,
    /// The workspace stays too.
    pub keep: bool,
    /// Policies instead of the embedded ones.
    pub policies: Option<PathBuf>,
    /// A local repository instead of the sample.
    pub repository: Option<PathBuf>,
    /// A script instead of the embedded one.
    pub script: Option<PathBuf>,
    /// Values that nobody may see, as `NAME=VALUE` lines, beside the secrets of the environment.
    pub secrets: Option<PathBuf>,
    /// Nothing is printed while it happens.
    pub silent: bool,
}

/// Runs the demonstration.
///
/// # Errors
/// Where it could not even begin, or evidence could not be kept. A run that began and failed is a
/// report.
pub fn run(options: &Options) -> Result<Report, Stopped> {
    let mut guard = Guard::of_environment();
    let read = options.secrets.as_ref().map_or(Ok(()), |path| guard.add_file(path));
    let report = read.and_then(|()| guarded(options, &guard));
    report.map_err(|error| Stopped::new(&error, &guard.redactor()))
}

fn guarded(options: &Options, guard: &Guard) -> Result<Report, DemoError> {
    let scenario = Scenario::read(&script(options.script.as_deref())?)?;
    let compiled = policies::load(options.policies.as_deref())?;
    let sandbox = sandbox::select(sandbox::Choice::Auto)?;
    let toolchain = toolchain::discover()?;
    let layout = Layout::open(options.folder.as_deref())?;
    let _lock = layout.lock()?;
    let git = Git::find()?;
    let base = stage::remote(&git, &layout, options.repository.as_deref())?;
    let run_id = UuidIds.next("run").into_string();
    let folder = layout.run(&run_id, options.keep);
    let (workspace, git_dir) = (folder.join("workspace"), folder.join("git"));
    let repository = options.repository.as_deref();
    let context = stage::context(&scenario, repository, base, &workspace, run_id.clone());
    let scope = context.request(Action::RunStart);
    let redactor = guard.redactor_of(&layout, &compiled.policies, &scope)?;
    stage::check_names(&context, &scenario, &redactor)?;
    let timeline = Timeline::new(options.silent, redactor.clone());
    let policies = compiled.policies;
    let Stores { controls, journal, pep, pull_requests } =
        stage::pep(&layout, &git, policies, &scenario, &timeline, redactor.clone())?;
    let unfinished = recover::recover(&pep)?;
    let cut_off: Vec<String> = unfinished.iter().map(recover::sentence).collect();
    for sentence in &cut_off {
        timeline.say(sentence);
    }
    layout.sweep()?;
    make(&folder)?;
    timeline.say(&format!("Task          {}\nRun           {run_id}\n", scenario.task.title));

    let artifacts = Arc::new(ArtifactStore::open(&layout.artifacts(), pep.clock.clone())?);
    let mismatches = Arc::new(Mutex::new(Vec::new()));
    let (evidence, features) = stage::evidence(sandbox.as_ref());
    let pep = Arc::new(pep);
    let builder = stage::builder(&layout, pep.clock.now())?;
    open(&pep, &context)?;
    inputs::keep(artifacts.as_ref(), &redactor, &context, &scenario)?;
    let mut tools = Tools {
        artifacts: artifacts.clone(),
        builder,
        checkout: Checkout::default(),
        commands: Box::new(stage::commands(sandbox, &toolchain, &workspace, &git_dir)),
        context: context.clone(),
        files: Box::new(WorkspaceFiles::new(&workspace)),
        models: vec![scenario.model.name.clone()],
        pep: pep.clone(),
        progress: crate::run::Progress::default(),
        pull_requests,
        repository: Box::new(GitRepository::new(
            git.clone(),
            &layout.remote(),
            &git_dir,
            &workspace,
        )),
        sandbox: evidence,
        verifiers: scenario.verifiers.clone(),
    };
    let witness = Witness {
        expectations: scenario.expectations(),
        mismatches: mismatches.clone(),
        timeline: timeline.clone(),
    };
    let result = prepare(&mut tools, features, &scenario.people, &controls).and_then(|()| {
        let mut agent = Agent {
            listener: Box::new(witness),
            models: vec![Arc::new(ScriptedModel::new(&scenario))],
            tools,
        };
        agent.work(&scenario.task.text)?;
        Ok(agent.tools.progress.pull_request)
    });
    let (pull_request, failed) = match result {
        Ok(pull_request) => (pull_request, None),
        Err(error) => (None, Some(error)),
    };
    close(&pep, &context, failed.as_ref())?;

    let chain = export(pep.journal.as_ref(), &layout)?;
    let mut trace = Vec::new();
    pep.journal.export(&context.run, &mut trace)?;
    // Its texts were projected on their way into the journal. A policy that is stricter about what
    // is shared still holds: then this is a view, and the chain is in the journal and the log.
    let trace = redactor.project::<SharedArtifact>(&Raw::from_bytes(&trace));
    artifacts.put(&context.run, "audit.jsonl", ArtifactClass::AuditExport, &trace)?;
    let maker = Maker {
        git: &git,
        journal: &journal,
        layout: &layout,
        policies: options.policies.as_deref(),
        redactor: guard.redactor(),
    };
    let package = maker.archive(&context.run)?;
    layout.sweep()?;
    let mut report = Report {
        chain,
        cut_off,
        decisions: timeline.counts(),
        failed: failed.map(|error| error.to_string()),
        mismatches: mismatches.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        places: places(&[
            ("Audit log", &layout.audit()),
            ("Artifacts", &layout.artifacts()),
            ("Checkpoint", &layout.checkpoint()),
            ("Controls", &layout.controls()),
            ("Journal", &layout.journal()),
            ("Package", &package),
            ("Provenance key", &layout.provenance_public_key()),
            ("Pull requests", &layout.pull_requests()),
            ("Remote", &layout.remote()),
        ]),
        pull_request,
        redactor,
        run_id,
    };
    if options.keep {
        report.places.insert("Workspace", workspace);
    }
    Ok(report)
}

fn script(path: Option<&Path>) -> Result<SourceFile, DemoError> {
    match path {
        None => Ok(SourceFile::new("script.yaml", SCRIPT)),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|source| io(path, source))?;
            Ok(SourceFile::new(path.display().to_string(), text))
        }
    }
}

fn io(path: &Path, source: std::io::Error) -> DemoError {
    DemoError::Io { path: path.to_path_buf(), source }
}

const SCRIPT: &str = include_str!("../../demo/script.yaml");
