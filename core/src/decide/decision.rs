//! A decision: what may be done, why, under which obligations, and what would change it.

use serde::Serialize;

use crate::model::Action;
use crate::model::DataClass;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Effect;
use crate::model::Level;
use crate::model::Location;
use crate::model::Unknown;
use crate::model::closed_table;

/// What the decision point says of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The action, as the table prints it; as the request wrote it where it is unknown.
    pub action: Option<String>,
    /// The approvals that satisfied what asked.
    pub approval_ids: Vec<String>,
    /// The decision.
    pub decision: DecisionEffect,
    /// The hash of the documents that apply to the request.
    pub effective_policy_hash: Digest,
    /// Every reason in one text for people.
    pub explanation: String,
    /// What the request would really do, as far as rules can read it.
    pub facts: FactsRead,
    /// False where it answers a question (`what_if`): nothing may be done on its strength.
    pub live: bool,
    /// Every rule that decided.
    pub matched_rules: Vec<MatchedRule>,
    /// What the enforcement point must see to, or deny.
    pub obligations: Vec<Obligation>,
    /// The hash of the whole policy set.
    pub policy_set_hash: Digest,
    /// Every reason.
    pub reasons: Vec<Reason>,
    /// What would change the decision.
    pub remedy: Remedy,
    /// The hash that approvals bind to.
    pub request_hash: Digest,
    /// The version of the state that was read.
    pub state_version: Option<String>,
    /// What is not known about the request.
    pub unknowns: Vec<Unknown>,
}

/// One reason of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// A stable word, such as `forbidden_path`.
    pub code: &'static str,
    /// Which way it points.
    pub effect: Effect,
    /// The sentence for people.
    pub message: String,
}

/// One rule, or field of a document, that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatchedRule {
    /// What it said.
    pub effect: Effect,
    /// The level of its document; none for kill switches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Where it stands, relative to the policy root; outside every hash.
    pub location: Location,
    /// `policy@version`.
    pub policy: String,
    /// The rule's id, or the document's field.
    pub rule: String,
}

closed_table! {
    /// What an obligation is about.
    ObligationKind: "obligation" {
        /// The pull request stays a draft.
        DraftOnly = "draft_only",
        /// The pull request carries the label `name`.
        Label = "label",
        /// The command runs under the cap `name` of `value`.
        Limit = "limit",
        /// The sandbox runs under the egress profile `name`.
        NetworkProfile = "network_profile",
        /// Of the prompt only `name` is kept: `raw`, `redacted` or `none`.
        PromptLog = "prompt_log",
        /// Text for the sink `name` goes through the redactor.
        Redact = "redact",
        /// The pull request asks `name` (`team:…` or `user:…`) for a review.
        Reviewer = "reviewer",
        /// The verifier `name` has passed before a pull request.
        Verifier = "verifier",
    }
}

/// What the enforcement point must see to; where it cannot, it denies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Obligation {
    /// What it is about.
    pub kind: ObligationKind,
    /// Which one.
    pub name: String,
    /// How much, where it is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<u64>,
}

/// What would change the decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// False where nothing that can be asked for would change it.
    pub possible: bool,
    /// What is missing, one sentence part each.
    pub requires: Vec<String>,
    /// All of it in one sentence; empty where the decision is `allowed`.
    pub text: String,
}

/// The facts that rules can read, for the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FactsRead {
    /// Change classes, claimed and borne out.
    pub change_classes: Vec<String>,
    /// What a command does beyond reading and writing paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub command_effects: Vec<String>,
    /// The highest class of the data that would be shown, every label counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_class: Option<DataClass>,
    /// Hosts that would be reached.
    pub hosts: Vec<String>,
    /// Programs that a command would run, each with its subcommand where it has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invocations: Vec<String>,
    /// Whether it reaches for the network.
    pub network: bool,
    /// Paths outside the workspace.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<String>,
    /// Paths that are read or changed.
    pub paths: Vec<String>,
    /// Whether something fetched is fed into an interpreter.
    pub pipes_remote_to_shell: bool,
    /// Programs that would run.
    pub programs: Vec<String>,
    /// Paths that are removed with all below, or without asking.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<String>,
    /// What paths outside the workspace give away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sensitive: Vec<String>,
}

impl Decision {
    /// Returns a denial of what could not even be judged: the policies, the request or the state
    /// cannot be read.
    ///
    /// # Example
    /// ```
    /// use bailiwick::{Decision, DecisionEffect};
    /// let decision = Decision::refused("policy_unreadable", "a bracket is missing");
    /// assert_eq!(decision.decision, DecisionEffect::Denied);
    /// ```
    pub fn refused(code: &'static str, message: &str) -> Self {
        let nothing = Digest::of(b"");
        let reason = Reason { code, effect: Effect::Deny, message: message.to_owned() };
        Self {
            action: None,
            approval_ids: Vec::new(),
            decision: DecisionEffect::Denied,
            effective_policy_hash: nothing.clone(),
            explanation: format!("denied: {message}"),
            facts: FactsRead::default(),
            live: true,
            matched_rules: Vec::new(),
            obligations: Vec::new(),
            policy_set_hash: nothing.clone(),
            reasons: vec![reason],
            remedy: Remedy {
                possible: false,
                requires: Vec::new(),
                text: format!("cannot be approved: {message}"),
            },
            request_hash: nothing,
            state_version: None,
            unknowns: Vec::new(),
        }
    }

    /// Returns true where the act may be done.
    pub fn is_allowed(&self) -> bool {
        self.decision == DecisionEffect::Allowed
    }

    /// Returns the action of the table.
    pub fn action(&self) -> Option<Action> {
        self.action.as_deref().and_then(Action::from_name)
    }
}
