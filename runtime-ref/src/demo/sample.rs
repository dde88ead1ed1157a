//! The sample repository: a small real service, shipped in this program.

use std::path::Path;

use crate::demo::DemoError;
use crate::demo::layout::make;
use crate::git::Git;
use crate::git::create_bare_remote;

/// Makes the bare remote of the sample service at `remote`, by way of `folder`.
pub(crate) fn create_remote(git: &Git, folder: &Path, remote: &Path) -> Result<(), DemoError> {
    materialise(folder)?;
    git.call(folder).args(["init", "--quiet", "--template=", "--initial-branch=main"]).output()?;
    let call = || git.call(folder).on(&folder.join(".git"), folder);
    call().args(["add", "--all", "--", "."]).output()?;
    let tree = call().args(["write-tree"]).text()?;
    let mut commit = call();
    for role in ["AUTHOR", "COMMITTER"] {
        commit = commit.env(&format!("GIT_{role}_NAME"), "Payments Team");
        commit = commit.env(&format!("GIT_{role}_EMAIL"), "payments@example.org");
        // The same sample has the same commit everywhere.
        commit = commit.env(&format!("GIT_{role}_DATE"), "2026-07-01T09:00:00Z");
    }
    let sha = commit.args(["commit-tree", &tree, "-m", "Take payments"]).text()?;
    call().args(["update-ref", "refs/heads/main", &sha]).output()?;
    create_bare_remote(git, folder, remote)?;
    Ok(())
}

/// Writes the files of the sample service into `folder`.
pub(crate) fn materialise(folder: &Path) -> Result<(), DemoError> {
    for (name, content) in FILES {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            make(parent)?;
        }
        let content = content.replace(PLACE_OF_TOKEN, &synthetic_token());
        std::fs::write(&path, content).map_err(|source| DemoError::Io { path, source })?;
    }
    Ok(())
}

/// Returns a token that is of a known shape and valid nowhere. It is put together here, so that
/// no whole token stands in any file of this project.
pub(crate) fn synthetic_token() -> String {
    ["ghp", "_", "bbRmcdy68Bcq3daJ7u1i", "OAkCDp3mMJ5qawSn"].concat()
}

const PLACE_OF_TOKEN: &str = "@@SYNTHETIC_TOKEN@@";

macro_rules! sample {
    ($($name:literal <- $source:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../demo/service/", $source)))),*]
    };
}

/// Names that a tool of ours would take for its own stand under another name in this project.
const FILES: &[(&str, &str)] = sample![
    ".github/workflows/build.yml" <- "dot-github/workflows/build.yml",
    ".gitignore" <- "dot-gitignore",
    "AGENTS.md" <- "AGENTS.md.in",
    "Cargo.lock" <- "Cargo.lock.in",
    "Cargo.toml" <- "Cargo.toml.in",
    "README.md" <- "README.md.in",
    "build.rs" <- "build.rs",
    "config/retry.conf" <- "config/retry.conf",
    "deploy.sh" <- "deploy.sh",
    "docs/runbook.md" <- "docs/runbook.md",
    "secrets/payment-gateway.env" <- "secrets/payment-gateway.env",
    "src/http.rs" <- "src/http.rs",
    "src/lib.rs" <- "src/lib.rs",
    "src/main.rs" <- "src/main.rs",
    "src/retry.rs" <- "src/retry.rs",
    "tests/retry_policy.rs" <- "tests/retry_policy.rs",
];
