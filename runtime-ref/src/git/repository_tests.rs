//! git against hostile repositories, and against what was not permitted.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::Action;
use bailiwick::ChangeStatus;
use bailiwick::ChangedFile;
use bailiwick::Projection;
use bailiwick::PullRequestBody;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Value;

use crate::git::Git;
use crate::git::GitRepository;
use crate::git::create_bare_remote;
use crate::pep::Permit;
use crate::port::repository::Checkout;
use crate::port::repository::Repository;

pub(super) struct World {
    checkout: Checkout,
    pub(super) folder: tempfile::TempDir,
    pub(super) repository: GitRepository,
}

/// Returns `text` as a pull request may show it.
pub(super) fn said(text: &str) -> Projection<PullRequestBody> {
    Redactor::default().project(&Raw::new(text))
}

impl World {
    /// A repository with some files, cloned into a workspace, on a branch of its own.
    pub(super) fn new() -> Self {
        Self::from(|_| {})
    }

    fn from(prepare: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        std::fs::create_dir(&source).unwrap();
        std::fs::write(source.join("a.txt"), "one\ntwo\nthree\n").unwrap();
        std::fs::write(source.join("gone.txt"), "x\n").unwrap();
        std::fs::write(source.join("moved.txt"), "1\n2\n3\n4\n5\n6\n7\n8\n").unwrap();
        std::fs::write(source.join(".gitignore"), "/target/\n").unwrap();
        prepare(&source);
        let git = Git::find().unwrap();
        if !source.join(".git").exists() {
            git.call(&source).args(["init", "-q", "-b", "main"]).output().unwrap();
            commit_all(&git, &source);
        }
        let remote = folder.path().join("remote.git");
        assert_eq!(create_bare_remote(&git, &source, &remote).unwrap(), "main");
        let (git_dir, workspace) = (folder.path().join("git"), folder.path().join("workspace"));
        let repository = GitRepository::new(git, &remote, &git_dir, &workspace);
        let checkout = repository.check_out(permit(Action::GitClone, "main", &[])).unwrap();
        repository.create_branch(permit(Action::GitBranch, BRANCH, &[])).unwrap();
        Self { checkout, folder, repository }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("workspace").join(name)
    }

    pub(super) fn commit(&self) -> String {
        let tree = self.repository.changes().unwrap().tree;
        let permit = permit(Action::GitCommit, BRANCH, &[("tree", &tree)]);
        self.repository.commit(permit, &said("Try\n")).unwrap()
    }

    pub(super) fn remote_sha(&self, branch: &str) -> Option<String> {
        let remote = self.folder.path().join("remote.git");
        let git = Git::find().unwrap();
        let reference = format!("refs/heads/{branch}");
        let call = git.call(&remote).bare(&remote);
        call.args(["rev-parse", "--verify", &reference]).text().ok()
    }
}

/// Commits all of `folder` to `main`.
fn commit_all(git: &Git, folder: &Path) {
    let call = || git.call(folder).on(&folder.join(".git"), folder);
    call().args(["add", "--all", "--force", "--", "."]).output().unwrap();
    let tree = call().args(["write-tree"]).text().unwrap();
    let mut commit = call();
    for role in ["AUTHOR", "COMMITTER"] {
        commit = commit.env(&format!("GIT_{role}_NAME"), "Someone");
        commit = commit.env(&format!("GIT_{role}_EMAIL"), "someone@example.org");
    }
    let before = call().args(["rev-parse", "--verify", "--quiet", "refs/heads/main"]).text();
    let parent = before.iter().flat_map(|sha| ["-p", sha.as_str()]);
    commit = commit.args(["commit-tree", &tree, "-m", "Begin"]).args(parent);
    let sha = commit.text().unwrap();
    call().args(["update-ref", "refs/heads/main", &sha]).output().unwrap();
}

pub(super) fn permit(action: Action, branch: &str, attributes: &[(&str, &str)]) -> Permit {
    let attributes: BTreeMap<String, Value> = attributes
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::Text((*value).to_owned())))
        .collect();
    let request = Request { attributes, branch: Some(branch.to_owned()), ..Request::default() };
    Permit::for_test(action, request)
}

#[test]
fn a_checkout_knows_the_paths_that_files_ever_had() {
    let world = World::from(|source| {
        let git = Git::find().unwrap();
        git.call(source).args(["init", "-q", "-b", "main"]).output().unwrap();
        std::fs::write(source.join("old \u{e9} name.csv"), "x\n").unwrap();
        commit_all(&git, source);
        std::fs::remove_file(source.join("old \u{e9} name.csv")).unwrap();
        commit_all(&git, source);
    });
    let paths: Vec<&str> = world.checkout.paths.iter().map(String::as_str).collect();
    let expected = [".gitignore", "a.txt", "gone.txt", "moved.txt", "old \u{e9} name.csv"];
    assert_eq!((paths, world.checkout.files), (expected.to_vec(), 4));
}

#[test]
fn a_change_is_told_with_both_ends_link_targets_and_line_counts() {
    let world = World::new();
    std::fs::write(world.file("a.txt"), "one\n2\nthree\nfour\n").unwrap();
    std::fs::remove_file(world.file("gone.txt")).unwrap();
    std::fs::rename(world.file("moved.txt"), world.file("to here.txt")).unwrap();
    std::fs::write(world.file("bin"), [0, 1, 2]).unwrap();
    std::os::unix::fs::symlink("../../etc/passwd", world.file("link")).unwrap();
    std::fs::create_dir(world.file("target")).unwrap();
    std::fs::write(world.file("target/ignored"), "x").unwrap();

    let file = |path: &str, status, added, removed| ChangedFile {
        added,
        path: path.to_owned(),
        removed,
        status: Some(status),
        ..ChangedFile::default()
    };
    let changes = world.repository.changes().unwrap();
    let expected = vec![
        file("a.txt", ChangeStatus::Modified, Some(2), Some(1)),
        file("bin", ChangeStatus::Added, None, None),
        file("gone.txt", ChangeStatus::Deleted, Some(0), Some(1)),
        ChangedFile {
            symlink_target: Some("../../etc/passwd".to_owned()),
            ..file("link", ChangeStatus::Added, Some(1), Some(0))
        },
        ChangedFile {
            from: Some("moved.txt".to_owned()),
            ..file("to here.txt", ChangeStatus::Renamed, Some(0), Some(0))
        },
    ];
    assert_eq!(changes.files, expected);
    assert_eq!(changes.lines(), 5);
}

#[test]
fn what_is_committed_and_pushed_is_what_was_permitted() {
    let world = World::new();
    std::fs::write(world.file("a.txt"), "changed\n").unwrap();
    let tree = world.repository.changes().unwrap().tree;
    std::fs::write(world.file("a.txt"), "changed again\n").unwrap();
    let stale = permit(Action::GitCommit, BRANCH, &[("tree", &tree)]);
    assert_eq!(world.repository.commit(stale, &said("Try")).unwrap_err().code(), "permit_differs");
    let elsewhere = world.repository.changes().unwrap().tree;
    let other = permit(Action::GitCommit, "main", &[("tree", &elsewhere)]);
    assert_eq!(world.repository.commit(other, &said("Try")).unwrap_err().code(), "permit_differs");

    let sha = world.commit();
    let other = permit(Action::GitPush, BRANCH, &[("commit", "0123")]);
    assert_eq!(world.repository.push(other).unwrap_err().code(), "permit_differs");
    let wrong = permit(Action::GitCommit, BRANCH, &[("commit", &sha)]);
    assert_eq!(world.repository.push(wrong).unwrap_err().code(), "permit_other_action");
    assert_eq!(world.remote_sha(BRANCH), None);
    world.repository.push(permit(Action::GitPush, BRANCH, &[("commit", &sha)])).unwrap();
    assert_eq!(world.remote_sha(BRANCH), Some(sha));
    // What came later is in the workspace, and not in the commit.
    std::fs::write(world.file("later.txt"), "later\n").unwrap();
    assert_eq!(world.repository.committed().unwrap().files.len(), 1);
    assert_eq!(world.repository.changes().unwrap().files.len(), 2);
}

#[test]
fn names_that_are_no_branches_are_refused() {
    let world = World::new();
    let sha = world.commit();
    for name in ["-f", "--mirror", "HEAD", "a..b", "a b", "", "a:refs/heads/main", "a.lock"] {
        let pushed = world.repository.push(permit(Action::GitPush, name, &[("commit", &sha)]));
        assert_eq!(pushed.unwrap_err().code(), "branch_name", "{name}");
        let made = world.repository.create_branch(permit(Action::GitBranch, name, &[]));
        assert_eq!(made.unwrap_err().code(), "branch_name", "{name}");
    }
}

#[test]
fn nothing_of_a_hostile_repository_runs() {
    let marker = tempfile::tempdir().unwrap();
    let ran = marker.path().join("ran");
    let run = format!("sh -c 'echo ran >> {}'", ran.display());
    let world = World::from(|source| {
        let git = Git::find().unwrap();
        git.call(source).args(["init", "-q", "-b", "main"]).output().unwrap();
        std::fs::write(source.join(".gitattributes"), ATTRIBUTES).unwrap();
        let modules = format!("[submodule \"m\"]\n\tpath = m\n\turl = ext::{run}\n");
        std::fs::write(source.join(".gitmodules"), modules).unwrap();
        commit_all(&git, source);
        arm(&source.join(".git"), &run);
    });
    assert!(!ran.exists(), "cloning ran something");

    // The agent makes `.git` a repository of its own making: ours is elsewhere.
    std::fs::remove_file(world.file(".git")).unwrap();
    let git = Git::find().unwrap();
    let workspace = world.folder.path().join("workspace");
    git.call(&workspace).args(["init", "-q"]).output().unwrap();
    arm(&world.file(".git"), &run);
    std::fs::write(world.file(".gitattributes"), ATTRIBUTES).unwrap();
    std::fs::write(world.file("a.txt"), "changed\n").unwrap();
    assert_eq!(world.repository.changes().unwrap().files.len(), 1);
    let sha = world.commit();
    world.repository.push(permit(Action::GitPush, BRANCH, &[("commit", &sha)])).unwrap();
    assert!(!ran.exists(), "{}", std::fs::read_to_string(&ran).unwrap_or_default());

    // The trap works: plain git in the same folder springs it.
    let _ = std::process::Command::new("git")
        .args(["-c", "safe.directory=*", "add", "--all"])
        .current_dir(&workspace)
        .output()
        .unwrap();
    assert!(ran.exists(), "the trap is none");
}

/// Sets up everything in a git folder that git would run something for.
fn arm(git_dir: &Path, run: &str) {
    let config = format!(
        "[core]\n\trepositoryformatversion = 0\n\tfsmonitor = {run}\n\tsshCommand = {run}\n\
         \tpager = {run}\n\teditor = {run}\n\taskPass = {run}\n\thooksPath = {hooks}\n\
         [filter \"f\"]\n\tclean = {run}\n\tsmudge = {run}\n\tprocess = {run}\n\trequired = true\n\
         [diff \"f\"]\n\ttextconv = {run}\n\tcommand = {run}\n[diff]\n\texternal = {run}\n\
         [alias]\n\tadd = !{run}\n\tdiff-tree = !{run}\n\tpush = !{run}\n\
         [uploadpack]\n\tpackObjectsHook = {run}\n[gpg]\n\tprogram = {run}\n\
         [commit]\n\tgpgSign = true\n[credential]\n\thelper = !{run}\n",
        hooks = git_dir.join("hooks").display(),
    );
    std::fs::write(git_dir.join("config"), config).unwrap();
    let hooks = git_dir.join("hooks");
    std::fs::create_dir_all(&hooks).unwrap();
    for hook in [
        "pre-commit",
        "commit-msg",
        "post-commit",
        "post-checkout",
        "pre-push",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ] {
        use std::os::unix::fs::PermissionsExt;
        let path = hooks.join(hook);
        std::fs::write(&path, format!("#!/bin/sh\n{run}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_repository_within_the_workspace_is_refused() {
    let world = World::new();
    for nested in ["vendor/lib/.git", "vendor/.GIT"] {
        let path = world.file(nested);
        std::fs::create_dir_all(&path).unwrap();
        let error = world.repository.changes().unwrap_err();
        assert_eq!(error.code(), "nested_repository", "{nested}");
        std::fs::remove_dir(&path).unwrap();
    }
    assert!(world.repository.changes().is_ok());
}

const ATTRIBUTES: &str = "* filter=f diff=f\n";
const BRANCH: &str = "agent/try";
