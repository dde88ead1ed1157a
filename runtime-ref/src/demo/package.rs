//! The replay package of a run of the demonstration, made when it ends and whenever it is asked for.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::AuditRecord;
use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::ItemState;
use bailiwick::PackageItem;
use bailiwick::Redactor;
use bailiwick::SourceFile;
use bailiwick::Value;
use bailiwick::read_line;

use crate::demo::DemoError;
use crate::demo::Stopped;
use crate::demo::guard::Guard;
use crate::demo::inputs;
use crate::demo::layout::Layout;
use crate::demo::layout::make;
use crate::demo::policies;
use crate::demo::stage;
use crate::git::FilePullRequests;
use crate::git::Git;
use crate::git::base;
use crate::package::Given;
use crate::package::RunEvidence;
use crate::package::archive;
use crate::package::gather;
use crate::package::write_archive;
use crate::package::write_folder;
use crate::port::clock::Clock;
use crate::port::clock::SystemClock;
use crate::port::pull_request::PullRequests;
use crate::port::store::Artifacts;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::store::ArtifactStore;
use crate::store::CheckpointedJournal;

/// Which package is to be made, and where.
#[derive(Clone, Debug, Default)]
pub struct PackageOptions {
    /// The folder of a demonstration.
    pub folder: PathBuf,
    /// An archive where the name ends with `.tar`, else a folder that is not there yet. Where absent,
    /// the archive in the demonstration's folder, which is made once.
    pub out: Option<PathBuf>,
    /// Policies instead of the embedded ones; packed only where the run was decided on by them.
    pub policies: Option<PathBuf>,
    /// The run; the newest one that was given a task where absent.
    pub run: Option<String>,
    /// Values that nobody may see, as for the demonstration itself.
    pub secrets: Option<PathBuf>,
}

/// Makes the package of a run, and returns where it is.
///
/// # Errors
/// Where the folder is none of a demonstration, there is no such run, or it cannot be packed whole.
pub fn package(options: &PackageOptions) -> Result<PathBuf, Stopped> {
    let mut guard = Guard::of_environment();
    let read = options.secrets.as_ref().map_or(Ok(()), |path| guard.add_file(path));
    let made = read.and_then(|()| guarded(options, &guard));
    made.map_err(|error| Stopped::new(&error, &guard.redactor()))
}

fn guarded(options: &PackageOptions, guard: &Guard) -> Result<PathBuf, DemoError> {
    // Opening makes what is missing, and an empty folder would look like one without runs.
    let journal = options.folder.join("journal.db");
    std::fs::metadata(&journal).map_err(|source| io(&journal, source))?;
    let layout = Layout::open(Some(&options.folder))?;
    let _lock = layout.lock()?;
    let git = Git::find()?;
    let journal = stage::journal(&layout, &git)?;
    let run_id = match &options.run {
        Some(run_id) => run_id.clone(),
        None => newest(&layout)?,
    };
    let maker = Maker {
        git: &git,
        journal: &journal,
        layout: &layout,
        policies: options.policies.as_deref(),
        redactor: guard.redactor(),
    };
    let run = RunKey { tenant: stage::TENANT.to_owned(), run_id };
    let Some(path) = options.out.clone() else {
        return maker.archive(&run);
    };
    let files = maker.files(&run)?;
    if path.extension().is_some_and(|extension| extension == "tar") {
        write_archive(&path, &files)?;
    } else {
        write_folder(&path, &files)?;
    }
    Ok(path)
}

/// Returns the run that was given its task last.
fn newest(layout: &Layout) -> Result<String, DemoError> {
    let listed = store(layout)?.list(stage::TENANT)?.into_iter();
    let given = listed.filter(|stored| stored.uri.ends_with(&format!("/{}", inputs::INPUTS)));
    let newest = given.max_by_key(|stored| (stored.created_at, stored.run.run_id.clone()));
    newest.map(|stored| stored.run.run_id).ok_or_else(|| DemoError::Refused {
        step: "package",
        why: "no run here was given a task".to_owned(),
    })
}

fn store(layout: &Layout) -> Result<ArtifactStore, DemoError> {
    Ok(ArtifactStore::open(&layout.artifacts(), std::sync::Arc::new(SystemClock::new()?))?)
}

/// Makes packages of the runs of one folder.
pub(crate) struct Maker<'a> {
    pub(crate) git: &'a Git,
    pub(crate) journal: &'a CheckpointedJournal,
    pub(crate) layout: &'a Layout,
    pub(crate) policies: Option<&'a Path>,
    /// Says whether policies may be packed as they stand.
    pub(crate) redactor: Redactor,
}

impl Maker<'_> {
    /// Makes the archive of `run` where there is none yet, and returns where it is. It is kept with
    /// the artifacts, so that it goes with them; its place leads there.
    pub(crate) fn archive(&self, run: &RunKey) -> Result<PathBuf, DemoError> {
        let (path, store) = (self.layout.package(&run.run_id), store(self.layout)?);
        make(&self.layout.packages())?;
        if !self.kept(run)?.contains_key(ARCHIVE) {
            store.put_package(run, ARCHIVE, &archive(&self.files(run)?)?)?;
        }
        let kept = store.path(run, ARCHIVE)?;
        let target = Path::new("..").join(kept.strip_prefix(self.layout.root()).unwrap_or(&kept));
        match std::os::unix::fs::symlink(target, &path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                Err(io(&path, error))
            }
            Ok(()) | Err(_) => Ok(path),
        }
    }

    fn files(&self, run: &RunKey) -> Result<BTreeMap<String, Vec<u8>>, DemoError> {
        let given = self.given(run)?;
        let evidence = RunEvidence {
            journal: self.journal,
            now: SystemClock::new()?.now(),
            run,
            sign: &|text| self.journal.vouch(&run.tenant, text),
            trust: self.journal.trust(&run.tenant)?,
        };
        Ok(gather(&evidence, given)?)
    }

    /// Returns what the journal does not hold.
    fn given(&self, run: &RunKey) -> Result<BTreeMap<PackageItem, Given>, DemoError> {
        let told = Told::of(self.journal, run)?;
        let kept = self.kept(run)?;
        let artifact = |name: &str, state, created: bool| match kept.get(name) {
            Some(content) => Given::file(state, name, content.clone()),
            None if created => Given::absent(ItemState::Expired, "its time is over"),
            None => Given::absent(ItemState::NotCaptured, "the run made no pull request"),
        };
        let published = told.text(EventType::PrCreated, "provenance_digest").is_some();
        let redacted = |name| artifact(name, ItemState::Redacted, published);
        let given = [
            (PackageItem::ContextProjection, context(&kept, published)),
            (PackageItem::EffectivePolicy, self.policies(&told)?),
            (PackageItem::GeneratedDiff, redacted(PATCH)),
            (PackageItem::InputTask, input(&kept, inputs::TASK)),
            (PackageItem::JudgePacket, absent("no judge took part")),
            (PackageItem::PrMetadata, self.pull_request(&told)?),
            (PackageItem::Provenance, redacted(RECORD)),
            (PackageItem::RepoSnapshot, self.snapshot(&told, kept.get(PATCH))),
            (PackageItem::Statements, artifact(STATEMENTS, ItemState::Captured, published)),
            (PackageItem::ToolSchema, input(&kept, inputs::TOOLS)),
            (PackageItem::VerifierDefinitions, input(&kept, inputs::VERIFIERS)),
            (PackageItem::VerifierOutput, reports(&kept, &told)),
        ];
        Ok(given.into())
    }

    /// Returns the artifacts of `run` that are still there, by name.
    fn kept(&self, run: &RunKey) -> Result<BTreeMap<String, Vec<u8>>, DemoError> {
        let store = store(self.layout)?;
        let mut kept = BTreeMap::new();
        for stored in store.list(&run.tenant)?.into_iter().filter(|stored| stored.run == *run) {
            // A file that nobody kept is no evidence.
            let Some(digest) = stored.digest else {
                continue;
            };
            let name = stored.uri.rsplit('/').next().unwrap_or_default().to_owned();
            let path = store.path(run, &name)?;
            let content = std::fs::read(&path).map_err(|source| io(&path, source))?;
            if digest != Digest::of(&content) {
                let why = format!("`{name}` is not what was kept");
                return Err(DemoError::Refused { step: "package", why });
            }
            kept.insert(name, content);
        }
        Ok(kept)
    }

    /// Returns the policies as they were loaded, if they are those that the run was decided on by.
    fn policies(&self, told: &Told) -> Result<Given, DemoError> {
        let (files, compiled) = match policies::load_files(self.policies) {
            Ok(loaded) => loaded,
            Err(DemoError::Policies(_)) => {
                return Ok(absent("the policies at hand do not compile"));
            }
            Err(error) => return Err(error),
        };
        let digest = told.text(EventType::RunOpened, "policy_set_hash");
        if digest != Some(compiled.policies.digest().as_str()) {
            let why = "the policies at hand are not those of the run".to_owned();
            let digest = digest.map(str::to_owned);
            let state = if digest.is_some() { ItemState::HashOnly } else { ItemState::NotCaptured };
            return Ok(Given { digest, ..Given::absent(state, why) });
        }
        let shown = |file: &SourceFile| {
            let raw = bailiwick::Raw::new(file.text.as_str());
            self.redactor.project::<bailiwick::SharedArtifact>(&raw).text() == file.text
        };
        if !files.iter().all(shown) {
            let why = "what is redacted stands in them";
            let digest = digest.map(str::to_owned);
            return Ok(Given { digest, ..Given::absent(ItemState::HashOnly, why) });
        }
        let packed = files.iter().map(|file| {
            (format!("policies/{}", plain(&file.path)), file.text.clone().into_bytes())
        });
        let packed: BTreeMap<String, Vec<u8>> = packed.collect();
        if packed.len() < files.len() {
            return Ok(absent("two of the files have the same name here"));
        }
        Ok(Given::of_files(ItemState::Captured, packed))
    }

    fn pull_request(&self, told: &Told) -> Result<Given, DemoError> {
        let number = told.value(EventType::PrCreated, "number");
        let Some(Value::Integer(number)) = number else {
            return Ok(absent("the run made no pull request"));
        };
        let folder = self.layout.pull_requests();
        let provider = FilePullRequests::open(self.git.clone(), &folder, &self.layout.remote())?;
        let Ok(stored) = provider.read(u32::try_from(*number).unwrap_or(u32::MAX)) else {
            return Ok(absent("the provider has it no more"));
        };
        let changed = stored.updated_at != stored.created_at;
        let text = serde_json::to_vec(&stored)
            .map_err(|error| io(&folder, std::io::Error::other(error)))?;
        let why = changed.then(|| format!("as it stood at {}", stored.updated_at));
        Ok(Given { why, ..Given::file(ItemState::Redacted, "pr.json", text) })
    }

    /// Returns what the change needs of the base commit, or why only its name is here.
    fn snapshot(&self, told: &Told, patch: Option<&Vec<u8>>) -> Given {
        let Some(commit) = told.text(EventType::RepositoryCloned, "commit") else {
            return absent("the run cloned no repository");
        };
        let patch = patch.map(Vec::as_slice).unwrap_or_default();
        let why = match base(self.git, &self.layout.remote(), commit, patch) {
            Ok(base) if base.touched.iter().any(|file| self.is_redacted(file)) => {
                "a file that the change touches holds what is redacted".to_owned()
            }
            Ok(base) if base.pack.len() <= MAX_BASE_BYTES => {
                let why = "trees, and the files that the change touches";
                let file = Given::file(ItemState::Captured, BASE, base.pack);
                return Given {
                    digest: Some(commit.to_owned()),
                    why: Some(why.to_owned()),
                    ..file
                };
            }
            Ok(base) => format!("its pack has {} bytes, more than are kept", base.pack.len()),
            Err(error) => format!("it cannot be read: {}", error.code()),
        };
        Given { digest: Some(commit.to_owned()), ..Given::absent(ItemState::HashOnly, why) }
    }

    fn is_redacted(&self, content: &[u8]) -> bool {
        let shown = self
            .redactor
            .project::<bailiwick::SharedArtifact>(&bailiwick::Raw::from_bytes(content));
        shown.text().as_bytes() != content
    }
}

/// The events of a run.
struct Told {
    records: Vec<AuditRecord>,
}

impl Told {
    fn of(journal: &dyn Journal, run: &RunKey) -> Result<Self, DemoError> {
        let mut log = Vec::new();
        journal.export(run, &mut log)?;
        let mut records = Vec::new();
        for line in log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let record = read_line(line).and_then(|parts| AuditRecord::from_json(parts.record));
            records.push(record.map_err(crate::port::store::StoreError::from)?);
        }
        Ok(Self { records })
    }

    fn value(&self, event_type: EventType, name: &str) -> Option<&Value> {
        let mut of_type = self.records.iter().filter(|record| record.event_type == event_type);
        of_type.find_map(|record| record.details.get(name))
    }

    fn text(&self, event_type: EventType, name: &str) -> Option<&str> {
        self.value(event_type, name).and_then(Value::as_text)
    }
}

/// Returns one of the inputs of a run.
fn input(kept: &BTreeMap<String, Vec<u8>>, name: &str) -> Given {
    let Some(inputs) = kept.get(inputs::INPUTS) else {
        return Given::absent(ItemState::Expired, "its time is over, or it was not kept");
    };
    let read: Option<serde_json::Value> = serde_json::from_slice(inputs).ok();
    match read.as_ref().and_then(|read| read.get(name)) {
        Some(value) => Given::file(ItemState::Redacted, name, value.to_string().into_bytes()),
        None => absent("what was kept of it cannot be read"),
    }
}

/// Returns what is known of what the model was shown: messages are kept by digest.
fn context(kept: &BTreeMap<String, Vec<u8>>, published: bool) -> Given {
    match (kept.get(CONTEXT), published) {
        (Some(content), _) => Given {
            digest: Some(Digest::of(content).as_str().to_owned()),
            ..Given::absent(ItemState::HashOnly, "messages are kept by digest")
        },
        (None, true) => Given::absent(ItemState::Expired, "its time is over"),
        (None, false) => absent("messages are not kept, and the run made no pull request"),
    }
}

fn reports(kept: &BTreeMap<String, Vec<u8>>, told: &Told) -> Given {
    let of_verifiers = kept.iter().filter(|(name, _)| name.starts_with("verification-"));
    let files: BTreeMap<String, Vec<u8>> = of_verifiers
        .map(|(name, content)| (format!("verifiers/{name}"), content.clone()))
        .collect();
    if !files.is_empty() {
        return Given::of_files(ItemState::Redacted, files);
    }
    match told.text(EventType::VerifierExecuted, "report") {
        Some(_) => Given::absent(ItemState::Expired, "its time is over"),
        None => absent("no verifier was run"),
    }
}

fn absent(why: &str) -> Given {
    Given::absent(ItemState::NotCaptured, why)
}

/// Returns `path` in the letters that every system has in names.
fn plain(path: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || "-_./".contains(c) { c } else { '_' };
    path.split('/')
        .map(|part| part.chars().map(letter).collect::<String>())
        .map(|part| if part.starts_with('.') { format!("_{part}") } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn io(path: &Path, source: std::io::Error) -> DemoError {
    DemoError::Io { path: path.to_path_buf(), source }
}

const ARCHIVE: &str = "package.tar";
const CONTEXT: &str = "context-manifest.json";
/// A larger repository is named by its commit only.
const BASE: &str = "base.pack";
const MAX_BASE_BYTES: usize = 20 << 20;
const PATCH: &str = "patch.diff";
const RECORD: &str = "provenance.yaml";
const STATEMENTS: &str = "provenance.intoto.jsonl";
