//! Protected paths inside a writable workspace.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;

use bailiwick_runtime::port::sandbox::SandboxRequest;

use crate::support::adapters;
use crate::support::out;
use crate::support::shell;
use crate::support::workspace;

fn protecting(workspace: &Path, protected: &[&str], line: &str) -> SandboxRequest {
    let protected = protected.iter().map(Into::into).collect();
    SandboxRequest { protected, ..shell(workspace, line) }
}

#[test]
fn a_protected_folder_is_read_and_not_changed() {
    for sandbox in adapters() {
        let workspace = workspace();
        let git = workspace.path().join(".git");
        fs::create_dir_all(git.join("hooks")).unwrap();
        fs::write(git.join("config"), "[core]\n").unwrap();
        let line = "cat .git/config; echo evil >> .git/config; echo evil > .git/hooks/pre-commit; \
                    rm -rf .git; mv .git away; rmdir .git; chmod 777 .git/config; ln .git/config c \
                    && echo evil >> c; mkdir new && mv new .git; touch other";
        let outcome = sandbox.run(&protecting(workspace.path(), &[".git"], line)).unwrap();
        assert_eq!(out(&outcome), "[core]");
        assert_eq!(fs::read_to_string(git.join("config")).unwrap(), "[core]\n");
        assert_eq!(fs::read_dir(git.join("hooks")).unwrap().count(), 0);
        assert!(workspace.path().join("other").exists());
        assert!(!workspace.path().join("away").exists());
    }
}

#[test]
fn a_protected_file_is_read_and_not_replaced() {
    for sandbox in adapters() {
        let workspace = workspace();
        let file = workspace.path().join("policy.yaml");
        fs::write(&file, "strict\n").unwrap();
        let line = "cat policy.yaml; echo lax > policy.yaml; rm policy.yaml; \
                    echo lax > new; mv new policy.yaml; ln -sf new policy.yaml";
        let outcome = sandbox.run(&protecting(workspace.path(), &["policy.yaml"], line)).unwrap();
        assert_eq!(out(&outcome), "strict");
        assert_eq!(fs::read_to_string(&file).unwrap(), "strict\n");
        assert!(fs::symlink_metadata(&file).unwrap().is_file());
    }
}

#[test]
fn a_missing_protected_path_cannot_be_created_and_leaves_no_trace() {
    for sandbox in adapters() {
        let workspace = workspace();
        let line = "mkdir -p .git/hooks; echo evil > .git/hooks/x; rmdir .git; echo evil > .git; \
                    mkdir -p .github/workflows/a; echo evil > .github/workflows/x; \
                    echo fine > .github/CODEOWNERS";
        let request = protecting(workspace.path(), &[".git", ".github/workflows"], line);
        sandbox.run(&request).unwrap();
        assert!(!workspace.path().join(".git").exists());
        assert!(!workspace.path().join(".github/workflows").exists());
        let owners = fs::read_to_string(workspace.path().join(".github/CODEOWNERS")).unwrap();
        assert_eq!(owners, "fine\n", "what lies beside a protected path is not protected");
    }
}

#[test]
fn a_protected_path_cannot_be_moved_aside_with_its_parent() {
    for sandbox in adapters() {
        let workspace = workspace();
        let inner = workspace.path().join("a/b/locked");
        fs::create_dir_all(&inner).unwrap();
        // `mv` may copy what it cannot rename; what counts is that the original stays.
        let line = "mv a x; mv a/b x; rm -rf a; mkdir -p a/b/locked; touch a/b/locked/evil";
        sandbox.run(&protecting(workspace.path(), &["a/b/locked"], line)).unwrap();
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 0);
    }
}

#[test]
fn a_protected_path_below_another_does_not_open_it() {
    for sandbox in adapters() {
        let workspace = workspace();
        fs::create_dir_all(workspace.path().join("a/b")).unwrap();
        let request = protecting(workspace.path(), &["a/b/c", "a"], "touch a/x a/b/x a/b/c/x");
        assert!(!sandbox.run(&request).unwrap().exit.success());
        assert_eq!(fs::read_dir(workspace.path().join("a")).unwrap().count(), 1);
        assert_eq!(fs::read_dir(workspace.path().join("a/b")).unwrap().count(), 0);
    }
}

#[test]
fn a_protected_path_through_a_link_is_refused() {
    for sandbox in adapters() {
        let workspace = workspace();
        let outside = tempfile::tempdir().unwrap();
        symlink(outside.path(), workspace.path().join("link")).unwrap();
        symlink("nowhere", workspace.path().join(".git")).unwrap();
        for path in ["link", "link/below", ".git"] {
            let request = protecting(workspace.path(), &[path], "touch ran");
            let refusal = sandbox.run(&request).unwrap_err();
            assert_eq!(refusal.code(), "sandbox_protected_path", "{path}");
        }
        assert!(!workspace.path().join("ran").exists());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_workspace_that_is_not_writable_is_not() {
    for sandbox in adapters() {
        let workspace = workspace();
        fs::write(workspace.path().join("f"), "before\n").unwrap();
        let request = SandboxRequest {
            writable: false,
            ..shell(workspace.path(), "cat f; touch new; echo after > f; rm f; touch /tmp/ok")
        };
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!((outcome.exit.success(), out(&outcome)), (true, "before".to_owned()));
        assert_eq!(fs::read_to_string(workspace.path().join("f")).unwrap(), "before\n");
        assert!(!workspace.path().join("new").exists());
    }
}

#[test]
fn runs_at_once_in_one_workspace_do_not_unprotect_each_other() {
    for sandbox in adapters() {
        let workspace = workspace();
        let line = "for i in 1 2 3 4 5; do sleep 0.0$((RANDOM % 9)); touch .git/evil && exit 9; \
                    mkdir .git && exit 9; done; exit 3";
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..3 {
                        let request = protecting(workspace.path(), &[".git"], line);
                        assert_eq!(sandbox.run(&request).unwrap().exit.shell_status(), 3);
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(workspace.path()).unwrap().count(), 0);
    }
}

#[test]
fn extra_folders_are_read_only() {
    for sandbox in adapters() {
        let (workspace, extra) = (workspace(), workspace());
        fs::write(extra.path().join("f"), "shown\n").unwrap();
        let extra_path = extra.path().display().to_string();
        let line = format!("cat {extra_path}/f; touch {extra_path}/new; rm {extra_path}/f");
        let mut request = shell(workspace.path(), &line);
        request.extra_read_only = vec![extra.path().into()];
        let outcome = sandbox.run(&request).unwrap();
        assert_eq!((outcome.exit.success(), out(&outcome)), (false, "shown".to_owned()));
        assert_eq!(fs::read_dir(extra.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_placeholder_that_a_killed_runtime_left_is_taken_away() {
    for sandbox in adapters() {
        let workspace = workspace();
        let left = workspace.path().join(".git");
        fs::create_dir(&left).unwrap();
        fs::set_permissions(&left, Permissions::from_mode(0o1755)).unwrap();
        sandbox.run(&protecting(workspace.path(), &[".git"], "true")).unwrap();
        assert!(!left.exists());
        fs::create_dir(&left).unwrap();
        sandbox.run(&protecting(workspace.path(), &[".git"], "true")).unwrap();
        assert!(left.exists(), "an empty folder that was there before stays");
    }
}
