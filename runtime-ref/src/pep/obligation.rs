//! What a decision obliges to, sorted by who sees to it; what nobody can see to denies.

use std::collections::BTreeSet;

use bailiwick::Limit;
use bailiwick::Obligation;
use bailiwick::ObligationKind;
use bailiwick::Sink;

use crate::port::command::CommandLimits;

/// What this runtime can see to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The egress profiles that the sandbox can run under.
    pub network_profiles: BTreeSet<String>,
    /// The verifiers that can be run.
    pub verifiers: BTreeSet<String>,
}

/// What an act must be done under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// Labels that the pull request carries.
    pub labels: BTreeSet<String>,
    /// What a command may use up.
    pub limits: CommandLimits,
    /// Who is asked for a review.
    pub reviewers: BTreeSet<String>,
}

/// Returns what an act must be done under.
///
/// Drafts and required verifiers are denied by the decision point itself where they lack; text is
/// redacted for every sink, whoever asks for it. So these need only be known here.
///
/// # Errors
/// The first obligation that this runtime cannot see to, in words.
pub(super) fn plan(obligations: &[Obligation], can: &Capabilities) -> Result<Duties, String> {
    let mut duties = Duties::default();
    for obligation in obligations {
        let name = obligation.name.as_str();
        let known = match obligation.kind {
            ObligationKind::DraftOnly => true,
            ObligationKind::Label => {
                duties.labels.insert(name.to_owned());
                true
            }
            ObligationKind::Limit => limit(&mut duties.limits, name, obligation.value),
            ObligationKind::NetworkProfile => can.network_profiles.contains(name),
            // No prompt is kept, so whatever may be kept of one is kept to.
            ObligationKind::PromptLog => matches!(name, "none" | "raw" | "redacted"),
            ObligationKind::Redact => Sink::from_name(name).is_some(),
            ObligationKind::Reviewer => {
                duties.reviewers.insert(name.to_owned());
                true
            }
            ObligationKind::Verifier => can.verifiers.contains(name),
        };
        if !known {
            let kind = obligation.kind.name();
            return Err(format!("obligation `{kind}` `{name}` cannot be fulfilled here"));
        }
    }
    Ok(duties)
}

fn limit(limits: &mut CommandLimits, name: &str, value: Option<u64>) -> bool {
    let (Some(limit), Some(value)) = (Limit::from_name(name), value) else {
        return false;
    };
    let field = match limit {
        Limit::MaxCommandOutputBytes => &mut limits.output_bytes,
        Limit::MaxCommandSeconds => &mut limits.seconds,
        Limit::MaxMemoryBytes => &mut limits.memory_bytes,
        Limit::MaxProcesses => &mut limits.processes,
        Limit::MaxActivePrs
        | Limit::MaxChangedFiles
        | Limit::MaxChangedLines
        | Limit::MaxCostCentsPerRun
        | Limit::MaxModelCallsPerRun
        | Limit::MaxPrsPerWave
        | Limit::MaxTargetCount
        | Limit::MaxTokensPerRun
        | Limit::MaxToolCallsPerRun
        | Limit::StateMaxAgeSeconds => return false,
    };
    *field = Some(field.map_or(value, |lower| lower.min(value)));
    true
}
