//! What a sandbox needs to run the host's Rust toolchain.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use thiserror::Error;

/// What to put into a request so that `cargo` and `rustc` run inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// Folders to show read-only, for `extra_read_only`.
    pub read_only: Vec<PathBuf>,
    /// Variables for `env`.
    pub env: BTreeMap<String, String>,
}

/// Why there is no toolchain.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ToolchainError {
    /// `rustc` is not there or does not tell where it belongs.
    #[error("`rustc --print sysroot` does not work: {why}")]
    Rustc {
        /// What happened.
        why: String,
    },
    /// The toolchain has no `cargo`.
    #[error("there is no `cargo` in `{}`", folder.display())]
    Cargo {
        /// Where it was looked for.
        folder: PathBuf,
    },
}

impl ToolchainError {
    /// Returns the stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rustc { .. } => "toolchain_rustc",
            Self::Cargo { .. } => "toolchain_cargo",
        }
    }

    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        "install Rust (https://rustup.rs) and put `rustc` into PATH"
    }
}

/// Returns the host's default toolchain.
///
/// It is the toolchain's own folder and not `~/.cargo` or `~/.rustup`: these hold credentials,
/// and proxies that would want to download.
///
/// # Errors
///
/// When there is no `rustc`, or no `cargo` beside it.
pub fn discover() -> Result<Toolchain, ToolchainError> {
    let sysroot = sysroot()?;
    let bin = sysroot.join("bin");
    if !bin.join("cargo").exists() {
        return Err(ToolchainError::Cargo { folder: bin });
    }
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display());
    // What lies in /usr is shown anyhow.
    let read_only = if sysroot.starts_with("/usr") { Vec::new() } else { vec![sysroot] };
    let env = [
        ("PATH", path.as_str()),
        ("HOME", "/tmp"),
        ("CARGO_HOME", "/tmp/cargo-home"),
        ("CARGO_NET_OFFLINE", "true"),
        ("CARGO_TERM_COLOR", "never"),
    ];
    let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Ok(Toolchain { read_only, env })
}

/// Asks from `/`: a repository's `rust-toolchain.toml` could name a program of its own to run.
fn sysroot() -> Result<PathBuf, ToolchainError> {
    let failed = |why: String| ToolchainError::Rustc { why };
    let home = env::var_os("HOME").map(|home| Path::new(&home).join(".cargo/bin/rustc"));
    let mut last = String::new();
    for rustc in [Some(PathBuf::from("rustc")), home].into_iter().flatten() {
        let asked = Command::new(rustc)
            .args(["--print", "sysroot"])
            .current_dir("/")
            .env_remove("RUSTUP_TOOLCHAIN")
            .output();
        match asked {
            Ok(output) if output.status.success() => {
                let answer = String::from_utf8_lossy(&output.stdout);
                let found = Path::new(answer.trim()).canonicalize();
                return found.map_err(|cause| failed(cause.to_string()));
            }
            Ok(output) => last = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(cause) => last = cause.to_string(),
        }
    }
    Err(failed(last))
}
