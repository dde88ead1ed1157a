//! One rule of a level document, compiled.

use std::collections::BTreeSet;

use crate::compile::CompileError;
use crate::compile::Condition;
use crate::compile::Matcher;
use crate::compile::Side;
use crate::compile::Truth;
use crate::compile::View;
use crate::document::Located;
use crate::document::Rule;
use crate::facts::Facts;
use crate::model::Action;
use crate::model::Attribute;
use crate::model::Effect;
use crate::model::Location;
use crate::model::ordered::set_of;

/// A compiled rule.
#[derive(Clone, Debug)]
pub struct CompiledRule {
    /// The actions it applies to: those it names that carry every attribute it reads.
    pub actions: BTreeSet<Action>,
    /// What it says.
    pub effect: Effect,
    /// A sentence for people.
    pub explain: Option<String>,
    /// Its name within the document.
    pub id: String,
    /// Where it stands.
    pub location: Location,
    /// The attributes that its `match` and conditions read.
    pub(crate) reads: Vec<Attribute>,
    matcher: Matcher,
    when: Vec<Condition>,
}

impl CompiledRule {
    /// Compiles `rule`; what is wrong or worth a warning goes to `found`.
    pub fn compile(rule: &Rule, found: &mut Vec<CompileError>) -> Option<Self> {
        let side = match rule.effect.value {
            Effect::Allow => Side::Grants,
            Effect::AskApproval | Effect::Deny => Side::Restricts,
        };
        let matcher =
            Matcher::compile(&rule.matching, side).map_err(|error| found.push(*error)).ok();
        let when = conditions(&rule.when, found);
        let (matcher, when) = (matcher?, when?);
        let mut reads = Matcher::attributes(&rule.matching);
        reads.extend(when.iter().flat_map(Condition::attributes).cloned());
        let actions = applicable(rule, &reads, found)?;
        let compiled = Self {
            actions,
            effect: rule.effect.value,
            explain: rule.explain.clone(),
            id: rule.id.clone(),
            location: rule.location.clone(),
            reads,
            matcher,
            when,
        };
        compiled.check_examples(rule, side, found);
        Some(compiled)
    }

    /// Returns whether the rule matches what `view` sees.
    pub fn evaluate(&self, view: &View<'_>) -> Truth {
        let side = match self.effect {
            Effect::Allow => Side::Grants,
            Effect::AskApproval | Effect::Deny => Side::Restricts,
        };
        self.when.iter().fold(self.matcher.evaluate(view, side), |truth, when| {
            truth.and(when.evaluate(view, side))
        })
    }

    fn check_examples(&self, rule: &Rule, side: Side, found: &mut Vec<CompileError>) {
        let shown = rule.examples.matches.iter().map(|example| (example, true));
        let hidden = rule.examples.not_match.iter().map(|example| (example, false));
        for (example, expected) in shown.chain(hidden) {
            let request = &example.value;
            let only = if self.actions.len() == 1 { self.actions.first().copied() } else { None };
            let action = request.action().or(only);
            let Some(action) = action else {
                found.push(
                    self.example(&example.location, "names no action, and the rule names several"),
                );
                continue;
            };
            let facts = Facts::of(request, action);
            let view = View { action, facts: &facts, request, what_if: true };
            let truth =
                if self.actions.contains(&action) { self.evaluate(&view) } else { Truth::False };
            // A restricting rule meets a doubt; a granting one does not.
            let matched = match (truth, side) {
                (Truth::True, _) => true,
                (Truth::Dynamic | Truth::Unreadable, Side::Restricts) => true,
                (Truth::Dynamic | Truth::Unreadable, Side::Grants) => false,
                (Truth::Absent | Truth::False, _) => false,
            };
            if matched && !expected {
                found
                    .push(self.example(&example.location, "stands under `not_match`, but matches"));
            }
            if !matched && expected {
                found.push(
                    self.example(&example.location, "stands under `match`, but does not match"),
                );
            }
        }
    }

    fn example(&self, location: &Location, found: &'static str) -> CompileError {
        CompileError::Example { found, location: location.clone(), rule: self.id.clone() }
    }
}

/// Compiles a list of conditions; `None` where one cannot be read.
pub(crate) fn conditions(
    texts: &[Located<String>],
    found: &mut Vec<CompileError>,
) -> Option<Vec<Condition>> {
    let mut out = Vec::with_capacity(texts.len());
    let mut good = true;
    for text in texts {
        match Condition::parse(&text.value) {
            Ok(condition) => out.push(condition),
            Err(error) => {
                good = false;
                found.push(CompileError::Condition {
                    code: error.code(),
                    help: error.help(),
                    location: text.location.clone(),
                    message: error.to_string(),
                });
            }
        }
    }
    good.then_some(out)
}

/// Returns the actions of the rule that carry everything it reads; refuses a rule with none.
fn applicable(
    rule: &Rule,
    reads: &[Attribute],
    found: &mut Vec<CompileError>,
) -> Option<BTreeSet<Action>> {
    let named = !rule.actions.is_empty();
    let candidates: Vec<Action> =
        if named { rule.actions.iter().copied().collect() } else { Action::ALL.to_vec() };
    let carries_all = |action: &Action| reads.iter().all(|attribute| action.carries(attribute));
    let (good, bad): (Vec<Action>, Vec<Action>) = candidates.into_iter().partition(carries_all);
    let missing = reads.iter().find(|a| bad.iter().any(|action| !action.carries(a)));
    let attribute = missing.map(Attribute::name).unwrap_or_default();
    if good.is_empty() {
        found.push(CompileError::NeverApplies {
            attribute,
            location: rule.location.clone(),
            rule: rule.id.clone(),
        });
        return None;
    }
    if named && !bad.is_empty() {
        let names: Vec<String> = bad.iter().map(|action| format!("`{action}`")).collect();
        found.push(CompileError::PartlyApplies {
            actions: names.join(", "),
            attribute,
            location: rule.location.clone(),
            rule: rule.id.clone(),
        });
    }
    // A grant stays with every action that it names: where it cannot match, nothing is granted.
    if named && rule.effect.value == Effect::Allow {
        return Some(rule.actions.clone());
    }
    Some(set_of(good))
}
