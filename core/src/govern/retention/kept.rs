//! What is kept, and what keeps it beyond its time.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Request;
use crate::model::Timestamp;
use crate::model::closed_table;

/// Something that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionItem {
    /// The campaign that its run belongs to; absent is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<String>,
    /// Its class; one that is unknown is reported and never deleted.
    pub class: String,
    /// When it was made, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// Somebody asks to delete it now.
    pub delete: bool,
    /// It is encrypted where it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted: Option<bool>,
    /// Its name.
    pub id: String,
    /// The organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo: Option<String>,
    /// The run that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// Its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The task that its run belongs to; absent is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The team that owns the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// The tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

closed_table! {
    /// Why something is held.
    HoldKind: "kind of hold" {
        /// An incident that is open (section 28).
        Incident = "incident",
        /// The law, or a court, wants it kept.
        LegalHold = "legal_hold",
    }
}

/// What keeps things beyond their time. It holds what every key that stands there names; without
/// any, everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionHold {
    /// Its name, such as that of the incident.
    pub id: String,
    /// The one thing that is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Why it is held, in kind.
    pub kind: HoldKind,
    /// Why it is held, in words.
    pub reason: String,
    /// When it ended; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_at: Option<Timestamp>,
    /// The run whose things are held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// Who set it.
    pub set_by: String,
    /// The tenant whose things are held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

impl RetentionItem {
    /// Returns a request that says whose it is, for the scopes of documents.
    pub(super) fn scope(&self) -> Request {
        Request {
            campaign_id: self.campaign_id.clone(),
            organization: self.organization.clone(),
            repo: self.repo.clone(),
            task_id: self.task_id.clone(),
            team: self.team.clone(),
            tenant: self.tenant.clone(),
            ..Request::default()
        }
    }

    /// Returns the names of what it belongs to, as far as it says them.
    pub(super) fn names(&self) -> Vec<(&'static str, &str)> {
        let names = [
            ("tenant", &self.tenant),
            ("organization", &self.organization),
            ("team", &self.team),
            ("repo", &self.repo),
            ("campaign_id", &self.campaign_id),
            ("task_id", &self.task_id),
            ("run_id", &self.run_id),
        ];
        names.into_iter().filter_map(|(key, name)| Some((key, name.as_deref()?))).collect()
    }
}

impl RetentionHold {
    /// Returns true where it holds `item`. What the item does not say could be what is meant, and
    /// so could any by a name that is blank or padded with spaces.
    pub(super) fn keeps(&self, item: &RetentionItem, now: Timestamp) -> bool {
        let meant = |wanted: &Option<String>, held: Option<&str>| match (wanted, held) {
            (Some(wanted), Some(held)) => wanted == held || !is_plain(wanted) || !is_plain(held),
            (Some(_), None) | (None, _) => true,
        };
        self.released_at.is_none_or(|released| now < released)
            && meant(&self.item, Some(&item.id))
            && meant(&self.run_id, item.run_id.as_deref())
            && meant(&self.tenant, item.tenant.as_deref())
    }

    /// Returns what holds, for people.
    pub(super) fn sentence(&self) -> String {
        let kind = match self.kind {
            HoldKind::Incident => "open incident",
            HoldKind::LegalHold => "legal hold",
        };
        format!("{kind} `{}` by {}: {}", self.id, self.set_by, self.reason)
    }
}

/// Returns true for a name that is neither blank nor padded with spaces.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.trim() == name
}
