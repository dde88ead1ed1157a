//! `redaction`: which packs a redactor uses, what is no secret, and what each sink may see
//! (section 20).

use std::collections::BTreeMap;

use crate::document::DetectorDocument;
use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::ScopeSelector;
use crate::document::SecretKey;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::decode::MAX_NUMBER;
use crate::document::detector::values;
use crate::document::redaction_pack::PACK_KEYS;
use crate::document::redaction_pack::PackRules;
use crate::model::Level;
use crate::model::Location;
use crate::model::closed_table;

closed_table! {
    /// What happens to what a detector finds, from the mildest to the strictest.
    RedactAction: "redaction" {
        /// It stays.
        Keep = "keep",
        /// A marker takes its place.
        Redact = "redact",
        /// A marker takes the place of its whole line.
        RemoveLine = "remove_line",
        /// Nothing of the text is shown.
        Refuse = "refuse",
    }
}

/// A value that is no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedactionAllow {
    /// The files in which it is none, as git patterns; every one where empty.
    pub paths: Vec<Located<String>>,
    /// Why not.
    pub reason: String,
    /// The detector or kind that would find it; every one where absent.
    pub rule: Option<Located<String>>,
    /// SHA-256 of the value, in hexadecimal.
    pub sha256: Option<String>,
    /// The sinks for which it is none; every one where empty.
    pub sinks: Vec<Located<String>>,
}

/// A redaction policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactionPolicy {
    /// Values that are no secrets.
    pub allow: Vec<Located<RedactionAllow>>,
    /// Detectors of its own.
    pub detectors: Vec<DetectorDocument>,
    /// Keys whose values are secret.
    pub keys: Vec<SecretKey>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The most bytes that a sink sees, by the sink's name.
    pub max_bytes: BTreeMap<String, Located<u64>>,
    /// The name.
    pub name: String,
    /// Packs that are used beside those of every redactor.
    pub packs: Vec<Located<String>>,
    /// Hosts that are private.
    pub private_hosts: Vec<Located<String>>,
    /// Endings of hosts that are private.
    pub private_suffixes: Vec<Located<String>>,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// By sink, and there by detector, kind or `default`: what happens.
    pub sinks: BTreeMap<String, Located<BTreeMap<String, Located<RedactAction>>>>,
    /// The version.
    pub version: Option<String>,
}

const KEYS: &[&str] = &["allow", "level", "max_bytes", "name", "packs", "sinks", "version"];
/// The fewest bytes of a cut: the note about it must have room.
const SMALLEST_CUT: u64 = 128;
/// Values that are no secrets, in one document.
const MOST_ALLOWED: usize = 1_000;

impl RedactionPolicy {
    /// Returns the redaction policy at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let keys = [KEYS, PACK_KEYS, ScopeSelector::KEYS].concat();
        let fields = decoder.fields(at, &keys)?;
        let name = fields.find("name");
        if name.is_none() {
            decoder.missing(&fields, "name", "a redaction policy");
        }
        let name = name.and_then(|at| decoder.name(&at));
        let rules = PackRules::decode(decoder, &fields);
        let mut packs = Vec::new();
        for item in fields.find("packs").map(|at| at.one_or_many()).unwrap_or_default() {
            if let Some(pack) = decoder.word(&item) {
                packs.push(Located::new(pack, decoder.location(&item)));
            }
        }
        let mut allow = Vec::new();
        let items = fields.find("allow").map(|at| decoder.up_to(&at, MOST_ALLOWED));
        for item in items.unwrap_or_default() {
            if let Some(allowed) = RedactionAllow::decode(decoder, &item) {
                allow.push(Located::new(allowed, decoder.location(&item)));
            }
        }
        Some(Self {
            allow,
            detectors: rules.detectors,
            keys: rules.keys,
            level: decoder.level_field(&fields),
            location: decoder.location(at),
            max_bytes: max_bytes(decoder, &fields),
            name: name?,
            packs,
            private_hosts: rules.private_hosts,
            private_suffixes: rules.private_suffixes,
            scope: ScopeSelector::decode(decoder, &fields),
            sinks: sinks(decoder, &fields),
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }

    /// Returns what the policy says, without where it says it, for its digest.
    pub fn content(&self) -> serde_json::Value {
        let sinks: BTreeMap<&str, BTreeMap<&str, &str>> = self
            .sinks
            .iter()
            .map(|(sink, rules)| {
                let rules = rules.value.iter();
                (sink.as_str(), rules.map(|(rule, it)| (rule.as_str(), it.value.name())).collect())
            })
            .collect();
        let max_bytes: BTreeMap<&str, u64> =
            self.max_bytes.iter().map(|(sink, most)| (sink.as_str(), most.value)).collect();
        serde_json::json!({
            "allow": self.allow.iter().map(|it| it.value.content()).collect::<Vec<_>>(),
            "detectors": self.detectors.iter().map(DetectorDocument::content).collect::<Vec<_>>(),
            "keys": self.keys.iter().map(SecretKey::content).collect::<Vec<_>>(),
            "level": self.level,
            "max_bytes": max_bytes,
            "packs": values(&self.packs),
            "private_hosts": values(&self.private_hosts),
            "private_suffixes": values(&self.private_suffixes),
            "sinks": sinks,
        })
    }
}

impl RedactionAllow {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let fields = decoder.fields(at, &["path", "reason", "rule", "sha256", "sinks"])?;
        let Some(reason) = fields.find("reason") else {
            decoder.missing(&fields, "reason", "a value that is no secret");
            return None;
        };
        if ["path", "rule", "sha256"].iter().all(|key| fields.find(key).is_none()) {
            decoder.missing(&fields, "sha256", "a value that is no secret");
            return None;
        }
        let paths = fields.find("path").map(|at| {
            decoder.some_items(&at);
            decoder.patterns(&at)
        });
        let sha256 = match fields.find("sha256") {
            Some(at) => Some(decoder.sha256(&at)?),
            None => None,
        };
        Some(Self {
            paths: paths.unwrap_or_default(),
            reason: decoder.text(&reason)?,
            rule: fields.find("rule").and_then(|at| decoder.located_text(&at)),
            sha256,
            sinks: fields.find("sinks").map(|at| decoder.some_texts(&at)).unwrap_or_default(),
        })
    }

    fn content(&self) -> serde_json::Value {
        serde_json::json!({
            "path": values(&self.paths),
            "rule": self.rule.as_ref().map(|rule| &rule.value),
            "sha256": self.sha256,
            "sinks": values(&self.sinks),
        })
    }
}

fn sinks(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
) -> BTreeMap<String, Located<BTreeMap<String, Located<RedactAction>>>> {
    let mut out = BTreeMap::new();
    let Some(at) = fields.find("sinks") else {
        return out;
    };
    let Some(entries) = at.entries() else {
        decoder.wrong_type(&at, "a mapping");
        return out;
    };
    for entry in entries {
        let sink = at.entry(entry);
        let Some(rules) = sink.entries() else {
            decoder.wrong_type(&sink, "a mapping");
            continue;
        };
        let mut actions = BTreeMap::new();
        for rule in rules {
            let at = sink.entry(rule);
            let (read, suggest) = (RedactAction::from_name, RedactAction::suggest);
            if let Some(action) = decoder.named(&at, RedactAction::WHAT, read, suggest) {
                actions.insert(rule.key.clone(), Located::new(action, decoder.location(&at)));
            }
        }
        out.insert(entry.key.clone(), Located::new(actions, decoder.location(&sink)));
    }
    out
}

fn max_bytes(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> BTreeMap<String, Located<u64>> {
    let mut out = BTreeMap::new();
    let Some(at) = fields.find("max_bytes") else {
        return out;
    };
    let Some(entries) = at.entries() else {
        decoder.wrong_type(&at, "a mapping");
        return out;
    };
    for entry in entries {
        let at = at.entry(entry);
        if let Some(most) = decoder.number(&at, SMALLEST_CUT, MAX_NUMBER) {
            out.insert(entry.key.clone(), Located::new(most, decoder.location(&at)));
        }
    }
    out
}

impl Decoder<'_> {
    /// Returns the SHA-256 at `at`, as 64 small hexadecimal digits.
    fn sha256(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        let hex = text.strip_prefix("sha256:").unwrap_or(&text).to_ascii_lowercase();
        if hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(hex);
        }
        // It may be the value itself: it is not printed.
        let error = DocumentError::InvalidPattern {
            text: Quoted::from("…"),
            reason: "it is no SHA-256",
            help: "write the 64 hexadecimal digits that `sha256sum` prints for the value alone",
        };
        self.report(at, &error);
        None
    }
}
