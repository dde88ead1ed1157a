//! Python: requirements, pyproject.toml, setup.cfg and Pipfile.

use crate::facts::manifest::cargo::source_of;
use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::toml::read_toml;
use crate::facts::manifest::tree::Tree;
use crate::facts::manifest::tree::joined;

/// Reads a file of requirements as pip does.
pub(crate) fn read_requirements(text: &str) -> Result<Parts, ManifestError> {
    let mut parts = Parts::default();
    let mut logical = String::new();
    for line in text.lines() {
        let code = if line.trim_start().starts_with('#') {
            ""
        } else {
            line.split_once(" #").map_or(line, |(code, _)| code)
        };
        if let Some(code) = code.trim_end().strip_suffix('\\') {
            logical.push_str(code);
            logical.push(' ');
            continue;
        }
        logical.push_str(code);
        requirement_line(&mut parts, logical.trim())?;
        logical.clear();
    }
    requirement_line(&mut parts, logical.trim())?;
    Ok(parts)
}

fn requirement_line(parts: &mut Parts, line: &str) -> Result<(), ManifestError> {
    if line.is_empty() {
        return Ok(());
    }
    if line.starts_with('-') {
        let part = Part { version: line.to_owned(), ..Part::default() };
        return parts.add_again(PartKind::Other, "option", part);
    }
    let (text, pin) = match line.split_once(" --") {
        Some((text, options)) => (text, options),
        None => (line, ""),
    };
    requirement(parts, "", text, pin)
}

/// Adds `name[extras] >=1,<2 ; marker`, or `name @ URL`.
fn requirement(parts: &mut Parts, way: &str, text: &str, pin: &str) -> Result<(), ManifestError> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let text = text.trim();
    let end = text.find(|c| !part(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end).unwrap_or_default();
    let mut rest = rest.trim_start();
    let mut name = normal(name);
    if let Some((extras, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        name = [&name, "[", extras, "]"].concat();
        rest = after.trim_start();
    }
    if name.is_empty() || rest.starts_with(['/', ':', '\\', '+']) {
        // A path or a URL without a name.
        let part = Part { source: text.to_owned(), pin: pin.to_owned(), ..Part::default() };
        return parts.add_again(PartKind::Dependency, &joined(way, text), part);
    }
    // Within a URL, a marker is parted by a space.
    let parted = if rest.starts_with('@') { " ;" } else { ";" };
    let (said, marker) = rest.split_once(parted).unwrap_or((rest, ""));
    if !marker.trim().is_empty() {
        name = [&name, "; ", marker.trim()].concat();
    }
    let said = said.trim();
    let (version, source) = match said.strip_prefix('@') {
        Some(url) => ("", url.trim()),
        None => (said.strip_prefix('(').and_then(|s| s.strip_suffix(')')).unwrap_or(said), ""),
    };
    let part = Part { pin: pin.to_owned(), source: source.to_owned(), version: version.to_owned() };
    parts.add_again(PartKind::Dependency, &joined(way, &name), part)
}

/// Returns a name as every tool compares it: lower case, `-` for runs of `-`, `_` and `.`.
fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            other => out.push(other.to_ascii_lowercase()),
        }
    }
    out
}

/// Adds a list of requirements; what in it is no text is kept as it stands.
fn list(parts: &mut Parts, way: &str, tree: &Tree) -> Result<(), ManifestError> {
    let Tree::List(items) = tree else {
        return Err(ManifestError::Shape);
    };
    for (index, item) in items.iter().enumerate() {
        match item {
            Tree::Text(text) => requirement(parts, way, text, "")?,
            Tree::Plain(_) | Tree::List(_) | Tree::Map(_) => {
                parts.rest(PartKind::Other, &joined(way, &index.to_string()), item);
            }
        }
    }
    Ok(())
}

/// Reads pyproject.toml: the standard's tables, and those of Poetry, PDM and uv.
pub(crate) fn read_pyproject(text: &str) -> Result<Parts, ManifestError> {
    let root = read_toml(text)?;
    let mut parts = Parts::default();
    for (table, tree) in root.entries() {
        match table.as_str() {
            "build-system" => {
                if let Some(requires) = tree.at("requires") {
                    list(&mut parts, "build-system.requires", requires)?;
                }
                parts.rest_but(table, tree, &["requires"]);
            }
            "dependency-groups" => lists(&mut parts, table, tree)?,
            "project" => {
                if let Some(dependencies) = tree.at("dependencies") {
                    list(&mut parts, "project.dependencies", dependencies)?;
                }
                if let Some(optional) = tree.at("optional-dependencies") {
                    lists(&mut parts, "project.optional-dependencies", optional)?;
                }
                parts.rest_but(table, tree, &["dependencies", "optional-dependencies"]);
            }
            "tool" => tools(&mut parts, tree)?,
            other => parts.rest(PartKind::Other, &joined("", other), tree),
        }
    }
    Ok(parts)
}

fn lists(parts: &mut Parts, way: &str, tree: &Tree) -> Result<(), ManifestError> {
    for (group, tree) in tree.entries() {
        list(parts, &joined(way, group), tree)?;
    }
    Ok(())
}

fn tools(parts: &mut Parts, tree: &Tree) -> Result<(), ManifestError> {
    for (tool, tree) in tree.entries() {
        let way = joined("tool", tool);
        match tool.as_str() {
            "poetry" => {
                let tables = ["dependencies", "dev-dependencies"];
                for table in tables {
                    map(parts, &joined(&way, table), tree.at(table))?;
                }
                for (group, tree) in tree.at("group").into_iter().flat_map(Tree::entries) {
                    let way = joined("tool.poetry.group", group);
                    map(parts, &joined(&way, "dependencies"), tree.at("dependencies"))?;
                    parts.rest_but(&way, tree, &["dependencies"]);
                }
                parts.rest_but(&way, tree, &["dependencies", "dev-dependencies", "group"]);
            }
            "pdm" | "uv" => {
                match tree.at("dev-dependencies") {
                    Some(groups @ Tree::Map(_)) => {
                        lists(parts, &joined(&way, "dev-dependencies"), groups)?;
                    }
                    Some(flat) => list(parts, &joined(&way, "dev-dependencies"), flat)?,
                    None => {}
                }
                let sources = tree.at("sources").filter(|tree| matches!(tree, Tree::Map(_)));
                for (name, value) in sources.into_iter().flat_map(Tree::entries) {
                    let mut said = String::new();
                    value.visit("", &mut |way, text| {
                        said.push_str(&[way, "=", text, " "].concat());
                    });
                    parts.depend(joined(&joined(&way, "sources"), name), "", &said)?;
                }
                let read: &[&str] = match sources {
                    Some(_) => &["dev-dependencies", "sources"],
                    None => &["dev-dependencies"],
                };
                parts.rest_but(&way, tree, read);
            }
            _ => parts.rest(PartKind::Other, &way, tree),
        }
    }
    Ok(())
}

/// Adds a map from names to ranges or tables, as Poetry and Pipenv write them.
fn map(parts: &mut Parts, way: &str, tree: Option<&Tree>) -> Result<(), ManifestError> {
    const SOURCES: &[&str] =
        &["git", "branch", "tag", "rev", "ref", "path", "file", "url", "source", "index"];
    for (name, value) in tree.into_iter().flat_map(Tree::entries) {
        let way = joined(way, &normal(name));
        match value {
            Tree::Text(version) => parts.depend(way, version, "")?,
            Tree::Map(_) => {
                let version = value.at("version").and_then(Tree::text).unwrap_or_default();
                parts.depend(way.clone(), version, &source_of(value, SOURCES))?;
                let mut read = SOURCES.to_vec();
                read.push("version");
                parts.rest_but(&way, value, &read);
            }
            Tree::Plain(_) | Tree::List(_) => return Err(ManifestError::Shape),
        }
    }
    Ok(())
}

/// Reads Pipfile.
pub(crate) fn read_pipfile(text: &str) -> Result<Parts, ManifestError> {
    let root = read_toml(text)?;
    let mut parts = Parts::default();
    for (table, tree) in root.entries() {
        match table.as_str() {
            "source" | "requires" | "pipenv" => {
                parts.rest(PartKind::Other, &joined("", table), tree);
            }
            "scripts" => parts.rest(PartKind::Script, "scripts", tree),
            // Any other table is a group of packages.
            other => map(&mut parts, &joined("", other), Some(tree))?,
        }
    }
    Ok(parts)
}

/// Reads setup.cfg: sections, keys, and values that go on in indented lines.
pub(crate) fn read_setup_cfg(text: &str) -> Result<Parts, ManifestError> {
    let mut parts = Parts::default();
    let mut section = String::new();
    let mut entry: Option<(String, String)> = None;
    for (index, line) in text.lines().enumerate() {
        let code = line.trim();
        if code.is_empty() || code.starts_with(['#', ';']) {
            continue;
        }
        if line.starts_with([' ', '\t']) {
            let (_, value) = entry.as_mut().ok_or(ManifestError::Syntax(index + 1))?;
            value.push('\n');
            value.push_str(code);
            continue;
        }
        setting(&mut parts, &section, entry.take())?;
        if let Some(name) = code.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut section);
            continue;
        }
        let (key, value) = code.split_once(['=', ':']).ok_or(ManifestError::Syntax(index + 1))?;
        entry = Some((key.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    setting(&mut parts, &section, entry)?;
    Ok(parts)
}

fn setting(
    parts: &mut Parts,
    section: &str,
    entry: Option<(String, String)>,
) -> Result<(), ManifestError> {
    let Some((key, value)) = entry else {
        return Ok(());
    };
    let way = joined(&joined("", section), &key);
    let requires = match section {
        "options" => {
            matches!(key.as_str(), "install_requires" | "setup_requires" | "tests_require")
        }
        "options.extras_require" => true,
        _ => false,
    };
    if !requires {
        return parts.add(PartKind::Other, way, Part { version: value, ..Part::default() });
    }
    for line in value.lines().filter(|line| !line.trim().is_empty()) {
        requirement(parts, &way, line, "")?;
    }
    Ok(())
}
