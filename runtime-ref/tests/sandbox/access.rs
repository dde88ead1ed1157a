//! What a command can reach: its workspace, and nothing else of the host.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use bailiwick_runtime::port::sandbox::Exit;

use crate::support::adapters;
use crate::support::alive;
use crate::support::each;
use crate::support::err;
use crate::support::out;
use crate::support::shell;
use crate::support::workspace;

#[test]
fn a_listener_on_the_host_is_out_of_reach() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let line = format!("exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected");
    let outside = Command::new("bash").args(["-c", &line]).output().unwrap();
    assert_eq!(outside.stdout, b"connected\n", "the check itself must work");
    each(&line, |outcome| {
        assert_eq!((outcome.exit.success(), out(outcome)), (false, String::new()))
    });
}

#[test]
fn names_do_not_resolve_and_there_is_no_interface_that_is_up() {
    each("getent hosts example.com; echo $?", |outcome| assert_eq!(out(outcome), "2"));
    each("tail -n +3 /proc/net/dev | cut -d: -f1; cat /proc/net/route | tail -n +2", |outcome| {
        assert_eq!(out(outcome), "lo");
    });
}

#[test]
fn a_unix_socket_works_so_that_local_tools_do() {
    let line = r#"perl -MSocket -e 'socketpair(A,B,AF_UNIX,SOCK_STREAM,0) or die; print "pair"'"#;
    each(line, |outcome| assert_eq!(out(outcome), "pair"));
}

#[test]
fn files_outside_the_workspace_cannot_be_read() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    fs::write(&secret, "very secret").unwrap();
    let home = std::env::var("HOME").unwrap_or_else(|_| "/root".into());
    let in_home = tempfile::NamedTempFile::new_in(home).unwrap();
    let paths = [secret.as_path(), in_home.path(), "/etc/shadow".as_ref(), "/etc/hosts".as_ref()];
    for path in paths.map(Path::display) {
        each(&format!("cat {path} || ls {path}"), |outcome| {
            assert!(!outcome.exit.success(), "{path}: {}", out(outcome));
            assert!(err(outcome).contains("No such file"), "{path}: {}", err(outcome));
        });
    }
}

#[test]
fn nothing_outside_the_workspace_can_be_written() {
    for path in ["/usr/x", "/etc/x", "/x", "/dev/x", "/proc/x", "/lib/x", "/usr/bin/env"] {
        each(&format!("echo x >> {path}"), |outcome| {
            assert!(!outcome.exit.success(), "{path}");
        });
        assert!(path == "/usr/bin/env" || !fs::exists(path).unwrap());
    }
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x");
    each(&format!("echo x > {}", path.display()), |outcome| assert!(!outcome.exit.success()));
    assert!(!path.exists());
}

#[test]
fn tmp_is_private_and_gone_afterwards() {
    let name = crate::support::marker("tmp");
    each(&format!("echo x > /tmp/{name} && cat /tmp/{name}"), |outcome| {
        assert_eq!(out(outcome), "x");
    });
    assert!(!Path::new("/tmp").join(name).exists());
}

#[test]
fn the_workspace_is_the_same_path_and_what_is_written_stays() {
    for sandbox in adapters() {
        let workspace = workspace();
        fs::create_dir(workspace.path().join("sub dir")).unwrap();
        let mut request = shell(workspace.path(), "pwd; echo kept > file");
        request.cwd = "sub dir".into();
        let outcome = sandbox.run(&request).unwrap();
        let sub = workspace.path().canonicalize().unwrap().join("sub dir");
        assert_eq!(out(&outcome), sub.display().to_string());
        assert_eq!(fs::read_to_string(sub.join("file")).unwrap(), "kept\n");
    }
}

#[test]
fn a_link_out_of_the_workspace_leads_nowhere() {
    for sandbox in adapters() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "very secret").unwrap();
        let workspace = workspace();
        symlink(outside.path(), workspace.path().join("out")).unwrap();
        let line = "cat out/secret; echo x > out/new; echo x > out/secret";
        let outcome = sandbox.run(&shell(workspace.path(), line)).unwrap();
        assert_eq!((outcome.exit.success(), out(&outcome)), (false, String::new()));
        assert_eq!(fs::read_to_string(outside.path().join("secret")).unwrap(), "very secret");
        assert!(!outside.path().join("new").exists());
    }
}

#[test]
fn a_workspace_that_the_runtime_does_not_own_is_refused_and_not_left_to_fail() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED: only root can make a workspace of another user's");
        return;
    }
    for sandbox in adapters() {
        let workspace = workspace();
        chown(workspace.path(), Some(54_321), Some(54_321)).unwrap();
        let refusal = sandbox.run(&shell(workspace.path(), "touch x")).unwrap_err();
        assert_eq!(refusal.code(), "sandbox_set_up");
        assert!(refusal.to_string().contains("write to"), "{refusal}");
    }
}

#[test]
fn a_start_folder_that_leaves_the_workspace_is_refused() {
    for sandbox in adapters() {
        let workspace = workspace();
        for cwd in ["..", "a/../..", "/etc"] {
            let mut request = shell(workspace.path(), "pwd");
            request.cwd = cwd.into();
            assert_eq!(sandbox.run(&request).unwrap_err().code(), "sandbox_invalid_request");
        }
    }
}

#[test]
fn process_folders_are_no_way_out() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    fs::write(&secret, "very secret").unwrap();
    let secret = secret.display();
    let line = format!(
        "cat /proc/1/root{secret} /proc/self/root{secret} /proc/1/cwd{secret} \
         /proc/self/root/../../../..{secret}; ls /proc/1/root; readlink /proc/1/fd/*; \
         cat /proc/1/fd/* /proc/1/environ /proc/1/mem /proc/1/maps"
    );
    each(&line, |outcome| {
        assert_eq!((outcome.exit.success(), out(outcome)), (false, String::new()));
    });
}

#[test]
fn host_processes_are_invisible() {
    let line = "cat /proc/[0-9]*/cmdline | tr '\\0' ' '; echo; ls -d /proc/[0-9]* | wc -l";
    assert!(alive("sandbox"), "the check itself must work");
    each(line, |outcome| {
        let said = out(outcome);
        let count: u32 = said.lines().last().unwrap().parse().unwrap();
        assert!(count <= 6, "{said}");
        assert!(!said.contains("cargo"), "{said}");
    });
}

#[test]
fn the_environment_is_exactly_what_was_asked_for() {
    each("env -u PWD -u SHLVL -u _", |outcome| {
        assert_eq!(out(outcome), "PATH=/usr/local/bin:/usr/bin:/bin");
    });
}

#[test]
fn descriptors_that_the_runtime_inherited_stay_outside() {
    // Run again with a descriptor that whoever started us left open.
    let line = "exec 7</etc/hostname 9>>/dev/null; exec \"$0\" --exact access::listing --ignored \
                --nocapture";
    let test = std::env::current_exe().unwrap();
    let output = Command::new("bash").args(["-c", line]).arg(test).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("[0 1 2 3]") && !said.contains(" 7"), "{said}");
}

#[test]
#[ignore = "the part of another test that runs in a process of its own"]
fn listing() {
    // 3 is the listed folder itself.
    each("echo [$(ls /proc/self/fd)]", |outcome| {
        println!("{}", out(outcome));
        assert_eq!((&outcome.exit, out(outcome)), (&Exit::Code(0), "[0 1 2 3]".to_owned()));
    });
}
