//! Runs the command and keeps what it printed.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use tempfile::TempDir;

/// What a run of the command gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) err: String,
    pub(crate) out: String,
}

impl Ran {
    /// Returns standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// Returns each line of standard output as JSON.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let lines = self.out.lines();
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Runs the command in `dir`.
pub(crate) fn bailiwick(dir: &Path, args: &[&str]) -> Ran {
    feed(dir, args, b"")
}

/// Runs the command in `dir` with something on standard input.
pub(crate) fn feed(dir: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = command(dir, args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that refuses its arguments does not read: that is no failure of the test.
    let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        code: output.status.code(),
        err: String::from_utf8(output.stderr).unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
    }
}

/// Returns the command with its streams piped.
pub(crate) fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command
        .current_dir(dir)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Returns a folder that holds `p`, as `init` writes it.
pub(crate) fn initialised() -> TempDir {
    let dir = TempDir::new().unwrap();
    assert_eq!(bailiwick(dir.path(), &["init", "p"]).code, Some(0));
    dir
}

/// Replaces a text that stands in a file.
pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} does not stand in {path:?}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Writes a file and the folders around it.
pub(crate) fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Returns a path of the fixtures.
pub(crate) fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../policy-fixtures")
        .join(path)
        .canonicalize()
        .unwrap()
}
