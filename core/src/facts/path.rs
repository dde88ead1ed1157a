//! Paths, normalised lexically against the workspace.

use serde::Deserialize;
use serde::Serialize;

use crate::facts::disguise::plain_component;
use crate::facts::disguise::plain_text;
use crate::facts::doubt::shown;
use crate::facts::host::percent_decoded;
use crate::facts::nfc::nfc;

/// What is done to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathFact {
    /// The path: relative to the root of the workspace (which itself is `.`), parted by `/`,
    /// without `.` and `..`, Unicode NFC, its case as given.
    pub path: String,
    /// What is done to it.
    pub touch: PathTouch,
    /// It has wildcards: it stands for every file that the shell would put there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub glob: bool,
    /// It is removed or moved: what lies below goes with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tree: bool,
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
    #[error("has a variable or a command in it")]
    Variable,
    #[error("is a URL")]
    Url,
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
/// Disguises on top of each other that are taken off.
const DISGUISES: usize = 4;

/// Where a path lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    /// In the workspace: its names from the root of the workspace, which itself is `.`.
    Inside(String),
    /// Elsewhere on the machine: from its root, or from a home folder as `~` or `~name`.
    Outside(String),
}

/// The workspace, and the folder that relative paths start at.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    root: Option<Vec<String>>,
    here: Option<Vec<String>>,
    // The working directory where it is not in the workspace and yet known.
    elsewhere: Option<String>,
}

impl Base {
    /// Reads the workspace and the working directory.
    pub(crate) fn new(workspace: Option<&str>, cwd: Option<&str>) -> Self {
        let root = workspace.and_then(absolute);
        let base = Self { root, here: Some(Vec::new()), elsewhere: None };
        match cwd {
            Some(cwd) => base.moved(cwd),
            None => base,
        }
    }

    /// Returns this base with its working directory moved to `folder`.
    pub(crate) fn moved(&self, folder: &str) -> Self {
        let (here, elsewhere) = match self.locate(folder) {
            Ok(Placed::Inside(path)) if path == "." => (Some(Vec::new()), None),
            Ok(Placed::Inside(path)) => (Some(path.split('/').map(str::to_owned).collect()), None),
            Ok(Placed::Outside(path)) => (None, Some(path)),
            Err(_) => (None, None),
        };
        Self { root: self.root.clone(), here, elsewhere }
    }

    /// Returns true where the working directory is not in the workspace, or not known.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.here.is_none()
    }

    /// Returns where a path lies, inside or outside, as it is written: `~` and `$HOME` are the home
    /// folder, and no disguise is taken off.
    pub(crate) fn locate(&self, text: &str) -> Result<Placed, PathDoubt> {
        let home = text.strip_prefix("$HOME").or_else(|| text.strip_prefix("${HOME}"));
        if let Some(rest) = home.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            return self.locate(&format!("~{rest}"));
        }
        let checked = match text.strip_prefix('~') {
            // `~+` and `~-` are the working directory and the one before.
            Some(rest) if rest.starts_with(['+', '-']) => return Err(PathDoubt::Home),
            Some(rest) => rest.trim_start_matches('/'),
            None => text,
        };
        if !checked.is_empty() || !text.starts_with('~') {
            check(checked)?;
        }
        let relative = !text.starts_with(['/', '\\', '~']);
        if relative && self.here.is_none() {
            let folder = self.elsewhere.as_deref().ok_or(PathDoubt::Nowhere)?;
            return self.locate(&format!("{folder}/{text}"));
        }
        let mut names: Vec<String> = Vec::new();
        if relative {
            names.extend(self.root.iter().flatten().chain(self.here.iter().flatten()).cloned());
        }
        let mut written = text.split(['/', '\\']);
        let home = if text.starts_with('~') { written.next() } else { None };
        for name in written {
            match name {
                "" | "." => {}
                ".." if names.last().is_some_and(|last| last != "..") => {
                    names.pop();
                }
                // Above a home folder is known only to lie above it; above the root is the root.
                ".." if home.is_some() => names.push("..".to_owned()),
                ".." if self.root.is_none() && relative => return Err(PathDoubt::Outside),
                ".." => {}
                name if name.len() > LONGEST_NAME => return Err(PathDoubt::TooLong),
                name => names.push(nfc(name)),
            }
        }
        if let Some(home) = home {
            names.insert(0, home.to_owned());
            return Ok(Placed::Outside(names.join("/")));
        }
        let depth = self.root.as_ref().map_or(0, Vec::len);
        let inside = match &self.root {
            Some(root) => names.get(..depth) == Some(root.as_slice()),
            None => relative,
        };
        if inside {
            return Ok(Placed::Inside(joined(&names.split_off(depth))));
        }
        Ok(Placed::Outside(format!("/{}", names.join("/"))))
    }

    /// Returns the base whose working directory is the root of the workspace.
    pub(crate) fn top(&self) -> Self {
        self.within(Vec::new())
    }

    /// Returns the base whose working directory is the folder of those names.
    pub(crate) fn within(&self, folder: Vec<String>) -> Self {
        Self { root: self.root.clone(), here: Some(folder), elsewhere: None }
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
        let mut found: Vec<String> = Vec::new();
        let mut add = |names: &[String]| {
            let path = joined(names);
            if !found.contains(&path) {
                found.push(path);
            }
        };
        let mut text = text.to_owned();
        // One disguise may hide another: `%2567it` is `%67it` is `git`.
        for _ in 0..DISGUISES {
            let placed = self.place(from, &text)?;
            add(&placed);
            if placed.iter().any(|name| plain_component(name).is_some()) {
                add(&undisguised(&placed)?);
            }
            let decoded = percent_decoded(&text).ok_or(PathDoubt::Encoding)?;
            let next = match plain_text(&decoded) {
                Some(plain) => {
                    add(&self.place(from, &decoded)?);
                    plain
                }
                None => decoded,
            };
            if next == text {
                return Ok(found);
            }
            text = next;
        }
        Err(PathDoubt::Encoding)
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
    if text.contains("${") || text.contains("$(") {
        return Err(PathDoubt::Variable);
    }
    if is_url(text) {
        return Err(PathDoubt::Url);
    }
    let mut start = text.chars();
    match (start.next(), start.next()) {
        (Some('~'), _) => Err(PathDoubt::Home),
        (Some('$'), Some(c)) if c == '_' || c.is_ascii_alphabetic() => Err(PathDoubt::Variable),
        (Some('%'), Some(_)) if is_percent_variable(text) => Err(PathDoubt::Variable),
        (Some('/' | '\\'), Some('/' | '\\')) => Err(PathDoubt::Drive),
        (Some(c), Some(':')) if c.is_ascii_alphabetic() => Err(PathDoubt::Drive),
        _ => Ok(()),
    }
}

/// Returns true for `scheme://…`, and for `file:…` in any form.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let scheme_like = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (rest.starts_with("//") && scheme_like && scheme.chars().all(plain))
        || scheme.eq_ignore_ascii_case("file")
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

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
