//! What a text belongs to.

use bailiwick::Request;
use serde::Deserialize;

/// What a text belongs to; chooses among policies. What is left out could be any.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Scope {
    campaign_id: Option<String>,
    organization: Option<String>,
    repo: Option<String>,
    task_id: Option<String>,
    team: Option<String>,
    tenant: Option<String>,
}

impl Scope {
    /// Returns a request that says so.
    pub(crate) fn request(self) -> Request {
        let Self { campaign_id, organization, repo, task_id, team, tenant } = self;
        Request { campaign_id, organization, repo, task_id, team, tenant, ..Request::default() }
    }
}
