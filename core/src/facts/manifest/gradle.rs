//! Gradle: build files, which are programs, with holes where versions stand; catalogs; locks.

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::maven::names_version;
use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::toml::read_toml;
use crate::facts::manifest::tree::Tree;
use crate::facts::manifest::tree::joined;

/// Stands in the text of a build file where a version was.
const HOLE: char = '\u{1}';

/// Reads a build file: versions of dependencies are read out of its texts, and everything else
/// is kept as it stands. So whatever the reading takes for a version, no other change is hidden.
pub(crate) fn read_build(text: &str) -> Result<Parts, ManifestError> {
    if text.contains(HOLE) {
        return Err(ManifestError::NotRead);
    }
    let mut build = Build { kept: String::new(), parts: Parts::default() };
    let mut comment = false;
    for line in text.lines() {
        build.line(line, &mut comment)?;
    }
    let part = Part { version: build.kept, ..Part::default() };
    build.parts.add(PartKind::Other, "build file", part)?;
    Ok(build.parts)
}

struct Build {
    kept: String,
    parts: Parts,
}

impl Build {
    /// Reads one line; `comment` tells whether it starts inside of one.
    fn line(&mut self, line: &str, comment: &mut bool) -> Result<(), ManifestError> {
        let mut out = String::new();
        let mut found: Vec<(String, String)> = Vec::new();
        let mut rest = line.trim();
        loop {
            if *comment {
                let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                *comment = !rest.contains("*/");
                let (text, after) = rest.split_at_checked(end).unwrap_or_default();
                out.push_str(text);
                rest = after;
            }
            let Some(at) = rest.find(['"', '\'', '/']) else {
                out.push_str(rest);
                break;
            };
            let (code, after) = rest.split_at_checked(at).unwrap_or_default();
            out.push_str(code);
            if after.starts_with("//") {
                out.push_str(after);
                break;
            }
            if after.starts_with("/*") {
                *comment = true;
                out.push_str("/*");
                rest = after.get(2..).unwrap_or_default();
                continue;
            }
            let (sign, after) = after.split_at_checked(1).unwrap_or_default();
            out.push_str(sign);
            rest = after;
            if sign == "/" {
                continue;
            }
            let Some((text, after)) = after.split_once(sign) else {
                continue;
            };
            match hole(&out, text) {
                Some((name, version, shown)) => {
                    found.push((name, version));
                    out.push_str(&shown);
                }
                None => out.push_str(text),
            }
            out.push_str(sign);
            rest = after;
        }
        let whole = match found.as_slice() {
            [(_, _)] => declaration(&out),
            _ => None,
        };
        for (name, version) in found {
            let name = match whole {
                Some(word) => [word, " ", &name].concat(),
                None => name,
            };
            let part = Part { version, ..Part::default() };
            self.parts.add_again(PartKind::Dependency, &name, part)?;
        }
        // A line that only declares a dependency is told by its part.
        if whole.is_none() && !out.is_empty() {
            self.kept.push_str(&out);
            self.kept.push('\n');
        }
        Ok(())
    }
}

/// Returns the name and version that a text is, after what stands before it, and what is left.
fn hole(before: &str, text: &str) -> Option<(String, String, String)> {
    if let Some((name, version, classifier)) = coordinates(text) {
        let name = [&name, classifier].concat();
        let shown = [name.as_str(), ":\u{1}"].concat();
        return Some((name, version.to_owned(), shown));
    }
    if !is_version(text) || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let code = before.trim_end_matches(['"', '\'']).trim_end();
    let hole = HOLE.to_string();
    let word = |code: &str| {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let start = code.rfind(|c| !part(c)).map_or(0, |at| at + 1);
        code.get(start..).unwrap_or_default().to_owned()
    };
    let plugin = code.starts_with("id") || code.starts_with("kotlin(");
    if plugin && word(code) == "version" {
        return Some((code.to_owned(), text.to_owned(), hole));
    }
    if let Some(code) = code.strip_suffix('=') {
        let name = word(code.trim_end());
        let own = matches!(name.as_str(), "version" | "project.version" | "rootProject.version");
        if names_version(&name) && !own && !ours(&name) {
            return Some((["variable ", &name].concat(), text.to_owned(), hole));
        }
    }
    None
}

/// Returns true for variables that set what is built, not what it is built of.
fn ours(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["java", "jvm", "sdk", "language", "compatib", "target", "source", "app"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Reads `group:artifact:version`, with `:classifier` or `@type` behind it.
fn coordinates(text: &str) -> Option<(String, &str, &str)> {
    let mut parts = text.splitn(3, ':');
    let (group, artifact, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find([':', '@']).unwrap_or(rest.len());
    let (version, classifier) = rest.split_at_checked(end)?;
    let word = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    let tail = classifier.chars().all(|c| c.is_ascii_alphanumeric() || "_-.:@".contains(c));
    (word(group) && word(artifact) && is_version(version) && tail)
        .then(|| ([group, ":", artifact].concat(), version, classifier))
}

fn is_version(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.-+$".contains(c))
}

/// Returns the word of `word 'g:a:⌷'` or `word("g:a:⌷")`, where a line is nothing else.
fn declaration(line: &str) -> Option<&str> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (word, rest) = line.split_at_checked(end)?;
    let text = match rest.strip_prefix('(') {
        Some(inside) => inside.strip_suffix(')')?,
        None => rest.trim_start(),
    };
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!word.is_empty() && word != "classpath" && !inside.contains(quote)).then_some(word)
}

/// Reads gradle.properties: `name=value` a line.
pub(crate) fn read_properties(text: &str) -> Result<Parts, ManifestError> {
    let mut parts = Parts::default();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(ManifestError::Syntax(index + 1))?;
        if line.contains('\\') {
            return Err(ManifestError::NotRead);
        }
        let (name, value) = (name.trim(), value.trim());
        if names_version(name) && !ours(name) {
            parts.depend(["variable ", name].concat(), value, "")?;
        } else {
            let part = Part { version: value.to_owned(), ..Part::default() };
            parts.add(PartKind::Other, name, part)?;
        }
    }
    Ok(parts)
}

/// Reads a version catalog, libs.versions.toml.
pub(crate) fn read_catalog(text: &str) -> Result<Parts, ManifestError> {
    let root = read_toml(text)?;
    let mut parts = Parts::default();
    for (name, tree) in root.at("versions").into_iter().flat_map(Tree::entries) {
        version(&mut parts, &joined("versions", name), tree, "")?;
    }
    for table in ["libraries", "plugins"] {
        for (alias, tree) in root.at(table).into_iter().flat_map(Tree::entries) {
            entry(&mut parts, &joined(table, alias), tree)?;
        }
    }
    parts.rest_but("", &root, &["versions", "libraries", "plugins"]);
    Ok(parts)
}

fn entry(parts: &mut Parts, way: &str, tree: &Tree) -> Result<(), ManifestError> {
    if let Tree::Text(text) = tree {
        let (name, version) = text.rsplit_once(':').ok_or(ManifestError::Shape)?;
        return parts.depend(way, version, name);
    }
    let mut name = String::new();
    for key in ["group", "module", "name", "id"] {
        if let Some(text) = tree.at(key).and_then(Tree::text) {
            name.push(':');
            name.push_str(text);
        }
    }
    parts.rest_but(way, tree, &["group", "module", "name", "id", "version"]);
    match tree.at("version") {
        None => parts.depend(way, "", &name),
        Some(tree) => version(parts, way, tree, &name),
    }
}

fn version(parts: &mut Parts, way: &str, tree: &Tree, source: &str) -> Result<(), ManifestError> {
    if let Tree::Text(text) = tree {
        return parts.depend(way, text, source);
    }
    if let Some(reference) = tree.at("ref").and_then(Tree::text) {
        parts.depend(way, "", &[source, " ref ", reference].concat())?;
        parts.rest_but(way, tree, &["ref"]);
        return Ok(());
    }
    for (key, value) in tree.entries() {
        let text = value.text().ok_or(ManifestError::Shape)?;
        parts.depend(joined(way, key), text, source)?;
    }
    Ok(())
}

/// Reads gradle.lockfile: `group:artifact:version=configurations` a line.
pub(crate) fn read_lock(text: &str) -> Result<Parts, ManifestError> {
    let mut parts = Parts::default();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("empty=") {
            continue;
        }
        let (artifact, _) = line.split_once('=').ok_or(ManifestError::Syntax(index + 1))?;
        let (name, version) = artifact.rsplit_once(':').ok_or(ManifestError::Syntax(index + 1))?;
        let part = Part { version: version.to_owned(), ..Part::default() };
        parts.add_again(PartKind::Dependency, name, part)?;
    }
    Ok(parts)
}
