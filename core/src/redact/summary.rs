//! What was removed, in figures.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::document::CountsAs;
use crate::redact::kind::KindInfo;

/// What was removed, in figures: the `redaction_summary` of section 20.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RedactionSummary {
    /// E-mail addresses.
    pub email_addresses: u64,
    /// Markers that stood in the text already: others removed something, or want to look so.
    #[serde(skip_serializing_if = "is_zero")]
    pub foreign_markers: u64,
    /// Long encoded runs, minified text, and runs of repeated lines.
    pub large_blocks_removed: u64,
    /// Addresses inside a private network.
    pub private_urls: u64,
    /// A policy refuses the text to the sink: nothing more of it is shown, and of a tree or the
    /// words of a command nothing at all.
    #[serde(skip_serializing_if = "is_false")]
    pub refused: bool,
    /// How often each rule found something.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, u64>,
    /// Passwords, keys, tokens and what looks like one.
    pub secret_like_tokens: u64,
    /// Bytes cut off because the text was too long.
    #[serde(skip_serializing_if = "is_zero")]
    pub truncated_bytes: u64,
}

impl RedactionSummary {
    /// Returns true where nothing was removed; foreign markers remove nothing.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.truncated_bytes == 0 && !self.refused
    }

    /// Adds the figures of another text.
    pub fn add(&mut self, other: &Self) {
        self.email_addresses += other.email_addresses;
        self.foreign_markers += other.foreign_markers;
        self.large_blocks_removed += other.large_blocks_removed;
        self.private_urls += other.private_urls;
        self.refused |= other.refused;
        self.secret_like_tokens += other.secret_like_tokens;
        self.truncated_bytes = self.truncated_bytes.saturating_add(other.truncated_bytes);
        for (rule, count) in &other.rules {
            *self.rules.entry(rule.clone()).or_default() += count;
        }
    }

    pub(crate) fn count(&mut self, kind: &KindInfo) {
        match kind.counter {
            CountsAs::SecretLikeToken => self.secret_like_tokens += 1,
            CountsAs::EmailAddress => self.email_addresses += 1,
            CountsAs::PrivateUrl => self.private_urls += 1,
            CountsAs::LargeBlock => self.large_blocks_removed += 1,
        }
        self.count_more(kind);
    }

    /// Counts what belongs to something that was counted already: for the rule alone.
    pub(crate) fn count_more(&mut self, kind: &KindInfo) {
        if let Some(count) = self.rules.get_mut(&kind.rule) {
            *count += 1;
        } else {
            self.rules.insert(kind.rule.clone(), 1);
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_false(said: &bool) -> bool {
    !*said
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
