//! Step 3: one level document: what it permits, forbids, and asks for.

use crate::compile::CompiledLevel;
use crate::compile::CompiledRule;
use crate::compile::Truth;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::model::Action;
use crate::model::ActionScope;
use crate::model::Attribute;
use crate::model::Capability;
use crate::model::DataClass;
use crate::model::Effect;
use crate::model::Touch;
use crate::model::Unknown;
use crate::model::UnknownKind;

/// Judges the request by the lists and rules of one document.
pub(crate) fn check<'a>(
    doc: &'a CompiledLevel,
    view: &View<'_>,
    seen: Option<DataClass>,
    findings: &mut Vec<Finding<'a>>,
    unknowns: &mut Vec<Unknown>,
) {
    let action = view.action;
    if !doc.authority.allowed_actions.permits(&action) {
        let message = format!("action `{action}` is not among the allowed actions");
        findings.push(Finding::deny(
            "action_not_allowed",
            message,
            Some(field(doc, "allowed_actions")),
        ));
    }
    lists(doc, view, findings);
    data_class(doc, view, seen, findings);
    required_for(doc, view, findings);
    rules(doc, view, findings, unknowns);
}

fn field<'a>(doc: &'a CompiledLevel, name: &'static str) -> Source<'a> {
    Source::field(doc.level, &doc.policy, name, doc.location(name))
}

/// Allow-lists over what the request says of itself. Where a list stands, saying nothing does not
/// get around it; only a request that nobody makes live may be silent.
fn lists<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let request = view.request;
    let on_repository = view.action.scope() == ActionScope::Repository;
    let silent = |attribute: Attribute, name: &'static str| {
        let said = attribute.name();
        let message = format!("`{name}` is limited, and the request does not state `{said}`");
        let fix = crate::decide::finding::Fix::Attribute(said);
        Finding::deny_until("attribute_missing", message, Some(field(doc, name)), fix)
    };
    let unlisted = |what: &str, name: &str, list: &'static str, code: &'static str| {
        let message = format!("{what} `{name}` is not among the allowed ones");
        Finding::deny(code, message, Some(field(doc, list)))
    };
    if doc.authority.allowed_task_classes.0.is_some() {
        match &request.task_class {
            Some(class) if !doc.authority.allowed_task_classes.permits(class) => {
                findings.push(unlisted(
                    "task class",
                    class,
                    "allowed_task_classes",
                    "task_class_not_allowed",
                ));
            }
            None if on_repository && !view.what_if => {
                findings.push(silent(Attribute::TaskClass, "allowed_task_classes"));
            }
            Some(_) | None => {}
        }
    }
    if doc.authority.risk_tiers.0.is_some() {
        match request.risk_tier {
            Some(tier) if !doc.authority.risk_tiers.permits(&tier) => {
                findings.push(unlisted(
                    "risk tier",
                    tier.name(),
                    "risk_tiers",
                    "risk_tier_not_allowed",
                ));
            }
            None if on_repository && !view.what_if => {
                findings.push(silent(Attribute::RiskTier, "risk_tiers"));
            }
            Some(_) | None => {}
        }
    }
    if doc.authority.allowed_change_classes.0.is_some() {
        let name = "allowed_change_classes";
        for class in &view.facts.classes.value {
            if !doc.authority.allowed_change_classes.permits(class) {
                findings.push(unlisted(
                    "change class",
                    class.name(),
                    name,
                    "change_class_not_allowed",
                ));
            }
        }
        let whole_change = matches!(
            view.action,
            Action::ChangePropose
                | Action::GitPush
                | Action::PrCreate
                | Action::PrUpdate
                | Action::PrMerge
        );
        if whole_change && request.change_class.is_none() && !view.what_if {
            findings.push(silent(Attribute::ChangeClass, name));
        }
    }
}

/// The highest class of what would be seen, every label counted, against the document's cap.
fn data_class<'a>(
    doc: &'a CompiledLevel,
    view: &View<'_>,
    seen: Option<DataClass>,
    findings: &mut Vec<Finding<'a>>,
) {
    let Some(cap) = doc.authority.data_class_max.0 else {
        return;
    };
    if !matches!(view.action, Action::ModelCall | Action::ContextRetrieve) {
        return;
    }
    match seen {
        Some(class) if class > cap => {
            let message = format!("data class `{class}` is over the highest allowed, `{cap}`");
            findings.push(Finding::deny(
                "data_class_exceeded",
                message,
                Some(field(doc, "data_class_max")),
            ));
        }
        None if !view.what_if => {
            let message =
                "`data_class_max` is set, and the request states no data class".to_owned();
            let fix = crate::decide::finding::Fix::Attribute("model.data_class".to_owned());
            let source = Some(field(doc, "data_class_max"));
            findings.push(Finding::deny_until("attribute_missing", message, source, fix));
        }
        Some(_) | None => {}
    }
}

/// `approval.required_for`.
fn required_for<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let facts = view.facts;
    for capability in &doc.authority.approval_required_for.0 {
        let (holds, may) = match capability {
            Capability::Action(action) => (*action == view.action, false),
            Capability::Change(class) => (
                facts.classes.value.contains(class),
                facts.classes.unknown.is_some() && view.action.touch() == Touch::Changes,
            ),
            Capability::ShellNetwork => (
                view.action == Action::ShellExec && facts.network.value,
                view.action == Action::ShellExec && facts.network.unknown.is_some(),
            ),
        };
        let source = Some(field(doc, "approval.required_for"));
        if holds {
            let message = format!("`{}` needs an approval", capability.name());
            findings.push(Finding::ask("approval_required", message, source));
        } else if may {
            let message = format!("`{}` needs an approval, and it may be one", capability.name());
            findings.push(Finding::ask("approval_required", message, source));
        }
    }
}

/// Rules: where there are allow rules for the action one must match; every deny and ask counts.
fn rules<'a>(
    doc: &'a CompiledLevel,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
    unknowns: &mut Vec<Unknown>,
) {
    let mut granted = None;
    let mut doubtful = false;
    for rule in doc.rules(view.action) {
        let truth = rule.evaluate(view);
        let source = Some(rule_source(doc, rule));
        match (rule.effect, truth) {
            (Effect::Allow, Truth::True) => {
                granted = Some(true);
                let message =
                    rule.explain.clone().unwrap_or_else(|| format!("rule `{}` grants it", rule.id));
                findings.push(Finding {
                    code: "rule_allow",
                    effect: Effect::Allow,
                    fix: None,
                    message,
                    source,
                });
            }
            (Effect::Allow, Truth::Absent | Truth::Dynamic | Truth::False | Truth::Unreadable) => {
                granted = granted.or(Some(false));
                doubtful |= matches!(truth, Truth::Dynamic | Truth::Unreadable);
            }
            (Effect::Deny | Effect::AskApproval, Truth::Unreadable) => {
                unknowns.push(Unknown::unreadable(
                    format!("rule {}", rule.id),
                    "its condition cannot be told",
                ));
                let message = format!("whether rule `{}` matches cannot be told", rule.id);
                findings.push(Finding::deny("unreadable", message, source));
            }
            (Effect::Deny, Truth::True) => {
                findings.push(Finding::deny("rule_deny", sentence(rule, "denies it"), source));
            }
            (Effect::Deny, Truth::Dynamic) => {
                let message = format!("{} (known only at run time)", sentence(rule, "may deny it"));
                findings.push(Finding::ask("rule_possible", message, source));
            }
            (Effect::AskApproval, Truth::True | Truth::Dynamic) => {
                findings.push(Finding::ask("rule_ask", sentence(rule, "asks"), source));
            }
            (Effect::Deny | Effect::AskApproval, Truth::Absent | Truth::False) => {}
        }
    }
    if granted == Some(false) {
        let action = view.action;
        let message = if doubtful {
            format!("no allow rule for `{action}` matches for sure: what it does is not known")
        } else {
            format!("no allow rule for `{action}` matches")
        };
        let source = Some(Source::field(doc.level, &doc.policy, "rules", &doc.policy.location));
        findings.push(Finding::deny("not_granted", message, source));
        if doubtful && unknowns.is_empty() {
            unknowns.push(Unknown {
                attribute: "rules".to_owned(),
                kind: UnknownKind::Dynamic,
                reason: "an allow rule could not be told to match".to_owned(),
            });
        }
    }
}

fn rule_source<'a>(doc: &'a CompiledLevel, rule: &'a CompiledRule) -> Source<'a> {
    Source::field(doc.level, &doc.policy, &rule.id, &rule.location)
}

fn sentence(rule: &CompiledRule, otherwise: &str) -> String {
    rule.explain.clone().unwrap_or_else(|| format!("rule `{}` {otherwise}", rule.id))
}
