//! Access to the network.

use crate::authority::NetworkAccess;
use crate::compile::CompiledLevel;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::facts::host_matches;
use crate::model::Action;
use crate::model::Effect;

/// Judges what reaches for the network by one document.
pub(crate) fn check<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let facts = view.facts;
    let connects = view.action == Action::NetConnect || facts.network.value;
    let may = facts.network.unknown.is_some();
    if !connects && !may {
        return;
    }
    let Some(access) = doc.authority.network.0 else {
        egress(doc, view, connects, findings);
        return;
    };
    let source = Some(Source::field(
        doc.level,
        &doc.policy,
        "network.default",
        doc.location("network.default"),
    ));
    match access {
        NetworkAccess::Disabled if connects => {
            findings.push(Finding::deny(
                "network_disabled",
                "network is disabled".to_owned(),
                source,
            ));
        }
        NetworkAccess::Disabled => {
            let message = "network is disabled, and it may reach for it".to_owned();
            findings.push(Finding::ask("network_possible", message, source));
        }
        NetworkAccess::Approval => {
            let message = "network is disabled without an approval".to_owned();
            findings.push(Finding::ask("network_approval", message, source));
            egress(doc, view, connects, findings);
        }
        NetworkAccess::Allowlist if !connects => {
            let message = "it may reach for hosts that are not on the allow-list".to_owned();
            findings.push(Finding::ask("network_possible", message, source));
        }
        NetworkAccess::Allowlist => allowlist(doc, view, findings),
        NetworkAccess::Open => egress(doc, view, connects, findings),
    }
}

/// Where only listed hosts may be reached, every host must be known and listed.
fn allowlist<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let hosts = &view.facts.hosts;
    if hosts.value.is_empty() || hosts.unknown.is_some() {
        let source = Source::field(
            doc.level,
            &doc.policy,
            "network.default",
            doc.location("network.default"),
        );
        let message = "the host is not known, and only listed hosts may be reached".to_owned();
        findings.push(Finding::deny("host_unknown", message, Some(source)));
    }
    if doc.authority.egress_allowlist.0.is_empty() {
        let source = Source::field(
            doc.level,
            &doc.policy,
            "network.default",
            doc.location("network.default"),
        );
        let message = "only listed hosts may be reached, and none is listed".to_owned();
        findings.push(Finding::deny("host_not_allowed", message, Some(source)));
    }
    unlisted(doc, view, findings);
}

/// A list of hosts holds also where the network is open or asked for: a host that is not known
/// is on no list.
fn egress<'a>(
    doc: &'a CompiledLevel,
    view: &View<'_>,
    connects: bool,
    findings: &mut Vec<Finding<'a>>,
) {
    let hosts = &view.facts.hosts;
    let known = hosts.unknown.is_none() && !(connects && hosts.value.is_empty());
    if !doc.authority.egress_allowlist.0.is_empty() && !known {
        let field = "network.egress_allowlist";
        let source = Source::field(doc.level, &doc.policy, field, doc.location(field));
        findings.push(if connects {
            let message = "the host is not known, and only listed hosts may be reached".to_owned();
            Finding::deny("host_unknown", message, Some(source))
        } else {
            let message = "it may reach for hosts that are not on the allow-list".to_owned();
            Finding::ask("network_possible", message, Some(source))
        });
    }
    unlisted(doc, view, findings);
}

fn unlisted<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    for clause in &doc.authority.egress_allowlist.0 {
        for host in &view.facts.hosts.value {
            if !clause.iter().any(|pattern| host_matches(pattern, host)) {
                let field = "network.egress_allowlist";
                findings.push(Finding {
                    code: "host_not_allowed",
                    effect: Effect::Deny,
                    fix: None,
                    message: format!("host `{host}` is not on the egress allow-list"),
                    source: Some(Source::field(
                        doc.level,
                        &doc.policy,
                        field,
                        doc.location(field),
                    )),
                });
            }
        }
    }
}
