//! The bubblewrap adapter: `bwrap` builds namespaces and mount tree, the inner program does the
//! rest as process 1.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::port::sandbox::Sandbox;
use crate::port::sandbox::SandboxError;
use crate::port::sandbox::SandboxOutcome;
use crate::port::sandbox::SandboxProfile;
use crate::port::sandbox::SandboxRequest;
use crate::sandbox::cgroup::Groups;
use crate::sandbox::inner::MARKER;
use crate::sandbox::inner::STAGE_INIT;
use crate::sandbox::layout::HIDDEN;
use crate::sandbox::layout::Kind;
use crate::sandbox::layout::Layout;
use crate::sandbox::message::Order;
use crate::sandbox::protect::Protection;
use crate::sandbox::select::probed;
use crate::sandbox::select::spec;
use crate::sandbox::supervise::Finished;
use crate::sandbox::supervise::supervise;

/// The sandbox that bubblewrap builds, with the same limits, Landlock and seccomp inside.
#[derive(Debug)]
pub struct Bubblewrap {
    bwrap: PathBuf,
    inner: PathBuf,
    groups: Groups,
    profile: SandboxProfile,
}

impl Bubblewrap {
    /// Returns the adapter once it has run a command; for `inner` see
    /// [`Embedded::new`](crate::sandbox::Embedded::new).
    ///
    /// # Errors
    ///
    /// When `bwrap` is not there or older than 0.8, or the command does not run.
    pub fn new(inner: &Path) -> Result<Self, SandboxError> {
        let bwrap = find()?;
        // Inside bwrap, `/proc/self/exe` would be bwrap.
        let inner = inner
            .canonicalize()
            .map_err(|source| SandboxError::Io { action: "find the inner program", source })?;
        let run = |groups: &Groups, request: &SandboxRequest| run(&bwrap, &inner, groups, request);
        let (groups, profile) = probed("bubblewrap", run)?;
        Ok(Self { bwrap, inner, groups, profile })
    }
}

impl Sandbox for Bubblewrap {
    fn profile(&self) -> &SandboxProfile {
        &self.profile
    }

    fn run(&self, request: &SandboxRequest) -> Result<SandboxOutcome, SandboxError> {
        run(&self.bwrap, &self.inner, &self.groups, request).map(|finished| finished.outcome)
    }
}

fn run(
    bwrap: &Path,
    inner: &Path,
    groups: &Groups,
    request: &SandboxRequest,
) -> Result<Finished, SandboxError> {
    let layout = Layout::new(request)?;
    let protection = Protection::of(request, &layout.workspace)?;
    let layout = layout.with(&protection.entries);
    let arguments = arguments(&layout, inner)?;
    let order = Order::Become { program: bwrap.to_owned(), arguments };
    supervise(inner, &order, &spec(request, &layout, groups), &request.limits, groups)
}

fn arguments(layout: &Layout, inner: &Path) -> Result<Vec<String>, SandboxError> {
    let mut all: Vec<String> = FIXED.iter().map(|argument| (*argument).to_owned()).collect();
    for entry in &layout.entries {
        let at = text(&entry.at)?;
        let words = match &entry.kind {
            Kind::Devices(shared) => devices(*shared),
            Kind::Processes => processes(),
            Kind::ReadOnly => vec!["--ro-bind".to_owned(), at.clone(), at],
            Kind::Symlink(to) => vec!["--symlink".to_owned(), text(to)?, at],
            Kind::Temporary(bytes) => {
                let size = bytes.to_string();
                ["--size", &size, "--perms", "1777", "--tmpfs", &at].map(str::to_owned).into()
            }
            Kind::Writable => vec!["--bind".to_owned(), at.clone(), at],
        };
        all.extend(words);
    }
    let end =
        ["--ro-bind", &text(inner)?, INNER, "--remount-ro", "/", "--", INNER, MARKER, STAGE_INIT];
    all.extend(end.map(str::to_owned));
    Ok(all)
}

/// The same `/dev` as the embedded sandbox's, but for the pseudo-terminals.
fn devices(shared: u64) -> Vec<String> {
    let shared = shared.to_string();
    let shared = ["--size", &shared, "--perms", "1777", "--tmpfs", "/dev/shm"];
    let all = ["--dev", "/dev"].into_iter().chain(shared).chain(["--remount-ro", "/dev"]);
    all.map(str::to_owned).collect()
}

/// A fresh `/proc`, read-only, with the machine's files covered.
fn processes() -> Vec<String> {
    let mut words: Vec<String> = vec!["--proc".to_owned(), "/proc".to_owned()];
    for name in HIDDEN {
        let at = format!("/proc/{name}");
        let cover: &[&str] = match fs::symlink_metadata(&at) {
            Ok(found) if found.is_dir() => &["--tmpfs", &at, "--remount-ro", &at],
            Ok(_) => &["--ro-bind", "/dev/null", &at],
            Err(_) => &[],
        };
        words.extend(cover.iter().map(|word| (*word).to_owned()));
    }
    words.extend(["--remount-ro", "/proc"].map(str::to_owned));
    words
}

fn text(path: &Path) -> Result<String, SandboxError> {
    path.to_str().map(str::to_owned).ok_or_else(|| SandboxError::InvalidRequest {
        why: format!("`{}` is not UTF-8", path.display()),
    })
}

/// Finds a `bwrap` that can close the sandbox to further user namespaces.
fn find() -> Result<PathBuf, SandboxError> {
    let missing = |why: &str| SandboxError::Bubblewrap { why: why.to_owned() };
    let places = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"];
    let bwrap = places.iter().map(Path::new).find(|path| path.exists());
    let bwrap = bwrap.ok_or_else(|| missing("`bwrap` is not installed"))?;
    let output = Command::new(bwrap)
        .arg("--version")
        .env_clear()
        .output()
        .map_err(|cause| missing(&cause.to_string()))?;
    let answer = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if version(&answer).is_none_or(|found| found < (0, 8)) {
        return Err(missing(&format!("`{answer}` is older than 0.8")));
    }
    Ok(bwrap.to_owned())
}

fn version(answer: &str) -> Option<(u32, u32)> {
    let mut parts = answer.rsplit(' ').next()?.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

/// Where the inner program stands inside.
const INNER: &str = "/.bailiwick-inner";

const FIXED: &[&str] = &[
    "--unshare-all",
    "--unshare-user",
    "--disable-userns",
    "--assert-userns-disabled",
    "--uid",
    "65534",
    "--gid",
    "65534",
    "--cap-drop",
    "ALL",
    "--hostname",
    "sandbox",
    "--die-with-parent",
    "--as-pid-1",
    "--clearenv",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(version("bubblewrap 0.8.0"), Some((0, 8)));
        assert_eq!(version("bubblewrap 0.11.0"), Some((0, 11)));
        assert_eq!(version("bubblewrap"), None);
    }
}
