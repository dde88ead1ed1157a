//! Whose life hangs on whose, and what happens where no sandbox can be had.

use std::env;
use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::chown;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use bailiwick_runtime::port::sandbox::SandboxError;
use bailiwick_runtime::sandbox::Choice;
use bailiwick_runtime::sandbox::select_with;

use crate::support::alive;
use crate::support::inner;
use crate::support::marker;
use crate::support::shell;
use crate::support::soon;
use crate::support::workspace;

#[test]
fn killing_the_runtime_kills_what_it_sandboxed() {
    for choice in ["embedded", "bubblewrap"] {
        if choice == "bubblewrap" && !Path::new("/usr/bin/bwrap").exists() {
            eprintln!("SKIPPED for bubblewrap: /usr/bin/bwrap is not installed");
            continue;
        }
        let marker = marker("orphan");
        let workspace = workspace();
        let mut runtime = Command::new(env::current_exe().unwrap())
            .args(["--exact", "life::runtime_to_kill", "--ignored"])
            .env("SANDBOX_TEST_CHOICE", choice)
            .env("SANDBOX_TEST_WORKSPACE", workspace.path())
            .env("SANDBOX_TEST_LINE", format!("trap '' TERM HUP; sleep 61 & wait; : {marker}"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let started = soon(|| alive(&marker));
        // SIGKILL: it gets no chance to clean up.
        runtime.kill().unwrap();
        runtime.wait().unwrap();
        assert!(started, "{choice}");
        assert!(soon(|| !alive(&marker)), "{choice}");
    }
}

#[test]
#[ignore = "the part of another test that runs in a process of its own"]
fn runtime_to_kill() {
    let variable = |name| env::var(format!("SANDBOX_TEST_{name}"));
    let (Ok(choice), Ok(line)) = (variable("CHOICE"), variable("LINE")) else {
        return;
    };
    let workspace = variable("WORKSPACE").unwrap();
    let choice = if choice == "embedded" { Choice::Embedded } else { Choice::Bubblewrap };
    let sandbox = select_with(choice, &inner()).unwrap();
    sandbox.run(&shell(workspace.as_ref(), &line)).unwrap();
}

#[test]
fn without_user_namespaces_nothing_runs_and_the_way_out_is_told() {
    let line = "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$0\" --exact \
                life::runtime_without_namespaces --ignored --nocapture";
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "bash", "-c", line])
        .arg(env::current_exe().unwrap())
        .env("SANDBOX_TEST_NO_NAMESPACES", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("refused as it should be"), "{said}");
}

#[test]
#[ignore = "the part of another test that runs in a process of its own"]
fn runtime_without_namespaces() {
    if env::var_os("SANDBOX_TEST_NO_NAMESPACES").is_none() {
        return;
    }
    let Err(refusal) = select_with(Choice::Auto, &inner()) else {
        panic!("there is no sandbox here, and yet one was given");
    };
    assert_eq!(refusal.code(), "sandbox_none");
    let SandboxError::None { embedded, bubblewrap } = &refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(embedded.code(), "sandbox_namespaces", "{embedded:?}");
    assert_eq!(bubblewrap.code(), "sandbox_bubblewrap", "{bubblewrap:?}");
    assert!(refusal.help().contains("user.max_user_namespaces"));
    println!("refused as it should be: {refusal}");
}

#[test]
fn a_program_that_is_no_inner_program_is_found_out() {
    for program in ["/bin/true", "/bin/cat", "/nonexistent"] {
        let Err(refusal) = select_with(Choice::Embedded, Path::new(program)) else {
            panic!("`{program}` passed as inner program");
        };
        assert!(["sandbox_inner", "sandbox_io"].contains(&refusal.code()), "{refusal:?}");
    }
}

#[test]
fn the_inner_program_does_nothing_without_a_runtime() {
    for stage in ["enter", "init", "other"] {
        let status = Command::new(inner())
            .args(["--bailiwick-sandbox-inner", stage])
            .stdin(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(125), "{stage}");
    }
}

/// Runs all of these tests again as another user, who has no control group to write.
#[test]
fn it_works_the_same_for_an_ordinary_user() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED: these tests run as an ordinary user already");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let copy = |from: PathBuf, name: &str| {
        let to = folder.path().join(name);
        fs::copy(from, &to).unwrap();
        fs::set_permissions(&to, Permissions::from_mode(0o755)).unwrap();
        to
    };
    let tests = copy(env::current_exe().unwrap(), "tests");
    let program = copy(inner(), "inner");
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    chown(&home, Some(USER), Some(USER)).unwrap();
    let output = Command::new("setpriv")
        .args([format!("--reuid={USER}"), format!("--regid={USER}")])
        .args(["--clear-groups", "--inh-caps=-all", "--bounding-set=-all"])
        .arg(tests)
        // The toolchain may lie in a home that this user cannot read.
        .args(["--skip", "toolchain::", "--nocapture", "--test-threads=2"])
        .env("SANDBOX_TEST_INNER", program)
        .env("TMPDIR", &home)
        .env("HOME", &home)
        .current_dir("/")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complained}");
    assert!(said.contains("test result: ok. ") && !said.contains("ok. 0 passed"), "{said}");
    assert!(complained.contains("memory_limit is Degraded"), "{complained}");
}

const USER: u32 = 54_321;

#[test]
fn a_run_starts_fast() {
    let sandbox = select_with(Choice::Embedded, &inner()).unwrap();
    let workspace = workspace();
    let request = shell(workspace.path(), "true");
    let fastest = (0..10).map(|_| sandbox.run(&request).unwrap().wall).min().unwrap();
    eprintln!("fastest of ten: {fastest:?}");
    assert!(fastest < Duration::from_millis(500));
}
