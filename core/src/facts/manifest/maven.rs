//! pom.xml: artifacts with versions, and the properties that they are written in.

use std::collections::BTreeMap;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;
use crate::facts::manifest::tree::LONGEST_KEY;
use crate::facts::manifest::tree::joined;
use crate::facts::manifest::xml::Element;
use crate::facts::manifest::xml::read_xml;

/// The elements that name an artifact with a version.
const ARTIFACTS: &[&str] = &["dependency", "plugin", "extension", "parent"];

/// What tells one artifact from another, and its version.
const COORDINATES: &[&str] = &["groupId", "artifactId", "type", "classifier", "version"];

/// Properties that look like versions of dependencies and are none.
const OWN: &[&str] = &[
    "java.version",
    "jdk.version",
    "project.version",
    "maven.compiler.version",
    "kotlin.compiler.languageVersion",
    "kotlin.compiler.apiVersion",
];

/// Reads pom.xml.
pub(crate) fn read_manifest(text: &str) -> Result<Parts, ManifestError> {
    let root = read_xml(text)?;
    if root.name != "project" {
        return Err(ManifestError::Shape);
    }
    let mut properties = BTreeMap::new();
    for property in root.child("properties").map(|list| &list.children).into_iter().flatten() {
        if properties.insert(property.name.as_str(), property.text.trim()).is_some() {
            return Err(ManifestError::Twice(0));
        }
    }
    let mut elsewhere = references(text);
    versions(&root, &mut |reference| {
        if let Some(count) = elsewhere.get_mut(reference) {
            *count = count.saturating_sub(1);
        }
    });
    let mut pom = Pom { elsewhere, parts: Parts::default(), properties };
    pom.walk(&root, "project")?;
    Ok(pom.parts)
}

struct Pom<'t> {
    /// How often each property is used other than as the version of an artifact.
    elsewhere: BTreeMap<&'t str, usize>,
    parts: Parts,
    properties: BTreeMap<&'t str, &'t str>,
}

impl Pom<'_> {
    fn walk(&mut self, element: &Element, way: &str) -> Result<(), ManifestError> {
        let artifact = is_artifact(element);
        let mut way = way.to_owned();
        if artifact {
            for key in ["groupId", "artifactId", "type", "classifier"] {
                way.push(if key == "groupId" { ' ' } else { ':' });
                let text = element.child_text(key).unwrap_or_default();
                if text.len() > LONGEST_KEY {
                    return Err(ManifestError::Shape);
                }
                way.push_str(text);
            }
            let version = self.resolved(element.child_text("version").unwrap_or_default());
            let part = Part { version, ..Part::default() };
            self.parts.add_again(PartKind::Dependency, &way, part)?;
        }
        for (name, value) in &element.attributes {
            self.other(&joined(&way, &["@", name].concat()), value)?;
        }
        if element.children.is_empty() || !element.text.trim().is_empty() {
            self.other(&way, element.text.trim())?;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for child in &element.children {
            if artifact && COORDINATES.contains(&child.name.as_str()) {
                continue;
            }
            if way == "project.properties" {
                self.property(child)?;
                continue;
            }
            let mut next = joined(&way, &child.name);
            if !is_artifact(child) {
                let count = counts.entry(&child.name).or_default();
                *count += 1;
                if *count > 1 {
                    next.push_str(&["[", &count.to_string(), "]"].concat());
                }
            }
            self.walk(child, &next)?;
        }
        Ok(())
    }

    /// A property that only versions of artifacts use is read where they stand. One that this
    /// file does not use is for a parent: by its name it is the version of a dependency or not.
    fn property(&mut self, property: &Element) -> Result<(), ManifestError> {
        let name = property.name.as_str();
        let simple = property.children.is_empty() && property.attributes.is_empty();
        match self.elsewhere.get(name) {
            Some(0) if simple => Ok(()),
            None if simple && names_version(name) && !OWN.contains(&name) => {
                let version = self.resolved(property.text.trim());
                self.parts.depend(["property ", name].concat(), &version, "")
            }
            Some(_) | None if simple => {
                self.other(&joined("project.properties", name), property.text.trim())
            }
            Some(_) | None => Err(ManifestError::Shape),
        }
    }

    fn other(&mut self, way: &str, text: &str) -> Result<(), ManifestError> {
        let part = Part { version: text.to_owned(), ..Part::default() };
        self.parts.add_again(PartKind::Other, way, part)
    }

    /// Returns the version that `${name}` stands for.
    fn resolved(&self, version: &str) -> String {
        let mut version = version;
        for _ in 0..8 {
            match reference(version).and_then(|name| self.properties.get(name)) {
                Some(value) => version = value,
                None => break,
            }
        }
        version.to_owned()
    }
}

fn is_artifact(element: &Element) -> bool {
    ARTIFACTS.contains(&element.name.as_str()) && element.child("artifactId").is_some()
}

/// Returns `name` of `${name}`.
fn reference(text: &str) -> Option<&str> {
    text.strip_prefix("${")?.strip_suffix('}').filter(|name| !name.contains(['$', '{', '}']))
}

/// Counts every `${name}` of a text.
fn references(text: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for piece in text.split("${").skip(1) {
        if let Some((name, _)) = piece.split_once('}') {
            *found.entry(name).or_default() += 1;
        }
    }
    found
}

/// Calls `found` with each property that is the whole version of an artifact.
fn versions(element: &Element, found: &mut dyn FnMut(&str)) {
    if is_artifact(element)
        && let Some(name) = element.child_text("version").and_then(reference)
    {
        found(name);
    }
    for child in &element.children {
        versions(child, found);
    }
}

/// Returns true for names such as `jackson.version`, `version.guava`, `guavaVersion`.
pub(crate) fn names_version(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix("version").or_else(|| lower.strip_prefix("version."));
    stem.is_some_and(|stem| !stem.is_empty() && !matches!(stem, "project." | "app" | "app."))
}
