//! The body that the eight level documents share (design section 3).

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::document::Located;
use crate::model::Action;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::DataClass;
use crate::model::Effect;
use crate::model::Level;
use crate::model::Limit;
use crate::model::Location;
use crate::model::Request;
use crate::model::RiskTier;
use crate::model::Role;

/// One level document: what its level permits, forbids, asks for and requires.
///
/// An absent field says nothing, so it restricts nothing. A list that stands there is exhaustive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelPolicy {
    /// The actions that may be done; absent permits every action that the levels above permit.
    pub allowed_actions: Option<Located<BTreeMap<Action, Location>>>,
    /// The change classes that a change may be of.
    pub allowed_change_classes: Option<Located<BTreeMap<ChangeClass, Location>>>,
    /// The paths that may be changed, as git patterns, exact in case.
    pub allowed_paths: Option<Located<Vec<Located<String>>>>,
    /// The task classes that may be worked on.
    pub allowed_task_classes: Option<Located<BTreeMap<String, Location>>>,
    /// What needs an approval, and whose.
    pub approval: ApprovalPolicy,
    /// The highest rollout mode.
    pub autonomy_level: Option<Located<AutonomyLevel>>,
    /// The highest data class that may be shown to a model.
    pub data_class_max: Option<Located<DataClass>>,
    /// The paths that may be neither read nor changed, as git patterns, in any case.
    pub forbidden_paths: Vec<Located<String>>,
    /// The level.
    pub level: Level,
    /// The caps.
    pub limits: BTreeMap<Limit, Located<u64>>,
    /// Where the document stands.
    pub location: Location,
    /// The name, or the scope's own name where none is given.
    pub name: String,
    /// Access to the network.
    pub network: NetworkPolicy,
    /// What the enforcement point must see to.
    pub obligations: Obligations,
    /// The teams or people who must review a pull request.
    pub required_reviewers: Vec<Located<Reviewer>>,
    /// The verifiers that must have passed before a pull request.
    pub required_verifiers: Vec<Located<String>>,
    /// The risk tiers that may be worked on.
    pub risk_tiers: Option<Located<BTreeMap<RiskTier, Location>>>,
    /// The rules, in order of the document (which means nothing).
    pub rules: Vec<Rule>,
    /// Which requests the document applies to.
    pub scope: ScopeSelector,
    /// The version; required at `check --strict`.
    pub version: Option<String>,
}

/// Which requests a document applies to: every selector that stands there must match.
///
/// Each selector is a list of names or globs (`*` and `?`), one of which must match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeSelector {
    /// The campaign.
    pub campaign: Option<Vec<Located<String>>>,
    /// The organization.
    pub organization: Option<Vec<Located<String>>>,
    /// The repository.
    pub repo: Option<Vec<Located<String>>>,
    /// The task.
    pub task: Option<Vec<Located<String>>>,
    /// The team.
    pub team: Option<Vec<Located<String>>>,
    /// The tenant.
    pub tenant: Option<Vec<Located<String>>>,
    /// The action, in `tool_policy` (key `tool`).
    pub tool: Option<BTreeSet<Action>>,
}

/// What needs an approval, and whose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApprovalPolicy {
    /// Who must approve: each entry must be satisfied; nobody named means one `Approver`.
    pub approvers: Vec<Located<Approvers>>,
    /// Seconds after which an approval no longer counts.
    pub expires_after: Option<Located<u64>>,
    /// What an approval is required for.
    pub required_for: Vec<Located<Capability>>,
    /// No approver may belong to the requester's team. The requester never counts, whatever
    /// stands here.
    pub separation_of_duty: Option<Located<bool>>,
}

/// A group of people of whom `count` must approve.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Approvers {
    /// How many distinct people; 1 where absent.
    pub count: u32,
    /// The role that each must have; any where absent.
    pub role: Option<Role>,
    /// The team that each must belong to; any where absent.
    pub team: Option<String>,
}

/// A reviewer who must be asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Reviewer {
    /// A team (`team: payments-platform`).
    Team(String),
    /// A person (`user: ana`, or a plain name).
    User(String),
}

/// How far a level lets commands and connections reach; ordered, the lower is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkDefault {
    /// Nothing reaches the network.
    Disabled,
    /// Only hosts on the allow-list.
    Allowlist,
    /// Any host, unless another rule says otherwise.
    Open,
}

/// Access to the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkPolicy {
    /// What holds where nothing else is said.
    pub default: Option<Located<NetworkDefault>>,
    /// Hosts or host globs (`*.example.org`) that may be reached.
    pub egress_allowlist: Option<Located<Vec<Located<String>>>>,
}

/// What the enforcement point must see to, or deny.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Obligations {
    /// Pull requests stay drafts.
    pub draft_only: Option<Located<bool>>,
    /// Labels that a pull request carries.
    pub labels: Vec<Located<String>>,
    /// The egress profile that the sandbox runs under.
    pub network_profile: Option<Located<String>>,
    /// Sinks whose text is redacted, such as `model_context`.
    pub redact: Vec<Located<String>>,
}

/// One rule of a level document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The actions it speaks of; empty means every action.
    pub actions: BTreeSet<Action>,
    /// What it says.
    pub effect: Located<Effect>,
    /// Requests that it must match, and must not: checked when the policies are loaded.
    pub examples: RuleExamples,
    /// A sentence for people, put into the explanation.
    pub explain: Option<String>,
    /// Its name within the document.
    pub id: String,
    /// Where it stands.
    pub location: Location,
    /// What it matches.
    pub matching: RuleMatch,
    /// Conditions, all of which must hold.
    pub when: Vec<Located<String>>,
}

/// What a rule matches: every key that stands there must match, one entry of it is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleMatch {
    /// The first words of a command; each word may give alternatives.
    pub argv: Vec<Located<Vec<String>>>,
    /// Branch names or globs.
    pub branches: Vec<Located<String>>,
    /// Change classes, claimed or borne out.
    pub change_classes: BTreeSet<ChangeClass>,
    /// Hosts or host globs.
    pub hosts: Vec<Located<String>>,
    /// Git patterns over the paths that are read or changed.
    pub paths: Vec<Located<String>>,
    /// Programs that a command would run.
    pub programs: Vec<Located<String>>,
    /// Git patterns over the paths that are read.
    pub reads: Vec<Located<String>>,
    /// Task classes.
    pub task_classes: BTreeSet<String>,
    /// Git patterns over the paths that are changed.
    pub writes: Vec<Located<String>>,
}

/// Requests that show what a rule means: in YAML a mapping is a request, a list the words of a
/// command, and a text a path. One that names no action is for the rule's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleExamples {
    /// Requests that it matches.
    pub matches: Vec<Located<Box<Request>>>,
    /// Requests that it does not match.
    pub not_match: Vec<Located<Box<Request>>>,
}
