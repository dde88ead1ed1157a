//! `data_classes` (section 18): what data is, and what of it a model may see.

use std::collections::BTreeMap;

use crate::document::Located;
use crate::document::ScopeSelector;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::model::ArtifactRule;
use crate::model::ContentKind;
use crate::model::DataClass;
use crate::model::DataSource;
use crate::model::Level;
use crate::model::Location;
use crate::model::ModelContextRule;

/// Rules for the classes, and labels by source, path and content. All of it adds to what holds
/// without a document: a laxer rule or label has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataClasses {
    /// The rules for each class.
    pub classes: BTreeMap<DataClass, ClassRules>,
    /// The class of a text that holds something.
    pub content: BTreeMap<ContentKind, Located<DataClass>>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The name; `data_classes` where absent.
    pub name: String,
    /// The class of what lies somewhere.
    pub paths: Vec<PathLabel>,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The class of what comes from somewhere.
    pub sources: BTreeMap<DataSource, Located<DataClass>>,
    /// The version.
    pub version: Option<String>,
}

/// What holds for one class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassRules {
    /// For artifacts.
    pub artifact: Option<Located<ArtifactRule>>,
    /// For a model's context.
    pub model_context: Option<Located<ModelContextRule>>,
}

/// The class of what lies somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathLabel {
    /// The class.
    pub class: DataClass,
    /// Git patterns, in any case (key `match`).
    pub patterns: Vec<Located<String>>,
}

impl DataClasses {
    const KEYS: &'static [&'static str] =
        &["classes", "content", "level", "name", "paths", "sources", "version"];

    /// Returns the document at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let fields = decoder.fields(at, &[Self::KEYS, ScopeSelector::KEYS].concat())?;
        let name = fields.find("name").and_then(|at| decoder.name(&at));
        Some(Self {
            classes: classes(decoder, &fields),
            content: labels(decoder, &fields, "content", ContentKind::ALL, ContentKind::name),
            level: decoder.level_field(&fields),
            location: decoder.location(at),
            name: name.unwrap_or_else(|| "data_classes".to_owned()),
            paths: paths(decoder, &fields),
            scope: ScopeSelector::decode(decoder, &fields),
            sources: labels(decoder, &fields, "sources", DataSource::ALL, DataSource::name),
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }

    /// Returns what the document says, without where it says it.
    pub(crate) fn content(&self) -> serde_json::Value {
        let classes: BTreeMap<&str, serde_json::Value> = self
            .classes
            .iter()
            .map(|(class, rules)| {
                let artifact = rules.artifact.as_ref().map(|rule| rule.value);
                let context = rules.model_context.as_ref().map(|rule| rule.value);
                let value = serde_json::json!({"artifact": artifact, "model_context": context});
                (class.name(), value)
            })
            .collect();
        let content: BTreeMap<&str, DataClass> =
            self.content.iter().map(|(kind, class)| (kind.name(), class.value)).collect();
        let sources: BTreeMap<&str, DataClass> =
            self.sources.iter().map(|(source, class)| (source.name(), class.value)).collect();
        let mut paths: Vec<(&str, DataClass)> = self
            .paths
            .iter()
            .flat_map(|label| label.patterns.iter().map(|p| (p.value.as_str(), label.class)))
            .collect();
        crate::model::ordered::sort(&mut paths);
        paths.dedup();
        serde_json::json!({
            "classes": classes, "content": content, "level": self.level, "paths": paths,
            "sources": sources,
        })
    }
}

impl Decoder<'_> {
    /// Returns the data class at `at`.
    pub(crate) fn data_class(&mut self, at: &At<'_>) -> Option<DataClass> {
        self.named(at, DataClass::WHAT, DataClass::from_name, DataClass::suggest)
    }
}

fn classes(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> BTreeMap<DataClass, ClassRules> {
    let mut out = BTreeMap::new();
    let names: Vec<&str> = DataClass::ALL.iter().map(|class| class.name()).collect();
    let Some(at) = fields.find("classes") else {
        return out;
    };
    let Some(of_class) = decoder.fields(&at, &names) else {
        return out;
    };
    for class in DataClass::ALL {
        let Some(at) = of_class.find(class.name()) else {
            continue;
        };
        let Some(rules) = decoder.fields(&at, &["artifact", "model_context"]) else {
            continue;
        };
        let artifact = rules.find("artifact").and_then(|at| {
            let suggest = ArtifactRule::suggest;
            let rule = decoder.named(&at, ArtifactRule::WHAT, ArtifactRule::from_name, suggest)?;
            Some(Located::new(rule, decoder.location(&at)))
        });
        let model_context = rules.find("model_context").and_then(|at| {
            let (what, suggest) = (ModelContextRule::WHAT, ModelContextRule::suggest);
            let rule = decoder.named(&at, what, ModelContextRule::from_name, suggest)?;
            Some(Located::new(rule, decoder.location(&at)))
        });
        out.insert(*class, ClassRules { artifact, model_context });
    }
    out
}

/// Returns the classes that a mapping of names of a table gives.
fn labels<K: Copy + Ord>(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    field: &'static str,
    all: &[K],
    name: fn(K) -> &'static str,
) -> BTreeMap<K, Located<DataClass>> {
    let mut out = BTreeMap::new();
    let names: Vec<&str> = all.iter().map(|key| name(*key)).collect();
    let Some(labels) = fields.find(field).and_then(|at| decoder.fields(&at, &names)) else {
        return out;
    };
    for key in all {
        let Some(at) = labels.find(name(*key)) else {
            continue;
        };
        if let Some(class) = decoder.data_class(&at) {
            out.insert(*key, Located::new(class, decoder.location(&at)));
        }
    }
    out
}

fn paths(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Vec<PathLabel> {
    let mut out = Vec::new();
    let Some(at) = fields.find("paths") else {
        return out;
    };
    for item in at.one_or_many() {
        let Some(label) = decoder.fields(&item, &["class", "match"]) else {
            continue;
        };
        let (class, patterns) = (label.find("class"), label.find("match"));
        for (key, found) in [("class", &class), ("match", &patterns)] {
            if found.is_none() {
                decoder.missing(&label, key, "a label by path");
            }
        }
        let class = class.and_then(|at| decoder.data_class(&at));
        let patterns = patterns.map(|at| {
            decoder.some_items(&at);
            decoder.patterns(&at)
        });
        if let (Some(class), Some(patterns)) = (class, patterns) {
            out.push(PathLabel { class, patterns });
        }
    }
    out
}
