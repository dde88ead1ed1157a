//! Locks go with their manifests.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::facts::change::classify::Verdict;
use crate::facts::change::file::FileFacts;
use crate::facts::change::origin::below;
use crate::facts::manifest::Bump;
use crate::facts::manifest::ManifestKind;
use crate::facts::manifest::PartKind;
use crate::model::ChangeClass;

/// What a manifest can make of a lock that changes with it.
const DEPENDENCIES: &[ChangeClass] = &[
    ChangeClass::DependencyChange,
    ChangeClass::DependencyMajorUpgrade,
    ChangeClass::DependencyPatchMinor,
];

/// Gives each lock the classes of the manifests that it is written from, where one of them
/// changes a dependency: what comes, goes and moves in it follows from theirs. Content that is
/// swapped under the same version, and scripts that run at install, stay what they are.
pub(crate) fn companions(files: &[FileFacts], verdicts: &mut [Verdict]) {
    let mut manifests: BTreeMap<(Family, ChangeClass), BTreeSet<String>> = BTreeMap::new();
    for (file, verdict) in files.iter().zip(verdicts.iter()) {
        let path = file.path.to_lowercase();
        let Some(kind) = ManifestKind::of(&path).filter(|kind| !kind.is_lock()) else {
            continue;
        };
        for (class, _) in verdict.certain.iter().filter(|(class, _)| DEPENDENCIES.contains(class)) {
            manifests.entry((Family::of(kind), *class)).or_default().insert(path.clone());
        }
    }
    for (file, verdict) in files.iter().zip(verdicts.iter_mut()) {
        let path = file.path.to_lowercase();
        let Some(kind) = ManifestKind::of(&path).filter(|kind| kind.is_lock()) else {
            continue;
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let family = family_of_lock(kind, &path);
        let leads = |class: &ChangeClass| {
            manifests.get(&(family, *class)).is_some_and(|paths| below(paths, folder))
        };
        let led_by: Vec<ChangeClass> =
            DEPENDENCIES.iter().copied().filter(|class| leads(class)).collect();
        if !led_by.is_empty() && verdict.possible.is_empty() {
            follow(verdict, &led_by);
        }
    }
}

fn follow(verdict: &mut Verdict, led_by: &[ChangeClass]) {
    let swapped = verdict.parts.iter().any(|part| {
        part.kind == PartKind::Dependency && matches!(part.bump, Bump::Source | Bump::Lowered)
    });
    verdict.certain.retain(|(class, _)| {
        !DEPENDENCIES.contains(class) || (swapped && *class == ChangeClass::DependencyChange)
    });
    for class in led_by {
        if !verdict.certain.iter().any(|(other, _)| other == class) {
            verdict.certain.push((*class, "it follows from its manifest".to_owned()));
        }
    }
}

/// The tools that share locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Cargo,
    Go,
    Gradle,
    Maven,
    Npm,
    Other,
    Python,
}

impl Family {
    const fn of(kind: ManifestKind) -> Self {
        match kind {
            ManifestKind::Cargo | ManifestKind::CargoLock => Self::Cargo,
            ManifestKind::Go | ManifestKind::GoSum => Self::Go,
            ManifestKind::Gradle
            | ManifestKind::GradleCatalog
            | ManifestKind::GradleLock
            | ManifestKind::GradleProperties => Self::Gradle,
            ManifestKind::Maven => Self::Maven,
            ManifestKind::Npm | ManifestKind::NpmLock => Self::Npm,
            ManifestKind::OtherLock | ManifestKind::OtherManifest => Self::Other,
            ManifestKind::Pipfile
            | ManifestKind::PipfileLock
            | ManifestKind::Pyproject
            | ManifestKind::Requirements
            | ManifestKind::SetupCfg => Self::Python,
        }
    }
}

/// The locks of Poetry and uv are written like Cargo's.
fn family_of_lock(kind: ManifestKind, path: &str) -> Family {
    match kind {
        ManifestKind::CargoLock if !path.ends_with("cargo.lock") => Family::Python,
        other => Family::of(other),
    }
}
