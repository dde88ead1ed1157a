//! A `data_classes` document, compiled: the labels it gives, and the rules it adds.

use std::collections::BTreeMap;

use crate::compile::CompileError;
use crate::compile::PolicyRef;
use crate::compile::Scope;
use crate::compile::matcher::path_matcher;
use crate::document::DataClasses;
use crate::document::Located;
use crate::document::PathLabel;
use crate::facts::PathCase;
use crate::facts::PathFact;
use crate::facts::PathMatcher;
use crate::model::ContextItem;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Location;
use crate::model::ordered::sort_by;

/// A compiled `data_classes` document.
#[derive(Clone, Debug)]
pub struct CompiledDataClasses {
    /// What it says.
    pub document: DataClasses,
    /// The level.
    pub level: Level,
    paths: Vec<(DataClass, PathMatcher, Vec<Located<String>>)>,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// Which requests it applies to.
    pub scope: Scope,
}

/// A label that a document gives.
#[derive(Clone, Debug)]
pub struct GivenLabel<'a> {
    /// Why, such as ``source `build_log` ``.
    pub because: String,
    /// The class.
    pub class: DataClass,
    /// Where the document says so.
    pub location: &'a Location,
    /// The field, such as `sources`.
    pub rule: &'static str,
}

impl CompiledDataClasses {
    /// Compiles `document`; what is wrong goes to `found`.
    pub fn compile(
        document: DataClasses,
        reference: PolicyRef,
        found: &mut Vec<CompileError>,
    ) -> Option<Self> {
        // The order of a list means nothing, so it must not show in a decision either.
        let mut by_class: BTreeMap<DataClass, Vec<Located<String>>> = BTreeMap::new();
        for PathLabel { class, patterns } in &document.paths {
            by_class.entry(*class).or_default().extend(patterns.iter().cloned());
        }
        let mut paths = Vec::new();
        let mut good = true;
        for (class, mut patterns) in by_class {
            sort_by(&mut patterns, |a, b| a.value.cmp(&b.value));
            match path_matcher(&patterns, PathCase::Ignore) {
                Ok(matcher) => paths.push((class, matcher, patterns)),
                Err(error) => {
                    good = false;
                    found.push(*error);
                }
            }
        }
        good.then(|| Self {
            level: document.level,
            paths,
            policy: reference,
            scope: Scope::compile(&document.scope),
            document,
        })
    }

    /// Returns the labels that the document gives to `item`, which lies at `paths`.
    pub fn labels(&self, item: &ContextItem, paths: &[PathFact]) -> Vec<GivenLabel<'_>> {
        let mut labels = self.labels_of_paths(paths);
        if let Some(source) = item.source
            && let Some(class) = self.document.sources.get(&source)
        {
            labels.push(GivenLabel {
                because: format!("source `{source}`"),
                class: class.value,
                location: &class.location,
                rule: "sources",
            });
        }
        for kind in &item.found {
            if let Some(class) = self.document.content.get(kind) {
                labels.push(GivenLabel {
                    because: format!("it holds `{kind}`"),
                    class: class.value,
                    location: &class.location,
                    rule: "content",
                });
            }
        }
        labels
    }

    /// Returns the labels that the document gives to what lies at `paths`, or could lie below.
    pub fn labels_of_paths(&self, paths: &[PathFact]) -> Vec<GivenLabel<'_>> {
        let mut labels = Vec::new();
        for (class, matcher, patterns) in &self.paths {
            let touched = paths.iter().find_map(|fact| {
                let index = matcher.first_shown(fact)?;
                Some((fact, patterns.get(index)?))
            });
            if let Some((fact, pattern)) = touched {
                let itself = matcher.is_match(&fact.path);
                let meets = if itself { "matches" } else { "could lead to" };
                labels.push(GivenLabel {
                    because: format!("path `{}` {meets} `{}`", fact.path, pattern.value),
                    class: *class,
                    location: &pattern.location,
                    rule: "paths",
                });
            }
        }
        labels
    }
}
