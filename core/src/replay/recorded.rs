//! What is kept of a decision so that it can be decided again.

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use crate::facts::Facts;
use crate::model::Request;
use crate::model::State;
use crate::model::Subject;
use crate::model::canonical_json;
use crate::model::json_tree;
use crate::redact::Cleaner;
use crate::redact::SinkType;
use crate::replay::RecordedError;
use crate::replay::compare::differences;

/// A decision with all that it takes to make it again, offline: the record as it is kept, which
/// holds the request as it may be kept; the state that was read; and, where something of the
/// request was redacted, the facts that were found in it before.
///
/// Its text is one line of canonical JSON (RFC 8785): a `decisions.jsonl` is any number of them.
/// Fields stand in sorted order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedDecision {
    /// What the request would really do, found before it was redacted; none where nothing was, and
    /// then they are found again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
    /// The decision record as it is kept.
    pub record: Value,
    /// Where something is redacted in what was judged, such as `record.requested.argv[2]`,
    /// `facts.paths.value[0].path` or `state.approvals[0].approver.id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<String>,
    /// The state that was read; none where it could not be, and then nothing was decided by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The version of this format: 1.
    pub v: u32,
}

impl RecordedDecision {
    /// The version of the format that is written and read.
    pub const VERSION: u32 = 1;

    /// Returns what is kept of the decision on `request`: `record` is its record as it is kept, and
    /// `cleaner` is made from the request.
    ///
    /// # Errors
    /// Where the request or the state cannot be turned into JSON.
    ///
    /// # Example
    /// ```
    /// use std::sync::Arc;
    /// use bailiwick::{Cleaner, CompileOptions, DecisionRecord, LogViewer, Pdp, RecordedDecision};
    /// use bailiwick::{RedecideVerdict, Redactor, Request, SourceFile, State, compile, json_tree};
    /// let text = "platform_policy: {version: 1, allowed_actions: [shell.exec]}";
    /// let files = [SourceFile::new("p.yaml", text)];
    /// let pdp = Pdp::new(Arc::new(compile(&files, CompileOptions::default())?.policies));
    /// let request: Request = serde_json::from_str(
    ///     r#"{"tool": "shell.exec", "argv": ["login", "--password", "correct-horse"]}"#,
    /// )?;
    /// let state = State::fresh_empty("2026-07-04T00:00:00Z".parse()?);
    /// let decision = pdp.decide(&request, &state);
    /// let cleaner = Cleaner::<LogViewer>::new(&json_tree(&request)?, &Redactor::default());
    /// let record = DecisionRecord::redacted(decision, &request, &cleaner, state.now, None);
    /// let kept =
    ///     RecordedDecision::new(json_tree(&record)?, &request, Some(&state), &cleaner)?.to_json()?;
    /// assert!(!kept.contains("correct-horse"));
    /// let again = bailiwick::redecide(&pdp.policies, &RecordedDecision::from_json(&kept)?);
    /// assert_eq!(again.verdict, RedecideVerdict::Same);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new<S: SinkType>(
        record: Value,
        request: &Request,
        state: Option<&State>,
        cleaner: &Cleaner<S>,
    ) -> Result<Self, RecordedError> {
        let mut redacted = Vec::new();
        let kept = record.get("requested").unwrap_or(&Value::Null);
        note("record.requested", &json_tree(request)?, kept, &mut redacted);
        let mut facts = None;
        if !redacted.is_empty()
            && let Some(action) = request.action()
        {
            let raw = Facts::of(request, action);
            let mut clean = raw.clone();
            clean_facts(&mut clean, cleaner);
            note("facts", &json_tree(&raw)?, &json_tree(&clean)?, &mut redacted);
            facts = Some(clean);
        }
        let mut kept_state = state.cloned();
        if let (Some(raw), Some(clean)) = (state, &mut kept_state) {
            clean_state(clean, cleaner);
            if raw != clean {
                note("state", &json_tree(raw)?, &json_tree(clean)?, &mut redacted);
            }
        }
        Ok(Self { facts, record, redacted, state: kept_state, v: Self::VERSION })
    }

    /// Returns the recorded decision of one line.
    ///
    /// # Errors
    /// Where the line is no recorded decision, is of another version, or is not in the form in
    /// which it was written.
    pub fn from_json(line: &str) -> Result<Self, RecordedError> {
        let recorded: Self = serde_json::from_str(line)?;
        if recorded.v != Self::VERSION {
            return Err(RecordedError::Version(recorded.v));
        }
        // Of a member that stands twice a tree keeps one.
        if recorded.to_json()? != line.trim_end_matches(['\n', '\r']) {
            return Err(RecordedError::NotCanonical);
        }
        Ok(recorded)
    }

    /// Returns the line, without its end.
    ///
    /// # Errors
    /// Where the record holds a number that has no canonical form.
    pub fn to_json(&self) -> Result<String, RecordedError> {
        Ok(canonical_json(self)?)
    }

    /// Returns the id of the decision; empty where the record has none.
    pub fn decision_id(&self) -> &str {
        self.record.get("decision_id").and_then(Value::as_str).unwrap_or_default()
    }
}

fn note(part: &str, before: &Value, after: &Value, redacted: &mut Vec<String>) {
    differences(before, after, part, &mut |at, _, _| redacted.push(at.to_owned()));
}

/// Leaves of the texts what the sink of `cleaner` may see. Closed tables and numbers stay: what a
/// request calls its password is no reason to hide them.
fn clean_facts<S: SinkType>(facts: &mut Facts, cleaner: &Cleaner<S>) {
    // All fields are named, so that a new one cannot be left out.
    let Facts {
        paths,
        commands,
        programs,
        invocations,
        effects: _,
        removals,
        outside,
        sensitive: _,
        network: _,
        pipes_remote_to_shell: _,
        hosts,
        classes: _,
        changed_files: _,
        changed_lines: _,
        unknowns,
    } = facts;
    for list in [programs, invocations, removals, outside, hosts] {
        list.value.iter_mut().for_each(|text| cleaner.clean(text));
    }
    paths.value.iter_mut().for_each(|fact| cleaner.clean(&mut fact.path));
    commands.value.iter_mut().flatten().for_each(|word| cleaner.clean(word));
    unknowns.iter_mut().for_each(|unknown| cleaner.clean(&mut unknown.reason));
}

fn clean_state<S: SinkType>(state: &mut State, cleaner: &Cleaner<S>) {
    let State {
        approvals,
        as_of: _,
        kill_switches,
        now: _,
        // Its keys are those of limits, and its version is told in every record.
        usage: _,
        usage_complete: _,
        version: _,
    } = state;
    for approval in approvals {
        let Subject { id, kind, roles: _, team, tenant } = &mut approval.approver;
        cleaner.clean(id);
        [kind, team, tenant].into_iter().flatten().for_each(|text| cleaner.clean(text));
    }
    kill_switches.iter_mut().filter_map(|on| on.name.as_mut()).for_each(|name| cleaner.clean(name));
}
