//! One hardened call of git.

use std::ffi::OsStr;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use crate::port::repository::RepositoryError;

/// The git command of this machine, with hooks, filters' file watchers, pagers, aliases,
/// prompts, foreign protocols and the user's own settings off.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
}

impl Git {
    /// Finds git in the host's `PATH`.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find() -> Result<Self, RepositoryError> {
        let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin:/bin"));
        std::env::split_paths(&path)
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join("git"))
            .find(|program| program.is_file())
            .map(|program| Self { program })
            .ok_or_else(|| {
                RepositoryError::GitMissing(std::io::Error::new(
                    std::io::ErrorKind::NotFound,
                    "no git in PATH",
                ))
            })
    }

    /// Returns a call in `folder`, which git does not take a repository from by itself.
    pub fn call(&self, folder: &Path) -> Call {
        let mut command = Command::new(&self.program);
        command.current_dir(folder).env_clear();
        for (name, value) in ENVIRONMENT {
            command.env(name, value);
        }
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(["--no-pager", "--literal-pathspecs"]);
        Call { command, input: Vec::new(), name: String::new() }
    }
}

/// One call of git under way to being made.
pub struct Call {
    command: Command,
    input: Vec<u8>,
    name: String,
}

impl Call {
    /// Says which repository and which workspace are meant, whatever lies in the folder.
    pub fn on(mut self, git_dir: &Path, workspace: &Path) -> Self {
        self.command.env("GIT_DIR", git_dir);
        self.command.env("GIT_WORK_TREE", workspace);
        self
    }

    /// Says which bare repository is meant.
    pub fn bare(mut self, git_dir: &Path) -> Self {
        self.command.env("GIT_DIR", git_dir);
        self
    }

    /// Adds arguments; the first ever names the command in errors.
    pub fn args<I, S>(mut self, args: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        for arg in args {
            if self.name.is_empty() {
                self.name = arg.as_ref().to_string_lossy().into_owned();
            }
            self.command.arg(arg);
        }
        self
    }

    /// Sets a variable for this call.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Gives the call standard input.
    pub fn input(mut self, input: &[u8]) -> Self {
        self.input = input.to_vec();
        self
    }

    /// Makes the call and returns its standard output.
    ///
    /// # Errors
    /// Where git cannot be started or answers with another status than 0.
    pub fn output(mut self) -> Result<Vec<u8>, RepositoryError> {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(RepositoryError::GitMissing)?;
        let stdin = child.stdin.take();
        let input = std::mem::take(&mut self.input);
        // Written beside reading, so that neither side can wait for the other forever.
        let writer =
            std::thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(&input)));
        let output = child.wait_with_output().map_err(RepositoryError::GitMissing)?;
        // A git that did not read all of its input says so by its status.
        let _ = writer.join();
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(RepositoryError::Git {
            command: self.name,
            why: said.trim().chars().take(400).collect(),
        })
    }

    /// Makes the call and returns its standard output as text, without the last newline.
    ///
    /// # Errors
    /// As [`Call::output`], and where the output is not UTF-8.
    pub fn text(self) -> Result<String, RepositoryError> {
        let command = self.name.clone();
        let text = String::from_utf8(self.output()?)
            .map_err(|error| RepositoryError::GitAnswer { command, why: error.to_string() })?;
        Ok(text.trim_end_matches('\n').to_owned())
    }
}

const ENVIRONMENT: &[(&str, &str)] = &[
    ("GIT_ASKPASS", "/bin/false"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("GIT_EDITOR", "/bin/false"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_PAGER", "cat"),
    ("GIT_SSH_COMMAND", "/bin/false"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("HOME", "/nonexistent"),
    ("LC_ALL", "C"),
    ("PATH", "/usr/bin:/bin"),
    ("XDG_CONFIG_HOME", "/nonexistent"),
];

const SETTINGS: &[&str] = &[
    "color.ui=false",
    "commit.gpgSign=false",
    "core.askPass=/bin/false",
    "core.attributesFile=/dev/null",
    "core.autocrlf=false",
    "core.editor=/bin/false",
    "core.excludesFile=/dev/null",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.protectHFS=true",
    "core.protectNTFS=true",
    "core.sshCommand=/bin/false",
    "core.symlinks=true",
    "core.untrackedCache=false",
    "credential.helper=",
    "diff.external=",
    "diff.ignoreSubmodules=all",
    "gc.auto=0",
    "init.defaultBranch=main",
    "maintenance.auto=false",
    "protocol.allow=never",
    "protocol.file.allow=always",
    "push.gpgSign=false",
    "submodule.recurse=false",
    "transfer.fsckObjects=true",
    "uploadpack.packObjectsHook=",
];
