//! What is done with what was found, sink by sink.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::Digest;
use crate::model::closed_table;
use crate::redact::Sink;
use crate::document::CountsAs;
use crate::redact::kind::KindInfo;

closed_table! {
    /// What is done with what was found, from the least strict to the strictest.
    RedactionAction: "redaction action" {
        /// It stays.
        Keep = "keep",
        /// A marker takes its place.
        Redact = "redact",
        /// A marker takes the place of the whole line.
        RemoveLine = "remove_line",
        /// Nothing of the text goes out from there on.
        Refuse = "refuse",
    }
}

/// What is done with what was found, and what is no secret.
#[derive(Clone, Debug, Default)]
pub(crate) struct Actions {
    /// `sha256:<hex>` of values that are no secrets.
    pub(crate) allowed: BTreeSet<String>,
    /// What a sink does by default.
    pub(crate) by_sink: BTreeMap<Sink, RedactionAction>,
    /// What a sink does with a kind.
    pub(crate) by_kind: BTreeMap<(Sink, String), RedactionAction>,
}

impl Actions {
    /// Returns what is done for `sink` with `value` of that kind. A secret is never kept in what a
    /// model reads, but for a value that is named as none.
    pub(crate) fn of(&self, sink: Sink, kind: &KindInfo, value: &[u8]) -> RedactionAction {
        if !self.allowed.is_empty() && self.allowed.contains(Digest::of(value).as_str()) {
            return RedactionAction::Keep;
        }
        if self.by_sink.is_empty() && self.by_kind.is_empty() {
            return RedactionAction::Redact;
        }
        let named = self.by_kind.get(&(sink, kind.name.clone()));
        let action = named.or_else(|| self.by_sink.get(&sink));
        let action = action.copied().unwrap_or(RedactionAction::Redact);
        match (action, kind.counter, sink) {
            (RedactionAction::Keep, CountsAs::SecretLikeToken, Sink::ModelContext) => RedactionAction::Redact,
            (action, _, _) => action,
        }
    }
}
