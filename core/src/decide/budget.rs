//! Step 4: caps, on what the request carries and on what was used so far; and the verifiers that
//! must have passed.

use crate::compile::CompiledLevel;
use crate::compile::View;
use crate::compile::limit_field;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::model::Action;
use crate::model::Level;
use crate::model::Limit;
use crate::model::LimitSource;
use crate::model::State;
use crate::model::Touch;
use crate::model::VerifierResult;

/// The age at which a state is too old, where the platform does not say: 60 seconds.
const STATE_MAX_AGE_SECONDS: u64 = 60;

/// What a limit is compared with, for one request.
enum Amount {
    /// The limit does not concern the request.
    NotConcerned,
    Known(u64),
    Unknown(&'static str),
}

/// Judges the caps of one document.
pub(crate) fn check<'a>(
    doc: &'a CompiledLevel,
    state: &State,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    for (limit, cap) in &doc.authority.limits {
        let Some(cap) = cap.0 else { continue };
        let name = limit_field(*limit);
        let source = Some(Source::field(doc.level, &doc.policy, name, doc.location(name)));
        match amount(*limit, state, view) {
            Amount::Known(amount) if amount > cap => {
                let message =
                    format!("{amount} {} is over the limit `{limit}` of {cap}", limit.unit());
                findings.push(Finding::deny("limit_exceeded", message, source));
            }
            Amount::Unknown(what) => {
                let message = format!("limit `{limit}` is set, and `{what}` is not known");
                let fix = Fix::Attribute(what.to_owned());
                findings.push(Finding::deny_until("limit_unknown", message, source, fix));
            }
            Amount::NotConcerned | Amount::Known(_) => {}
        }
    }
}

/// Judges the age of the state by the strictest document. Where the platform does not say, 60
/// seconds hold, and a level below it can only lower them.
pub(crate) fn state_age<'a>(
    docs: &[&'a CompiledLevel],
    state: &State,
    findings: &mut Vec<Finding<'a>>,
) {
    let (mut cap, mut by_platform) = (None, false);
    for doc in docs {
        let limit = doc.authority.limits.get(&Limit::StateMaxAgeSeconds);
        if let Some(stated) = limit.and_then(|limit| limit.0) {
            cap = Some(cap.map_or(stated, |cap: u64| cap.min(stated)));
            by_platform |= doc.level == Level::Platform;
        }
    }
    let cap = match cap {
        Some(cap) if by_platform => cap,
        Some(cap) => cap.min(STATE_MAX_AGE_SECONDS),
        None => STATE_MAX_AGE_SECONDS,
    };
    let age = state.now.seconds_since(state.as_of);
    let message = match u64::try_from(age) {
        Ok(age) if age <= cap => return,
        Ok(age) => format!("the state is {age} seconds old, and {cap} is the most"),
        Err(_) => "the state is of later than now".to_owned(),
    };
    findings.push(Finding::deny_until("state_stale", message, None, Fix::State));
}

/// Judges the verifiers that one document requires before a pull request.
pub(crate) fn verifiers<'a>(
    doc: &'a CompiledLevel,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    if !view.action.needs_verification() {
        return;
    }
    for name in &doc.authority.required_verifiers.0 {
        let (code, said) = match view.request.verifiers.get(name) {
            Some(VerifierResult::Passed) => continue,
            Some(VerifierResult::Failed) => ("verifier_failed", "failed"),
            Some(VerifierResult::Flaky) => ("verifier_flaky", "is flaky"),
            None => ("verifier_missing", "has not run"),
        };
        let field = "required_verifiers";
        let source = Some(Source::field(doc.level, &doc.policy, field, doc.location(field)));
        let message = format!("required verifier `{name}` {said}");
        findings.push(Finding::deny_until(code, message, source, Fix::Verifier(name.clone())));
    }
}

fn amount(limit: Limit, state: &State, view: &View<'_>) -> Amount {
    match limit.source() {
        LimitSource::Obligation | LimitSource::State => Amount::NotConcerned,
        LimitSource::Request => carried(limit, view),
        LimitSource::Usage => used(limit, state, view),
    }
}

fn carried(limit: Limit, view: &View<'_>) -> Amount {
    let facts = view.facts;
    if limit == Limit::MaxTargetCount {
        return match (view.action, view.request.target_count) {
            (Action::CampaignCreate | Action::CampaignWave, Some(count)) => {
                Amount::Known(u64::from(count))
            }
            (Action::CampaignCreate, None) => Amount::Unknown("target_count"),
            (_, _) => Amount::NotConcerned,
        };
    }
    let stated = view.request.changed_files.is_some();
    if !stated || view.action.touch() != Touch::Changes {
        return Amount::NotConcerned;
    }
    let (size, name) = if limit == Limit::MaxChangedFiles {
        (&facts.changed_files, "changed_files")
    } else {
        (&facts.changed_lines, "changed_files[].added and .removed")
    };
    match size.unknown {
        // What is known to be there already may be too much.
        Some(_) if view.what_if => Amount::Known(size.value),
        Some(_) => Amount::Unknown(name),
        None => Amount::Known(size.value),
    }
}

fn used(limit: Limit, state: &State, view: &View<'_>) -> Amount {
    let tokens = view.request.model.as_ref().and_then(|model| model.tokens).map(u64::from);
    let adds = match (limit, view.action) {
        (Limit::MaxActivePrs | Limit::MaxPrsPerWave, Action::PrCreate) => 1,
        (Limit::MaxModelCallsPerRun, Action::ModelCall) => 1,
        (Limit::MaxTokensPerRun, Action::ModelCall) => match tokens {
            Some(tokens) => tokens,
            None if view.what_if => 0,
            None => return Amount::Unknown("model.tokens"),
        },
        (
            Limit::MaxCostCentsPerRun,
            Action::ModelCall | Action::ShellExec | Action::VerifierRun,
        ) => 0,
        (Limit::MaxToolCallsPerRun, action) if is_tool_call(action) => 1,
        (_, _) => return Amount::NotConcerned,
    };
    let Some(key) = limit.usage_key() else {
        return Amount::NotConcerned;
    };
    match state.usage.get(key) {
        Some(used) => Amount::Known(used.saturating_add(adds)),
        None if state.usage_complete => Amount::Known(adds),
        None => Amount::Unknown(key),
    }
}

const fn is_tool_call(action: Action) -> bool {
    matches!(
        action,
        Action::FileDelete
            | Action::FileRead
            | Action::FileWrite
            | Action::GitBranch
            | Action::GitCommit
            | Action::GitPush
            | Action::NetConnect
            | Action::PrComment
            | Action::PrCreate
            | Action::PrUpdate
            | Action::ShellExec
            | Action::VerifierRun
    )
}
