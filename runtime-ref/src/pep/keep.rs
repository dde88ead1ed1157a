//! What may be kept of a decision: what the redactor takes out of the request must not come back
//! by way of the facts and sentences that were made from it.

use std::collections::BTreeSet;

use bailiwick::DecisionRecord;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::TraceViewer;
use serde_json::Value;

/// Takes out of texts what the redactor took out of a request, and what it finds besides.
pub(super) struct Cleaner<'a> {
    /// The longest first, so that no part of a longer one is left over.
    gone: Vec<&'a str>,
    redactor: &'a Redactor,
}

impl<'a> Cleaner<'a> {
    /// Returns what cleans texts made from the request `raw`, kept as `projected`.
    pub(super) fn new(raw: &'a Value, projected: &Value, redactor: &'a Redactor) -> Self {
        let mut gone = BTreeSet::new();
        gather(raw, projected, &mut gone);
        let mut gone: Vec<&str> = gone.into_iter().collect();
        gone.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { gone, redactor }
    }

    /// Cleans one text.
    pub(super) fn text(&self, text: &mut String) {
        for word in &self.gone {
            if text.contains(word) {
                *text = text.replace(word, MARKER);
            }
        }
        let raw = Raw::new(std::mem::take(text));
        *text = self.redactor.project::<TraceViewer>(&raw).into_text();
    }

    /// Cleans every text of a record that was made from the request.
    pub(super) fn record(&self, record: &mut DecisionRecord) {
        let facts = &mut record.facts;
        let lists = [&mut facts.hosts, &mut facts.paths, &mut facts.programs];
        for text in lists.into_iter().flatten() {
            self.text(text);
        }
        self.text(&mut record.explanation);
        self.text(&mut record.remedy.text);
        for text in &mut record.remedy.requires {
            self.text(text);
        }
        for reason in &mut record.reasons {
            self.text(&mut reason.message);
        }
        for unknown in &mut record.unknowns {
            self.text(&mut unknown.reason);
        }
    }
}

/// Gathers the words of each text of `raw` that its projection does not hold any more.
fn gather<'a>(raw: &'a Value, projected: &Value, gone: &mut BTreeSet<&'a str>) {
    match (raw, projected) {
        (Value::String(raw), Value::String(projected)) if raw != projected => {
            let words = raw.split(|c: char| c.is_whitespace() || SEPARATORS.contains(c));
            gone.extend(words.filter(|word| word.len() >= SHORTEST && !projected.contains(word)));
        }
        (Value::Array(raw), Value::Array(projected)) => {
            for (raw, projected) in raw.iter().zip(projected) {
                gather(raw, projected, gone);
            }
        }
        (Value::Object(raw), Value::Object(projected)) => {
            for (name, raw) in raw {
                if let Some(projected) = projected.get(name) {
                    gather(raw, projected, gone);
                }
            }
        }
        (_, _) => {}
    }
}

const MARKER: &str = "[REDACTED]";
/// The slash too: facts hold paths in another spelling.
const SEPARATORS: &str = "'\"=:@,;()[]{}<>|&/\\";
/// Shorter words say nothing, and taking them out of every text would take out much else.
const SHORTEST: usize = 4;
