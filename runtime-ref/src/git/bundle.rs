//! One commit with all that it descends from, as a bundle: a file that is cloned from.

use std::path::Path;

use crate::git::command::Git;
use crate::port::repository::RepositoryError;

/// Returns a bundle of `commit` of the bare repository at `repository`, as the branch `base`. The
/// repository is only read.
///
/// # Errors
/// Where it has no such commit, or git does not answer.
pub fn bundle(git: &Git, repository: &Path, commit: &str) -> Result<Vec<u8>, RepositoryError> {
    let io = |source| RepositoryError::Io { path: repository.display().to_string(), source };
    if commit.is_empty() || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let why = "it is no name of a commit".to_owned();
        return Err(RepositoryError::GitAnswer { command: "bundle".to_owned(), why });
    }
    // A bundle is of branches: this one is made where nobody else sees it.
    let folder = tempfile::tempdir().map_err(io)?;
    let call = || git.call(folder.path()).bare(folder.path());
    git.call(folder.path()).args(["init", "--bare", "--quiet", "--template=", "."]).output()?;
    let info = folder.path().join("objects/info");
    std::fs::create_dir_all(&info).map_err(io)?;
    let mut objects = repository.join("objects").into_os_string().into_encoded_bytes();
    objects.push(b'\n');
    std::fs::write(info.join("alternates"), objects).map_err(io)?;
    call().args(["update-ref", BASE, commit]).output()?;
    // By one thread, the same objects are packed in the same way.
    let bundle = call()
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "pack.threads")
        .env("GIT_CONFIG_VALUE_0", "1");
    bundle.args(["bundle", "create", "--quiet", "-", BASE]).output()
}

const BASE: &str = "refs/heads/base";
