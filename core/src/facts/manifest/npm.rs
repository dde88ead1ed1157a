//! package.json and package-lock.json.

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::json::read_json;
use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::tree::Tree;
use crate::facts::manifest::tree::joined;

/// The maps from names to ranges.
const TABLES: &[&str] =
    &["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/// The maps that put other versions in the place of what dependencies ask for; they nest.
const OVERRIDES: &[&str] = &["overrides", "resolutions"];

/// Reads package.json.
pub(crate) fn read_manifest(text: &str) -> Result<Parts, ManifestError> {
    let root = object(text)?;
    let mut parts = Parts::default();
    for table in TABLES {
        for (name, value) in root.at(table).into_iter().flat_map(Tree::entries) {
            let value = value.text().ok_or(ManifestError::Shape)?;
            let (version, source) = range(value);
            parts.depend(joined(table, name), version, source)?;
        }
    }
    let mut overrides = Vec::new();
    for table in OVERRIDES {
        if let Some(tree) = root.at(table) {
            tree.visit(table, &mut |way, text| overrides.push((way.to_owned(), text.to_owned())));
        }
    }
    for (way, text) in overrides {
        let (version, source) = range(text.trim_matches('"'));
        parts.depend(way, version, source)?;
    }
    if let Some(scripts) = root.at("scripts") {
        parts.rest(PartKind::Script, "scripts", scripts);
    }
    let mut read = TABLES.to_vec();
    read.extend(OVERRIDES);
    read.push("scripts");
    parts.rest_but("", &root, &read);
    Ok(parts)
}

fn object(text: &str) -> Result<Tree, ManifestError> {
    match read_json(text)? {
        root @ Tree::Map(_) => Ok(root),
        Tree::Plain(_) | Tree::Text(_) | Tree::List(_) => Err(ManifestError::Shape),
    }
}

/// Returns the version of a range, and its source where that is not the registry by this name.
fn range(value: &str) -> (&str, &str) {
    if let Some(alias) = value.strip_prefix("npm:") {
        let at = alias.get(1..).and_then(|rest| rest.find('@')).map(|at| at + 1);
        return match at.and_then(|at| alias.split_at_checked(at)) {
            Some((name, version)) => (version.trim_start_matches('@'), name),
            None => ("", value),
        };
    }
    if let Some(version) = value.strip_prefix("workspace:") {
        return (version, "workspace");
    }
    if value.contains([':', '/', '#']) { ("", value) } else { (value, "") }
}

/// Reads package-lock.json or npm-shrinkwrap.json of version 2 or 3.
pub(crate) fn read_lock(text: &str) -> Result<Parts, ManifestError> {
    let root = object(text)?;
    let packages = root.at("packages").ok_or(ManifestError::NotRead)?;
    let mut parts = Parts::default();
    for (way, package) in packages.entries() {
        if way.is_empty() {
            continue;
        }
        let text = |key| package.at(key).and_then(Tree::text).unwrap_or_default();
        let part = Part {
            pin: text("integrity").to_owned(),
            source: place(text("resolved"), text("version")),
            version: text("version").to_owned(),
        };
        parts.add(PartKind::Dependency, way.clone(), part)?;
        if let Some(script) = package.at("hasInstallScript") {
            parts.rest(PartKind::Script, &joined(way, "hasInstallScript"), script);
        }
    }
    Ok(parts)
}

/// Returns where a package comes from, without the version in its file's name.
fn place(resolved: &str, version: &str) -> String {
    if version.is_empty() { resolved.to_owned() } else { resolved.replace(version, "*") }
}

/// Reads Pipfile.lock: maps from names to pinned versions.
pub(crate) fn read_pipfile_lock(text: &str) -> Result<Parts, ManifestError> {
    let root = object(text)?;
    let mut parts = Parts::default();
    for (group, packages) in root.entries() {
        if group == "_meta" {
            if let Some(sources) = packages.at("sources") {
                parts.rest(PartKind::Other, "_meta.sources", sources);
            }
            continue;
        }
        for (name, package) in packages.entries() {
            let keys = ["index", "git", "ref", "path", "file", "editable", "subdirectory"];
            let source = crate::facts::manifest::cargo::source_of(package, &keys);
            let pin = crate::facts::manifest::cargo::source_of(package, &["hashes"]);
            let version = package.at("version").and_then(Tree::text).unwrap_or_default();
            let part = Part { pin, source, version: version.to_owned() };
            parts.add(PartKind::Dependency, joined(group, name), part)?;
        }
    }
    Ok(parts)
}
