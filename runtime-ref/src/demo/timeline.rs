//! What people see while it happens: one line a decision, and what came of it.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Effect;
use bailiwick::EventType;
use bailiwick::LogViewer;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::TraceViewer;
use bailiwick::Value;

use crate::pep::Observer;
use crate::port::model::ToolCall;
use crate::run::CallOutcome;
use crate::run::Listener;
use crate::scripted::Expect;

/// Prints the timeline, or keeps silent and only counts.
#[derive(Clone)]
pub(crate) struct Timeline {
    colour: bool,
    counts: Arc<Mutex<BTreeMap<&'static str, u64>>>,
    redactor: Redactor,
    silent: bool,
}

impl Timeline {
    pub(crate) fn new(silent: bool, redactor: Redactor) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colour = wanted && std::io::stdout().is_terminal();
        Self { colour, counts: Arc::default(), redactor, silent }
    }

    /// Returns how often each decision was made.
    pub(crate) fn counts(&self) -> BTreeMap<&'static str, u64> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.clone()
    }

    /// Prints a line for people, as far as they may see it.
    pub(crate) fn say(&self, line: &str) {
        self.print(None, &self.shown(line));
    }

    /// Prints `line`, and of it `painted` in that colour; the whole where that is not in it.
    fn paint(&self, colour: &str, painted: &str, line: &str) {
        self.print(Some((colour, painted)), &self.shown(line));
    }

    /// The only way to standard output: what is printed is projected, whoever wrote it.
    fn print(&self, paint: Option<(&str, &str)>, line: &Projection<LogViewer>) {
        if self.silent {
            return;
        }
        let line = line.text();
        match paint.filter(|_| self.colour) {
            Some((colour, painted)) => {
                let painted = if line.contains(painted) { painted } else { line };
                let shown = format!("\u{1b}[{colour}m{painted}\u{1b}[0m");
                println!("{}", line.replacen(painted, &shown, 1));
            }
            None => println!("{line}"),
        }
    }

    fn shown(&self, text: &str) -> Projection<LogViewer> {
        self.redactor.project(&Raw::new(text))
    }

    /// Wraps only what was projected: a line break must not cut a secret into two.
    fn beneath(&self, text: &str) {
        for line in wrapped(self.shown(text).text(), 100 - INDENT) {
            self.say(&format!("{:INDENT$}{line}", ""));
        }
    }
}

impl Observer for Timeline {
    fn decided(
        &self,
        seq: u64,
        intent: &Projection<TraceViewer>,
        record: &DecisionRecord,
        permitted: bool,
    ) {
        let word = record.decision.name();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(word).or_default() += 1;
        drop(counts);
        let colour = match record.decision {
            DecisionEffect::Allowed => "32",
            DecisionEffect::AskApproval => "33",
            DecisionEffect::Denied => "31",
        };
        let instant = record.created_at.to_string();
        let time = instant.get(11..19).unwrap_or(&instant);
        let action = record.action.as_deref().unwrap_or("?");
        let intent = one_line(intent.text());
        let line = format!("{seq:>4}  {time}  {word:<12}  {action:<14}  {intent}");
        self.paint(colour, word, &line);
        if record.decision == DecisionEffect::Allowed && permitted {
            return;
        }
        // What decided; the rest stands in the record.
        let decisive = match record.decision {
            DecisionEffect::AskApproval => Effect::AskApproval,
            DecisionEffect::Allowed | DecisionEffect::Denied => Effect::Deny,
        };
        let reasons = record.reasons.iter();
        for reason in reasons.filter(|reason| reason.effect == decisive) {
            self.beneath(&format!("{}: {}", reason.code, reason.message));
        }
        let rules = record.matched_rules.iter();
        for rule in rules.filter(|rule| rule.effect == decisive) {
            self.beneath(&format!("by {}#{} at {}", rule.policy, rule.rule, rule.location));
        }
        self.beneath(&format!("→ {}", record.remedy.text));
    }

    fn happened(&self, seq: u64, event_type: EventType, details: &BTreeMap<String, Value>) {
        let shown: Vec<String> = SHOWN
            .iter()
            .filter_map(|name| details.get(*name).map(|value| (*name, value)))
            .map(|(name, value)| format!("{name} {}", plain(value)))
            .collect();
        let line = format!("{seq:>4}  {:8}  {} {}", "", event_type.name(), shown.join(", "));
        let line = line.trim_end();
        self.paint("2", line, line);
    }
}

/// Listens to the agent: prints what it says, and compares each decision with the script's.
pub(crate) struct Witness {
    /// What must come of each call.
    pub(crate) expectations: BTreeMap<String, Expect>,
    /// What came otherwise.
    pub(crate) mismatches: Arc<Mutex<Vec<String>>>,
    /// Where it prints.
    pub(crate) timeline: Timeline,
}

impl Listener for Witness {
    fn said(&mut self, text: &Projection<LogViewer>) {
        self.timeline.say("");
        for line in wrapped(text.text(), 92) {
            let line = format!("      ▸ {line}");
            self.timeline.paint("1", &line, &line);
        }
    }

    fn called(&mut self, call: &ToolCall, outcome: &CallOutcome) {
        let Some(expect) = self.expectations.remove(&call.id) else {
            return;
        };
        let decided = outcome.record.as_ref().map(|record| record.decision);
        let name = |decision: Option<DecisionEffect>| decision.map_or("no decision", |d| d.name());
        let mut found = Vec::new();
        if expect.decision.is_some() && expect.decision != decided {
            let (wanted, got) = (name(expect.decision), name(decided));
            found.push(format!("{} ({}): expected {wanted}, got {got}", call.id, call.tool));
        }
        let content = outcome.content.text();
        if let Some(text) = expect.text.filter(|text| !content.contains(text.as_str())) {
            found.push(format!("{} ({}): no `{text}` in: {content}", call.id, call.tool));
        }
        for line in &found {
            self.timeline.say(&format!("   ✗  {line}"));
        }
        let mut mismatches = self.mismatches.lock().unwrap_or_else(PoisonError::into_inner);
        mismatches.extend(found);
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => one_line(text),
        Value::Integer(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Map(entries) => format!("{} entries", entries.len()),
        Value::Null => "none".to_owned(),
    }
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(110) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(&line)),
        None => line,
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The details that people look for, in this order.
const SHOWN: &[&str] = &[
    "failed",
    "message",
    "unfulfilled",
    "verifier",
    "result",
    "ending",
    "wall_ms",
    "path",
    "bytes",
    "lines",
    "files",
    "branch",
    "commit",
    "number",
    "adapter",
    "degraded",
    "secret_like_tokens",
    "email_addresses",
    "private_urls",
    "truncated_bytes",
    "untrusted_findings",
    "remedy",
    "reason",
];
const INDENT: usize = 16;
