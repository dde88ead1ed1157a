//! What is where inside: the mount tree, as data for both adapters.

use std::fs;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::port::sandbox::SandboxError;
use crate::port::sandbox::SandboxRequest;

/// One thing in the mount tree. Host folders appear at the path that they have outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) at: PathBuf,
    pub(crate) kind: Kind,
}

/// What stands at an [`Entry`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// A small `/dev` without real devices, with shared memory of at most so many bytes.
    Devices(u64),
    /// A fresh `/proc` of the new process namespace.
    Processes,
    /// The host's file or folder, read-only.
    ReadOnly,
    /// A symbolic link to this.
    Symlink(PathBuf),
    /// An empty folder in memory of at most so many bytes.
    Temporary(u64),
    /// The host's file or folder, writable.
    Writable,
}

/// The mount tree of one request.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Parents before children.
    pub(crate) entries: Vec<Entry>,
    /// The canonical path of the workspace, outside and inside.
    pub(crate) workspace: PathBuf,
    /// Where the command starts.
    pub(crate) cwd: PathBuf,
}

impl Layout {
    /// Returns the tree for `request`, checked, without the protected paths.
    pub(crate) fn new(request: &SandboxRequest) -> Result<Self, SandboxError> {
        let workspace = fs::canonicalize(&request.workspace).map_err(|cause| {
            invalid(format!("workspace `{}`: {cause}", request.workspace.display()))
        })?;
        if !workspace.is_dir() {
            return Err(invalid(format!("workspace `{}` is not a folder", workspace.display())));
        }
        refuse_reserved(&workspace)?;
        let cwd = workspace.join(inside(&request.cwd)?);

        let mut entries: Vec<Entry> = SYSTEM.iter().filter_map(|path| system_entry(path)).collect();
        entries.push(Entry { at: "/proc".into(), kind: Kind::Processes });
        // Files in memory count as memory: full folders shall not starve the processes.
        let memory = request.limits.memory_bytes;
        entries.push(Entry { at: "/dev".into(), kind: Kind::Devices(memory / 8) });
        entries.push(Entry { at: "/tmp".into(), kind: Kind::Temporary(memory / 2) });
        for extra in &request.extra_read_only {
            let at = fs::canonicalize(extra)
                .map_err(|cause| invalid(format!("read-only `{}`: {cause}", extra.display())))?;
            refuse_reserved(&at)?;
            if at == workspace {
                return Err(invalid("the workspace is asked for as read-only extra".to_owned()));
            }
            entries.push(Entry { at, kind: Kind::ReadOnly });
        }
        let kind = if request.writable { Kind::Writable } else { Kind::ReadOnly };
        entries.push(Entry { at: workspace.clone(), kind });
        Ok(Self { entries, workspace, cwd }.sorted())
    }

    /// Returns this tree with `more` in it.
    pub(crate) fn with(mut self, more: &[Entry]) -> Self {
        self.entries.extend_from_slice(more);
        self.sorted()
    }

    /// INVARIANT: parents stand before children, so that no mount hides a later one.
    fn sorted(mut self) -> Self {
        self.entries.sort_by_key(|entry| entry.at.components().count());
        self
    }
}

/// Returns `path` if it is relative and does not climb.
pub(crate) fn inside(path: &Path) -> Result<PathBuf, SandboxError> {
    let mut kept = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => kept.push(name),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => {
                return Err(invalid(format!("`{}` leaves the workspace", path.display())));
            }
        }
    }
    Ok(kept)
}

/// Returns the error for a request that makes no sense.
pub(crate) fn invalid(why: String) -> SandboxError {
    SandboxError::InvalidRequest { why }
}

fn refuse_reserved(path: &Path) -> Result<(), SandboxError> {
    let covers_system = SYSTEM.iter().chain(OWN).any(|own| Path::new(own).starts_with(path));
    let in_special = ["/proc", "/dev", "/sys"].iter().any(|special| path.starts_with(special));
    if covers_system || in_special {
        return Err(invalid(format!("`{}` is a system folder of the sandbox", path.display())));
    }
    Ok(())
}

/// Links stay links, so that `/lib` means the same folder as outside; what is missing is left out.
fn system_entry(path: &str) -> Option<Entry> {
    let found = fs::symlink_metadata(path).ok()?;
    let kind =
        if found.is_symlink() { Kind::Symlink(fs::read_link(path).ok()?) } else { Kind::ReadOnly };
    Some(Entry { at: path.into(), kind })
}

/// What programs need of the host. Of `/etc` only files that hold nothing private: neither
/// `shadow` nor `ssl/private` nor host names.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/nix/store",
    "/gnu/store",
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/group",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/pki/ca-trust/extracted",
    "/etc/pki/tls/certs",
    "/etc/protocols",
    "/etc/services",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/timezone",
];

/// Folders that the sandbox makes itself.
const OWN: &[&str] = &["/tmp", "/proc", "/dev"];

/// What of `/proc` tells about the machine and not about processes. When root runs the runtime,
/// the sandbox's user owns these files outside, so that file modes alone would not keep it out.
pub(crate) const HIDDEN: &[&str] = &[
    "acpi",
    "asound",
    "config.gz",
    "kallsyms",
    "kcore",
    "keys",
    "kmsg",
    "kpagecgroup",
    "kpagecount",
    "kpageflags",
    "latency_stats",
    "modules",
    "sched_debug",
    "scsi",
    "slabinfo",
    "sysrq-trigger",
    "timer_list",
    "timer_stats",
    "vmallocinfo",
];
