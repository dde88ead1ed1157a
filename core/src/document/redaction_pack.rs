//! `redaction_pack`: what secrets look like, as data (section 20).

use crate::document::DetectorDocument;
use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::detector::values;
use crate::model::Location;

/// A rule pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactionPackDocument {
    /// The detectors.
    pub detectors: Vec<DetectorDocument>,
    /// Keys whose values are secret.
    pub keys: Vec<SecretKey>,
    /// Where it stands.
    pub location: Location,
    /// The name.
    pub name: String,
    /// Hosts that are private.
    pub private_hosts: Vec<Located<String>>,
    /// Endings of hosts that are private.
    pub private_suffixes: Vec<Located<String>>,
    /// The version.
    pub version: Option<String>,
}

impl RedactionPackDocument {
    /// Returns the pack at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let own = ["name", "version"];
        let fields = decoder.fields(at, &[own.as_slice(), PACK_KEYS].concat())?;
        let name = fields.find("name");
        if name.is_none() {
            decoder.missing(&fields, "name", "a rule pack");
        }
        let name = name.and_then(|at| decoder.word(&at));
        let version = fields.find("version").and_then(|at| decoder.text(&at));
        let rules = PackRules::decode(decoder, &fields);
        Some(Self {
            detectors: rules.detectors,
            keys: rules.keys,
            location: decoder.location(at),
            name: name?,
            private_hosts: rules.private_hosts,
            private_suffixes: rules.private_suffixes,
            version,
        })
    }

    /// Returns what the pack says, without where it says it, for its digest.
    pub fn content(&self) -> serde_json::Value {
        serde_json::json!({
            "detectors": self.detectors.iter().map(DetectorDocument::content).collect::<Vec<_>>(),
            "keys": self.keys.iter().map(SecretKey::content).collect::<Vec<_>>(),
            "name": self.name,
            "private_hosts": values(&self.private_hosts),
            "private_suffixes": values(&self.private_suffixes),
            "version": self.version,
        })
    }
}

/// What a key's name says of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretKey {
    /// What its marker says; `secret` where absent.
    pub kind: String,
    /// The name, in any spelling: `acme_pin` is `acmePin` is `ACME-PIN`.
    pub name: Located<String>,
}

/// The keys that packs and policies share.
pub(crate) const PACK_KEYS: &[&str] = &["detectors", "keys", "private_hosts", "private_suffixes"];

/// What packs and policies share.
#[derive(Debug)]
pub(crate) struct PackRules {
    pub(crate) detectors: Vec<DetectorDocument>,
    pub(crate) keys: Vec<SecretKey>,
    pub(crate) private_hosts: Vec<Located<String>>,
    pub(crate) private_suffixes: Vec<Located<String>>,
}

impl PackRules {
    /// Returns the rules among `fields`.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Self {
        let mut detectors: Vec<DetectorDocument> = Vec::new();
        let items = fields.find("detectors").map(|at| decoder.up_to(&at, MOST_DETECTORS));
        for item in items.unwrap_or_default() {
            let Some(detector) = DetectorDocument::decode(decoder, &item) else {
                continue;
            };
            let first = detectors.iter().find(|first| first.id == detector.id);
            if let Some(first) = first {
                let id = Quoted::from(detector.id.value.as_str());
                let error = DocumentError::RepeatedRule { id };
                let finding = error.at(detector.id.location.clone());
                decoder.push(finding.with_related("first here", first.id.location.clone()));
            } else {
                detectors.push(detector);
            }
        }
        let items = fields.find("keys").map(|at| decoder.up_to(&at, MOST_ENTRIES));
        let keys = items.unwrap_or_default();
        let keys = keys.iter().filter_map(|item| SecretKey::decode(decoder, item)).collect();
        let mut hosts = |key| {
            let at = fields.find(key)?;
            decoder.up_to(&at, MOST_ENTRIES);
            Some(decoder.hosts(&at))
        };
        let private_hosts = hosts("private_hosts").unwrap_or_default();
        let private_suffixes = hosts("private_suffixes").unwrap_or_default();
        Self { detectors, keys, private_hosts, private_suffixes }
    }
}

impl SecretKey {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        if at.entries().is_none() {
            return Some(Self { kind: "secret".to_owned(), name: decoder.located_text(at)? });
        }
        let fields = decoder.fields(at, &["kind", "name"])?;
        let Some(name) = fields.find("name") else {
            decoder.missing(&fields, "name", "a key");
            return None;
        };
        let kind = fields.find("kind").and_then(|at| decoder.word(&at));
        let kind = kind.unwrap_or_else(|| "secret".to_owned());
        Some(Self { kind, name: decoder.located_text(&name)? })
    }

    /// Returns what the entry says.
    pub(crate) fn content(&self) -> serde_json::Value {
        serde_json::json!({"kind": self.kind, "name": self.name.value})
    }
}

/// Detectors of one pack or policy.
const MOST_DETECTORS: usize = 2_000;
/// Entries of any other list.
const MOST_ENTRIES: usize = 1_000;
