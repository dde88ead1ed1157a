//! What manifests are taken apart into: dependencies, scripts, and everything else.

use std::collections::BTreeMap;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::tree::Tree;
use crate::facts::manifest::tree::joined;

/// What a part of a manifest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PartKind {
    /// What it depends on, or what builds it, with a version.
    Dependency,
    /// What a tool runs by itself or by name.
    Script,
    /// Anything else.
    Other,
}

/// What one part says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// The hash that it is pinned to.
    pub(crate) pin: String,
    /// Where it comes from; empty for the usual registry.
    pub(crate) source: String,
    /// Its version or range; of a script or anything else, its text.
    pub(crate) version: String,
}

/// The parts of one manifest by kind and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// How often each name of a part that may stand several times has stood.
    counts: BTreeMap<(PartKind, String), usize>,
    parts: BTreeMap<(PartKind, String), Part>,
}

impl Parts {
    /// Adds a part; one that is there already is an error, since tools differ in which counts.
    pub(crate) fn add(
        &mut self,
        kind: PartKind,
        name: impl Into<String>,
        part: Part,
    ) -> Result<(), ManifestError> {
        match self.parts.insert((kind, name.into()), part) {
            None => Ok(()),
            Some(_) => Err(ManifestError::Twice(0)),
        }
    }

    /// Adds a part that may stand several times: each time has its number.
    pub(crate) fn add_again(
        &mut self,
        kind: PartKind,
        name: &str,
        part: Part,
    ) -> Result<(), ManifestError> {
        let count = self.counts.entry((kind, name.to_owned())).or_default();
        *count += 1;
        if *count == 1 {
            return self.add(kind, name, part);
        }
        let numbered = [name, " #", &count.to_string()].concat();
        self.add(kind, numbered, part)
    }

    /// Adds a dependency by version and source.
    pub(crate) fn depend(
        &mut self,
        name: impl Into<String>,
        version: &str,
        source: &str,
    ) -> Result<(), ManifestError> {
        let part =
            Part { pin: String::new(), source: source.to_owned(), version: version.to_owned() };
        self.add(PartKind::Dependency, name, part)
    }

    /// Adds everything in `tree` as it stands.
    pub(crate) fn rest(&mut self, kind: PartKind, way: &str, tree: &Tree) {
        let parts = &mut self.parts;
        tree.visit(way, &mut |way, text| {
            let part = Part { version: text.to_owned(), ..Part::default() };
            parts.insert((kind, way.to_owned()), part);
        });
    }

    /// Adds what stands in the map `tree` except for the keys in `read`.
    pub(crate) fn rest_but(&mut self, way: &str, tree: &Tree, read: &[&str]) {
        for (key, value) in tree.entries() {
            if !read.contains(&key.as_str()) {
                self.rest(PartKind::Other, &joined(way, key), value);
            }
        }
    }

    /// Returns the parts in order.
    pub(crate) const fn by_name(&self) -> &BTreeMap<(PartKind, String), Part> {
        &self.parts
    }
}
