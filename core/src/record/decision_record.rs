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
use crate::redact::Cleaner;
use crate::redact::SinkType;

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

    /// Returns the record of `decision` on `request` as the sink of `cleaner` may see it: nothing
    /// that is redacted in `requested` stands anywhere else in it. `cleaner` is made from the
    /// request ([`crate::json_tree`]).
    ///
    /// # Example
    /// ```
    /// use bailiwick::{Cleaner, Decision, DecisionRecord, LogViewer, Redactor, Request, json_tree};
    /// let request: Request =
    ///     serde_json::from_str(r#"{"tool": "login", "argv": ["x", "--password", "one-two"]}"#)?;
    /// let cleaner = Cleaner::<LogViewer>::new(&json_tree(&request)?, &Redactor::default());
    /// let decision = Decision::refused("action_unknown", "what is `one-two`?");
    /// let now = "2026-07-04T00:00:00Z".parse()?;
    /// let record = DecisionRecord::redacted(decision, &request, &cleaner, now, None);
    /// assert!(!record.to_json()?.contains("one-two"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn redacted<S: SinkType>(
        mut decision: Decision,
        request: &Request,
        cleaner: &Cleaner<S>,
        created_at: Timestamp,
        decision_id: Option<String>,
    ) -> Self {
        decision.clean(cleaner);
        let tree = cleaner.tree();
        let mut record = Self::new(decision, request, tree.clone(), created_at, decision_id);
        // Whose it is must be told from others, so only what is a secret by itself goes.
        let shown = |field: &str| tree.get(field)?.as_str().map(str::to_owned);
        record.run_id = shown("run_id");
        record.tenant_id = shown("tenant");
        // The id of a call is the model's word.
        record.tool_call_id.iter_mut().for_each(|id| cleaner.clean(id));
        record
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
