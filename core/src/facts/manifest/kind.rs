//! Which files are manifests, and of what.

use crate::facts::manifest::cargo;
use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::go;
use crate::facts::manifest::gradle;
use crate::facts::manifest::maven;
use crate::facts::manifest::npm;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::python;

/// A kind of manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ManifestKind {
    /// Cargo.lock, poetry.lock, uv.lock.
    CargoLock,
    /// Cargo.toml.
    Cargo,
    /// go.mod.
    Go,
    /// go.sum.
    GoSum,
    /// A build file of Gradle.
    Gradle,
    /// libs.versions.toml.
    GradleCatalog,
    /// gradle.lockfile.
    GradleLock,
    /// gradle.properties.
    GradleProperties,
    /// pom.xml.
    Maven,
    /// package.json.
    Npm,
    /// package-lock.json.
    NpmLock,
    /// A lock that is known by name only.
    OtherLock,
    /// A manifest that is known by name only.
    OtherManifest,
    /// Pipfile.
    Pipfile,
    /// Pipfile.lock.
    PipfileLock,
    /// pyproject.toml.
    Pyproject,
    /// requirements.txt.
    Requirements,
    /// setup.cfg.
    SetupCfg,
}

/// Names in lower case; `*` at either end stands for any rest.
const NAMES: &[(&str, ManifestKind)] = &[
    ("cargo.toml", ManifestKind::Cargo),
    ("cargo.lock", ManifestKind::CargoLock),
    ("poetry.lock", ManifestKind::CargoLock),
    ("uv.lock", ManifestKind::CargoLock),
    ("pdm.lock", ManifestKind::CargoLock),
    ("go.mod", ManifestKind::Go),
    ("go.sum", ManifestKind::GoSum),
    ("pom.xml", ManifestKind::Maven),
    ("*.pom", ManifestKind::Maven),
    ("*.gradle", ManifestKind::Gradle),
    ("*.gradle.kts", ManifestKind::Gradle),
    ("gradle.properties", ManifestKind::GradleProperties),
    ("*.versions.toml", ManifestKind::GradleCatalog),
    ("*.lockfile", ManifestKind::GradleLock),
    ("package.json", ManifestKind::Npm),
    ("package-lock.json", ManifestKind::NpmLock),
    ("npm-shrinkwrap.json", ManifestKind::NpmLock),
    ("pipfile", ManifestKind::Pipfile),
    ("pipfile.lock", ManifestKind::PipfileLock),
    ("pyproject.toml", ManifestKind::Pyproject),
    ("requirements*.txt", ManifestKind::Requirements),
    ("requirements*.in", ManifestKind::Requirements),
    ("constraints*.txt", ManifestKind::Requirements),
    ("*-requirements.txt", ManifestKind::Requirements),
    ("*_requirements.txt", ManifestKind::Requirements),
    ("setup.cfg", ManifestKind::SetupCfg),
    ("yarn.lock", ManifestKind::OtherLock),
    ("pnpm-lock.yaml", ManifestKind::OtherLock),
    ("bun.lock", ManifestKind::OtherLock),
    ("bun.lockb", ManifestKind::OtherLock),
    ("composer.lock", ManifestKind::OtherLock),
    ("gemfile.lock", ManifestKind::OtherLock),
    ("mix.lock", ManifestKind::OtherLock),
    ("packages.lock.json", ManifestKind::OtherLock),
    ("package.resolved", ManifestKind::OtherLock),
    ("flake.lock", ManifestKind::OtherLock),
    ("deno.lock", ManifestKind::OtherLock),
    ("pubspec.lock", ManifestKind::OtherLock),
    ("gopkg.lock", ManifestKind::OtherLock),
    ("podfile.lock", ManifestKind::OtherLock),
    ("composer.json", ManifestKind::OtherManifest),
    ("gemfile", ManifestKind::OtherManifest),
    ("*.gemspec", ManifestKind::OtherManifest),
    ("mix.exs", ManifestKind::OtherManifest),
    ("*.csproj", ManifestKind::OtherManifest),
    ("*.fsproj", ManifestKind::OtherManifest),
    ("directory.packages.props", ManifestKind::OtherManifest),
    ("packages.config", ManifestKind::OtherManifest),
    ("package.swift", ManifestKind::OtherManifest),
    ("pubspec.yaml", ManifestKind::OtherManifest),
    ("podfile", ManifestKind::OtherManifest),
    ("pnpm-workspace.yaml", ManifestKind::OtherManifest),
    ("environment.yml", ManifestKind::OtherManifest),
    ("go.work", ManifestKind::OtherManifest),
    ("flake.nix", ManifestKind::OtherManifest),
    ("deno.json", ManifestKind::OtherManifest),
    ("build.sbt", ManifestKind::OtherManifest),
    ("setup.py", ManifestKind::OtherManifest),
];

impl ManifestKind {
    /// Returns the kind of the manifest at that path, in lower case.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let found = NAMES.iter().find(|(pattern, _)| name_fits(pattern, name));
        let by_folder = || {
            let folder = folders.rsplit('/').next().unwrap_or_default();
            (folder == "requirements" && name.ends_with(".txt")).then_some(Self::Requirements)
        };
        found.map(|(_, kind)| *kind).or_else(by_folder)
    }

    /// Returns true where a tool writes it from another manifest.
    pub(crate) const fn is_lock(self) -> bool {
        matches!(
            self,
            Self::CargoLock
                | Self::GoSum
                | Self::GradleLock
                | Self::NpmLock
                | Self::OtherLock
                | Self::PipfileLock
        )
    }

    /// Takes the text of a manifest apart.
    pub(crate) fn read(self, text: &str) -> Result<Parts, ManifestError> {
        // A file that is not there declares nothing.
        if text.is_empty() {
            return Ok(Parts::default());
        }
        match self {
            Self::Cargo => cargo::read_manifest(text),
            Self::CargoLock => cargo::read_lock(text),
            Self::Go => go::read_manifest(text),
            Self::GoSum => go::read_sum(text),
            Self::Gradle => gradle::read_build(text),
            Self::GradleCatalog => gradle::read_catalog(text),
            Self::GradleLock => gradle::read_lock(text),
            Self::GradleProperties => gradle::read_properties(text),
            Self::Maven => maven::read_manifest(text),
            Self::Npm => npm::read_manifest(text),
            Self::NpmLock => npm::read_lock(text),
            Self::Pipfile => python::read_pipfile(text),
            Self::PipfileLock => npm::read_pipfile_lock(text),
            Self::Pyproject => python::read_pyproject(text),
            Self::Requirements => python::read_requirements(text),
            Self::SetupCfg => python::read_setup_cfg(text),
            Self::OtherLock | Self::OtherManifest => Err(ManifestError::NotRead),
        }
    }
}

/// Matches a name against one that may begin or end with `*`, or have one inside.
pub(crate) fn name_fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}
