//! The names that redaction policies may speak of: a misspelt one would do nothing.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::compile::PolicyRef;
use crate::document::CountsAs;
use crate::document::RedactAction;
use crate::document::RedactionPolicy;
use crate::model::Level;
use crate::model::closest;
use crate::redact::RuleInfo;
use crate::redact::RulePack;

/// What the detectors and keys of a policy directory are called, and which of them stay.
#[derive(Debug, Default)]
pub(crate) struct RedactionNames {
    /// Detectors and kinds.
    known: BTreeSet<String>,
    /// What a document of the platform or an organization keeps or allows, and which one.
    loosened: BTreeMap<String, String>,
    /// The packs that such documents use.
    used_above: BTreeSet<String>,
}

impl RedactionNames {
    /// Returns the names of the built-in packs, of `packs`, and of what `policies` define.
    pub(crate) fn new(
        packs: &[(PolicyRef, RulePack)],
        policies: &[(PolicyRef, Box<RedactionPolicy>)],
    ) -> Self {
        let mut names = Self::default();
        if policies.is_empty() {
            return names;
        }
        let built_in = RulePack::DEFAULT.iter().chain(RulePack::OPT_IN);
        let built_in = built_in.filter_map(|name| RulePack::built_in(name));
        for pack in built_in.chain(packs.iter().map(|(_, pack)| pack)) {
            names.known.extend(pack.names().map(str::to_owned));
        }
        for RuleInfo { id, kind, .. } in RuleInfo::built_in() {
            names.known.extend([id, kind]);
        }
        for (_, policy) in policies {
            names.known.extend(own_names(policy).map(str::to_owned));
        }
        for (reference, policy) in policies.iter().filter(|(_, it)| may_loosen(it)) {
            let allowed = policy.allow.iter().filter_map(|it| it.value.rule.as_ref());
            let kept = policy.sinks.values().flat_map(|rules| &rules.value);
            let kept = kept.filter(|(_, action)| action.value == RedactAction::Keep);
            for name in allowed.map(|rule| &rule.value).chain(kept.map(|(name, _)| name)) {
                names.loosened.insert(name.clone(), reference.name.clone());
            }
            names.used_above.extend(policy.packs.iter().map(|pack| pack.value.clone()));
        }
        names
    }

    /// Returns true where something is called so.
    pub(crate) fn is_known(&self, name: &str) -> bool {
        self.known.contains(name)
    }

    /// Returns the name by which what a sink does with `name` is looked up: that of a detector or
    /// kind, of a figure (also as section 20 writes it), or `default`.
    pub(crate) fn of_sink<'n>(&self, name: &'n str) -> Option<&'n str> {
        if name == DEFAULT || self.is_known(name) {
            return Some(name);
        }
        CountsAs::from_name(name).map(CountsAs::name)
    }

    /// Returns the known name that is closest; `figures` where those of a summary are known too.
    pub(crate) fn suggest(&self, name: &str, figures: bool) -> Option<&str> {
        if name.len() > LONGEST_SUGGESTED {
            return None;
        }
        let others = CountsAs::ALL.iter().map(|figure| figure.name()).chain([DEFAULT]);
        let others = others.filter(|_| figures);
        closest(name, self.known.iter().map(String::as_str).chain(others))
    }

    /// Returns the policy above `policy` that keeps or allows what is called `name`.
    pub(crate) fn loosened_above(&self, policy: &RedactionPolicy, name: &str) -> Option<&str> {
        let loosened = self.loosened.get(name).filter(|_| !may_loosen(policy));
        loosened.map(String::as_str)
    }

    /// Returns true where a document of the platform or an organization uses the pack.
    pub(crate) fn is_used_above(&self, pack: &str) -> bool {
        self.used_above.contains(pack)
    }
}

/// Returns true for a document that may say what stays.
pub(crate) fn may_loosen(policy: &RedactionPolicy) -> bool {
    policy.level <= Level::Organization
}

fn own_names(policy: &RedactionPolicy) -> impl Iterator<Item = &str> {
    let detectors = policy.detectors.iter();
    let detectors = detectors.flat_map(|it| [it.id.value.as_str(), it.kind.as_str()]);
    detectors.chain(policy.keys.iter().map(|key| key.kind.as_str()))
}

const DEFAULT: &str = "default";
/// The longest name for which what may have been meant is looked for.
const LONGEST_SUGGESTED: usize = 100;
