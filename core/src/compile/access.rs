//! An access rule, compiled.

use std::collections::BTreeSet;

use crate::compile::CompileError;
use crate::compile::Condition;
use crate::compile::PolicyRef;
use crate::compile::Scope;
use crate::compile::rule::conditions;
use crate::document::AccessRule;
use crate::model::Action;
use crate::model::Level;
use crate::model::Location;
use crate::model::ordered::sort_by;

/// A compiled access rule.
#[derive(Clone, Debug)]
pub struct CompiledAccess {
    /// The actions it speaks of.
    pub actions: BTreeSet<Action>,
    /// Conditions, all of which must hold, each with where it stands.
    pub allow_if: Vec<(Condition, Location, String)>,
    /// The level.
    pub level: Level,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// Conditions, any of which asks for an approval.
    pub require_approval_if: Vec<(Condition, Location, String)>,
    /// Which requests it applies to.
    pub scope: Scope,
}

impl CompiledAccess {
    /// Compiles `rule`; what is wrong or worth a warning goes to `found`.
    pub fn compile(
        rule: &AccessRule,
        reference: PolicyRef,
        found: &mut Vec<CompileError>,
    ) -> Option<Self> {
        let allow = conditions(&rule.allow_if, found);
        let ask = conditions(&rule.require_approval_if, found);
        let (allow, ask) = (allow?, ask?);
        let mut good = true;
        for condition in allow.iter().chain(&ask) {
            for attribute in condition.attributes() {
                if !rule.actions.iter().any(|action| action.carries(attribute)) {
                    good = false;
                    found.push(CompileError::NeverApplies {
                        attribute: attribute.name(),
                        location: rule.location.clone(),
                        rule: rule.name.clone(),
                    });
                }
            }
        }
        let placed = |list: Vec<Condition>, texts: &[crate::document::Located<String>]| {
            let mut placed: Vec<(Condition, Location, String)> = list
                .into_iter()
                .zip(texts)
                .map(|(condition, text)| (condition, text.location.clone(), text.value.clone()))
                .collect();
            sort_by(&mut placed, |(_, _, a), (_, _, b)| a.cmp(b));
            placed
        };
        good.then(|| Self {
            actions: rule.actions.clone(),
            allow_if: placed(allow, &rule.allow_if),
            level: rule.level,
            policy: reference,
            require_approval_if: placed(ask, &rule.require_approval_if),
            scope: Scope::compile(&rule.scope),
        })
    }
}
