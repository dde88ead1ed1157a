//! Applies the patch of a package to its base commit, by git, without a working tree: nothing of the
//! repository is checked out, and nothing of it is run.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use bailiwick_wire::Package;
use bailiwick_wire::WireError;

/// What a patch came to.
pub(crate) struct Replayed {
    expected: String,
    tree: String,
}

impl Replayed {
    /// Returns true where the tree is the one that the run committed.
    pub(crate) fn same(&self) -> bool {
        self.expected == self.tree
    }

    /// Returns what is said of it.
    pub(crate) fn sentence(&self) -> String {
        if self.same() {
            return format!("the patch applies to the base commit and gives tree {}", self.tree);
        }
        format!("the patch gives tree {}, and the run committed tree {}", self.tree, self.expected)
    }
}

/// Applies the patch, and returns the tree that it gives beside the one that the run committed.
pub(crate) fn replay(package: &Package) -> Result<Replayed, WireError> {
    let expected = package.details("tool.called", "tree").pop();
    let expected = expected.ok_or_else(|| failed("no event names the tree of the change"))?;
    let base = package.details("repository.cloned", "commit").pop();
    let base = base.ok_or_else(|| failed("no event names the base commit"))?;
    if !base.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(failed("the base commit is no object name"));
    }
    let folder = tempfile::tempdir().map_err(|error| failed(&error.to_string()))?;
    let git = Git(folder.path());
    git.run(&["init", "--quiet", "--bare", "."], b"")?;
    let pack = package.file("base.pack").unwrap_or_default();
    git.run(&["index-pack", "--stdin", "--fsck-objects"], pack)?;
    git.run(&["read-tree", &format!("{base}^{{tree}}")], b"")?;
    let patch = package.file("patch.diff").unwrap_or_default();
    if !patch.is_empty() {
        git.run(&["apply", "--cached", "--whitespace=nowarn", "-"], patch)?;
    }
    // Files that the patch does not touch are not in the pack: only their names are needed.
    let tree = git.run(&["write-tree", "--missing-ok"], b"")?;
    Ok(Replayed { expected, tree: tree.trim().to_owned() })
}

/// git in a folder of its own, which obeys nobody's settings.
struct Git<'a>(&'a Path);

impl Git<'_> {
    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<String, WireError> {
        let output = self.output(arguments, input).map_err(|error| failed(&error.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said: String = said.lines().next().unwrap_or_default().chars().take(200).collect();
            let what = arguments.iter().find(|word| !word.starts_with('-') && !word.contains('='));
            return Err(failed(&format!("git {}: {said}", what.unwrap_or(&""))));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn output(&self, arguments: &[&str], input: &[u8]) -> std::io::Result<Output> {
        let mut command = Command::new("git");
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]);
        command.args(arguments).current_dir(self.0).env_clear().env("PATH", path);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_DIR", self.0).env("GIT_TERMINAL_PROMPT", "0").env("HOME", self.0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A git that ended early says why itself.
            let _ = stdin.write_all(input);
        }
        child.wait_with_output()
    }
}

fn failed(why: &str) -> WireError {
    WireError::new("replay_failed", format!("the patch cannot be applied: {why}"))
}
