//! The doubts that gather while a request is read.

use std::collections::BTreeSet;

use crate::model::Attribute;
use crate::model::Unknown;
use crate::model::UnknownKind;

/// Doubts by attribute; only so many reasons are kept of each, but never the stricter kind lost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubts {
    found: BTreeSet<Unknown>,
}

/// Reasons kept for one attribute and kind: enough to explain, and a bound on hostile requests.
const KEPT: usize = 16;

impl Doubts {
    /// Adds what could not be read.
    pub(crate) fn unreadable(&mut self, attribute: &Attribute, reason: impl Into<String>) {
        self.add(Unknown::unreadable(attribute.name(), reason));
    }

    /// Adds what is known only at run time.
    pub(crate) fn dynamic(&mut self, attribute: &Attribute, reason: impl Into<String>) {
        self.add(Unknown::dynamic(attribute.name(), reason));
    }

    /// Adds one doubt.
    pub(crate) fn add(&mut self, unknown: Unknown) {
        let alike = self
            .found
            .iter()
            .filter(|other| other.attribute == unknown.attribute && other.kind == unknown.kind)
            .count();
        if alike < KEPT {
            self.found.insert(unknown);
        }
    }

    /// Returns the strictest doubt about `attribute`.
    pub(crate) fn about(&self, attribute: &Attribute) -> Option<UnknownKind> {
        if self.found.is_empty() {
            return None;
        }
        let name = attribute.name();
        self.found
            .iter()
            .filter(|unknown| unknown.attribute == name)
            .map(|unknown| unknown.kind)
            .max()
    }

    /// Returns every doubt, in order.
    pub(crate) fn into_list(self) -> Vec<Unknown> {
        self.found.into_iter().collect()
    }
}

/// Returns `text` fit for a reason: short, and with nothing in it that hides or moves text.
pub(crate) fn shown(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == SHOWN {
            out.push('…');
            break;
        }
        if c.is_control() || (!c.is_ascii() && !c.is_alphanumeric()) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
