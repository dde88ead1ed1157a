//! Access to the network.

use crate::authority::NetworkAccess;
use crate::compile::CompiledLevel;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::facts::host_matches;
use crate::model::Action;

/// Judges what reaches for the network by one document.
pub(crate) fn check<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let network = &view.facts.network;
    let fetches = view.action == Action::ContextRetrieve && !view.facts.hosts.value.is_empty();
    let connects = view.action == Action::NetConnect || network.value || fetches;
    if connects {
        default(doc, findings);
        egress(doc, view, findings);
    } else if network.unknown.is_some() && restricts(doc) {
        let message = "it may reach for the network, which is restricted".to_owned();
        findings.push(Finding::ask("network_possible", message, Some(source(doc))));
    }
}

fn restricts(doc: &CompiledLevel) -> bool {
    let listed = !doc.authority.egress_allowlist.0.is_empty();
    listed || doc.authority.network.0.is_some_and(|access| access < NetworkAccess::Open)
}

fn default<'a>(doc: &'a CompiledLevel, findings: &mut Vec<Finding<'a>>) {
    let listed = !doc.authority.egress_allowlist.0.is_empty();
    match doc.authority.network.0 {
        Some(NetworkAccess::Disabled) => {
            let message = "network is disabled".to_owned();
            findings.push(Finding::deny("network_disabled", message, Some(source(doc))));
        }
        Some(NetworkAccess::Approval) => {
            let message = "network is disabled without an approval".to_owned();
            findings.push(Finding::ask("network_approval", message, Some(source(doc))));
        }
        Some(NetworkAccess::Allowlist) if !listed => {
            let message = "only listed hosts may be reached, and none is listed".to_owned();
            findings.push(Finding::deny("host_not_allowed", message, Some(source(doc))));
        }
        Some(NetworkAccess::Allowlist | NetworkAccess::Open) | None => {}
    }
}

/// Where hosts are listed, every host that is reached must be known and listed.
fn egress<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let field = "network.egress_allowlist";
    let source = || Some(Source::field(doc.level, &doc.policy, field, doc.location(field)));
    let hosts = &view.facts.hosts;
    for clause in &doc.authority.egress_allowlist.0 {
        if hosts.value.is_empty() || hosts.unknown.is_some() {
            let message = "the host is not known, and only listed hosts may be reached".to_owned();
            findings.push(Finding::deny("host_unknown", message, source()));
        }
        for host in &hosts.value {
            if !clause.iter().any(|pattern| host_matches(pattern, host)) {
                let message = format!("host `{host}` is not on the egress allow-list");
                findings.push(Finding::deny("host_not_allowed", message, source()));
            }
        }
    }
}

fn source(doc: &CompiledLevel) -> Source<'_> {
    let stated = doc.fields.contains_key("network.default");
    let field = if stated { "network.default" } else { "network.egress_allowlist" };
    Source::field(doc.level, &doc.policy, field, doc.location(field))
}
