//! What rules see of a request: its own attributes and the facts, by the table of attributes.

use crate::facts::Facts;
use crate::facts::Partial;
use crate::facts::PathTouch;
use crate::model::Action;
use crate::model::ArtifactUse;
use crate::model::Attribute;
use crate::model::ModelUse;
use crate::model::Request;
use crate::model::Subject;
use crate::model::UnknownKind;
use crate::model::Value;
use crate::model::VerifierResult;

/// A request with its facts, as rules read it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The action.
    pub action: Action,
    /// What it would really do.
    pub facts: &'a Facts,
    /// The request.
    pub request: &'a Request,
    /// Judged without a live host: attributes of the scope may be left out.
    pub what_if: bool,
}

/// What an attribute holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Held<'a> {
    /// Not given, and it need not be.
    Absent,
    /// Not given, and it must be.
    Missing,
    Boolean(bool),
    Integer(i64),
    Text(&'a str),
    /// Entries, and whether there may be more.
    List(Vec<&'a str>, Option<UnknownKind>),
    /// Given, but not known.
    Unknown(UnknownKind),
    /// A host's own attribute of a kind that conditions do not compare.
    Other,
}

impl<'a> View<'a> {
    /// Returns what `attribute` holds.
    pub(crate) fn held(&self, attribute: &Attribute) -> Held<'a> {
        let request = self.request;
        let facts = self.facts;
        match attribute {
            Attribute::Action => Held::Text(self.action.name()),
            Attribute::ArtifactClass => name(self.artifact(|of| of.class).map(|of| of.name())),
            Attribute::ArtifactEncrypted => {
                self.artifact(|of| of.encrypted).map_or(Held::Absent, Held::Boolean)
            }
            Attribute::ArtifactHeld => {
                self.artifact(|of| of.held).map_or(Held::Absent, Held::Boolean)
            }
            Attribute::ArtifactId => name(self.artifact(|of| of.id.as_deref())),
            Attribute::ArtifactRun => name(self.artifact(|of| of.run.as_deref())),
            // A blank name is none: it would slip past the boundary between tenants.
            Attribute::ArtifactTenant => {
                let tenant = self.artifact(|of| of.tenant.as_deref());
                name(tenant.filter(|text| !text.trim().is_empty()))
            }
            Attribute::Attributes(name) => untyped(request.attributes.get(name)),
            Attribute::AutonomyLevel => name(request.autonomy_level.map(|mode| mode.name())),
            // Which branch is pushed is the whole of a push: a rule that reads it must know it.
            Attribute::Branch => match request.branch.as_deref() {
                None if self.action == Action::GitPush => self.scope(None),
                branch => name(branch),
            },
            Attribute::CampaignId => name(request.campaign_id.as_deref()),
            Attribute::ChangeClass => name(request.change_class.map(|class| class.name())),
            Attribute::ChangeClasses => Held::List(
                facts.classes.value.iter().map(|class| class.name()).collect(),
                facts.classes.unknown,
            ),
            Attribute::ChangeFileCount => count(&facts.changed_files),
            Attribute::ChangeFiles | Attribute::Writes => {
                self.paths(|touch| touch != PathTouch::Read)
            }
            Attribute::ChangeLines => count(&facts.changed_lines),
            Attribute::CommandEffects => Held::List(
                facts.effects.value.iter().map(|effect| effect.name()).collect(),
                facts.effects.unknown,
            ),
            Attribute::CommandInvocations => texts(&facts.invocations),
            Attribute::CommandNetwork => flag(&facts.network),
            Attribute::CommandPipesRemoteToShell => flag(&facts.pipes_remote_to_shell),
            Attribute::CommandPrograms => texts(&facts.programs),
            Attribute::CommandRemovals => texts(&facts.removals),
            Attribute::ContextSources => {
                let sources = request.context_items.iter().filter_map(|item| item.source);
                Held::List(sources.map(|source| source.name()).collect(), None)
            }
            Attribute::ContextTenants => {
                let items = request.context_items.iter();
                Held::List(items.filter_map(|item| item.tenant.as_deref()).collect(), None)
            }
            Attribute::GitHardened => request.git_hardened.map_or(Held::Absent, Held::Boolean),
            Attribute::Judge => name(request.judge.as_deref()),
            Attribute::Labels => {
                Held::List(request.labels.iter().map(String::as_str).collect(), None)
            }
            Attribute::ModelDataClass => name(request.told_data_class().map(|class| class.name())),
            Attribute::ModelName => self.model_text(|model| model.model.as_deref()),
            Attribute::ModelProvider => self.model_text(|model| model.provider.as_deref()),
            Attribute::ModelRegion => self.model_text(|model| model.region.as_deref()),
            Attribute::ModelTokens => self
                .model(|model| model.tokens)
                .map_or(Held::Absent, |n| Held::Integer(i64::from(n))),
            Attribute::ModelUseFor => self.model_text(|model| model.use_for.as_deref()),
            Attribute::NetworkHosts => texts(&facts.hosts),
            Attribute::NetworkProfile => name(request.network_profile.as_deref()),
            Attribute::Organization => self.scope(request.organization.as_deref()),
            Attribute::Paths => self.paths(|_| true),
            Attribute::PathsOutside => texts(&facts.outside),
            Attribute::PathsSensitive => Held::List(
                facts.sensitive.value.iter().map(|kind| kind.name()).collect(),
                facts.sensitive.unknown,
            ),
            Attribute::PrDraft => match request.pr.as_ref().and_then(|pr| pr.draft) {
                // What does not say that it is a draft is none, as for `draft_only`.
                None if matches!(self.action, Action::PrCreate | Action::PrUpdate) => {
                    Held::Boolean(false)
                }
                draft => draft.map_or(Held::Absent, Held::Boolean),
            },
            Attribute::Reads => self.paths(|touch| touch != PathTouch::Change),
            Attribute::Repo => self.scope(request.repo.as_deref()),
            Attribute::RiskTier => name(request.risk_tier.map(|tier| tier.name())),
            Attribute::RunId => name(request.run_id.as_deref()),
            Attribute::SubjectId => {
                self.subject(|subject| (!subject.id.is_empty()).then_some(subject.id.as_str()))
            }
            Attribute::SubjectKind => self.subject(|subject| subject.kind.as_deref()),
            Attribute::SubjectRole => match &request.subject {
                Some(subject) => {
                    Held::List(subject.roles.iter().map(|role| role.name()).collect(), None)
                }
                None => self.scope(None),
            },
            Attribute::SubjectTeam => self.subject(|subject| subject.team.as_deref()),
            Attribute::SubjectTenant => self.subject(|subject| subject.tenant.as_deref()),
            Attribute::TargetCount => {
                request.target_count.map_or(Held::Absent, |n| Held::Integer(i64::from(n)))
            }
            Attribute::TaskClass => name(request.task_class.as_deref()),
            Attribute::TaskId => name(request.task_id.as_deref()),
            Attribute::Team => self.scope(request.team.as_deref()),
            Attribute::Tenant => self.scope(request.tenant.as_deref()),
            Attribute::VerifiersFailed => self.verifiers(|result| result != VerifierResult::Passed),
            Attribute::VerifiersPassed => self.verifiers(|result| result == VerifierResult::Passed),
        }
    }

    /// Returns true where the request for this action lacks `attribute`.
    pub fn lacks(&self, attribute: &Attribute) -> bool {
        match self.held(attribute) {
            Held::Absent | Held::Missing => true,
            Held::List(items, unknown) => items.is_empty() && unknown.is_none(),
            Held::Boolean(_)
            | Held::Integer(_)
            | Held::Other
            | Held::Text(_)
            | Held::Unknown(_) => false,
        }
    }

    fn paths(&self, keep: impl Fn(PathTouch) -> bool) -> Held<'a> {
        let paths = &self.facts.paths;
        let kept = || paths.value.iter().filter(|fact| keep(fact.touch));
        // A condition compares names; which ones a glob stands for only a run would tell.
        let globs = kept().any(|fact| fact.glob).then_some(UnknownKind::Dynamic);
        let known = kept().filter(|fact| !fact.glob).map(|fact| fact.path.as_str());
        Held::List(known.collect(), paths.unknown.max(globs))
    }

    fn verifiers(&self, keep: impl Fn(VerifierResult) -> bool) -> Held<'a> {
        let kept = self.request.verifiers.iter().filter(|(_, result)| keep(**result));
        Held::List(kept.map(|(name, _)| name.as_str()).collect(), None)
    }

    fn artifact<T>(&self, pick: impl Fn(&'a ArtifactUse) -> Option<T>) -> Option<T> {
        self.request.artifact.as_ref().and_then(pick)
    }

    fn model<T>(&self, pick: impl Fn(&'a ModelUse) -> Option<T>) -> Option<T> {
        self.request.model.as_ref().and_then(pick)
    }

    fn model_text(&self, pick: impl Fn(&'a ModelUse) -> Option<&'a str>) -> Held<'a> {
        name(self.model(pick))
    }

    fn subject(&self, pick: impl Fn(&'a Subject) -> Option<&'a str>) -> Held<'a> {
        match &self.request.subject {
            Some(subject) => name(pick(subject)),
            None => self.scope(None),
        }
    }

    /// An attribute of the scope must be given, except where nobody is live. A blank or padded
    /// name is none: it would slip past the documents and switches of the name that it means.
    fn scope(&self, text: Option<&'a str>) -> Held<'a> {
        match text.filter(|text| !text.is_empty() && text.trim() == *text) {
            Some(text) => Held::Text(text),
            None if self.what_if => Held::Absent,
            None => Held::Missing,
        }
    }
}

fn name(text: Option<&str>) -> Held<'_> {
    text.map_or(Held::Absent, Held::Text)
}

fn flag(partial: &Partial<bool>) -> Held<'static> {
    match (partial.value, partial.unknown) {
        (true, _) => Held::Boolean(true),
        (false, None) => Held::Boolean(false),
        (false, Some(kind)) => Held::Unknown(kind),
    }
}

fn count(partial: &Partial<u64>) -> Held<'static> {
    match partial.unknown {
        None => Held::Integer(i64::try_from(partial.value).unwrap_or(i64::MAX)),
        Some(kind) => Held::Unknown(kind),
    }
}

fn texts(partial: &Partial<Vec<String>>) -> Held<'_> {
    Held::List(partial.value.iter().map(String::as_str).collect(), partial.unknown)
}

fn untyped(value: Option<&Value>) -> Held<'_> {
    match value {
        None | Some(Value::Null) => Held::Absent,
        Some(Value::Bool(value)) => Held::Boolean(*value),
        Some(Value::Integer(value)) => Held::Integer(*value),
        Some(Value::Text(value)) => Held::Text(value),
        Some(Value::List(items)) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_text).collect();
            texts.map_or(Held::Other, |texts| Held::List(texts, None))
        }
        Some(Value::Map(_)) => Held::Other,
    }
}
