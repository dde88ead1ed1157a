//! The selectors that say which requests a document applies to.

use crate::document::ScopeSelector;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;

impl ScopeSelector {
    /// The keys that every scoped document may have.
    pub(crate) const KEYS: &'static [&'static str] =
        &["campaign", "organization", "repo", "task", "team", "tenant"];

    /// Returns the selectors among `fields`; `tool` only where the document has that key.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Self {
        let mut names = |key| fields.find(key).map(|at| decoder.some_texts(&at));
        let (campaign, organization) = (names("campaign"), names("organization"));
        let (repo, task) = (names("repo"), names("task"));
        let (team, tenant) = (names("team"), names("tenant"));
        let tool = fields.find("tool").map(|at| decoder.some_actions(&at));
        Self { campaign, organization, repo, task, team, tenant, tool }
    }

    /// Returns true where nothing is selected, so that every request is meant.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
