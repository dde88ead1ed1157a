//! The compiled form of a policy directory: immutable, shareable, hashed.

use crate::authority::Authority;
use crate::authority::Meet;
use crate::compile::CompiledAccess;
use crate::compile::CompiledDataClasses;
use crate::compile::CompiledLevel;
use crate::compile::CompiledModelPolicy;
use crate::compile::CompiledRedaction;
use crate::compile::CompiledRego;
use crate::compile::CompiledRetention;
use crate::compile::scope::applying;
use crate::document::Located;
use crate::model::Action;
use crate::model::Attribute;
use crate::model::Digest;
use crate::model::KillSwitch;
use crate::model::Level;
use crate::model::Location;
use crate::model::Request;
use crate::redact::RulePack;

/// Which policy: its name, version, digest, and where it stands.
#[derive(Clone, Debug)]
pub struct PolicyRef {
    /// The digest of its content, without locations.
    pub digest: Digest,
    /// Where it stands.
    pub location: Location,
    /// `policy@version`; without a version `policy@sha256:<12 digits>`.
    pub name: String,
}

/// A kill switch document, compiled.
#[derive(Clone, Debug)]
pub struct CompiledKillSwitch {
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// What is off.
    pub switches: Vec<Located<KillSwitch>>,
}

/// A compiled policy directory. Share it by `Arc`; it never changes.
///
/// Its digest does not depend on the order of files, documents or keys, nor on duplicates.
#[derive(Clone, Debug)]
pub struct PolicySet {
    pub(crate) access: Vec<CompiledAccess>,
    pub(crate) data: Vec<CompiledDataClasses>,
    pub(crate) digest: Digest,
    pub(crate) kill_switches: Vec<CompiledKillSwitch>,
    pub(crate) levels: Vec<CompiledLevel>,
    pub(crate) packs: Vec<(PolicyRef, RulePack)>,
    pub(crate) redactions: Vec<CompiledRedaction>,
    pub(crate) models: Vec<CompiledModelPolicy>,
    pub(crate) rego: Vec<CompiledRego>,
    pub(crate) retention: Vec<CompiledRetention>,
}

/// The documents that apply to one request, and the hash of what they say together.
#[derive(Clone, Debug)]
pub struct PolicyChain<'a> {
    /// Access rules.
    pub access: Vec<&'a CompiledAccess>,
    /// Rules for data; only where the action shows data.
    pub data: Vec<&'a CompiledDataClasses>,
    /// The effective policy hash.
    pub digest: Digest,
    /// Kill switch documents; they always apply.
    pub kill_switches: &'a [CompiledKillSwitch],
    /// Level documents, from the platform downward.
    pub levels: Vec<&'a CompiledLevel>,
    /// Rule packs; they always apply.
    pub packs: &'a [(PolicyRef, RulePack)],
    /// Redaction policies.
    pub redactions: Vec<&'a CompiledRedaction>,
    /// Model policies; only where a model is called.
    pub models: Vec<&'a CompiledModelPolicy>,
    /// Rego documents.
    pub rego: Vec<&'a CompiledRego>,
    /// Documents of retention; none but for what is done on an artifact.
    pub retention: Vec<&'a CompiledRetention>,
}

impl PolicySet {
    /// Returns the digest of the whole set.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Returns how many documents the set holds.
    pub fn len(&self) -> usize {
        self.access.len()
            + self.kill_switches.len()
            + self.levels.len()
            + self.packs.len()
            + self.redactions.len()
            + self.rego.len()
            + self.retention.len()
            + self.data.len()
            + self.models.len()
    }

    /// Returns true where the set holds nothing, and so denies everything.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the documents that apply to `request` for `action`; `what_if` as in [`Pdp`].
    ///
    /// [`Pdp`]: crate::Pdp
    pub fn chain(&self, request: &Request, action: Action, what_if: bool) -> PolicyChain<'_> {
        let at = (request, action, what_if);
        let levels = applying(&self.levels, |level| &level.scope, at);
        let access = applying(&self.access, |rule| &rule.scope, at);
        let rego = applying(&self.rego, |rego| &rego.scope, at);
        let redactions: Vec<&CompiledRedaction> =
            self.redactions.iter().filter(|it| it.scope.may_apply(request)).collect();
        let (mut retention, mut data, mut models) = (Vec::new(), Vec::new(), Vec::new());
        if action.is_on_artifact() {
            retention = self.retention_of(request, action, what_if);
        }
        if action.shows_data() {
            data = applying(&self.data, |data| &data.scope, at);
        }
        if action == Action::ModelCall {
            models = applying(&self.models, |model| &model.scope, at);
        }
        let mut digests: Vec<&str> = levels
            .iter()
            .map(|level| level.policy.digest.as_str())
            .chain(access.iter().map(|rule| rule.policy.digest.as_str()))
            .chain(data.iter().map(|data| data.policy.digest.as_str()))
            .chain(models.iter().map(|model| model.policy.digest.as_str()))
            .chain(rego.iter().map(|rego| rego.policy.digest.as_str()))
            .chain(retention.iter().map(|document| document.policy.digest.as_str()))
            .chain(self.kill_switches.iter().map(|kill| kill.policy.digest.as_str()))
            .chain(self.packs.iter().map(|(policy, _)| policy.digest.as_str()))
            .chain(redactions.iter().map(|redaction| redaction.policy.digest.as_str()))
            .collect();
        // In place: this list is long where many kill switches are documents.
        digests.sort_unstable();
        let digest =
            Digest::of_parts("bailiwick/effective/1", digests.iter().map(|d| d.as_bytes()));
        let (kill_switches, packs) = (&self.kill_switches, &self.packs);
        PolicyChain {
            access,
            data,
            digest,
            kill_switches,
            levels,
            models,
            packs,
            redactions,
            rego,
            retention,
        }
    }
}

impl PolicyChain<'_> {
    /// Returns true where a rule for `action`, or a condition of an access rule, reads an attribute
    /// that `is_meant`.
    pub(crate) fn reads(&self, action: Action, is_meant: &dyn Fn(&Attribute) -> bool) -> bool {
        let mut rules = self.levels.iter().flat_map(|level| level.rules(action));
        let access = self.access.iter().filter(|rule| rule.actions.contains(&action));
        let mut conditions =
            access.flat_map(|rule| rule.allow_if.iter().chain(&rule.require_approval_if));
        rules.any(|rule| rule.reads.iter().any(is_meant))
            || conditions.any(|(condition, _, _)| condition.attributes().into_iter().any(is_meant))
    }

    /// Returns the effective authority: the meet of every level document that applies.
    pub fn authority(&self) -> Authority {
        self.levels.iter().fold(Authority::default(), |meet, level| meet.meet(&level.authority))
    }

    /// Returns every document that applies, as level (none for kill switches and rule packs) and
    /// reference.
    pub fn policies(&self) -> Vec<(Option<Level>, &PolicyRef)> {
        let levels = self.levels.iter().map(|level| (Some(level.level), &level.policy));
        let access = self.access.iter().map(|rule| (Some(rule.level), &rule.policy));
        let data = self.data.iter().map(|data| (Some(data.level), &data.policy));
        let models = self.models.iter().map(|model| (Some(model.level), &model.policy));
        let rego = self.rego.iter().map(|rego| (Some(rego.level), &rego.policy));
        let retention = self.retention.iter().map(|of| (Some(of.level), &of.policy));
        let kill = self.kill_switches.iter().map(|kill| (None, &kill.policy));
        let packs = self.packs.iter().map(|(policy, _)| (None, policy));
        let redactions = self.redactions.iter().map(|it| (Some(it.level), &it.policy));
        let shown = data.chain(models).chain(redactions).chain(retention).chain(packs);
        levels.chain(access).chain(rego).chain(shown).chain(kill).collect()
    }
}
