//! The redactor: raw text in, a projection for one sink out.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::RedactAction;
use crate::model::HashKey;
use crate::redact::FoundValue;
use crate::redact::Projected;
use crate::redact::Projection;
use crate::redact::Raw;
use crate::redact::RedactionFinding;
use crate::redact::RedactionRules;
use crate::redact::RedactionStream;
use crate::redact::RedactionSummary;
use crate::redact::RulePack;
use crate::redact::Sink;
use crate::redact::SinkType;
use crate::redact::kind::Kind;
use crate::redact::kind::KindInfo;
use crate::redact::known::KnownValues;
use crate::redact::limit::SMALLEST;
use crate::redact::marker::is_marker;
use crate::redact::marker::write_marker;
use crate::redact::targets::Targets;

/// Makes projections. It is built once a run, from the values that must not be seen; a clone costs
/// nothing.
///
/// # Example
/// ```
/// use bailiwick::{ModelContext, Raw, Redactor};
/// let redactor = Redactor::builder().known_value("hunter2-hunter2").build();
/// let raw = Raw::new("login with hunter2-hunter2, ask ana@shop.example");
/// let projection = redactor.project::<ModelContext>(&raw);
/// assert_eq!(projection.text(), "login with [REDACTED:known_value], ask [REDACTED:email]");
/// assert_eq!(projection.summary().secret_like_tokens, 1);
/// ```
#[derive(Clone)]
pub struct Redactor(Arc<Inner>, Option<Arc<str>>);

struct Inner {
    ignored: usize,
    key: Option<HashKey>,
    known: KnownValues,
    max_bytes: Option<usize>,
    max_by_sink: BTreeMap<Sink, usize>,
    /// What is done with what was found.
    rules: RedactionRules,
    targets: Arc<Targets>,
}

/// Gathers what a redactor needs to know.
#[derive(Clone, Default)]
pub struct RedactorBuilder {
    key: Option<HashKey>,
    known: Vec<Vec<u8>>,
    max_bytes: Option<usize>,
    max_by_sink: BTreeMap<Sink, usize>,
    path: Option<String>,
    rules: RedactionRules,
}

impl RedactorBuilder {
    /// Names a secret: it goes wherever it stands, also in base 64 (of UTF-16 too), in hexadecimal,
    /// or escaped as URLs, JSON, HTML and shells do it, each of its lines alone, and a piece of at
    /// least 8 bytes where a line feed cuts it off. One under 8 bytes is left out, and counted.
    #[must_use]
    pub fn known_value(mut self, value: &str) -> Self {
        self.known.push(value.as_bytes().to_vec());
        self
    }

    /// Gives the markers ids under `key`, so that equal secrets can be told from different ones.
    #[must_use]
    pub fn key(mut self, key: HashKey) -> Self {
        self.key = Some(key);
        self
    }

    /// Goes by `rules`, as policies set them ([`crate::PolicySet::redaction`]).
    #[must_use]
    pub fn rules(mut self, rules: RedactionRules) -> Self {
        self.rules = rules;
        self
    }

    /// Looks for what `pack` describes, besides what is always looked for.
    #[must_use]
    pub fn pack(mut self, pack: RulePack) -> Self {
        self.rules.packs.push(pack);
        self
    }

    /// Says which file the texts are of: policies may allow values by path.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Cuts every projection to `bytes`, note included; at least 128. For a tree it holds for all of
    /// its keys and values together, for a command for all of its words; each value counts a byte
    /// more.
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
        let targets = if self.rules.packs.is_empty() {
            Targets::built_in()
        } else {
            Arc::new(Targets::new(self.rules.packs()))
        };
        let (known, ignored) = KnownValues::new(&self.known);
        let inner = Inner {
            ignored,
            key: self.key,
            known,
            max_bytes: self.max_bytes,
            max_by_sink: self.max_by_sink,
            rules: self.rules,
            targets,
        };
        Redactor(Arc::new(inner), self.path.map(Arc::from))
    }
}

impl Redactor {
    /// Returns a builder.
    pub fn builder() -> RedactorBuilder {
        RedactorBuilder::default()
    }

    /// Returns what the sink `S` may see of `raw`. Never fails; projecting twice equals projecting
    /// once. What is no UTF-8 becomes U+FFFD; [`Self::stream`] leaves it.
    pub fn project<S: SinkType>(&self, raw: &Raw) -> Projection<S> {
        Projection::new(self.project_for(raw, S::SINK))
    }

    /// Returns what `sink` may see of `raw`, where the sink is not known before the program runs.
    pub fn project_for(&self, raw: &Raw, sink: Sink) -> Projected {
        let mut summary = RedactionSummary::default();
        let text = self.text(raw.bytes(), sink, self.limit(sink), &mut summary);
        Projected::new(text, sink, summary)
    }

    /// Returns the projection of `raw`, and where something was found in it.
    pub fn project_explained(&self, raw: &Raw, sink: Sink) -> (Projected, Vec<RedactionFinding>) {
        let mut stream = self.stream(sink);
        stream.explain();
        let (bytes, summary) = stream.whole(raw.bytes());
        (Projected::new(text_of(bytes), sink, summary), stream.take_findings())
    }

    /// Returns the same redactor for texts of the file `path`; it costs nothing.
    #[must_use]
    pub fn for_path(&self, path: &str) -> Self {
        Self(self.0.clone(), Some(Arc::from(path)))
    }

    /// Returns the rules that it goes by.
    pub fn rules(&self) -> &RedactionRules {
        &self.0.rules
    }

    /// Returns a stream that projects bytes for `sink` as they come.
    pub fn stream(&self, sink: Sink) -> RedactionStream {
        RedactionStream::new(self.clone(), sink, self.limit(sink))
    }

    /// Returns how many values were named that are too short to be looked for.
    pub fn ignored_values(&self) -> usize {
        self.0.ignored
    }

    /// Returns the version of the rules: it changes with what is looked for.
    pub fn version(&self) -> String {
        format!("redaction-2.{}", self.0.rules.digest().short())
    }

    pub(super) fn limit(&self, sink: Sink) -> Option<usize> {
        let own = self.0.max_by_sink.get(&sink).copied().or(self.0.max_bytes);
        let said = self.0.rules.max_bytes(sink).map(|max| max.max(SMALLEST));
        own.into_iter().chain(said).min()
    }

    pub(super) fn hash_key(&self) -> Option<&HashKey> {
        self.0.key.as_ref()
    }

    pub(super) fn targets(&self) -> &Targets {
        &self.0.targets
    }

    pub(super) fn known(&self) -> &KnownValues {
        &self.0.known
    }

    /// Returns what is done with `value` on its way to `sink`.
    pub(super) fn action(&self, sink: Sink, kind: &KindInfo, value: &[u8]) -> RedactAction {
        let found = FoundValue {
            counts_as: kind.counter,
            kind: &kind.name,
            path: self.1.as_deref(),
            rule: &kind.rule,
            value,
        };
        self.0.rules.action(sink, &found)
    }

    /// Returns the marker of a value that is secret as a whole, or the value where it may stay.
    pub(super) fn mark(
        &self,
        value: &str,
        kind: Kind,
        sink: Sink,
        summary: &mut RedactionSummary,
    ) -> String {
        let kinds = &self.targets().kinds;
        let info = kinds.info(kind);
        let action = self.action(sink, info, value.as_bytes());
        if action == RedactAction::Keep || is_marker(value, kinds) {
            return self.text(value.as_bytes(), sink, None, summary);
        }
        summary.refused |= action == RedactAction::Refuse;
        summary.count(info);
        let mut out = Vec::new();
        write_marker(&mut out, kinds, kind, value.as_bytes(), self.hash_key());
        String::from_utf8_lossy(&out).into_owned()
    }

    /// Projects one text, and adds what was removed to `summary`.
    pub(super) fn text(
        &self,
        text: &[u8],
        sink: Sink,
        limit: Option<usize>,
        summary: &mut RedactionSummary,
    ) -> String {
        let mut stream = RedactionStream::new(self.clone(), sink, limit);
        let (bytes, figures) = stream.whole(text);
        summary.add(&figures);
        text_of(bytes)
    }
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
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
