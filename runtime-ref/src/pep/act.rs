//! What an act came to, for the caller and for the journal.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::LintKind;
use bailiwick::Raw;
use bailiwick::RedactionSummary;
use bailiwick::Value;

/// What an act came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act<T> {
    /// Small facts for the journal: names, counts, digests; no text that was not projected.
    pub details: BTreeMap<String, Value>,
    /// What kind of event tells of it.
    pub event_type: EventType,
    /// The result as it was shown, to be kept behind the event; nothing of it is in the event.
    pub output: Option<Raw>,
    /// What was removed from the result before anybody saw it.
    pub redaction: RedactionSummary,
    /// The digest of the result as it was shown.
    pub result_hash: Option<Digest>,
    /// What it used up, by usage key.
    pub usage: BTreeMap<String, u64>,
    /// The result.
    pub value: T,
}

impl<T> Act<T> {
    /// Returns an act that came to `value`.
    pub fn new(event_type: EventType, value: T) -> Self {
        Self {
            details: BTreeMap::new(),
            event_type,
            output: None,
            redaction: RedactionSummary::default(),
            result_hash: None,
            usage: BTreeMap::new(),
            value,
        }
    }

    /// Adds a text to the details.
    pub fn text(mut self, name: &str, text: impl Into<String>) -> Self {
        self.details.insert(name.to_owned(), Value::Text(text.into()));
        self
    }

    /// Adds a number to the details; one that is too large to be kept reads as the largest.
    pub fn number(mut self, name: &str, number: impl TryInto<i64>) -> Self {
        let number = number.try_into().unwrap_or(MAX_KEPT).min(MAX_KEPT);
        self.details.insert(name.to_owned(), Value::Integer(number));
        self
    }

    /// Says what the result was, as it was shown, what had been removed from it, and what in it
    /// speaks to the agent as if it could give orders: the output of tools is data, whatever it
    /// says.
    pub fn shown<S: bailiwick::SinkType>(mut self, projection: &bailiwick::Projection<S>) -> Self {
        let report = bailiwick::lint(projection.text(), LintKind::Untrusted, None);
        let codes: BTreeSet<&str> =
            report.findings.iter().map(|finding| finding.code.name()).collect();
        if !codes.is_empty() {
            let codes = codes.into_iter().map(|code| Value::Text(code.to_owned())).collect();
            self.details.insert("untrusted_findings".to_owned(), Value::List(codes));
        }
        self.redaction.add(projection.summary());
        self.result_hash = Some(Digest::of(projection.text().as_bytes()));
        self.output = Some(Raw::new(projection.text()));
        self
    }

    /// Says what it used up.
    pub fn used(mut self, key: &str, amount: u64) -> Self {
        self.usage.insert(key.to_owned(), amount);
        self
    }
}

/// Why an act that was permitted did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A stable word.
    pub code: String,
    /// What happened; raw, so it is projected before anybody sees it.
    pub message: Raw,
}

impl Failure {
    /// Returns the failure of that code.
    pub fn new(code: &str, message: impl ToString) -> Self {
        Self { code: code.to_owned(), message: Raw::new(message.to_string()) }
    }
}

const MAX_KEPT: i64 = 9_007_199_254_740_991;
