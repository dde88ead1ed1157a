//! What process 1 takes from itself before it starts the command, so that taking it over gains
//! nothing: limits, capabilities, Landlock, system calls. Each is read back, not assumed.

use std::fs;
use std::io;
use std::iter;
use std::path::Path;

use landlock::ABI;
use landlock::Access;
use landlock::AccessFs;
use landlock::AccessNet;
use landlock::CompatLevel;
use landlock::Compatible;
use landlock::LandlockStatus;
use landlock::PathBeneath;
use landlock::PathFd;
use landlock::Ruleset;
use landlock::RulesetAttr;
use landlock::RulesetCreatedAttr;
use landlock::RulesetStatus;
use landlock::Scope;
use rustix::fs::StatVfsMountFlags;
use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::getrlimit;
use rustix::process::setrlimit;
use rustix::thread::CapabilitySet;
use rustix::thread::CapabilitySets;
use rustix::thread::SecureComputingMode;

use crate::port::sandbox::Feature;
use crate::port::sandbox::FeatureState;
use crate::sandbox::message::ProcessLimits;
use crate::sandbox::message::Spec;
use crate::sandbox::seccomp;

/// Gives every privilege up and returns what then is enforced, or the step that failed.
pub(crate) fn confine(spec: &Spec) -> Result<Vec<Feature>, (String, io::Error)> {
    let network = only_loopback().map_err(step("check the network"))?;
    limit(&spec.limits).map_err(step("set the limits"))?;
    drop_capabilities().map_err(step("drop the capabilities"))?;
    rustix::thread::set_no_new_privs(true)
        .map_err(|cause| ("forbid new privileges".to_owned(), cause.into()))?;
    let landlock = landlock(spec).map_err(step("apply Landlock"))?;
    seccomp::apply().map_err(step("filter the system calls"))?;
    if let Some(folder) = &spec.must_write {
        rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)
            .map_err(|cause| (format!("write to `{}`", folder.display()), cause.into()))?;
    }
    let features = features(network, landlock).map_err(step("read back what is enforced"))?;
    match features.iter().find(|feature| feature.state == FeatureState::Missing) {
        Some(missing) => {
            Err((format!("check `{}`", missing.name), io::Error::other(missing.detail.clone())))
        }
        None => Ok(features),
    }
}

/// Limits the address space of this process and its children, where nothing better does.
pub(crate) fn limit_memory(limits: &ProcessLimits) -> io::Result<()> {
    limits.address_space.map_or(Ok(()), |bytes| lower(Resource::As, bytes, bytes))
}

fn limit(limits: &ProcessLimits) -> io::Result<()> {
    // The soft limit sends SIGXCPU, which can be caught; the hard one kills.
    lower(Resource::Cpu, limits.cpu_seconds, limits.cpu_seconds.saturating_add(1))?;
    lower(Resource::Fsize, limits.file_bytes, limits.file_bytes)?;
    lower(Resource::Nofile, limits.open_files, limits.open_files)?;
    lower(Resource::Nproc, limits.processes, limits.processes)?;
    lower(Resource::Core, 0, 0)?;
    lower(Resource::Memlock, 8 << 20, 8 << 20)?;
    lower(Resource::Msgqueue, 0, 0)
}

/// Sets a limit, but never above one that already holds.
fn lower(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let bound = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let new = Rlimit { current: Some(soft.min(bound)), maximum: Some(hard.min(bound)) };
    Ok(setrlimit(resource, new)?)
}

fn drop_capabilities() -> io::Result<()> {
    rustix::thread::clear_ambient_capability_set()?;
    for capability in known_capabilities() {
        // Beyond the last one that this kernel has, the answer is an error.
        if rustix::thread::capability_is_in_bounding_set(capability).unwrap_or(false) {
            rustix::thread::remove_capability_from_bounding_set(capability)?;
        }
    }
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    Ok(rustix::thread::set_capabilities(None, none)?)
}

fn known_capabilities() -> impl Iterator<Item = CapabilitySet> {
    (0..64).map(|bit| CapabilitySet::from_bits_retain(1 << bit))
}

/// Reads everywhere (nothing private is in the tree), writes where the spec says, and neither
/// TCP nor signals nor abstract sockets across the sandbox's edge.
fn landlock(spec: &Spec) -> io::Result<Feature> {
    let abi = ABI::V9;
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
        .and_then(|rules| rules.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .map_err(io::Error::other)?;
    let writable = spec.writable.iter().filter(|path| path.exists()).map(|path| {
        let all = if path.is_dir() { AccessFs::from_all(abi) } else { AccessFs::from_file(abi) };
        (path.as_path(), all)
    });
    for (path, access) in iter::once((Path::new("/"), AccessFs::from_read(abi))).chain(writable) {
        let folder = PathFd::new(path).map_err(io::Error::other)?;
        rules = rules.add_rule(PathBeneath::new(folder, access)).map_err(io::Error::other)?;
    }
    let status = rules.restrict_self().map_err(io::Error::other)?;
    let (state, detail) = match status.landlock {
        LandlockStatus::NotEnabled => {
            (FeatureState::Degraded, "not in the kernel's `lsm=` list".to_owned())
        }
        LandlockStatus::NotImplemented => (FeatureState::Degraded, "not in this kernel".to_owned()),
        // From ABI 3 on, every way of changing a file is covered; what came later (TCP, signals)
        // doubles what the namespaces do.
        LandlockStatus::Available { effective_abi, .. } => {
            let covered = effective_abi >= ABI::V3 && status.ruleset != RulesetStatus::NotEnforced;
            let state = if covered { FeatureState::Enforced } else { FeatureState::Degraded };
            (state, format!("ABI {}", effective_abi as i32))
        }
    };
    Ok(feature("landlock", state, detail))
}

fn features(network: Feature, landlock: Feature) -> io::Result<Vec<Feature>> {
    let caps = rustix::thread::capabilities(None)?;
    let bounded = known_capabilities()
        .any(|one| rustix::thread::capability_is_in_bounding_set(one).unwrap_or(false));
    let no_caps = caps.permitted.is_empty() && caps.inheritable.is_empty() && !bounded;
    let uid = rustix::process::getuid();
    let read_only = |path: &str| -> io::Result<bool> {
        Ok(rustix::fs::statvfs(path)?.f_flag.contains(StatVfsMountFlags::RDONLY))
    };
    // Of /proc too: root outside owns the kernel settings in it.
    let unwritable = read_only("/")? && read_only("/usr")? && read_only("/proc")?;
    let filtered = rustix::thread::secure_computing_mode()? == SecureComputingMode::Filter;
    let check = |name: &str, holds: bool, detail: String| {
        let state = if holds { FeatureState::Enforced } else { FeatureState::Missing };
        feature(name, state, detail)
    };
    Ok(vec![
        network,
        check("user", !uid.is_root(), format!("user {} of a user namespace", uid.as_raw())),
        check(
            "processes_hidden",
            rustix::process::getpid().is_init(),
            "process namespace with its own /proc".into(),
        ),
        check("system_read_only", unwritable, "mount tree of its own".into()),
        check(
            "capabilities_dropped",
            no_caps,
            "no set holds any, the bounding set included".into(),
        ),
        check(
            "no_new_privileges",
            rustix::thread::no_new_privs()?,
            "set-user-id programs gain nothing".into(),
        ),
        landlock,
        check("seccomp", filtered, "network, namespace, mount, trace and kernel calls".into()),
    ])
}

/// Refuses to go on in a network namespace that leads anywhere.
fn only_loopback() -> io::Result<Feature> {
    let detail = "network namespace without interfaces".to_owned();
    let table = fs::read_to_string("/proc/self/net/dev")?;
    let others = table.lines().skip(2).filter_map(|line| line.split_once(':'));
    let mut others = others.map(|(name, _)| name.trim()).filter(|name| *name != "lo");
    Ok(match others.next() {
        None => feature("network_isolated", FeatureState::Enforced, detail),
        Some(name) => {
            feature("network_isolated", FeatureState::Missing, format!("`{name}` is reachable"))
        }
    })
}

/// Returns a feature; for both sides of the socket.
pub(crate) fn feature(name: &str, state: FeatureState, detail: impl Into<String>) -> Feature {
    Feature { name: name.to_owned(), state, detail: detail.into() }
}

fn step(name: &str) -> impl FnOnce(io::Error) -> (String, io::Error) {
    let name = name.to_owned();
    move |cause| (name, cause)
}
