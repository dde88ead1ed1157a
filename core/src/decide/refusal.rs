//! Why a request is not simply allowed, with who says so: for those who ask before they act.

use crate::decide::combine;
use crate::decide::pdp::Pdp;
use crate::facts::Facts;
use crate::model::DecisionEffect;
use crate::model::Effect;
use crate::model::Location;
use crate::model::Request;
use crate::model::State;

/// One reason why a request is denied, or waits for an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) location: Option<Location>,
    pub(crate) message: String,
    pub(crate) policy: Option<String>,
    pub(crate) rule: Option<String>,
}

impl Pdp {
    /// Returns every reason why [`Pdp::decide`] does not allow `request`; none where it does.
    pub(crate) fn refusals(&self, request: &Request, state: &State) -> Vec<Refusal> {
        let plain = |code: &'static str, message: String| {
            vec![Refusal { code, location: None, message, policy: None, rule: None }]
        };
        let Some(action) = request.action() else {
            return plain("action_unknown", "the request names no known action".to_owned());
        };
        let hash = match request.hash(self.hash_key.as_ref()) {
            Ok(hash) => hash,
            Err(error) => return plain("unreadable", error.to_string()),
        };
        let facts = Facts::of(request, action);
        let judged = self.judge(request, &facts, action, state, &hash);
        let least = match combine::effect(&judged.findings, &judged.quorum) {
            DecisionEffect::Allowed => return Vec::new(),
            DecisionEffect::AskApproval | DecisionEffect::Denied => Effect::AskApproval,
        };
        let against = judged.findings.iter().filter(|finding| finding.effect >= least);
        let mut refusals: Vec<Refusal> = Vec::new();
        for finding in against {
            let source = finding.source.as_ref();
            let refusal = Refusal {
                code: finding.code,
                location: source.map(|s| s.location.clone()).filter(|at| !at.file.is_empty()),
                message: finding.message.clone(),
                policy: source.map(|source| source.policy.to_owned()),
                rule: source.map(|source| source.rule.to_owned()),
            };
            if !refusals.contains(&refusal) {
                refusals.push(refusal);
            }
        }
        refusals
    }
}
