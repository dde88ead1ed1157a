//! Gathers the paths that a request touches, inside the workspace and outside.

use std::collections::BTreeSet;

use crate::facts::command::Touched;
use crate::facts::disguise::is_device;
use crate::facts::disguise::short_stem;
use crate::facts::doubt::Doubts;
use crate::facts::doubt::shown;
use crate::facts::link::Links;
use crate::facts::path::Base;
use crate::facts::path::PathDoubt;
use crate::facts::path::PathFact;
use crate::facts::path::PathTouch;
use crate::facts::path::Placed;
use crate::facts::sensitive::SensitiveKind;
use crate::facts::sensitive::sensitive;
use crate::model::Attribute;

/// The paths gathered so far.
pub(super) struct Places {
    pub(super) base: Base,
    links: Links,
    pub(super) paths: BTreeSet<PathFact>,
    pub(super) outside: BTreeSet<String>,
    pub(super) removals: BTreeSet<String>,
    pub(super) sensitive: BTreeSet<SensitiveKind>,
}

/// What is done to a path.
#[derive(Clone, Copy)]
struct Done {
    touch: PathTouch,
    /// With all below.
    tree: bool,
    /// By force, or with all below: it is among the removals.
    removed: bool,
}

impl Places {
    pub(super) fn new(base: Base, links: Links) -> Self {
        Self {
            base,
            links,
            paths: BTreeSet::new(),
            outside: BTreeSet::new(),
            removals: BTreeSet::new(),
            sensitive: BTreeSet::new(),
        }
    }

    /// Adds a path in every spelling that some system takes for it, and where links lead.
    pub(super) fn add_path(
        &mut self,
        base: &Base,
        text: &str,
        touch: PathTouch,
        doubts: &mut Doubts,
    ) {
        let done = Done { touch, tree: false, removed: false };
        self.add_doubtful(base, text, done, doubts);
    }

    /// Adds a path of which content is shown: what its wildcards could stand for, and, where it
    /// is a `folder`, all below.
    pub(super) fn add_shown(&mut self, base: &Base, text: &str, folder: bool, doubts: &mut Doubts) {
        let done = Done { touch: PathTouch::Read, tree: folder, removed: false };
        self.add_doubtful(base, text, done, doubts);
        for path in base.spellings(text).into_iter().flatten() {
            let mut links = self.links.below(&path);
            if path.contains(WILDCARDS) {
                links.extend(self.links.met_by(&path));
                self.add(path, true, done);
            }
            for link in links {
                self.add_targets(&link, done, doubts);
            }
        }
    }

    fn add_doubtful(&mut self, base: &Base, text: &str, done: Done, doubts: &mut Doubts) {
        let Some(spellings) = self.add_spellings(base, text, done, doubts) else {
            return;
        };
        if doubtful(text, &spellings) {
            let reason = format!("some systems take path `{}` for another", shown(text));
            doubts.dynamic(&Attribute::Paths, reason);
        }
    }

    /// Adds a path in every spelling, and returns them; `None` where it cannot be read.
    fn add_spellings(
        &mut self,
        base: &Base,
        text: &str,
        done: Done,
        doubts: &mut Doubts,
    ) -> Option<Vec<String>> {
        let spellings = match base.spellings(text) {
            Ok(spellings) => spellings,
            Err(doubt) => {
                if let Ok(Placed::Outside(path)) = base.locate(text) {
                    self.add_outside(path);
                }
                doubts.unreadable(&Attribute::Paths, doubt.about(text));
                return None;
            }
        };
        if !self.links.is_empty() {
            for path in spellings.iter().chain(&base.written(text)) {
                self.add_targets(path, done, doubts);
            }
        }
        for path in &spellings {
            for path in long_names(path) {
                self.add(path, true, done);
            }
            self.add(path.clone(), false, done);
        }
        Some(spellings)
    }

    fn add(&mut self, path: String, glob: bool, done: Done) {
        self.paths.insert(PathFact { path, touch: done.touch, glob, tree: done.tree });
    }

    fn add_outside(&mut self, path: String) {
        self.sensitive.extend(sensitive(&path));
        self.outside.insert(path);
    }

    /// Adds a path among the words of a command. One outside the workspace asks where it is only
    /// listed or run, for that is where programs are; its content is out of bounds.
    pub(super) fn add_touched(&mut self, base: &Base, touched: &Touched, doubts: &mut Doubts) {
        let text = touched.text.as_str();
        let placed = base.locate(text);
        if touched.removed {
            self.removals.insert(match &placed {
                Ok(Placed::Inside(path) | Placed::Outside(path)) => path.clone(),
                Err(_) => text.to_owned(),
            });
        }
        let done = Done { touch: touched.touch, tree: touched.gone, removed: touched.removed };
        match placed {
            Ok(Placed::Outside(path)) => {
                let reason = format!("path `{}` is outside the workspace", shown(text));
                if touched.listed {
                    doubts.dynamic(&Attribute::Paths, reason);
                } else {
                    doubts.unreadable(&Attribute::Paths, reason);
                }
                self.add_outside(path);
            }
            Ok(Placed::Inside(path)) if touched.glob => {
                for link in self.links.met_by(&path) {
                    self.add_targets(&link, done, doubts);
                }
                self.add(path, true, done);
            }
            Err(PathDoubt::Nowhere | PathDoubt::Variable | PathDoubt::Home) => {
                let reason = format!("where path `{}` leads is not known", shown(text));
                doubts.dynamic(&Attribute::Paths, reason);
                self.sensitive.extend(sensitive(text));
            }
            // Whatever a name is taken for, its content stays where it is.
            Ok(Placed::Inside(_)) if touched.listed => {
                self.add_spellings(base, text, done, doubts);
            }
            Ok(Placed::Inside(path)) => {
                // A folder is read with the links in it.
                for link in self.links.below(&path) {
                    self.add_targets(&link, done, doubts);
                }
                self.add_doubtful(base, text, done, doubts);
            }
            Err(_) => self.add_doubtful(base, text, done, doubts),
        }
    }

    fn add_targets(&mut self, path: &str, done: Done, doubts: &mut Doubts) {
        match self.links.targets(&self.base, path) {
            Ok(targets) => {
                for path in targets {
                    if done.removed {
                        self.removals.insert(path.clone());
                    }
                    self.add(path, false, done);
                }
            }
            Err(doubt) => {
                let reason = format!("link behind {}", doubt.about(path));
                doubts.unreadable(&Attribute::Paths, reason);
            }
        }
    }
}

/// Returns true where what a path would be taken for looks like a plain name, or is a device of
/// Windows. Words of other scripts hold some letters that look like ASCII, and are none.
fn doubtful(text: &str, spellings: &[String]) -> bool {
    spellings.iter().any(|path| path.rsplit('/').next().is_some_and(is_device))
        || spellings.len() > 1
            && (text.is_ascii() || spellings.iter().skip(1).any(|path| path.is_ascii()))
}

/// Returns a path with each short (8.3) name made a pattern of the long names that it may be,
/// with a dot in front or without.
fn long_names(path: &str) -> Vec<String> {
    if !path.contains('~') || path.contains(['*', '?', '[', '\\']) {
        return Vec::new();
    }
    let with = |start: &str| {
        let mut found = false;
        let mut names: Vec<String> = Vec::new();
        for name in path.split('/') {
            match short_stem(name) {
                Some(stem) => {
                    found = true;
                    names.push([start, stem, "*"].concat());
                }
                None => names.push(name.to_owned()),
            }
        }
        found.then(|| names.join("/"))
    };
    with("").into_iter().chain(with(".")).collect()
}

/// What globs are written with, those of shells and of libraries.
const WILDCARDS: [char; 4] = ['*', '?', '[', '{'];
