//! Links of the workspace that the host tells of: what a touched name really is.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::facts::glob::folded;
use crate::facts::meet::PathGlob;
use crate::facts::path::Base;
use crate::facts::path::PathDoubt;
use crate::facts::path::joined;

/// Links by their normalised name, its case folded: a file system may not tell cases apart, and a
/// link too many only makes more paths to judge.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    symbolic: BTreeMap<String, String>,
    // Both ways: whichever name is written, the other one's content changes too.
    hard: BTreeMap<String, Vec<Result<String, PathDoubt>>>,
    malformed: BTreeSet<String>,
    // A link whose own name cannot be read may be behind any name.
    unread: Option<PathDoubt>,
}

/// Links followed for one path: more than file systems do, and an end for loops.
const FOLLOWED: usize = 40;

impl Links {
    /// Reads the links of a request.
    pub(crate) fn new(base: &Base, links: &BTreeMap<String, String>) -> Self {
        let mut out = Self::default();
        for (name, link) in links {
            let at = match base.place(&[], name) {
                Ok(at) => joined(&at),
                // No path of the workspace leads over it.
                Err(PathDoubt::Outside | PathDoubt::Home) => continue,
                Err(doubt) => {
                    out.unread = Some(doubt);
                    continue;
                }
            };
            if let Some(target) = link.strip_prefix("symlink:") {
                out.symbolic.insert(key(&at), target.to_owned());
            } else if let Some(target) = link.strip_prefix("hardlink:") {
                let target = base.place(&[], target).map(|names| joined(&names));
                if let Ok(target) = &target {
                    let back = out.hard.entry(key(target)).or_default();
                    back.push(Ok(at.clone()));
                }
                out.hard.entry(key(&at)).or_default().push(target);
            } else {
                out.malformed.insert(key(&at));
            }
        }
        out
    }

    /// Returns true where there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.symbolic.is_empty()
            && self.hard.is_empty()
            && self.malformed.is_empty()
            && self.unread.is_none()
    }

    /// Returns the other paths that touching `text` touches, `text` being relative to the root:
    /// each that a symbolic link leads over, and the other names of the last.
    ///
    /// Walks name by name, as the system does, so that `link/..` is the folder of its target.
    pub(crate) fn targets(&self, base: &Base, text: &str) -> Result<Vec<String>, PathDoubt> {
        if let Some(doubt) = self.unread {
            return Err(doubt);
        }
        let mut at: Vec<String> = Vec::new();
        let mut left: Vec<String> = text.rsplit('/').map(str::to_owned).collect();
        let mut followed = 0;
        let mut found = Vec::new();
        while let Some(name) = left.pop() {
            match name.as_str() {
                "" | "." => continue,
                ".." => {
                    at.pop().ok_or(PathDoubt::Outside)?;
                    continue;
                }
                _ => at.push(name),
            }
            let path = key(&at.join("/"));
            if self.malformed.contains(&path) {
                return Err(PathDoubt::Link);
            }
            if let Some(target) = self.symbolic.get(&path) {
                followed += 1;
                if followed > FOLLOWED {
                    return Err(PathDoubt::Links);
                }
                at.pop();
                // Placed only to see that it stays inside and can be read at all.
                let placed = base.place(&at, target)?;
                let rest = left.iter().rev().filter(|name| !matches!(name.as_str(), "" | "."));
                let passed: Vec<String> = placed.iter().chain(rest).cloned().collect();
                // The target's own folders may be links: walk it from the root.
                at.clear();
                left.extend(placed.into_iter().rev());
                if !passed.iter().any(|name| name == "..") {
                    found.push(joined(&passed));
                }
            }
        }
        let real = joined(&at);
        self.add_other_names(&real, &mut found)?;
        found.push(real);
        let mut seen = BTreeSet::new();
        found.retain(|path| path != text && seen.insert(path.clone()));
        Ok(found)
    }

    /// Returns the names of links that a path with wildcards could stand for, or leads over; all
    /// of them where its wildcards cannot be read.
    pub(crate) fn met_by(&self, glob: &str) -> Vec<String> {
        let glob = PathGlob::new(glob);
        let met = |name: &&String| glob.as_ref().is_none_or(|glob| glob.may_reach(name));
        self.names().filter(met).cloned().collect()
    }

    /// Returns the names of links below a folder.
    pub(crate) fn below(&self, folder: &str) -> Vec<String> {
        let start = if folder == "." { String::new() } else { [&key(folder), "/"].concat() };
        self.names().filter(|name| name.starts_with(&start) && **name != start).cloned().collect()
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        self.symbolic.keys().chain(self.hard.keys()).chain(&self.malformed)
    }

    /// Adds the names that hard links give to the content of `real`, over any number of links.
    fn add_other_names(&self, real: &str, found: &mut Vec<String>) -> Result<(), PathDoubt> {
        let mut seen = BTreeSet::from([key(real)]);
        let mut open = vec![key(real)];
        while let Some(name) = open.pop() {
            for other in self.hard.get(&name).into_iter().flatten() {
                let other = other.clone()?;
                if seen.insert(key(&other)) {
                    open.push(key(&other));
                    found.push(other);
                }
            }
        }
        Ok(())
    }
}

fn key(path: &str) -> String {
    folded(path).into_owned()
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
