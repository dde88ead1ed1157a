//! A recorded decision, made again.

use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use crate::compile::PolicySet;
use crate::decide::Decision;
use crate::decide::Pdp;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Effect;
use crate::model::Location;
use crate::model::Request;
use crate::model::State;
use crate::model::Timestamp;
use crate::model::closed_table;
use crate::model::json_tree;
use crate::record::DecisionRecord;
use crate::replay::RecordedDecision;
use crate::replay::compare::differences;
use crate::replay::compare::is_marked;
use crate::replay::reads::read_of;

closed_table! {
    /// What came of deciding again.
    RedecideVerdict: "verdict" {
        /// The same policies say something else: the record is not what was decided.
        Differs = "differs",
        /// It cannot be told: what the decision reads was redacted, or not kept.
        NotReproducible = "not_reproducible",
        /// These are not the policies that decided.
        OtherPolicies = "other_policies",
        /// The same bytes came out.
        Same = "same",
    }
}

/// What came of deciding again, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Redecided {
    /// The decision.
    pub decision_id: String,
    /// The places that are redacted, or not kept, and without which it cannot be told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The first member that differs, such as `matched_rules[0].rule`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The rules stand elsewhere in the documents than they did; nothing else differs.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub moved: bool,
    /// What the record says there; of the policies, where those are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Value>,
    /// What comes out there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redecided: Option<Value>,
    /// What came of it.
    pub verdict: RedecideVerdict,
    /// Why, in a sentence for people; none where it is the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Makes the recorded decision again under `policies` and compares every byte of the record.
///
/// Where something of the request was redacted, its hash and the facts are those that were kept.
/// What then comes out is never a guess: where it is not the same, and the policies read what is
/// redacted, the answer is `not_reproducible` and names the places.
pub fn redecide(policies: &Arc<PolicySet>, recorded: &RecordedDecision) -> Redecided {
    let blank = Redecided::blank(recorded);
    let kept = match Kept::of(recorded) {
        Ok(kept) => kept,
        Err(reason) => return blank.not_reproducible(reason.why, reason.fields),
    };
    if kept.told.policy_set_hash != *policies.digest() {
        return Redecided {
            member: Some("policy_set_hash".to_owned()),
            recorded: Some(Value::String(kept.told.policy_set_hash.as_str().to_owned())),
            redecided: Some(Value::String(policies.digest().as_str().to_owned())),
            verdict: RedecideVerdict::OtherPolicies,
            why: Some("these are not the policies that decided".to_owned()),
            ..blank
        };
    }
    let decision = kept.decide(policies, recorded, kept.state);
    let read = kept.reads(policies, recorded, &decision);
    let again = match kept.record(decision, recorded) {
        Ok(again) => again,
        Err(error) => return blank.not_reproducible(error.to_string(), Vec::new()),
    };
    judged(blank, recorded, &again, read)
}

fn judged(
    blank: Redecided,
    recorded: &RecordedDecision,
    again: &Value,
    read: Vec<String>,
) -> Redecided {
    let mut moved = false;
    let mut veiled: Vec<String> = Vec::new();
    let mut first = None;
    differences(&recorded.record, again, "", &mut |at, before, after| {
        let member = at.split(['.', '[']).next().unwrap_or_default();
        if member == "matched_rules" && at.contains("].location.") {
            moved = true;
        } else if TOLD.contains(&member) && recorded.record.get(member).is_some_and(is_marked) {
            veiled.push(format!("record.{member}"));
        } else if before.is_some_and(is_marked) {
            veiled.push(format!("record.{at}"));
        } else if first.is_none() {
            first = Some((at.to_owned(), before.cloned(), after.cloned()));
        }
    });
    veiled.dedup();
    match first {
        None if veiled.is_empty() => Redecided { moved, verdict: RedecideVerdict::Same, ..blank },
        None => blank.not_reproducible(
            "the same is decided by the same rules, but what is redacted in the words of the \
             record does not come out again"
                .to_owned(),
            veiled,
        ),
        Some((member, before, after)) => {
            let (verdict, why) = if read.is_empty() {
                (RedecideVerdict::Differs, "the policies that decided say something else")
            } else {
                let why = "the policies read what is redacted";
                (RedecideVerdict::NotReproducible, why)
            };
            Redecided {
                fields: read,
                member: Some(member),
                recorded: before,
                redecided: after,
                verdict,
                why: Some(why.to_owned()),
                ..blank
            }
        }
    }
}

impl Redecided {
    /// Returns what is told of a line that is no recorded decision: nobody can tell what was
    /// decided.
    pub fn unreadable(why: &str) -> Self {
        Self {
            decision_id: String::new(),
            fields: Vec::new(),
            member: None,
            moved: false,
            recorded: None,
            redecided: None,
            verdict: RedecideVerdict::NotReproducible,
            why: Some(why.to_owned()),
        }
    }

    fn blank(recorded: &RecordedDecision) -> Self {
        let decision_id = recorded.decision_id().to_owned();
        Self { decision_id, why: None, ..Self::unreadable("") }
    }

    fn not_reproducible(self, why: String, fields: Vec<String>) -> Self {
        Self { fields, verdict: RedecideVerdict::NotReproducible, why: Some(why), ..self }
    }
}

/// What a record tells, as far as deciding again needs it.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    pub(super) action: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) decision: DecisionEffect,
    pub(super) decision_id: String,
    pub(super) effective_policy_hash: Digest,
    pub(super) live: bool,
    pub(super) matched_rules: Vec<ToldRule>,
    #[serde(default)]
    pub(super) obligations: Vec<Value>,
    pub(super) policy_set_hash: Digest,
    pub(super) reasons: Vec<ToldReason>,
    pub(super) request_hash: Digest,
    pub(super) requested: Request,
}

/// A rule that decided, as the record tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct ToldRule {
    pub(super) effect: Effect,
    pub(super) location: Location,
    pub(super) policy: String,
    pub(super) rule: String,
}

/// A reason, as the record tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct ToldReason {
    pub(super) code: String,
    pub(super) effect: Effect,
}

/// Why a decision cannot be made again.
#[derive(Debug)]
pub(super) struct CannotRedecide {
    pub(super) code: &'static str,
    pub(super) fields: Vec<String>,
    pub(super) why: String,
}

/// What it takes to decide again.
#[derive(Debug)]
pub(super) struct Kept<'r> {
    pub(super) state: &'r State,
    pub(super) told: Told,
}

impl<'r> Kept<'r> {
    pub(super) fn of(recorded: &'r RecordedDecision) -> Result<Self, CannotRedecide> {
        let told: Told = match Told::deserialize(&recorded.record) {
            Ok(told) => told,
            Err(error) => {
                let fields = recorded.redacted.clone();
                let why = format!("what is kept cannot be read as a decision record: {error}");
                return Err(CannotRedecide { code: "record_unreadable", fields, why });
            }
        };
        let Some(state) = &recorded.state else {
            let why = "no state could be read, so nothing was decided by the policies".to_owned();
            let fields = vec!["state".to_owned()];
            return Err(CannotRedecide { code: "state_not_kept", fields, why });
        };
        let redacted = recorded.redacted.iter().any(|place| place.starts_with(REQUESTED));
        if redacted && recorded.facts.is_none() && told.requested.action().is_some() {
            let why = "the request is redacted, and its facts were not kept".to_owned();
            let fields = vec!["facts".to_owned()];
            return Err(CannotRedecide { code: "facts_not_kept", fields, why });
        }
        Ok(Self { state, told })
    }

    /// Decides again, as of `state`.
    pub(super) fn decide(
        &self,
        policies: &Arc<PolicySet>,
        recorded: &RecordedDecision,
        state: &State,
    ) -> Decision {
        let told = &self.told;
        let mut pdp = Pdp::new(Arc::clone(policies));
        pdp.what_if = !told.live;
        let kept = &told.request_hash;
        let redacted = recorded.redacted.iter().any(|place| place.starts_with(REQUESTED));
        // A hash under a key can be made again by nobody else.
        if redacted || kept.as_str().starts_with("hmac-") {
            pdp.decide_kept(&told.requested, state, kept, recorded.facts.as_ref())
        } else {
            pdp.decide(&told.requested, state)
        }
    }

    /// Returns the redacted places that `decision` may have read.
    pub(super) fn reads(
        &self,
        policies: &PolicySet,
        recorded: &RecordedDecision,
        decision: &Decision,
    ) -> Vec<String> {
        if recorded.redacted.is_empty() {
            return Vec::new();
        }
        let request = &self.told.requested;
        let Some(action) = request.action() else {
            let tool = |place: &&String| place.as_str() == "record.requested.tool";
            return recorded.redacted.iter().filter(tool).cloned().collect();
        };
        let asks = decision.reasons.iter().any(|reason| reason.effect == Effect::AskApproval);
        let chain = policies.chain(request, action, !self.told.live);
        read_of(&recorded.redacted, &chain, action, asks)
    }

    /// Returns the record of `decision`, with what a record holds beside a decision.
    fn record(
        &self,
        decision: Decision,
        recorded: &RecordedDecision,
    ) -> Result<Value, serde_json::Error> {
        let told = &self.told;
        let requested = recorded.record.get("requested").cloned().unwrap_or_default();
        let id = Some(told.decision_id.clone());
        let record = DecisionRecord::new(decision, &told.requested, requested, told.created_at, id);
        let mut tree = json_tree(&record)?;
        // They name whose it is, and are redacted apart from the request.
        if let Value::Object(members) = &mut tree {
            for (member, field) in NAMED {
                let place = format!("{REQUESTED}.{field}");
                let kept = recorded.record.get(member).filter(|kept| is_marked(kept));
                if recorded.redacted.contains(&place)
                    && let Some(kept) = kept
                {
                    members.insert(member.to_owned(), kept.clone());
                }
            }
        }
        Ok(tree)
    }
}

const REQUESTED: &str = "record.requested";
/// Members that say in words what the others decide.
const TOLD: [&str; 5] = ["explanation", "facts", "reasons", "remedy", "unknowns"];
/// Members that repeat a field of the request.
const NAMED: [(&str, &str); 3] =
    [("run_id", "run_id"), ("tenant_id", "tenant"), ("tool_call_id", "tool_call_id")];
