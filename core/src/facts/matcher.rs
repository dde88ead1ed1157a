//! Many path patterns at once.

use std::collections::BTreeMap;

use crate::facts::glob::folded;
use crate::facts::meet::PathGlob;
use crate::facts::meet::folder_of;
use crate::facts::path::PathFact;
use crate::facts::path::PathTouch;
use crate::facts::pattern::PathPattern;
use crate::facts::pattern::PatternError;
use crate::facts::source_text::source_text;
use crate::model::ordered::sort;

/// Whether the case of letters counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathCase {
    /// It counts: for what is allowed.
    Exact,
    /// It does not: for what is forbidden.
    Ignore,
}

/// Path patterns, compiled to be asked together which of them cover a path.
///
/// Nothing is looked up on a disk, so every path may be a folder: a pattern for folders only
/// covers the path itself too.
#[derive(Clone, Debug)]
pub struct PathMatcher {
    patterns: Vec<PathPattern>,
    by_name: BTreeMap<String, Vec<usize>>,
    by_first: BTreeMap<String, Vec<usize>>,
    others: Vec<usize>,
    case: PathCase,
}

impl PathMatcher {
    /// Compiles patterns; the place of each in `patterns` is the index that matches tell.
    ///
    /// # Errors
    /// Where a pattern is refused, as by [`PathPattern::new`].
    pub fn new<'p>(
        patterns: impl Iterator<Item = &'p str>,
        case: PathCase,
    ) -> Result<Self, PatternError> {
        let mut matcher = Self {
            patterns: Vec::new(),
            by_name: BTreeMap::new(),
            by_first: BTreeMap::new(),
            others: Vec::new(),
            case,
        };
        for (index, text) in patterns.enumerate() {
            let pattern = PathPattern::with_case(text, case)?;
            if let Some(name) = pattern.name_anywhere() {
                let indices = matcher.by_name.entry(name.to_owned()).or_default();
                indices.push(index);
            } else if let Some(name) = pattern.first_name() {
                let indices = matcher.by_first.entry(name.to_owned()).or_default();
                indices.push(index);
            } else {
                matcher.others.push(index);
            }
            matcher.patterns.push(pattern);
        }
        Ok(matcher)
    }

    /// Returns true where there are no patterns.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Returns the indices of the patterns that cover `path`, lowest first.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        let mut found = Vec::new();
        self.visit(path, |index| {
            found.push(index);
            true
        });
        sort(&mut found);
        found.dedup();
        found
    }

    /// Returns the lowest index of the patterns that cover `path`.
    pub fn first(&self, path: &str) -> Option<usize> {
        let mut lowest: Option<usize> = None;
        self.visit(path, |index| {
            lowest = Some(lowest.map_or(index, |other| other.min(index)));
            true
        });
        lowest
    }

    /// Returns true where any pattern covers `path`.
    pub fn is_match(&self, path: &str) -> bool {
        let mut found = false;
        self.visit(path, |_| {
            found = true;
            false
        });
        found
    }

    /// Returns the lowest index of the patterns that cover a file which a path with wildcards
    /// could stand for; the first where its wildcards cannot be read.
    pub fn first_met(&self, glob: &str) -> Option<usize> {
        self.met_by(PathGlob::new(glob))
    }

    /// Returns the lowest index of the patterns that meet what is touched: its path, what its
    /// wildcards could stand for, and, where all below goes with it, what certainly lies there.
    pub(crate) fn first_touched(&self, fact: &PathFact) -> Option<usize> {
        let found = if fact.glob && fact.touch == PathTouch::Read {
            let glob = source_text(&fact.path);
            self.first_met(glob.as_deref().unwrap_or(&fact.path))
        } else if fact.glob {
            self.first_met(&fact.path)
        } else {
            self.first(&fact.path)
        };
        found.or_else(|| if fact.tree { self.first_below(&fact.path) } else { None })
    }

    /// Returns the index of a pattern that meets what is shown: its path, whatever its wildcards
    /// could stand for to whoever reads them, and what could lie below it.
    pub(crate) fn first_shown(&self, fact: &PathFact) -> Option<usize> {
        let below = if fact.glob {
            self.met_by(PathGlob::widest(&fact.path, fact.tree))
        } else if fact.tree {
            self.met_by(Some(PathGlob::below(&fact.path)))
        } else {
            None
        };
        below.or_else(|| self.first(&fact.path)).or_else(|| self.first_below(&fact.path))
    }

    fn met_by(&self, glob: Option<PathGlob>) -> Option<usize> {
        match glob {
            Some(glob) => self.patterns.iter().position(|pattern| glob.may_meet(pattern)),
            None => (!self.patterns.is_empty()).then_some(0),
        }
    }

    /// Returns the lowest index of the patterns whose paths lie below a folder. Patterns for any
    /// depth could have paths in every folder, and tell nothing.
    fn first_below(&self, folder: &str) -> Option<usize> {
        if folder == "." {
            return (!self.patterns.is_empty()).then_some(0);
        }
        let below = PathGlob::new(&[folder, "/**"].concat())?;
        self.patterns
            .iter()
            .position(|pattern| pattern.first_name().is_some() && below.may_meet(pattern))
    }

    /// Returns true where one pattern covers every file that a path with wildcards could stand
    /// for.
    pub fn covers_glob(&self, glob: &str) -> bool {
        let folder = folder_of(glob);
        self.patterns.iter().any(|pattern| pattern.covers_all_in(folder))
    }

    /// Calls `found` with each pattern that covers `path`, in no order, until it says false.
    fn visit(&self, path: &str, mut found: impl FnMut(usize) -> bool) {
        let path = path.strip_suffix('/').unwrap_or(path);
        let folded_path;
        let path = match self.case {
            PathCase::Exact => path,
            PathCase::Ignore => {
                folded_path = folded(path);
                &folded_path
            }
        };
        if !self.by_name.is_empty() {
            for name in path.split('/') {
                for index in self.by_name.get(name).into_iter().flatten() {
                    if !found(*index) {
                        return;
                    }
                }
            }
        }
        let first = path.split('/').next().unwrap_or_default();
        let by_first = self.by_first.get(first).into_iter().flatten();
        for index in by_first.chain(&self.others) {
            let covered =
                self.patterns.get(*index).is_some_and(|pattern| pattern.covers(path, true));
            if covered && !found(*index) {
                return;
            }
        }
    }
}
