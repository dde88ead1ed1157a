//! Paths, normalised lexically against the workspace.

use serde::Serialize;

use crate::facts::disguise::plain_component;
use crate::facts::disguise::plain_text;
use crate::facts::doubt::shown;
use crate::facts::host::percent_decoded;
use crate::facts::nfc::nfc;

/// What is done to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathTouch {
    /// It is read.
    Read,
    /// It is written, moved or deleted.
    Change,
    /// It is read or changed.
    Either,
}

/// A path that would be touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PathFact {
    /// The path: relative to the root of the workspace (which itself is `.`), parted by `/`,
    /// without `.` and `..`, Unicode NFC, its case as given.
    pub path: String,
    /// What is done to it.
    pub touch: PathTouch,
}

/// Why a path cannot be placed in the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PathDoubt {
    #[error("is empty")]
    Empty,
    #[error("is too long")]
    TooLong,
    #[error("has control characters or marks that hide text")]
    Control,
    #[error("starts at a home folder")]
    Home,
    #[error("starts with a variable")]
    Variable,
    #[error("names a drive or another machine")]
    Drive,
    #[error("does not decode to text")]
    Encoding,
    #[error("leaves the workspace")]
    Outside,
    #[error("is relative to a working directory that is outside the workspace")]
    Nowhere,
    #[error("goes through too many links")]
    Links,
    #[error("is a link that is neither `symlink:` nor `hardlink:`")]
    Link,
}

impl PathDoubt {
    /// Returns the doubt in words, with the path it is about.
    pub(crate) fn about(self, path: &str) -> String {
        format!("path `{}` {self}", shown(path))
    }
}

const LONGEST_PATH: usize = 4096;
const LONGEST_NAME: usize = 255;

/// The workspace, and the folder in it that relative paths start at.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    root: Option<Vec<String>>,
    here: Option<Vec<String>>,
}

impl Base {
    /// Reads the workspace and the working directory.
    pub(crate) fn new(workspace: Option<&str>, cwd: Option<&str>) -> Self {
        let root = workspace.and_then(absolute);
        let mut base = Self { root, here: Some(Vec::new()) };
        if let Some(cwd) = cwd {
            base.here = base.place(&[], cwd).ok();
        }
        base
    }

    /// Returns this base with its working directory moved to `folder`.
    pub(crate) fn moved(&self, folder: &str) -> Self {
        let here = self.here.as_ref().and_then(|here| self.place(here, folder).ok());
        Self { root: self.root.clone(), here }
    }

    /// Returns the base whose working directory is the root of the workspace.
    pub(crate) fn top(&self) -> Self {
        self.within(Vec::new())
    }

    /// Returns the base whose working directory is the folder of those names.
    pub(crate) fn within(&self, folder: Vec<String>) -> Self {
        Self { root: self.root.clone(), here: Some(folder) }
    }

    /// Returns every spelling of a path, the plain one first.
    pub(crate) fn spellings(&self, text: &str) -> Result<Vec<String>, PathDoubt> {
        let relative = !text.starts_with(['/', '\\']);
        match &self.here {
            Some(here) => self.spellings_from(here, text),
            None if relative => Err(PathDoubt::Nowhere),
            None => self.spellings_from(&[], text),
        }
    }

    /// Returns the names of a path from the root as they are written, `..` included; `None`
    /// where the path does not start in the workspace.
    pub(crate) fn written(&self, text: &str) -> Option<String> {
        let text = text.replace('\\', "/");
        let Some(rest) = text.strip_prefix('/') else {
            let mut names = self.here.clone()?;
            names.push(text);
            return Some(names.join("/"));
        };
        let mut names = rest.split('/').filter(|name| !matches!(*name, "" | "."));
        for expected in self.root.as_deref()? {
            if names.next() != Some(expected) {
                return None;
            }
        }
        Some(names.collect::<Vec<_>>().join("/"))
    }

    fn spellings_from(&self, from: &[String], text: &str) -> Result<Vec<String>, PathDoubt> {
        let plain = self.place(from, text)?;
        let mut found = vec![joined(&plain)];
        let mut add = |path: Vec<String>| {
            let path = joined(&path);
            if !found.contains(&path) {
                found.push(path);
            }
        };
        let decoded = percent_decoded(text).ok_or(PathDoubt::Encoding)?;
        if decoded != text {
            add(self.place(from, &decoded)?);
        }
        let open = plain_text(&decoded);
        let placed = match &open {
            Some(open) => self.place(from, open)?,
            None if decoded != text => self.place(from, &decoded)?,
            None => plain,
        };
        if open.is_some() || placed.iter().any(|name| plain_component(name).is_some()) {
            add(undisguised(&placed)?);
        }
        Ok(found)
    }

    /// Returns the names from the root to `text`, read from the folder `from`.
    pub(crate) fn place(&self, from: &[String], text: &str) -> Result<Vec<String>, PathDoubt> {
        check(text)?;
        let mut names: Vec<String> = Vec::new();
        let absolute = text.starts_with(['/', '\\']);
        let root = match (&self.root, absolute) {
            (None, true) => return Err(PathDoubt::Outside),
            (None, false) => [].as_slice(),
            (Some(root), _) => root.as_slice(),
        };
        if !absolute {
            names.extend(root.iter().chain(from).cloned());
        }
        for name in text.split(['/', '\\']) {
            match name {
                "" | "." => {}
                ".." => {
                    if names.pop().is_none() && self.root.is_none() {
                        return Err(PathDoubt::Outside);
                    }
                }
                name if name.len() > LONGEST_NAME => return Err(PathDoubt::TooLong),
                name => names.push(nfc(name)),
            }
        }
        match names.get(..root.len()) {
            Some(start) if start == root => Ok(names.split_off(root.len())),
            Some(_) | None => Err(PathDoubt::Outside),
        }
    }
}

/// Returns the path of those names; the root is `.`.
pub(crate) fn joined(names: &[String]) -> String {
    if names.is_empty() { ".".to_owned() } else { names.join("/") }
}

/// Takes the disguises off each name; `..` that comes to light goes up.
fn undisguised(names: &[String]) -> Result<Vec<String>, PathDoubt> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        match plain_component(name).as_deref() {
            None => out.push(name.clone()),
            Some("" | ".") => {}
            Some("..") => {
                out.pop().ok_or(PathDoubt::Outside)?;
            }
            Some(plain) => out.push(plain.to_owned()),
        }
    }
    Ok(out)
}

fn absolute(path: &str) -> Option<Vec<String>> {
    let rest = path.strip_prefix('/')?;
    let mut names: Vec<String> = Vec::new();
    for name in rest.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(nfc(name)),
        }
    }
    Some(names)
}

fn check(text: &str) -> Result<(), PathDoubt> {
    if text.is_empty() {
        return Err(PathDoubt::Empty);
    }
    if text.len() > LONGEST_PATH {
        return Err(PathDoubt::TooLong);
    }
    if text.chars().any(|c| c.is_control() || is_bidi(c)) {
        return Err(PathDoubt::Control);
    }
    let mut start = text.chars();
    match (start.next(), start.next()) {
        (Some('~'), _) => Err(PathDoubt::Home),
        (Some('$'), Some(c)) if c == '{' || c == '(' || c == '_' || c.is_ascii_alphabetic() => {
            Err(PathDoubt::Variable)
        }
        (Some('%'), Some(_)) if is_percent_variable(text) => Err(PathDoubt::Variable),
        (Some('/' | '\\'), Some('/' | '\\')) => Err(PathDoubt::Drive),
        (Some(c), Some(':')) if c.is_ascii_alphabetic() => Err(PathDoubt::Drive),
        _ => Ok(()),
    }
}

/// Returns true for `%NAME%…`, as Windows writes variables.
fn is_percent_variable(text: &str) -> bool {
    let Some((name, _)) = text.get(1..).and_then(|rest| rest.split_once('%')) else {
        return false;
    };
    name.len() > 2 && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

/// Returns true for marks that turn the direction of text around.
pub(crate) const fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}
