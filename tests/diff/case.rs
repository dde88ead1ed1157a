//! Generated trees of files, and changes to them.

use std::collections::BTreeMap;

use crate::random::Random;

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    File { bytes: Vec<u8>, executable: bool },
    Link(String),
    Submodule(u8),
}

/// Files by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) entries: BTreeMap<String, Entry>,
}

/// Parts of names that are hard to read in a diff.
const NAMES: &[&str] = &[
    "plain.rs",
    "with space.txt",
    " lead",
    "trail ",
    "quo\"te",
    "back\\slash",
    "tab\there",
    "new\nline",
    "ünïcode",
    "日本",
    "\u{1f600}",
    "b",
    "a",
    "x b",
    "dev",
    "null",
    "diff --git a",
    "{a => b}",
    "--- a",
    "\u{7f}",
    "$HOME",
    "'single'",
    "pom.xml",
    "cr\rreturn",
];

/// Lines that look like a diff's own.
const LINES: &[&str] = &[
    "",
    " ",
    "--- a/x",
    "+++ b/x",
    "-- ",
    "@@ -1,2 +3,4 @@",
    "diff --git a/x b/x",
    "\\ No newline at end of file",
    "index 0000000..1111111",
    "GIT binary patch",
    "Binary files a/x and b/x differ",
    "rename from x",
    "fn main() {",
    "}",
    "    let x = 1;",
    "ünïcode",
    "\ttab",
    "ends in cr\r",
    "form\u{c}feed",
    "lone\rcr",
];

impl Tree {
    /// Makes some changes.
    pub(crate) fn change(&mut self, random: &mut Random) {
        for _ in 0..=random.below(9) {
            match random.below(if self.entries.len() > 20 { 10 } else { 7 }) {
                0 | 1 => self.add(random),
                2 | 3 => self.edit(random),
                4 => self.rename(random),
                5 => self.copy(random),
                6 => self.chmod(random),
                _ => self.remove(random),
            }
        }
    }

    /// Returns the text of a file, or where a link points.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        match self.entries.get(path)? {
            Entry::File { bytes, .. } => String::from_utf8(bytes.clone()).ok(),
            Entry::Link(target) => Some(target.clone()),
            Entry::Submodule(_) => None,
        }
    }

    fn any(&self, random: &mut Random) -> Option<String> {
        let paths: Vec<&String> = self.entries.keys().collect();
        (!paths.is_empty()).then(|| random.pick(&paths).clone())
    }

    /// A path at which nothing stands, and none of whose folders is a file.
    fn free(&self, random: &mut Random) -> Option<String> {
        let mut path = String::new();
        for _ in 0..random.below(3) {
            path.push_str(random.pick(NAMES));
            path.push('/');
        }
        path.push_str(random.pick(NAMES));
        if random.once_in(2) {
            path.push_str(&random.below(100).to_string());
        }
        let taken = self.entries.keys().any(|other| {
            *other == path
                || other.starts_with(&format!("{path}/"))
                || path.starts_with(&format!("{other}/"))
        });
        (!taken).then_some(path)
    }

    fn add(&mut self, random: &mut Random) {
        if let Some(path) = self.free(random) {
            self.entries.insert(path, entry(random));
        }
    }

    fn edit(&mut self, random: &mut Random) {
        let Some(path) = self.any(random) else {
            return;
        };
        let replaced = entry(random);
        match self.entries.get_mut(&path) {
            Some(Entry::File { bytes, .. }) if !random.once_in(8) => edit(bytes, random),
            Some(other) => *other = replaced,
            None => {}
        }
    }

    fn rename(&mut self, random: &mut Random) {
        let (Some(from), Some(to)) = (self.any(random), self.free(random)) else {
            return;
        };
        if to.starts_with(&format!("{from}/")) {
            return;
        }
        let mut entry = self.entries.remove(&from).unwrap();
        if let (Entry::File { bytes, executable }, true) = (&mut entry, random.once_in(2)) {
            edit(bytes, random);
            *executable ^= random.once_in(4);
        }
        self.entries.insert(to, entry);
    }

    fn copy(&mut self, random: &mut Random) {
        if let (Some(from), Some(to)) = (self.any(random), self.free(random)) {
            let entry = self.entries[&from].clone();
            self.entries.insert(to, entry);
        }
    }

    fn chmod(&mut self, random: &mut Random) {
        if let Some(path) = self.any(random)
            && let Some(Entry::File { executable, .. }) = self.entries.get_mut(&path)
        {
            *executable ^= true;
        }
    }

    fn remove(&mut self, random: &mut Random) {
        if let Some(path) = self.any(random) {
            self.entries.remove(&path);
        }
    }
}

fn entry(random: &mut Random) -> Entry {
    match random.below(12) {
        0 => Entry::Link(random.pick(&["../x", "/etc/passwd", "plain.rs", "a b"]).to_owned()),
        1 => Entry::Submodule(u8::try_from(random.below(200)).unwrap() + 1),
        2 => {
            let bytes = (0..random.below(300)).map(|_| u8::try_from(random.below(256)).unwrap());
            let mut bytes: Vec<u8> = bytes.collect();
            bytes.push(0);
            Entry::File { bytes, executable: false }
        }
        3 => Entry::File { bytes: Vec::new(), executable: random.once_in(2) },
        _ => {
            let mut bytes = Vec::new();
            for _ in 0..random.below(40) {
                bytes.extend(line(random));
            }
            if random.once_in(4) {
                bytes.extend(b"no newline here");
            }
            Entry::File { bytes, executable: random.once_in(5) }
        }
    }
}

fn line(random: &mut Random) -> Vec<u8> {
    let mut line = random.pick(LINES).to_owned();
    if random.once_in(3) {
        line.push_str(&random.below(50).to_string());
    }
    line.push('\n');
    line.into_bytes()
}

fn edit(bytes: &mut Vec<u8>, random: &mut Random) {
    if bytes.contains(&0) {
        bytes.push(u8::try_from(random.below(256)).unwrap());
        return;
    }
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    for _ in 0..=random.below(4) {
        let at = random.below(lines.len() + 1);
        match random.below(4) {
            0 if at < lines.len() => {
                lines.remove(at);
            }
            1 if at < lines.len() => lines[at] = line(random),
            _ => lines.insert(at, line(random)),
        }
    }
    if random.once_in(6) && lines.last().is_some_and(|last| last.len() > 1) {
        lines.last_mut().unwrap().pop();
    }
    *bytes = lines.concat();
}
