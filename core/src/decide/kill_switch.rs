//! Step 1: kill switches, from documents and from the state (section 13).

use crate::compile::CompiledKillSwitch;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::model::Action;
use crate::model::AutonomyLevel;
use crate::model::KillSwitch;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::State;

/// Reads every switch that is on and could reach the request.
pub(crate) fn check<'a>(
    documents: &'a [CompiledKillSwitch],
    state: &'a State,
    view: &View<'_>,
    mode: AutonomyLevel,
    findings: &mut Vec<Finding<'a>>,
) {
    for document in documents {
        for switch in &document.switches {
            if stops(&switch.value, view, mode) {
                let source = Source {
                    level: None,
                    location: &switch.location,
                    policy: &document.policy.name,
                    rule: switch.value.flag.name(),
                };
                findings.push(Finding::deny("kill_switch", sentence(&switch.value), Some(source)));
            }
        }
    }
    for switch in &state.kill_switches {
        if stops(switch, view, mode) {
            findings.push(Finding::deny("kill_switch", sentence(switch), None));
        }
    }
}

fn sentence(switch: &KillSwitch) -> String {
    match &switch.name {
        Some(name) => format!("kill switch `{}` is on for {} `{name}`", switch.flag, switch.scope),
        None => format!("kill switch `{}` is on ({})", switch.flag, switch.scope),
    }
}

fn stops(switch: &KillSwitch, view: &View<'_>, mode: AutonomyLevel) -> bool {
    reaches(switch, view) && concerns(switch.flag, view, mode)
}

/// A scope that the request leaves out could be the one meant, so it is reached; a campaign that
/// is left out is no campaign.
fn reaches(switch: &KillSwitch, view: &View<'_>) -> bool {
    let request = view.request;
    let named = |name: Option<&str>, absent: bool| match (name, switch.name.as_deref()) {
        (Some(name), Some(wanted)) => name == wanted,
        (None, Some(_)) => absent,
        (_, None) => true,
    };
    match switch.scope {
        KillSwitchScope::Global | KillSwitchScope::Capability => true,
        KillSwitchScope::Tenant => named(request.tenant.as_deref(), !view.what_if),
        KillSwitchScope::Repository => named(request.repo.as_deref(), !view.what_if),
        KillSwitchScope::Campaign => named(request.campaign_id.as_deref(), false),
    }
}

fn concerns(flag: KillSwitchFlag, view: &View<'_>, mode: AutonomyLevel) -> bool {
    let action = view.action;
    // Stopping things and looking at the evidence stay possible under every switch.
    let always_open =
        matches!(action, Action::AuditRead | Action::RunCancel | Action::PolicyChange);
    let starts = matches!(
        action,
        Action::CampaignCreate | Action::CampaignWave | Action::RunStart | Action::TaskSubmit
    );
    match flag {
        KillSwitchFlag::BlockAllAgentRuns => !always_open,
        KillSwitchFlag::CancelRunningRuns => !always_open && !starts,
        KillSwitchFlag::DisableAutonomousRuns => {
            !always_open && mode >= AutonomyLevel::AutonomousPr
        }
        KillSwitchFlag::DisableGitPush => action == Action::GitPush,
        KillSwitchFlag::DisableModelCalls => action == Action::ModelCall,
        KillSwitchFlag::DisableNewRuns => starts,
        KillSwitchFlag::DisablePrCreation => action == Action::PrCreate,
        KillSwitchFlag::DisableShell => matches!(action, Action::ShellExec | Action::VerifierRun),
        KillSwitchFlag::DisableShellNetwork => {
            let network = &view.facts.network;
            let runs = matches!(action, Action::ShellExec | Action::VerifierRun);
            runs && (network.value || network.unknown.is_some())
        }
        KillSwitchFlag::PauseWaves => {
            starts
                || matches!(
                    action,
                    Action::GitPush | Action::PrCreate | Action::PrMerge | Action::PrUpdate
                )
        }
    }
}
