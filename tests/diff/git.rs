//! The real git, on a repository of its own, with nobody's settings.

use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use bailiwick::ChangeStatus;
use tempfile::TempDir;

use crate::case::Entry;
use crate::case::Tree;

/// One row of what git counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) added: Option<u32>,
    pub(crate) executable: bool,
    pub(crate) from: Option<String>,
    pub(crate) path: String,
    pub(crate) removed: Option<u32>,
    pub(crate) status: ChangeStatus,
    pub(crate) submodule: bool,
    pub(crate) type_changed: bool,
}

/// A repository without a working tree.
pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    /// Makes one.
    pub(crate) fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        repository.run(&["init", "--quiet", "--bare", "."], None);
        repository
    }

    fn run(&self, words: &[&str], input: Option<&[u8]>) -> Vec<u8> {
        let mut command = Command::new("git");
        command.args(words).current_dir(self.folder.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", self.folder.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.unwrap_or_default().to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        assert!(output.status.success(), "git {words:?}");
        output.stdout
    }

    /// Stores trees, and returns their names.
    pub(crate) fn store(&self, trees: &[Tree]) -> Vec<String> {
        let mut stream = Vec::new();
        for tree in trees {
            stream.extend(b"commit refs/heads/x\ncommitter a <a@example.com> 0 +0000\ndata 0\n\n");
            stream.extend(b"deleteall\n");
            for (path, entry) in &tree.entries {
                write(&mut stream, &quoted(path), entry);
            }
            stream.extend(b"\n");
        }
        self.run(&["fast-import", "--quiet", "--force"], Some(&stream));
        let names = self.run(&["rev-list", "--reverse", "refs/heads/x"], None);
        String::from_utf8(names).unwrap().lines().map(str::to_owned).collect()
    }

    /// Returns the diff of two trees.
    pub(crate) fn diff(&self, setting: &str, way: &[&str], before: &str, after: &str) -> String {
        let mut words = vec!["-c", setting, "diff", "--no-color", "--no-ext-diff"];
        words.extend(way);
        words.extend([before, after]);
        String::from_utf8_lossy(&self.run(&words, None)).into_owned()
    }

    /// Returns a listing of the files that differ.
    pub(crate) fn listing(&self, format: &str, way: &[&str], before: &str, after: &str) -> String {
        let mut words = vec!["diff", format, "-z"];
        words.extend(way.iter().filter(|word| !word.starts_with("-U") && **word != "--binary"));
        words.extend([before, after]);
        String::from_utf8(self.run(&words, None)).unwrap()
    }

    /// Returns what git counts, file by file, in its order.
    pub(crate) fn rows(&self, raw: &str, way: &[&str], before: &str, after: &str) -> Vec<Row> {
        let numbers = self.listing("--numstat", way, before, after);
        let mut raw = raw.split_terminator('\0');
        let mut numbers = numbers.split_terminator('\0');
        let mut rows = Vec::new();
        while let Some(head) = raw.next() {
            let words: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
            let status = match &words[4][..1] {
                "A" => ChangeStatus::Added,
                "C" => ChangeStatus::Copied,
                "D" => ChangeStatus::Deleted,
                "R" => ChangeStatus::Renamed,
                "M" | "T" => ChangeStatus::Modified,
                other => panic!("status {other}"),
            };
            let first = raw.next().unwrap().to_owned();
            let moved = matches!(status, ChangeStatus::Copied | ChangeStatus::Renamed);
            let (from, path) = match moved {
                true => (Some(first), raw.next().unwrap().to_owned()),
                false => (None, first),
            };
            let counts: Vec<&str> = numbers.next().unwrap().splitn(3, '\t').collect();
            if moved {
                assert_eq!(numbers.next(), from.as_deref());
                assert_eq!(numbers.next(), Some(path.as_str()));
            } else {
                assert_eq!(counts[2], path);
            }
            // A binary file that stays the same has no lines to count; a diff shows nothing of it.
            let same = words[2] == words[3];
            let count = |text: &str| text.parse().ok().or(same.then_some(0));
            rows.push(Row {
                added: count(counts[0]),
                executable: words[1] == "100755" && words[0] != "100755",
                from,
                path,
                removed: count(counts[1]),
                status,
                submodule: words[0] == "160000" || words[1] == "160000",
                type_changed: words[4].starts_with('T'),
            });
        }
        rows
    }
}

/// Writes one entry of a tree for fast-import.
fn write(stream: &mut Vec<u8>, name: &str, entry: &Entry) {
    let (mode, bytes) = match entry {
        Entry::File { bytes, executable: false } => ("100644", bytes.as_slice()),
        Entry::File { bytes, executable: true } => ("100755", bytes.as_slice()),
        Entry::Link(target) => ("120000", target.as_bytes()),
        Entry::Submodule(number) => {
            stream.extend(format!("M 160000 {number:040x} {name}\n").into_bytes());
            return;
        }
    };
    stream.extend(format!("M {mode} inline {name}\ndata {}\n", bytes.len()).into_bytes());
    stream.extend(bytes);
    stream.push(b'\n');
}

/// Writes a path for fast-import.
fn quoted(path: &str) -> String {
    let mut out = String::from("\"");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' | b'\n' => out.push_str(&format!("\\{byte:03o}")),
            other if other.is_ascii() => out.push(char::from(other)),
            other => out.push_str(&format!("\\{other:03o}")),
        }
    }
    out.push('"');
    out
}
