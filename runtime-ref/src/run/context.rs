//! What all requests of one run have in common.

use bailiwick::Action;
use bailiwick::AutonomyLevel;
use bailiwick::ChangeClass;
use bailiwick::Request;
use bailiwick::RiskTier;
use bailiwick::Subject;

use crate::port::store::RunKey;

/// What all requests of one run have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunContext {
    /// The branch that the change goes to.
    pub branch: String,
    /// The campaign.
    pub campaign_id: Option<String>,
    /// The class that the change claims to be of.
    pub change_class: ChangeClass,
    /// The branch that the change is for.
    pub base_branch: String,
    /// The mode that the run asks for.
    pub autonomy_level: AutonomyLevel,
    /// The organization.
    pub organization: String,
    /// The repository.
    pub repo: String,
    /// How much depends on the repository.
    pub risk_tier: RiskTier,
    /// The run, and whose it is.
    pub run: RunKey,
    /// The worker that acts.
    pub subject: Subject,
    /// The class of the task.
    pub task_class: String,
    /// The task.
    pub task_id: String,
    /// What is to be done, in one line.
    pub task_title: String,
    /// The team that owns the repository.
    pub team: String,
    /// The root of the workspace, absolute.
    pub workspace: String,
}

impl RunContext {
    /// Returns a request of the run for `action`, to be filled in.
    pub fn request(&self, action: Action) -> Request {
        Request {
            autonomy_level: Some(self.autonomy_level),
            branch: Some(self.branch.clone()),
            campaign_id: self.campaign_id.clone(),
            change_class: Some(self.change_class),
            git_hardened: Some(true),
            network_profile: Some(NO_EGRESS.to_owned()),
            organization: Some(self.organization.clone()),
            repo: Some(self.repo.clone()),
            risk_tier: Some(self.risk_tier),
            run_id: Some(self.run.run_id.clone()),
            subject: Some(self.subject.clone()),
            task_class: Some(self.task_class.clone()),
            task_id: Some(self.task_id.clone()),
            team: Some(self.team.clone()),
            tenant: Some(self.run.tenant.clone()),
            tool: Some(action.name().to_owned()),
            workspace: Some(self.workspace.clone()),
            ..Request::default()
        }
    }
}

/// The one egress profile of this runtime's sandboxes: none.
pub const NO_EGRESS: &str = "no-egress";
