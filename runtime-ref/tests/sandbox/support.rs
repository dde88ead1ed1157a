//! What the sandbox tests share: a workspace, both adapters, one way to run a shell line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;

use bailiwick_runtime::port::sandbox::Limits;
use bailiwick_runtime::port::sandbox::Sandbox;
use bailiwick_runtime::port::sandbox::SandboxOutcome;
use bailiwick_runtime::port::sandbox::SandboxRequest;
use bailiwick_runtime::sandbox::Choice;
use bailiwick_runtime::sandbox::select_with;
use tempfile::TempDir;

/// Returns the inner program: the runtime, or where a test put a copy for another user.
pub(crate) fn inner() -> PathBuf {
    std::env::var_os("SANDBOX_TEST_INNER")
        .map_or_else(|| env!("CARGO_BIN_EXE_bailiwick-runtime").into(), PathBuf::from)
}

/// Returns the embedded sandbox and, where it is installed, bubblewrap's.
pub(crate) fn adapters() -> Vec<Box<dyn Sandbox>> {
    let mut all = vec![select_with(Choice::Embedded, &inner()).unwrap()];
    if Path::new("/usr/bin/bwrap").exists() {
        all.push(select_with(Choice::Bubblewrap, &inner()).unwrap());
    } else {
        eprintln!("SKIPPED for bubblewrap: /usr/bin/bwrap is not installed");
    }
    all
}

/// Runs `line` in a new workspace under each adapter and gives the outcomes to `check`.
pub(crate) fn each(line: &str, check: impl Fn(&SandboxOutcome)) {
    for sandbox in adapters() {
        let workspace = workspace();
        let outcome = sandbox.run(&shell(workspace.path(), line)).unwrap();
        let adapter = &sandbox.profile().adapter;
        eprintln!("{adapter}: {:?} {:?} {:?}", outcome.exit, out(&outcome), err(&outcome));
        check(&outcome);
    }
}

/// Returns an empty workspace.
pub(crate) fn workspace() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Returns a request to run a line of shell in `workspace`.
pub(crate) fn shell(workspace: &Path, line: &str) -> SandboxRequest {
    SandboxRequest {
        argv: vec!["/bin/bash".into(), "-c".into(), line.into()],
        workspace: workspace.into(),
        cwd: PathBuf::new(),
        env: BTreeMap::from([("PATH".into(), "/usr/local/bin:/usr/bin:/bin".into())]),
        limits: Limits { wall: Duration::from_secs(60), ..Limits::default() },
        protected: Vec::new(),
        writable: true,
        extra_read_only: Vec::new(),
    }
}

/// Returns what it wrote to standard output, trimmed.
pub(crate) fn out(outcome: &SandboxOutcome) -> String {
    String::from_utf8_lossy(&outcome.stdout).trim().to_owned()
}

/// Returns what it wrote to standard error, trimmed.
pub(crate) fn err(outcome: &SandboxOutcome) -> String {
    String::from_utf8_lossy(&outcome.stderr).trim().to_owned()
}

/// Returns whether a process of this machine has `marker` in its command line.
pub(crate) fn alive(marker: &str) -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes.filter(|process| process.path() != Path::new("/proc/self")).any(|process| {
        let own = process.file_name().to_str() == Some(&std::process::id().to_string());
        let command = fs::read(process.path().join("cmdline")).unwrap_or_default();
        !own && String::from_utf8_lossy(&command).contains(marker)
    })
}

/// Waits until `holds`, for at most ten seconds, and returns whether it came to hold.
pub(crate) fn soon(holds: impl Fn() -> bool) -> bool {
    let patience = Instant::now() + Duration::from_secs(10);
    while Instant::now() < patience {
        if holds() {
            return true;
        }
        sleep(Duration::from_millis(10));
    }
    false
}

/// Returns a word that no other process has in its command line.
pub(crate) fn marker(of: &str) -> String {
    format!("marker-{of}-{}", uuid::Uuid::now_v7())
}
