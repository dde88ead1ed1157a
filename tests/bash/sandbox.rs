//! A real bash where it can do no harm: no network, no capabilities, nothing to write but an
//! empty folder that is gone afterwards.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "only tests run it")]

use std::io::Write as _;
use std::process::Command;
use std::process::Stdio;

/// Runs `script` in bash with `input`, and returns what it printed.
///
/// The only program there is bash itself, and `PATH` leads nowhere. Names of hosts and processes are its
/// own, the root is read-only, and after `seconds` all of it is killed.
///
/// # Panics
/// Where it cannot be run, such as without bubblewrap, or fails.
pub fn bash(script: &str, input: &[u8], seconds: u32) -> Vec<u8> {
    let mut child = Command::new("timeout")
        .args(["--kill-after=1", &seconds.to_string(), "bwrap"])
        .args(["--unshare-all", "--hostname", "sandbox", "--die-with-parent", "--new-session"])
        .args(["--cap-drop", "ALL", "--clearenv"])
        .args(["--ro-bind", "/usr/lib", "/usr/lib", "--ro-bind-try", "/usr/lib64", "/usr/lib64"])
        .args(["--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64"])
        .args(["--ro-bind", "/bin/bash", "/bin/bash"])
        .args(["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/here", "--dir", "/here/d"])
        .args(["--chdir", "/here"])
        .args(["--remount-ro", "/"])
        .args([
            "--setenv", "HOME", "/home/me", "--setenv", "LC_ALL", "C.UTF-8", "--setenv", "PATH",
            "/nosuch",
        ])
        .args(["/bin/bash", "--noprofile", "--norc", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`timeout` of coreutils is needed");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A script that does not read all of its input is no failure of the sandbox.
    let _ = writer.join().unwrap();
    assert!(
        output.status.success(),
        "bash in its sandbox failed ({}; bubblewrap is needed): {}",
        output.status,
        String::from_utf8_lossy(&output.stderr),
    );
    output.stdout
}

/// Returns `parts`, each followed by NUL: how a script reads a list.
pub fn with_nul<'a>(parts: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        out.extend_from_slice(part.as_bytes());
        out.push(0);
    }
    out
}
