//! Cargo.toml and Cargo.lock.

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::toml::read_toml;
use crate::facts::manifest::tree::Tree;
use crate::facts::manifest::tree::joined;

/// The tables that name dependencies, under either spelling of `_`.
const TABLES: &[&str] = &[
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "build-dependencies",
    "build_dependencies",
];

/// The keys of a dependency that tell where it comes from.
const SOURCES: &[&str] = &[
    "git",
    "branch",
    "tag",
    "rev",
    "path",
    "registry",
    "registry-index",
    "package",
    "base",
    "workspace",
];

/// Reads Cargo.toml.
pub(crate) fn read_manifest(text: &str) -> Result<Parts, ManifestError> {
    let root = read_toml(text)?;
    let mut parts = Parts::default();
    tables(&mut parts, "", &root)?;
    for (target, tree) in root.at("target").into_iter().flat_map(Tree::entries) {
        let way = joined("target", target);
        tables(&mut parts, &way, tree)?;
        parts.rest_but(&way, tree, TABLES);
    }
    if let Some(workspace) = root.at("workspace") {
        tables(&mut parts, "workspace", workspace)?;
        parts.rest_but("workspace", workspace, TABLES);
    }
    for (registry, tree) in root.at("patch").into_iter().flat_map(Tree::entries) {
        dependencies(&mut parts, &joined("patch", registry), tree)?;
    }
    if let Some(replaced) = root.at("replace") {
        dependencies(&mut parts, "replace", replaced)?;
    }
    let mut read = TABLES.to_vec();
    read.extend(["target", "workspace", "patch", "replace"]);
    parts.rest_but("", &root, &read);
    Ok(parts)
}

fn tables(parts: &mut Parts, way: &str, tree: &Tree) -> Result<(), ManifestError> {
    for table in TABLES {
        if let Some(entries) = tree.at(table) {
            dependencies(parts, &joined(way, table), entries)?;
        }
    }
    Ok(())
}

fn dependencies(parts: &mut Parts, way: &str, tree: &Tree) -> Result<(), ManifestError> {
    if !matches!(tree, Tree::Map(_)) {
        return Err(ManifestError::Shape);
    }
    for (name, value) in tree.entries() {
        let way = joined(way, name);
        let version = match value {
            Tree::Text(version) => version,
            Tree::Map(_) => match value.at("version") {
                None => "",
                Some(version) => version.text().ok_or(ManifestError::Shape)?,
            },
            Tree::Plain(_) | Tree::List(_) => return Err(ManifestError::Shape),
        };
        parts.depend(way.clone(), version, &source_of(value, SOURCES))?;
        let mut read = SOURCES.to_vec();
        read.push("version");
        parts.rest_but(&way, value, &read);
    }
    Ok(())
}

/// Returns what those keys say, in one line.
pub(crate) fn source_of(tree: &Tree, keys: &[&str]) -> String {
    let mut source = String::new();
    for key in keys {
        if let Some(value) = tree.at(key) {
            value.visit(key, &mut |way, text| {
                if !source.is_empty() {
                    source.push(' ');
                }
                source.push_str(way);
                source.push('=');
                source.push_str(text);
            });
        }
    }
    source
}

/// Reads Cargo.lock, poetry.lock, uv.lock and the like: `[[package]]` with name and version.
pub(crate) fn read_lock(text: &str) -> Result<Parts, ManifestError> {
    let root = read_toml(text)?;
    let mut parts = Parts::default();
    let mut packages: Vec<(&str, &str, &Tree)> = Vec::new();
    for package in root.at("package").map(Tree::items).unwrap_or_default() {
        let text = |key| package.at(key).and_then(Tree::text);
        let name = text("name").ok_or(ManifestError::Shape)?;
        packages.push((name, text("version").unwrap_or_default(), package));
    }
    packages.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    for (name, version, package) in packages {
        let mut pin = source_of(package, &["checksum", "sdist", "wheels", "files"]);
        // The other hash in older locks stands in `[metadata]`, which is a part of its own.
        if pin.is_empty() {
            pin = source_of(package, &["hashes"]);
        }
        // Where wheels lie is told by their hash and the registry.
        let source = source_of(package, &["source"]);
        let part = Part { pin, source, version: version.to_owned() };
        parts.add_again(PartKind::Dependency, name, part)?;
    }
    parts.rest_but(
        "",
        &root,
        &["package", "version", "metadata", "manifest", "resolution-markers"],
    );
    Ok(parts)
}
