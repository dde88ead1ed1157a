//! What changed between two readings of a manifest.

use std::collections::BTreeSet;

use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::requirement::distance;
use crate::facts::manifest::version::Distance;
use crate::model::closed_table;

closed_table! {
    /// What became of a part of a manifest.
    Bump: "change of a dependency" {
        /// It is new.
        Added = "added",
        /// It says something else; of dependencies, a range that cannot be compared.
        Changed = "changed",
        /// Back to an older version.
        Lowered = "lowered",
        /// To a version that may break what uses it.
        Major = "major",
        /// To a version with more.
        Minor = "minor",
        /// To a version with fixes.
        Patch = "patch",
        /// It is gone.
        Removed = "removed",
        /// It comes from elsewhere, or is other content under the same version.
        Source = "source",
    }
}

/// One part that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartChange {
    /// What it says now.
    pub(crate) after: String,
    /// What it said.
    pub(crate) before: String,
    /// What became of it.
    pub(crate) bump: Bump,
    /// What it is.
    pub(crate) kind: PartKind,
    /// Its name.
    pub(crate) name: String,
}

/// Returns the parts that differ, in order.
pub(crate) fn compare(before: &Parts, after: &Parts) -> Vec<PartChange> {
    let (before, after) = (before.by_name(), after.by_name());
    let names: BTreeSet<&(PartKind, String)> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for key in names {
        let (kind, name) = key;
        let (old, new) = (before.get(key), after.get(key));
        let bump = match (old, new) {
            (Some(old), Some(new)) => bump(*kind, old, new),
            (None, Some(_)) => Some(Bump::Added),
            (Some(_), None) => Some(Bump::Removed),
            (None, None) => None,
        };
        if let Some(bump) = bump {
            changes.push(PartChange {
                after: new.map(said).unwrap_or_default(),
                before: old.map(said).unwrap_or_default(),
                bump,
                kind: *kind,
                name: name.clone(),
            });
        }
    }
    changes
}

fn bump(kind: PartKind, old: &Part, new: &Part) -> Option<Bump> {
    if old == new {
        return None;
    }
    if kind != PartKind::Dependency {
        return Some(Bump::Changed);
    }
    if old.source != new.source {
        return Some(Bump::Source);
    }
    match distance(&old.version, &new.version) {
        // The same version with another hash is another thing.
        Distance::Same if old.pin != new.pin => Some(Bump::Source),
        Distance::Same => None,
        // A hash that is left out is one that nobody checks.
        _ if new.pin.is_empty() && !old.pin.is_empty() => Some(Bump::Source),
        Distance::Patch => Some(Bump::Patch),
        Distance::Minor => Some(Bump::Minor),
        Distance::Major => Some(Bump::Major),
        Distance::Lowered => Some(Bump::Lowered),
        Distance::Unclear => Some(Bump::Changed),
    }
}

fn said(part: &Part) -> String {
    if part.source.is_empty() {
        return part.version.clone();
    }
    [&part.version, " from ", &part.source].concat().trim_start().to_owned()
}
