//! The redactor: raw text in, a projection for one sink out.

use std::collections::BTreeMap;

use crate::model::Digest;
use crate::model::HashKey;
use crate::redact::Projection;
use crate::redact::Raw;
use crate::redact::RedactionSummary;
use crate::redact::Sink;
use crate::redact::assignment;
use crate::redact::block;
use crate::redact::clean::clean;
use crate::redact::contact;
use crate::redact::known::KnownValues;
use crate::redact::pem;
use crate::redact::span::replace;
use crate::redact::token::TokenIndex;
use crate::redact::token_table::TOKENS;
use crate::redact::truncate::SMALLEST;
use crate::redact::truncate::truncate;
use crate::redact::url;

/// How often a text is gone over at most. One pass finds everything and the next finds nothing,
/// but for texts that are made so that a cut shows something new.
pub(super) const MOST_PASSES: usize = 8;

/// Makes projections. It is built once a run, from the values that must not be seen.
///
/// # Example
/// ```
/// use bailiwick::{Raw, Redactor, Sink};
/// let redactor = Redactor::builder().known_value("hunter2-hunter2").build();
/// let raw = Raw::new("login with hunter2-hunter2, ask ana@shop.example");
/// let projection = redactor.project(&raw, Sink::ModelContext);
/// assert_eq!(projection.text(), "login with [REDACTED:known_value], ask [REDACTED:email]");
/// assert_eq!(projection.summary().secret_like_tokens, 1);
/// ```
#[derive(Clone)]
pub struct Redactor {
    tokens: TokenIndex,
    known: KnownValues,
    ignored: usize,
    key: Option<HashKey>,
    max_bytes: Option<usize>,
    max_by_sink: BTreeMap<Sink, usize>,
}

/// Gathers what a redactor needs to know.
#[derive(Clone, Default)]
pub struct RedactorBuilder {
    known: KnownValues,
    ignored: usize,
    key: Option<HashKey>,
    max_bytes: Option<usize>,
    max_by_sink: BTreeMap<Sink, usize>,
}

impl RedactorBuilder {
    /// Names a secret: it goes wherever it stands, also in base 64, hexadecimal, URL or JSON
    /// form, and each of its lines alone. One under 8 bytes is left out, and counted.
    #[must_use]
    pub fn known_value(mut self, value: &str) -> Self {
        if !self.known.add(value) {
            self.ignored += 1;
        }
        self
    }

    /// Gives the markers ids under `key`, so that equal secrets can be told from different ones.
    #[must_use]
    pub fn key(mut self, key: HashKey) -> Self {
        self.key = Some(key);
        self
    }

    /// Cuts every projection to `bytes`, note included; at least 128.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = Some(bytes.max(SMALLEST));
        self
    }

    /// Cuts projections for `sink` to `bytes`, whatever holds for others.
    #[must_use]
    pub fn max_bytes_for(mut self, sink: Sink, bytes: usize) -> Self {
        self.max_by_sink.insert(sink, bytes.max(SMALLEST));
        self
    }

    /// Returns the redactor.
    pub fn build(self) -> Redactor {
        Redactor {
            tokens: TokenIndex::new(),
            known: self.known,
            ignored: self.ignored,
            key: self.key,
            max_bytes: self.max_bytes,
            max_by_sink: self.max_by_sink,
        }
    }
}

impl Redactor {
    /// Returns a builder.
    pub fn builder() -> RedactorBuilder {
        RedactorBuilder::default()
    }

    /// Returns what `sink` may see of `raw`. Never fails; projecting twice equals projecting once.
    pub fn project(&self, raw: &Raw, sink: Sink) -> Projection {
        let mut summary = RedactionSummary::default();
        let text = self.text(raw.text(), self.limit(sink), &mut summary);
        Projection::new(text, sink, summary)
    }

    /// Returns how many values were named that are too short to be looked for.
    pub fn ignored_values(&self) -> usize {
        self.ignored
    }

    /// Returns the version of the rules: it changes with the table of token shapes.
    pub fn version() -> String {
        let shapes =
            TOKENS.iter().flat_map(|shape| [shape.prefix.as_bytes(), shape.kind.name().as_bytes()]);
        let digest = Digest::of_parts("bailiwick.redaction.tokens.v1", shapes);
        format!("redaction-1.{}", digest.short())
    }

    pub(super) fn limit(&self, sink: Sink) -> Option<usize> {
        self.max_by_sink.get(&sink).copied().or(self.max_bytes)
    }

    pub(super) fn hash_key(&self) -> Option<&HashKey> {
        self.key.as_ref()
    }

    /// Goes over `text` until nothing more is found.
    pub(super) fn text(
        &self,
        text: &str,
        limit: Option<usize>,
        summary: &mut RedactionSummary,
    ) -> String {
        let mut text = clean(text);
        for _ in 0..MOST_PASSES {
            let replaced = replace(&text, self.spans(&text), self.key.as_ref(), summary);
            let changed = replaced.is_some();
            text = replaced.unwrap_or(text);
            let cut = limit.and_then(|max| truncate(&text, max));
            if let Some((shorter, removed)) = cut {
                summary.truncated_bytes = summary.truncated_bytes.saturating_add(removed);
                text = shorter;
            } else if !changed {
                break;
            }
        }
        text
    }

    fn spans(&self, text: &str) -> Vec<crate::redact::span::Span> {
        let mut spans = Vec::new();
        self.known.find(text, &mut spans);
        self.tokens.find(text, &mut spans);
        pem::find(text, &mut spans);
        assignment::find(text, &mut spans);
        url::find(text, &mut spans);
        contact::find(text, &mut spans);
        block::find(text, &mut spans);
        spans
    }
}

impl Default for Redactor {
    fn default() -> Self {
        Self::builder().build()
    }
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redactor(…)")
    }
}

impl std::fmt::Debug for RedactorBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RedactorBuilder(…)")
    }
}
