//! What may be kept of a decision: what the redactor takes out of the request must not come back
//! by way of the facts and sentences that were made from it.

use std::collections::BTreeSet;

use bailiwick::DecisionRecord;
use bailiwick::FactsRead;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::TraceViewer;
use bailiwick::Value as Detail;
use serde_json::Value;

/// Takes out of texts what the redactor took out of a request, and what it finds besides.
pub(super) struct Cleaner<'a> {
    /// What went, and what stands for it; the longest first, so that no part of a longer one is
    /// left over.
    gone: Vec<(&'a str, String)>,
    redactor: &'a Redactor,
}

impl<'a> Cleaner<'a> {
    /// Returns what cleans texts made from the request `raw`, kept as `projected`.
    pub(super) fn new(raw: &'a Value, projected: &Value, redactor: &'a Redactor) -> Self {
        let mut gone = BTreeSet::new();
        gather(raw, projected, &mut gone);
        let mut gone: Vec<(&str, String)> =
            gone.into_iter().map(|word| (word, marker_of(word, redactor))).collect();
        gone.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self { gone, redactor }
    }

    /// Returns what may be kept of one text.
    pub(super) fn shown(&self, text: &str) -> Projection<TraceViewer> {
        let mut text = text.to_owned();
        for (word, marker) in &self.gone {
            if text.contains(word) {
                text = text.replace(word, marker);
            }
        }
        self.redactor.project(&Raw::new(text))
    }

    fn text(&self, text: &mut String) {
        *text = self.shown(text).into_text();
    }

    /// Cleans every text of a record that was made from the request.
    pub(super) fn record(&self, record: &mut DecisionRecord) {
        // All fields are named, so that a new one cannot be left out.
        let FactsRead {
            change_classes,
            command_effects,
            data_class: _,
            hosts,
            invocations,
            network: _,
            outside,
            paths,
            pipes_remote_to_shell: _,
            programs,
            removals,
            sensitive,
        } = &mut record.facts;
        let lists = [
            change_classes,
            command_effects,
            hosts,
            invocations,
            outside,
            paths,
            programs,
            removals,
            sensitive,
        ];
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
            self.text(&mut unknown.attribute);
            self.text(&mut unknown.reason);
        }
        // The id of a call is the model's word.
        if let Some(id) = &mut record.tool_call_id {
            self.text(id);
        }
    }
}

/// Puts what may be kept in the place of each text of `value`.
pub(super) fn fit(value: &mut Detail, redactor: &Redactor) {
    match value {
        Detail::Text(text) => {
            *text = redactor.project::<TraceViewer>(&Raw::new(text.as_str())).into_text();
        }
        Detail::List(items) => items.iter_mut().for_each(|item| fit(item, redactor)),
        Detail::Map(entries) => {
            for (mut name, mut value) in std::mem::take(entries) {
                name = redactor.project::<TraceViewer>(&Raw::new(name)).into_text();
                fit(&mut value, redactor);
                entries.insert(name, value);
            }
        }
        Detail::Bool(_) | Detail::Integer(_) | Detail::Null => {}
    }
}

/// Returns the marker of `word` where it is known for a secret by itself, so that equal ones can
/// be told; what only its place gave away has a marker that says nothing.
fn marker_of(word: &str, redactor: &Redactor) -> String {
    let shown = redactor.project::<TraceViewer>(&Raw::new(word)).into_text();
    let inner = shown.strip_prefix("[REDACTED:").and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) if !inner.contains(['[', ']']) => shown,
        Some(_) | None => MARKER.to_owned(),
    }
}

/// Gathers the words of each text of `raw` that its projection does not hold any more.
fn gather<'a>(raw: &'a Value, projected: &Value, gone: &mut BTreeSet<&'a str>) {
    match (raw, projected) {
        (Value::String(raw), Value::String(projected)) if raw != projected => {
            words(raw, projected, gone);
        }
        (Value::Array(raw), Value::Array(projected)) => {
            for (raw, projected) in raw.iter().zip(projected) {
                gather(raw, projected, gone);
            }
        }
        (Value::Object(raw), Value::Object(projected)) => {
            for (name, raw) in raw {
                match projected.get(name) {
                    Some(projected) => gather(raw, projected, gone),
                    // The name went, and by which name its value stands now is not known.
                    None => {
                        words(name, "", gone);
                        gather_all(raw, gone);
                    }
                }
            }
        }
        (_, _) => {}
    }
}

/// Gathers the words of every text of `raw`.
fn gather_all<'a>(raw: &'a Value, gone: &mut BTreeSet<&'a str>) {
    match raw {
        Value::String(text) => words(text, "", gone),
        Value::Array(items) => items.iter().for_each(|item| gather_all(item, gone)),
        Value::Object(entries) => {
            for (name, value) in entries {
                words(name, "", gone);
                gather_all(value, gone);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn words<'a>(raw: &'a str, projected: &str, gone: &mut BTreeSet<&'a str>) {
    let words = raw.split(|c: char| c.is_whitespace() || SEPARATORS.contains(c));
    gone.extend(words.filter(|word| word.len() >= SHORTEST && !projected.contains(word)));
}

const MARKER: &str = "[REDACTED]";
/// The slash too: facts hold paths in another spelling.
const SEPARATORS: &str = "'\"=:@,;()[]{}<>|&/\\";
/// Shorter words say nothing, and taking them out of every text would take out much else.
const SHORTEST: usize = 4;
