//! Which documents apply to a request.

use std::collections::BTreeSet;

use crate::document::Located;
use crate::document::ScopeSelector;
use crate::model::Action;
use crate::model::ActionScope;
use crate::model::Attribute;
use crate::model::Request;
use crate::model::wildcard_matches;

/// The compiled scope of a document.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    names: Vec<(Dimension, Vec<String>)>,
    tool: Option<BTreeSet<Action>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    Tenant,
    Organization,
    Team,
    Repo,
    Campaign,
    Task,
}

impl Scope {
    /// Compiles a selector.
    pub fn compile(selector: &ScopeSelector) -> Self {
        let mut names = Vec::new();
        let mut add = |dimension: Dimension, list: &Option<Vec<Located<String>>>| {
            if let Some(list) = list {
                names.push((dimension, list.iter().map(|entry| entry.value.clone()).collect()));
            }
        };
        add(Dimension::Tenant, &selector.tenant);
        add(Dimension::Organization, &selector.organization);
        add(Dimension::Team, &selector.team);
        add(Dimension::Repo, &selector.repo);
        add(Dimension::Campaign, &selector.campaign);
        add(Dimension::Task, &selector.task);
        Self { names, tool: selector.tool.clone() }
    }

    /// Returns true where the document applies to a request for `action`.
    ///
    /// A scope attribute that the request leaves out: campaign and task documents do not apply;
    /// the others do, since the request could be in their scope; except that an action on the
    /// tenant, such as `campaign.create`, is on no repository unless it names one. Judging without a live host
    /// (`what_if`), documents of every scope that is left out apply.
    pub fn applies(&self, request: &Request, action: Action, what_if: bool) -> bool {
        if self.tool.as_ref().is_some_and(|tools| !tools.contains(&action)) {
            return false;
        }
        self.names.iter().all(|(dimension, patterns)| match dimension.of(request) {
            Some(name) => patterns.iter().any(|pattern| wildcard_matches(pattern, name)),
            None => match dimension {
                Dimension::Campaign | Dimension::Task => what_if,
                Dimension::Organization | Dimension::Repo | Dimension::Team => {
                    what_if || action.scope() == ActionScope::Repository
                }
                Dimension::Tenant => true,
            },
        })
    }
}

impl Scope {
    /// Returns true where the document could apply: nothing that the request names is beyond its
    /// scope. For what only makes stricter.
    pub fn may_apply(&self, request: &Request) -> bool {
        self.names.iter().all(|(dimension, patterns)| {
            let name = dimension.of(request);
            name.is_none_or(|name| patterns.iter().any(|pattern| wildcard_matches(pattern, name)))
        })
    }

    /// Returns true where a document that applies surely applies: the request names everything
    /// that the scope does. What grants must not be met by leaving out whom it grants to.
    pub fn is_met(&self, request: &Request) -> bool {
        self.names.iter().all(|(dimension, _)| dimension.of(request).is_some())
    }
}

impl Dimension {
    fn of(self, request: &Request) -> Option<&str> {
        match self {
            Self::Tenant => request.tenant.as_deref(),
            Self::Organization => request.organization.as_deref(),
            Self::Team => request.team.as_deref(),
            Self::Repo => request.repo.as_deref(),
            Self::Campaign => request.campaign_id.as_deref(),
            Self::Task => request.task_id.as_deref(),
        }
    }
}

/// Returns those of `documents` that apply to a request for an action; what if, as in
/// [`Scope::applies`].
pub(crate) fn applying<'d, T>(
    documents: &'d [T],
    scope: fn(&T) -> &Scope,
    (request, action, what_if): (&Request, Action, bool),
) -> Vec<&'d T> {
    documents.iter().filter(|it| scope(it).applies(request, action, what_if)).collect()
}

/// Returns the scope attributes without which a live request for `action` cannot be judged.
pub(crate) const fn required_scope(action: Action) -> &'static [Attribute] {
    match action.scope() {
        ActionScope::Repository => &[
            Attribute::Tenant,
            Attribute::Organization,
            Attribute::Team,
            Attribute::Repo,
            Attribute::SubjectId,
        ],
        ActionScope::Tenant => &[Attribute::Tenant, Attribute::SubjectId],
    }
}
