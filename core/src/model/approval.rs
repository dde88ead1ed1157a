//! An approval, as the state carries it.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Digest;
use crate::model::Role;
use crate::model::Subject;
use crate::model::Timestamp;

/// One person's approval of one exact request under one exact effective policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The id, such as `apr_…`.
    pub approval_id: String,
    /// Who approved, with roles and team as of the approval.
    pub approver: Subject,
    /// The hash of the effective policy it was given under.
    pub effective_policy_hash: Digest,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was given.
    pub granted_at: Timestamp,
    /// The hash of the request it was given for.
    pub request_hash: Digest,
}

impl Approval {
    /// Returns true where the approver held `role` (any role where `None`).
    pub fn has_role(&self, role: Option<Role>) -> bool {
        role.is_none_or(|role| self.approver.roles.contains(&role))
    }
}
