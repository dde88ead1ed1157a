//! The decision record (section 7): what is kept of a decision.

use serde::Serialize;

use crate::decide::Decision;
use crate::decide::FactsRead;
use crate::decide::MatchedRule;
use crate::decide::Obligation;
use crate::decide::Reason;
use crate::decide::Remedy;
use crate::model::CanonicalError;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Request;
use crate::model::Timestamp;
use crate::model::TypeId;
use crate::model::Unknown;
use crate::model::canonical_json;

/// The record of one decision: the source document's fields and what makes it checkable.
///
/// Fields stand in sorted order, so its JSON text is canonical (RFC 8785).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRecord {
    /// The action.
    pub action: Option<String>,
    /// The approvals that satisfied what asked.
    pub approval_ids: Vec<String>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// The decision.
    pub decision: DecisionEffect,
    /// The id, `pdec_…`.
    pub decision_id: String,
    /// The hash of the documents that applied.
    pub effective_policy_hash: Digest,
    /// Every reason in one text.
    pub explanation: String,
    /// The facts that rules could read.
    pub facts: FactsRead,
    /// False where it answers a question: nothing may be done on its strength.
    pub live: bool,
    /// Every rule that decided.
    pub matched_rules: Vec<MatchedRule>,
    /// What the enforcement point had to see to.
    pub obligations: Vec<Obligation>,
    /// The hash of the policy set.
    pub policy_set_hash: Digest,
    /// Every reason.
    pub reasons: Vec<Reason>,
    /// What would have changed it.
    pub remedy: Remedy,
    /// The hash that approvals bind to.
    pub request_hash: Digest,
    /// The request, redacted by the caller.
    pub requested: serde_json::Value,
    /// The run.
    pub run_id: Option<String>,
    /// The version of the state that was read.
    pub state_version: Option<String>,
    /// The tenant.
    pub tenant_id: Option<String>,
    /// The tool call.
    pub tool_call_id: Option<String>,
    /// What was not known.
    pub unknowns: Vec<Unknown>,
}

impl DecisionRecord {
    /// Returns the record of `decision` on `request`, decided at `created_at`.
    ///
    /// `requested` is what may be kept of the request: redact it first. Without an id, one is made
    /// from the content, so that the same decision at the same instant has the same id everywhere.
    pub fn new(
        decision: Decision,
        request: &Request,
        requested: serde_json::Value,
        created_at: Timestamp,
        decision_id: Option<String>,
    ) -> Self {
        let decision_id = decision_id.unwrap_or_else(|| {
            let content = format!(
                "{}\n{}\n{}\n{}\n{}",
                decision.request_hash,
                decision.effective_policy_hash,
                created_at,
                request.run_id.as_deref().unwrap_or_default(),
                request.tool_call_id.as_deref().unwrap_or_default()
            );
            TypeId::from_content("pdec", content.as_bytes()).into_string()
        });
        Self {
            action: decision.action,
            approval_ids: decision.approval_ids,
            created_at,
            decision: decision.decision,
            decision_id,
            effective_policy_hash: decision.effective_policy_hash,
            explanation: decision.explanation,
            facts: decision.facts,
            live: decision.live,
            matched_rules: decision.matched_rules,
            obligations: decision.obligations,
            policy_set_hash: decision.policy_set_hash,
            reasons: decision.reasons,
            remedy: decision.remedy,
            request_hash: decision.request_hash,
            requested,
            run_id: request.run_id.clone(),
            state_version: decision.state_version,
            tenant_id: request.tenant.clone(),
            tool_call_id: request.tool_call_id.clone(),
            unknowns: decision.unknowns,
        }
    }

    /// Returns the canonical JSON text of the record.
    ///
    /// # Errors
    /// Where the request holds a number that has no canonical form.
    pub fn to_json(&self) -> Result<String, CanonicalError> {
        canonical_json(self)
    }

    /// Returns the digest of the record without the places of its rules: moving a policy's lines
    /// about does not change it.
    ///
    /// # Errors
    /// Where the request holds a number that has no canonical form.
    pub fn digest(&self) -> Result<Digest, CanonicalError> {
        let mut placeless = self.clone();
        for rule in &mut placeless.matched_rules {
            rule.location = crate::model::Location::default();
        }
        Ok(Digest::of(canonical_json(&placeless)?.as_bytes()))
    }
}
