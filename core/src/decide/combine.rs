//! The strictest finding wins; an ask that is approved no longer asks; nothing that denies is
//! ever lifted by an approval.

use crate::decide::approval::Quorum;
use crate::decide::decision::Remedy;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::ordered::set_of;

/// Returns the decision that the findings come to.
pub(crate) fn effect(findings: &[Finding<'_>], quorum: &Quorum) -> DecisionEffect {
    match findings.iter().map(|finding| finding.effect).max() {
        Some(Effect::Deny) => DecisionEffect::Denied,
        Some(Effect::AskApproval) if quorum.missing.is_empty() => DecisionEffect::Allowed,
        Some(Effect::AskApproval) => DecisionEffect::AskApproval,
        Some(Effect::Allow) | None => DecisionEffect::Allowed,
    }
}

/// Returns what would change the decision.
pub(crate) fn remedy(findings: &[Finding<'_>], effect: DecisionEffect, quorum: &Quorum) -> Remedy {
    if effect == DecisionEffect::Allowed {
        return Remedy::default();
    }
    let denials = || findings.iter().filter(|finding| finding.effect == Effect::Deny);
    if let Some(last) = denials().find(|finding| finding.fix.is_none()) {
        let text = match &last.source {
            Some(source) => {
                format!("cannot be approved: denied by `{}` of {}", source.rule, source.policy)
            }
            None => format!("cannot be approved: {}", last.message),
        };
        return Remedy { possible: false, requires: Vec::new(), text };
    }
    let open = findings.iter().filter(|finding| finding.effect > Effect::Allow);
    let fixes = set_of(open.filter_map(|finding| finding.fix.as_ref()));
    let mut requires = Vec::new();
    for fix in fixes {
        match fix {
            Fix::Approval => requires.extend(quorum.missing.iter().cloned()),
            Fix::Attribute(name) => requires.push(format!("the request states `{name}`")),
            Fix::Change(what) => requires.push(what.clone()),
            Fix::Draft => requires.push("the pull request is a draft".to_owned()),
            Fix::State => requires.push("the state is fresh".to_owned()),
            Fix::Verifier(name) => requires.push(format!("{name} passes")),
        }
    }
    let text = format!("allowed once {}", requires.join(", and "));
    Remedy { possible: true, requires, text }
}
