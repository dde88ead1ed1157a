//! What other policies would have said of recorded requests.

use std::sync::Arc;

use serde_json::Value;

use crate::compile::PolicySet;
use crate::model::State;
use crate::replay::BacktestReport;
use crate::replay::ChangeExample;
use crate::replay::RecordedDecision;
use crate::replay::SkippedExample;
use crate::replay::backtest_report::Change;
use crate::replay::change::Side;
use crate::replay::change::changed_by;
use crate::replay::redecide::Kept;

/// A candidate policy set, to be tried on recorded decisions.
///
/// Each is compared with what was decided; where there are `old` policies, with what those decide
/// now. Approvals that counted count again, as if given anew under the candidate: they bind to the
/// hash of the policies, and else whatever was approved would change with every new line.
///
/// # Example
/// ```
/// use bailiwick::{Backtest, BacktestReport};
/// # use std::sync::Arc;
/// # use bailiwick::{Cleaner, CompileOptions, DecisionRecord, LogViewer, Pdp, RecordedDecision};
/// # use bailiwick::{Redactor, Request, SourceFile, State, compile, json_tree};
/// # let policies = |text: &str| {
/// #     let files = [SourceFile::new("p.yaml", text)];
/// #     compile(&files, CompileOptions::default()).map(|it| Arc::new(it.policies))
/// # };
/// # let old = policies("platform_policy: {version: 1, allowed_actions: [file.read], forbidden_paths: [a/]}")?;
/// # let new = policies("platform_policy: {version: 2, allowed_actions: [file.read]}")?;
/// # let mut pdp = Pdp::new(old);
/// # pdp.what_if = true;
/// # let request: Request = serde_json::from_str(r#"{"tool": "file.read", "path": "a/b"}"#)?;
/// # let state = State::fresh_empty("2026-07-04T00:00:00Z".parse()?);
/// # let decision = pdp.decide(&request, &state);
/// # let cleaner = Cleaner::<LogViewer>::new(&json_tree(&request)?, &Redactor::default());
/// # let record = DecisionRecord::redacted(decision, &request, &cleaner, state.now, None);
/// # let recorded = RecordedDecision::new(json_tree(&record)?, &request, Some(&state), &cleaner)?;
/// // Recorded: `file.read` of `a/b`, denied since `a/` is forbidden. `new` does not forbid it.
/// let mut report = BacktestReport::new(10);
/// Backtest { new, old: None }.add(&mut report, &recorded);
/// assert_eq!(report.opened(), 1);
/// let rule = report.groups()[0].by[0].rule.clone();
/// assert_eq!(rule.as_deref(), Some("platform@1#forbidden_paths"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Backtest {
    /// The candidate.
    pub new: Arc<PolicySet>,
    /// What to compare with in place of what was decided then.
    pub old: Option<Arc<PolicySet>>,
}

impl Backtest {
    /// Decides `recorded` again and counts what comes of it in `report`. What cannot be decided
    /// again, since it was not kept or the policies read what was redacted, is counted too.
    pub fn add(&self, report: &mut BacktestReport, recorded: &RecordedDecision) {
        let skipped = |report: &mut BacktestReport, code: &str, why: &str, fields: Vec<String>| {
            let decision_id = recorded.decision_id().to_owned();
            let example = SkippedExample { decision_id, fields, why: why.to_owned() };
            report.add_skipped(code, example);
        };
        let kept = match Kept::of(recorded) {
            Ok(kept) => kept,
            Err(cannot) => return skipped(report, cannot.code, &cannot.why, cannot.fields),
        };
        let before = match &self.old {
            None => Ok(Side::of_record(&kept.told)),
            Some(old) => decided(old, &kept, recorded),
        };
        let sides = before.and_then(|before| Ok((before, decided(&self.new, &kept, recorded)?)));
        let (before, after) = match sides {
            Ok(sides) => sides,
            Err(fields) => {
                let why = "the policies read what is redacted";
                return skipped(report, "redacted", why, fields);
            }
        };
        report.decided += 1;
        if before.effect == after.effect {
            report.unchanged += 1;
            let lacks = |side: &Side, of: &Side| {
                of.obligations.iter().any(|duty| !side.obligations.contains(duty))
            };
            report.obligations_dropped += u64::from(lacks(&after, &before));
            report.obligations_added += u64::from(lacks(&before, &after));
            return;
        }
        let change = Change::new(before.effect, after.effect, changed_by(&before, &after));
        report.add_changed(change, example(&kept, recorded));
    }
}

/// Returns what `policies` decide, or the redacted places without which that would be a guess.
fn decided(
    policies: &Arc<PolicySet>,
    kept: &Kept<'_>,
    recorded: &RecordedDecision,
) -> Result<Side, Vec<String>> {
    let state = given_anew(policies, kept);
    let decision = kept.decide(policies, recorded, &state);
    let same =
        kept.told.policy_set_hash == *policies.digest() && kept.told.decision == decision.decision;
    if !same {
        let read = kept.reads(policies, recorded, &decision);
        if !read.is_empty() {
            return Err(read);
        }
    }
    Side::of_decision(&decision).map_err(|_| Vec::new())
}

/// Returns the state in which the approvals of the request bind to `policies`.
fn given_anew(policies: &PolicySet, kept: &Kept<'_>) -> State {
    let (mut state, told) = (kept.state.clone(), &kept.told);
    let Some(action) = told.requested.action() else {
        return state;
    };
    if !state.approvals.is_empty() {
        let digest = policies.chain(&told.requested, action, !told.live).digest;
        for approval in &mut state.approvals {
            if approval.effective_policy_hash == told.effective_policy_hash {
                approval.effective_policy_hash = digest.clone();
            }
        }
    }
    state
}

fn example(kept: &Kept<'_>, recorded: &RecordedDecision) -> ChangeExample {
    let request = &kept.told.requested;
    let command = match (&request.shell, request.argv.is_empty()) {
        (Some(shell), _) => Some(shell.clone()),
        (None, false) => Some(request.argv.join(" ")),
        (None, true) => None,
    };
    let paths = recorded.record.pointer("/facts/paths").and_then(Value::as_array);
    let paths = paths.into_iter().flatten().filter_map(Value::as_str);
    ChangeExample {
        decision_id: kept.told.decision_id.clone(),
        action: kept.told.action.clone().unwrap_or_default(),
        command: command.map(|text| text.chars().take(LONGEST_COMMAND).collect()),
        paths: paths.take(PATHS_SHOWN).map(str::to_owned).collect(),
        run_id: request.run_id.clone(),
    }
}

const LONGEST_COMMAND: usize = 200;
const PATHS_SHOWN: usize = 5;
