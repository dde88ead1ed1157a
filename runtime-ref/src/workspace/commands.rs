//! Permitted commands in the sandbox, on one workspace.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use bailiwick::Action;

use crate::pep::Permit;
use crate::pep::PermitError;
use crate::port::command::CommandError;
use crate::port::command::CommandLimits;
use crate::port::command::CommandOutcome;
use crate::port::command::Commands;
use crate::port::sandbox::Exit;
use crate::port::sandbox::Limits;
use crate::port::sandbox::Sandbox;
use crate::port::sandbox::SandboxRequest;

/// Runs permitted commands by a sandbox: the one place that gives a sandbox something to run.
pub struct SandboxCommands {
    /// Variables of every command.
    pub env: BTreeMap<String, String>,
    /// Folders that are shown read-only, such as a toolchain.
    pub extra_read_only: Vec<PathBuf>,
    /// Paths in the workspace that stay read-only, whatever is permitted.
    pub protected: Vec<PathBuf>,
    /// Confines.
    pub sandbox: Box<dyn Sandbox>,
    /// The workspace.
    pub workspace: PathBuf,
}

impl Commands for SandboxCommands {
    fn run(&self, permit: Permit, limits: &CommandLimits) -> Result<CommandOutcome, CommandError> {
        let request = permit.spend_any(&[Action::ShellExec, Action::VerifierRun])?;
        let argv = match (request.argv.is_empty(), request.shell) {
            (false, None) => request.argv,
            (true, Some(line)) => vec!["/bin/sh".to_owned(), "-c".to_owned(), line],
            (true, None) | (false, Some(_)) => {
                return Err(PermitError::Lacks { field: "argv" }.into());
            }
        };
        let mut env = self.env.clone();
        env.extend(request.env);
        let sandboxed = SandboxRequest {
            argv,
            workspace: self.workspace.clone(),
            cwd: relative(&self.workspace, request.cwd.as_deref().unwrap_or("")),
            env,
            limits: merged(limits),
            protected: self.protected.clone(),
            // A verifier may build, which writes; what it leaves behind is looked at after.
            writable: true,
            extra_read_only: self.extra_read_only.clone(),
        };
        let outcome = self.sandbox.run(&sandboxed).map_err(|error| CommandError::Sandbox {
            code: error.code(),
            why: error.to_string(),
        })?;
        Ok(CommandOutcome {
            ending: ending(&outcome.exit),
            status: outcome.exit.shell_status(),
            stdout: outcome.stdout,
            stderr: outcome.stderr,
            truncated: outcome.stdout_truncated || outcome.stderr_truncated,
            wall: outcome.wall,
        })
    }
}

fn relative(workspace: &Path, cwd: &str) -> PathBuf {
    let cwd = Path::new(cwd);
    cwd.strip_prefix(workspace).unwrap_or(cwd).to_path_buf()
}

fn merged(limits: &CommandLimits) -> Limits {
    let own = Limits::default();
    let seconds = limits.seconds.unwrap_or(own.cpu_seconds);
    Limits {
        wall: Duration::from_secs(seconds),
        cpu_seconds: seconds,
        memory_bytes: limits.memory_bytes.unwrap_or(own.memory_bytes),
        processes: limits.processes.unwrap_or(own.processes),
        output_bytes: limits
            .output_bytes
            .and_then(|bytes| usize::try_from(bytes).ok())
            .unwrap_or(own.output_bytes),
        ..own
    }
}

fn ending(exit: &Exit) -> String {
    match exit {
        Exit::Code(code) => format!("exit {code}"),
        Exit::MemoryLimit => "killed at its memory limit".to_owned(),
        Exit::NotStarted(why) => format!("not started: {why}"),
        Exit::OutputLimit => "killed at its output limit".to_owned(),
        Exit::Signal(signal) => format!("killed by signal {signal}"),
        Exit::TimedOut => "killed at its time limit".to_owned(),
    }
}
