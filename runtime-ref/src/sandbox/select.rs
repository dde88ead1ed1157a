//! Choosing an adapter by trying it.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use crate::port::sandbox::Exit;
use crate::port::sandbox::Feature;
use crate::port::sandbox::FeatureState;
use crate::port::sandbox::Limits;
use crate::port::sandbox::Sandbox;
use crate::port::sandbox::SandboxError;
use crate::port::sandbox::SandboxProfile;
use crate::port::sandbox::SandboxRequest;
use crate::sandbox::bubblewrap::Bubblewrap;
use crate::sandbox::cgroup::Groups;
use crate::sandbox::confine::feature;
use crate::sandbox::embedded::Embedded;
use crate::sandbox::layout::Layout;
use crate::sandbox::message::ProcessLimits;
use crate::sandbox::message::Spec;
use crate::sandbox::supervise::Finished;
use crate::sandbox::supervise::OWN_PROCESSES;

/// Which adapter to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The embedded one, or bubblewrap where the kernel lets only that.
    #[default]
    Auto,
    /// bubblewrap only.
    Bubblewrap,
    /// The embedded one only.
    Embedded,
}

/// Returns a sandbox that has just run a command, with this program as the inner one.
///
/// # Errors
///
/// When none of the chosen adapters works, with what each lacks. There is no unconfined fallback.
pub fn select(choice: Choice) -> Result<Box<dyn Sandbox>, SandboxError> {
    select_with(choice, Path::new("/proc/self/exe"))
}

/// Returns what [`select`] does, with `inner` as the inner program.
///
/// # Errors
///
/// As [`select`].
pub fn select_with(choice: Choice, inner: &Path) -> Result<Box<dyn Sandbox>, SandboxError> {
    match choice {
        Choice::Bubblewrap => Ok(Box::new(Bubblewrap::new(inner)?)),
        Choice::Embedded => Ok(Box::new(Embedded::new(inner)?)),
        Choice::Auto => match Embedded::new(inner) {
            Ok(embedded) => Ok(Box::new(embedded)),
            Err(embedded) => match Bubblewrap::new(inner) {
                Ok(bubblewrap) => Ok(Box::new(bubblewrap)),
                Err(bubblewrap) => Err(SandboxError::None {
                    embedded: Box::new(embedded),
                    bubblewrap: Box::new(bubblewrap),
                }),
            },
        },
    }
}

/// Runs `true` by `run`, under control groups if they work, and returns what is enforced.
pub(crate) fn probed(
    adapter: &str,
    run: impl Fn(&Groups, &SandboxRequest) -> Result<Finished, SandboxError>,
) -> Result<(Groups, SandboxProfile), SandboxError> {
    let workspace = tempfile::tempdir()
        .map_err(|source| SandboxError::Io { action: "make a folder to try in", source })?;
    let request = SandboxRequest {
        argv: vec!["true".to_owned()],
        workspace: workspace.path().to_owned(),
        cwd: PathBuf::new(),
        env: BTreeMap::new(),
        limits: Limits { wall: Duration::from_secs(20), ..Limits::default() },
        protected: Vec::new(),
        writable: true,
        extra_read_only: Vec::new(),
    };
    let mut groups = Groups::discover();
    let finished = match run(&groups, &request) {
        // A group can be made and yet not be entered; the profile then says what is lacking.
        Err(SandboxError::Limit { .. }) => {
            groups = Groups::default();
            run(&groups, &request)?
        }
        finished => finished?,
    };
    if finished.outcome.exit != Exit::Code(0) {
        let why = format!("`true` ended with {:?}", finished.outcome.exit);
        return Err(SandboxError::Inner { why });
    }
    let mut features = finished.features;
    if rustix::process::geteuid().is_root() {
        for user in features.iter_mut().filter(|feature| feature.name == "user") {
            user.detail
                .push_str(", outside the user that owns the system's files: better not root");
        }
    }
    features.extend(limit_features(&groups));
    Ok((groups, SandboxProfile { adapter: adapter.to_owned(), features }))
}

/// Returns the spec that both adapters share; the tree stands already.
pub(crate) fn spec(request: &SandboxRequest, layout: &Layout, groups: &Groups) -> Spec {
    let limits = &request.limits;
    let mut writable: Vec<PathBuf> =
        ["/tmp", "/dev/shm", "/dev/null", "/dev/zero", "/dev/full", "/dev/tty"]
            .map(PathBuf::from)
            .into();
    let workspace = request.writable.then(|| layout.workspace.clone());
    writable.extend(workspace.clone());
    Spec {
        tree: None,
        writable,
        argv: request.argv.clone(),
        cwd: layout.cwd.clone(),
        env: request.env.clone(),
        limits: ProcessLimits {
            address_space: (!groups.memory()).then_some(limits.memory_bytes),
            cpu_seconds: limits.cpu_seconds,
            file_bytes: limits.file_bytes,
            open_files: limits.open_files,
            processes: limits.processes.saturating_add(OWN_PROCESSES),
        },
        must_write: workspace,
    }
}

fn limit_features(groups: &Groups) -> Vec<Feature> {
    let memory = if groups.memory() {
        feature("memory_limit", FeatureState::Enforced, "control group, all processes together")
    } else {
        let detail = "no control group that may be written: address space of each process only";
        feature("memory_limit", FeatureState::Degraded, detail)
    };
    let root = rustix::process::geteuid().is_root();
    let processes = if groups.processes() {
        feature("process_limit", FeatureState::Enforced, "control group")
    } else if root {
        // The kernel exempts root's processes, inside a user namespace too.
        let detail = "no control group that may be written, and the kernel does not limit root's \
                      processes otherwise: run as an ordinary user";
        feature("process_limit", FeatureState::Missing, detail)
    } else {
        feature("process_limit", FeatureState::Enforced, "resource limit")
    };
    let rest = "resource limits of each process";
    vec![memory, processes, feature("cpu_file_limits", FeatureState::Enforced, rest)]
}
