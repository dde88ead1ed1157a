//! The closed table of actions, each with what belongs to a request for it.

use crate::model::Attribute;
use crate::model::AutonomyLevel;
use crate::model::table::closed_table;

closed_table! {
    /// What a request wants to do; the same names in policies, records and audit. `tool.` may
    /// stand before any of them, as in the source document's section 14.
    Action: "action" {
        /// Delete an artifact, or a record that is kept as one.
        ArtifactDelete = "artifact.delete" | "tool.artifact.delete",
        /// Export an artifact out of the store.
        ArtifactExport = "artifact.export" | "tool.artifact.export",
        /// Read an artifact.
        ArtifactRead = "artifact.read" | "tool.artifact.read",
        /// Read the audit log.
        AuditRead = "audit.read" | "tool.audit.read",
        /// Create a fleet campaign.
        CampaignCreate = "campaign.create" | "tool.campaign.create",
        /// Start the next wave of a campaign.
        CampaignWave = "campaign.wave" | "tool.campaign.wave",
        /// Propose a change: what the diff touches, before it leaves the sandbox.
        ChangePropose = "change.propose" | "tool.change.propose",
        /// Retrieve text into the model's context.
        ContextRetrieve = "context.retrieve" | "tool.context.retrieve",
        /// Delete a file in the workspace.
        FileDelete = "file.delete" | "tool.file.delete",
        /// Read a file in the workspace.
        FileRead = "file.read" | "tool.file.read",
        /// Write a file in the workspace.
        FileWrite = "file.write" | "tool.file.write",
        /// Create a branch in the workspace.
        GitBranch = "git.branch" | "tool.git.branch",
        /// Clone a repository into a workspace.
        GitClone = "git.clone" | "tool.git.clone",
        /// Commit in the workspace.
        GitCommit = "git.commit" | "tool.git.commit",
        /// Push a branch to the remote.
        GitPush = "git.push" | "tool.git.push",
        /// Change the instructions that agents read, such as AGENTS.md.
        InstructionsChange = "instructions.change" | "tool.instructions.change",
        /// Call a model.
        ModelCall = "model.call" | "tool.model.call",
        /// Open a network connection.
        NetConnect = "net.connect" | "tool.net.connect",
        /// Change a policy.
        PolicyChange = "policy.change" | "tool.policy.change",
        /// Comment on a pull request.
        PrComment = "pr.comment" | "tool.pr.comment",
        /// Create a pull request.
        PrCreate = "pr.create" | "tool.pr.create",
        /// Merge a pull request.
        PrMerge = "pr.merge" | "tool.pr.merge",
        /// Update a pull request.
        PrUpdate = "pr.update" | "tool.pr.update",
        /// Cancel a run.
        RunCancel = "run.cancel" | "tool.run.cancel",
        /// Start a run.
        RunStart = "run.start" | "tool.run.start",
        /// Execute a command in the sandbox.
        ShellExec = "shell.exec" | "tool.shell.exec",
        /// Submit a task.
        TaskSubmit = "task.submit" | "tool.task.submit",
        /// Lease a short-lived token.
        TokenLease = "token.lease" | "tool.token.lease",
        /// Run a verifier.
        VerifierRun = "verifier.run" | "tool.verifier.run",
    }
}

/// Whether an action is done on one repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionScope {
    /// On one repository: tenant, organization, team and repo are required.
    Repository,
    /// On the tenant: only the tenant is required.
    Tenant,
}

/// What an action does to the paths that it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// It carries no paths.
    Nothing,
    /// It reads them.
    Reads,
    /// It changes them.
    Changes,
    /// It runs a command that may do either.
    Either,
}

impl Action {
    /// Returns whether the action is done on one repository.
    pub const fn scope(self) -> ActionScope {
        match self {
            Self::AuditRead
            | Self::CampaignCreate
            | Self::CampaignWave
            | Self::PolicyChange
            | Self::RunCancel => ActionScope::Tenant,
            Self::ArtifactDelete
            | Self::ArtifactExport
            | Self::ArtifactRead
            | Self::ChangePropose
            | Self::ContextRetrieve
            | Self::FileDelete
            | Self::FileRead
            | Self::FileWrite
            | Self::GitBranch
            | Self::GitClone
            | Self::GitCommit
            | Self::GitPush
            | Self::InstructionsChange
            | Self::ModelCall
            | Self::NetConnect
            | Self::PrComment
            | Self::PrCreate
            | Self::PrMerge
            | Self::PrUpdate
            | Self::RunStart
            | Self::ShellExec
            | Self::TaskSubmit
            | Self::TokenLease
            | Self::VerifierRun => ActionScope::Repository,
        }
    }

    /// Returns what the action does to the paths that a request for it carries.
    pub const fn touch(self) -> Touch {
        match self {
            Self::FileRead => Touch::Reads,
            Self::ChangePropose
            | Self::FileDelete
            | Self::FileWrite
            | Self::GitCommit
            | Self::GitPush
            | Self::InstructionsChange
            | Self::PrCreate
            | Self::PrMerge
            | Self::PrUpdate => Touch::Changes,
            Self::ShellExec => Touch::Either,
            Self::ContextRetrieve => Touch::Reads,
            Self::ArtifactDelete
            | Self::ArtifactExport
            | Self::ArtifactRead
            | Self::AuditRead
            | Self::CampaignCreate
            | Self::CampaignWave
            | Self::GitBranch
            | Self::GitClone
            | Self::ModelCall
            | Self::NetConnect
            | Self::PolicyChange
            | Self::PrComment
            | Self::RunCancel
            | Self::RunStart
            | Self::TaskSubmit
            | Self::TokenLease
            | Self::VerifierRun => Touch::Nothing,
        }
    }

    /// Returns the lowest rollout mode that permits the action (section 31); `draft` says that
    /// the pull request in question is a draft.
    pub const fn minimum_autonomy(self, draft: bool) -> AutonomyLevel {
        match self {
            Self::ArtifactDelete
            | Self::ArtifactExport
            | Self::ArtifactRead
            | Self::AuditRead
            | Self::CampaignCreate
            | Self::ContextRetrieve
            | Self::FileRead
            | Self::GitClone
            | Self::ModelCall
            | Self::NetConnect
            | Self::PolicyChange
            | Self::RunCancel
            | Self::RunStart
            | Self::ShellExec
            | Self::TaskSubmit
            | Self::TokenLease
            | Self::VerifierRun => AutonomyLevel::AnalysisOnly,
            Self::ChangePropose | Self::FileDelete | Self::FileWrite | Self::InstructionsChange => {
                AutonomyLevel::DryRunPatch
            }
            Self::GitBranch | Self::GitCommit => AutonomyLevel::LocalBranch,
            Self::GitPush | Self::PrComment => AutonomyLevel::DraftPr,
            Self::PrCreate | Self::PrUpdate => {
                if draft {
                    AutonomyLevel::DraftPr
                } else {
                    AutonomyLevel::SupervisedPr
                }
            }
            Self::PrMerge => AutonomyLevel::AutonomousPr,
            Self::CampaignWave => AutonomyLevel::FleetCampaign,
        }
    }

    /// Returns true where the action is done on an artifact.
    pub const fn is_on_artifact(self) -> bool {
        matches!(self, Self::ArtifactDelete | Self::ArtifactExport | Self::ArtifactRead)
    }

    /// Returns true where the action puts something in front of people outside the sandbox.
    pub const fn needs_verification(self) -> bool {
        matches!(self, Self::PrCreate | Self::PrMerge | Self::PrUpdate)
    }

    /// Returns true where the action shows data, to a model or to whoever takes an artifact.
    pub const fn shows_data(self) -> bool {
        matches!(
            self,
            Self::ArtifactExport | Self::ArtifactRead | Self::ContextRetrieve | Self::ModelCall
        )
    }

    /// Returns the attributes without which a request for the action cannot be judged.
    pub const fn required(self) -> &'static [Attribute] {
        match self {
            Self::ShellExec => &[Attribute::CommandPrograms],
            Self::FileRead | Self::FileWrite | Self::FileDelete | Self::InstructionsChange => {
                &[Attribute::Paths]
            }
            Self::ChangePropose | Self::GitPush | Self::PrCreate => &[Attribute::ChangeFiles],
            Self::NetConnect => &[Attribute::NetworkHosts],
            Self::ModelCall => &[Attribute::ModelProvider, Attribute::ModelName],
            Self::CampaignCreate => &[Attribute::TargetCount],
            Self::CampaignWave => &[Attribute::CampaignId],
            Self::ArtifactDelete => {
                &[Attribute::ArtifactClass, Attribute::ArtifactHeld, Attribute::ArtifactTenant]
            }
            Self::ArtifactExport | Self::ArtifactRead => {
                &[Attribute::ArtifactClass, Attribute::ArtifactTenant]
            }
            Self::AuditRead
            | Self::ContextRetrieve
            | Self::GitBranch
            | Self::GitClone
            | Self::GitCommit
            | Self::PolicyChange
            | Self::PrComment
            | Self::PrMerge
            | Self::PrUpdate
            | Self::RunCancel
            | Self::RunStart
            | Self::TaskSubmit
            | Self::TokenLease
            | Self::VerifierRun => &[],
        }
    }

    /// Returns true where a request for the action carries `attribute`: a rule that reads one
    /// that the action does not carry does not apply to it.
    pub fn carries(self, attribute: &Attribute) -> bool {
        match attribute {
            Attribute::Action
            | Attribute::Attributes(_)
            | Attribute::AutonomyLevel
            | Attribute::Branch
            | Attribute::CampaignId
            | Attribute::ChangeClass
            | Attribute::GitHardened
            | Attribute::Labels
            | Attribute::NetworkProfile
            | Attribute::Organization
            | Attribute::Repo
            | Attribute::RiskTier
            | Attribute::RunId
            | Attribute::SubjectId
            | Attribute::SubjectKind
            | Attribute::SubjectRole
            | Attribute::SubjectTeam
            | Attribute::SubjectTenant
            | Attribute::TaskClass
            | Attribute::TaskId
            | Attribute::Team
            | Attribute::Tenant => true,
            Attribute::ArtifactClass
            | Attribute::ArtifactEncrypted
            | Attribute::ArtifactHeld
            | Attribute::ArtifactId
            | Attribute::ArtifactRun
            | Attribute::ArtifactTenant => self.is_on_artifact(),
            Attribute::ChangeClasses
            | Attribute::ChangeFileCount
            | Attribute::ChangeFiles
            | Attribute::ChangeLines => matches!(self.touch(), Touch::Changes),
            Attribute::CommandEffects
            | Attribute::CommandInvocations
            | Attribute::CommandNetwork
            | Attribute::CommandPipesRemoteToShell
            | Attribute::CommandPrograms
            | Attribute::CommandRemovals => matches!(self, Self::ShellExec | Self::VerifierRun),
            Attribute::Judge | Attribute::VerifiersFailed | Attribute::VerifiersPassed => {
                matches!(self.touch(), Touch::Changes)
            }
            Attribute::ContextSources | Attribute::ContextTenants | Attribute::ModelDataClass => {
                self.shows_data()
            }
            Attribute::ModelName
            | Attribute::ModelProvider
            | Attribute::ModelRegion
            | Attribute::ModelTokens
            | Attribute::ModelUseFor => matches!(self, Self::ModelCall),
            Attribute::NetworkHosts => {
                matches!(self, Self::NetConnect | Self::ShellExec | Self::ContextRetrieve)
            }
            Attribute::Paths | Attribute::PathsOutside | Attribute::PathsSensitive => {
                !matches!(self.touch(), Touch::Nothing)
            }
            Attribute::Reads => matches!(self.touch(), Touch::Reads | Touch::Either),
            Attribute::Writes => matches!(self.touch(), Touch::Changes | Touch::Either),
            Attribute::PrDraft => {
                matches!(self, Self::PrCreate | Self::PrMerge | Self::PrUpdate | Self::PrComment)
            }
            Attribute::TargetCount => matches!(self, Self::CampaignCreate | Self::CampaignWave),
        }
    }
}
