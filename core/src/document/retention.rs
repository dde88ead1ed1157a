//! `retention` (section 19) and `artifact_policy` (section 47): how long what is kept may or must
//! be kept, who may see it, and whether it is encrypted.

use std::collections::BTreeMap;

use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::ScopeSelector;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::node::Entry;
use crate::document::node::NodeKind;
use crate::document::node::path_of_key;
use crate::model::ArtifactAccess;
use crate::model::Level;
use crate::model::Location;
use crate::model::RetentionClass;
use crate::model::closest;

/// Which of the two documents it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RetentionKind {
    /// `artifact_policy`.
    ArtifactPolicy,
    /// `retention`.
    Retention,
}

/// A document that says what is kept, for how long, and who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionDocument {
    /// Which of the two it is.
    pub kind: RetentionKind,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The name; the kind where absent.
    pub name: String,
    /// What it says of each class.
    pub rules: BTreeMap<RetentionClass, RetentionRule>,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The version.
    pub version: Option<String>,
}

/// What a document says of one class; absent is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionRule {
    /// Who may see it.
    pub access: Option<Located<ArtifactAccess>>,
    /// The fewest days that it is kept.
    pub at_least: Option<Located<u64>>,
    /// The most days that it is kept.
    pub at_most: Option<Located<u64>>,
    /// It must be encrypted.
    pub encryption: Option<Located<bool>>,
}

impl RetentionKind {
    /// Returns the document's top-level key.
    pub const fn document_kind(self) -> &'static str {
        match self {
            Self::ArtifactPolicy => "artifact_policy",
            Self::Retention => "retention",
        }
    }

    const fn days_key(self) -> &'static str {
        match self {
            Self::ArtifactPolicy => "retention_days",
            Self::Retention => "store_days",
        }
    }

    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::ArtifactPolicy => {
                &["access", "at_least_days", "at_most_days", "encryption", "retention_days"]
            }
            Self::Retention => {
                &["at_least_days", "at_most_days", "restricted", "store", "store_days"]
            }
        }
    }

    fn has(self, class: RetentionClass) -> bool {
        match self {
            Self::ArtifactPolicy => class.artifact().is_some(),
            Self::Retention => true,
        }
    }
}

impl RetentionDocument {
    /// Returns the document at `at`; findings are with the decoder.
    pub(crate) fn decode(
        decoder: &mut Decoder<'_>,
        kind: RetentionKind,
        at: &At<'_>,
    ) -> Option<Self> {
        let of_kind = |key: &&str| RetentionClass::from_name(key).is_some_and(|of| kind.has(of));
        let mut keys: Vec<&str> = RetentionClass::KEYS.iter().copied().filter(of_kind).collect();
        keys.extend(["level", "name", "version"]);
        keys.extend(ScopeSelector::KEYS);
        let fields = decoder.fields(at, &keys)?;
        let mut rules: BTreeMap<RetentionClass, RetentionRule> = BTreeMap::new();
        let mut places: BTreeMap<RetentionClass, Location> = BTreeMap::new();
        for entry in at.entries().unwrap_or_default() {
            let class = RetentionClass::from_name(&entry.key).filter(|class| kind.has(*class));
            let Some(class) = class.filter(|_| entry.value.kind != NodeKind::Null) else {
                continue;
            };
            let location = key_location(decoder, at, entry);
            if let Some(first) = places.get(&class) {
                // Two names of one class.
                let key = Quoted::from(entry.key.as_str());
                let finding = DocumentError::RepeatedKey { key }.at(location);
                decoder.push(finding.with_related("first stands here", first.clone()));
                continue;
            }
            places.insert(class, location);
            if let Some(rule) = RetentionRule::decode(decoder, kind, class, &at.entry(entry)) {
                rules.insert(class, rule);
            }
        }
        let name = fields.find("name").and_then(|at| decoder.name(&at));
        Some(Self {
            kind,
            level: decoder.level_field(&fields),
            location: decoder.location(at),
            name: name.unwrap_or_else(|| kind.document_kind().to_owned()),
            rules,
            scope: ScopeSelector::decode(decoder, &fields),
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }
}

impl RetentionRule {
    fn decode(
        decoder: &mut Decoder<'_>,
        kind: RetentionKind,
        class: RetentionClass,
        at: &At<'_>,
    ) -> Option<Self> {
        let fields = decoder.fields(at, kind.keys())?;
        if at.entries().is_some_and(<[Entry]>::is_empty) {
            decoder.empty(at, "rule", "say for how many days it is kept");
            return None;
        }
        let mut rule = Self {
            access: fields.find("access").and_then(|at| {
                let (read, suggest) = (ArtifactAccess::from_name, ArtifactAccess::suggest);
                let word = decoder.named(&at, ArtifactAccess::WHAT, read, suggest)?;
                Some(Located::new(word, decoder.location(&at)))
            }),
            at_least: days(decoder, &fields, "at_least_days"),
            at_most: days(decoder, &fields, "at_most_days"),
            encryption: fields.find("encryption").and_then(|at| {
                let suggest = |name: &str| closest(name, ["required", "optional"]);
                let required = decoder.named(&at, "encryption", encryption_of, suggest)?;
                Some(Located::new(required, decoder.location(&at)))
            }),
        };
        rule.read_days(decoder, &fields, kind, class);
        rule.read_store(decoder, &fields);
        if let Some(at) = fields.find("restricted")
            && let Some(restricted) = decoder.boolean(&at)
        {
            // Whoever says that it is not restricted opens it as far as runs are open.
            let word =
                if restricted { ArtifactAccess::Restricted } else { ArtifactAccess::RunViewer };
            rule.access = Some(Located::new(word, decoder.location(&at)));
        }
        if let (Some(least), Some(most)) = (&rule.at_least, &rule.at_most)
            && least.value > most.value
        {
            let first = format!("at least {} days", least.value);
            contradict(decoder, first, format!("at most {}", most.value), least, most);
        }
        Some(rule)
    }

    /// The days of the source document's own key: the fewest for evidence, the most for the rest.
    fn read_days(
        &mut self,
        decoder: &mut Decoder<'_>,
        fields: &Fields<'_>,
        kind: RetentionKind,
        class: RetentionClass,
    ) {
        let key = kind.days_key();
        let Some(stated) = days(decoder, fields, key) else {
            return;
        };
        let bound = if class.is_evidence() { &mut self.at_least } else { &mut self.at_most };
        if let Some(other) = bound {
            let finding = DocumentError::RepeatedKey { key: Quoted::from(key) };
            let finding = finding.at(stated.location.clone());
            decoder.push(finding.with_related("the same is said here", other.location.clone()));
        }
        *bound = Some(stated);
    }

    /// `store: false`: not one day.
    fn read_store(&mut self, decoder: &mut Decoder<'_>, fields: &Fields<'_>) {
        let Some(at) = fields.find("store") else {
            return;
        };
        let Some(stored) = decoder.boolean(&at) else {
            return;
        };
        let place = Located::new(0, decoder.location(&at));
        let days = self.at_most.as_ref().or(self.at_least.as_ref());
        match (stored, days.cloned()) {
            (false, Some(days)) if days.value > 0 => {
                let second = format!("{} days", days.value);
                contradict(decoder, "`store: false`".to_owned(), second, &place, &days);
            }
            (false, _) => self.at_most = Some(place),
            (true, Some(days)) if days.value == 0 => {
                let second = "0 days".to_owned();
                contradict(decoder, "`store: true`".to_owned(), second, &place, &days);
            }
            (true, Some(_)) => {}
            (true, None) => decoder.missing(fields, "store_days", "`store: true`"),
        }
    }
}

fn contradict<T>(
    decoder: &mut Decoder<'_>,
    first: String,
    second: String,
    one: &Located<T>,
    other: &Located<T>,
) {
    let finding = DocumentError::KeysContradict { first, second }.at(one.location.clone());
    decoder.push(finding.with_related("against this", other.location.clone()));
}

fn days(decoder: &mut Decoder<'_>, fields: &Fields<'_>, key: &str) -> Option<Located<u64>> {
    let at = fields.find(key)?;
    let days = decoder.number(&at, 0, MAX_DAYS)?;
    Some(Located::new(days, decoder.location(&at)))
}

fn key_location(decoder: &Decoder<'_>, at: &At<'_>, entry: &Entry) -> Location {
    decoder.place((entry.line, entry.column), path_of_key(&at.path, &entry.key))
}

fn encryption_of(name: &str) -> Option<bool> {
    match name {
        "required" => Some(true),
        "optional" => Some(false),
        _ => None,
    }
}

/// A hundred years.
const MAX_DAYS: u64 = 36_500;

#[cfg(test)]
mod tests;
