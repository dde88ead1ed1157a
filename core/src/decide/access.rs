//! Step 2: who may do the action (section 11). One rule must be satisfied at each level that has
//! one for it; what a satisfied rule asks for is asked for.

use std::collections::BTreeMap;

use crate::compile::CompiledAccess;
use crate::compile::Side;
use crate::compile::Truth;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::model::Action;
use crate::model::Attribute;
use crate::model::Effect;
use crate::model::Level;
use crate::model::Unknown;

/// Judges the access rules for the action.
pub(crate) fn check<'a>(
    rules: &[&'a CompiledAccess],
    action: Action,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
    unknowns: &mut Vec<Unknown>,
) {
    let mut levels: BTreeMap<Level, Vec<&'a CompiledAccess>> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| rule.actions.contains(&action)) {
        levels.entry(rule.level).or_default().push(rule);
    }
    for (level, rules) in levels {
        let mut satisfied = false;
        let mut refusals = Vec::new();
        for rule in rules {
            match refusal(rule, view, unknowns) {
                None => {
                    satisfied = true;
                    findings.push(Finding {
                        code: "access_granted",
                        effect: Effect::Allow,
                        fix: None,
                        message: "access is granted".to_owned(),
                        source: Some(source(rule, level)),
                    });
                    ask(rule, level, view, findings, unknowns);
                }
                Some(message) => {
                    let source = Some(source(rule, level));
                    refusals.push(Finding::deny("access_denied", message, source));
                }
            }
        }
        if !satisfied {
            findings.extend(refusals);
        }
    }
}

/// Returns why the rule does not let the request through, if it does not.
fn refusal(rule: &CompiledAccess, view: &View<'_>, unknowns: &mut Vec<Unknown>) -> Option<String> {
    if !view.what_if && !rule.scope.is_met(view.request) {
        return Some("access is given in a scope that the request does not state".to_owned());
    }
    for (condition, _, text) in &rule.allow_if {
        match condition.evaluate(view, Side::Grants) {
            Truth::True => {}
            Truth::False => return Some(format!("access needs `{text}`")),
            Truth::Absent => {
                return Some(format!("access needs `{text}`, and the request does not say"));
            }
            Truth::Dynamic => {
                note(condition.attributes(), view, unknowns);
                return Some(format!("access needs `{text}`, which is known only at run time"));
            }
            Truth::Unreadable => {
                note(condition.attributes(), view, unknowns);
                return Some(format!("access needs `{text}`, which cannot be told"));
            }
        }
    }
    None
}

fn ask<'a>(
    rule: &'a CompiledAccess,
    level: Level,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
    unknowns: &mut Vec<Unknown>,
) {
    for (condition, location, text) in &rule.require_approval_if {
        let source = Some(Source { location, ..source(rule, level) });
        match condition.evaluate(view, Side::Restricts) {
            Truth::True => {
                findings.push(Finding::ask(
                    "approval_required",
                    format!("`{text}` needs an approval"),
                    source,
                ));
            }
            Truth::Dynamic => {
                note(condition.attributes(), view, unknowns);
                let message = format!("`{text}` needs an approval, and may hold");
                findings.push(Finding::ask("approval_required", message, source));
            }
            Truth::Unreadable => {
                note(condition.attributes(), view, unknowns);
                findings.push(Finding::deny(
                    "unreadable",
                    format!("`{text}` cannot be told"),
                    source,
                ));
            }
            Truth::Absent | Truth::False => {}
        }
    }
}

fn source(rule: &CompiledAccess, level: Level) -> Source<'_> {
    Source::field(level, &rule.policy, "access_rule", &rule.policy.location)
}

/// Names the attributes that are missing, among those that decided.
pub(crate) fn note(attributes: Vec<&Attribute>, view: &View<'_>, unknowns: &mut Vec<Unknown>) {
    for attribute in attributes {
        if view.lacks(attribute) {
            unknowns.push(Unknown::unreadable(attribute.name(), "the request does not state it"));
        }
    }
}
