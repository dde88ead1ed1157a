//! Links of the workspace that the host tells of: what a touched name really is.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::facts::path::Base;
use crate::facts::path::PathDoubt;
use crate::facts::path::joined;

/// Links by their normalised name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    symbolic: BTreeMap<String, String>,
    // Both ways: whichever name is written, the other one's content changes too.
    hard: BTreeMap<String, Vec<Result<String, PathDoubt>>>,
    malformed: BTreeSet<String>,
}

/// Links followed for one path: more than file systems do, and an end for loops.
const FOLLOWED: usize = 40;

impl Links {
    /// Reads the links of a request.
    pub(crate) fn new(base: &Base, links: &BTreeMap<String, String>) -> Self {
        let mut out = Self::default();
        for (name, link) in links {
            let Ok(at) = base.place(&[], name) else {
                continue;
            };
            let at = joined(&at);
            if let Some(target) = link.strip_prefix("symlink:") {
                out.symbolic.insert(at, target.to_owned());
            } else if let Some(target) = link.strip_prefix("hardlink:") {
                let target = base.place(&[], target).map(|names| joined(&names));
                if let Ok(target) = &target {
                    let back = out.hard.entry(target.clone()).or_default();
                    back.push(Ok(at.clone()));
                }
                out.hard.entry(at).or_default().push(target);
            } else {
                out.malformed.insert(at);
            }
        }
        out
    }

    /// Returns true where there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.symbolic.is_empty() && self.hard.is_empty() && self.malformed.is_empty()
    }

    /// Returns the other paths that touching `text` touches, `text` being relative to the root.
    /// Walks name by name, as the system does, so that `link/..` is the folder of its target.
    pub(crate) fn targets(&self, base: &Base, text: &str) -> Result<Vec<String>, PathDoubt> {
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
            let path = at.join("/");
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
                at = placed;
                // The target's own folders may be links: walk it from the root.
                left.extend(at.drain(..).rev());
            }
        }
        let real = joined(&at);
        for other in self.hard.get(&real).into_iter().flatten() {
            found.push(other.clone()?);
        }
        if real != text {
            found.push(real);
        }
        Ok(found)
    }
}
