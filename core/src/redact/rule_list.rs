//! What is looked for, as a list for people.

use serde::Serialize;

use crate::document::CountsAs;
use crate::redact::RulePack;
use crate::redact::kind::KindInfo;
use crate::redact::kind::Kinds;
use crate::redact::pack::Detector;

/// One detector, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleInfo {
    /// The figure that what it finds counts for.
    pub counts_as: CountsAs,
    /// It is always on; others are chosen with their pack.
    pub default: bool,
    /// Its name, which policies and summaries use.
    pub id: String,
    /// The word in its markers.
    pub kind: String,
    /// Its pack; none for what is found by the structure of a text.
    pub pack: Option<String>,
    /// Where the format is described.
    pub source: Option<String>,
}

impl RuleInfo {
    /// Returns what every redactor finds by the structure of a text: keys and their values,
    /// headers, addresses, blocks.
    pub fn built_in() -> Vec<Self> {
        let kinds = Kinds::built_in();
        let rule = |kind: &KindInfo| Self {
            counts_as: kind.counter,
            default: true,
            id: kind.rule.clone(),
            kind: kind.name.clone(),
            pack: None,
            source: None,
        };
        kinds.iter().map(rule).collect()
    }

    /// Returns the detectors of `pack`.
    pub fn of_pack(pack: &RulePack) -> Vec<Self> {
        let rule = |detector: &Detector| Self {
            counts_as: detector.counts_as,
            default: pack.is_default(),
            id: detector.id.clone(),
            kind: detector.kind.clone(),
            pack: Some(pack.name().to_owned()),
            source: detector.source.clone(),
        };
        pack.detectors.iter().map(rule).collect()
    }
}
